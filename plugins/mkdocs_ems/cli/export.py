"""`ems export`: everything that is written in a state, for other programs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from mkdocs_ems.cli.options import repo_option, state_options, this_moment
from mkdocs_ems.cli.outputs import output_file
from mkdocs_ems.git import Repository, usual_verdicts
from mkdocs_ems.text import show


@click.command("export", short_help="Everything that is written, and how documents stand, as data.")
@repo_option
@state_options
@click.option(
    "--approved", is_flag=True, help="As staff read it: every controlled document at its issue in force."
)
@click.option("--format", "form", type=click.Choice(["json"]), default="json", show_default=True)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it to this file, whole or not at all (default, and with `-`: print it).",
)
def export_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    ref: str | None,
    as_of: date | None,
    trust_root: str | None,
    verify_store: bool,
    approved: bool,
    form: str,  # there is one form so far
    output: Path | None,
) -> None:
    """Export a whole state: every document, row and file by its id, and how each document is controlled.

    What `ems diff --format json` tells, applied to the export of one state, gives that of the other.

    \b
    Examples:
      ems export --ref v2026.1 --output v2026.1.json
      ems export --approved
    """
    del form
    output = output_file(output)
    with Repository.open(repo, verify_store=verify_store, verdicts=usual_verdicts()) as repository:
        repository.begin(ref)
        from mkdocs_ems.compile import approved_state, compile_state  # noqa: PLC0415 - git is at work meanwhile
        from mkdocs_ems.exports.state_json import state_json  # noqa: PLC0415 - as above

        state = compile_state(repository, ref=ref, as_of=as_of, trust_root=trust_root, now=this_moment())
        state = approved_state(state, repository) if approved else state
        written = state_json(state, approved=approved)
    if output is None:
        click.echo(written, nl=False)
        return
    from mkdocs_ems.cli.writing import Writer  # noqa: PLC0415 - only where a file is written

    Writer(output.absolute().parent).write(output.name, written)
    click.echo(f"The export is written: {show(str(output))}")
