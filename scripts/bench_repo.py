"""Repositories of a chosen size for measuring, through `git fast-import`: the same bytes every time.

A size is rows, documents and commits. Rows stand in registers of 500: six in ten are
aspects, two in ten controls, two in ten obligations. Beside them stand planning, the
other registers (`bench_rows`) and two years of records (`bench_shelf`), in proportion
to the rows: a size of 2,000 rows has about 1,500 more of these. Of the commits that
change something, eight in thirteen change one document, three one row, one writes down
the records of a kind that wait longest, one adds an approval record; half of the changes
to documents and rows land by a merge whose author may approve them (merges count as
commits). Standard library only.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from bench_planning import planning_files
from bench_records import ADOPTED
from bench_rows import row_files
from bench_shelf import Shelf, counted
from bench_texts import (
    PEOPLE,
    POLICY,
    PROCESSES,
    REPOSITORY,
    ROLES,
    SETTINGS,
    document_text,
    register_text,
    registers,
)

EDITORS = tuple(f"Editor {number} <editor{number}@bench.example>" for number in range(1, 9))
APPROVER = "Approver One <approver@bench.example>"
FIRST_DAY = int(datetime(ADOPTED.year, ADOPTED.month, ADOPTED.day, tzinfo=UTC).timestamp())
LASTS = 729 * 86_400
"""Seconds from the first commit to the last, whatever their number: two years."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything."""

    rows: int
    documents: int
    commits: int

    @property
    def in_all(self) -> Size:
        """The size that has so many rows and records in all."""
        return replace(self, rows=counted(self.rows))


SIZES = {
    "S": Size(200, 50, 300),
    "M": Size(2_000, 300, 3_000),
    "L": Size(10_000, 1_000, 20_000),
}


@dataclass(slots=True)
class _State:
    """What the stream has said so far."""

    size: Size
    rng: random.Random
    revisions: dict[int, int] = field(default_factory=dict)
    notes: dict[str, dict[int, int]] = field(default_factory=dict)
    issues: dict[int, int] = field(default_factory=dict)
    pending: dict[int, str] = field(default_factory=dict)
    """Document number to the sha256 of its landed, unapproved content."""
    records: dict[int, list[str]] = field(default_factory=dict)
    before: dict[int, list[str]] = field(default_factory=dict)
    """Record digests of a document from before its pending content landed."""
    clock: int = FIRST_DAY
    mark: int = 0
    shelf: Shelf = field(init=False)

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.size.rows, self.size.documents)

    @property
    def today(self) -> date:
        """The day of the last commit."""
        return datetime.fromtimestamp(self.clock, tz=UTC).date()


