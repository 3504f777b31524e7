"""Rows that are the same under another id.

First those that say the very same; then those that say nearly the same, where no other comes
near. A row is compared with those alone that may be near enough: whatever shares so many words
shares one of its rarest. Where even these are too many, it is not looked for, and that is told.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.changes.values import Written
from mkdocs_ems.model.likeness import same_words
from mkdocs_ems.source import Data
from mkdocs_ems.text import fold

MOST_ROWS = 2_000
"""Of more rows on a side the words are not looked at: taking them apart alone would be felt."""
MOST_PAIRS = 200_000
"""So many pairs of rows are compared at the most, in about a third of a second."""
ENOUGH = 0.75
"""Twice the words in common, by the words of both."""
CLEARLY = 0.1
"""By so much every other has to be less like it."""
FEWEST = 8
"""Of fewer words too much is alike by chance."""

_BOOKKEEPING = frozenset(("id", "last_reviewed", "notes"))
_WORD = re.compile(r"\w+")
_ABOUT = 1e-9

_Words = frozenset[str]
"""A row's words, each with its field; a second of the same has a number behind it."""


@dataclass(frozen=True, slots=True)
class Renumbered:
    """Which rows are others under another key."""

    pairs: Mapping[str, str]
    """The old key to the new one."""
    not_paired: int = 0
    """Rows that are gone, for which nothing was looked for because too many are alike."""


def renumbered(gone: Mapping[str, Written], came: Mapping[str, Written]) -> Renumbered:
    """Find rows that are the same under another key.

    Args:
        gone: rows that only the state before has, by key.
        came: rows that only the state after has.
    """
    pairs: dict[str, str] = {}
    left_out = 0
    for kind in sorted({one.kind for one in gone.values()} & {one.kind for one in came.values()}):
        old = {key: one for key, one in sorted(gone.items()) if one.kind == kind}
        new = {key: one for key, one in sorted(came.items()) if one.kind == kind}
        found = _equal(old, new)
        pairs |= found
        taken = set(found.values())
        old = {key: one for key, one in old.items() if key not in found}
        new = {key: one for key, one in new.items() if key not in taken}
        if max(len(old), len(new)) > MOST_ROWS:
            left_out += len(old) if new else 0
        else:
            alike, unasked = _Likeness(old, new).pairs()
            pairs |= alike
            left_out += unasked
    return Renumbered(pairs, left_out)


def _equal(old: Mapping[str, Written], new: Mapping[str, Written]) -> Mapping[str, str]:
    """Rows that say the very same, where each is the only one on its side."""
    there = _by_data(new)
    found = {}
    for said, keys in _by_data(old).items():
        others = there.get(said, [])
        if len(keys) == len(others) == 1:
            found[keys[0]] = others[0]
    return found


def _by_data(rows: Mapping[str, Written]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, row in rows.items():
        fields = {name: value for name, value in row.fields.items() if name != "id"}
        if fields:
            found[json.dumps(fields, sort_keys=True)].append(key)
    return found


class _Likeness:
    """Rows of one kind that are gone and that came, compared by their words."""

    def __init__(self, old: Mapping[str, Written], new: Mapping[str, Written]) -> None:
        self._titles = {key: one.title for key, one in (*old.items(), *new.items())}
        rows = _Rows(old), _Rows(new)
        often = Counter(rows[0].often)
        often.update(rows[1].often)
        rank = {word: place for place, word in enumerate(sorted(often, key=lambda word: (often[word], word)))}
        self._old, self._new = (one.ranked(rank) for one in rows)
        self._left = MOST_PAIRS

    def pairs(self) -> tuple[Mapping[str, str], int]:
        """The old key to the new one, where both are each other's clear best; and how many were left out."""
        found: dict[str, str] = {}
        left_out = 0
        # Rows of rare words first: they cost least.
        for cost, key in sorted((self._old.cost(key, self._new), key) for key in self._old.words):
            if not self._affords(cost):
                left_out += 1
                continue
            best = self._old.clear_best(key, self._new)
            if best is None or not same_words(self._titles[key], self._titles[best]):
                continue
            if not self._affords(self._new.cost(best, self._old)):
                left_out += 1
            elif self._new.clear_best(best, self._old) == key:
                found[key] = best
        return found, left_out

    def _affords(self, cost: int) -> bool:
        if cost > self._left:
            return False
        self._left -= cost
        return True


class _Rows:
    """The rows of one side that have enough words."""

    def __init__(self, rows: Mapping[str, Written]) -> None:
        worded = ((key, _worded(row)) for key, row in rows.items())
        self.words = {key: words for key, words in worded if len(words) >= FEWEST}
        self.often = Counter(word for words in self.words.values() for word in words)
        self._rarest: Mapping[str, list[str]] = {}
        self._by_word: Mapping[str, list[str]] = {}

    def ranked(self, rank: Mapping[str, int]) -> _Rows:
        """Learn which words are rare on both sides together.

        Of each row so many of its rarest are kept that whatever is near enough shares one of them: of two
        rows alike to a degree d, one of a words, at least a·d / (2 - d) words are in common.
        """
        least = (ENOUGH - CLEARLY) / (2 - ENOUGH + CLEARLY)
        rarest: dict[str, list[str]] = {}
        by_word: dict[str, list[str]] = defaultdict(list)
        for key, words in self.words.items():
            needed = int(len(words) * least - _ABOUT) + 1
            rarest[key] = sorted(words, key=rank.__getitem__)[: len(words) - needed + 1]
            for word in rarest[key]:
                by_word[word].append(key)
        self._rarest, self._by_word = rarest, dict(by_word)
        return self

    def cost(self, key: str, others: _Rows) -> int:
        """With how many rows of the other side one of these has to be compared, at the most."""
        return sum(len(others._by_word.get(word, ())) for word in self._rarest[key])

    def clear_best(self, key: str, others: _Rows) -> str | None:
        """The row of the other side that is near enough, and clearly nearer than every other."""
        words = self.words[key]
        near: set[str] = set()
        near.update(*(others._by_word.get(word, ()) for word in self._rarest[key]))
        scores = sorted((-_score(words, others.words[other]), other) for other in near)
        if not scores or -scores[0][0] < ENOUGH - _ABOUT:
            return None
        if len(scores) > 1 and scores[1][0] - scores[0][0] < CLEARLY - _ABOUT:
            return None
        return scores[0][1]


def _score(one: _Words, other: _Words) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _worded(row: Written) -> _Words:
    words: list[str] = []
    for name, value in row.fields.items():
        if name not in _BOOKKEEPING:
            for text in _texts(value):
                words += [f"{name}\0{word}" for word in _WORD.findall(fold(text))]
    once = frozenset(words)
    if len(once) < len(words):
        seen: Counter[str] = Counter()
        for place, word in enumerate(words):
            seen[word] += 1
            words[place] = f"{word}\0{seen[word]}"
        once = frozenset(words)
    return once


def _texts(value: Data) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from _texts(one)
