"""A rule's docstring, read: its page, what `ems explain` says, and its first tests.

Parsed on demand only. A check that finds nothing reads no docstring, and one that
finds something reads those of the rules that spoke.

The form of a docstring: a title line, then the sections `## What it checks`,
`## Why an auditor asks`, `## Fails`, `## Passes`, `## How to fix`. Under *Fails* and
*Passes* stand cases: a sentence, then files, each as a line with its path in backticks
and a fenced block. A comment `← CODE` at the end of a line marks an expected finding
there and is no part of the file. A block under a line `history` tells how the files
came to be, where that matters. The files stand in the small EMS of `rules/example.py`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from mkdocs_ems.diagnostics import RuleCase, RuleDoc
from mkdocs_ems.rules import example
from mkdocs_ems.rules.installed import all_rules
from mkdocs_ems.rules.values import Rule

SECTIONS = ("What it checks", "Why an auditor asks", "Fails", "Passes", "How to fix")

HISTORY = "history"

_PATH = r"`([^`\s]+)`(?: \((?:gone|record)\) ← (?P<gone>[A-Z]{3}\d{3}))?"
_FENCE = r"(`{3,}|~{3,})\s*\w*"
_MARK = r"[ \t]*(?:#|<!--)[ \t]*← (?P<codes>[A-Z]{3}\d{3}(?:, [A-Z]{3}\d{3})*)[ \t]*(?:-->)?[ \t]*$"
_SENTENCE = r"(?s)(.*?[.!?])(?:\s|$)"


class DocError(ValueError):
    """A rule's docstring does not have the form; a defect of the rule, never of content."""


class _Pages(Mapping[str, RuleDoc]):
    """Every rule's page, each read when it is asked for."""

    def __getitem__(self, code: str) -> RuleDoc:
        return rule_doc(all_rules()[code])

    def __iter__(self) -> Iterator[str]:
        return iter(all_rules())

    def __len__(self) -> int:
        return len(all_rules())


def rule_docs() -> Mapping[str, RuleDoc]:
    """Every rule's page, by code; a docstring is read when its page is asked for."""
    return _Pages()


@cache
def rule_doc(rule: Rule) -> RuleDoc:
    """One rule's page: its docstring and its metadata."""
    title, sections = parse_docstring(docstring(rule), where=rule.code)
    return RuleDoc(
        code=rule.code,
        name=rule.name,
        title=title,
        severity=rule.severity,
        basis=rule.basis,
        clauses_2015=rule.clauses_2015,
        clauses_2026=rule.clauses_2026,
        since=rule.since,
        requires=rule.requires,
        broken=rule.broken,
        what=sections["What it checks"],
        why=sections["Why an auditor asks"],
        fix=sections["How to fix"],
        fails=parse_cases(sections["Fails"], code=rule.code),
        passes=parse_cases(sections["Passes"], code=rule.code),
    )


def why(rule: Rule) -> str:
    """Why an auditor asks, in one sentence."""
    return first_sentence(_sections(rule)["Why an auditor asks"])


def first_fix(rule: Rule) -> str:
    """How to mend it, in one sentence: what a finding says that carries no help of its own."""
    return first_sentence(_sections(rule)["How to fix"])


def docstring(rule: Rule) -> str:
    """The docstring of the module that holds the rule's check."""
    return sys.modules[rule.check.__module__].__doc__ or ""


@cache
def _sections(rule: Rule) -> Mapping[str, str]:
    return parse_docstring(docstring(rule), where=rule.code)[1]


@cache
def example_files() -> Mapping[str, str]:
    """The small EMS in which every case stands, by path; a case's own files replace these."""
    (case,) = parse_cases((example.__doc__ or "").partition("\n\n")[2], code="")
    return case.files


# --- Parsing ----------------------------------------------------------------------------


def parse_docstring(text: str, *, where: str) -> tuple[str, Mapping[str, str]]:
    """Return the title and the text of each section.

    Raises:
        DocError: a section is missing, empty, unknown or out of its order.
    """
    # Headings of other words belong to the examples.
    head, *parts = re.split(rf"^## ({'|'.join(SECTIONS)})$", text, flags=re.MULTILINE)
    sections = {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}
    if tuple(sections) != SECTIONS:
        raise DocError(f"{where}: the sections must be {', '.join(SECTIONS)}; found {', '.join(sections)}")
    empty = [name for name, body in sections.items() if not body]
    if empty or not head.strip():
        raise DocError(f"{where}: nothing stands under {', '.join(empty) or 'the title'}")
    return head.strip(), MappingProxyType(sections)


def parse_cases(text: str, *, code: str) -> tuple[RuleCase, ...]:
    """Return the cases of a section; marks of `code` are what the rule is expected to find.

    Raises:
        DocError: a block without a path line, a path without a block, a case without a sentence.
    """
    cases: list[RuleCase] = []
    title: list[str] = []
    files: dict[str, str] = {}
    marks: list[tuple[str, str, int]] = []

    def close() -> None:
        if not title:
            raise DocError(f"{code}: a case needs a sentence before its files")
        own = tuple(sorted((path, line) for marked, path, line in marks if marked == code))
        others = tuple(sorted(mark for mark in marks if mark[0] != code))
        history = files.pop(HISTORY, None)
        cases.append(RuleCase(" ".join(title), MappingProxyType(dict(files)), own, history, others))
        for one in (title, files, marks):
            one.clear()

    for kind, value, lines in _pieces(text, code):
        if kind == "text":
            if files:
                close()
            title.append(value)
            continue
        if kind == "gone":
            path, _, marked = value.partition(" ")
            marks.append((marked, path, 1))
            continue
        kept, found = _unmark(lines)
        files[value] = kept
        marks.extend((marked, value, line) for marked, line in found)
    if title or files:
        close()
    return tuple(cases)


def _pieces(text: str, code: str) -> Iterator[tuple[str, str, list[str]]]:
    """Lines of prose, and files with their lines."""
    path: str | None = None
    lines = iter(text.splitlines())
    for line in lines:
        fence = re.fullmatch(_FENCE, line.strip())
        if fence:
            if path is None:
                raise DocError(f"{code}: a block needs a line with its path in backticks above it")
            yield "file", path, list(_until(fence[1], lines))
            path = None
        elif match := re.fullmatch(_PATH, line.strip()):
            if match["gone"]:
                yield "gone", f"{match[1]} {match['gone']}", []
            else:
                path = match[1]
        elif line.strip():
            yield "text", line.strip(), []
    if path is not None:
        raise DocError(f"{code}: the path {path} has no block")


def _until(fence: str, lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.strip() == fence:
            return
        yield line


def _unmark(lines: list[str]) -> tuple[str, list[tuple[str, int]]]:
    kept: list[str] = []
    marks: list[tuple[str, int]] = []
    for number, line in enumerate(lines, start=1):
        match = re.search(_MARK, line) if "←" in line else None
        if match:
            marks.extend((code, number) for code in match["codes"].split(", "))
            line = line[: match.start()]  # noqa: PLW2901 - the mark is no part of the line
        kept.append(line)
    return "\n".join(kept) + "\n", marks


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph, on one line."""
    match = re.match(_SENTENCE, text)
    return " ".join((match[1] if match else text).split())
