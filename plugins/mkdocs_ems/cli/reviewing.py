"""The report for who reviews a change, put together: two states, what differs, what was found in both.

`ems diff --report` calls it. Imports the rules, and so is imported only when a report is asked for.
"""

from __future__ import annotations

import shlex
from datetime import UTC, datetime, time

from mkdocs_ems.changes.gathering import titles
from mkdocs_ems.changes.review import review
from mkdocs_ems.cli.bases import parted
from mkdocs_ems.cli.options import Question
from mkdocs_ems.collector import without_collector
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import ControlState
from mkdocs_ems.control.standpoint import standpoint
from mkdocs_ems.exports.diff_json import diff_json
from mkdocs_ems.git import WORK_TREE, Repository
from mkdocs_ems.report.review import ReviewReport, review_report
from mkdocs_ems.report.review_json import review_mapping
from mkdocs_ems.report.review_markdown import review_markdown
from mkdocs_ems.report.review_text import review_text
from mkdocs_ems.rules import run_rules


def reviewed(repository: Repository, base: str, question: Question) -> ReviewReport:
    """Work out what a reviewer is told.

    Args:
        repository: an open repository.
        base: what the change is to be merged into, such as `origin/main`.
        question: the state with the change, its day, its trust root, and by which rules it is judged.

    Raises:
        EmsError: a ref or the history cannot be used; the message says why.
    """
    with without_collector():
        states = parted(repository, base, question)
        comparison = states.comparison()
        landed = _once_landed(repository, states.after)
        return review_report(
            review(states.before, states.after, comparison, landed=landed, blobs=repository.blobs),
            comparison,
            before=run_rules(states.before, select=question.select, ignore=question.ignore),
            after=run_rules(states.after, select=question.select, ignore=question.ignore),
            titles=titles(states.before, states.after),
        )


def _once_landed(repository: Repository, state: Compilation) -> ControlState | None:
    """Document control as it will be when what a branch proposes has landed, on the day that is asked for.

    What is not committed yet stays proposed: whoever commits it is its author, and nobody knows who.
    """
    history = state.history
    if state.control is None or history is None:
        return None
    last = history.events[-1]
    if not last.proposed or last.commit.id == WORK_TREE:
        return state.control
    return standpoint(
        history,
        state.snapshot,
        blobs=repository.blobs,
        signatures=repository.signatures(),
        day=state.as_of,
        now=datetime.combine(state.as_of, time(12), UTC),
    ).control


def written_report(report: ReviewReport, base: str, ref: str | None, form: str) -> str:
    """A report as text for a terminal, as Markdown for a comment, or as data beside what differs.

    Args:
        report: what is told.
        base: what the change is to be merged into, as the user named it.
        ref: the state with the change, as the user named it; None for the work tree.
        form: `text`, `markdown` or `json`; a page of HTML has no such report.
    """
    match form:
        case "markdown":
            return review_markdown(report, command=_command(base, ref))
        case "json":
            return diff_json(report.comparison, review=review_mapping(report))
        case _:
            return review_text(report)


def _command(base: str, ref: str | None) -> str:
    """What shows all of it, on the machine of who has the branch."""
    asked = ["ems", "diff", "--base", base, *(["--ref", ref] if ref is not None else [])]
    return shlex.join(asked)
