"""The redline of two texts: rows by their ids, blocks by what they say, words within a block.

The work is bounded: beyond the allowance a block counts as replaced by another. What
is written differently and reads the same is counted at the end, so that two
different texts never have an empty redline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mkdocs_ems.redline.blocks import Block, Section
from mkdocs_ems.redline.folding import folded
from mkdocs_ems.redline.matching import Work, matches, rising
from mkdocs_ems.redline.pairing import paired
from mkdocs_ems.redline.sections import sections
from mkdocs_ems.redline.values import Change, Form, Line, Piece
from mkdocs_ems.redline.words import alike, pieces


def redline(before: str, after: str, *, plain: bool = False) -> tuple[Line, ...]:
    """What changed from one text to the next, for a reader; empty only where both are equal.

    Lines that are the same are folded to one line that counts them, but for the heading
    above a change and the block on either side of it.

    Args:
        before: the older text: Markdown with or without front matter, or YAML.
        after: the newer one.
        plain: the texts are neither, and are compared line by line.
    """
    if before == after:
        return ()
    made = _Redline()
    made.sections(sections(before, plain=plain), sections(after, plain=plain))
    if made.spacing or not any(line.change is not Change.SAME for line in made.lines):
        made.lines.append(Line(Form.SPACING, Change.CHANGED, count=max(made.spacing, 1)))
    return tuple(made.lines)


class _Redline:
    """One redline while it is made: its lines, what differs in spacing alone, what may still be spent."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.spacing = 0
        self._work = Work()
        self._same_rows = 0

    def sections(self, before: Sequence[Section], after: Sequence[Section]) -> None:
        """Head, rows and what follows them, each with its own counterpart."""
        heads = ([one for one in side if not one.row] for side in (before, after))
        old, new = heads
        self._text(old[:1], new[:1])
        self._rows([one for one in before if one.row], [one for one in after if one.row])
        self._text(old[1:], new[1:])

    def _text(self, before: Sequence[Section], after: Sequence[Section]) -> None:
        here, there = ([block for one in side for block in one.blocks] for side in (before, after))
        self.lines += folded(self._blocks(here, there))

    def _rows(self, before: Sequence[Section], after: Sequence[Section]) -> None:
        old, new = _by_key(before), _by_key(after)
        place = {key: at for at, key in enumerate(old)}
        kept = [key for key in new if key in old]
        stays = {kept[at] for at in rising([place[key] for key in kept])}
        gone: dict[_RowKey | None, list[Section]] = {}
        last: _RowKey | None = None
        for key, row in old.items():
            if key in new:
                last = key
            else:
                gone.setdefault(last, []).append(row)
        self._gone(gone.get(None, ()))
        for key, row in new.items():
            if key in old:
                self._row(old[key], row, moved=key not in stays)
            else:
                self._whole(row, Change.CAME)
            self._gone(gone.get(key, ()))
        self._fold_rows()

    def _gone(self, rows: Sequence[Section]) -> None:
        for row in rows:
            self._whole(row, Change.WENT)

    def _fold_rows(self) -> None:
        if self._same_rows:
            self.lines.append(Line(Form.FOLD, Change.SAME, count=self._same_rows, of=Form.ROW))
            self._same_rows = 0

    def _row(self, before: Section, after: Section, *, moved: bool) -> None:
        if before.blocks == after.blocks and not moved:
            self.spacing += before != after or any(
                one.raw != other.raw for one, other in zip(before.blocks, after.blocks, strict=True)
            )
            self._same_rows += 1
            return
        self._fold_rows()
        title = (Piece(Change.SAME, after.title),) if after.title else ()
        self.lines.append(Line(Form.ROW, Change.CHANGED, title, after.id, moved=moved))
        self.lines += folded(self._blocks(before.blocks, after.blocks), context=0)

    def _whole(self, row: Section, change: Change) -> None:
        self._fold_rows()
        title = (Piece(change, row.title),) if row.title else ()
        self.lines.append(Line(Form.ROW, change, title, row.id))
        said = (("id", row.id), ("title", row.title))
        self.lines += [_line(block, change) for block in row.blocks if (block.label, block.text) not in said]

    def _blocks(self, before: Sequence[Block], after: Sequence[Block]) -> Iterator[Line]:
        at = to = 0
        for one, other in (*matches(before, after, work=self._work), (len(before), len(after))):
            for went, came in paired(before[at:one], after[to:other], work=self._work):
                yield from self._pair(went, came)
            if one < len(before):
                self.spacing += before[one].raw != after[other].raw
                yield _line(after[other], Change.SAME)
            at, to = one + 1, other + 1

    def _pair(self, went: Block | None, came: Block | None) -> Iterator[Line]:
        if went is None or came is None:
            if went is not None:
                yield _line(went, Change.WENT)
            if came is not None:
                yield _line(came, Change.CAME)
            return
        said: tuple[Piece, ...] = ()
        if went.form is not Form.FIELD or alike(went.text, came.text):
            said = pieces(went.text, came.text, work=self._work)
        if all(piece.change is Change.SAME for piece in said):
            whole = (Piece(Change.WENT, went.text), Piece(Change.CAME, came.text))
            said = tuple(piece for piece in whole if piece.text)
        yield Line(came.form, Change.CHANGED, said, came.label, came.depth)


def _line(block: Block, change: Change) -> Line:
    said = (Piece(change, block.text),) if block.text else ()
    return Line(block.form, change, said, block.label, block.depth)


_RowKey = tuple[str, int]


def _by_key(rows: Sequence[Section]) -> dict[_RowKey, Section]:
    """Rows by id, and where an id is there twice or missing, by how often it was there before."""
    seen: Counter[str] = Counter()
    found: dict[_RowKey, Section] = {}
    for row in rows:
        found[row.id, seen[row.id]] = row
        seen[row.id] += 1
    return found
