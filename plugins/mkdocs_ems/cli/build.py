"""`ems build`: the manual of one state or of all versions, from git objects to a folder for any browser."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from mkdocs_ems.cli.build_asked import Asked
from mkdocs_ems.cli.options import repo_option, state_options, this_moment
from mkdocs_ems.cli.reach import evidence_option

_PATH = click.Path(path_type=Path)


@click.command("build", short_help="The manual, showing the issues in force, of today or of every version.")
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
@click.option("--all", "every", is_flag=True, help="What is in force and every tagged version, in one site.")
@click.option(
    "--permanent",
    is_flag=True,
    help="A page for each issue and each changed row too, at addresses that stay; --all has them always.",
)
@click.option("--draft", is_flag=True, help="With --all: the work tree too, marked as a draft.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    show_default="as many as there are processors",
    help="With --all and --join: how many processes work.",
)
@click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="EMS_STORE",
    show_default="in the user's cache folder",
    help="With --all: where built versions are kept for the next time.",
)
@click.option("--no-store", is_flag=True, help="Keep nothing, and use nothing that was kept.")
@click.option("--out", type=_PATH, metavar="PART", help="With --ref: one version into a file, and no site.")
@click.option(
    "--join",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    metavar="PART",
    help="A version that was built with --out; once for each, and more may stand behind. All make the site.",
)
@evidence_option
@click.option(
    "--people",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    envvar="EMS_PEOPLE",
    help="What people are called on pages, by their ids, where names are kept outside of git: CSV or YAML.",
)
@click.option(
    "--audience",
    default="internal",
    show_default=True,
    metavar="NAME",
    help="Who is to see it: public, internal, or a profile under publication in the approved ems.yml.",
)
@click.option("--versions", is_flag=True, help="Only list the versions that there are.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="With --versions: for people, or for the jobs of a pipeline.",
)
@click.argument(
    "more", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[PART]..."
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
    every: bool,
    permanent: bool,
    draft: bool,
    jobs: int | None,
    store: Path | None,
    no_store: bool,
    out: Path | None,
    join: tuple[Path, ...],
    evidence: tuple[str, ...],
    people: Path | None,
    audience: str,
    versions: bool,
    form: str,
    more: tuple[Path, ...],
) -> None:
    """Build the manual of one state of the repository, or of all its versions.

    \b
    Examples:
      ems build
      ems build --ref v2026.1 --site-dir public
      ems build --state draft --site-dir preview
      ems build --all
      ems build --all --audience public --site-dir public
    In a pipeline, one job a version:
      ems build --versions --format json
      ems build --ref v2026.1 --out v2026.1.part
      ems build --join current.part v2026.1.part v2025.1.part
    """
    asked = Asked(
        repo=repo,
        ref=ref,
        as_of=as_of,
        trust_root=trust_root,
        verify_store=verify_store,
        now=this_moment(),
        state=state,
        site_dir=site_dir,
        config_file=config_file,
        fail_on=fail_on,
        every=every,
        permanent=permanent,
        draft=draft,
        jobs=jobs,
        store=store,
        no_store=no_store,
        out=out,
        join=(*join, *more),
        versions=versions,
        form=form,
        evidence=evidence,
        people=people,
        audience=audience,
    )
    asked.check()
    # Imported here: a question that makes no sense is answered at once.
    from mkdocs_ems.cli.build_runs import run  # noqa: PLC0415

    sys.exit(run(asked))
