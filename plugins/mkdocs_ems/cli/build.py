"""`ems build`: the manual of one state, from git objects to a folder that any web server or browser shows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import click

from mkdocs_ems.cli.judge import judge
from mkdocs_ems.cli.options import Question, repo_option, state_options, this_moment
from mkdocs_ems.collector import collect_seldom
from mkdocs_ems.compile import approved_state
from mkdocs_ems.errors import OutputError
from mkdocs_ems.git import Repository, usual_folder, usual_verdicts
from mkdocs_ems.pages import Manual, assets, render_manual
from mkdocs_ems.report import CheckResult, Profile
from mkdocs_ems.report.summary import summary
from mkdocs_ems.rules import rule_docs
from mkdocs_ems.site import SiteResult, Stamp
from mkdocs_ems.site.apart import Apart
from mkdocs_ems.site.building import RowsKnown, build_site
from mkdocs_ems.site.ledger import published_ledger, with_ledger
from mkdocs_ems.text import plural, show


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
    verdicts, kept = usual_verdicts(), usual_folder()
    with Repository.open(repo, verify_store=verify_store, verdicts=verdicts, kept=kept) as repository:
        with _progress("Reading the history and checking"):
            head, result = judge(repository, Question(ref, as_of, trust_root, this_moment()))
        project = (repository.root / head.snapshot.content).parent
        config = config_file or _existing(project / "mkdocs.yml", bare=repository.bare)
        target = site_dir or (Path.cwd() if repository.bare else project) / "site"
        _keep_apart(target, repository, content=head.snapshot.content)
        # The ledger reads every text that ever landed, and no page needs more of it than its head.
        ledger_made = Apart(partial(published_ledger, head.control))
        with _progress("Writing the pages"), ledger_made:
            draft = state == "draft"
            shown = head if draft else approved_state(head, repository)
            collect_seldom()

            def make(rows_known: RowsKnown) -> tuple[Manual, Stamp]:
                manual = render_manual(
                    shown,
                    report=result.report,
                    rule_docs=rule_docs(),
                    draft=draft,
                    blobs=repository.blobs,
                    rows_known=rows_known,
                )
                ledger = ledger_made.result()
                return with_ledger(manual, ledger), Stamp.of(head, ledger=ledger.head if ledger else "")

            made = build_site(
                make,
                config_file=config,
                site_dir=target,
                shipped=assets(),
            )
    _tell(made, result)
    failing = fail_on != "never" and result.fails(Profile.DRAFT if fail_on == "broken" else Profile.REVIEW)
    sys.exit(1 if failing else 0)


def _keep_apart(target: Path, repository: Repository, *, content: str) -> None:
    """The manual must not become a part of what it is made from, nor of git's own files."""
    root = repository.root
    sources = {root: "the repository itself"}
    if not repository.bare:
        sources = {root / ".git": "git's own folder", root / content: "the content folder"}
    for folder, what in sources.items():
        if target.resolve().is_relative_to(folder.resolve()):
            raise OutputError(f"{target} lies in {what}; name a folder outside with --site-dir")


def _existing(path: Path, *, bare: bool) -> Path | None:
    return path if not bare and path.is_file() else None


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
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody watches

    with Console(stderr=True).status(f"{what} …"):
        yield
