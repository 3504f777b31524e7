"""The one door to libyaml, and its error messages in an editor's words.

libyaml's parser is a state machine over its own stacks: it does not recurse, so
reading events one by one is safe at any depth, and whoever reads them may stop.
PyYAML's composers and loaders recurse and are never used.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yaml.error import MarkedYAMLError

from mkdocs_ems.errors import EmsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.events import Event

    from mkdocs_ems.source.faults import Faults, Text

QUOTE = 'put the whole value in quotes: "…"'

_WORDS: tuple[tuple[str, str, str, str], ...] = (
    # part of the context, part of the problem, what to say, how to mend it
    (
        "",
        "block sequence entries are not allowed",
        "a list begins where a value stands",
        "begin the list on the next line, or put the value in quotes if the hyphen belongs to it",
    ),
    (
        "next token",
        "cannot start any token",
        "a value cannot begin with this character",
        QUOTE,
    ),
    (
        "quoted scalar",
        "unexpected end of stream",
        "a quotation mark is opened here and never closed",
        "close it at the end of the value",
    ),
    (
        "quoted scalar",
        "document indicator",
        "a quotation mark is opened here and never closed",
        "close it at the end of the value",
    ),
    (
        "quoted scalar",
        "escape",
        "a backslash in double quotes begins a special character, and this is none",
        "use single quotes instead, or write the backslash twice",
    ),
    (
        "quoted scalar",
        "hexdecimal",
        "a backslash in double quotes begins a special character, and this is none",
        "use single quotes instead, or write the backslash twice",
    ),
    (
        "simple key",
        "could not find expected ':'",
        "a field's name without a colon after it",
        "write `name: value`; if it belongs to the value above, indent it more than that field",
    ),
    (
        "flow sequence",
        "",
        "a list in square brackets is not closed, or a comma is missing in it",
        "write it as [A, B, C]",
    ),
    (
        "flow mapping",
        "",
        "a group in braces is not closed, or a comma is missing in it",
        "write one field on each line instead, or {name: value, name: value}",
    ),
    (
        "block collection",
        "expected '-' indicator",
        "this line is neither an entry of the list nor outside of it",
        "begin it with `- `, as the entries before, or check how far it is indented",
    ),
    (
        "block mapping",
        "did not find expected key",
        "this does not fit the lines around it",
        "indent it as far as the fields beside it; put a value with quotation marks in it wholly in quotes",
    ),
    (
        "node",
        "undefined tag handle",
        "a value cannot begin with an exclamation mark (it is a YAML tag)",
        QUOTE,
    ),
    ("scanning a tag", "", "a value cannot begin with an exclamation mark (it is a YAML tag)", QUOTE),
    ("scanning an anchor", "", "a value cannot begin with & (it is a YAML anchor)", QUOTE),
    ("scanning an alias", "", "a value cannot begin with * (it is a YAML alias)", QUOTE),
    ("directive", "", "a line cannot begin with % (it is a YAML directive)", "delete the line"),
    (
        "block scalar",
        "comment or line break",
        "text stands on the line of the | or >",
        "begin the text on the next line, indented; or " + QUOTE,
    ),
    (
        "node",
        "expected node content",
        "a value is expected here, or none and a bracket or comma is left over",
        "write the value, or " + QUOTE,
    ),
)
_OPENED_HERE = ("quoted scalar", "flow sequence", "flow mapping")
_TWO_COLONS = re.compile(r"[^\s:][^\n]*?:(?= )")


def open_events(text: str) -> Callable[[], Event | None]:
    """Return what hands out libyaml's events of a text, one at a call, then None."""
    try:
        from yaml._yaml import CParser  # noqa: PLC0415 -- absent where PyYAML was built without libyaml
    except ImportError as error:
        raise EmsError(
            "PyYAML is installed without libyaml; install its wheel: pip install --force-reinstall pyyaml",
        ) from error
    next_event: Callable[[], Event | None] = CParser(text).get_event
    return next_event


def explain(error: MarkedYAMLError, *, text: Text, base: int, faults: Faults) -> int:
    """Note a syntax error at its place; returns the character at which it stands."""
    context, problem = error.context or "", error.problem or "not valid YAML"
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and any(part in context for part in _OPENED_HERE):
        # Where it was opened says more than where the parser gave up, often the end of the file.
        unclosed = "escape" not in problem and "hexdecimal" not in problem
        mark = error.context_mark if unclosed else mark
    at = min(base + (mark.index if mark is not None else 0), len(text.written))
    if context.endswith("simple key") and error.context_mark is not None:
        at = base + error.context_mark.index
    start = text.line_start(text.line(at))
    if "mapping values are not allowed" in problem:
        message, fix = _colon(text.written[start:at])
    else:
        message, fix = next(
            (
                (message, fix)
                for in_context, in_problem, message, fix in _WORDS
                if in_context in context and in_problem in problem
            ),
            (f"not valid YAML: {problem}", "compare it with the lines around it"),
        )
    end = min(at + 1, text.line_end(at))
    faults.add(message, at=(at, max(at, end)), fix=fix)
    return at


def _colon(before: str) -> tuple[str, str]:
    if len(before) > 1000:
        return "a field's name is longer than 1,000 characters", "shorten it, or " + QUOTE
    if _TWO_COLONS.search(before):
        return "a second colon in one line", QUOTE
    return (
        "a field where none can stand",
        "look for a missing colon or an open quotation mark above it, or indent this line less",
    )
