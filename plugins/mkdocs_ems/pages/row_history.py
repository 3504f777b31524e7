"""What a row said after each event that changed it: `registers/aspects/ASP-001/at/#6f1c2ab90d31`.

Whoever cites a row as it stood, in a permit application or an accident report, finds it there for
ever, though the row has changed since or is gone. Every field stands as it was after the event,
and what changed is marked in it. The states are found beforehand; a page takes two rows apart by
their lines when it is drawn, and reads nothing. What the manual does not publish of people is
left out here too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import partial

from mkdocs_ems import dataclass
from mkdocs_ems.control.row_states import RowState
from mkdocs_ems.model import Kind, column_at
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import (
    event_anchor,
    history_page,
    issue_page,
    register_page,
    row_history_page,
    row_page,
)
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.fields import LEFT_OUT
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.redlines import Wording
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View
from mkdocs_ems.redline import Change, Form, Line, visible
from mkdocs_ems.redline.fields import BETWEEN, row

_IN_HEADING = frozenset(LEFT_OUT[""])
_LIST = re.compile(r"\[([^\[\]{}\"'#]*)\]")
_QUOTED = re.compile(r"([\"'])([^\"'\\]*)\1")


@dataclass(frozen=True, slots=True)
class FieldThen:
    """One field of a row after an event, beside what it said before."""

    label: str
    now: str
    before: str
    change: str
    """`same`, `changed`, `new` or `gone`."""


@dataclass(frozen=True, slots=True)
class RowChapter:
    """The row after one event."""

    anchor: str
    title: str
    register: str
    register_history: str
    counted: str
    """As what its register counted, and where that has a page."""
    issue: str
    """The address of that issue's page; empty where it is in none."""
    day: str
    commit: str
    replaced: str
    """The day on which the row was changed again or taken out; empty where it still says this."""
    replaced_how: str
    replaced_by: str
    """The anchor of that event."""
    gone: bool
    fields: tuple[FieldThen, ...]
    hidden: int
    """Fields that the manual does not publish."""


def row_history_pages(view: View) -> Iterator[Page]:
    """A page for each row that ever changed, came or went, by kind, then id."""
    by_kind: dict[str, list[str]] = {}
    for kind_key, identity in view.row_states:
        by_kind.setdefault(kind_key, []).append(identity)
    for key, kind in view.kinds.items():
        for identity in sorted(by_kind.get(key, ())):
            yield _page(kind, identity, view)


def _page(kind: Kind, identity: str, view: View) -> Page:
    return Page(
        path=row_history_page(kind.slug, identity),
        title=f"{identity} at each event",
        form=PageForm.ROW,
        draw=partial(_draw, kind, identity, view),
        shelf=register_page(kind).rpartition("/")[0],
    )


def _draw(kind: Kind, identity: str, view: View) -> str:
    states = view.row_states[kind.key, identity]
    links = view.links(row_history_page(kind.slug, identity))
    node = view.graph.nodes.get(identity)
    there = node is not None and node.kind == kind.key
    beside = zip((None, *states), states, (*states[1:], None), strict=False)
    return render(
        "row-history.html",
        draft=view.draft,
        id=identity,
        title=node.title if node is not None and there else "",
        row=links.up + row_page(kind, identity) if there else "",
        listing=links.up + register_page(kind),
        plural_of=kind.plural,
        chapters=[_chapter(state, before, later, kind, links) for before, state, later in beside][::-1],
    )


def _chapter(
    state: RowState, before: RowState | None, later: RowState | None, kind: Kind, links: Links
) -> RowChapter:
    wording = Wording.of(kind)
    fields = list(_fields(before, state)) if state.text else []
    shown = [one for one in fields if wording.shows(Line(Form.FIELD, Change.SAME, label=one.label))]
    day = words.day(state.event.date.date())
    landed = state.words == "as it landed"
    approved = f"; first approved with issue {state.issue}" if landed and state.issue is not None else ""
    return RowChapter(
        anchor=_anchor(state, later),
        title=f"{words.sentence(state.words)}, {day}",
        register=state.register,
        register_history=links.up + history_page(state.register),
        counted=f"{state.words}{approved}",
        issue=links.up + issue_page(state.register, state.issue) if state.issue is not None else "",
        day=day,
        commit=state.event.commit.id,
        replaced=words.day(later.event.date.date()) if later else "",
        replaced_how=_how(state, later) if later else "",
        replaced_by=event_anchor(later.event.commit.id) if later else "",
        gone=not state.text,
        fields=tuple(_as_read(one, kind, wording) for one in shown),
        hidden=len(fields) - len(shown),
    )


def _anchor(state: RowState, later: RowState | None) -> str:
    """An event's address is that of what the row said then; the register that it left has one beside it."""
    anchor = event_anchor(state.event.commit.id)
    return f"{anchor}-{state.register}" if _moves_on(state, later) else anchor


def _moves_on(state: RowState, later: RowState | None) -> bool:
    return later is not None and later.event.index == state.event.index


def _how(state: RowState, later: RowState) -> str:
    if _moves_on(state, later):
        return f"brought into {later.register}"
    return "changed again" if later.text else "taken out"


def _as_read(field: FieldThen, kind: Kind, wording: Wording) -> FieldThen:
    """A field in the words of the row's own page, where these are plain from how it is written."""
    column, _ = column_at(kind.model, tuple(field.label.split(BETWEEN)))
    # What stands in the heading of a row's page has no label among its fields.
    label = column.label if column is not None and field.label in _IN_HEADING else wording.label(field.label)
    codes = frozenset(column.options) if column is not None else frozenset()
    now, before = (_value(one, codes) for one in (field.now, field.before))
    if now == before:  # it is only written otherwise, and that is what is to be seen
        now, before = field.now, field.before
    now, before = visible(now), visible(before)
    return FieldThen(visible(label), now, before, field.change)


def _value(written: str, codes: Collection[str]) -> str:
    """A value without the marks of YAML; as it is written where more stands in it than plain words."""
    inner = _LIST.fullmatch(written)
    values = inner[1].split(",") if inner else [written]
    said = [_unquoted(one.strip()) for one in values]
    return ", ".join(words.words(one) if one in codes else one for one in said)


def _unquoted(value: str) -> str:
    found = _QUOTED.fullmatch(value)
    return found[2] if found else value


def _fields(before: RowState | None, state: RowState) -> Iterator[FieldThen]:
    """Every field of the row, then those that went; the first state of all has nothing before it."""
    new = _said(state.text)
    first = before is None
    old = new if first else _said(before.text) if before is not None else {}
    for key, now in new.items():
        was = old.get(key)
        change = "same" if was == now else "new" if was is None else "changed"
        yield FieldThen(key[0], now, "" if change == "same" else was or "", change)
    for key, was in old.items():
        if key not in new:
            yield FieldThen(key[0], "", was, "gone")


def _said(text: str) -> Mapping[tuple[str, int], str]:
    """What a row says, by the name of the field and which of that name it is."""
    seen: Counter[str] = Counter()
    found: dict[tuple[str, int], str] = {}
    for block in row(text).blocks:
        found[block.label, seen[block.label]] = block.text
        seen[block.label] += 1
    return found
