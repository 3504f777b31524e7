"""`ems build`: the manual of one state, from git objects to a folder that any web server or browser shows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_ems.cli.options import Question, repo_option, state_options, this_moment
from mkdocs_ems.git import Repository, usual_folder, usual_verdicts
from mkdocs_ems.report import CheckResult, Profile
from mkdocs_ems.report.summary import summary
from mkdocs_ems.text import plural, show

if TYPE_CHECKING:
    from mkdocs_ems.site import SiteResult


@click.command("build", short_help="The manual, showing the issues in force.")
@repo_option
@state_options
@click.option(
    "--state",
    type=click.Choice(["approved", "draft"]),
    default="approved",
    show_default=True,
    help="approved: every document at its issue in force. draft: as it stands, marked on every page.",
)
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="site, beside mkdocs.yml",
    help="Where the manual is written; replaced as a whole, or left as it was.",
)
@click.option(
    "--config-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    show_default="mkdocs.yml of the work tree",
    help="How the site looks. Never taken from a ref.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["never", "broken", "error"]),
    default="broken",
    show_default=True,
    help="Which findings end the command with 1; the manual is written all the same.",
)
def build_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    ref: str | None,
    as_of: date | None,
    trust_root: str | None,
    verify_store: bool,
    state: str,
    site_dir: Path | None,
    config_file: Path | None,
    fail_on: str,
) -> None:
    """Build the manual of one state of the repository.

    \b
    Examples:
      ems build
      ems build --ref v2026.1 --site-dir public
      ems build --state draft --site-dir preview
    """
    question = Question(ref, as_of, trust_root, this_moment())
    verdicts, kept = usual_verdicts(), usual_folder()
    with Repository.open(repo, verify_store=verify_store, verdicts=verdicts, kept=kept) as repository:
        repository.begin(ref)
        # Imported here: git is at work meanwhile.
        from mkdocs_ems.cli.built import Look, built  # noqa: PLC0415

        look = Look(draft=state == "draft", site_dir=site_dir, config_file=config_file)
        made, result = built(repository, question, look, doing=_progress)
    _tell(made, result)
    failing = fail_on != "never" and result.fails(Profile.DRAFT if fail_on == "broken" else Profile.REVIEW)
    sys.exit(1 if failing else 0)


def _tell(made: SiteResult, result: CheckResult) -> None:
    for warning in made.warnings:
        click.echo(f"warning: {show(warning)}", err=True)
    click.echo(summary(result))
    if result.failing(Profile.DRAFT):
        first = result.failing(Profile.DRAFT)[0]
        place = f"{show(first.span.path)}:{first.span.line}"
        click.echo(
            "Some of it cannot be read or connected; `ems check` shows it. "
            f"The first: {place}: {show(first.message)}"
        )
    rows = f", {plural(made.rows, 'row')} among them" if made.rows else ""
    click.echo(f"{plural(made.pages, 'page')}{rows}: {show(str(made.index))}")


@contextmanager
def _progress(what: str) -> Iterator[None]:
    """A line for who watches. Nothing turns in it: while a thread drew that, no process could be forked."""
    if not sys.stderr.isatty():
        yield
        return
    click.echo(f"{what} …", err=True, nl=False)
    try:
        yield
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)
