"""Speed and memory as ratios within one run: `dev.py bench [--rounds N] [--only NAME …]`.

Each figure is compared with a baseline measured in the same run, since machines differ
and this one may be shared. The baseline of a check is the work that nobody can avoid:
one `git log` in our format over all commits, one `cat-file --batch` of the blobs at HEAD,
libyaml's events over the YAML among them, in a Python process that imports click,
pydantic and yaml. The baseline of a build is plain mkdocs-material over the same
documents, kept out of its navigation. Figures are medians of whole processes; memory is
the process's own peak.

A size counts aspects, controls and obligations, and other rows and records come on top of
them. The build is the exception: its figure is for 2,000 pages of rows, so its repository
has 2,000 rows and records in all, of every kind, in the proportions that M has.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench_load import load_figures
from bench_readings import readings_figures
from bench_register import register_figures
from bench_repo import SIZES, Size
from bench_runs import AS_OF, IMPORTS, Bench, Figure
from bench_serve import serve_figures
from bench_shelf import entries
from bench_versions import version_figures

BASELINE = """
import click, gc, pydantic, subprocess, sys, yaml
from mkdocs_ems_log_format import ARGUMENTS
gc.disable()
repo = sys.argv[1]
git = ["git", "-C", repo]
log = subprocess.Popen([*git, "log", *ARGUMENTS, "HEAD"], stdout=subprocess.PIPE)
while log.stdout.read(1 << 20):
    pass
log.wait()
tree = subprocess.run([*git, "ls-tree", "-rz", "HEAD"], capture_output=True, check=True).stdout
entries = [entry.split(b"\\t", 1) for entry in tree.split(b"\\0") if entry]
ids = b"\\n".join(entry[0].split()[2] for entry in entries) + b"\\n"
command = [*git, "cat-file", "--batch", "--buffer"]
batch = subprocess.run(command, input=ids, capture_output=True, check=True).stdout
at = 0
for _, path in entries:
    end = batch.index(b"\\n", at)
    size = int(batch[at:end].split()[2])
    blob = batch[end + 1:end + 1 + size]
    at = end + 2 + size
    if path.endswith(b".yml") and path.startswith(b"ems/"):
        for _event in yaml.parse(blob, Loader=yaml.CLoader):
            pass
"""
_BETWEEN_VERSIONS = 600
"""Commits between two versions: what a company of this size writes in a good half year."""
PLAIN_CONFIG = """\
site_name: Plain
docs_dir: docs
theme:
  name: material
  font: false
plugins:
  - search
use_directory_urls: false
nav:
  - index.md
