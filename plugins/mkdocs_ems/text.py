"""Text for people: names compared, and everything that is printed made harmless first.

All output of the command line goes through `show`. It carries no control or
bidirectional characters, whatever a commit, a path or a document says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _visible(char: str) -> str:
    if char in _BIDI or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"):
        return f"\\u{{{ord(char):x}}}"
    return char


def show(text: str, *, newlines: bool = False) -> str:
    r"""Return text that is safe to print: control, bidi and line-breaking characters as `\u{…}`.

    With `newlines`, line feeds stay (for text of several lines that we laid out).
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if newlines and char == "\n" else _visible(char) for char in text)


def has_bidi(text: str) -> bool:
    """Whether bidirectional control characters stand in the text."""
    return not text.isascii() and not _BIDI.isdisjoint(text)


def fold(text: str) -> str:
    """The form in which names, addresses and ids are compared: NFKC, case folded, trimmed."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to a mistyped one, or None where nothing is near."""
    by_fold = {fold(name): name for name in known}
    near = get_close_matches(fold(word), by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else None


def plural(count: int, noun: str, many: str | None = None) -> str:
    """`1 finding`, `3 findings`."""
    return f"{count} {noun if count == 1 else many or noun + 's'}"
