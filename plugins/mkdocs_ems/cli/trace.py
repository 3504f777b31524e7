"""`ems trace`: where a thing leads, and what leads to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from mkdocs_ems.cli.options import repo_option, state_options, this_moment
from mkdocs_ems.cli.tables import trace_text
from mkdocs_ems.compile import Compilation, compile_state
from mkdocs_ems.control import ControlState, DocumentState
from mkdocs_ems.errors import UsageError
from mkdocs_ems.exports import trace
from mkdocs_ems.git import Repository, usual_verdicts
from mkdocs_ems.text import did_you_mean


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
    with Repository.open(repo, verify_store=verify_store, verdicts=usual_verdicts()) as repository:
        compilation = compile_state(
            repository, ref=ref, as_of=as_of, trust_root=trust_root, now=this_moment()
        )
        if identity not in compilation.graph.nodes:
            raise unknown(identity, compilation, compilation.control)
        documents = compilation.control.documents.values() if compilation.control else ()
        withdrawn = {one.id for one in documents if one.state is DocumentState.WITHDRAWN}
        click.echo(trace_text(trace(compilation.graph, identity, withdrawn=withdrawn)), nl=False)


def unknown(identity: str, compilation: Compilation, control: ControlState | None) -> UsageError:
    """What to say of an id that nothing has, with the nearest one that is known."""
    known = [*compilation.graph.nodes, *(control.documents if control else ())]
    near = did_you_mean(identity, known)
    hint = f"did you mean {near}?" if near else "`ems register` lists the documents"
    return UsageError(f"nothing here has the id {identity!r}; {hint}")
