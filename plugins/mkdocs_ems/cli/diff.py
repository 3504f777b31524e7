"""`ems diff`: what differs between two states, row by row and word by word, in the forms that people use."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from mkdocs_ems import dataclass
from mkdocs_ems.cli.options import Day, Question, repo_option, this_moment
from mkdocs_ems.cli.outputs import output_file
from mkdocs_ems.collector import without_collector
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Repository, usual_verdicts
from mkdocs_ems.text import show

if TYPE_CHECKING:
    from mkdocs_ems.changes.values import Comparison

Form = Literal["text", "markdown", "json", "html"]


@click.command("diff", short_help="What differs between two versions, row by row and word by word.")
@repo_option
@click.option("--base", metavar="REF", help="Instead of A: where the later state and REF parted.")
@click.option("--ref", metavar="REF", help="The later state, as B (default: the work tree).")
@click.option("--approved", is_flag=True, help="Both as staff read them: documents at their issues in force.")
@click.option(
    "--only",
    metavar="ID",
    multiple=True,
    help="Only what concerns this document with all that it holds, or this row; give it once for each.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "html"]),
    default="text",
    show_default=True,
)
@click.option(
    "--report",
    is_flag=True,
    help="With --base: what a reviewer has to know; findings, approvals, who has to read it.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it to this file, whole or not at all (default, and with `-`: print it).",
)
@click.option("--exit-code", is_flag=True, help="End with 1 where something differs.")
@click.option(
    "--as-of",
    type=Day(),
    metavar="DATE",
    envvar="EMS_AS_OF",
    help="Judge both as of this date (default: each as of its own; the work tree as of today).",
)
@click.option(
    "--trust-root",
    metavar="COMMIT",
    envvar="EMS_TRUST_ROOT",
    help="The commit whose content counts as approved (default: the first with ems.yml).",
)
@click.option(
    "--verify-store",
    is_flag=True,
    help="Hash every object of the repository again; for a folder that did not come by clone.",
)
@click.argument("a", metavar="[A]", required=False)
@click.argument("b", metavar="[B]", required=False)
def diff_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    base: str | None,
    ref: str | None,
    approved: bool,
    only: tuple[str, ...],
    form: Form,
    report: bool,
    output: Path | None,
    exit_code: bool,
    as_of: date | None,
    trust_root: str | None,
    verify_store: bool,
    a: str | None,
    b: str | None,
) -> None:
    """Show what differs between two states: A and B are versions, branches or commits.

    Without B: from A to the work tree. Without A too: from the newest version to the work tree.

    \b
    Examples:
      ems diff v2026.1 v2026.2
      ems diff v2026.1 --only REG-ASPECTS
      ems diff v2026.1 v2026.2 --approved --format html --output changes.html
      ems diff --base origin/main
      ems diff --base origin/main --report --format markdown

    Ends with 0, with 1 under --exit-code where something differs, with 2 when it could not run.
    """
    asked = _Asked(base=base, approved=approved, only=only, report=report, form=form)
    a, ref = asked.states(a, b, ref)
    output = output_file(output)
    question = Question(ref, as_of, trust_root, this_moment())
    opened = Repository.open(repo, verify_store=verify_store, verdicts=usual_verdicts())
    with opened as repository, without_collector():
        repository.begin(ref)
        made, differs = (
            _report(repository, base, question, form)
            if report and base is not None
            else _difference(repository, a, question, asked)
        )
    if output is None:
        click.echo(made, nl=False)
    else:
        from mkdocs_ems.cli.writing import Writer  # noqa: PLC0415 - only where a file is written

        Writer(output.absolute().parent).write(output.name, click.unstyle(made) if form == "text" else made)
        click.echo(f"The {'report' if report else 'difference'} is written: {show(str(output))}")
    sys.exit(1 if exit_code and differs else 0)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of the difference, between which states, in which form."""

    base: str | None
    approved: bool
    only: tuple[str, ...]
    report: bool
    form: Form

    def states(self, a: str | None, b: str | None, ref: str | None) -> tuple[str | None, str | None]:
        """The earlier state, None with `--base` or where the newest version is meant, and the later one.

        Raises:
            UsageError: what was asked for does not go together.
        """
        if "" in (self.base, a, b, ref):
            raise UsageError(
                "a state is named by nothing at all: if it comes from a variable, that variable is not set"
            )
        if b is not None and ref is not None:
            raise UsageError("the later state is named twice: give B or --ref, not both")
        if self.base is not None and a is not None:
            raise UsageError("--base stands instead of A: name the later state with --ref, and no A")
        if self.report and self.base is None:
            raise UsageError("a report is for a change that is to be merged: say into what with --base REF")
        if self.report and self.form == "html":
            raise UsageError("the report is text, markdown or json")
        if self.report and (self.approved or self.only):
            raise UsageError(
                "the report is of the whole change as it landed: leave --approved and --only out"
            )
        return a, b if b is not None else ref


def _report(repository: Repository, base: str, question: Question, form: Form) -> tuple[str, bool]:
    """What a reviewer is told, and whether anything differs."""
    from mkdocs_ems.cli.reviewing import reviewed, written_report  # noqa: PLC0415 - rules only where asked

    found = reviewed(repository, base, question)
    return written_report(found, base, question.ref, form), _differs(found.comparison)


def _difference(repository: Repository, a: str | None, question: Question, asked: _Asked) -> tuple[str, bool]:
    """What differs, written, and whether anything does."""
    from mkdocs_ems.cli.two_states import compared, written  # noqa: PLC0415 - git is at work meanwhile

    pair = compared(repository, a, question, base=asked.base, approved=asked.approved).only(asked.only)
    return written(pair, asked.form), _differs(pair.comparison)


def _differs(comparison: Comparison) -> bool:
    """Whether anything differs that anybody says; not where it is only differently written."""
    return bool(comparison.changes or comparison.records)
