"""Rows that carry no date though an interval wants one: told row by row, or once at their register.

A register in which no row has the date keeps none: that is one fault, and telling it a
thousand times hides every other. Nothing here knows what the date is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from mkdocs_ems.model import Entity, Entry, Register
from mkdocs_ems.rules.values import AuditContext


def tellable(
    context: AuditContext, blank: Iterable[Entry], dated: Collection[str]
) -> Iterator[tuple[Entry, Entity, int]]:
    """Yield what to speak of: each row without a date, or the register that holds them, with how many.

    Args:
        context: what is judged.
        blank: the rows without a date.
        dated: the paths of registers in which some row has one.
    """
    by_path: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in blank:
        # A date that could not be read has its own finding.
        if not entry.dropped:
            by_path[entry.anchor.path].append(entry)
    if not by_path:
        return
    heads = {entry.anchor.path: entry for entry, _ in context.each(Register)}
    for path, rows in by_path.items():
        if len(rows) > 1 and path in heads and path not in dated:
            yield heads[path], heads[path].entity, len(rows)
        else:
            for entry in rows:
                yield entry, entry.entity, 1
