"""File contents by object id: one `git cat-file --batch` for a whole run.

Answers are read as they are asked for, a handful of questions ahead, so that neither
side waits for the other; where many will be wanted and there is something else to do
meanwhile, another process answers all of them. Contents that git does not hold (changed files of the work
tree) are known here too, under the id that git would give them.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BufferedReader, BytesIO
from typing import IO

from mkdocs_ems import dataclass
from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.ahead import as_file, read_ahead
from mkdocs_ems.git.plumbing import Plumbing, end, failure

SIZE_LIMIT = 512 * 1024 * 1024
_AHEAD = 48  # questions of at most 65 bytes: they fit the smallest pipe
_CHUNKS = 32  # of what is coming: so many megabytes at the most wait in memory to be taken


@dataclass(frozen=True, slots=True)
class Found:
    """An object as git holds it."""

    id: str
    type: str
    data: bytes


def blob_id(data: bytes, *, object_format: str) -> str:
    """The id that git gives to a file of these bytes."""
    made = hashlib.new(object_format, b"blob %d\0" % len(data), usedforsecurity=False)
    made.update(data)
    return made.hexdigest()


class Batch:
    """The running `cat-file`; implements the contract `Blobs`."""

    def __init__(self, plumbing: Plumbing) -> None:
        self._plumbing = plumbing
        self._process: subprocess.Popen[bytes] | None = None
        self._begun_by = 0
        self._errors: IO[bytes] | None = None
        self._held: dict[str, bytes] = {}

    def hold(self, contents: Mapping[str, bytes]) -> None:
        """Remember contents that are in memory anyway, or that git does not hold."""
        self._held.update(contents)

    def read(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        """Return the bytes of each blob.

        Raises:
            RepositoryError: an object is missing or no blob, or all together are too large.
        """
        wanted = dict.fromkeys(ids)
        result = {one: self._held[one] for one in wanted if one in self._held}
        asked = [one for one in wanted if one not in result]
        size = 0
        for name, found in zip(asked, self.objects(asked), strict=True):
            result[name] = _blob(name, found)
            size += len(result[name])
            if size > SIZE_LIMIT:
                raise too_large()
        return result

    def coming(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Each blob, in the order asked for; git begins to read them at once.

        Raises:
            RepositoryError: as `read`, where it is met.
        """
        wanted = tuple(dict.fromkeys(ids))
        asked = [one for one in wanted if one not in self._held]
        if len(asked) <= _AHEAD:  # not worth another process
            found = self.read(wanted)
            return iter([(one, found[one]) for one in wanted])
        output = self._plumbing.stream("cat-file", "--batch", "--buffer", given=_questions(asked))
        answers = as_file(read_ahead(output, most=_CHUNKS))
        held = {one: self._held[one] for one in wanted if one in self._held}
        return ((one, held[one] if one in held else _blob(one, _arrived(answers))) for one in wanted)

    def sizes(self, ids: Iterable[str]) -> Mapping[str, int]:
        """How many bytes each blob has: git looks at their headers alone."""
        wanted = tuple(dict.fromkeys(ids))
        asked = [one for one in wanted if one not in self._held]
        found = {one: len(self._held[one]) for one in wanted if one in self._held}
        if asked:
            output = self._plumbing.stream("cat-file", "--batch-check", "--buffer", given=_questions(asked))
            for line in b"".join(output).decode("ascii").splitlines():
                name, _, rest = line.partition(" ")
                kind, _, size = rest.partition(" ")
                if kind == "blob":
                    found[name] = int(size)
        return found

    def objects(self, names: Sequence[str]) -> Iterator[Found | None]:
        """Look up objects by id, also with a suffix (`^{commit}`); None where there is none."""
        for start in range(0, len(names), _AHEAD):
            yield from self._ask(names[start : start + _AHEAD])

    def one(self, name: str) -> Found | None:
        """Look up one object, as `objects` does."""
        return self._ask([name])[0]

    def _ask(self, names: Sequence[str]) -> list[Found | None]:
        process = self._running()
        stdin, stdout = process.stdin, process.stdout
        assert stdin is not None
        assert isinstance(stdout, BufferedReader)
        try:
            stdin.write(_questions(names))
            stdin.flush()
            return [_answer(stdout) for _ in names]
        except (BrokenPipeError, EOFError) as error:
            raise self._failed() from error
        except RepositoryError:
            self.close()  # the answers after this one are not read
            raise

    def _running(self) -> subprocess.Popen[bytes]:
        # What it answers is for the process that began it, and a copy of that begins its own.
        if self._process is None or self._begun_by != os.getpid():
            self._begun_by = os.getpid()
            self._errors = self._plumbing.error_file()
            self._process = self._plumbing.start(
                "cat-file", "--batch", stderr=self._errors, stdin=subprocess.PIPE
            )
        return self._process

    def _failed(self) -> RepositoryError:
        assert self._errors is not None
        error = failure("cat-file", self._errors)
        self.close()
        return error

    def close(self) -> None:
        """End the process; the next question would start another."""
        process, self._process = self._process, None
        errors, self._errors = self._errors, None
        if process is not None:
            end(process)
        if errors is not None:
            errors.close()


def _questions(names: Sequence[str]) -> bytes:
    return "".join([f"{name}\n" for name in names]).encode("ascii")


def _answer(output: BufferedReader) -> Found | None:
    """The next answer of a `cat-file`; None where there is no such object.

    Raises:
        EOFError: it has ended, be it in the middle of one.
        RepositoryError: the object is too large.
    """
    line = output.readline()
    # Of half a line nothing is believed: it would say that there is no such object.
    if not line.endswith(b"\n"):
        raise EOFError
    head = line.split()
    if len(head) != 3 or not head[2].isdigit():
        return None
    size = int(head[2])
    if size > SIZE_LIMIT:
        raise too_large()
    data = output.read(size + 1)
    if len(data) <= size:
        raise EOFError
    return Found(id=head[0].decode("ascii"), type=head[1].decode("ascii"), data=data[:-1])


def _arrived(answers: BufferedReader) -> Found | None:
    """The next answer of another process: where it failed, its own words are raised before this ends."""
    try:
        return _answer(answers)
    except EOFError as error:
        raise failure("cat-file", BytesIO()) from error


def _blob(name: str, found: Found | None) -> bytes:
    if found is None or found.type != "blob":
        raise RepositoryError(
            f"the file content {name} is missing from the repository: run `git fsck`, or make a fresh clone"
        )
    return found.data


def too_large() -> RepositoryError:
    """The error for a content beyond the limit."""
    return RepositoryError(
        f"the content is larger than {SIZE_LIMIT // 1024**2} MB, the most that is read: "
        "keep large files elsewhere"
    )
