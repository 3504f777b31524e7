"""Files written by a copy of this process while it goes on: rows, while the theme renders documents.

Thousands of small files take as long to write as hundreds of documents take to render, and
there are two processors. A forked copy shares what is in memory, so nothing is handed over.
Where the system cannot fork, or other threads are at work, files are written at once.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from mkdocs_ems.errors import OutputError
from mkdocs_ems.site.files import write_files

Files = Iterable[tuple[str, bytes]]
"""Path below the site and bytes."""


@dataclass(frozen=True, slots=True)
class _Copy:
    process: BaseProcess
    fault: Connection
    """Gives what went wrong, or nothing, when the copy is done."""


class Beside:
    """Writes files beside the work that goes on. `finish` waits; `close` ends what still runs."""

    def __init__(self) -> None:
        self._copies: list[_Copy] = []

    def write(self, site: Path, files: Files) -> None:
        """Begin to write files below the site; whoever wants them there calls `finish`."""
        if not _can_fork():
            write_files(site, files)
            return
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_write, args=(site, files, theirs), daemon=True)
        process.start()
        theirs.close()
        self._copies.append(_Copy(process, ours))

    def finish(self) -> None:
        """Wait until everything is written.

        Raises:
            OutputError: something could not be written; the message says what.
        """
        copies, self._copies = self._copies, []
        faults = [_outcome(copy) for copy in copies]
        told = next((fault for fault in faults if fault), None)
        if told:
            raise OutputError(told)

    def close(self) -> None:
        """End what still runs, whatever it has written."""
        for copy in self._copies:
            copy.process.kill()
            copy.process.join()
            copy.fault.close()
        self._copies = []


def _can_fork() -> bool:
    # On macOS the system's own libraries do not survive a fork.
    linux = sys.platform.startswith("linux")
    return linux and threading.active_count() == 1


def _write(site: Path, files: Files, fault: Connection) -> None:
    try:
        write_files(site, files)
        fault.send("")
    except (OSError, OutputError) as error:
        fault.send(f"cannot write the site: {error}")


def _outcome(copy: _Copy) -> str:
    try:
        said = str(copy.fault.recv())
    except EOFError:
        said = "a process that wrote pages was ended from outside: run the build again"
    copy.process.join()
    copy.fault.close()
    return said
