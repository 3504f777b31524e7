"""`ems ledger`: what happened to every document, as a file to keep elsewhere and to check against."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from mkdocs_ems.cli.options import repo_option, state_options, this_moment
from mkdocs_ems.cli.outputs import output_file
from mkdocs_ems.compile import controlled_state
from mkdocs_ems.exports.ledger import ledger_json
from mkdocs_ems.git import Repository, usual_folder, usual_verdicts
from mkdocs_ems.text import plural, show


@click.command("ledger", short_help="What landed and who approved it, in rows that nobody changes unseen.")
@repo_option
@state_options
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it to this file, whole or not at all (default, and with `-`: print it).",
)
def ledger_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    ref: str | None,
    as_of: date | None,
    trust_root: str | None,
    verify_store: bool,
    output: Path | None,
) -> None:
    """Write the ledger: one row for each content that landed, each act, each issue; tags beside them.

    \b
    Examples:
      ems ledger --output ems-ledger.json
      ems ledger --ref v2026.1
      ems check --against ems-ledger.json

    Keep the file where those who may push cannot change it. `ems check --against FILE` then shows whether
    anything of it was rewritten, moved or taken away since.
    """
    output = output_file(output)
    verdicts, kept = usual_verdicts(), usual_folder()
    with Repository.open(repo, verify_store=verify_store, verdicts=verdicts, kept=kept) as repository:
        state = controlled_state(repository, ref=ref, as_of=as_of, trust_root=trust_root, now=this_moment())
        ledger = state.control.ledger
    text = ledger_json(ledger)
    if output is None:
        click.echo(text, nl=False)
        return
    from mkdocs_ems.cli.writing import Writer  # noqa: PLC0415 - only where a file is written

    Writer(output.absolute().parent).write(output.name, text)
    click.echo(f"{plural(len(ledger.rows), 'row')}, head {ledger.head}: {show(str(output))}")
