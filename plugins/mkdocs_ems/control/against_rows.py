"""The rows and tags of an earlier ledger, one by one: changed, gone, added in between, out of order.

Looks only at rows whose event is still there: of an event that is gone, the event is told.
"""

from __future__ import annotations

import shlex
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from mkdocs_ems.control.broken import NAMED, SHORT, Break, Difference, described, shown
from mkdocs_ems.control.sealing import Ledger, LedgerTag, Row, Value, row_hash
from mkdocs_ems.text import plural

_ASK = (
    "rows are only ever added at the end: compare with another copy of the ledger, and look whether it was "
    "written by another version of this program"
)


def row_differences(before: Ledger, now: Ledger, events: Container[str]) -> Iterator[Difference]:
    """Rows that were changed, are gone, or stand in another order.

    Args:
        before: the ledger that was kept.
        now: the ledger of this history.
        events: those of this history's chain.
    """
    here = {_sealed(row): at for at, row in enumerate(now.rows)}
    by_subject = {_subject(row): row for row in now.rows}
    places: list[tuple[int, int]] = []
    removed: list[tuple[int, Row]] = []
    for at, row in enumerate(before.rows):
        place = here.get(_sealed(row))
        if place is not None:
            places.append((at, place))
        elif row["event"] in events:
            twin = by_subject.get(_subject(row))
            if twin is None:
                removed.append((at, row))
            else:
                yield _changed(at, row, twin)
    yield from _removed(removed)
    yield from _out_of_order(before, places)


def _out_of_order(before: Ledger, places: Sequence[tuple[int, int]]) -> Iterator[Difference]:
    for (first, one), (second, other) in pairwise(places):
        if other < one:
            yield Difference(
                Break.OUT_OF_ORDER,
                f"rows of the ledger stand in another order now: row {first + 1} "
                f"({described(before.rows[first])}) came before row {second + 1} "
                f"({described(before.rows[second])}), and comes after it now",
                _ASK,
            )
            return


def added_between(before: Ledger, now: Ledger) -> Iterator[Difference]:
    """The first row that stands among the known ones and is not known."""
    known = {_sealed(row) for row in before.rows}
    last = max((at for at, row in enumerate(now.rows) if _sealed(row) in known), default=-1)
    for at, row in enumerate(now.rows[: last + 1]):
        if _sealed(row) not in known:
            yield Difference(
                Break.ROW_ADDED,
                f"a row that the ledger does not have stands among its rows now, as row {at + 1}: "
                f"{described(row)}, by the commit {str(row['event'])[:SHORT]}",
                _ASK,
            )
            return


def _sealed(row: Row) -> str:
    """What a row says, whatever stood before it."""
    return row_hash({key: value for key, value in row.items() if key != "previous"})


def _subject(row: Row) -> tuple[Value, ...]:
    """What a row is about: two that share it and differ are one row that was changed."""
    about = ("row", "event", "document", "issue", "meaning", "evidence", "approver")
    if row["row"] == "evidence":
        return tuple(row.get(key) for key in about)
    return tuple(row.get(key) for key in about[:5])


def _changed(at: int, row: Row, now: Row) -> Difference:
    fields = [key for key in sorted(row.keys() | now.keys()) if key != "previous"]
    odd = [key for key in fields if row.get(key) != now.get(key)]
    told = "; ".join(f"{key} was {shown(row.get(key))} and is {shown(now.get(key))}" for key in odd)
    return Difference(
        Break.ROW_CHANGED,
        f"row {at + 1} of the ledger ({described(row)}, by the commit {str(row['event'])[:SHORT]}) says "
        f"something else now: {told}",
        _ASK,
    )


def _removed(rows: Sequence[tuple[int, Row]]) -> Iterator[Difference]:
    for at, row in rows[:NAMED]:
        yield Difference(
            Break.ROW_REMOVED,
            f"row {at + 1} of the ledger is gone: {described(row)}, by the commit "
            f"{str(row['event'])[:SHORT]} of {str(row['date'])[:10]}, which is still there",
            _ASK,
        )
    if len(rows) > NAMED:
        first = rows[NAMED][0] + 1
        more = plural(len(rows) - NAMED, "more row")
        told = f"{more} of the ledger {'is' if len(rows) - NAMED == 1 else 'are'} gone, from row {first} on"
        yield Difference(Break.ROW_REMOVED, told, _ASK)


def tag_differences(before: Ledger, now: Ledger) -> Iterator[Difference]:
    """Tags that were moved, made again, or are gone."""
    here = {tag.name: tag for tag in now.tags}
    for tag in before.tags:
        found = here.get(tag.name)
        if found is None:
            yield Difference(
                Break.TAG_REMOVED,
                f"the tag {tag.name} is gone; it led to {_led(tag.target)}",
                "fetch the tags (`git fetch --tags`); where it was deleted, put it back: "
                f"{_put_back(tag)} in a clone that has that object",
            )
        elif found.object != tag.object:
            led = f"it led to {_led(tag.target)} and leads to {_led(found.target)}"
            if found.target == tag.target:
                led = f"it leads to the same commit, but was made again ({tag.object[:SHORT]} before, "
                led += f"{found.object[:SHORT]} now)"
            yield Difference(
                Break.TAG_MOVED,
                f"the tag {tag.name} was moved: {led}",
                f"put it back where it was: {_put_back(tag)} in a clone that has that object, and forbid "
                "that tags are moved",
            )


def _led(target: str | None) -> str:
    return f"commit {target[:SHORT]}" if target else "no commit"


def _put_back(tag: LedgerTag) -> str:
    # Names of tags may hold what a shell would run.
    return f"`git update-ref {shlex.quote(f'refs/tags/{tag.name}')} {tag.object}`"
