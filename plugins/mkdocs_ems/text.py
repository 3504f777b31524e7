"""Text for people: names compared, and everything that is printed made harmless first.

All output of the command line goes through `show`, and so does every page. Neither carries
control or bidirectional characters, nor any that nobody sees, whatever a commit, a path or a document
says. A character of no width is left where it does what it is for: in an emoji, in scripts that need it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_NO_WIDTH = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_VARIES = (
    _EMOJI
    + _HAN
    + "\u1000-\u109f\u2200-\u22ff\u2a00-\u2aff\u3000-\u303f\ua840-\ua877\uaa60-\uaa7f\uff01-\uff9f"
)
"""What a variation selector may follow: symbols, Han and a few more."""
_JOINS = (
    "\u0600-\u109f\u1780-\u18af\u1a20-\u1aaf\u1b00-\u1c4f\ua840-\ua9ff\uaa00-\uaadf\uabc0-\uabff\ufb50-\ufdff"
    "\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
"""Scripts in which letters are joined and kept apart: from Arabic on to those of India and beyond."""
_SPACELESS = (
    f"{_HAN}\u0e00-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u1b00-\u1b7f\u3040-\u30ff\ua980-\ua9df"
)
"""Scripts that part no words, in which a line may be broken where a character of no width says so."""
_LETTER = r"[^\W\d_]"
_A_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{1,6}\U000e007f")
_FLAG_LENGTH = 8
_NOT_SHOWN = re.compile(f"[{_NO_WIDTH}]")

_BEYOND = r"\x7f-\x9f\u2028\u2029\ud800-\udfff" + "".join(sorted(_BIDI)) + _NO_WIDTH
_UNSEEN = re.compile(rf"[\x00-\x1f{_BEYOND}]")
_UNSEEN_IN_LINES = re.compile(rf"[\x00-\x09\x0b-\x1f{_BEYOND}]")
_UNSEEN_IN_A_PAGE = re.compile(rf"[\x00-\x08\x0b-\x1f{_BEYOND}]")
_UNSEEN_IN_LATIN_1 = bytes(code for code in range(0x100) if _UNSEEN_IN_A_PAGE.match(chr(code)))
"""The bytes of those that Latin 1 has."""


def _visible(found: re.Match[str]) -> str:
    if _is_meant(found.string, found.start()):
        return found[0]
    return f"\\u{{{ord(found[0]):x}}}"


@cache
def _meant() -> re.Pattern[str]:
    """Each character of no width where it does what it is for. Hardly a run asks, and it takes a while."""
    return re.compile(
        rf"(?<={_LETTER})\u00ad(?={_LETTER})"
        rf"|(?<=[{_SPACELESS}])\u200b"
        rf"|(?<=[{_JOINS}])[\u200c\u200d]"
        rf"|(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])"
        rf"|(?<=[{_VARIES}])[\ufe00-\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)"
        rf"|(?<=[{_HAN}])[\U000e0100-\U000e01ef]"
        r"|(?<=[\u1800-\u18af])[\u180b-\u180f]|(?<=[\u0300-\u036f\u0590-\u05ff])\u034f"
        r"|[\u115f\u1160](?=[\u1160-\u11ff])|(?<=[\u1100-\u115f])\u1160"
    )


def _is_meant(text: str, at: int) -> bool:
    """Whether what stands there does what it is for; all else that has no width hides something."""
    if not _NOT_SHOWN.match(text, at):
        return False
    if _meant().match(text, at):
        return True
    near = text[max(0, at - _FLAG_LENGTH) : at + _FLAG_LENGTH] if text[at] >= "\U000e0000" else ""
    here = min(at, _FLAG_LENGTH)
    return any(flag.start() <= here < flag.end() for flag in _A_FLAG.finditer(near))


def unseen(text: str) -> Iterator[tuple[int, int]]:
    """Where characters stand that nobody sees and that do nothing there, each stretch from start to end."""
    if text.isascii():
        return
    start = end = -1
    for found in _NOT_SHOWN.finditer(text):
        at = found.start()
        if _is_meant(text, at):
            continue
        if at != end:
            if end > start:
                yield start, end
            start = at
        end = at + 1
    if end > start:
        yield start, end


def deceives(text: str) -> bool:
    """Whether what is shown is not what is written: something turns it around, or nobody sees it."""
    return has_bidi(text) or any(True for _ in unseen(text))


def show(text: str, *, newlines: bool = False) -> str:
    r"""Return text that is safe to print: control, bidi, line-breaking and unseen characters as `\u{…}`.

    With `newlines`, line feeds stay (for text of several lines that we laid out).
    """
    if text.isascii() and text.isprintable():
        return text
    return (_UNSEEN_IN_LINES if newlines else _UNSEEN).sub(_visible, text)


def shown_page(html: str) -> str:
    """The same for the HTML of a page, where line feeds and tabs part words."""
    try:
        said = html.encode("latin-1")
    except UnicodeEncodeError:
        return _UNSEEN_IN_A_PAGE.sub(_visible, html)
    # Hardly a page has any, and of bytes that is known in a tenth of the time.
    if len(said.translate(None, _UNSEEN_IN_LATIN_1)) == len(said):
        return html
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
