"""A page of tables that answers one question across registers and records: how do we stand?

What a table shows is worked out in the model; here it gets its words, links and marks. The tables are
complete without any script, and sort and filter like those of registers.
"""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import START
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents

Cell = Markup | str
"""A finished cell: text is escaped, markup stands as it is."""

SECTION = "Evaluation"
"""Where these pages stand in the navigation."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of one column."""

    label: str
    sort: str = "text"
    """`text` or `number`."""
    choose: bool = False
    """The script offers the column's values to choose from."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its heading. The first cell of a row names what it is about."""

    title: str
    anchor: str
    caption: str
    columns: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    noun: str
    """What the rows are, for who filters them: `obligations`."""
    note: str = ""
    """What a reader has to know, above the table."""
    empty: str = "There is none."


@dataclass(frozen=True, slots=True)
class Overview:
    """What a page says."""

    path: str
    title: str
    lead: str
    tables: tuple[Table, ...]
    search: str
    order: int
    facts: tuple[tuple[str, Cell], ...] = ()


def overview_page(overview: Overview, view: View) -> Page:
    """The page of an overview."""
    links = view.links(overview.path)
    body = render("overview.html", draft=view.draft, start=links.up + START, page=overview)
    return Page(
        path=overview.path,
        title=overview.title,
        form=PageForm.HTML,
        body=body,
        toc=contents((table.title, table.anchor) for table in overview.tables),
        search=overview.search,
        nav=(SECTION, overview.title),
        order=overview.order,
    )


def badge(word: str, weight: str = "plain") -> Markup:
    """A word that stands out.

    Args:
        word: what it says.
        weight: `plain`, `strong`, `warning`, `error` or `info`.
    """
    return Markup('<span class="ems-badge ems-badge--{}">{}</span>').format(weight, word)


def day(value: date | None) -> Cell:
    """A day that is not broken over two lines; empty for none."""
    return Markup('<span class="ems-keep">{}</span>').format(words.day(value)) if value else ""


def kept(text: str) -> Cell:
    """A short text that is not broken over two lines."""
    return Markup('<span class="ems-keep">{}</span>').format(text)
