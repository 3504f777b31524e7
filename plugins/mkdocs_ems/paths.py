"""Paths that content may name: joined and resolved as text, never outside their folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from mkdocs_ems.errors import OutputError


def safe_join(folder: Path, relative: str) -> Path:
    """Return the path below a folder; raise OutputError for anything that would leave it."""
    return folder.joinpath(*_steps(folder, relative))


def safe_path(folder: str, relative: str) -> str:
    """What `safe_join` returns, as text: for thousands of files, where path objects cost more.

    Raises:
        OutputError: as there.
    """
    return os.sep.join((folder, *_steps(folder, relative)))  # noqa: PTH118 - as it says


def _steps(folder: Path | str, relative: str) -> Sequence[str]:
    """The names on the way to a path, each below the one before."""
    steps = [step for step in relative.split("/") if step not in ("", ".")]
    unsafe = relative.startswith("/") or "\\" in relative or ":" in relative or "\0" in relative
    if not steps or unsafe or ".." in steps:
        raise OutputError(f"refusing to write outside {folder}: {relative!r}")
    return steps


def resolve_local(source: str, target: str) -> tuple[str, str] | None:
    """Resolve a link's target against the file it stands in.

    Args:
        source: path of the file that holds the link, with `/`.
        target: as written; may be percent-encoded and carry a query or fragment.

    Returns:
        Path (with `/`, no `..`; the source itself for a bare `#fragment`) and fragment
        (decoded, empty without), or None where the target is not local (has a scheme or
        host, is absolute) or leaves the tree.
    """
    before, _, fragment = target.partition("#")
    before = before.partition("?")[0]
    if before.startswith(("/", "\\")) or ":" in before.partition("/")[0]:
        return None
    if not before:
        return source, unquote(fragment)
    steps = list(PurePosixPath(source).parent.parts)
    for step in unquote(before).split("/"):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps), unquote(fragment)
