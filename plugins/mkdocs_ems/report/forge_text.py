"""The only way by which what somebody wrote gets into a comment in a forge.

A comment is read by a Markdown parser, by filters of the rendered page, and by programs
that read the raw text: each finds mentions, references, addresses and commands of its
own. So every text of others stands in `code`, in which no filter links anything; every
character that could mean something to a parser is written by its number; and where a
reference could begin, a place for a line break is put behind its mark, so that it does not
hang on what follows even where somebody reads the text without the code. No line ever
begins with such a text: that is up to whoever lays it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mkdocs_ems.redline import Change, Piece, visible
from mkdocs_ems.text import show

MOST = 300
"""Characters of one value; of the others only the number is told."""

_PLAIN = frozenset(" .,;()")
_REFERENCE = frozenset("@#:")
"""Behind these a mention, a reference or an address could go on."""
_BEGINNINGS = {"-": "gh", ".": "www"}
"""Words that begin a reference or an address where this mark follows."""
_BREAK = "<wbr>"
_LINE_END = " \N{RETURN SYMBOL} "
_AROUND = 60
"""So many characters of what stayed are shown on each side of a change."""
_ELISION = " … "
_CUT = " … ("
"""What stands behind a value that is not shown to its end."""


def code(text: str, *, most: int = MOST) -> str:
    """A text of others as code, cut where it is long; never empty."""
    if not text:
        return "(empty)"
    return f"<code>{_numbered(show(_on_one_line(text[:most])))}</code>{_rest(len(text) - most)}"


def codes(texts: Sequence[str], *, most: int = 20, nobody: str = "nobody") -> str:
    """Several such texts with commas between; of more than so many the number is told."""
    if not texts:
        return nobody
    rest = len(texts) - most
    more = f" and {rest:,} more" if rest > 0 else ""
    return ", ".join(code(text) for text in texts[:most]) + more


def marked(pieces: Iterable[Piece], *, most: int = 4 * MOST) -> str:
    """A redline of one text: what went is struck out, what came is underlined, most of what stayed left out.

    Args:
        pieces: what `redline` gave.
        most: characters of all of it.
    """
    given = list(pieces)
    if len(given) == 1 and given[0].change is Change.SAME:
        return code(given[0].text, most=2 * _AROUND)
    shown, left = [], most
    for at, piece in enumerate(given):
        text = piece.text
        if piece.change is Change.SAME:
            text = _shortened(text, first=at == 0, last=at == len(given) - 1)
        if left <= 0:
            rest = sum(len(one.text) for one in given[at:])
            shown.append(_rest(rest))
            break
        shown.append(_piece(piece.change, text, left))
        left -= len(text)
    return "".join(shown) or "(empty)"


def is_cut(laid_out: str) -> bool:
    """Whether a value within a text that was laid out here is not shown to its end."""
    # Of others no such mark comes in: theirs is written by its number.
    return _CUT in laid_out


def size(text: str) -> int:
    """How long a text is where it counts in UTF-16 units, as forges do."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _piece(change: Change, text: str, most: int) -> str:
    if change is Change.SAME:
        return code(text, most=most)
    # A change of nothing but a character that nobody sees must not look like none.
    inner = f"<code>{_numbered(visible(_on_one_line(text[:most])))}</code>{_rest(len(text) - most)}"
    return f"<del>{inner}</del>" if change is Change.WENT else f"<ins>{inner}</ins>"


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """What stayed, as far as it stands near a change."""
    before = 0 if first else _AROUND
    after = 0 if last else _AROUND
    if len(text) <= before + after + _AROUND:
        return text
    return text[:before] + _ELISION + (text[-after:] if after else "")


def _on_one_line(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", _LINE_END) if "\n" in text else text


def _rest(count: int) -> str:
    return f"{_CUT}{count:,} more)" if count > 0 else ""


def _numbered(text: str) -> str:
    """Every character but letters, digits and a few marks by its number."""
    made: list[str] = []
    for at, char in enumerate(text):
        beginning = _BEGINNINGS.get(char)
        if beginning and text[max(0, at - len(beginning)) : at].casefold() == beginning:
            made.append(_BREAK)
        made.append(char if char.isalnum() or char in _PLAIN else f"&#{ord(char)};")
        if char in _REFERENCE:
            made.append(_BREAK)
    return "".join(made)
