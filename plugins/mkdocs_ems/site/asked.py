"""Pages of a preview that are drawn when somebody asks for them: of thousands one is looked at.

A preview shows one change after another, and drawing and writing every row, history and issue
takes longer than all the rest of a build. So they are kept as values beside the folder that the
server serves, and each is written into it when it is asked for first. What asks waits while a
build is under way: it would be given a page of the site that is just being replaced.

Knows no server and no MkDocs: stands where `Beside` stands in a build that writes everything.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from mkdocs_ems.pages import Page
from mkdocs_ems.site.beside import Shelves, shelves_of
from mkdocs_ems.site.files import write_files
from mkdocs_ems.site.shell import Shell, ShellKey

_LONGEST = 60
"""Seconds that somebody waits for a build at most."""


class Asked:
    """The rows of the newest build, for as long as the preview lasts."""

    def __init__(self) -> None:
        self._shelves: Shelves = {}
        self._coming: dict[str, tuple[Page, Shell]] = {}
        self._waiting: Mapping[str, tuple[Page, Shell]] = {}
        self._one_at_a_time = threading.Lock()
        self._still = threading.Event()
        self._still.set()

    def begin(self, rows: Iterable[Page]) -> None:
        """Another build has these rows."""
        self._shelves, self._coming = shelves_of(rows), {}

    def emptied(self) -> None:
        """MkDocs has emptied the folder: what was written of the last build is gone."""
        self._waiting = {}

    def give(self, key: ShellKey, shell: Shell) -> None:
        """The frame of some rows is there."""
        self._coming.update({page.path: (page, shell) for page in self._shelves[key]})

    def finish(self) -> None:
        """The build is done: from now on its rows are shown."""
        self._waiting, self._coming = self._coming, {}

    def close(self) -> None:
        """Drop what a build that failed has given."""
        self._coming = {}

    def during(self, build: Callable[[], None]) -> Callable[[], None]:
        """The same build, while which nobody is given a page."""

        def guarded() -> None:
            self._still.clear()
            try:
                build()
            finally:
                self._still.set()

        return guarded

    def write(self, path: str, site: Path) -> bool:
        """Write a page if it is one of ours that nobody has asked for yet.

        Args:
            path: below the site: `registers/aspects/ASP-001/index.html`.
            site: the folder that is served.

        Returns:
            Whether it was written just now.
        """
        self._still.wait(_LONGEST)
        with self._one_at_a_time:
            # Not taken out: a page that could not be written is tried again.
            found = self._waiting.get(path)
            if found is None or (site / path).is_file():
                return False
            page, shell = found
            write_files(site, [(path, shell.page(page, page.html))])
            return True
