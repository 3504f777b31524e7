"""A new site in the place of the old one as a whole: what `placing` does, where nothing is taken over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs_ems.site.placing import replaced_by
from mkdocs_ems.site.standing_site import MARKER

__all__ = ["MARKER", "replaced"]


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends well, it is what stands at `target`.

    Raises:
        OutputError: the target is not ours to replace, another build is at work on it,
            or the system refused to write; the target is then unchanged.
    """
    with replaced_by(target) as placing:
        yield placing.folder
