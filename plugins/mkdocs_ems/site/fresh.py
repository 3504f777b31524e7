"""A version that has just been made: its files stand in a folder, and its part is yet to be written.

Packing reads every file, and so does filling pages in for the site. Where one version is made
beside others that are kept, both are done at once, by the process that puts it in its place.

Knows nothing of the site that it goes into.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.errors import OutputError
from mkdocs_ems.site.part import Packing, Part, files_below
from mkdocs_ems.site.part_head import PartHead
from mkdocs_ems.site.store import Store


@dataclass(frozen=True, slots=True)
class Fresh:
    """Such a version."""

    head: PartHead
    """What its part will say, but for the files."""
    folder: Path
    """Where they stand."""
    target: Path
    """Where its part is to be written."""
    store: Store | None = None
    """Where that is kept; None where it is not, and then nothing is packed."""

    def files(self, folder: Path, packing: Packing | None) -> Iterator[tuple[str, bytes]]:
        """Its files, packed as they are read.

        Args:
            folder: where they stand by now.
            packing: takes them.

        Raises:
            OutputError: the folder holds what no part may, or cannot be read.
        """
        for path, place in sorted(files_below(os.fspath(folder))):
            with open(place, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of them
                data = file.read()
            if packing is not None:
                packing.add(path, data)
            yield path, data

    def packed(self) -> tuple[Part, str]:
        """Its part, for who needs that and nothing else, and what `keep` says.

        Raises:
            OutputError: as `files`, or it cannot be written.
        """
        packing = Packing()
        for _ in self.files(self.folder, packing):
            pass
        part = packing.write(self.target, self.head)
        return part, self._keep(part)

    def keep(self, packing: Packing) -> str:
        """Write the part of all its files and keep it; says why it could not be kept, or nothing.

        Raises:
            OutputError: it cannot be written.
        """
        return self._keep(packing.write(self.target, self.head))

    def _keep(self, part: Part) -> str:
        if self.store is None:
            return ""
        try:
            self.store.keep(part)
        except OutputError as fault:
            return not_kept(fault)
        return ""


def not_kept(fault: OutputError) -> str:
    """What is said of a version that could not be kept; it stands in the site all the same."""
    return f"{fault}; it will be built again next time"
