"""The redline of two texts: rows by their ids, blocks by what they say, words within a block.

The work is bounded: beyond the allowance a block counts as replaced by another. What
is written differently and reads the same is counted at the end, so that two
different texts never have an empty redline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from mkdocs_ems.redline.blocks import Block, markdown, plain_lines
from mkdocs_ems.redline.fields import Row, fields, row
from mkdocs_ems.redline.folding import Weighed, folded, joined
from mkdocs_ems.redline.matching import Work, matches, rising
from mkdocs_ems.redline.pairing import paired
from mkdocs_ems.redline.sections import Listed, Parts, parts, rows_of
from mkdocs_ems.redline.trimming import trimmed
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
    if plain:
        made.plain(before, after)
    else:
        made.parts(parts(before), parts(after))
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
        self._read: dict[str, Row] = {}

    def plain(self, before: str, after: str) -> None:
        """Two texts line by line."""
        here, there = (tuple(plain_lines(text.split("\n"))) for text in (before, after))
        self.lines += folded(self._blocks(here, there))

    def parts(self, before: Parts, after: Parts) -> None:
        """Head, rows and what follows them, each with its own counterpart."""
        self._fields(before.head, after.head)
        self._rows(before.rows, after.rows)
        self._prose(before.body, after.body)
        self._fields(before.tail, after.tail)

    def _fields(self, before: Sequence[str], after: Sequence[str]) -> None:
        if before != after:
            self.lines += folded(self._blocks(tuple(fields(before)), tuple(fields(after))))

    def _prose(self, before: Sequence[str], after: Sequence[str]) -> None:
        if before == after:
            return
        cut = trimmed(before, after)
        blocks = self._blocks(tuple(markdown(cut.before)), tuple(markdown(cut.after)))
        self.lines += joined((*cut.lead, *folded(blocks), *cut.trail))

    def _rows(self, before: Listed, after: Listed) -> None:
        if before == after:
            return
        rows = rows_of(before, after)
        self._same_rows += rows.lead
        self._different(rows.before, rows.after)
        self._same_rows += rows.trail
        self._fold_rows()

    def _different(self, before: Sequence[str], after: Sequence[str]) -> None:
        once = {one for one, times in Counter(before).items() if times == 1}
        equal = once & {one for one, times in Counter(after).items() if times == 1}
        old, new = self._by_key(before, equal), self._by_key(after, equal)
        place = {key: at for at, key in enumerate(old)}
        kept = [key for key in new if key in old]
        stays = {kept[at] for at in rising([place[key] for key in kept])}
        gone: dict[_RowKey | None, list[str]] = {}
        last: _RowKey | None = None
        for key, text in old.items():
            if key in new:
                last = key
            else:
                gone.setdefault(last, []).append(text)
        self._gone(gone.get(None, ()))
        for key, text in new.items():
            if key not in old:
                self._whole(self._row_of(text), Change.CAME)
            elif text == old[key] and key in stays:
                self._same_rows += 1
            else:
                self._row(self._row_of(old[key]), self._row_of(text), moved=key not in stays)
            self._gone(gone.get(key, ()))

    def _row_of(self, text: str) -> Row:
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = row(text)
        return found

    def _by_key(self, rows: Sequence[str], equal: AbstractSet[str]) -> dict[_RowKey, str]:
        """Rows by themselves where both sides have them, else by id and how often that was."""
        seen: Counter[str] = Counter()
        found: dict[_RowKey, str] = {}
        for text in rows:
            if text in equal:
                found[text, _EQUAL] = text
                continue
            identity = self._row_of(text).id
            found[identity, seen[identity]] = text
            seen[identity] += 1
        return found

    def _gone(self, rows: Sequence[str]) -> None:
        for one in rows:
            self._whole(self._row_of(one), Change.WENT)

    def _fold_rows(self) -> None:
        if self._same_rows:
            self.lines.append(Line(Form.FOLD, Change.SAME, count=self._same_rows, of=Form.ROW))
            self._same_rows = 0

    def _row(self, before: Row, after: Row, *, moved: bool) -> None:
        if before.blocks == after.blocks and not moved:
            self.spacing += 1
            self._same_rows += 1
            return
        self._fold_rows()
        title = (Piece(Change.SAME, after.title),) if after.title else ()
        self.lines.append(Line(Form.ROW, Change.CHANGED, title, after.id, moved=moved))
        self.lines += folded(self._blocks(before.blocks, after.blocks), context=0)

    def _whole(self, one: Row, change: Change) -> None:
        self._fold_rows()
        title = (Piece(change, one.title),) if one.title else ()
        self.lines.append(Line(Form.ROW, change, title, one.id))
        said = (("id", one.id), ("title", one.title))
        self.lines += [_line(block, change) for block in one.blocks if (block.label, block.text) not in said]

    def _blocks(self, before: Sequence[Block], after: Sequence[Block]) -> Iterator[Weighed]:
        at = to = 0
        for one, other in (*matches(before, after, work=self._work), (len(before), len(after))):
            for went, came in paired(before[at:one], after[to:other], work=self._work):
                yield from ((line, 1) for line in self._pair(went, came))
            if one < len(before):
                block = after[other]
                self.spacing += before[one].raw != block.raw
                yield _line(block, Change.SAME), block.raw.count("\n") + 1
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
_EQUAL = -1
