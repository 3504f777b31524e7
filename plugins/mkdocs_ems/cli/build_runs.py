"""The forms that `ems build` has: one state, all versions, one as a part, parts put together, a list."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from mkdocs_ems.cli.build_asked import Asked
from mkdocs_ems.cli.placed import config_file, site_folder
from mkdocs_ems.cli.recognising import Run, may_be_kept
from mkdocs_ems.content import content_folder
from mkdocs_ems.git import Repository, usual_folder, usual_verdicts
from mkdocs_ems.text import show

UNCHANGED = "Nothing has changed"


def run(asked: Asked) -> int:
    """Do what is asked, say what came of it, and return what the command ends with.

    Raises:
        EmsError: the repository, the configuration or the output cannot be used.
    """
    verdicts, kept = usual_verdicts(), usual_folder()
    with Repository.open(
        asked.repo, verify_store=asked.verify_store, verdicts=verdicts, kept=kept
    ) as repository:
        if asked.versions:
            return _list(repository, asked)
        if asked.out is not None and asked.ref is not None:
            return _out(repository, asked, ref=asked.ref, out=asked.out)
        return _site(repository, asked)


def _list(repository: Repository, asked: Asked) -> int:
    from mkdocs_ems.cli.build_text import listing  # noqa: PLC0415
    from mkdocs_ems.cli.listing import list_versions, main_state  # noqa: PLC0415
    from mkdocs_ems.exports.versions_json import listing_json  # noqa: PLC0415

    main = main_state(repository, as_of=asked.as_of, trust_root=asked.trust_root, now=asked.now)
    listed = list_versions(repository, main=main).listed
    if asked.form == "json":
        click.echo(listing_json(listed), nl=False)
    else:
        _say(listing(listed))
    return 0


def _out(repository: Repository, asked: Asked, *, ref: str, out: Path) -> int:
    from mkdocs_ems.cli.build_text import one_version  # noqa: PLC0415
    from mkdocs_ems.cli.joined import build_out  # noqa: PLC0415

    part = build_out(repository, asked, ref=ref, out=out)
    _warn(part.head.warnings)
    click.echo(one_version(part, out))
    # A job of a pipeline goes on: the site lists what could not be built, and joining it says so.
    return 0


def _site(repository: Repository, asked: Asked) -> int:
    """Write a site, unless it stands already."""
    together = asked.every or bool(asked.join)
    if not together:
        # git begins to work; most of what we do first it need not wait for.
        repository.begin(asked.ref)
    ref = asked.ref or ("HEAD" if repository.bare else None)
    content = content_folder(repository, ref=ref)
    target = site_folder(repository, asked.site_dir, content=content)
    index = show(str(target / "index.html"))
    # Parts that somebody hands over are looked at each time.
    known = _run(repository, asked, target, content) if _is_known(asked) else None
    before = known.digest() if known is not None else ""
    standing = known.standing(before, now=asked.now) if known is not None else None
    if standing is not None:
        _say(standing.told)
        click.echo(f"{UNCHANGED}: {index}")
        return standing.status
    if together:
        # The main branch is judged first, to list the versions; mostly it is what is checked out.
        repository.begin(None)
    from mkdocs_ems.cli.build_done import all_built, one_built  # noqa: PLC0415 - as above

    done = (all_built if together else one_built)(repository, asked, target, doing=_progress)
    _warn(done.warnings)
    _say(done.told)
    click.echo(f"{done.last}: {index}")
    if known is not None:
        known.keep(before, done.finished)
    return done.status


def _is_known(asked: Asked) -> bool:
    # Who may see what is decided by the main branch of today, whatever is built.
    return asked.keeps and asked.is_whole and not asked.join and may_be_kept()


def _run(repository: Repository, asked: Asked, target: Path, content: str) -> Run:
    of_the_work_tree = asked.draft if asked.every else asked.ref is None
    return Run(
        repository,
        target,
        None if of_the_work_tree and not repository.bare else (asked.ref or "HEAD"),
        asked.as_of,
        config_file(repository, asked.config_file, ref=asked.ref or ("HEAD" if repository.bare else None)),
        content,
        (asked.trust_root, asked.state, asked.fail_on, asked.every, asked.draft, asked.permanent),
    )


def _say(lines: Sequence[str] | Iterator[str]) -> None:
    for line in lines:
        click.echo(line)


def _warn(warnings: Sequence[str]) -> None:
    for warning in warnings:
        click.echo(f"warning: {show(warning)}", err=True)


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
