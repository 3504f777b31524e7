"""What things say today and did not say at an earlier moment: the reading that suspect links take.

An earlier register is read once for all who ask what stood in it, while git reads the next,
and none is kept. A row is parsed only where it is written otherwise. What counts as said
is `model.lasting`'s to tell; whether a difference matters to anybody, the caller's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from mkdocs_ems import dataclass
from mkdocs_ems.changes.row_texts import RowTexts, parsed_rows, row_data
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import Content
from mkdocs_ems.control.formerly import with_line_feeds
from mkdocs_ems.control.heads import head_of
from mkdocs_ems.git.values import Blobs
from mkdocs_ems.graph import Node
from mkdocs_ems.model.lasting import laid_down
from mkdocs_ems.model.values import Kind
from mkdocs_ems.source import Data, parse_file

Difference = tuple[str, ...] | None
"""The fields that differ, none of them where it is the text; None where it was not there."""


@dataclass(slots=True)
class Asked:
    """What is asked of one document or register: things in it, as they are today and as they were."""

    holder: str
    today: Content
    earlier: tuple[Content, ...]
    """The contents that could be read then; what is as it was in any of them has not changed."""
    targets: dict[str, None] = field(default_factory=dict)
    """The ids of what is asked for: its own, or those of its rows."""
    differences: dict[str, Difference] = field(default_factory=dict)
    """The answer: by id what differs. What is not in it says the same."""
    judged: bool = True
    """False where it would have taken too much."""


class Differing:
    """Answers what is asked of one compilation."""

    def __init__(self, compilation: Compilation, blobs: Blobs, *, most: int) -> None:
        """Prepare.

        Args:
            compilation: the state whose things are asked for.
            blobs: reads earlier contents.
            most: so many bytes of earlier contents are read, and no more.
        """
        self._compilation = compilation
        self._blobs = blobs
        self._left = most
        entries, files = compilation.snapshot.entries, compilation.snapshot.files
        self._here = {one.blob: files[path] for path, one in entries.items() if path in files}
        if compilation.control is not None:
            self._here |= {one.blob: one.data for one in compilation.control.former}
        self._rows: dict[str, RowTexts] = {}
        self._told_apart: dict[str, bool] = {}
        self._whole: dict[tuple[str, str], Mapping[str, Data]] = {}
        self._today: dict[str, tuple[bytes | None, int, int]] = {}
        self._parsed: dict[tuple[bytes, bytes], tuple[str, ...]] = {}

    def answer(self, asked: Iterable[Asked]) -> None:
        """Tell of each what differs."""
        everything = tuple(asked)
        self._bring(one.today.blob for one in everything)
        for one in everything:
            one.differences = dict.fromkeys(one.targets)
        depth = max((len(one.earlier) for one in everything), default=0)
        for at in range(depth):
            waiting = defaultdict[str, list[Asked]](list)
            for one in everything:
                if at < len(one.earlier) and one.differences:
                    waiting[one.earlier[at].blob].append(one)
            for blob, data in self._coming(waiting):
                rows = RowTexts(data)  # takes nothing apart that nobody asks for
                for one in waiting.pop(blob):
                    self._compare(one, one.earlier[at], data, rows)
            for unread in waiting.values():
                for one in unread:
                    one.judged, one.differences = False, {}

    def _bring(self, blobs: Iterable[str]) -> None:
        """What applies today and does not stand in the tree: something waits there for approval."""
        missing = [blob for blob in dict.fromkeys(blobs) if blob not in self._here]
        if missing:
            self._here.update(self._blobs.read(missing))

    def _coming(self, wanted: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Earlier contents as they are read, until it is enough."""
        blobs = tuple(wanted)
        yield from ((blob, self._here[blob]) for blob in blobs if blob in self._here)
        # Ended by nothing but its end: what git has begun to send is taken.
        for blob, data in self._blobs.coming([blob for blob in blobs if blob not in self._here]):
            self._left -= len(data)
            if self._left >= 0:
                yield blob, data

    def _compare(self, one: Asked, then: Content, data: bytes, rows: RowTexts) -> None:
        for target in tuple(one.differences):
            if target == one.holder:
                found: Difference | bool = self._document(one, then, data)
            else:
                found = self._row(target, one, then, data, rows)
            if found is True:
                del one.differences[target]
            elif found is not False and one.differences[target] is None:
                one.differences[target] = found

    def _row(
        self, target: str, one: Asked, then: Content, data: bytes, earlier: RowTexts
    ) -> Difference | bool:
        """What differs in a row; True where nothing does, False where it was not there."""
        if target not in self._today:
            self._today[target] = self._written(target, one.today.blob)
        text, at, place = self._today[target]
        if text is None:
            return self._parsed_row(target, one, then, data)
        if earlier.holds(text, place):
            return True
        before = earlier.of(target, at)
        if before is None:
            return self._parsed_row(target, one, then, data)
        if (before, text) not in self._parsed:
            kind = self._kind(target)
            old, new = (laid_down(row_data(one), kind) for one in (before, text))
            self._parsed[before, text] = _unlike(old, new)
        return self._parsed[before, text] or True

    def _parsed_row(self, target: str, one: Asked, then: Content, data: bytes) -> Difference | bool:
        """The same, where the lines of a register do not show its rows: both are read as a whole."""
        now = self._read_whole(one.today, self._here[one.today.blob]).get(target)
        # What is in the tree alone nobody has approved: nothing that applies has changed.
        if not isinstance(now, dict):
            return True
        # Reading all of it takes long: not for an id that nowhere stands in it, however it may be escaped.
        if target.encode() not in data and b"\\" not in data:
            return False
        was = self._read_whole(then, data).get(target)
        if not isinstance(was, dict):
            return False
        kind = self._kind(target)
        return _unlike(laid_down(was, kind), laid_down(now, kind)) or True

    def _read_whole(self, content: Content, data: bytes) -> Mapping[str, Data]:
        key = content.path, content.blob
        if key not in self._whole:
            self._whole[key] = parsed_rows(content.path, data)
        return self._whole[key]

    def _kind(self, target: str) -> Kind:
        return self._compilation.model.kinds[self._compilation.graph.nodes[target].kind]

    def _written(self, target: str, blob: str) -> tuple[bytes | None, int, int]:
        """A row as it applies today, the how manieth it is, and where it begins."""
        if blob not in self._rows:
            self._rows[blob] = RowTexts(self._here[blob])
        rows, node = self._rows[blob], self._compilation.graph.nodes[target]
        at = row_number(node)
        if blob not in self._told_apart:
            self._told_apart[blob] = tells_rows(rows, blob, node.anchor.path, self._compilation)
        return rows.of(target, at) if self._told_apart[blob] else None, at, rows.place(at)

    def _document(self, one: Asked, then: Content, data: bytes) -> Difference | bool:
        """What differs in a document, with the files that it embeds; True where nothing does."""
        today = self._here[one.today.blob]
        heads = [head_of(then.path, data), head_of(one.today.path, today)]
        texts = [
            with_line_feeds(raw[len(head) :]).strip() for raw, head in zip((data, today), heads, strict=True)
        ]
        if texts[0] != texts[1] or then.key[1] != one.today.key[1]:
            return ()
        kind = self._compilation.model.kinds[self._compilation.graph.nodes[one.holder].kind]
        paths = then.path, one.today.path
        old, new = (
            laid_down(parse_file(path, head, content="")[0].data, kind)
            for path, head in zip(paths, heads, strict=True)
        )
        return _unlike(old, new) or True


def tells_rows(rows: RowTexts, blob: str, path: str, compilation: Compilation) -> bool:
    """Whether the lines of a register show its rows, as far as they are known: it stands in the tree."""
    entry, source = compilation.snapshot.entries.get(path), compilation.sources.files.get(path)
    if entry is None or entry.blob != blob or source is None:
        return True
    listed = source.data.get("rows")
    found = listed if isinstance(listed, list) else ()
    return rows.tells([row.get("id") if isinstance(row, dict) else None for row in found])


def row_number(node: Node) -> int:
    """The how manieth row of its register something is, in the state that is looked at."""
    match node.anchor.route:
        case (_, int(number), *_):
            return number
    return 0


def _unlike(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[str, ...]:
    """The fields that differ, in the order of the new ones."""
    return tuple(key for key in {**new, **old} if old.get(key) != new.get(key))
