"""Which elements of two sequences are the same, in order: bounded work, whatever comes in.

Elements that occur once on both sides are anchors; between anchors the same is done
again, and where there are none a table of longest common subsequences decides. Each
costs of one allowance: when that is spent, what is left counts as different. Equal
input gives equal output.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

_TABLE = 250_000
"""A larger table than this is never filled."""
_DEEPEST = 40


class Work:
    """What may still be spent: about ten million comparisons a second are done."""

    def __init__(self, allowance: int = 4_000_000) -> None:
        self._left = allowance

    def take(self, cost: int) -> bool:
        """Whether there is enough left; takes it if so."""
        if cost > self._left:
            return False
        self._left -= cost
        return True


Pair = tuple[int, int]


def matches(before: Sequence[Hashable], after: Sequence[Hashable], *, work: Work) -> list[Pair]:
    """Positions of equal elements, rising on both sides.

    Args:
        before: the older sequence.
        after: the newer one.
        work: the allowance that is drawn on.
    """
    found: list[Pair] = []
    open_: list[tuple[int, int, int, int, int]] = [(0, len(before), 0, len(after), 0)]
    while open_:
        low, high, left, right, depth = open_.pop()
        while low < high and left < right and before[low] == after[left]:
            found.append((low, left))
            low, left = low + 1, left + 1
        while low < high and left < right and before[high - 1] == after[right - 1]:
            high, right = high - 1, right - 1
            found.append((high, right))
        if low == high or left == right:
            continue
        anchors = _anchors(before, after, (low, high, left, right)) if depth < _DEEPEST else []
        if anchors and work.take(high - low + right - left):
            found += anchors
            open_ += _gaps(anchors, (low, high, left, right), depth + 1)
        elif (cells := (high - low) * (right - left)) <= _TABLE and work.take(cells):
            common = _common(before[low:high], after[left:right])
            found += [(low + one, left + other) for one, other in common]
    return sorted(found)


_Range = tuple[int, int, int, int]


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable], at: _Range) -> list[Pair]:
    """Elements that occur once on each side, the longest run of them that is in the same order."""
    low, high, left, right = at
    here, there = Counter(before[low:high]), Counter(after[left:right])
    once = {one: place for place in range(left, right) if there[one := after[place]] == 1}
    pairs = [
        (place, once[one]) for place in range(low, high) if here[one := before[place]] == 1 and one in once
    ]
    return [pairs[place] for place in rising([other for _, other in pairs])]


def rising(numbers: Sequence[int]) -> list[int]:
    """The positions of a longest rising subsequence of different numbers."""
    tails: list[int] = []
    places: list[int] = []
    previous: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(tails, number)
        tails[length : length + 1] = [number]
        places[length : length + 1] = [place]
        previous.append(places[length - 1] if length else -1)
    chain: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        chain.append(place)
        place = previous[place]
    return chain[::-1]


def _gaps(anchors: Sequence[Pair], at: _Range, depth: int) -> Iterator[tuple[int, int, int, int, int]]:
    low, high, left, right = at
    for one, other in (*anchors, (high, right)):
        yield low, one, left, other, depth
        low, left = one + 1, other + 1


def _common(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[Pair]:
    """A longest common subsequence by its table."""
    width = len(after) + 1
    table = [[0] * width]
    for one in reversed(before):
        last, line = table[-1], [0] * width
        for place in range(len(after) - 1, -1, -1):
            if one == after[place]:
                line[place] = last[place + 1] + 1
            else:
                line[place] = max(last[place], line[place + 1])
        table.append(line)
    table.reverse()
    here = there = 0
    while here < len(before) and there < len(after):
        if before[here] == after[there]:
            yield here, there
            here, there = here + 1, there + 1
        elif table[here + 1][there] >= table[here][there + 1]:
            here += 1
        else:
            there += 1
