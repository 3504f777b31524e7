"""`ems check`: everything that is wrong, at one state, on one date. Imports no MkDocs, reads no code."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_ems.cli.kept import KeptAnswers, rules_are_installed
from mkdocs_ems.cli.laps import Laps
from mkdocs_ems.cli.options import Question, repo_option, state_options, this_moment
from mkdocs_ems.cli.reach import evidence_option, within_reach
from mkdocs_ems.git import Repository, usual_folder, usual_verdicts
from mkdocs_ems.report import CheckResult, Profile, render_concise, render_github, render_json, thaw

if TYPE_CHECKING:
    from mkdocs_ems.control.sealing import Ledger

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
    type=click.Choice(["full", "concise", "json", "github", "gitlab", "sarif", "junit"]),
    default="full",
    show_default=True,
    help="How the findings are written.",
)
@click.option(
    "--baseline",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Leave out the findings that this file knows; only new ones are told and fail.",
)
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write today's findings to this file, for --baseline, and end with 0.",
)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="LEDGER",
    help="Compare with a ledger that was kept (see `ems ledger`): whatever of it was rewritten, moved or "
    "taken away since is an error.",
)
@evidence_option
@click.option(
    "--timings", is_flag=True, help="Tell afterwards what took how long, the slowest rules by name."
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
    baseline: Path | None,
    write_baseline: Path | None,
    against: Path | None,
    evidence: tuple[str, ...],
    timings: bool,
    no_cache: bool,
) -> None:
    """Check the content: every finding with its file and line, why an auditor asks, how to mend it.

    \b
    Examples:
      ems check
      ems check --ref v2026.1 --format concise
      ems check --profile release --as-of 2026-12-31
      ems check --write-baseline ems-baseline.json
      ems check --baseline ems-baseline.json
      ems check --against ems-ledger.json
      ems check --evidence scans=/srv/ehs/scans

    Ends with 0 when the profile passes, 1 when it does not, 2 when the command itself could not run.
    """
    wanted = Profile(profile or ("review" if ref else "draft"))
    known = _known(baseline) if baseline else None
    earlier = _earlier(against) if against else None
    laps = Laps() if timings else None
    verdicts, kept = usual_verdicts(), usual_folder()
    with Repository.open(repo, verify_store=verify_store, verdicts=verdicts, kept=kept) as repository:
        reached = within_reach(evidence)
        question = Question(ref, as_of, trust_root, this_moment(), select, ignore, earlier, reached, evidence)
        # Who doubts the store does not believe what was kept from it either; other stores change unseen.
        afresh = no_cache or verify_store or timings or bool(reached) or rules_are_installed()
        afresh = afresh or earlier is not None
        result = _judged(repository, question, afresh=afresh, laps=laps)
    if earlier is not None and _differs(result):
        # No list of known findings makes this one known.
        known = None
    if write_baseline is not None:
        from mkdocs_ems.cli.baselines import store  # noqa: PLC0415 - seldom asked for

        click.echo(store(write_baseline, result))
        return
    result = known(result) if known else result
    click.echo(_written(result, form, wanted), nl=False)
    if laps is not None:
        click.echo(laps.table(), err=True, nl=False)
    sys.exit(1 if result.fails(wanted) else 0)


def _known(path: Path) -> Callable[[CheckResult], CheckResult]:
    """What takes the findings of a baseline off a result."""
    from mkdocs_ems.cli.baselines import load  # noqa: PLC0415 - seldom asked for
    from mkdocs_ems.report.baseline import without_baseline  # noqa: PLC0415 - as above

    return partial(without_baseline, baseline=load(path))


def _earlier(path: Path) -> Ledger:
    from mkdocs_ems.cli.against import load  # noqa: PLC0415 - seldom asked for

    return load(path)


def _differs(result: CheckResult) -> bool:
    from mkdocs_ems.cli.against import require_comparison  # noqa: PLC0415 - as above

    return require_comparison(result.report)


def _judged(repository: Repository, question: Question, *, afresh: bool, laps: Laps | None) -> CheckResult:
    """The result: what was kept where nothing changed, else judged now."""
    options = ("check", question.trust_root, question.select, question.ignore)
    kept = (
        None if afresh else KeptAnswers(repository, ref=question.ref, as_of=question.as_of, options=options)
    )
    found = kept.find(now=question.now) if kept else None
    result = thaw(found) if found is not None else None
    if result is not None:
        return result
    # Imported here: a kept result needs none of it; and git is at work meanwhile.
    repository.begin(question.ref)
    from mkdocs_ems.cli.judge import judge, judge_and_keep  # noqa: PLC0415

    if kept is not None:
        return judge_and_keep(repository, question, kept)
    return judge(repository, question, lap=laps.lap)[1] if laps else judge(repository, question)[1]


def _written(result: CheckResult, form: str, profile: Profile) -> str:
    match form:
        case "json":
            return render_json(result)
        case "github":
            return render_github(result)
        case "concise":
            return render_concise(result)
        case "full":
            from mkdocs_ems.report.full import render_full  # noqa: PLC0415 - brings rich, only for this format

            width = min(110, shutil.get_terminal_size((100, 24)).columns)
            return render_full(result, profile=profile, width=max(60, width), paint=_paint)
        case _:
            return _for_a_tool(result, form, profile)


def _for_a_tool(result: CheckResult, form: str, profile: Profile) -> str:
    """The formats of other tools, each imported only when it is asked for."""
    if form == "gitlab":
        from mkdocs_ems.report.gitlab import render_gitlab  # noqa: PLC0415 - as said

        return render_gitlab(result)
    from mkdocs_ems.rules import rule_docs  # noqa: PLC0415 - as said

    if form == "sarif":
        from mkdocs_ems.report.sarif import render_sarif  # noqa: PLC0415 - as said

        return render_sarif(result, rule_docs=rule_docs())
    from mkdocs_ems.report.junit import render_junit  # noqa: PLC0415 - as said

    return render_junit(result, profile=profile, rule_docs=rule_docs())


def _paint(text: str, role: str) -> str:
    # click takes the colours out again where the output is no terminal.
    return click.style(text, **_COLOURS[role])  # type: ignore[arg-type]
