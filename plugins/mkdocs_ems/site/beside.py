"""Rows drawn and written by a copy of this process, while this one renders documents.

Thousands of rows take as long to draw and write as hundreds of documents take to render,
and there are two processors. The copy is forked, so it has the pages already; it makes
their bodies at once and gets each shell when the theme has rendered it.
Where the system cannot fork, or other threads are at work, rows are written at once.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue

from mkdocs_ems.errors import OutputError
from mkdocs_ems.pages import Page, PageForm
from mkdocs_ems.site.files import make_folders, write_files
from mkdocs_ems.site.shell import Shell, ShellKey

Shelves = Mapping[ShellKey, Sequence[Page]]
"""The rows that go into each shell."""

_KILLED = "the process that wrote the rows' pages was ended from outside: run the build again"


def shelves_of(pages: Iterable[Page]) -> Mapping[ShellKey, list[Page]]:
    """The rows among some pages, by the shell that each goes into."""
    shelves: dict[ShellKey, list[Page]] = {}
    for page in pages:
        if page.form is PageForm.ROW:
            shelves.setdefault(ShellKey.of(page), []).append(page)
    return shelves


class Beside:
    """Makes the rows' pages beside the work that goes on: `begin`, `give` each shell, `finish`."""

    def __init__(self, site: Path, shelves: Shelves) -> None:
        self._site = site
        self._shelves = shelves
        self._copy: BaseProcess | None = None
        self._shells: Connection | None = None
        self._fault: Connection | None = None

    def begin(self) -> None:
        """Start to draw, if there is anything to draw and the system lets us."""
        if not self._shelves or not _can_fork():
            return
        context = multiprocessing.get_context("fork")
        shells, self._shells = context.Pipe(duplex=False)
        self._fault, fault = context.Pipe(duplex=False)
        ours = self._shells, self._fault
        self._copy = context.Process(
            target=_work, args=(self._site, self._shelves, shells, fault, ours), daemon=True
        )
        self._copy.start()
        shells.close()
        fault.close()

    def give(self, key: ShellKey, shell: Shell) -> None:
        """Hand over a shell; its rows are on their way."""
        if self._shells is None:
            pages = self._shelves[key]
            write_files(self._site, ((page.path, shell.page(page, page.html)) for page in pages))
            return
        try:
            self._shells.send((key, shell))
        except OSError as fault:
            raise OutputError(self._told() or _KILLED) from fault

    def finish(self) -> None:
        """Wait until every row is written.

        Raises:
            OutputError: something could not be written; the message says what.
        """
        told = self._told()
        self.close()
        if told:
            raise OutputError(told)

    def close(self) -> None:
        """End the copy, whatever it has written, and leave nothing of it."""
        if self._copy is not None:
            self._copy.kill()
            self._copy.join()
        for end in (self._shells, self._fault):
            if end is not None:
                end.close()
        self._copy = self._shells = self._fault = None

    def _told(self) -> str:
        """What went wrong, when the copy is done; empty where nothing did."""
        if self._fault is None:
            return ""
        try:
            return str(self._fault.recv())
        except EOFError:
            return _KILLED


def _can_fork() -> bool:
    # On macOS the system's own libraries do not survive a fork.
    linux = sys.platform.startswith("linux")
    return linux and threading.active_count() == 1


def _work(
    site: Path, shelves: Shelves, shells: Connection, fault: Connection, theirs: Sequence[Connection]
) -> None:
    # Forked with us. While we held them open, the end of a build that was killed would never reach us.
    for end in theirs:
        end.close()
    try:
        _draw_and_write(site, shelves, shells)
        fault.send("")
    except (OSError, OutputError) as error:
        fault.send(f"cannot write the site: {error}")


def _draw_and_write(site: Path, shelves: Shelves, shells: Connection) -> None:
    come: SimpleQueue[tuple[ShellKey, Shell]] = SimpleQueue()
    # A pipe holds little: taken by a thread, no shell has to wait for the drawing.
    taking = threading.Thread(target=_take, args=(shells, len(shelves), come), daemon=True)
    taking.start()
    drawn: dict[ShellKey, list[tuple[Page, str]]] = {}
    for key, pages in shelves.items():
        drawn[key] = [(page, page.html) for page in pages]
    for _ in shelves:
        # MkDocs empties the folder before it renders anything, so nothing is made there until a shell comes.
        key, shell = come.get()
        make_folders(site, (page.path for page in shelves[key]))
        write_files(site, ((page.path, shell.page(page, body)) for page, body in drawn.pop(key)))


def _take(shells: Connection, count: int, come: SimpleQueue[tuple[ShellKey, Shell]]) -> None:
    for _ in range(count):
        try:
            come.put(shells.recv())
        except EOFError:
            # The build has ended without us.
            os._exit(1)
