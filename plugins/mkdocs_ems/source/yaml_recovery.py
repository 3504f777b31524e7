"""Going on after a syntax error in a register: the row it stands in is left out, the others are read.

Only rows, the entries of the list under `rows:`, are ever left out. Anywhere else (a
register's head, settings, an approval record) half a document could mean the opposite
of the whole, so there a syntax error ends the reading.
"""

from __future__ import annotations

import re

from mkdocs_ems.source.yaml_spans import Place, scalars

_ROWS = re.compile(r"^rows[ ]*:[ ]*(?:#[^\n]*)?\r?$", re.MULTILINE)
_NEXT_FIELD = re.compile(r"^[^\s#-]", re.MULTILINE)
_FIRST_ROW = re.compile(r"^([ ]*)-(?=[ \r\n])", re.MULTILINE)
_VISIBLE = re.compile(r"[^\r\n]")


def opened_before(part: str, at: int) -> int | None:
    """Where a quotation mark was opened in an earlier line that closes just before a fault.

    A mark that is never closed is closed by the next one, rows further down, and the
    fault is only noticed there.
    """
    quoted: Place | None = None
    for place in scalars(part):
        if place[1] > at:
            break
        quoted = place
    if quoted is None or part[quoted[0] : quoted[0] + 1] not in ("'", '"'):
        return None
    within = part[quoted[0] : quoted[1]]
    return quoted[0] if "\n" in within and "\n" not in part[quoted[1] : at] else None


def without_row(part: str, first: int, last: int) -> str | None:
    """The text with the row, or rows, that hold these two characters blanked; None where there is none.

    Lengths and line ends stay, so every position still holds.
    """
    rows = _ROWS.search(part)
    if rows is None or first < rows.end():
        return None
    following = _NEXT_FIELD.search(part, rows.end() + 1)
    end_of_rows = following.start() if following else len(part)
    head = _FIRST_ROW.search(part, rows.end(), end_of_rows)
    if head is None or not head.start() <= first < end_of_rows:
        return None
    starts = re.compile(rf"^{head[1]}-(?=[ \r\n])", re.MULTILINE)
    # One more than the fault's own character: a hyphen is only one with the space after it.
    begin = max(match.start() for match in starts.finditer(part, head.start(), first + 2))
    after = starts.search(part, max(last, begin + 1), end_of_rows)
    end = after.start() if after else end_of_rows
    return part[:begin] + _VISIBLE.sub(" ", part[begin:end]) + part[end:]
