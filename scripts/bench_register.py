"""Figures of the document register: against the one pass of git that nobody can avoid."""

from __future__ import annotations

import os
from collections.abc import Iterator

from bench_repo import Size
from bench_runs import AS_OF, IMPORTS, Bench, Figure
from bench_signed import APPROVER, DOCUMENTS, for_others, write_signed_repository

LOG = """
import subprocess, sys
from mkdocs_ems_log_format import ARGUMENTS
log = subprocess.Popen(["git", "-C", sys.argv[1], "log", *ARGUMENTS, "HEAD"], stdout=subprocess.PIPE)
while log.stdout.read(1 << 20):
    pass
log.wait()
"""
VERIFY = """
import subprocess, sys
repo, records, signers, kind, who = sys.argv[1:6]
if kind == "records":
    for number in range(1, 21):
        command = ["ssh-keygen", "-Y", "verify", "-f", signers, "-I", who]
        command += ["-n", "ems-approval@mkdocs-ems", "-s", f"{records}/{number}.yml.sig"]
        with open(f"{records}/{number}.yml", "rb") as data:
            subprocess.run(command, stdin=data, check=True, capture_output=True)
else:
    git = ["git", "-C", repo, "-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={signers}"]
    listed = [*git, "rev-list", "--first-parent", "--merges", "-n", "20", "main"]
    for name in subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split():
        subprocess.run([*git, "verify-commit", name], check=True, capture_output=True)
"""
"""Twenty of a kind, each by a process of its own."""
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
    yield from _signature_figures(bench)


def _signature_figures(bench: Bench) -> Iterator[Figure]:
    """What signatures cost the first time, and the second."""
    median, repo = bench.median, bench.folder / "signed"
    write_signed_repository(repo)
    verify = (VERIFY, str(repo), *map(str, for_others(repo)))
    register = ("register", "--repo", str(repo), "--ref", "main", "--as-of", AS_OF, "--format")
    bench.interleaved(
        {
            "first": lambda: bench.ems(*register, "json"),
            # Another format: no answer is kept for it, but the verdicts are.
            "second": lambda: bench.ems(*register, "csv", cache="same"),
            "twenty records": lambda: bench.python(*verify, "records", APPROVER),
            "twenty merges": lambda: bench.python(*verify, "merges", APPROVER),
            "no command": lambda: bench.python("import subprocess\n"),
        }
    )
    twenty = median("twenty records") + median("twenty merges") - 2 * median("no command")
    allowed = 1.2 * twenty / 20 * DOCUMENTS / (os.cpu_count() or 1)
    yield Figure(
        f"{DOCUMENTS} signed records and {DOCUMENTS} signed merges, the first time",
        median("first") - median("second"),
        allowed,
        "s",
        f"twenty of each {twenty:.2f} s; register {median('first'):.2f} s, again {median('second'):.2f} s",
    )
