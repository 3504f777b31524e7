"""How ids are counted here: the letters before the number, and how many digits it has.

Read from the ids there are; nothing is assumed of them but that they are counted up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from mkdocs_ems import dataclass

_DIGITS = 3
"""Where nothing is counted yet."""
_LONGEST = 9
"""A longer row of digits is a code of another sort, and no number that somebody counts."""
_NUMBERED = re.compile(r"(.*?)([0-9]+)", re.DOTALL)
_WITHIN = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Style:
    """How the ids of one kind are written."""

    prefix: str
    """Up to the number: `ASP-`, `NCR-2026-`."""
    digits: int

    def id(self, number: int) -> str:
        """The id of a number."""
        return f"{self.prefix}{number:0{self.digits}}"

    def number(self, id_: str) -> int | None:
        """The number of an id of this style, compared without case; None for any other id."""
        found = _split(id_.upper())
        return found[1] if found is not None and found[0] == self.prefix.upper() else None

    def last(self, numbers: Collection[int]) -> int:
        """The highest number that was reached by counting; 0 where none was.

        One with more digits than are usual here (`ACT-2503` beside `ACT-037`) comes from another way of
        counting, as long as what the usual digits can say is not used up.
        """
        most = 10**self.digits - 1
        usual = [number for number in numbers if number <= most]
        by_itself = self.digits > 1 and usual and most not in usual
        return max(usual if by_itself else numbers, default=0)


def style_of(ids: Iterable[str], *, prefix: str) -> Style:
    """The style that most of the ids have.

    Of ids that are counted anew each year (`NCR-2025-07`, `NCR-2026-01`) the last year's is taken.

    Args:
        ids: those of one kind.
        prefix: what the kind's ids begin with by habit, where none of them has a number.
    """
    widths: defaultdict[str, list[str]] = defaultdict(list)
    for one in ids:
        match = _NUMBERED.fullmatch(one)
        if match is not None and match[1] and len(match[2]) <= _LONGEST:
            widths[match[1]].append(match[2])
    if not widths:
        return Style(f"{prefix}-", _DIGITS)
    families: defaultdict[str, list[str]] = defaultdict(list)
    for one in widths:
        families[_WITHIN.sub("#", one)].append(one)
    family = max(families.values(), key=lambda ones: (sum(len(widths[one]) for one in ones), ones))
    latest = max(family, key=lambda one: ([int(number) for number in _WITHIN.findall(one)], one))
    return Style(latest, _width(widths[latest]))


def _width(numbers: Iterable[str]) -> int:
    """As many digits as those that begin with zeros have; without any, as few as a number needs."""
    return max((len(one) for one in numbers if one.startswith("0")), default=1)


def _split(id_: str) -> tuple[str, int] | None:
    match = _NUMBERED.fullmatch(id_)
    if match is None or len(match[2]) > _LONGEST:
        return None
    return match[1], int(match[2])
