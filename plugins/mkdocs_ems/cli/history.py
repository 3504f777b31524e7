"""`ems history`: what became of a document, a register or one of its rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from mkdocs_ems.cli.histories import changes_text, history_text, row_history_text
from mkdocs_ems.cli.options import repo_option, state_options, this_moment
from mkdocs_ems.cli.trace import unknown
from mkdocs_ems.compile import Controlled, compile_state, controlled_state
from mkdocs_ems.control import DocumentControl
from mkdocs_ems.errors import UsageError
from mkdocs_ems.exports.history import IssueChanges, document_history, issue_changes, row_history
from mkdocs_ems.exports.history_json import document_history_json, row_history_json
from mkdocs_ems.exports.register import reviews
from mkdocs_ems.git import Repository, usual_verdicts


@click.command("history", short_help="Issues of a document, or changes of a register row.")
@repo_option
@state_options
@click.option(
    "--issue",
    "number",
    type=click.IntRange(min=0),
    metavar="N",
    help="One issue, with what changed in it; the next number shows the draft.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.argument("identity", metavar="ID")
def history_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    ref: str | None,
    as_of: date | None,
    trust_root: str | None,
    verify_store: bool,
    number: int | None,
    form: str,
    identity: str,
) -> None:
    """Show what became of the document, register or row with this ID.

    \b
    Examples:
      ems history POL-001
      ems history POL-001 --issue 2
      ems history POL-001 --format json
      ems history ASP-003
    """
    with Repository.open(repo, verify_store=verify_store, verdicts=usual_verdicts()) as repository:
        now = this_moment()
        state = controlled_state(repository, ref=ref, as_of=as_of, trust_root=trust_root, now=now)
        document = state.control.documents.get(identity)
        if document:
            text = _document(document, state, repository, number, form)
        elif number is not None:
            raise UsageError(f"{identity!r} is no document or register here, so it has no issues")
        else:
            text = _row(identity, state, repository, form, ref)
    click.echo(text, nl=False)


def _document(
    document: DocumentControl, state: Controlled, repository: Repository, number: int | None, form: str
) -> str:
    changes = _changes(document, number, repository) if number is not None else None
    if form == "json":
        return document_history_json(state, document, changes)
    entries = document_history(document)
    reviewed = reviews(state.control).get(document.id, ())
    if changes is None:
        return history_text(document, entries, reviewed=reviewed)
    entries = tuple(entry for entry in entries if entry.number == number)
    return history_text(document, entries, reviewed=reviewed) + changes_text(changes)


def _changes(document: DocumentControl, number: int, repository: Repository) -> IssueChanges:
    changes = issue_changes(document, number, blobs=repository.blobs)
    if changes is None:
        issues = [str(issue.number) for issue in document.issues]
        drafted = document.pending is not None and document.pending.content is not None
        known = ", ".join([*issues, *([f"{document.next_issue} (draft)"] if drafted else [])]) or "none"
        raise UsageError(f"{document.id} has no issue {number}; its issues: {known}")
    return changes


def _row(identity: str, state: Controlled, repository: Repository, form: str, ref: str | None) -> str:
    changes = row_history(
        identity, history=state.history, blobs=repository.blobs, content=state.snapshot.content
    )
    if not changes:
        whole = compile_state(repository, ref=ref, as_of=state.as_of, now=this_moment())
        raise unknown(identity, whole, state.control)
    if form == "json":
        return row_history_json(state, identity, changes)
    return row_history_text(identity, changes[-1].title, changes)
