"""Where a command may write what it was asked for: to a file of its own, never over what git keeps."""

from __future__ import annotations

from pathlib import Path

from mkdocs_ems.errors import UsageError
from mkdocs_ems.text import show


def output_file(asked: Path | None) -> Path | None:
    """The file that `--output` names; None for standard output, which `-` means too.

    Raises:
        UsageError: it stands among git's own files, or git tracks it.
    """
    if asked is None or str(asked) == "-":
        return None
    place = must_not_be_gits(asked)
    from mkdocs_ems.git.tracked import is_tracked  # noqa: PLC0415 - only where a file is written

    if is_tracked(place):
        raise UsageError(
            f"{show(str(asked))} is a file that git tracks, and would be written over: name another one, "
            f"or take it out first with `git rm`"
        )
    return asked


def must_not_be_gits(asked: Path) -> Path:
    """The place of a file that is to be written, without links on the way to it.

    Raises:
        UsageError: it stands among git's own files.
    """
    from mkdocs_ems.git.tracked import within_git  # noqa: PLC0415 - only where a file is written

    place = asked.absolute().parent.resolve() / asked.name
    if within_git(place):
        raise UsageError(
            f"{show(str(asked))} is among git's own files, which nothing else may be written to: "
            "name a file elsewhere"
        )
    return place
