"""Names that no file may have: git's own folder in any spelling, `..`, what controls, turns or hides."""

from __future__ import annotations

import re
import unicodedata

from mkdocs_ems.text import deceives

# Code points that HFS+ leaves out when it compares names, as git knows them.
_HFS_IGNORED = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.@+-]*)*")


def _is_git(part: str) -> bool:
    bare = _HFS_IGNORED.sub("", part).casefold()
    stream = bare.partition(":")[0]
    return stream.rstrip(" .") in (".git", "git~1")


def _is_odd_part(part: str) -> bool:
    return (
        part in ("", ".", "..")
        or "\\" in part
        or ":" in part
        or _is_git(part)
        # Shown, it would be another name than the one that is written.
        or deceives(part)
        or any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in part)
    )


def is_odd(path: str) -> bool:
    """Whether a tree entry's path must never become a file: see `EntryKind.ODD`."""
    if _PLAIN.fullmatch(path) and "git~1" not in path.casefold():
        return False
    return any(_is_odd_part(part) for part in path.split("/"))
