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
        self._words = {_word(one) for one in kinds}
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
            expected: kinds that fit where it stands; a slip leads to no other.
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
        near = {one for one in near if not _other_number(meant, one) and self._fits(one, expected)}
        if near:
            return min(near)
        return self._of_number(meant, expected)

    def _of_number(self, meant: str, expected: tuple[str, ...]) -> str | None:
        """The id of the same number with another word before it, where that word is nobody's: a slip."""
        number = _number(meant)
        alike = self._numbered.get(number, []) if number is not None else []
        if len(alike) > _ALIKE or _word(meant) in self._words:
            return None
        return did_you_mean(meant, [one for one in alike if self._fits(one, expected)])

    def _fits(self, one: str, expected: tuple[str, ...]) -> bool:
        return not expected or self._kinds[one] in expected

    def _best(self, found: Iterable[str], expected: tuple[str, ...]) -> str:
        return min(found, key=lambda one: (not self._fits(one, expected), one))


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


def _word(text: str) -> str:
    return text.rpartition("-")[0]


def _number(text: str) -> int | None:
    match = _NUMBER.search(text)
    return int(match[1]) if match else None
