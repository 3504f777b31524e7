"""Rows drawn and written by a copy of this process, while this one renders documents.

Thousands of rows take as long to draw and write as hundreds of documents take to render,
and there are two processors. The copy is forked, so it has the pages already; it draws
bodies at once, and writes when the theme has rendered their shell. Rows are shared out in
batches: what the copy has not begun when this process is done with its documents, it does
itself. Where the system cannot fork, or other threads are at work, rows are written at once.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue

from mkdocs_ems.errors import OutputError
from mkdocs_ems.pages import Page, PageForm
from mkdocs_ems.site.apart import can_fork, end_quietly
from mkdocs_ems.site.files import make_folders, write_files
from mkdocs_ems.site.shell import Shell, ShellKey
from mkdocs_ems.site.standing_site import WrittenFact

Shelves = Mapping[ShellKey, Sequence[Page]]
"""The rows that go into each shell."""

Batch = tuple[ShellKey, Sequence[Page]]
"""Rows of one shell that one process draws and writes."""

_BATCH, _BATCHES = 32, 1_000
"""Rows in a batch at least, and about how many batches at most: a pipe holds 2,000 numbers on any system."""

Message = tuple[ShellKey, Shell] | None
"""What the copy is told: a shell, or that it may make something in the folder."""

Facts = dict[str, WrittenFact]
"""Of the files that were written, by their path."""

Drawn = Sequence[tuple[Page, str]]
"""Rows and their bodies."""

_KILLED = "the process that wrote the rows' pages was ended from outside: run the build again"


def shelves_of(pages: Iterable[Page]) -> Mapping[ShellKey, list[Page]]:
    """The rows among some pages, by the shell that each goes into."""
    shelves: dict[ShellKey, list[Page]] = {}
    for page in pages:
        if page.form is PageForm.ROW:
            shelves.setdefault(ShellKey.of(page), []).append(page)
    return shelves


class Beside:
    """Makes the rows' pages beside the work that goes on: `begin`, `give` each shell, `finish`.

    Args:
        site: the folder that they are written into.
        facts: takes a fact of each, for the record of the site; whoever writes a page has it at hand.
    """

    def __init__(self, site: Path, *, facts: Facts | None = None) -> None:
        self._site = site
        self._facts = facts
        self._shelves: Shelves = {}
        self._given: dict[ShellKey, Shell] = {}
        self._batches = Batches({})
        self._copy: BaseProcess | None = None
        self._shells: Connection | None = None
        self._fault: Connection | None = None

    def begin(self, rows: Iterable[Page]) -> None:
        """Start to draw rows, if there are any and the system lets us."""
        self._shelves = shelves_of(rows)
        if not self._shelves or not can_fork():
            return
        self._batches = Batches(self._shelves)
        context = multiprocessing.get_context("fork")
        shells, self._shells = context.Pipe(duplex=False)
        self._fault, fault = context.Pipe(duplex=False)
        ours = self._shells, self._fault
        self._batches.share()
        copy = context.Process(
            target=_work, args=(self._site, self._facts, self._batches, shells, fault, ours), daemon=True
        )
        try:
            copy.start()
            self._copy = copy
        except OSError:  # too many processes, or too little memory: then without one
            self.close()
        finally:
            shells.close()
            fault.close()

    def emptied(self) -> None:
        """MkDocs has emptied the folder: from now on something may be made there."""
        self._send(None)

    def give(self, key: ShellKey, shell: Shell) -> None:
        """Hand over a shell; its rows are on their way."""
        if self._shells is None:
            rows = ((page, page.html) for page in self._shelves[key])
            _write(self._site, shell, rows, self._facts)
            return
        self._given[key] = shell
        self._send((key, shell))

    def finish(self) -> None:
        """Take a share of what is left, and wait until every row is written.

        Raises:
            OutputError: something could not be written; the message says what.
        """
        if self._copy is not None:
            for key, pages in self._batches:
                rows = ((page, page.html) for page in pages)
                _write(self._site, self._given[key], rows, self._facts)
        told = self._told()
        # That was its last word. It ends by itself, which takes a while where it has much to give back.
        self._copy = None
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
        self._batches.close()
        self._copy = self._shells = self._fault = None

    def _send(self, message: Message) -> None:
        if self._shells is None:
            return
        try:
            self._shells.send(message)
        except OSError as fault:
            raise OutputError(self._told() or _KILLED) from fault

    def _told(self) -> str:
        """What went wrong, when the copy is done; empty where nothing did."""
        if self._fault is None:
            return ""
        try:
            told, facts = self._fault.recv()
        except EOFError:
            return _KILLED
        if self._facts is not None:
            self._facts.update(facts)
        return str(told)


class Batches:
    """The rows in batches, each for whichever process asks first.

    Their numbers wait in a pipe, of which a number can be read once. The first is not
    among them: it is the copy's, so that the copy always has something to do.
    """

    def __init__(self, shelves: Shelves) -> None:
        size = max(_BATCH, sum(map(len, shelves.values())) // _BATCHES + 1)
        self._all: list[Batch] = [
            (key, pages[at : at + size])
            for key, pages in shelves.items()
            for at in range(0, len(pages), size)
        ]
        self._numbers = -1

    @property
    def first(self) -> Batch:
        """The copy's own."""
        return self._all[0]

    def share(self) -> None:
        """Put the numbers where both processes will find them."""
        self._numbers, end = os.pipe()
        try:
            os.write(end, b"".join(number.to_bytes(2, "big") for number in range(1, len(self._all))))
        finally:
            os.close(end)

    def __iter__(self) -> Iterator[Batch]:
        """Every batch that nobody has taken yet, taken one by one."""
        while number := os.read(self._numbers, 2):
            yield self._all[int.from_bytes(number, "big")]

    def close(self) -> None:
        """Take none any more."""
        if self._numbers >= 0:
            os.close(self._numbers)
        self._numbers = -1


