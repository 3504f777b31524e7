"""Commit messages: subject, body and trailers, by git's own rules.

Trailers are read here and not by git's `%(trailers)`, whose keys the repository's
configuration may change. The rules are those of `git interpret-trailers --parse
--no-divider` without configuration; a test compares the two.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SEPARATOR = re.compile(r"[A-Za-z0-9-]+[ \t]*:")
_GENERATED = ("Signed-off-by: ", "(cherry picked from commit ")
_SPACES = " \t\r\n"
_BLANK_START = ("\n", " ", "\t", "\r")
_BLANK_LINES = re.compile(r"\A(?:[ \t\r]*\n)+")
_COMMENT = "#"
_UNUSUAL = ("#", "\n ", "\n\t", "\r", "\nConflicts:")
"""Where none of these stands, the last paragraph is all that counts."""
_SCISSORS = "# ------------------------ >8 ------------------------"


def subject_and_body(message: str) -> tuple[str, str]:
    """The first paragraph on one line, and the rest without the blank lines between them."""
    head, _, rest = message.partition("\n\n")
    if head and "\n" not in head and head[0] not in _SPACES:
        return head.rstrip(_SPACES), _body(rest)
    lines = message.split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip(_SPACES)), len(lines))
    end = next((at for at in range(start, len(lines)) if not lines[at].strip(_SPACES)), len(lines))
    return " ".join(line.strip(_SPACES) for line in lines[start:end]), _body("\n".join(lines[end:]))


def _body(text: str) -> str:
    if text[:1] in _BLANK_START:
        text = _BLANK_LINES.sub("", text, count=1)
    return text.rstrip("\n")


def trailers(message: str) -> tuple[tuple[str, str], ...]:
    """Key and value of each trailer of the last paragraph."""
    if ":" not in message:
        return ()
    if message.startswith("\n") or any(mark in message for mark in _UNUSUAL):
        return _read(_block(_without_notes(message.split("\n"))))
    _, parted, last = message.rstrip("\n").rpartition("\n\n")
    return _of_paragraph(last) if parted else ()


@lru_cache(maxsize=4096)
def _of_paragraph(last: str) -> tuple[tuple[str, str], ...]:
    return _read(_block(["", *last.split("\n")]))


def _read(block: list[str]) -> tuple[tuple[str, str], ...]:
    joined: list[str] = []
    open_trailer = False
    for line in block:
        if open_trailer and line[:1] in tuple(_SPACES):
            joined[-1] += " " + line.strip(_SPACES)
        else:
            joined.append(line)
            open_trailer = _is_trailer(line)
    kept = (line for line in joined if not line.startswith(_COMMENT) and _is_trailer(line))
    pairs = (line.partition(":") for line in kept)
    return tuple((key.strip(_SPACES), value.strip(_SPACES)) for key, _, value in pairs)


def _is_trailer(line: str) -> bool:
    return _SEPARATOR.match(line) is not None


def _is_blank(line: str) -> bool:
    return not line.strip(_SPACES)


def _without_notes(lines: list[str]) -> list[str]:
    """Leave out what git ignores at the end: comments, blank lines, the list of conflicts."""
    if _SCISSORS in lines:
        lines = lines[: lines.index(_SCISSORS)]
    end = len(lines)
    first: int | None = None
    conflicts = False
    for at, line in enumerate(lines):
        if line == "" or line.startswith(_COMMENT):
            first = at if first is None else first
        elif line == "Conflicts:":
            conflicts = True
            first = at if first is None else first
        elif not (conflicts and line.startswith("\t")):
            first, conflicts = None, False
    return lines[: end if first is None else first]


def _block(lines: list[str]) -> list[str]:
    """The last paragraph if it is one of trailers; the first paragraph never is."""
    title_end = next(
        (at for at, line in enumerate(lines) if _is_blank(line) and not line.startswith(_COMMENT)), len(lines)
    )
    found = other = continued = 0
    generated = False
    only_spaces = True
    for at in range(len(lines) - 1, title_end - 1, -1):
        line = lines[at]
        if line.startswith(_COMMENT):
            other, continued = other + continued, 0
        elif _is_blank(line):
            if only_spaces:
                continue
            other += continued
            enough = found * 3 >= other if generated else found > 0 and other == 0
            return lines[at + 1 :] if enough else []
        elif line.startswith(_GENERATED):
            found, continued, generated, only_spaces = found + 1, 0, True, False
        elif _is_trailer(line):
            found, continued, only_spaces = found + 1, 0, False
        elif line[0] in _SPACES:
            continued, only_spaces = continued + 1, False
        else:
            other, continued, only_spaces = other + continued + 1, 0, False
    return []
