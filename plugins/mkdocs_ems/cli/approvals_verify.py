"""`ems approvals verify`: why an issue counts as approved, step by step, with what each step rests on."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from mkdocs_ems.cli.options import repo_option, state_options, this_moment
from mkdocs_ems.compile import Controlled, controlled_state
from mkdocs_ems.control import DocumentControl
from mkdocs_ems.errors import UsageError
from mkdocs_ems.exports.verification import issue_numbers, verify
from mkdocs_ems.exports.verified_values import Verification, VerificationStep
from mkdocs_ems.git import Repository, usual_verdicts
from mkdocs_ems.text import did_you_mean, show

_VERSION = 1
_WIDTH = 96


@click.command("verify", short_help="Why an issue counts as approved, step by step.")
@repo_option
@state_options
@click.option(
    "--issue",
    type=click.IntRange(min=0),
    metavar="N",
    help="The issue (default: the one in force; the next number is the draft).",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.argument("identity", metavar="ID")
def verify_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    ref: str | None,
    as_of: date | None,
    trust_root: str | None,
    verify_store: bool,
    issue: int | None,
    form: str,
    identity: str,
) -> None:
    """Explain why an issue of a document counts as approved, or what its draft still lacks.

    \b
    Examples:
      ems approvals verify POL-001
      ems approvals verify POL-001 --issue 2 --format json

    Each step says in words what was decided and names the commits, files, records and keys it rests on, so
    that anybody can look at the same. Nothing but git is asked.
    """
    with Repository.open(repo, verify_store=verify_store, verdicts=usual_verdicts()) as repository:
        state = controlled_state(repository, ref=ref, as_of=as_of, trust_root=trust_root, now=this_moment())
        document = _document(state, identity)
        found = verify(
            document,
            issue,
            state=state.control,
            commits=state.history.commits,
            blobs=repository.blobs,
            as_of=state.as_of,
        )
    if found is None:
        raise UsageError(_no_issue(document, issue))
    click.echo(_as_json(found, state) if form == "json" else _as_text(found, state), nl=False)


def _document(state: Controlled, identity: str) -> DocumentControl:
    document = state.control.documents.get(identity)
    if document is None:
        near = did_you_mean(identity, state.control.documents)
        hint = f"did you mean {near}?" if near else "`ems register` lists them"
        raise UsageError(f"no document or register has the id {identity!r}; {hint}")
    return document


def _no_issue(document: DocumentControl, issue: int | None) -> str:
    known = ", ".join(str(number) for number in issue_numbers(document))
    if issue is None or not known:
        return f"{document.id} has no issue and no content that waits for approval"
    return f"{document.id} has no issue {issue}; there is {known}"


def _as_json(found: Verification, state: Controlled) -> str:
    data = {
        "version": _VERSION,
        "ref": state.snapshot.ref,
        "commit": state.snapshot.commit,
        "as_of": state.as_of.isoformat(),
        "trust_root": state.control.trust_root,
        "document": found.document,
        "title": found.title,
        "issue": found.issue,
        "result": found.result,
        "steps": [
            {
                "title": step.title,
                "words": list(step.words),
                "objects": [{"what": what, "which": which} for what, which in step.objects],
            }
            for step in found.steps
        ],
    }
    return json.dumps(data, ensure_ascii=True, indent=2) + "\n"


def _as_text(found: Verification, state: Controlled) -> str:
    what = f"issue {found.issue}" if found.issue is not None else "draft"
    heading = f"{found.document} {found.title}, {what}"
    lines = [show(heading), "=" * len(show(heading)), "", *_paragraph(found.result, "")]
    lines += [f"Worked out from git alone, for {state.as_of}.", ""]
    for number, step in enumerate(found.steps, 1):
        lines += [*_step(number, step), ""]
    return "\n".join(lines[:-1]) + "\n"


def _step(number: int, step: VerificationStep) -> Iterator[str]:
    yield f"{number}. {show(step.title)}"
    for sentence in step.words:
        yield from _paragraph(sentence, "   ")
    for what, which in step.objects:
        # Ids stand whole on their line, however long it is: they are there to be copied.
        yield f"   - {show(what)}: {show(which)}"


def _paragraph(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        show(text),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
