"""Rows that are the same under another id.

First those that say the very same; then those that say nearly the same, where no other comes
near. A row is compared with those alone that may be near enough: whatever shares so many words
shares one of its rarest. Where even these are too many, nothing is paired, and that is told.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.changes.values import Written
from mkdocs_ems.model.likeness import same_words
from mkdocs_ems.source import Data
from mkdocs_ems.text import fold

MOST_PAIRS = 100_000
"""So many pairs are looked at; scoring them takes about a quarter of a second."""
ENOUGH = 0.75
"""Twice the words in common, by the words of both."""
CLEARLY = 0.1
"""By so much every other has to be less like it."""
FEWEST = 8
"""Of fewer words too much is alike by chance."""

_BOOKKEEPING = ("id", "last_reviewed", "notes")
_WORD = re.compile(r"\w+")
_EPSILON = 1e-9

_Word = tuple[str, str, int]
"""A field, a word in it, and which of several such words: a multiset as a set."""


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
        like = _Likeness(
            {key: one for key, one in old.items() if key not in found},
            {key: one for key, one in new.items() if key not in taken},
        )
        pairs |= like.pairs()
        left_out += like.left_out
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
        self._rows = {**old, **new}
        self._old, self._new = _worded(old), _worded(new)
        self._cut: set[str] = set()
        """Rows whose candidates are too many to be looked at."""
        self.left_out = 0

    def pairs(self) -> Mapping[str, str]:
        """The old key to the new one, where both are each other's clear best."""
        scores: dict[str, dict[str, float]] = defaultdict(dict)
        backwards: dict[str, dict[str, float]] = defaultdict(dict)
        for one, other in self._candidates():
            score = _score(self._old[one], self._new[other])
            # What is far from enough can be nobody's rival either.
            if score >= ENOUGH - CLEARLY:
                scores[one][other] = backwards[other][one] = score
        self.left_out = len(self._cut & self._old.keys())
        found = {}
        for one, others in scores.items():
            best = _clear_best(others)
            if best is None or _clear_best(backwards[best]) != one or self._cut & {one, best}:
                continue
            if same_words(self._rows[one].title, self._rows[best].title):
                found[one] = best
        return found

    def _candidates(self) -> Iterator[tuple[str, str]]:
        """Every pair that may be near enough to count, each once."""
        often = Counter(word for row in (*self._old.values(), *self._new.values()) for word in row)
        old, new = _by_rare_word(self._old, often), _by_rare_word(self._new, often)
        shared = sorted(old.keys() & new.keys(), key=lambda word: (len(old[word]) * len(new[word]), word))
        seen: set[tuple[str, str]] = set()
        budget = MOST_PAIRS
        for word in shared:
            budget -= len(old[word]) * len(new[word])
            if budget < 0:
                self._cut.update(old[word], new[word])
                continue
            for one in old[word]:
                for other in new[word]:
                    if (one, other) not in seen:
                        seen.add((one, other))
                        yield one, other


def _by_rare_word(rows: Mapping[str, Collection[_Word]], often: Counter[_Word]) -> Mapping[_Word, list[str]]:
    """The rows by their rarest words: so many that whatever is near enough shares one of them.

    Of two rows of a and b words that are alike to a degree d, at least a·d / (2 - d) words are in common.
    """
    least = ENOUGH - CLEARLY
    found: dict[_Word, list[str]] = defaultdict(list)
    for key, words in rows.items():
        ordered = sorted(words, key=lambda word: (often[word], word))
        needed = int(len(ordered) * least / (2 - least) - _EPSILON) + 1
        for word in ordered[: len(ordered) - needed + 1]:
            found[word].append(key)
    return found


def _clear_best(scores: Mapping[str, float]) -> str | None:
    """The one that is near enough, and clearly nearer than every other."""
    first, *others = sorted(scores, key=lambda key: (-scores[key], key))
    if scores[first] < ENOUGH - _EPSILON or (
        others and scores[first] - scores[others[0]] < CLEARLY - _EPSILON
    ):
        return None
    return first


def _score(one: Collection[_Word], other: Collection[_Word]) -> float:
    return 2 * len(set(one) & set(other)) / (len(one) + len(other))


def _worded(rows: Mapping[str, Written]) -> Mapping[str, frozenset[_Word]]:
    """The rows that have enough words, with them."""
    found = {}
    for key, row in rows.items():
        counted: Counter[tuple[str, str]] = Counter()
        words = set()
        for name, value in row.fields.items():
            if name not in _BOOKKEEPING:
                for text in _texts(value):
                    for word in _WORD.findall(fold(text)):
                        counted[name, word] += 1
                        words.add((name, word, counted[name, word]))
        if len(words) >= FEWEST:
            found[key] = frozenset(words)
    return found


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
