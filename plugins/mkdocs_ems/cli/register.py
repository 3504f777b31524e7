"""`ems register`, `ems history`, `ems trace`: what is controlled, what became of it, where it leads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from mkdocs_ems.cli.options import Day, repo_option, state_options, this_moment
from mkdocs_ems.cli.tables import history_text, register_table, row_history_text, trace_text
from mkdocs_ems.compile import Compilation, compile_state
from mkdocs_ems.control import ControlState, DocumentState
from mkdocs_ems.errors import UsageError
from mkdocs_ems.exports import document_history, register_csv, register_json, row_history, trace
from mkdocs_ems.git import Repository
from mkdocs_ems.text import did_you_mean


@click.command("register", short_help="Every controlled document: issue, state, approval, next review.")
@repo_option
@state_options
@click.option("--on", type=Day(), metavar="DATE", help="What was in force on this date (as --as-of).")
@click.option("--issues", is_flag=True, help="Every issue of every document (JSON only).")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
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
) -> None:
    """Print the document register.

    \b
    Examples:
      ems register
      ems register --ref v2026.1 --format csv
      ems register --on 2026-06-30 --format json --issues
    """
    if on and as_of and on != as_of:
        raise UsageError("--on and --as-of name two dates; give one")
    if issues and form != "json":
        raise UsageError("--issues needs --format json")
    with Repository.open(repo, verify_store=verify_store) as repository:
        compilation = compile_state(
            repository, ref=ref, as_of=on or as_of, trust_root=trust_root, now=this_moment()
        )
        control = _control(compilation)
        match form:
            case "json":
                click.echo(register_json(compilation, control, issues=issues), nl=False)
            case "csv":
                click.echo(register_csv(control), nl=False)
            case _:
                click.echo(register_table(compilation, control), nl=False)


@click.command("history", short_help="Issues of a document, or changes of a register row.")
@repo_option
@state_options
@click.argument("identity", metavar="ID")
def history_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    ref: str | None,
    as_of: date | None,
    trust_root: str | None,
    verify_store: bool,
    identity: str,
) -> None:
    """Show what became of the document, register or row with this ID.

    \b
    Examples:
      ems history POL-001
      ems history ASP-003
    """
    with Repository.open(repo, verify_store=verify_store) as repository:
        compilation = compile_state(
            repository, ref=ref, as_of=as_of, trust_root=trust_root, now=this_moment()
        )
        control = _control(compilation)
        document = control.documents.get(identity)
        if document:
            click.echo(history_text(document, document_history(document)), nl=False)
            return
        assert compilation.history is not None, "control is derived from a history"
        changes = row_history(
            identity,
            history=compilation.history,
            blobs=repository.blobs,
            content=compilation.snapshot.content,
        )
        if not changes:
            raise unknown(identity, compilation, control)
        node = compilation.graph.nodes.get(identity)
        click.echo(row_history_text(identity, node.title if node else "", changes), nl=False)


@click.command("trace", short_help="Where an aspect, control, document … leads, and what leads to it.")
@repo_option
@state_options
@click.argument("identity", metavar="ID")
def trace_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    ref: str | None,
    as_of: date | None,
    trust_root: str | None,
    verify_store: bool,
    identity: str,
) -> None:
    """Show the references from and to the thing with this ID, step by step.

    \b
    Example:
      ems trace ASP-003
    """
    with Repository.open(repo, verify_store=verify_store) as repository:
        compilation = compile_state(
            repository, ref=ref, as_of=as_of, trust_root=trust_root, now=this_moment()
        )
        if identity not in compilation.graph.nodes:
            raise unknown(identity, compilation, compilation.control)
        documents = compilation.control.documents.values() if compilation.control else ()
        withdrawn = {one.id for one in documents if one.state is DocumentState.WITHDRAWN}
        click.echo(trace_text(trace(compilation.graph, identity, withdrawn=withdrawn)), nl=False)


def _control(compilation: Compilation) -> ControlState:
    if compilation.control is None:
        raise UsageError(f"there is no document control to show: {compilation.control_reason}")
    return compilation.control


def unknown(identity: str, compilation: Compilation, control: ControlState | None) -> UsageError:
    """What to say of an id that nothing has, with the nearest one that is known."""
    known = [*compilation.graph.nodes, *(control.documents if control else ())]
    near = did_you_mean(identity, known)
    hint = f"did you mean {near}?" if near else "`ems register` lists the documents"
    return UsageError(f"nothing here has the id {identity!r}; {hint}")
