"""`ems register`: what is controlled, how it stands, who approved it, in the formats that people use."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_ems.cli.held import hold
from mkdocs_ems.cli.kept import KeptAnswers
from mkdocs_ems.cli.options import Day, Question, repo_option, state_options, this_moment
from mkdocs_ems.cli.outputs import output_file
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Repository, usual_verdicts
from mkdocs_ems.text import show

if TYPE_CHECKING:
    from mkdocs_ems.compile import Controlled


@click.command("register", short_help="Every controlled document: issue, state, approval, next review.")
@repo_option
@state_options
@click.option(
    "--on",
    type=Day(),
    metavar="DATE",
    help="The register of this date: what had landed, and what was in force (as --as-of).",
)
@click.option(
    "--issues", is_flag=True, help="Every issue of every document, interim approvals and drafts too."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "xlsx"]),
    default="table",
    show_default=True,
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it to this file, whole or not at all (default, and with `-`: print it).",
)
def register_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    ref: str | None,
    as_of: date | None,
    trust_root: str | None,
    verify_store: bool,
    on: date | None,
    issues: bool,
    form: str,
    output: Path | None,
) -> None:
    """Print the document register.

    \b
    Examples:
      ems register
      ems register --ref v2026.1 --format csv
      ems register --on 2026-06-30 --issues
      ems register --issues --format xlsx --output register.xlsx
    """
    if on and as_of and on != as_of:
        raise UsageError("--on and --as-of name two dates; give one")
    output = output_file(output)
    if form == "xlsx" and output is None and _for_people():
        raise UsageError("a spreadsheet is no text for a terminal: name a file with --output register.xlsx")
    question = Question(ref, on or as_of, trust_root, this_moment())
    with Repository.open(repo, verify_store=verify_store, verdicts=usual_verdicts()) as repository:
        # A table is as wide as the terminal; who doubts the store does not believe what was kept from it.
        # Of a work tree on a named day it depends on the clock whether its changes are of that day.
        by_clock = question.ref is None and question.as_of is not None
        afresh = verify_store or form == "table" or by_clock
        kept = None if afresh else _kept(repository, question, form, issues=issues)
        made = kept.find(now=question.now) if kept else None
        if made is None:
            made = _afresh(repository, question, form, issues=issues, kept=kept)
    if output is None:
        click.echo(made if form == "xlsx" else made.decode("utf-8"), nl=False)
        return
    from mkdocs_ems.cli.writing import Writer  # noqa: PLC0415 - only where a file is written

    data = made if form == "xlsx" else click.unstyle(made.decode("utf-8")).encode("utf-8")
    Writer(output.absolute().parent).write_bytes(output.name, data)
    click.echo(f"The register is written: {show(str(output))}")


def _for_people() -> bool:
    return sys.stdout.isatty()


def _kept(repository: Repository, question: Question, form: str, *, issues: bool) -> KeptAnswers:
    options = ("register", question.trust_root, form, issues)
    return KeptAnswers(repository, ref=question.ref, as_of=question.as_of, options=options)


def _afresh(
    repository: Repository, question: Question, form: str, *, issues: bool, kept: KeptAnswers | None
) -> bytes:
    """The register as bytes, derived now and kept for the next time."""
    # Imported here: a kept answer needs none of it; and git is at work meanwhile.
    repository.begin(question.ref)
    from mkdocs_ems.content import content_folder  # noqa: PLC0415

    content = content_folder(repository, ref=question.ref)
    if question.ref is not None:
        repository.fetch(question.ref, content=content)
    from mkdocs_ems.cli.kept import Basis  # noqa: PLC0415
    from mkdocs_ems.cli.landed import state_on_the_day  # noqa: PLC0415

    # Before anything is read: what changes meanwhile is then not taken for what was shown.
    before = kept.state(content) if kept else ""
    state = state_on_the_day(repository, question)
    hold(state)
    made = _made(state, form, issues=issues)
    answer = made if isinstance(made, bytes) else made.encode("utf-8")
    if kept:
        kept.keep(answer, Basis(content, state.time_zone, before, state.as_of.isoformat()))
    return answer


def _made(state: Controlled, form: str, *, issues: bool) -> str | bytes:
    """The register in a format; each brings its own writer only where it is asked for."""
    match form:
        case "json":
            from mkdocs_ems.exports.register_json import register_json  # noqa: PLC0415 - as above

            return register_json(state, issues=issues)
        case "csv":
            from mkdocs_ems.exports.register import register_csv  # noqa: PLC0415 - as above

            # Names and summaries come from commits: bytes that are no UTF-8, and what a terminal would obey.
            lines = register_csv(state.control, issues=issues).split("\r\n")
            return "\r\n".join(show(line, newlines=True) for line in lines)
        case "xlsx":
            from mkdocs_ems.exports.spreadsheet import register_xlsx  # noqa: PLC0415 - as above

            return register_xlsx(state, issues=issues)
        case _:
            from mkdocs_ems.cli.tables import issues_table, register_table  # noqa: PLC0415 - as above

            return issues_table(state) if issues else register_table(state)
