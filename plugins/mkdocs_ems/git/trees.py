"""The content folder of one commit: entries by `ls-tree`, contents by the batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.batch import SIZE_LIMIT, Batch, too_large
from mkdocs_ems.git.names import is_odd
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.values import Entry, EntryKind

FILE_LIMIT = 50_000
RECORD_LIMIT = 16 * 1024**2
_LINK, _SUBMODULE, _EXECUTABLE = "120000", "160000", "100755"


def too_many_files(content: str) -> RepositoryError:
    """The error for a content folder beyond the limit."""
    return RepositoryError(
        f"{content or 'the repository'} holds more than {FILE_LIMIT:,} files, the most that is read: "
        "keep in the content folder only what belongs to the manual"
    )


def records(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Split output of `-z` into its records.

    Raises:
        RepositoryError: one of them is larger than the limit.
    """
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\0")
        if len(rest) > RECORD_LIMIT:
            raise RepositoryError(
                f"a commit message or path is larger than {RECORD_LIMIT // 1024**2} MB, the most that is read"
            )
        yield from whole
    if rest:
        yield rest


def entry(path: str, *, mode: str, blob: str) -> Entry:
    """What stands at a path, by its mode and name."""
    if is_odd(path):
        kind = EntryKind.ODD
    elif mode == _LINK:
        kind = EntryKind.LINK
    elif mode == _SUBMODULE:
        kind = EntryKind.SUBMODULE
    else:
        kind = EntryKind.FILE
    return Entry(path=path, blob=blob, kind=kind, executable=mode == _EXECUTABLE)


def tree_entries(plumbing: Plumbing, tree: str, *, content: str) -> Mapping[str, Entry]:
    """All entries of the content folder in a commit or tree, by path, in git's order.

    Raises:
        RepositoryError: more files than the limit, or objects are missing.
    """
    scope = [content] if content else []
    found: dict[str, Entry] = {}
    command = ("ls-tree", "-r", "-z", "--full-tree", "--", tree, *scope)
    for record in records(plumbing.stream(*command)):
        head, _, name = record.partition(b"\t")
        mode, _, blob = head.decode("ascii").split(" ")
        path = decode(name)
        if len(found) >= FILE_LIMIT:
            raise too_many_files(content)
        found[path] = entry(path, mode=mode, blob=blob)
    return found


def coming_files(entries: Mapping[str, Entry], *, batch: Batch) -> Iterator[tuple[str, bytes]]:
    """The contents of every entry of kind FILE, by blob: git begins to read them at once."""
    return batch.coming(one.blob for one in entries.values() if one.kind is EntryKind.FILE)


def read_files(
    entries: Mapping[str, Entry], contents: Iterable[tuple[str, bytes]], *, batch: Batch
) -> Mapping[str, bytes]:
    """The bytes of every entry of kind FILE, by path; the batch holds them from here on.

    Raises:
        RepositoryError: all together are too large, or one is missing.
    """
    size = 0
    found: dict[str, bytes] = {}
    for blob, data in contents:
        size += len(data)
        if size > SIZE_LIMIT:
            raise too_large()
        found[blob] = data
    batch.hold(found)
    return {path: found[one.blob] for path, one in entries.items() if one.kind is EntryKind.FILE}
