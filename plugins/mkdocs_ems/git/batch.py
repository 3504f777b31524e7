"""File contents by object id: one `git cat-file --batch` for a whole run.

Answers are read as they are asked for, a handful of questions ahead, so that neither
side waits for the other. Contents that git does not hold (changed files of the work
tree) are known here too, under the id that git would give them.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BufferedReader
from typing import IO

from mkdocs_ems import dataclass
from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.plumbing import Plumbing, end, failure

SIZE_LIMIT = 512 * 1024 * 1024
_AHEAD = 48  # questions of at most 65 bytes: they fit the smallest pipe


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
            if found is None or found.type != "blob":
                raise RepositoryError(
                    f"the file content {name} is missing from the repository: run `git fsck`, "
                    "or make a fresh clone"
                )
            size += len(found.data)
            if size > SIZE_LIMIT:
                raise _too_large()
            result[name] = found.data
        return result

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
            stdin.write("".join(f"{name}\n" for name in names).encode("ascii"))
            stdin.flush()
        except BrokenPipeError as error:
            raise self._failed() from error
        return [self._answer(stdout) for _ in names]

    def _answer(self, stdout: BufferedReader) -> Found | None:
        head = stdout.readline().split()
        if not head:
            raise self._failed()
        if len(head) != 3 or not head[2].isdigit():
            return None
        size = int(head[2])
        if size > SIZE_LIMIT:
            self.close()
            raise _too_large()
        data = stdout.read(size + 1)[:-1]
        return Found(id=head[0].decode("ascii"), type=head[1].decode("ascii"), data=data)

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


def _too_large() -> RepositoryError:
    return RepositoryError(
        f"the content is larger than {SIZE_LIMIT // 1024**2} MB, the most that is read: "
        "keep large files elsewhere"
    )
