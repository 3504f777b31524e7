"""Whether everything is right where there is much of everything: how much is wrong, which must be nothing.

The repository at L is checked and built, and every row, document and link of the manual is looked for; a
request changes 500 documents of it; two builds and a check run at once; 1,000 records and as many merges are
signed. Time and memory are only told. Fifty versions, a thousand forged records and many rounds of several
commands at once are tests: `EMS_LOAD_VERSIONS=50 EMS_LOAD_RECORDS=1000 EMS_LOAD_ROUNDS=20 pytest
tests/hostile/test_load_*.py`.
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bench_repo import APPROVER, EDITORS, SIZES
from bench_runs import AS_OF, Bench, Figure
from bench_signed import write_signed_repository

CHANGED = 500
RECORDS = 1_000
LOOKED_AT = 500
"""Pages whose links are followed."""
COMMENT = 65_536
"""Letters that a comment of a forge may have."""
_ROW = re.compile(r"^  - id: (\S+)$", re.MULTILINE)
_LINK = re.compile(r'(?:href|src)="([^"]+)"')
_ANCHOR = re.compile(r'\bid="([^"]+)"')


def load_figures(bench: Bench) -> Iterator[Figure]:
    """What is wrong at L, in a large request, among many signatures, and with several at once."""
    repo = bench.repository(SIZES["L"])
    yield from _manual(bench, repo)
    yield from _commands(bench, repo)
    yield from _at_once(bench, repo)
    yield from _request(bench, repo)
    yield from _signed(bench)


def _wrong(what: str, count: int, detail: str) -> Figure:
    return Figure(what, count, 0, "bad", detail)


def _documents(bench: Bench, repo: Path) -> Mapping[str, dict[str, object]]:
    told = bench.answer(bench.ems("register", *_state(repo), "--format", "json", cache="load"))
    return {one["id"]: one for one in json.loads(told.output)["documents"]}


def _state(repo: Path) -> tuple[str, ...]:
    return "--repo", str(repo), "--ref", "main", "--as-of", AS_OF


# --- the manual ---------------------------------------------------------------------------


def _manual(bench: Bench, repo: Path) -> Iterator[Figure]:
    site = bench.fresh("load-site")
    built = bench.answer(bench.ems("build", *_state(repo), "--site-dir", str(site)))
    detail = f"{built.seconds:.0f} s, {bench.peak_megabytes():.0f} MB"
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    named = {page.split("/")[-2] for page in pages if page.endswith("/index.html") and "/" in page}
    rows = {one for path in (repo / "ems").rglob("*.yml") for one in _ROW.findall(path.read_text())}
    yield _wrong("rows at L without a page", len(rows - named), f"{len(rows):,} rows; {detail}")
    documents = _documents(bench, repo)
    yield _wrong("documents at L without a page", len(documents.keys() - named), f"{len(documents):,}")
    searched = {one["location"].partition("#")[0] for one in _search(site)}
    of_rows = {page for page in pages if page.rpartition("/index.html")[0].rpartition("/")[2] in rows}
    yield _wrong(
        "rows at L that the search does not find",
        len({page for page in of_rows if not {page, page.removesuffix("index.html")} & searched}),
        f"{len(searched):,} pages in the search",
    )
    looked_at = random.Random(1).sample(sorted(pages), LOOKED_AT)  # noqa: S311 - which pages is no secret
    dead = [link for page in looked_at for link in _dead(site, page)]
    yield _wrong(f"dead links on {LOOKED_AT} pages at L", len(dead), ", ".join(dead[:3]))


def _search(site: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((site / "search" / "search_index.json").read_text())["docs"]
    return found


def _dead(site: Path, page: str) -> Iterator[str]:
    """Links of a page that lead nowhere within the site."""
    for link in set(_LINK.findall((site / page).read_text())):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        place = site / (path if parts.path else page)
        place = place / "index.html" if place.is_dir() else place
        if not place.is_file() or (place.suffix == ".html" and not _has(place, unquote(parts.fragment))):
            yield f"{page}: {link}"


def _has(page: Path, fragment: str) -> bool:
    return not fragment or fragment in _ANCHOR.findall(page.read_text())


# --- other commands -----------------------------------------------------------------------


def _commands(bench: Bench, repo: Path) -> Iterator[Figure]:
    """Each ends well (or the run ends here), and says the same of one thing."""
    state = _state(repo)
    for words in (
        ("check", *state, "--format", "json"),
        ("history", "PRO-0001", *state, "--format", "json"),
        ("impact", "OPC-00001", *state),
        ("approvals", "verify", "PRO-0001", *state, "--format", "json"),
        ("diff", "main~100", "main", "--repo", str(repo), "--as-of", AS_OF, "--format", "json"),
    ):
        told = bench.answer(bench.ems(*words))
        detail = f"{told.seconds:.1f} s, {bench.peak_megabytes():.0f} MB, {len(told.output):,} letters"
        yield _wrong(f"ems {words[0]} at L says nothing", int(not told.output.strip()), detail)


def _at_once(bench: Bench, repo: Path) -> Iterator[Figure]:
    """Two builds into one folder and a check, on an empty cache that they share."""
    site, alone = bench.fresh("load-site"), bench.folder / "load-site-1"
    check = "check", *_state(repo), "--format", "json"
    lonely = bench.answer(bench.ems(*check)).output
    build = bench.ems("build", *_state(repo), "--site-dir", str(site))
    begun = [bench.begin(build), bench.begin(build), bench.begin(bench.ems(*check, cache="same"))]
    said = [process.communicate() for process in begun]
    refused = [told for process, (_, told) in zip(begun, said, strict=True) if process.returncode == 2]
    ends = all(process.returncode in {0, 1, 2} for process in begun)
    wrong = int(not ends) + int(len(refused) != 1 or refused[0].count("\n") != 1) + int(said[2][0] != lonely)
    left = [path.name for path in site.parent.glob(f".{site.name}.*")]
    differ = _digests(site).items() ^ _digests(alone).items()
    yield _wrong(
        "of two builds and a check at once at L", wrong + len(left) + len(differ), "".join(refused).strip()
    )


def _digests(site: Path) -> Mapping[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }


# --- a large request ----------------------------------------------------------------------


def _request(bench: Bench, source: Path) -> Iterator[Figure]:
    """An editor changes 500 documents; the approver merges that."""
    repo = bench.folder / "repo-request"
    shutil.copytree(source, repo, symlinks=True)
    before = _documents(bench, repo)
    _git(repo, "switch", "-q", "-c", "request")
    for number in range(1, CHANGED + 1):
        path = repo / f"ems/procedures/pro-{number:04}.md"
        path.write_text(f"{path.read_text()}\nThe sheet of step {number} is kept for three years.\n")
    _git(repo, "commit", "-q", "-a", "-m", "Keep the sheets", who=EDITORS[0])
    report = ("diff", "--repo", str(repo), "--base", "main", "--ref", "request", "--as-of", AS_OF)
    told = bench.answer(bench.ems(*report, "--report", "--format", "markdown"))
    over = max(0, len(told.output.encode("utf-16-le")) // 2 - COMMENT)
    said = f"In short: {CHANGED} documents change" in told.output
    yield _wrong(
        f"letters too many in the report of {CHANGED} documents",
        over + int(not said),
        f"{told.seconds:.0f} s, {bench.peak_megabytes():.0f} MB",
    )
    _git(repo, "switch", "-q", "main")
    _git(repo, "merge", "-q", "--no-ff", "-m", "Approve the sheets", "request", who=APPROVER)
    after = _documents(bench, repo)
    wrong = [one for one in before.keys() | after.keys() if not _as_it_should(one, before, after)]
    yield _wrong(
        f"documents that a merge of {CHANGED} left as they should not be", len(wrong), str(wrong[:3])
    )


def _as_it_should(
    one: str, before: Mapping[str, dict[str, object]], after: Mapping[str, dict[str, object]]
) -> bool:
    if not re.fullmatch(r"PRO-\d{4}", one) or int(one[4:]) > CHANGED:
        return before.get(one) == after.get(one)
    was, now = before[one]["issue"], after[one]["issue"]
    return isinstance(was, int) and now == was + 1 and after[one]["pending"] is None


def _git(repo: Path, *arguments: str, who: str = APPROVER) -> None:
    name, _, mail = who.rstrip(">").partition(" <")
    day = f"{AS_OF}T09:00:00+00:00"
    people = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", name), ("EMAIL", mail), ("DATE", day))
    }
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **people}
    subprocess.run(["git", "-C", str(repo), *arguments], env=environment, check=True)


# --- signatures ---------------------------------------------------------------------------


def _signed(bench: Bench) -> Iterator[Figure]:
    """Signed records and signed merges, told twice: the second time from what was kept."""
    repo = bench.folder / "load-signed"
    write_signed_repository(repo, documents=RECORDS)
    command = "register", "--repo", str(repo), "--ref", "main", "--as-of", AS_OF, "--format", "json"
    first = bench.answer(bench.ems(*command))
    again = bench.answer(bench.ems(*command, cache="same"))
    rows = [one for one in json.loads(first.output)["documents"] if one["id"].startswith("PRO-")]
    wrong = [one["id"] for one in rows if (one["issue"], one["level"]) != (2, "signed")]
    yield _wrong(
        f"of {2 * RECORDS:,} signatures not believed, or otherwise the second time",
        len(wrong) + RECORDS - len(rows) + int(again.output != first.output),
        f"{first.seconds:.0f} s, kept {again.seconds:.1f} s, {bench.peak_megabytes():.0f} MB",
    )
