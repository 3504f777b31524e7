"""Files of a version as pieces that stand once: its pages are alike in most of what they are.

A page is cut where the theme goes over from what it says on every page to what it says on this
one. Pieces that several pages have are kept once, so a version is packed, kept and read again in
a fraction of the time and room that its pages would take one by one. Where pages are cut decides
about nothing but that: joined, the pieces are the page again.

Bytes in, bytes out: knows no archive, no folder and nothing of what a page says.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from mkdocs_ems import dataclass
from mkdocs_ems.site.slots import NOTICE, SELECTOR

_CUTS = (b"<title>", b"</title>", NOTICE, SELECTOR, b"</nav>", b"</nav>", b"<article", b"</article>")
"""A page is cut behind each, in this order; one that it does not have is passed over."""
_PAGE = ".html"
_BLOCK = 1 << 18
"""Bytes of pieces that are packed together, at least: more would have to be unpacked for a single page."""


class Cutting:
    """The files of a version while they are cut."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._uses: list[int] = []
        self._files: dict[str, tuple[int, ...]] = {}

    def add(self, path: str, data: bytes) -> None:
        """Cut a file."""
        self._files[path] = tuple(map(self._number, _cut(data) if path.endswith(_PAGE) else (data,)))

    def cut(self) -> tuple[Layout, Sequence[bytes]]:
        """How the files are put together again, and the blocks of pieces to do it with."""
        order = sorted(self._files.items())
        # What many have in common comes first: it is at hand while the files are read one by one.
        ordered = dict.fromkeys(number for _, file in order for number in file if self._uses[number] > 1)
        shared = len(ordered)
        ordered |= dict.fromkeys(number for _, file in order for number in file)
        places = {number: place for place, number in enumerate(ordered)}
        pieces = list(self._numbers)
        sizes = tuple(len(pieces[number]) for number in ordered)
        layout = Layout(
            sizes=sizes,
            blocks=tuple(_blocks(sizes, shared)),
            shared=shared,
            files={path: tuple(places[number] for number in file) for path, file in order},
        )
        whole = [pieces[number] for number in ordered]
        return layout, [b"".join(whole[begin:end]) for begin, end in pairwise((*layout.blocks, len(whole)))]

    def _number(self, piece: bytes) -> int:
        number = self._numbers.setdefault(piece, len(self._numbers))
        if number == len(self._uses):
            self._uses.append(0)
        self._uses[number] += 1
        return number


@dataclass(frozen=True, slots=True)
class Layout:
    """Which pieces there are, and which of them each file is."""

    sizes: Sequence[int]
    """Bytes of each piece."""
    blocks: Sequence[int]
    """The first piece of each block."""
    shared: int
    """How many of the first pieces several files have."""
    files: Mapping[str, Sequence[int]]
    """The pieces of each file, by its path."""

    @property
    def written(self) -> bytes:
        """As it is kept."""
        said = {"sizes": self.sizes, "blocks": self.blocks, "shared": self.shared, "files": self.files}
        return json.dumps(said, separators=(",", ":")).encode()

    @classmethod
    def read(cls, written: bytes) -> Layout:
        """What was written.

        Raises:
            ValueError: it is none that `written` gave.
        """
        try:
            said = json.loads(written)
            layout = cls(said["sizes"], said["blocks"], said["shared"], said["files"])
            sound = layout._is_sound()
        except (TypeError, KeyError, AttributeError, RecursionError) as fault:
            raise ValueError("how its files are laid out cannot be read") from fault
        if not sound:
            raise ValueError("how its files are laid out cannot be")
        return layout

    def size(self, path: str) -> int:
        """Bytes of a file."""
        return sum(map(self.sizes.__getitem__, self.files[path]))

    def block_sizes(self) -> Sequence[int]:
        """Bytes of each block."""
        before = (0, *accumulate(self.sizes))
        return [before[end] - before[begin] for begin, end in pairwise((*self.blocks, len(self.sizes)))]

    def _is_sound(self) -> bool:
        """Whether every number is one that can be followed."""
        many, begins, files = len(self.sizes), self.blocks, self.files.values()
        # Tens of thousands of them, for one page too: nothing here is asked number by number.
        if not all(
            isinstance(one, list) and {*map(type, one)} <= {int} for one in (self.sizes, begins, *files)
        ):
            return False
        return (
            type(self.shared) is int
            and 0 <= self.shared <= many
            and min(self.sizes, default=0) >= 0
            and (begins[0] == 0 if begins else not many)
            and all(begin < end for begin, end in pairwise((*begins, many)))
            and all(not file or 0 <= min(file) <= max(file) < many for file in files)
        )


class Joining:
    """The files of a version while they are put together again."""

    def __init__(self, layout: Layout, block: Callable[[int], bytes]) -> None:
        """Begin with nothing read.

        Args:
            layout: of the files.
            block: reads one.
        """
        self.layout = layout
        self._block = block
        self._begins = (*layout.blocks, len(layout.sizes))
        self._shared: dict[int, Sequence[bytes]] = {}
        self._own: tuple[int, Sequence[bytes]] = -1, ()

    def file(self, path: str) -> bytes:
        """A file as it was cut.

        Raises:
            ValueError: a block is not as large as its pieces.
        """
        return b"".join(map(self._piece, self.layout.files[path]))

    def _piece(self, number: int) -> bytes:
        at = bisect_right(self._begins, number) - 1
        return self._pieces(at)[number - self._begins[at]]

    def _pieces(self, at: int) -> Sequence[bytes]:
        if at in self._shared:
            return self._shared[at]
        if self._own[0] == at:
            return self._own[1]
        pieces = self._cut(at)
        if self._begins[at] < self.layout.shared:
            self._shared[at] = pieces
        else:
            # Files are read in the order in which their own pieces stand: none is needed twice.
            self._own = at, pieces
        return pieces

    def _cut(self, at: int) -> Sequence[bytes]:
        block = self._block(at)
        ends = tuple(accumulate(self.layout.sizes[self._begins[at] : self._begins[at + 1]], initial=0))
        if len(block) != ends[-1]:
            raise ValueError(f"block {at} is not as large as it was")
        return [block[begin:end] for begin, end in pairwise(ends)]


def _cut(page: bytes) -> Iterator[bytes]:
    at = 0
    for mark in _CUTS:
        found = page.find(mark, at)
        if found >= 0:
            end = found + len(mark)
            yield page[at:end]
            at = end
    yield page[at:]


def _blocks(sizes: Sequence[int], shared: int) -> Iterator[int]:
    """The first piece of each block; none has both pieces that are shared and others."""
    full = 0
    for number, size in enumerate(sizes):
        if number in {0, shared} or full >= _BLOCK:
            yield number
            full = 0
        full += size
