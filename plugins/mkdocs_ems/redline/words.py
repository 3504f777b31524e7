"""What changed within one line, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mkdocs_ems.redline.matching import Work, matches
from mkdocs_ems.redline.values import Change, Piece

_ALONE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Scripts that put no spaces between words: each character counts as one."""
_IN_WORD = rf"[^ \t\r\n!-/:-@\[-`{{-~{_ALONE}]+"
_WORD = re.compile(rf"[ \t\r\n]+|{_IN_WORD}(?:[.,:/'@_-]{_IN_WORD})*|.", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n]+")

ALIKE = 0.3
"""Less than this of the words in common: one text took the place of another."""


def words(text: str) -> list[str]:
    """Words, numbers with their points and commas, single marks, and the spaces between."""
    return _WORD.findall(text)


def alike(before: str, after: str) -> bool:
    """Whether two lines have so many words in common that one may be a change of the other."""
    here, there = set(words(before)) - {" "}, set(words(after)) - {" "}
    return 2 * len(here & there) >= ALIKE * (len(here) + len(there))


def pieces(before: str, after: str, *, work: Work) -> tuple[Piece, ...]:
    """What stayed, went and came; pieces that stayed and went make the old text, stayed and came the new."""
    here, there = words(before), words(after)
    parts: list[tuple[list[str], list[str], list[str]]] = []  # went, came, then stayed
    at = to = 0
    went: list[str] = []
    came: list[str] = []
    stayed: list[str] = []
    for one, other in (*matches(here, there, work=work), (len(here), len(there))):
        if one > at or other > to:
            parts.append((went, came, stayed))
            went, came, stayed = here[at:one], there[to:other], []
        stayed += here[one : one + 1]
        at, to = one + 1, other + 1
    parts.append((went, came, stayed))
    return tuple(_joined(_without_crumbs(parts)))


_Part = tuple[list[str], list[str], list[str]]


def _without_crumbs(parts: Sequence[_Part]) -> list[_Part]:
    """With a lone word that stayed between larger changes counted among them: nobody reads crumbs."""
    found: list[_Part] = []
    for part in parts:
        if found and _crumb(found[-1], part):
            went, came, stayed = found[-1]
            found[-1] = ([*went, *stayed, *part[0]], [*came, *stayed, *part[1]], part[2])
        else:
            found.append(part)
    return found


def _crumb(before: _Part, after: _Part) -> bool:
    said = [word for word in before[2] if not _SPACE.fullmatch(word)]
    if len(said) > 1 or not (before[0] or before[1]):
        return False
    if not said:
        return True  # a space alone
    return all(len(one[0]) + len(one[1]) > 2 * 2 for one in (before, after)) and len(said[0]) <= 3


def _joined(parts: Iterable[_Part]) -> Iterator[Piece]:
    for went, came, stayed in parts:
        for change, said in ((Change.WENT, went), (Change.CAME, came), (Change.SAME, stayed)):
            if said:
                yield Piece(change, "".join(said))
