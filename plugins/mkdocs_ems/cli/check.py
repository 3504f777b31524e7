"""`ems check`: everything that is wrong, at one state, on one date. Imports no MkDocs, reads no code."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from mkdocs_ems.cli.kept import KeptChecks
from mkdocs_ems.cli.options import Question, repo_option, state_options, this_moment
from mkdocs_ems.git import Repository
from mkdocs_ems.report import CheckResult, Profile, render_concise, render_github, render_json

_COLOURS: dict[str, dict[str, object]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan", "bold": True},
    "place": {"fg": "blue"},
    "quiet": {"dim": True},
    "strong": {"bold": True},
}


def _codes(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:
    return tuple(code.strip() for one in given for code in one.split(","))


@click.command("check", short_help="What is wrong, where, why it matters, how to mend it.")
@repo_option
@state_options
@click.option(
    "--profile",
    type=click.Choice([profile.value for profile in Profile]),
    help="What fails: draft, data that cannot be read or connected (default for the work tree); "
    "review, every error (default with --ref); release, every error and anything not approved.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    callback=_codes,
    help="Only these rules (ASP010, or ASP for all of them; ASP,OBL for both).",
)
@click.option("--ignore", multiple=True, metavar="CODES", callback=_codes, help="Without these rules.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "concise", "json", "github"]),
    default="full",
    show_default=True,
    help="How the findings are written.",
)
@click.option("--no-cache", is_flag=True, help="Check afresh, whatever was kept from an earlier run.")
def check_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    ref: str | None,
    as_of: date | None,
    trust_root: str | None,
    verify_store: bool,
    profile: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    form: str,
    no_cache: bool,
) -> None:
    """Check the content: every finding with its file and line, why an auditor asks, how to mend it.

    \b
    Examples:
      ems check
      ems check --ref v2026.1 --format concise
      ems check --profile release --as-of 2026-12-31

    Ends with 0 when the profile passes, 1 when it does not, 2 when the command itself could not run.
    """
    wanted = Profile(profile or ("review" if ref else "draft"))
    options = (trust_root, select, ignore)
    with Repository.open(repo, verify_store=verify_store) as repository:
        now = this_moment()
        # Who doubts the store does not believe what was kept from it either.
        afresh = no_cache or verify_store
        kept = None if afresh else KeptChecks(repository, ref=ref, as_of=as_of, options=options)
        result = kept.find(now=now) if kept else None
        if result is None:
            # Imported here: a kept result needs none of it.
            from mkdocs_ems.cli.judge import judge, judge_and_keep  # noqa: PLC0415

            question = Question(ref, as_of, trust_root, now, select, ignore)
            result = judge_and_keep(repository, question, kept) if kept else judge(repository, question)[1]
    click.echo(_written(result, form, wanted), nl=False)
    sys.exit(1 if result.fails(wanted) else 0)


def _written(result: CheckResult, form: str, profile: Profile) -> str:
    match form:
        case "json":
            return render_json(result)
        case "github":
            return render_github(result)
        case "concise":
            return render_concise(result)
        case _:
            from mkdocs_ems.report.full import render_full  # noqa: PLC0415 - brings rich, only for this format

            width = min(110, shutil.get_terminal_size((100, 24)).columns)
            return render_full(result, profile=profile, width=max(60, width), paint=_paint)


def _paint(text: str, role: str) -> str:
    # click takes the colours out again where the output is no terminal.
    return click.style(text, **_COLOURS[role])  # type: ignore[arg-type]
