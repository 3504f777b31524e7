"""What of a long report fits into a comment: whole entries, those that count most first.

Knows sizes and ranks and nothing of what is said. Nothing is ever cut within an entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from mkdocs_ems import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A section as it is laid out."""

    title: str
    """Stands above the first of the blocks that share it, with the space around it."""
    rank: int
    head: str
    """Stands above the entries, with the space around it."""
    entries: tuple[str, ...]
    """Each with its line end."""
    foot: str
    """Stands below the entries."""
    noun: str
    unlisted: int = 0
    """How many more entries there are that nobody laid out."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What fits."""

    text: str
    left_out: Mapping[str, int]
    """How many entries are not in it, by their noun."""


def fitted(blocks: Sequence[Block], *, room: int, size: Callable[[str], int]) -> Fitted:
    """Fill a room with as many entries as it holds.

    Args:
        blocks: in reading order.
        room: how much there is.
        size: how much a text takes.
    """
    kept: dict[int, list[str]] = {}
    titles: set[str] = set()
    left_out: Counter[str] = Counter()
    for at in sorted(range(len(blocks)), key=lambda at: blocks[at].rank):
        block = blocks[at]
        left_out[block.noun] += block.unlisted
        for entry in block.entries:
            opens = "" if at in kept else block.head + block.foot
            titled = "" if block.title in titles else block.title
            takes = size(titled) + size(opens) + size(entry)
            if takes > room:
                left_out[block.noun] += 1
                continue
            room -= takes
            titles.add(block.title)
            kept.setdefault(at, []).append(entry)
    return Fitted(_joined(blocks, kept), {noun: count for noun, count in left_out.items() if count})


def _joined(blocks: Sequence[Block], kept: Mapping[int, list[str]]) -> str:
    made: list[str] = []
    last = ""
    for at, block in enumerate(blocks):
        if at in kept:
            made += [block.title] if block.title != last else []
            made += [block.head, *kept[at], block.foot]
            last = block.title
    return "".join(made)