not_in_nav: |
  /*.md
"""


def check_figures(bench: Bench) -> Iterator[Figure]:
    """Cold, warm, growth and memory of `ems check`."""
    memory: dict[str, float] = {}
    for name in ("M", "L"):
        repo = str(bench.repository(SIZES[name]))
        check = ("check", "--repo", repo, "--as-of", AS_OF, "--format", "json")
        bench.interleaved(
            {
                f"imports {name}": lambda: bench.python(IMPORTS),
                f"baseline {name}": lambda repo=repo: bench.python(BASELINE, repo),  # type: ignore[misc]
                f"cold {name}": lambda check=check: bench.ems(*check),  # type: ignore[misc]
            }
        )
        memory[name] = bench.peak_megabytes()
        bench.interleaved({f"fill {name}": lambda check=check: bench.ems(*check, cache="warm")}, 1)  # type: ignore[misc]
        bench.interleaved({f"warm {name}": lambda check=check: bench.ems(*check, cache="warm")})  # type: ignore[misc]
    median = bench.median
    growth = median("baseline L") / median("baseline M")
    yield Figure(
        "ems check at M, cold, against the baseline",
        median("cold M") / median("baseline M"),
        4.0,
        "x",
        f"{median('cold M'):.2f} s, baseline {median('baseline M'):.2f} s",
    )
    yield Figure(
        "ems check at M, nothing changed since",
        median("warm M"),
        1.2 * median("imports M") + 0.1,
        "s",
        f"imports {median('imports M'):.2f} s",
    )
    yield Figure(
        "growth of ems check from M to L, against the baseline's",
        median("cold L") / median("cold M") / growth,
        1.15,
        "x",
        f"{median('cold L'):.2f} s, baseline {median('baseline L'):.2f} s",
    )
    yield Figure("peak memory of ems check at M", memory["M"], 150, "MB", "")
    yield Figure("peak memory of ems check at L", memory["L"], 400, "MB", "")


def diff_figures(bench: Bench) -> Iterator[Figure]:
    """Two versions at M beside each other, against the check of one of them."""
    repo = str(bench.repository(SIZES["M"]))
    check = ("check", "--repo", repo, "--as-of", AS_OF, "--format", "json")
    difference = ("diff", "--repo", repo, f"main~{_BETWEEN_VERSIONS}", "main", "--as-of", AS_OF)
    bench.interleaved(
        {
            "check M": lambda: bench.ems(*check),
            "diff M": lambda: bench.ems(*difference),
            "diff M json": lambda: bench.ems(*difference, "--format", "json"),
            "diff M html": lambda: bench.ems(*difference, "--format", "html"),
            "report M": lambda: bench.ems(
                *("diff", "--repo", repo, "--base", f"main~{_BETWEEN_VERSIONS}", "--ref", "main"),
                *("--as-of", AS_OF, "--report", "--format", "markdown"),
            ),
        }
    )
    checked = bench.median("check M")
    yield Figure(
        f"ems diff at M of versions {_BETWEEN_VERSIONS} commits apart, against ems check of one",
        bench.median("diff M") / checked,
        2.5,
        "x",
        f"{bench.median('diff M'):.2f} s, json {bench.median('diff M json'):.2f} s, "
        f"html {bench.median('diff M html'):.2f} s, report {bench.median('report M'):.2f} s, "
        f"check {checked:.2f} s",
    )


def build_figures(bench: Bench) -> Iterator[Figure]:
    """The manual at M against plain mkdocs-material over its documents: 2,000 rows and records in all."""
    repo = bench.repository(SIZES["M"].in_all)
    plain = plain_project(bench.folder / "plain", repo)
    check = ("check", "--repo", str(repo), "--as-of", AS_OF, "--format", "json")
    bench.interleaved(
        {
            "plain": lambda: mkdocs(plain, bench.fresh("plain-site")),
            "build": lambda: bench.ems(*build(bench, repo)),
            "check": lambda: bench.ems(*check),
        },
        min(3, bench.rounds),
    )
    plainly, ours, checked = map(bench.median, ("plain", "build", "check"))
    yield Figure(
        "ems build at M, against 1.5 x plain material + the cold check",
        ours / (1.5 * plainly + checked),
        1.0,
        "x",
        f"{ours:.2f} s, plain {plainly:.2f} s, check {checked:.2f} s, {pages_of(bench)} pages, "
        f"{row_pages_of(bench)} of rows and records",
    )


def row_figures(bench: Bench) -> Iterator[Figure]:
    """What one row's page costs at L: the same documents and commits with and without the rows."""
    size = SIZES["L"]
    quiet = Size(size.rows, size.documents, 300)
    bare = Size(0, size.documents, 300)
    rows, none = bench.repository(quiet), bench.repository(bare)
    bench.interleaved(
        {
            "with rows": lambda: bench.ems(*build(bench, rows)),
            "without rows": lambda: bench.ems(*build(bench, none)),
        },
        min(3, bench.rounds),
    )
    each = (
        (bench.median("with rows") - bench.median("without rows")) / (size.rows + entries(size.rows)) * 1000
    )
    detail = f"{bench.median('with rows'):.1f} s against {bench.median('without rows'):.1f} s"
    yield Figure("a row page at L, search entry included", each, 1.5, "ms", detail)


def document_figures(bench: Bench) -> Iterator[Figure]:
    """Time and bytes of a document's page, 3,000 documents against 300."""
    each: dict[int, tuple[float, float]] = {}
    for count in (300, 3_000):
        repo = bench.repository(Size(0, count, 300))
        bench.interleaved(
            {f"documents {count}": lambda repo=repo: bench.ems(*build(bench, repo))}, min(3, bench.rounds)
        )  # type: ignore[misc]
        pages = sorted((bench.newest("site") / "documents").glob("*/index.html"))
        size = sum(page.stat().st_size for page in pages) / len(pages)
        each[count] = bench.median(f"documents {count}") / count * 1000, size
    (small, small_bytes), (large, large_bytes) = each[300], each[3_000]
    yield Figure(
        "time of a document page, 3,000 documents against 300",
        large / small,
        1.1,
        "x",
        f"{large:.1f} ms against {small:.1f} ms",
    )
    yield Figure(
        "bytes of a document page, 3,000 documents against 300",
        large_bytes / small_bytes,
        1.1,
        "x",
        f"{large_bytes:.0f} against {small_bytes:.0f}",
    )


def build(bench: Bench, repo: Path) -> tuple[str, ...]:
    """Arguments of `ems build` into a fresh folder."""
    site = str(bench.fresh("site"))
    return ("build", "--repo", str(repo), "--ref", "main", "--as-of", AS_OF, "--site-dir", site)


def pages_of(bench: Bench) -> int:
    """Pages in the site that was built last."""
    return sum(1 for _ in bench.newest("site").rglob("index.html"))


def row_pages_of(bench: Bench) -> int:
    """Those of a row or a record among them."""
    site = bench.newest("site")
    return sum(1 for shelf in ("registers", "records") for _ in (site / shelf).glob("*/*/index.html"))


def plain_project(folder: Path, repo: Path) -> Path:
    """A plain mkdocs-material project of a repository's documents, none in its navigation."""
    docs = folder / "docs"
    docs.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(PLAIN_CONFIG)
    (docs / "index.md").write_text("# Plain\n")
    for path in sorted((repo / "ems").rglob("*.md")):
        shutil.copy(path, docs / path.name)
    return folder


def mkdocs(folder: Path, site: Path) -> list[str]:
    """Plain `mkdocs build` into a folder."""
    return [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "-q",
        "-f",
        str(folder / "mkdocs.yml"),
        "-d",
        str(site),
    ]


FIGURES: Mapping[str, Callable[[Bench], Iterator[Figure]]] = {
    "check": check_figures,
    "diff": diff_figures,
    "build": build_figures,
    "rows": row_figures,
    "documents": document_figures,
    "load": load_figures,
    "readings": readings_figures,
    "register": register_figures,
    "serve": serve_figures,
    "versions": version_figures,
}


def main() -> int:
    """Measure and print; 1 where a figure is over what it may be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each command; the median counts")
    parser.add_argument("--only", nargs="*", choices=sorted(FIGURES), help="only these groups of figures")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="ems-bench-") as folder:
        bench = Bench(Path(folder), options.rounds)
        for name in options.only or FIGURES:
            print(f"== {name}", flush=True)
            for figure in FIGURES[name](bench):
                found.append(figure)
                print(figure.line, flush=True)
    if options.json:
        rows = [
            {"what": one.what, "measured": one.measured, "allowed": one.allowed, "unit": one.unit}
            for one in found
        ]
        options.json.write_text(json.dumps(rows, indent=2) + "\n")
    return int(any(one.measured > one.allowed for one in found))


if __name__ == "__main__":
    sys.exit(main())
