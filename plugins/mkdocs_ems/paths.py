"""Paths that content may name: joined and resolved as text, never outside their folder."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from mkdocs_ems.errors import OutputError


def safe_join(folder: Path, relative: str) -> Path:
    """Return the path below a folder; raise OutputError for anything that would leave it."""
    parts = PurePosixPath(relative).parts
    unsafe = not parts or relative.startswith("/") or "\\" in relative or "\0" in relative
    if unsafe or any(part in (".", "..") or ":" in part for part in parts):
        raise OutputError(f"refusing to write outside {folder}: {relative!r}")
    return folder.joinpath(*parts)


def safe_path(folder: str, relative: str) -> str:
    """What `safe_join` returns, as text: for thousands of files, in a fifth of the time.

    Raises:
        OutputError: as there.
    """
    steps = relative.split("/")
    if "\\" in relative or ":" in relative or "\0" in relative or not {"", ".", ".."}.isdisjoint(steps):
        return os.fspath(safe_join(Path(folder), relative))
    return f"{folder}{os.sep}{relative.replace('/', os.sep)}"


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