def _work(  # noqa: PLR0913, PLR0917 - a process takes what it works with by position
    site: Path,
    facts: Facts | None,
    batches: Batches,
    shells: Connection,
    fault: Connection,
    theirs: Sequence[Connection],
) -> None:
    end_quietly()
    # Forked with us. While we held them open, the end of a build that was killed would never reach us.
    for end in theirs:
        end.close()
    try:
        _draw_and_write(site, facts, batches, shells)
        fault.send(("", facts or {}))
    except (OSError, OutputError) as error:
        fault.send((f"cannot write the site: {error}", {}))


def _draw_and_write(site: Path, facts: Facts | None, batches: Batches, shells: Connection) -> None:
    given = _Given(shells)
    drawn: list[tuple[ShellKey, Drawn]] = []
    for key, pages in chain([batches.first], batches):
        drawn.append((key, [(page, page.html) for page in pages]))
        drawn = [(one, bodies) for one, bodies in drawn if not _written(site, given.now(one), bodies, facts)]
    if drawn:
        # On many disks a folder takes as long to make as a page to write; the shells may still be rendered.
        given.emptied()
        make_folders(site, (page.path for _, bodies in drawn for page, _ in bodies))
    for key, bodies in drawn:
        _write(site, given.wait(key), bodies, facts)


def _written(site: Path, shell: Shell | None, bodies: Drawn, facts: Facts | None) -> bool:
    if shell is None:
        return False
    _write(site, shell, bodies, facts)
    return True


def _write(site: Path, shell: Shell, bodies: Iterable[tuple[Page, str]], facts: Facts | None) -> None:
    write_files(site, ((page.path, shell.page(page, body)) for page, body in bodies), facts=facts)


class _Given:
    """The shells, taken by a thread: a pipe holds little, and none has to wait for the drawing."""

    def __init__(self, shells: Connection) -> None:
        self._come: SimpleQueue[Message] = SimpleQueue()
        self._here: dict[ShellKey, Shell] = {}
        self._emptied = False
        threading.Thread(target=self._take, args=(shells,), daemon=True).start()

    def now(self, key: ShellKey) -> Shell | None:
        """A shell, if it is here."""
        while not self._come.empty():
            self._next()
        return self._here.get(key)

    def wait(self, key: ShellKey) -> Shell:
        """A shell, as soon as it is here."""
        while key not in self._here:
            self._next()
        return self._here[key]

    def emptied(self) -> None:
        """Wait until the folder is emptied."""
        while not self._emptied and not self._here:
            self._next()

    def _next(self) -> None:
        message = self._come.get()
        if message is None:
            self._emptied = True
        else:
            self._here.update([message])

    def _take(self, shells: Connection) -> None:
        while True:
            try:
                self._come.put(shells.recv())
            except EOFError:
                # The build has ended without us.
                os._exit(1)
