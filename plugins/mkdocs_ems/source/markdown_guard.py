"""What no Markdown file may hold, because Python-Markdown would not come to an end with it.

It looks for the other half of each bracket, quotation and tag from where that opens,
so many that never close cost the square of their number: 19,000 characters of `[ `
hold it for over a minute. The work is estimated here in one pass, before anyone parses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_ems.source.faults import Faults, Text

LONGEST_LINE = 20_000
MOST_LINES = 20_000
MOST_HEADINGS = 2_000
"""And notes, and rules across the page: each parts the paragraph it stands in, which is then read again."""
MOST_FOOTNOTES = 2_000
"""Each way back to the text is sought among all the others."""
MOST_ABBREVIATIONS = 500
"""Of each the whole block is read again: 15,000 of them held it for over a minute."""
MOST_DEFINITIONS = 200
"""Without a blank line between; each is parsed within the one before, to the end of the stack."""
MOST_BRACKETS = 40_000
"""Each may begin a link; with a heading in each line, still fewer than there are tags."""
LONGEST_RUN = 500
DEEPEST = 40
MOST_WORK = 2_000_000
"""Characters looked at in search of a closing bracket, added up."""

_SPLITTING = ("\n#", "\n!!!", "\n???")
_RULE = re.compile(r"\n[ ]{0,3}(?:=++[ ]*+|(?:-[ ]*+)++|(?:_[ ]*+){3,}+|(?:\*[ ]*+){3,}+)(?=\n|\Z)")
_DEFINITION = re.compile(r"\n[ \t>]*+:[ \t]")
_BLANK = re.compile(r"\n[ \t]*\n")
_ELEMENT = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_EMPTY = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_RUNS = tuple(mark * (LONGEST_RUN + 1) for mark in "[<>")
_LONG = re.compile(r"^[^\n]{20001}", re.MULTILINE)
_DEEP = re.compile(r"\n(?:[ ]{4}|[ ]{0,3}(?:\t|>|(?:[*+:-]|\d{1,9}\.)[ \t])){41}")
_HALF = re.compile(r"\n[ \t]*\n|\]\(|[\[\])>]|`+|<(?=[A-Za-z!?/])")


def guard(text: Text, faults: Faults) -> bool:
    """Note what must not be parsed or rendered; returns whether the body may be."""
    before = len(faults)
    body = text.clean
    lines = body.count("\n")
    if lines > MOST_LINES:
        _refuse(
            text, faults, 0, f"{lines:,} lines; a document may have {MOST_LINES:,}", "split it into several"
        )
    if len(body) > LONGEST_LINE and (found := _LONG.search(body)):
        message = f"a line of more than {LONGEST_LINE:,} characters"
        _refuse(
            text, faults, found.start(), message, "break it into lines; paste no binary data into a document"
        )
    if runs := [body.index(run) for run in _RUNS if run in body]:
        message = f"more than {LONGEST_RUN} times {body[min(runs)]} in a row"
        _refuse(
            text, faults, min(runs), message, "delete them, or put them into a fenced code block in parts"
        )
    if found := _DEEP.search(f"\n{body}"):
        message = f"lists or quotes nested deeper than {DEEPEST} levels"
        _refuse(
            text,
            faults,
            found.start(),
            message,
            "indent this line less, and delete repeated markers before it",
        )
    if (at := _too_deep(body)) is not None:
        message = f"HTML elements nested deeper than {DEEPEST} levels around Markdown"
        _refuse(text, faults, at, message, "close the elements, or leave `markdown` out of their tags")
    for message in _too_many(body):
        _refuse(text, faults, 0, message, "split the document into several")
    halves = body.count("[") + body.count("<") + body.count("`")
    if len(faults) == before and halves * len(body) > MOST_WORK:
        at = _too_much(body)
        if at is not None:
            message = "too many brackets, backticks or tags that are opened and not closed"
            _refuse(text, faults, at, message, "close them, or write \\ before those that belong to the text")
    return len(faults) == before


def _too_many(body: str) -> Iterator[str]:
    if _parting(body) > MOST_HEADINGS:
        yield f"more than {MOST_HEADINGS:,} headings, notes and rules"
    if body.count("[^") > MOST_FOOTNOTES:
        yield f"more than {MOST_FOOTNOTES:,} footnote marks"
    if f"\n{body}".count("\n*[") > MOST_ABBREVIATIONS:
        yield f"more than {MOST_ABBREVIATIONS:,} abbreviations"
    if _defined(body) > MOST_DEFINITIONS:
        yield f"more than {MOST_DEFINITIONS:,} definitions without a blank line between them"
    if body.count("[") + body.count("<") > MOST_BRACKETS:
        yield f"more than {MOST_BRACKETS:,} brackets"


def _defined(body: str) -> int:
    """How many definitions stand together where most of them do."""
    if body.count(":") <= MOST_DEFINITIONS:
        return 0
    return max(sum(1 for _ in _DEFINITION.finditer(f"\n{block}")) for block in _BLANK.split(body))


def _parting(body: str) -> int:
    count = sum(map(body.count, _SPLITTING))
    if body.count("\n") < MOST_HEADINGS:
        return count
    return count + sum(1 for _ in _RULE.finditer(f"\n{body}"))


def _too_deep(body: str) -> int | None:
    """Where elements nest deeper than the parser's stack bears: it calls itself for each."""
    opened: list[str] = []
    if "markdown" not in body.lower():
        return None
    for match in _ELEMENT.finditer(body):
        name = match[2].lower()
        if not match[1]:
            opened += () if name in _EMPTY else (name,)
        elif name in opened:
            while opened.pop() != name:
                pass
        if len(opened) > DEEPEST:
            return match.start()
    return None


