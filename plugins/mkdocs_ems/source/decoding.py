"""Bytes to characters: what a file must be before anyone parses it.

Says what is wrong with the bytes themselves (encoding, characters that control, turn
around or are not seen, size, a Git LFS pointer, conflict markers) and hands on a text of the
same length with what is harmful replaced, so that one such fault hides no other.
Never guesses an encoding: a wrong guess changes what was written.
"""

from __future__ import annotations

import re

from mkdocs_ems.source.faults import Faults, Text
from mkdocs_ems.text import plural, unseen

LARGEST = 5_000_000
"""Bytes of a YAML or Markdown file."""

LFS = b"version https://git-lfs.github.com/spec/"
LFS_FIX = "run `git lfs pull` and keep this file in git itself: stop tracking it in .gitattributes"

_KEPT = bytes([0x09, 0x0A, *range(0x20, 0x7F)])
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\U0001fffe\U0001ffff]+|\r(?!\n)",
)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_CONFLICT_PARTS = ("the other side begins here", "it ends here")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decode(path: str, data: bytes, *, largest: int = LARGEST) -> tuple[Text | None, Faults]:
    """Turn a file's bytes into text.

    Args:
        path: from the repository's root.
        data: the file's bytes.
        largest: so many bytes at most.

    Returns:
        The text, or None where parsing it makes no sense, and what was found.
    """
    refused = _refusal(data, largest)
    if refused is not None:
        message, fix = refused
        # The first line is enough to point at; the rest may be megabytes of anything.
        text = Text(path, data[:200].decode("utf-8", "replace"))
        faults = Faults(text)
        faults.add(message, at=(0, text.line_end(0)), fix=fix)
        return None, faults
    if data.isascii() and not data.translate(None, _KEPT).replace(b"\r", b""):
        text = Text(path, data.decode("ascii"))
        faults = Faults(text)
        if b"\r" in data:
            _find_harmful(text, faults)
    else:
        text = _decode_wide(path, data)
        faults = Faults(text)
        _find_invalid(text, data, faults)
        _find_harmful(text, faults)
        _find_bidi(text, faults)
        _find_unseen(text, faults)
    return text, faults


def _refusal(data: bytes, largest: int) -> tuple[str, str] | None:
    if len(data) > largest:
        return (
            f"the file has {len(data):,} bytes; a YAML or Markdown file may have {LARGEST:,}",
            "split it: a register may be several files, a document several procedures",
        )
    if data.startswith(LFS):
        return "this is a Git LFS pointer, not the file itself", LFS_FIX
    if data.startswith(_UTF16) or (b"\0" in data[:64] and data[:64].count(b"\0") * 3 > len(data[:64])):
        return (
            "the file is saved as UTF-16, not UTF-8",
            'save it again with the encoding "UTF-8" (in Notepad: Save as, Encoding)',
        )
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        return (
            f"this is no text file: it holds a NUL byte in line {line}",
            "restore the text file, or give the file the extension of what it is",
        )
    return None


def _decode_wide(path: str, data: bytes) -> Text:
    return Text(path, data.decode("utf-8", "replace"))


def _find_invalid(text: Text, data: bytes, faults: Faults) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = len(data[: error.start].decode("utf-8"))
        # What was written as U+FFFD itself is no fault of encoding.
        others = text.written.count("\ufffd") - data.count("\ufffd".encode()) - 1
        more = f" (and {plural(others, 'more place')})" if others > 0 else ""
        faults.add(
            f"byte 0x{data[error.start]:02X} is not UTF-8{more}",
            at=(at, at + 1),
            fix='save the file again with the encoding "UTF-8"; it may be in Windows-1252 or Latin-1',
        )


def _find_harmful(text: Text, faults: Faults) -> None:
    pieces: list[str] = []
    done = 0
    for match in _HARMFUL.finditer(text.written):
        start, end = match.span()
        chars = match[0]
        if start == 0 and chars == "\ufeff":
            message, fix = (
                "the file begins with a byte order mark",
                'save it as "UTF-8" without BOM (in Notepad: Encoding UTF-8, not UTF-8 with BOM)',
            )
        elif chars == "\r":
            message, fix = "a carriage return that ends no line", "save the file with LF or CRLF line ends"
        else:
            message, fix = (
                f"control character U+{ord(chars[0]):04X}",
                "delete it; it was probably pasted from another program",
            )
        faults.add(message, at=(start, end), fix=fix)
        # Same length, so that every position still holds.
        pieces += (text.written[done:start], "\n" if chars == "\r" else "\ufffd" * len(chars))
        done = end
    if pieces:
        text.clean = "".join(pieces) + text.written[done:]


def _find_bidi(text: Text, faults: Faults) -> None:
    turned = False
    for match in _BIDI.finditer(text.written):
        turned = True
        faults.add(
            f"bidirectional control character U+{ord(match[0][0]):04X}: what is shown is not what is written",
            at=match.span(),
            fix="delete it; right-to-left words need no control characters",
        )
    if turned:
        text.clean = _BIDI.sub(lambda match: "\ufffd" * len(match[0]), text.clean)


def _find_unseen(text: Text, faults: Faults) -> None:
    pieces: list[str] = []
    done = 0
    for start, end in unseen(text.clean):
        faults.unseen(
            f"character of no width U+{ord(text.clean[start]):04X}: nobody sees it, and what looks the same "
            "is not the same",
            at=(start, end),
        )
        pieces += (text.clean[done:start], "\ufffd" * (end - start))
        done = end
    if pieces:
        text.clean = "".join(pieces) + text.clean[done:]


def find_conflicts(text: Text, faults: Faults, *, start: int = 0) -> bool:
    """Note each conflict that a merge left behind; returns whether there is any."""
    if "<<<<<<<" not in text.written:
        return False
    conflicts: list[list[tuple[int, int]]] = []
    for match in _CONFLICT.finditer(text.written, start):
        if match[0][0] == "<":
            conflicts.append([match.span()])
        elif conflicts and len(conflicts[-1]) < len(_CONFLICT_PARTS) + 1:
            conflicts[-1].append(match.span())
    for at, *others in conflicts:
        faults.add(
            "an unresolved merge conflict",
            at=at,
            fix="keep the lines of one side, or of both, and delete the lines <<<<<<<, ======= and >>>>>>>",
            related=tuple(zip(_CONFLICT_PARTS, others, strict=False)),
        )
    return bool(conflicts)
