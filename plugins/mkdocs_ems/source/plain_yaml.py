"""YAML as plain data: a stretch of text to one mapping, and everything that is wrong with it.

The walk over libyaml's events (`yaml_walk`) makes the values. Around it stands what
needs more than one event: tabs, both places of a field that stands twice, text that
a number sign cuts off, and going on after a syntax error in a row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yaml.error import MarkedYAMLError

from mkdocs_ems import dataclass
from mkdocs_ems.source.libyaml import QUOTE, explain, open_events, where
from mkdocs_ems.source.yaml_recovery import opened_before, without_row
from mkdocs_ems.source.yaml_spans import locate, scalars
from mkdocs_ems.source.yaml_walk import EnoughError, Walk

if TYPE_CHECKING:
    from mkdocs_ems.source.faults import Faults, Text
    from mkdocs_ems.source.values import Data

_TRIES = 20
_MOST_READ = 20_000_000
"""Characters read again after syntax errors in rows."""
_TAB = re.compile(r"^(?![ \t]*#)([^\t\n]*)(\t+)", re.MULTILINE)
_NOTHING = ("", (0, 0), (0, 0))
_CUT_OFF = re.compile(r"(?<=[^\s#])[ ]+(#[^\s#][^\n\r]*)")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a stretch of YAML says.

    Attributes:
        data: None where it is so broken that it means nothing.
        part: the stretch as it was understood: as long as what was written, with what
            could not be read as spaces.
    """

    data: dict[str, Data] | None
    part: str
    whole: bool = True
    """False where a row was left out to read the others."""
    kept: bool = True
    """False where something was left out: a second field of one name, a tag, what is beyond a limit."""


def load(
    text: Text,
    faults: Faults,
    *,
    start: int = 0,
    end: int | None = None,
    what: str = "file",
) -> Loaded:
    """Read one mapping from a stretch of a text.

    Args:
        text: the file.
        faults: where to note what is wrong.
        start: the first character of the YAML.
        end: the character after its last; the text's end without.
        what: how to call the stretch in a message.
    """
    part = text.clean[start:end] if start or end is not None else text.clean
    if "\t" in part:
        readable = _tabs(part, start, faults)
        part = part.replace("\t", " ")
        if not readable:
            return Loaded(None, part)
    tries = max(1, min(_TRIES, _MOST_READ // (len(part) + 1)))
    data, whole, kept = None, True, True
    for attempt in range(tries):
        walk = Walk(text, faults, start, what)
        mended = None
        try:
            data = walk.run(open_events(part), marked=any(char in part for char in "!&*\\"))
        except MarkedYAMLError as error:
            mended = _go_on(error, part, base=start, faults=faults, last=attempt == tries - 1)
        except EnoughError:
            pass  # what was found is noted, and that there is more
        kept = walk.kept
        if mended is None:
            break
        part, whole = mended, False
    if walk.duplicates:
        _duplicates(part, start, faults)
    if data is not None and " #" in part and _CUT_OFF.search(part):
        _cut_off(part, start, faults)
    return Loaded(data, part, whole, kept)


def _go_on(error: MarkedYAMLError, part: str, *, base: int, faults: Faults, last: bool) -> str | None:
    """Note a syntax error; returns the stretch without its row, None where it ends the reading."""
    at = min(where(error), len(part))
    opened = opened_before(part, at)
    first = at if opened is None else opened
    mended = None if last else without_row(part, first, at)
    explain(error, at=base + first, quoted=opened is not None, faults=faults, left_out=mended is not None)
    return mended


def _duplicates(part: str, base: int, faults: Faults) -> None:
    duplicates = locate(part).duplicates
    row = 0
    for (name, first, second), (_, after, _) in zip(duplicates, (*duplicates, _NOTHING)[1:], strict=True):
        if name != "id" and first[0] < row:
            continue
        message, fix = (
            f"the field {name!r} stands here a second time",
            "keep one of the two; the first one counts until then",
        )
        where_first = "it stands here first"
        if name == "id" and first[0] < after[0] < second[0]:
            # Its other fields stand twice as well: one fault, told once.
            message, fix = "a row begins here without its hyphen", "write `- id: …`, as the other rows begin"
            where_first = "until then it is taken for a part of this row"
            row = second[0]
        faults.add(
            message,
            at=(base + second[0], base + second[1]),
            fix=fix,
            related=((where_first, (base + first[0], base + first[1])),),
        )


def _cut_off(part: str, base: int, faults: Faults) -> None:
    """Note text that YAML takes for a comment and drops, though it was hardly meant as one: `Tank #2`."""
    ends = {end for first, end in scalars(part) if "\n" not in part[first:end]}
    for match in _CUT_OFF.finditer(part):
        if match.start() in ends:
            faults.add(
                f"{match[1]!r} is cut off: YAML takes it for a comment",
                at=(base + match.start(1), base + match.end(1)),
                fix=f"{QUOTE}; if it is a comment, write a space after the #",
            )


def _tabs(part: str, base: int, faults: Faults) -> bool:
    """Note the first tab of each line; returns whether the lines can be read without them."""
    readable = True
    for match in _TAB.finditer(part):
        indents = not match[1].strip(" -")
        readable = readable and not indents
        faults.add(
            "a tab indents this line" if indents else "a tab character",
            at=(base + match.start(2), base + match.end(2)),
            fix="use spaces; two for each level" if indents else "use a space",
        )
    return readable
