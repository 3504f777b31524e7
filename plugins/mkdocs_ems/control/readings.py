"""What the derivation reads of blobs: heads, embedded files, checksums; each no oftener than it must.

A register is changed a thousand times and says the same of itself every time. So the
head of a file is read where the file appears, where it goes, and at the head; only
where two such readings differ, or a content that counts says otherwise, is everything
in between read too. Embedded files are looked for only if the history knows any file
that could be embedded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from mkdocs_ems.control.blob_reader import BlobReader
from mkdocs_ems.control.heads import EDITION, RULES_HEAD, Head
from mkdocs_ems.control.parsed import Parsed
from mkdocs_ems.control.places import Place, is_markdown
from mkdocs_ems.control.values import Content, Manifest
from mkdocs_ems.git.values import Change, History, KeptDigests
from mkdocs_ems.source import local_parts

FILE_MODES = ("100644", "100755", "100664")


def file_blob(change: Change) -> str | None:
    """The blob of a file after a change; None where it is gone, or is no longer a plain file."""
    return change.new_blob if change.new_mode in FILE_MODES else None


_NO_MARK = "-"
"""Of a content that has no head."""


def _mark_of(path: str, head: Head) -> str:
    """What decides in a head, in few letters."""
    return sha256(repr((is_markdown(path), head.decisive)).encode()).hexdigest()[:32]


def _differ(heads: list[Head]) -> bool:
    """Whether heads of one file say that those between them must be read as well."""
    return any(head.id is None or head.decisive != heads[0].decisive for head in heads)


class Readings:
    """Heads, parts and checksums of one history."""

    def __init__(self, history: History, reader: BlobReader, parsed: Parsed) -> None:
        self.reader = reader
        self.parsed = parsed
        self._places = parsed.places
        self._heads: dict[tuple[str, str], Head] = {}
        self._ids: dict[str, set[str | None]] = {}
        self._parts: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
        self._sums: dict[str, str] = {}
        self._expected: dict[str, set[str]] = {}
        """Contents that are being read by other means: of each blob the paths of main files."""
        self._coming: Iterator[tuple[str, bytes]] = iter(())
        self._lives: dict[str, list[list[str]]] = {}
        """Of each main path: the blobs of each time that it existed."""
        self.has_parts = False
        self._survey(history)
        self._mixed: set[tuple[str, int]] = set()
        """Lives whose heads do not all say the same; every blob of them is read."""
        lives = [(path, life) for path, lives in self._lives.items() for life in lives if life]
        self._read_heads([(path, life[end]) for path, life in lives for end in (0, -1)])
        self._read_mixed(self._lives)
        if self.has_parts:
            self._read_parts()

    def _survey(self, history: History) -> None:
        for event in history.events:
            for change in event.changes:
                if self._places.of(change.path) is Place.MAIN:
                    self._note(change)
                elif not self.has_parts:
                    self.has_parts = self._places.may_be_part(change.path)

    def _note(self, change: Change) -> None:
        blob = file_blob(change)
        lives = self._lives.setdefault(change.path, [[]])
        if blob is not None:
            lives[-1].append(blob)
        elif lives[-1]:
            lives.append([])

    def _read_heads(self, files: Iterable[tuple[str, str]]) -> None:
        where: dict[str, list[str]] = {}
        for path, blob in files:
            if (path, blob) not in self._heads:
                where.setdefault(blob, []).append(path)
        for blob, data in self.reader.each(where):
            for path in where[blob]:
                self._note_head(path, blob, data)

    def _note_head(self, path: str, blob: str, data: bytes) -> None:
        head = self._heads[path, blob] = self.parsed.head(path, blob, data)
        self._ids.setdefault(path, set()).add(head.id)

    def _read_mixed(self, paths: Iterable[str]) -> bool:
        """Read whole lives of files whose known heads do not all say the same; whether there are new ones."""
        mixed = {
            (path, at)
            for path in paths
            for at, life in enumerate(self._lives[path])
            if (path, at) not in self._mixed
            and _differ([self._heads[path, blob] for blob in life if (path, blob) in self._heads])
        }
        self._mixed |= mixed
        self._read_heads([(path, blob) for path, at in sorted(mixed) for blob in self._lives[path][at]])
        return bool(mixed)

    def _read_parts(self) -> None:
        where: dict[str, list[str]] = {}
        for path, lives in self._lives.items():
            if is_markdown(path):
                for life in lives:
                    for blob in life:
                        where.setdefault(blob, []).append(path)
        for blob, data in self.reader.each(where):
            for path in where[blob]:
                found = local_parts(path, data)
                if found:
                    self._parts[path, blob] = found

    def head(self, path: str, blob: str) -> Head | None:
        """What a main file says of itself; None where it says what it said before."""
        return RULES_HEAD if path == self._places.rules else self._heads.get((path, blob))

    def read(self, files: Iterable[tuple[str, str]]) -> None:
        """Read the heads of main files, each by path and blob, as far as they are not known."""
        self._read_heads(files)

    def ids(self, path: str) -> frozenset[str | None]:
        """Every id that a main file had where it was read; None among them where it had none."""
        return frozenset(self._ids.get(path, ()))

    def exact_head(self, content: Content) -> Head:
        """The head of just this content, for display."""
        if content.path == self._places.rules:
            return RULES_HEAD
        file = (content.path, content.blob)
        if file not in self._heads:
            self._read_heads([file])
        return self._heads[file]

    def known_label(self, content: Content) -> str | None:
        """The house's label of a content, if its head has been read."""
        head = self._heads.get((content.path, content.blob))
        return head.label if head else None

    def parts(self, path: str, blob: str) -> tuple[tuple[str, str], ...]:
        """Target as written and path of each local file that a main file embeds or attaches."""
        return self._parts.get((path, blob), ())

    def study(self, contents: Iterable[Content]) -> bool:
        """Read the heads of contents that count, and their checksums with them.

        Returns:
            Whether any says something else than was carried on to it: then everything that
            depends on heads is to be derived again.
        """
        self._expected = self._where(contents)
        self._coming = self.reader.each(blob for blob in self._expected if blob not in self._sums)
        return self.settle()

    def expect(self, contents: Iterable[Content], *, heads: Iterable[Content] = ()) -> None:
        """Begin to `study` contents while something else is done; `settle` ends it.

        Args:
            contents: those whose checksums will be asked for, in this order.
            heads: those of which it may be asked what they say of themselves.
        """
        self._expected = self._where(contents)
        for one in heads:
            if one.path in self._lives and (one.path, one.blob) not in self._heads:
                self._expected.setdefault(one.blob, set()).add(one.path)
        self._coming = self.reader.coming(blob for blob in self._expected if blob not in self._sums)

    def settle(self) -> bool:
        """Read what is left of the contents that are expected; returns what `study` does."""
        self._take(until=None)
        paths = {path for paths in self._expected.values() for path in paths}
        self._expected = {}
        return self._read_mixed(sorted(paths & self._lives.keys()))

    def _where(self, contents: Iterable[Content]) -> dict[str, set[str]]:
        where: dict[str, set[str]] = {}
        for content in contents:
            where.setdefault(content.blob, set()).add(content.path)
            for part in content.parts:
                where.setdefault(part.blob, set())
        return where

    def _take(self, *, until: str | None) -> None:
        """Take in what comes, up to a blob."""
        for blob, data in self._coming:
            self.learn(blob, data)
            for path in self._expected[blob]:
                if path != self._places.rules and (path, blob) not in self._heads:
                    self._note_head(path, blob, data)
            if blob == until:
                return

    def study_all(self, contents: Iterable[Content], kept: KeptDigests | None) -> bool:
        """`study` of everything that ever landed; what an earlier run knew of a content is not read again."""
        if kept is None:
            return self.study(contents)
        listed = list(contents)
        known = kept.find(edition=EDITION)
        marks = self._marks()
        for content in listed:
            self._believe(content.blob, known, marks.get(content.path, _NO_MARK))
            for part in content.parts:
                self._believe(part.blob, known, _NO_MARK)
        before = set(self._sums)
        changed = self.study(listed)
        new = self._sums.keys() - before
        found = {part.blob: (self._sums[part.blob], _NO_MARK) for one in listed for part in one.parts}
        found |= {one.blob: (self._sums[one.blob], self._mark(one)) for one in listed}
        if new:
            kept.keep({blob: found[blob] for blob in new if blob in found}, edition=EDITION)
        return changed

    def _believe(self, blob: str, known: Mapping[str, tuple[str, str]], mark: str | None) -> None:
        """Take over a checksum that was kept, if the head of then says what is carried on to it now."""
        if blob not in self._sums and known.get(blob, ("", ""))[1] == mark:
            self._sums[blob] = known[blob][0]

    def _mark(self, content: Content) -> str:
        head = self._heads.get((content.path, content.blob))
        return _mark_of(content.path, head) if head is not None else _NO_MARK

    def _marks(self) -> Mapping[str, str | None]:
        """Of each main file what all its known heads say; None where they do not say the same."""
        marks: dict[str, str | None] = {}
        for (path, _), head in self._heads.items():
            mark = _mark_of(path, head)
            marks[path] = mark if marks.get(path, mark) == mark else None
        return marks

    def study_heads(self, contents: Iterable[Content]) -> bool:
        """The same for heads alone: cheaper where they are known already."""
        files = [(content.path, content.blob) for content in contents if content.path in self._lives]
        self._read_heads(files)
        return self._read_mixed(dict.fromkeys(path for path, _ in files))

    def learn(self, blob: str, data: bytes) -> None:
        """Note the checksum of a blob that somebody has read."""
        if blob not in self._sums:
            self._sums[blob] = sha256(data).hexdigest()

    def checksum(self, blob: str) -> str:
        """The sha256 of one blob."""
        if blob not in self._sums and blob in self._expected:
            self._take(until=blob)
        if blob not in self._sums:
            self.learn(blob, self.reader.one(blob))
        return self._sums[blob]

    def manifest(self, content: Content) -> Manifest:
        """The manifest of a content."""
        parts: Mapping[str, str] = {part.target: self.checksum(part.blob) for part in content.parts}
        return Manifest(main=self.checksum(content.blob), parts=parts)
