"""`ems impact`: what depends on a thing, or on all that a branch changes, and who has to know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from mkdocs_ems.changes.changed import changed
from mkdocs_ems.changes.impact import Affected, Impact, impact
from mkdocs_ems.cli.compiled import compiled
from mkdocs_ems.cli.options import Question, repo_option, state_options, this_moment
from mkdocs_ems.cli.tables import printed
from mkdocs_ems.cli.trace import unknown
from mkdocs_ems.cli.wrapping import wrapped
from mkdocs_ems.compile import Compilation
from mkdocs_ems.errors import UsageError
from mkdocs_ems.exports.impact import Against, impact_json
from mkdocs_ems.git import Repository, usual_verdicts
from mkdocs_ems.text import plural, show

_CHANGED = 40
"""So many changed things are named; of the others only the number is told."""
_NAMED = 6
"""So many ids are named in one cell; of the others only the number is told."""


@click.command("impact", short_help="What depends on these things: read it before you change them.")
@repo_option
@state_options
@click.option(
    "--depth",
    type=click.IntRange(1, 99),
    default=2,
    show_default=True,
    help="How many references a path may have; 1: only what refers to it directly.",
)
@click.option(
    "--base",
    metavar="REF",
    help="Instead of IDs: all that differs from where this state and REF parted, such as origin/main.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.argument("identities", metavar="[ID]...", nargs=-1)
def impact_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    ref: str | None,
    as_of: date | None,
    trust_root: str | None,
    verify_store: bool,
    depth: int,
    base: str | None,
    form: str,
    identities: tuple[str, ...],
) -> None:
    """Show what depends on the things with these IDs, and which documents, people and clauses that concerns.

    What mentions one of them in prose is told beside what refers to it in a field.

    With --base, of all that differs; what depends on things that are gone is told as it was at the base.

    \b
    Examples:
      ems impact ASP-003
      ems impact P-08 WI-02 --depth 1
      ems impact --base origin/main
      ems impact OBL-001 --format json
    """
    if bool(base) == bool(identities):
        several = "both are given: " if base else ""
        raise UsageError(f"{several}name either IDs, such as ASP-003, or `--base REF`")
    question = Question(ref, as_of, trust_root, this_moment())
    with Repository.open(repo, verify_store=verify_store, verdicts=usual_verdicts()) as repository:
        if base is not None:
            compilation, found, against = _since(repository, base, question, depth)
        else:
            compilation, found = _of(repository, identities, question, depth)
            against = None
        click.echo(
            impact_json(compilation, found, against=against)
            if form == "json"
            else impact_text(compilation, found, against=against),
            nl=False,
        )


def _of(
    repository: Repository, identities: tuple[str, ...], question: Question, depth: int
) -> tuple[Compilation, Impact]:
    compilation = compiled(repository, question)
    for one in identities:
        if one not in compilation.graph.nodes:
            raise unknown(one, compilation, compilation.control)
    return compilation, impact(compilation, identities, depth=depth)


def _since(
    repository: Repository, base: str, question: Question, depth: int
) -> tuple[Compilation, Impact, Against]:
    """What concerns all that differs."""
    from mkdocs_ems.cli.bases import parted  # noqa: PLC0415 - for ids nothing is compared

    states = parted(repository, base, question)
    differs = changed(states.comparison())
    nodes = (states.before.graph.nodes, states.after.graph.nodes)
    known = [one for one in differs if any(one in some for some in nodes)]
    found = impact(states.after, known, depth=depth, base=states.before)
    return states.after, found, Against(states.ref, states.commit, differs)


def impact_text(compilation: Compilation, found: Impact, *, against: Against | None = None) -> str:
    """The impact as tables, one for each kind, then documents, people and clauses."""
    asked = (*found.asked, *found.removed)
    if against is not None and not asked:
        return f"Nothing with an id differs from {show(against.ref)} ({against.commit[:12]}).\n"
    several = len(asked) > 1
    parts = [
        *(
            [_changed(against)]
            if against is not None
            else (_heading(f"{node.id} {node.title} ({node.kind})") for node in asked)
        ),
        _summary(found),
        *(
            _heading(compilation.model.kinds[kind].plural) + _of_kind(list(group), several=several)
            for kind, group in groupby(found.affected, key=lambda one: one.node.kind)
        ),
        _heading("Documents that hold it") + _documents(found),
        *([_heading("Who has to know") + _people(found)] if found.people else ()),
        *([_heading("Clauses") + _clauses(found)] if found.clauses else ()),
    ]
    return "".join(parts)


def _heading(text: str) -> str:
    return click.style(show(text), bold=True) + "\n"


def _changed(against: Against) -> str:
    """What differs, each thing with words for what of it."""
    told = [f"{id_} ({', '.join(words)})" for id_, words in against.changed.items()]
    rest = len(told) - _CHANGED
    more = f" and {rest} more" if rest > 0 else ""
    said = f"Changed against {against.ref} ({against.commit[:12]}): {', '.join(told[:_CHANGED])}{more}."
    return "\n".join(click.style(line, bold=True) for line in wrapped(said)) + "\n"


def _summary(found: Impact) -> str:
    direct = sum(one.distance == 1 for one in found.affected)
    further = len(found.affected) - direct
    it = "one of them" if len(found.asked) + len(found.removed) > 1 else "it"
    if not found.affected:
        return f"Nothing refers to {it}.\n\n"
    said = f"{plural(direct, 'thing refers', 'things refer')} to {it} directly"
    said += f", {further} through those" if further else ""
    more = (
        f"; {plural(found.beyond, 'more is', 'more are')} further away (--depth {found.depth + 1})"
        if found.beyond
        else ""
    )
    return f"{said}{more}. An arrow leads from what refers to what it refers to.\n\n"


def _table(*columns: str) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(width=1)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == "Id")
    return table


def _row(table: Table, *cells: str) -> None:
    table.add_row("", *(Text(show(cell, newlines=True)) for cell in cells))


def _of_kind(affected: list[Affected], *, several: bool) -> str:
    table = _table("Id", "Title", "Path")
    for one in affected:
        title = one.node.title + (" (withdrawn)" if one.withdrawn else "")
        ways = one.ways if several else one.ways[:1]
        _row(table, one.node.id, title, "\n".join(way.words for way in ways))
    return printed(table) + "\n"


def _documents(found: Impact) -> str:
    table = _table("Id", "Title", "State", "What")
    for one in found.documents:
        what = "a change has to be approved here" if one.changes else f"holds {_few(one.holds)}"
        if one.holds == (one.id,) and not one.changes:
            what = "to be read again"
        _row(table, one.id, one.title, one.state or "no history", what)
    return printed(table) + "\n"


def _people(found: Impact) -> str:
    table = _table("Id", "Title", "Held by", "What")
    for one in found.people:
        said: Iterator[str] = filter(
            None,
            (
                f"answers for {_few(one.answers_for)}" if one.answers_for else "",
                f"has to know {_few(one.reads)}" if one.reads else "",
            ),
        )
        _row(table, one.id, one.title, ", ".join(one.held_by) or "nobody", "; ".join(said))
    return printed(table) + "\n"


def _clauses(found: Impact) -> str:
    table = _table("Id", "Title", "What")
    for one in found.clauses:
        _row(table, one.clause, one.title or "", _few(one.ids))
    return printed(table)


def _few(ids: tuple[str, ...]) -> str:
    more = len(ids) - _NAMED
    return ", ".join(ids) if more <= 1 else f"{', '.join(ids[:_NAMED])} and {more} more"
