"""Text for people: names compared, and everything that is printed made harmless first.

All output of the command line goes through `show`, and so does every page. Neither carries
control or bidirectional characters, whatever a commit, a path or a document says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_BEYOND = r"\x7f-\x9f\u2028\u2029\ud800-\udfff" + "".join(sorted(_BIDI))
_UNSEEN = re.compile(rf"[\x00-\x1f{_BEYOND}]")
_UNSEEN_IN_LINES = re.compile(rf"[\x00-\x09\x0b-\x1f{_BEYOND}]")
_UNSEEN_IN_A_PAGE = re.compile(rf"[\x00-\x08\x0b-\x1f{_BEYOND}]")


def _visible(found: re.Match[str]) -> str:
    return f"\\u{{{ord(found[0]):x}}}"


def show(text: str, *, newlines: bool = False) -> str:
    r"""Return text that is safe to print: control, bidi and line-breaking characters as `\u{…}`.

    With `newlines`, line feeds stay (for text of several lines that we laid out).
    """
    if text.isascii() and text.isprintable():
        return text
    return (_UNSEEN_IN_LINES if newlines else _UNSEEN).sub(_visible, text)


def shown_page(html: str) -> str:
    """The same for the HTML of a page, where line feeds and tabs part words."""
    return _UNSEEN_IN_A_PAGE.sub(_visible, html)


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


def ago(day: date, *, today: date) -> str:
    """How long ago a day was: `1 day ago`, `12 days ago`."""
    return f"{plural((today - day).days, 'day')} ago"
