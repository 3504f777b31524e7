"""Did-you-mean over ids: one look-up per question, however many ids there are.

The index is built when the first question comes: a sound content never pays for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from mkdocs_ems.model.forms import latin
from mkdocs_ems.text import did_you_mean

_LONGEST = 32
"""Longer ids are compared by their plain spelling only."""
_QUESTIONS = 500
_ALIKE = 40
"""With so many candidates of one number at most, whole words are compared."""

_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
_AS_DIGITS = str.maketrans("OIL", "011")
_NUMBER = re.compile(r"([0-9]+)$")


class IdIndex:
    """Finds the known id that a wrong one most likely means."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._kinds = kinds
        self._left = _QUESTIONS
        self._plain: dict[str, list[str]] = defaultdict(list)
        self._shorter: dict[str, list[str]] = defaultdict(list)
        self._numbered: dict[int, list[str]] = defaultdict(list)
        for one in kinds:
            self._plain[_plain(one)].append(one)
            for spelling in _one_less(one):
                self._shorter[spelling].append(one)
            number = _number(one)
            if number is not None:
                self._numbered[number].append(one)

    def nearest(self, wrong: str, *, expected: tuple[str, ...] = ()) -> str | None:
        """The id that is meant: the same but for zeros and look-alikes, else one character away.

        Args:
            wrong: an id that nobody has.
            expected: kinds to prefer.
        """
        if self._left <= 0 or len(wrong) > 64:
            return None
        self._left -= 1
        plainly = self._plain.get(_plain(wrong))
        if plainly:
            return self._best(plainly, expected)
        meant = latin(wrong)
        near = set(self._shorter.get(meant, ()))
        for spelling in _one_less(meant):
            near.update(self._shorter.get(spelling, ()))
            if spelling in self._kinds:
                near.add(spelling)
        near = {one for one in near if not _other_number(meant, one)}
        if near:
            return self._best(near, expected)
        number = _number(meant)
        alike = self._numbered.get(number, []) if number is not None else []
        return did_you_mean(meant, alike) if len(alike) <= _ALIKE else None

    def _best(self, found: Iterable[str], expected: tuple[str, ...]) -> str:
        return min(found, key=lambda one: (bool(expected) and self._kinds[one] not in expected, one))


def _plain(text: str) -> str:
    """A spelling without leading zeros, with letters in numbers as the digits they look like."""
    head, hyphen, tail = latin(text).rpartition("-")
    return _ZEROS.sub("", head) + hyphen + _ZEROS.sub("", tail.translate(_AS_DIGITS))


def _one_less(text: str) -> set[str]:
    if len(text) > _LONGEST:
        return set()
    return {text[:index] + text[index + 1 :] for index in range(len(text))}


def _other_number(one: str, other: str) -> bool:
    """Whether they differ in digits only: ids are counted up, so that is another thing and no slip.

    Two neighbours exchanged are a slip all the same.
    """
    if len(one) != len(other):
        return False
    places = [index for index in range(len(one)) if one[index] != other[index]]
    if not all(one[index].isdigit() and other[index].isdigit() for index in places):
        return False
    swapped = len(places) == 2 and places[0] + 1 == places[1] and one[places[0]] == other[places[1]]
    return not (swapped and one[places[1]] == other[places[0]])


def _number(text: str) -> int | None:
    match = _NUMBER.search(text)
    return int(match[1]) if match else None