def _refuse(text: Text, faults: Faults, at: int, message: str, fix: str) -> None:
    end = min(at + 1, text.line_end(at))
    faults.add(f"{message}; the text of this document is left out", at=(at, max(at, end)), fix=fix)


class _Work:
    """The work of finding what closes what is open."""

    def __init__(self) -> None:
        self.done = 0
        self.brackets: list[int] = []
        self.targets: list[int] = []
        self.ticks: list[int] = []
        self.lengths: set[int] = set()
        self.tags: list[int] = []

    def close(self, opened: list[int], at: int) -> None:
        if opened:
            self.done += at - opened.pop()

    def close_all(self, opened: list[int], at: int) -> None:
        self.done += at * len(opened) - sum(opened)
        opened.clear()

    def end_block(self, at: int) -> None:
        """Nothing but a tag reaches beyond a blank line."""
        self.close_all(self.brackets, at)
        self.close_all(self.targets, at)
        if len(self.lengths) == 1:
            # Backticks that are all as many close one another in pairs.
            pairs = len(self.ticks) // 2
            self.done += sum(self.ticks[1 : 2 * pairs : 2]) - sum(self.ticks[: 2 * pairs : 2])
            del self.ticks[: 2 * pairs]
        self.close_all(self.ticks, at)
        self.lengths.clear()


def _too_much(body: str) -> int | None:
    """Where the work passes what is bearable; None where it does not."""
    work = _Work()
    for match in _HALF.finditer(body):
        at, half = match.start(), match[0]
        match half[0]:
            case "[":
                work.brackets.append(at)
            case "]":
                work.close(work.brackets, at)
                if half == "](":
                    work.targets.append(at)
            case ")":
                work.close(work.targets, at)
            case "<":
                work.tags.append(at)
            case ">":
                work.close_all(work.tags, at)
            case "`":
                work.ticks.append(at)
                work.lengths.add(len(half))
            case _:
                work.end_block(at)
        if work.done > MOST_WORK:
            return at
    at = len(body)
    work.end_block(at)
    work.close_all(work.tags, at)
    return 0 if work.done > MOST_WORK else None
