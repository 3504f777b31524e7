"""Figures of the document register: against the one pass of git that nobody can avoid."""

from __future__ import annotations

from collections.abc import Iterator

from bench_repo import Size
from bench_runs import AS_OF, IMPORTS, Bench, Figure

LOG = """
import subprocess, sys
from mkdocs_ems_log_format import ARGUMENTS
log = subprocess.Popen(["git", "-C", sys.argv[1], "log", *ARGUMENTS, "HEAD"], stdout=subprocess.PIPE)
while log.stdout.read(1 << 20):
    pass
log.wait()
"""
FEW, MANY = Size(10_000, 1_000, 5_000), Size(10_000, 1_000, 20_000)


def register_figures(bench: Bench) -> Iterator[Figure]:
    """Cold, warm and growth of `ems register`."""
    median = bench.median
    for name, size in (("few", FEW), ("many", MANY)):
        repo = str(bench.repository(size))
        register = ("register", "--repo", repo, "--ref", "main", "--as-of", AS_OF, "--format", "json")
        bench.interleaved(
            {
                f"imports {name}": lambda: bench.python(IMPORTS),
                f"log {name}": lambda repo=repo: bench.python(LOG, repo),  # type: ignore[misc]
                f"register {name}": lambda register=register: bench.ems(*register),  # type: ignore[misc]
            }
        )
        bench.interleaved({f"fill {name}": lambda register=register: bench.ems(*register, cache="warm")}, 1)  # type: ignore[misc]
        bench.interleaved({f"again {name}": lambda register=register: bench.ems(*register, cache="warm")})  # type: ignore[misc]
    yield Figure(
        "ems register over 20,000 commits, cold",
        median("register many"),
        2.5 * median("log many") + median("imports many"),
        "s",
        f"git log {median('log many'):.2f} s, imports {median('imports many'):.2f} s",
    )
    yield Figure(
        "the same, nothing changed since",
        median("again many"),
        1.2 * median("imports many") + 0.2,
        "s",
        f"imports {median('imports many'):.2f} s",
    )
    yield Figure(
        "growth of ems register from 5,000 to 20,000 commits, against the log's",
        (median("register many") / median("register few")) / (median("log many") / median("log few")),
        1.15,
        "x",
        f"{median('register few'):.2f} s, {median('register many'):.2f} s",
    )
