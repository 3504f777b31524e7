"""The folder of one version in a site of several: its part, filled in with what other versions have to say.

What is filled in is the same on nearly all pages of a version, and changes for one version only
when another is added. So a folder that stands already is taken as it is, and the few pages that
say something else by now are made anew.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from mkdocs_ems.control.versions import Listed
from mkdocs_ems.errors import OutputError
from mkdocs_ems.pages.addresses import NOT_FOUND, START, upward
from mkdocs_ems.pages.said_alike import SaidAlike
from mkdocs_ems.pages.superseded import Around
from mkdocs_ems.pages.versions import VERSIONS, listing_html
from mkdocs_ems.site.files import write_files
from mkdocs_ems.site.fresh import Fresh
from mkdocs_ems.site.part import Packing, Part
from mkdocs_ems.site.part_head import PartKind
from mkdocs_ems.site.slots import filled
from mkdocs_ems.site.standing_site import VersionRecord, write_version_record

_LISTING = frozenset({START, VERSIONS})
_STYLE = re.compile(rb'href="([^"]*)assets/ems\.css"')


class VersionFolder:
    """What is to stand in the folder of one version."""

    def __init__(
        self,
        part: Part,
        around: Around,
        listed: tuple[Listed, ...],
        *,
        compared: frozenset[str],
        fresh: Fresh | None = None,
    ) -> None:
        """Say what is to stand there.

        Args:
            part: the version.
            around: what its pages say of others.
            listed: all versions.
            compared: folders of those that tell what changed since the version before.
            fresh: the version, if its part is yet to be written.
        """
        self.key = part.head.key
        self.fresh = fresh
        self._compared = compared
        self._part = part
        self._around = around
        self._listed = listed

    @property
    def is_known_by_key(self) -> bool:
        """Whether a folder that stands under the same key is the same: a draft is another each time."""
        return self._part.head.kind is not PartKind.DRAFT

    @cached_property
    def common(self) -> str:
        """Digest of what is filled into the pages that are no exceptions."""
        return _digest(*self._around.said())

    @cached_property
    def _said(self) -> SaidAlike:
        return SaidAlike(self._around, exceptions={NOT_FOUND, *self._special})

    @cached_property
    def _special(self) -> frozenset[str]:
        return self._around.special()

    @cached_property
    def exceptions(self) -> Mapping[str, str]:
        """Pages that are filled in otherwise, each with the digest of that."""
        pages = (self._special | _LISTING) & self._around.this.pages
        return {page: self._exception(page) for page in sorted(pages)}

    def _exception(self, page: str) -> str:
        if page in _LISTING:
            return _digest(*self._texts(page, upward(page)))
        # Thousands of them: what they say goes by a few facts, and nothing is laid out to be compared.
        return repr(self._around.facts(page))

    def write(self, folder: Path) -> str:
        """Write the whole folder.

        Args:
            folder: where it is to stand; it is not there yet.

        Returns:
            Why a version that has just been made could not be kept; nothing otherwise.

        Raises:
            OutputError: it cannot be written, or the part was spoilt.
        """
        facts: dict[str, tuple[str, int]] = {}
        warning = ""
        if self.fresh is not None:
            warning = self._write_fresh(self.fresh, folder, facts)
        else:
            write_files(folder, self._files(facts))
        self._write_record(folder, facts)
        return warning

    def _write_fresh(self, fresh: Fresh, folder: Path, facts: dict[str, tuple[str, int]]) -> str:
        """Put what has just been made in its place, and pack it on the way."""
        moved = _moved(fresh.folder, folder)
        packing = Packing() if fresh.store is not None else None
        files = self._made(fresh.files(folder if moved else fresh.folder, packing), facts)
        pages = self._around.this.pages
        # Where the folder was moved, only pages differ from what stands there already.
        write_files(folder, ((path, data) for path, data in files if path in pages or not moved), over=moved)
        return fresh.keep(packing) if packing is not None else ""

    def patch(self, folder: Path, standing: VersionRecord) -> str:
        """Write only what differs from the folder that stands; nothing where nothing does.

        Args:
            folder: where to.
            standing: what that folder says of itself; same key, same `common`.

        Returns:
            As `write`.

        Raises:
            OutputError: it cannot be written, or the part was spoilt.
        """
        warning = ""
        if self.fresh is not None:
            self._part, warning = self.fresh.packed()
        ours, theirs = self.exceptions, standing.exceptions
        changed = [page for page in {*ours, *theirs} if ours.get(page) != theirs.get(page)]
        if not changed:
            return warning
        facts: dict[str, tuple[str, int]] = {}
        made = [*self._files(facts, only=frozenset(changed))]
        # What says the same in other circumstances keeps its time.
        differs = ((path, data) for path, data in made if facts[path][0] != standing.files[path][0])
        write_files(folder, differs)
        self._write_record(folder, {**standing.files, **facts})
        return warning

    def _write_record(self, folder: Path, facts: Mapping[str, tuple[str, int]]) -> None:
        write_version_record(folder, VersionRecord(facts, self.key, self.common, self.exceptions))

    def _files(
        self, facts: dict[str, tuple[str, int]], only: frozenset[str] | None = None
    ) -> Iterator[tuple[str, bytes]]:
        yield from self._made(self._part.files(only), facts)

    def _made(
        self, files: Iterable[tuple[str, bytes]], facts: dict[str, tuple[str, int]]
    ) -> Iterator[tuple[str, bytes]]:
        pages = self._around.this.pages
        for path, data in files:
            made = self._filled(path, data) if path in pages else data
            facts[path] = hashlib.sha256(made).hexdigest(), len(made)
            yield path, made

    def _filled(self, path: str, data: bytes) -> bytes:
        up = _from_anywhere(data) if path == NOT_FOUND else upward(path)
        selector, notice, listing = (text.encode() for text in self._texts(path, up))
        return filled(data, selector=selector, notice=notice, listing=listing, path=path)

    def _texts(self, page: str, up: str) -> tuple[str, str, str]:
        listing = ""
        if page in _LISTING:
            this = self._around.this.listed
            listing = listing_html(self._listed, this=this, up=up, compared=self._compared)
        return (*self._said.on(page, up=up), listing)


def _moved(folder: Path, target: Path) -> bool:
    """Whether a folder could be moved: not from one disk to another."""
    try:
        folder.rename(target)
    except OSError:
        return False
    return True


def _from_anywhere(page: bytes) -> str:
    """What leads to the version's folder from the page that stands for any that is missing."""
    found = _STYLE.search(page)
    if found is None:
        raise OutputError(f"{NOT_FOUND} of the theme does not name the style sheets of the site")
    return found[1].decode()


def _digest(*texts: str) -> str:
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()
