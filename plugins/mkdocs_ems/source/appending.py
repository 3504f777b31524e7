"""One more row at the end of a register's `rows:`, every other byte of the file left as it is.

Nothing is written out anew: the row is put into the text, in the form that the rows before
it have, and the text is read again. Only where it then says what it said before, and the
row, is it handed on. Knows no field's meaning and writes no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from yaml.error import YAMLError
from yaml.events import SequenceStartEvent

from mkdocs_ems import dataclass
from mkdocs_ems.source.decoding import find_conflicts
from mkdocs_ems.source.faults import Faults, Text
from mkdocs_ems.source.parse import parse_file
from mkdocs_ems.source.row_places import ROWS, RowPlace, find_rows
from mkdocs_ems.source.values import Source

_INDENT = 2
_PLAIN = re.compile(r"(?:[0-9]+ )?[^\W\d_][\w .,()/%'&+;²³°€£-]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""What an editor may take for something else than text."""
_IN_FLOW = re.compile(r"[,\[\]{}]")
_COMMENT = re.compile(r"( *)#[^\n]*")
_GAP = re.compile(r"\n[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Appended:
    """A register with one more row."""

    text: str
    added: str
    """What was put into it, without the line breaks around it."""


def plain_or_quoted(value: str, *, flow: bool = False) -> str:
    """A text as YAML, on one line: as it stands where that is safe, else in single quotes.

    Args:
        value: the text, without control characters.
        flow: it stands in brackets or braces.
    """
    if _DAY.fullmatch(value):
        return value
    odd = value != value.strip() or value.casefold() in _WORDS or (flow and _IN_FLOW.search(value))
    return value if not odd and _PLAIN.fullmatch(value) else "'" + value.replace("'", "''") + "'"


def append_row(path: str, text: str, row: Mapping[str, str]) -> Appended | str:
    """Put a row after the last one of a register.

    Args:
        path: the register, from the repository's root.
        text: what it says, its line ends and byte order mark as they are.
        row: the row's fields in their order; names need no quotes, values hold no control characters.

    Returns:
        The register with the row, or why it cannot be, in words.
    """
    before = _read(path, text)
    refused = _refusal(before, Text(path, text))
    if refused:
        return refused
    had = before.data[ROWS]
    rows = had if isinstance(had, list) else []
    wanted = {**before.data, ROWS: [*rows, dict(row)]}
    made = [(one, _read(path, one.text)) for one in _candidates(text, row)]
    for one, after in made:
        if after.whole and after.data == wanted and list(after.data) == list(before.data):
            return one
    for one, after in made:
        # A text of several lines at the very end of a file may gain the line break that was missing.
        if not text.endswith("\n") and after.whole and _stripped(after.data) == _stripped(wanted):
            return one
    return "it is written in a way that leaves no place for another row"


def _refusal(before: Source, text: Text) -> str | None:
    if find_conflicts(text, Faults(text)):
        return "a merge left a conflict in it"
    if not before.whole:
        return "it cannot be read whole"
    if ROWS not in before.data:
        return "it has no `rows:`"
    had = before.data[ROWS]
    return None if had is None or isinstance(had, list) else "its `rows` are no list"


def _stripped(data: object) -> object:
    """Data without line breaks at the end of its texts."""
    if isinstance(data, str):
        return data.rstrip("\n")
    if isinstance(data, list):
        return [_stripped(one) for one in data]
    if isinstance(data, Mapping):
        return {name: _stripped(one) for name, one in data.items()}
    return data


def _read(path: str, text: str) -> Source:
    return parse_file(path, text.encode("utf-8"), content="")[0]


# --- What to write where ----------------------------------------------------------------


def _candidates(text: str, row: Mapping[str, str]) -> Iterator[Appended]:
    """Texts with the row, the most natural first; none of them is judged here."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    bare = text[len(mark) :]
    try:
        place = find_rows(bare)
    except YAMLError:
        return
    if place is None:
        return
    for made in _within(bare, place, row):
        yield Appended(mark + made.text, made.added)


def _within(text: str, place: RowPlace, row: Mapping[str, str]) -> Iterator[Appended]:
    if not isinstance(place.value, SequenceStartEvent):
        yield _instead_of_nothing(text, place, row)
    elif not place.value.flow_style:
        yield from _in_block(text, place, row)
    elif place.rows:
        yield _in_brackets(text, place, row)
    else:
        yield from _in_empty_brackets(text, place, row)


def _instead_of_nothing(text: str, place: RowPlace, row: Mapping[str, str]) -> Appended:
    if not place.in_flow:
        return _first(text, place.end, place, row)
    space = "" if text[place.end - 1 : place.end] == " " else " "
    return _put(text, place.end, space, f"[{_flow(row)}]")


def _in_empty_brackets(text: str, place: RowPlace, row: Mapping[str, str]) -> Iterator[Appended]:
    """Below the line, without the brackets, where nothing stands in them; else between them."""
    start = int(place.value.start_mark.index)
    head = text[:start].rstrip(" ")
    if not place.in_flow and head.endswith(":") and not text[start + 1 : place.end - 1].strip():
        yield _first(head + text[place.end :], len(head), place, row)
    yield _put(text, start + 1, "", _flow(row))


def _in_block(text: str, place: RowPlace, row: Mapping[str, str]) -> Iterator[Appended]:
    """After the last of rows that begin with a hyphen each."""
    last, end = place.rows[-1]
    column, start = place.value.start_mark.column, last.start_mark.index
    line = text[text.rfind("\n", 0, start) + 1 : start]
    match = re.fullmatch(r" *-( +)", line)
    hyphen = " " * column + "-" + (match[1] if match else " ")
    end_of_line = _line_end(text, start)
    if getattr(last, "flow_style", False):
        spaced = text[start + 1 : start + 2] == " "
        added = hyphen + _flow(row, spaced=spaced)
    else:
        added = _lines(hyphen, row, end_of_line)
    between = text[place.rows[-2][1] : start] if len(place.rows) > 1 else ""
    blank = end_of_line if _GAP.search(between) else ""
    yield _put(text, _behind(text, end, column), end_of_line + blank, added)
    # Where blank lines belong to the last value, the row has to stand behind them.
    begin = text.rfind("\n", 0, place.end) + 1
    at = len(text) if place.end >= len(text) else begin
    before = end_of_line if at and text[at - 1] != "\n" else ""
    yield Appended(text[:at] + before + added + end_of_line + text[at:], added)


def _in_brackets(text: str, place: RowPlace, row: Mapping[str, str]) -> Appended:
    """After the last of rows in brackets; on a line of its own where that one has one."""
    last, end = place.rows[-1]
    start = last.start_mark.index
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    own_line = not indent.strip() and "\n" in text[:start]
    return _put(text, end, f",{_line_end(text, start)}{indent}" if own_line else ", ", _flow(row))


def _first(text: str, at: int, place: RowPlace, row: Mapping[str, str]) -> Appended:
    """The first row, below the line in which `rows:` stands."""
    hyphen = " " * (place.column + _INDENT) + "- "
    end_of_line = _line_end(text, at)
    return _put(text, _behind(text, at, place.column), end_of_line, _lines(hyphen, row, end_of_line))


def _put(text: str, at: int, before: str, added: str) -> Appended:
    return Appended(text[:at] + before + added + text[at:], added)


def _behind(text: str, end: int, column: int) -> int:
    """The end of a line, or of the comments below it that are indented further than a column."""
    at = _end(text, end)
    ahead = at
    while (begin := text.find("\n", ahead) + 1) and begin < len(text):
        ahead = _end(text, begin)
        line = text[begin:ahead]
        comment = _COMMENT.fullmatch(line)
        if comment and len(comment[1]) > column:
            at = ahead
        elif line.strip():
            break
        ahead = max(ahead, begin)
    return at


def _end(text: str, at: int) -> int:
    """Where the line of a character ends: before its line break."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end > at and text[end - 1] == "\r" else end


def _line_end(text: str, at: int) -> str:
    """The line break that the file has there."""
    end = text.rfind("\n", 0, at)
    end = text.find("\n") if end < 0 else end
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


def _lines(hyphen: str, row: Mapping[str, str], end_of_line: str) -> str:
    indent = end_of_line + " " * len(hyphen)
    return hyphen + indent.join(f"{name}: {plain_or_quoted(value)}" for name, value in row.items())


def _flow(row: Mapping[str, str], *, spaced: bool = False) -> str:
    space = " " if spaced else ""
    fields = ", ".join(f"{name}: {plain_or_quoted(value, flow=True)}" for name, value in row.items())
    return f"{{{space}{fields}{space}}}"
