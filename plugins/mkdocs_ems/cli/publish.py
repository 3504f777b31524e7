"""`ems publish`: a built site onto a branch that a web server shows, without touching what is checked out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_ems.cli.options import repo_option, this_moment
from mkdocs_ems.errors import OutputError, UsageError
from mkdocs_ems.paths import safe_join
from mkdocs_ems.text import plural, show

if TYPE_CHECKING:
    from mkdocs_ems.git import Repository
    from mkdocs_ems.git.publishing import Publisher


@click.command("publish", short_help="The built manual onto a branch that a web server shows.")
@repo_option
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that shows the manual.")
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="site, beside mkdocs.yml",
    help="The manual, as `ems build` has written it.",
)
@click.option("--push", metavar="REMOTE", help="Send the branch to this remote too, such as origin.")
@click.option(
    "--public",
    is_flag=True,
    help="Send it to a host that the approved ems.yml does not list under publication.private_hosts.",
)
@click.option("--message", metavar="TEXT", help="What the commit says.")
@click.option(
    "--trust-root",
    metavar="COMMIT",
    envvar="EMS_TRUST_ROOT",
    help="The commit whose content counts as approved (default: the first with ems.yml).",
)
def publish_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    branch: str,
    site_dir: Path | None,
    push: str | None,
    public: bool,
    message: str | None,
    trust_root: str | None,
) -> None:
    """Put the built manual on a branch of this repository, as the only thing there.

    Nothing that is checked out changes, and only what differs is sent. Without --push the branch stays on
    this machine.

    \b
    Examples:
      ems build --all && ems publish
      ems publish --push origin
      ems publish --branch manual --push origin --public
    """
    from mkdocs_ems.cli.listing import main_ref  # noqa: PLC0415 - brings the whole compiler
    from mkdocs_ems.git import Repository  # noqa: PLC0415 - as above
    from mkdocs_ems.git.publishing import Publication, Publisher  # noqa: PLC0415 - brings writing

    with Repository.open(repo) as repository:
        main = main_ref(repository)
        if main in (f"refs/heads/{branch}", f"refs/remotes/origin/{branch}"):
            told = "is the main branch, from which the manual is made: name another with --branch"
            raise UsageError(f"{show(branch)} {told}")
        publisher = Publisher(repository.root)
        site = site_dir or _usual_site(repository)
        hosts = _allowed_hosts(repository, publisher, push, public=public, trust_root=trust_root)
        done = publisher.publish(
            Publication(
                branch=branch,
                files=_files(site),
                message=message or _message(site),
                by=publisher.identity(),
                when=repository.resolve(main).date.astimezone(UTC),
                remote=push or "origin",
            )
        )
    if done.commit is None:
        click.echo(f"Nothing has changed: the branch {show(branch)} shows this manual already.")
    else:
        click.echo(
            f"{show(branch)} {done.commit[:12]}: {plural(done.changed, 'file')} changed, "
            f"{done.files:,} in all"
        )
    if push is not None:
        publisher.push(push, branch)
        click.echo(f"sent to {show(push)} ({', '.join(show(host) for host in hosts)})")


def _usual_site(repository: Repository) -> Path:
    from mkdocs_ems.content import placement  # noqa: PLC0415 - as above

    return repository.root / placement(repository, ref=None)[0] / "site"


def _files(site: Path) -> Mapping[str, Path]:
    """What is published: what `ems build` has written, all of it as it was written, and nothing else."""
    from mkdocs_ems.git.publishing import MARKER, files_below  # noqa: PLC0415 - as above
    from mkdocs_ems.site.standing_site import (  # noqa: PLC0415 - as above
        VERSION_MARKER,
        site_record,
        stands_whole,
        version_record,
    )

    if not (site / MARKER).is_file():
        told = "holds no manual that `ems build` has written: build it, or name it with --site-dir"
        raise OutputError(f"{site} {told}")
    record = site_record(site)
    if record is None:
        return files_below(site)
    if not stands_whole(site):
        told = "are not as `ems build` has written them: build the manual again, and publish that"
        raise OutputError(f"files in {site} {told}")
    paths = [MARKER, *record.files]
    for folder in record.folders:
        version = version_record(site / folder)
        paths += [f"{folder}/{path}" for path in (VERSION_MARKER, *(version.files if version else ()))]
    return {path: safe_join(site, path) for path in sorted(paths)}


def _message(site: Path) -> str:
    """What the commit says by itself: what the site shows, so that the same site gives the same commit."""
    try:
        listed = json.loads((site / "versions.json").read_text(encoding="utf-8"))
        titles = {entry["version"]: entry["title"] for entry in listed}
    except (OSError, ValueError, TypeError, KeyError):
        return "Publish the manual\n"
    tags = len(titles.keys() - {"current", "draft"})
    shown = f"{titles['current']}, and " if "current" in titles else ""
    return show(f"Publish the manual: {shown}{plural(tags, 'version')}") + "\n"


def _allowed_hosts(
    repository: Repository, publisher: Publisher, remote: str | None, *, public: bool, trust_root: str | None
) -> tuple[str, ...]:
    """The hosts that the branch is sent to, in words; none of them public without being said to be so."""
    if remote is None:
        if public:
            raise UsageError("--public says that a host may be public: name where to send it with --push")
        return ()
    hosts = publisher.hosts(remote)
    foreign = [host for host in hosts if host is not None]
    if foreign and not public:
        private = _private_hosts(repository, trust_root, this_moment())
        unknown = [host for host in foreign if host not in private]
        if unknown:
            raise UsageError(
                f"{show(remote)} is at {show(unknown[0])}, which the approved ems.yml does not list as a "
                "private host, so anybody might read the manual there: add it to `private_hosts` under "
                "`publication`, or say --public"
            )
    return tuple(host or "this machine" for host in hosts)


def _private_hosts(repository: Repository, trust_root: str | None, now: datetime) -> frozenset[str]:
    from mkdocs_ems.cli.listing import main_state  # noqa: PLC0415 - brings the whole compiler
    from mkdocs_ems.control.approved_rules import approved_settings  # noqa: PLC0415 - as above

    main = main_state(repository, trust_root=trust_root, now=now)
    settings = approved_settings(main.control, blobs=repository.blobs, content=main.snapshot.content)
    return frozenset(host.casefold().rstrip(".") for host in settings.publication.private_hosts)
