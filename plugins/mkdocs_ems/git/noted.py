"""A note of what was begun, which is the lock as well: one at a time, and the next knows what was left.

Who claims it says all of that at once, so that no lock names nobody. One of a process that is no more is
taken over, by one of several; what it noted is settled first. Of files and commits nothing is known here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, field
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.errors import OutputError
from mkdocs_ems.git.added_file import add, swap
from mkdocs_ems.git.for_a_while import alone_with
from mkdocs_ems.git.running import UNKNOWN, began, here, is_at_work
from mkdocs_ems.text import show

LOCK = "ems-approve.lock"
"""The lock's name in the git dir."""


@dataclass(slots=True)
class Note:
    """What was begun; kept in the lock file while it lasts."""

    process: int
    host: str
    began: str = UNKNOWN
    """When the process began: its number may be another's by now."""
    files: dict[str, str] = field(default_factory=dict)
    """Path from the top, and the sha256 of what is written there."""
    folders: list[str] = field(default_factory=list)
    """Folders that were made for them, outermost first."""
    workshop: str = ""
    """A private folder within the git dir."""
    commit: str = ""
    """The commit that holds the files, once it exists."""
    index: list[str] = field(default_factory=list)
    """sha256 of what the lock of the index may hold, while it is ours."""


class NotedLock:
    """The lock, and the note that it says."""

    def __init__(self, git_dir: Path) -> None:
        self._place = git_dir / LOCK
        self.note = Note(os.getpid(), here(), began(os.getpid()))

    def claim(self, settle: Callable[[Note], None]) -> None:
        """Take the lock.

        Args:
            settle: settles what a process noted that is no more.

        Raises:
            OutputError: somebody has it.
            OSError: the system refused.
            RepositoryError: what was left cannot be settled now.
        """
        try:
            for _ in range(2):
                try:
                    add(self._place, self._said(), lock=True)
                except FileExistsError:
                    self._take_over(settle)
                else:
                    return
        except BlockingIOError:  # somebody else takes over what was left
            pass
        raise OutputError(self._busy("another approval"))

    def write(self) -> None:
        """Put down what is about to be done, before it is done.

        Raises:
            OSError: the system refused.
        """
        swap(self._place, self._said())

    def release(self) -> None:
        """Give it up: all that was begun is settled.

        Raises:
            OSError: the system refused.
        """
        self._place.unlink(missing_ok=True)

    def _said(self) -> bytes:
        return json.dumps(asdict(self.note)).encode("utf-8")

    def _take_over(self, settle: Callable[[Note], None]) -> None:
        """Clear away what a process left that is no more."""
        with suppress(FileNotFoundError), alone_with(self._place):
            note = self._noted()
            if note.host != self.note.host or is_at_work(note.process, since=note.began):
                raise OutputError(self._busy(f"another approval (process {note.process} on {note.host})"))
            settle(note)
            self._place.unlink()

    def _noted(self) -> Note:
        """What the lock says that stands there."""
        try:
            return Note(**json.loads(self._place.read_text("utf-8")))
        except FileNotFoundError:
            raise
        except (OSError, ValueError, TypeError):
            raise OutputError(self._busy("another approval")) from None

    def _busy(self, who: str) -> str:
        return (
            f"{show(who)} is being written in this folder: try again in a moment; if nobody is at it, "
            f"delete {show(str(self._place))}"
        )
