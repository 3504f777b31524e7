"""What rules say of a register as a whole: where its head stands, and which reviews are late.

A row counts as reviewed on its own date or on its register's, whichever is later. Nothing
here knows what a register is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Finding
from mkdocs_ems.model import Entity, Entry, Register
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, called, place
from mkdocs_ems.text import ago, plural

_SEVERAL = 2
"""Of so many rows one can say that none has something."""


def head_of(context: AuditContext, kind: str) -> Entry | None:
    """The head of the first register of a kind; None where there is no such register."""
    return next((entry for entry, head in context.each(Register) if head.type == kind), None)


@dataclass(frozen=True, slots=True)
class _Late:
    """A row whose review was due."""

    entry: Entry
    due: date
    own: bool
    """Whether the row's own date decides, and not its register's."""


def late_reviews(
    context: AuditContext, kind: type[Entity], *, interval: Interval | None, undated: bool
) -> Iterator[Finding]:
    """Yield the rows whose review is late; where all rows of a register are, the register once.

    Args:
        context: what is judged.
        kind: the model of the rows.
        interval: the organisation's own, for rows and registers that set none.
        undated: whether rows are told that have an interval and no date.
    """
    registers: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry, row in context.each(kind):
        if not is_over(row):
            registers[entry.anchor.path].append(entry)
    for at, head in context.each(Register):
        rows = registers.get(at.anchor.path, ())
        late = [one for entry in rows if (one := _late(entry, head, interval, context.as_of))]
        if late and len(late) == len(rows) and (len(rows) > 1 or not late[0].own):
            yield _register_late(at, head, late, context.as_of)
        else:
            yield from (_row_late(one, context.as_of) for one in late)
        blank = [entry for entry in rows if undated and _is_blank(entry, head, interval)]
        if blank:
            yield Finding(
                f"{called(head)}: {plural(len(blank), 'row')} without a date of the last review",
                place(at),
                id=head.id,
                help="once all rows were looked at write `last_reviewed: …` into the register's head",
            )


def _late(entry: Entry, head: Register, interval: Interval | None, today: date) -> _Late | None:
    row = entry.entity
    every = row.review_every or head.review_every or interval
    dates = [day for day in (row.last_reviewed, head.last_reviewed) if day]
    if every is None or not dates:
        return None
    due = every.after(max(dates))
    return _Late(entry, due, own=max(dates) == row.last_reviewed) if due < today else None


def _is_blank(entry: Entry, head: Register, interval: Interval | None) -> bool:
    # A register's own interval may be kept by approving or confirming it: document control sees to that.
    asked = entry.entity.review_every or (interval and not head.review_every)
    return bool(asked) and not (entry.entity.last_reviewed or head.last_reviewed or entry.dropped)


def _register_late(at: Entry, head: Register, late: list[_Late], today: date) -> Finding:
    due = min(one.due for one in late)
    return Finding(
        f"the review of {called(head)} with its {plural(len(late), 'row')} {_was_due(due, today)}",
        place(at, "last_reviewed") if head.last_reviewed else place(at),
        id=head.id,
    )


def _row_late(late: _Late, today: date) -> Finding:
    row = late.entry.entity
    return Finding(
        f"the review of {called(row)} {_was_due(late.due, today)}",
        place(late.entry, "last_reviewed") if late.own else place(late.entry),
        id=row.id,
    )


def _was_due(due: date, today: date) -> str:
    return f"was due on {due}, {ago(due, today=today)}"


def each_or_register(
    context: AuditContext, found: Sequence[Finding], *, kind: str, asked: int, message: str
) -> Iterator[Finding]:
    """Yield what was found row by row; where no row that was asked has it, the register once.

    Args:
        context: what is judged.
        found: a finding for each row that lacks something.
        kind: the kind of the rows.
        asked: how many rows were asked for it.
        message: what is said of the register as a whole.
    """
    head = head_of(context, kind)
    if head is None or asked < _SEVERAL or len(found) < asked:
        yield from found
    else:
        yield replace(found[0], message=message, at=place(head), id=head.entity.id)
