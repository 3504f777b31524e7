"""On which line each row of a register begins, read off its dashes.

For pages that name the line of ten thousand rows; walking through all the YAML again takes as
long as drawing them. Only where the count comes out even is it believed: what looks like a row
and is none (in a text over several lines) makes one too many, and then nobody is told anything.
"""

from __future__ import annotations

import re

_ROWS = re.compile(rb"^rows:[ \t]*(?:#.*)?\n", re.MULTILINE)
_FIRST = re.compile(rb"(?:[ \t]*(?:#.*)?\n)*([ ]*)- ")


def row_lines(data: bytes, count: int) -> tuple[int, ...] | None:
    """The lines of a register's rows in their order, from 1.

    Args:
        data: the file.
        count: how many rows it has.

    Returns:
        So many lines, or None where the dashes do not tell.
    """
    heads = list(_ROWS.finditer(data))
    first = _FIRST.match(data, heads[0].end()) if len(heads) == 1 else None
    if first is None or b"\r" in data:
        return None
    dash = re.compile(rb"^" + first[1] + rb"-[ \n]", re.MULTILINE)
    starts = [match.start() for match in dash.finditer(data, first.start(1))]
    if len(starts) != count:
        return None
    lines: list[int] = []
    line, at = 1, 0
    for start in starts:
        line += data.count(b"\n", at, start)
        at = start
        lines.append(line)
    return tuple(lines)
