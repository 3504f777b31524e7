"""Writes docs/capabilities.md, what serves everything that an EMS needs, from docs/capabilities.yml.

`--check` only compares. What the places that are named show, tests/docs/test_capabilities.py looks up.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Annotated, Self, assert_never

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from mkdocs_ems.cli.main import commands
from mkdocs_ems.diagnostics import RuleDoc
from mkdocs_ems.rules import rule_docs

DOCS = Path(__file__).resolve().parent.parent / "docs"
DATA = DOCS / "capabilities.yml"
PAGE = DOCS / "capabilities.md"
GROUPS = {
    "General": "In general",
    "4": "Clause 4: context of the organisation",
    "5": "Clause 5: leadership",
    "6": "Clause 6: planning",
    "7": "Clause 7: support",
    "8": "Clause 8: operation",
    "9": "Clause 9: performance evaluation",
    "10": "Clause 10: improvement",
    "Gap": "Gap analysis",
    "Certification": "Certification",
    "Integration": "Several standards in one system",
    "Stakeholders": "Interested parties",
    "Suppliers": "Suppliers and customers",
    "Readers": "Readers",
}
HEAD = """\
# What an EMS needs, and what serves it here

{rows} things that an environmental management system has to be able to do, by clause of ISO 14001, and
what serves each of them: {whole} are served, {partly} in part, and {open} {are} to come.

A test opens every place that is named here and looks for words that no other of them shows.
(`scripts/capabilities.py` writes this page from [capabilities.yml](capabilities.yml).)

How to open what is named:

- **A rule** by its code: `ems explain CTX001` prints what it checks, why an auditor asks, and how to
  mend what it finds. The manual has the same at `rules/CTX001/index.html`.
- **A page** by its address in the manual of the demonstration company, which
  `python3 scripts/dev.py build` makes below `build/site/`.
- **A command** by its help, such as `ems register --help`.
"""
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Sort(StrEnum):
    """What can serve a capability."""

    PAGE = "page"
    COMMAND = "command"
    RULE = "rule"
    DOCUMENTATION = "documentation"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Service(_Data):
    """One place that serves a capability, and the words by which that can be seen there."""

    page: Words | None = None
    command: Words | None = None
    rule: Words | None = None
    documentation: Words | None = None
    title: Words | None = None
    """What a page is called: the heading at its top."""
    shows: Words

    @property
    def named(self) -> tuple[Sort, str]:
        """The sort of the place, and how it is found: address, command, code, or file and heading."""
        ((sort, place),) = ((sort, place) for sort in Sort if (place := getattr(self, sort)))
        return sort, place

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if sum(getattr(self, sort) is not None for sort in Sort) != 1:
            raise ValueError("name one page, command, rule or file of the documentation")
        if (self.title is None) is not (self.page is None):
            raise ValueError("a page has its title, and nothing else has one")
        return self


class Capability(_Data):
    """One row: something that a system has to be able to do."""

    number: int
    clause: Words
    capability: Words
    served_by: tuple[Service, ...] = ()
    to_come: Words | None = None

    @property
    def group(self) -> str:
        """The heading that it stands under."""
        return GROUPS[self.clause if self.clause in GROUPS else self.clause.partition(".")[0]]

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.served_by and not self.to_come:
            raise ValueError(f"row {self.number} neither names what serves it nor says what is to come")
        return self


def capabilities() -> tuple[Capability, ...]:
    """Every row, in the order in which they are written."""
    rows = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return tuple(Capability.model_validate(row) for row in rows)


def page() -> str:
    """The whole page."""
    rows = capabilities()
    open_ = sum(not row.served_by for row in rows)
    partly = sum(bool(row.served_by and row.to_come) for row in rows)
    counts = {"rows": len(rows), "whole": len(rows) - open_ - partly, "partly": partly, "open": open_}
    parts = [HEAD.format(**counts, are="is" if open_ == 1 else "are")]
    for title, group in groupby(rows, key=lambda row: row.group):
        parts.append("\n".join(_table(title, tuple(group))) + "\n")
    return "\n".join(parts)


def _table(title: str, rows: tuple[Capability, ...]) -> Iterator[str]:
    """The rows of one group; without clauses where the group is not about any."""
    numbered = rows[0].clause[0].isdigit()
    heads = ["no.", *(["clause"] if numbered else []), "what", "what serves it"]
    yield f"## {title}"
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for row in rows:
        cells = [str(row.number), *([row.clause] if numbered else []), row.capability, _served(row)]
        yield f"| {' | '.join(cells)} |"


def _served(row: Capability) -> str:
    lines = [_place(service) for service in row.served_by]
    if row.to_come:
        lines.append(f"**To come:** {row.to_come}")
    return "<br>".join(dict.fromkeys(lines))


def _place(service: Service) -> str:
    sort, place = service.named
    match sort:
        case Sort.PAGE:
            return f"Page *{service.title}*: `{place}`"
        case Sort.COMMAND:
            command = commands()[place.removeprefix("ems ")]
            return f"Command `{place} --help`: {_begin_small(command.get_short_help_str(200))}"
        case Sort.RULE:
            return f"Rule [{place}]({_source(place)}) finds: {_begin_small(_rules()[place].title)}"
        case Sort.DOCUMENTATION:
            return f"Documentation: [{_heading(place)}]({place.removeprefix('docs/')}): *{service.shows}*"
        case _:
            assert_never(sort)


def _begin_small(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:].rstrip(".")


@cache
def _rules() -> dict[str, RuleDoc]:
    return dict(rule_docs())


def _source(code: str) -> str:
    return f"../plugins/mkdocs_ems/rules/{code.lower()}.py"


def _heading(place: str) -> str:
    """What the file is called, and the heading in it that is meant."""
    text = (DOCS.parent / place.partition("#")[0]).read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("# ")
    fragment = place.partition("#")[2]
    if not fragment:
        return title
    heading = next(heading for heading, _ in sections(text) if anchor(heading) == fragment)
    return f"{title}, {heading}"


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Each section of a page below its title: the heading, and all that stands under it."""
    heading, lines = "", list[str]()
    for line in text.splitlines():
        if line.startswith("## "):
            if heading:
                yield heading, "\n".join(lines)
            heading, lines = line.removeprefix("## "), []
        else:
            lines.append(line)
    if heading:
        yield heading, "\n".join(lines)


def anchor(heading: str) -> str:
    """The fragment by which forges link to a heading."""
    kept = "".join(sign for sign in heading.lower() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")


def main() -> int:
    """Write the page, or with `--check` say whether it is current."""
    text = page()
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            print("docs/capabilities.md is not current; run .venv/bin/python scripts/capabilities.py")
            return 1
        return 0
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
