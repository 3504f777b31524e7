"""Records of the story, as they had been written down by a day.

A record is told once, as it stands at the end; it lands on its day, and what is found out later lands
when it was found out. Readings and versions are told elsewhere; here nothing is written anew: lines of a
file are there or not there yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources.abc import Traversable

from mkdocs_ems import dataclass
from mkdocs_ems.demo.versions import story

RECORDS = "ems/records"
_ELSEWHERE = ("approvals", "readings")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ROW = "  - id: "
_AHEAD = timedelta(weeks=12)

_LANDS: Mapping[str, tuple[str, ...]] = {
    "audits": ("reported_on",),
    "findings": ("accepted", "date"),
    "management-reviews": ("approved",),
}
"""By folder the field whose day is the one on which a record is written; the first that is there."""

_EVALUATED = ("result", "evaluated_on", "evaluated_by", "lessons", "actions", "plan_reviewed_on")
_INVESTIGATED = ("cause", "investigated_on", "no_action_reason")
_LATER: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "training": {"effectiveness": ("effectiveness",)},
    "inspections": {"amendments": ("amendments",)},
    "communications": {
        "responded_on": ("responded_on", "response", "decision", "decision_public", "nonconformity_needed"),
    },
    "drills": {"plan_reviewed_on": _EVALUATED},
    "incidents": {
        "plan_reviewed_on": (*_EVALUATED, *_INVESTIGATED),
        "investigated_on": (*_EVALUATED, *_INVESTIGATED),
    },
}
"""By folder the fields that come later than the record, by the first of those that say when."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Lines of a file, and from which day they are there; without a day, as soon as the file is."""

    text: str
    since: str


def kept(*, until: str) -> dict[str, bytes]:
    """Every file of records as it stood on a day, such as 2026-06-30."""
    found: dict[str, bytes] = {}
    for path, parts in _told().items():
        there = [part for part in parts if part.since <= until]
        if any(part.since for part in there):
            text = "".join(part.text for part in there)
            found[path] = (text.rstrip("\n") + "\n").encode("utf-8")
    return found


@cache
def _told() -> Mapping[str, tuple[_Line, ...]]:
    """Every file of records in its parts; a file of evidence comes with the record that names it."""
    told: dict[str, tuple[_Line, ...]] = {}
    evidence: dict[str, str] = {}
    folder = story().joinpath("files", *RECORDS.split("/"))
    for kind in _sorted(folder):
        for file in _sorted(kind) if kind.name not in _ELSEWHERE else ():
            path, text = f"{kind.name}/{file.name}", file.read_text(encoding="utf-8")
            if file.name.endswith((".md", ".yml")):
                told[f"{RECORDS}/{path}"] = tuple(_parts(text, kind.name))
            else:
                evidence[path] = text
    lines = [line for parts in told.values() for line in parts]
    for path, text in evidence.items():
        told[f"{RECORDS}/{path}"] = (_Line(text, next(one.since for one in lines if path in one.text)),)
    return told


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda one: one.name)


def _parts(text: str, folder: str) -> Iterator[_Line]:
    head, *rows = re.split(rf"^(?={_ROW})", text, flags=re.MULTILINE)
    if not rows:
        yield _Line(text, _landed(_fields(text, ""), folder))
        return
    yield _Line(head, "")
    for row in rows:
        yield from _row(row, folder)


def _row(row: str, folder: str) -> Iterator[_Line]:
    """A record between others, field by field, so that some may come later."""
    fields = _fields(row, "    ")
    landed = _landed(fields, folder)
    later: dict[str, str] = {}
    for says, which in _LATER.get(folder, {}).items():
        if says in fields and not later:
            later = dict.fromkeys(which, max(landed, _day(fields, (says,))))
    for name, lines in fields.items():
        yield _Line(lines, later.get(name, landed))


def _fields(text: str, indent: str) -> dict[str, str]:
    """The lines of each field, by its name; those before the first under no name."""
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines(keepends=True):
        match = re.match(rf"{indent}(\w+):", line)
        name = match[1] if match else name
        found[name] = found.get(name, "") + line
    return found


def _landed(fields: Mapping[str, str], folder: str) -> str:
    """The day on which a record is written; what is planned is written some weeks before."""
    if "planned_on" in fields:
        return (date.fromisoformat(_day(fields, ("planned_on",))) - _AHEAD).isoformat()
    return _day(fields, _LANDS.get(folder, ("date", "period_end")))


def _day(fields: Mapping[str, str], names: tuple[str, ...]) -> str:
    """The first day that one of these fields names."""
    for name in names:
        day = _DAY.search(fields.get(name, ""))
        if day:
            return day[0]
    raise ValueError(f"no day in {', '.join(names)}: {''.join(fields.values())[:80]!r}")
