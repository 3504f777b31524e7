"""Which block became which, among those that went and came at one place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mkdocs_ems.redline.blocks import Block
from mkdocs_ems.redline.matching import Work, matches
from mkdocs_ems.redline.values import Form
from mkdocs_ems.redline.words import ALIKE, words

_PAIRS = 2_500
"""More pairs of blocks than this are not compared word by word."""

Became = tuple[Block | None, Block | None]


def paired(went: Sequence[Block], came: Sequence[Block], *, work: Work) -> Iterator[Became]:
    """Blocks in order, each with what it became; None for one that went or came alone."""
    pairs: list[tuple[int, int]] = []
    if went and came:
        pairs = _best(went, came, work) if len(went) * len(came) <= _PAIRS else _by_label(went, came, work)
    at = to = 0
    for one, other in (*pairs, (len(went), len(came))):
        yield from ((block, None) for block in went[at:one])
        yield from ((None, block) for block in came[to:other])
        if one < len(went):
            yield went[one], came[other]
        at, to = one + 1, other + 1


def _by_label(went: Sequence[Block], came: Sequence[Block], work: Work) -> list[tuple[int, int]]:
    keys = (
        [(block.form, block.label or object()) for block in side]  # what has no label equals nothing
        for side in (went, came)
    )
    here, there = keys
    return matches(here, there, work=work)


def _best(went: Sequence[Block], came: Sequence[Block], work: Work) -> list[tuple[int, int]]:
    """The pairs, in the order of both, that have most in common taken together."""
    here, there = ([(block, set(words(block.text)) - {" "}) for block in side] for side in (went, came))
    if not work.take(sum(len(one) for _, one in here) * len(there)):
        return _by_label(went, came, work)
    scores = [[_likeness(one, other) for other in there] for one in here]
    table = [[0.0] * (len(there) + 1) for _ in range(len(here) + 1)]
    for at in reversed(range(len(here))):
        for to in reversed(range(len(there))):
            alone = max(table[at + 1][to], table[at][to + 1])
            score = scores[at][to]
            table[at][to] = max(alone, score + table[at + 1][to + 1]) if score else alone
    pairs: list[tuple[int, int]] = []
    at = to = 0
    while at < len(here) and to < len(there):
        if scores[at][to] and table[at][to] == scores[at][to] + table[at + 1][to + 1]:
            pairs.append((at, to))
            at, to = at + 1, to + 1
        elif table[at][to] == table[at + 1][to]:
            at += 1
        else:
            to += 1
    return pairs


def _likeness(one: tuple[Block, set[str]], other: tuple[Block, set[str]]) -> float:
    """How much of one is in the other; nothing where they cannot be the same block changed."""
    (here, said), (there, says) = one, other
    if here.form is not there.form or (here.form is Form.FIELD and here.label != there.label):
        return 0.0
    common = 2 * len(said & says) / max(1, len(said) + len(says))
    if here.label and here.label == there.label:
        return 1.0 + common
    return common if common >= ALIKE else 0.0
