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
        "a value cannot begin with {}",
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
        "write `name: value`, with a space after the colon; or indent it if it is text of the field above",
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
    ("", "<document start>", "text after the end of the document (...)", "delete the line `...`"),
    ("", "mapping keys are not allowed", "a value cannot begin with ?", QUOTE),
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
_OPENED_HERE = (
    "quoted scalar",
    "flow sequence",
    "flow mapping",
    "simple key",
    "directive",
    "an anchor",
    "an alias",
)
_GLUED = re.compile(r"[ ]*(?:-[ ]+)?([^\s:]{1,100}):(\S|[^\S ])")
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


def where(error: MarkedYAMLError) -> int:
    """The character of the parsed text at which to point."""
    context, problem = error.context or "", error.problem or ""
    opened = error.context_mark
    escape = "escape" in problem or "hexdecimal" in problem
    if opened is not None and not escape and any(part in context for part in _OPENED_HERE):
        # Where it was opened says more than where the parser gave up, often the end of the file.
        return int(opened.index)
    mark = error.problem_mark or opened
    return int(mark.index) if mark is not None else 0


def explain(error: MarkedYAMLError, *, at: int, quoted: bool, faults: Faults, left_out: bool) -> None:
    """Note a syntax error, unless its line already has a fault: then it follows from that.

    Args:
        error: libyaml's.
        at: where it stands in the file.
        quoted: a quotation mark opened there closes lines below, where the parser gave up.
        faults: where to note it.
        left_out: the row it stands in is left out.
    """
    if faults.in_line(at):
        return
    text = faults.text
    if quoted:
        message = "a quotation mark is opened here and not closed in its line"
        fix = "close it at the end of the value; the next one in the file is taken for its other half"
    else:
        message, fix = _words(error, text, at)
    end = max(at, min(at + 1, text.line_end(at)))
    later = "; until then this row is left out" if left_out else ""
    faults.add(message.format(text.written[at:end]), at=(at, end), fix=fix + later)


def _words(error: MarkedYAMLError, text: Text, at: int) -> tuple[str, str]:
    context, problem = error.context or "", error.problem or "it cannot be read"
    before = text.written[text.line_start(text.line(at)) : at]
    if "mapping values are not allowed" in problem:
        return _colon(before)
    if "did not find expected key" in problem and text.written.startswith(":", at):
        return "a colon with no field's name before it", "write `name: value`"
    if "did not find expected key" in problem and before.rstrip().endswith(("'", '"')):
        return (
            "text after a closing quotation mark",
            "write a quotation mark within the value twice, or put the value in the other kind of quotes",
        )
    if "could not find expected ':'" in problem and (glued := _GLUED.match(text.written, at)):
        return _space(glued[1], glued[2])
    for in_context, in_problem, message, fix in _WORDS:
        if in_context in context and in_problem in problem:
            return message, fix
    return f"not valid YAML: {problem}", "compare it with the lines around it"


def _space(name: str, after: str) -> tuple[str, str]:
    if after.strip():
        return "no space after the colon", f"write `{name}: …`, with a space after the colon"
    return "the space after the colon is none that YAML knows", "delete it and type a space"


def _colon(before: str) -> tuple[str, str]:
    if len(before) > 1000:
        return "a field's name is longer than 1,000 characters", "shorten it, or " + QUOTE
    if _TWO_COLONS.search(before):
        return "a second colon in one line", QUOTE
    return (
        "a field where none can stand",
        "look for a missing colon or an open quotation mark above it, or indent this line less",
    )
