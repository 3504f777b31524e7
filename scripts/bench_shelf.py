"""The records and living registers of a repository for measuring, in the order in which they land.

What is written down on a day waits until a commit takes it, and files grow as they do in use: row
after row, and some rows once more. Standard library only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from bench_cases import audits, changes, findings, improvements, nonconformities
from bench_planning import planning_files
from bench_records import (
    Written,
    analyses,
    communications,
    drills,
    evaluations,
    incidents,
    inspections,
    reviews,
    trainings,
)
from bench_rows import counts, row_files

_KINDS = {
    "inspections": "inspection",
    "training": "training",
    "communications": "communication",
    "compliance-evaluations": "compliance-evaluation",
    "analyses": "analysis",
    "audits": "audit",
    "findings": "finding",
    "changes": "change",
    "nonconformities": "nonconformity",
    "improvements": "improvement",
    "corrective-actions": "action",
}


class Shelf:
    """The files of records and of the registers that live, as they grow."""

    def __init__(self, rows: int, documents: int) -> None:
        self._waiting: dict[str, deque[Written]] = defaultdict(deque)
        self._standing: dict[str, dict[str, str]] = defaultdict(dict)
        for one in sorted(_written(rows, documents), key=lambda one: (one.day, one.path, one.key)):
            self._waiting[one.lot].append(one)

    def land(self, today: date) -> Mapping[str, str]:
        """The files in which the two lots that wait longest are written down; none where nothing waits."""
        due = [waiting for waiting in self._waiting.values() if waiting and waiting[0].day <= today]
        touched: dict[str, None] = {}
        for waiting in sorted(due, key=lambda waiting: waiting[0].day)[:2]:
            while waiting and waiting[0].day <= today:
                one = waiting.popleft()
                self._standing[one.path][one.key] = one.text
                touched[one.path] = None
        return {path: self._file(path) for path in touched}

    def all_landed(self, today: date) -> Mapping[str, str]:
        """Everything that waits until a day, at once."""
        found: dict[str, str] = {}
        while files := self.land(today):
            found |= files
        return found

    def _file(self, path: str) -> str:
        rows = self._standing[path]
        return rows[""] if "" in rows else _head(path) + "".join(rows.values())


def entries(rows: int) -> int:
    """How many rows and records there are beside those that the size counts."""
    if not rows:
        return 0
    records = {(one.path, one.key) for one in _written(rows, 0)}
    files = chain(planning_files().values(), row_files(rows).values())
    return len(records) + sum(text.count("\n  - id: ") for text in files)


def counted(in_all: int) -> int:
    """How many rows a size counts where there are so many rows and records in all."""
    return bisect_right(range(in_all), in_all, key=lambda rows: rows + entries(rows)) - 1


def _head(path: str) -> str:
    folder, name = path.removesuffix(".yml").rsplit("/", 2)[1:]
    if folder != "registers":
        return f"type: {_KINDS[folder]}\ntitle: {folder.capitalize()} of {name}\nrows:\n"
    return (
        f"id: REG-{name.upper()}\ntype: {_KINDS[name]}\ntitle: {name.capitalize()}\nowner: ROL-EHS\n"
        "review_every: 10 years\nlast_reviewed: 2026-06-01\nrows:\n"
    )


def _written(rows: int, documents: int) -> Iterator[Written]:
    if not rows:
        return iter(())
    many = counts(rows)
    return chain(
        inspections(many),
        evaluations(many),
        trainings(many, documents),
        communications(many),
        drills(),
        incidents(many),
        analyses(),
        audits(many),
        findings(many),
        reviews(),
        changes(many),
        nonconformities(many),
        improvements(many),
    )