def write_repository(target: Path, size: Size) -> None:
    """Write a repository of this size with its work tree checked out on `main`."""
    target.mkdir(parents=True)
    environment = {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "PATH": "/usr/bin:/bin:/usr/local/bin",
    }
    subprocess.run(["git", "init", "-q", "-b", "main", str(target)], check=True, env=environment)
    command = ["git", "-C", str(target), "fast-import", "--quiet", "--depth=50", "--date-format=raw"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as importer:
        assert importer.stdin is not None, "asked for a pipe"
        for piece in _stream(size):
            importer.stdin.write(piece)
        importer.stdin.close()
        if importer.wait() != 0:
            raise RuntimeError("git fast-import refused the stream")
    subprocess.run(["git", "-C", str(target), "reset", "-q", "--hard", "main"], check=True, env=environment)


def _stream(size: Size) -> Iterator[bytes]:
    state = _State(size, random.Random(14001))  # noqa: S311 - reproducible, not a secret
    yield from _first_commit(state)
    made = 1
    while made < size.commits:
        merged = state.rng.random() < 0.5 and made + 2 <= size.commits
        choice = state.rng.randrange(13)
        written = _written_down(state) if choice == 12 or made == size.commits - 1 else []
        if written:
            merged = False
            yield from written
        elif choice < 8 or (choice != 11 and size.rows == 0):
            yield from _document_change(state, merged=merged)
        elif choice < 11:
            yield from _row_change(state, merged=merged)
        elif state.pending:
            merged = False
            yield from _record(state)
        else:
            yield from _document_change(state, merged=merged)
        made += 2 if merged else 1
    yield b"done\n"


def _data(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)


def _commit(state: _State, ref: str, who: str, message: str, *, parents: tuple[str, ...] = ()) -> bytes:
    state.clock += LASTS // state.size.commits
    state.mark += 1
    lines = [f"commit {ref}", f"mark :{state.mark}"]
    lines += [f"author {who} {state.clock} +0000", f"committer {who} {state.clock} +0000"]
    head = "\n".join(lines).encode() + b"\n" + _data(message.encode())
    for index, parent in enumerate(parents):
        head += f"{'from' if index == 0 else 'merge'} {parent}\n".encode()
    return head


def _file(path: str, data: bytes) -> bytes:
    return f"M 100644 inline {path}\n".encode() + _data(data)


def _first_commit(state: _State) -> Iterator[bytes]:
    size = state.size
    yield _commit(state, "refs/heads/main", APPROVER, "Adopt the management system")
    fixed = {
        "mkdocs.yml": "site_name: Bench Works\ndocs_dir: ems\ntheme:\n  name: material\n  font: false\n"
        "plugins:\n  - search\n  - ems\nuse_directory_urls: false\n",
        "ems/ems.yml": SETTINGS,
        "ems/policy.md": POLICY,
        "ems/registers/people.yml": PEOPLE,
        "ems/registers/roles.yml": ROLES,
        "ems/registers/processes.yml": PROCESSES,
        **({**planning_files(), **row_files(size.rows)} if size.rows else {}),
        **state.shelf.all_landed(state.today),
    }
    for path, text in fixed.items():
        yield _file(path, text.encode())
    for number in range(1, size.documents):
        state.issues[number] = 1
        yield _file(_document_path(number), document_text(number, 0, size.rows).encode())
    for path, (kind, numbers) in registers(size.rows).items():
        state.notes[path] = {}
        yield _file(path, register_text(path, kind, numbers, size.rows, {}).encode())


def _document_path(number: int) -> str:
    return f"ems/procedures/pro-{number:04}.md"


def _land(state: _State, path: str, data: bytes, what: str, *, merged: bool) -> Iterator[bytes]:
    who = state.rng.choice(EDITORS)
    tip = f":{state.mark}"
    if not merged:
        yield _commit(state, "refs/heads/main", who, what, parents=(tip,)) + _file(path, data)
        return
    yield _commit(state, "refs/heads/change", who, what, parents=(tip,)) + _file(path, data)
    branch = f":{state.mark}"
    yield _commit(state, "refs/heads/main", APPROVER, f"Approve: {what}", parents=(tip, branch)) + _file(
        path, data
    )


def _document_change(state: _State, *, merged: bool) -> Iterator[bytes]:
    number = state.rng.randrange(1, state.size.documents)
    state.revisions[number] = revision = state.revisions.get(number, 0) + 1
    data = document_text(number, revision, state.size.rows).encode()
    if merged:
        state.issues[number] += 1
        state.pending.pop(number, None)
    else:
        state.pending[number] = hashlib.sha256(data).hexdigest()
        state.before[number] = list(state.records.get(number, ()))
    yield from _land(state, _document_path(number), data, f"Revise procedure {number}", merged=merged)


def _row_change(state: _State, *, merged: bool) -> Iterator[bytes]:
    path = state.rng.choice(sorted(state.notes))
    kind, numbers = registers(state.size.rows)[path]
    number = state.rng.choice(numbers)
    notes = state.notes[path]
    notes[number] = notes.get(number, 0) + 1
    data = register_text(path, kind, numbers, state.size.rows, notes).encode()
    yield from _land(state, path, data, f"Change {kind} {number}", merged=merged)


def _written_down(state: _State) -> list[bytes]:
    """One commit with the records that wait longest; the last commit of all has whatever waits."""
    last = state.mark == state.size.commits - 1
    files = state.shelf.all_landed(date.max) if last else state.shelf.land(state.today)
    if not files:
        return []
    who, tip = state.rng.choice(EDITORS), f":{state.mark}"
    begin = _commit(state, "refs/heads/main", who, "Write down records", parents=(tip,))
    return [begin, *(_file(path, text.encode()) for path, text in files.items())]


def _record(state: _State) -> Iterator[bytes]:
    number = state.rng.choice(sorted(state.pending))
    main = state.pending.pop(number)
    issue = state.issues[number] + 1
    state.issues[number] = issue
    previous = ", ".join(sorted(state.before[number]))
    now = datetime.fromtimestamp(state.clock, tz=UTC)
    text = (
        f"schema: ems-approval/1\nrepository: {REPOSITORY}\ndocument: PRO-{number:04}\nissue: {issue}\n"
        f"meaning: approval\nmanifest:\n  main: {main}\n  parts: {{}}\nprevious: [{previous}]\n"
        f"approver: approver@bench.example\nrole: ROL-EHS\nauthors: []\ndate: {now:%Y-%m-%dT%H:%M:%SZ}\n"
    ).encode()
    state.records.setdefault(number, []).append(hashlib.sha256(text).hexdigest())
    path = f"ems/records/approvals/PRO-{number:04}/{issue}-approval-approver@bench.example-1.yml"
    tip = f":{state.mark}"
    yield _commit(state, "refs/heads/main", APPROVER, f"Approve PRO-{number:04}", parents=(tip,)) + _file(
        path, text
    )
