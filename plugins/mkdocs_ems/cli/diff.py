"""`ems diff`: what differs between two states, row by row and word by word, in the forms that people use."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import click

from mkdocs_ems import dataclass
from mkdocs_ems.changes.comparing import compare
from mkdocs_ems.changes.gathering import only_of, titles
from mkdocs_ems.changes.values import Comparison
from mkdocs_ems.cli.bases import parted
from mkdocs_ems.cli.options import Day, Question, repo_option, this_moment
from mkdocs_ems.cli.outputs import output_file
from mkdocs_ems.cli.trace import unknown
from mkdocs_ems.collector import without_collector
from mkdocs_ems.compile import Compilation, approved_state, compile_state
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Repository, usual_verdicts
from mkdocs_ems.text import show

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
    return written_report(found, base, question.ref, form), bool(found.comparison.changes)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two states, and what differs between them."""

    before: Compilation
    after: Compilation
    comparison: Comparison

    def only(self, identities: tuple[str, ...]) -> _Pair:
        """The same with what concerns some ids alone.

        Raises:
            UsageError: neither state has such an id.
        """
        if not identities:
            return self
        known = {one for state in (self.before, self.after) for one in _ids(state)}
        for one in identities:
            if one not in known:
                raise unknown(one, self.after, self.after.control)
        return replace(self, comparison=only_of(self.comparison, identities))


def _ids(state: Compilation) -> Mapping[str, object]:
    control = state.control.documents if state.control is not None else {}
    return {**state.graph.nodes, **control}


def _difference(repository: Repository, a: str | None, question: Question, asked: _Asked) -> tuple[str, bool]:
    """What differs, written, and whether anything does."""
    called = asked.base or a or _newest(repository, question)
    if asked.base is not None:
        states = parted(repository, asked.base, question)
        before, after = states.before, states.after
    else:
        # A branch of the name of the newest version is not meant.
        before, after = _two(repository, a or f"refs/tags/{called}", question)
    if asked.approved:
        before, after = (approved_state(one, repository) for one in (before, after))
    comparison = compare(before, after, approved=asked.approved)
    comparison = replace(comparison, before=replace(comparison.before, ref=called))
    pair = _Pair(before, after, comparison).only(asked.only)
    return _written(pair, asked.form), bool(pair.comparison.changes)


def _two(repository: Repository, earlier: str, question: Question) -> tuple[Compilation, Compilation]:
    """Two named states, each on its own day unless one is asked for."""

    def state(ref: str | None, known: Compilation | None) -> Compilation:
        return compile_state(
            repository,
            ref=ref,
            as_of=question.as_of,
            trust_root=question.trust_root,
            now=question.now,
            known=known,
        )

    after = state(question.ref, None)
    return state(earlier, after), after


def _newest(repository: Repository, question: Question) -> str:
    """The name of the newest version of the manual."""
    from mkdocs_ems.cli.listing import list_versions, main_state  # noqa: PLC0415 - where none is named

    main = main_state(repository, trust_root=question.trust_root, now=question.now)
    chosen = list_versions(repository, main=main).versions.chosen
    if not chosen:
        raise UsageError(
            "there is no version yet to compare with: name a state, as in `ems diff HEAD`, or what this "
            "branch is to be merged into, as in `ems diff --base origin/main`"
        )
    return chosen[0].name


def _written(pair: _Pair, form: Form) -> str:
    """The difference in a form; each brings its own writer only where it is asked for."""
    called = titles(pair.before, pair.after)
    match form:
        case "json":
            from mkdocs_ems.exports.diff_json import diff_json  # noqa: PLC0415 - as above

            return diff_json(pair.comparison)
        case "text":
            from mkdocs_ems.cli.diff_text import diff_text  # noqa: PLC0415 - as above

            kinds = {**pair.before.model.kinds, **pair.after.model.kinds}
            names = {key: kind.title for key, kind in kinds.items()}
            return diff_text(pair.comparison, titles=called, names=names)
        case "markdown":
            from mkdocs_ems.report.diff_markdown import diff_markdown  # noqa: PLC0415 - as above

            return diff_markdown(pair.comparison, titles=called)
        case _:
            from mkdocs_ems.pages.changed import changed_file  # noqa: PLC0415 - as above

            return changed_file(pair.comparison, before=pair.before, after=pair.after)
