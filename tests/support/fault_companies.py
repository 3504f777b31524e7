"""Where commands are tried whose calls fail: a small company before each of them. Asserts nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from mkdocs_ems.site.standing_site import SiteRecord, files_of, write_site_record
from support.company import PEOPLE, POLICY, ROLES, procedure, settings
from support.faults import Bench, Fault, Server
from support.shell import git
from support.story import Story

_WASTE = "ems/procedures/waste.md"
COMMANDS: Mapping[str, Sequence[str]] = {
    "new": ("new", "aspect", "Oil in rainwater"),
    "approve": ("approve", "PRO-001", "--yes"),
    "build": ("build",),
    "build --all": ("build", "--all", "--jobs", "2"),
    "publish": ("publish",),
    "demo": ("demo", "company"),
    "check": ("check", "--no-cache"),
}


def bench_for(server: Server, command: str, room: Path) -> Bench:
    """A bench for one of the commands, as somebody finds it who has used it before."""
    base = room / "base"
    (base / "home").mkdir(parents=True)
    (base / "home/.gitconfig").write_text("[user]\n\tname = Eve\n\temail = eve@example.org\n")
    _BEFORE[command](server, base)
    return Bench.of(server, COMMANDS[command], base, room / "tried")


def _company(_: Server, base: Path) -> Story:
    """A company in one version, with a change that waits for Eve."""
    story = Story(base / "work")
    story.commit(
        {
            ".gitignore": "/site/\n",
            "mkdocs.yml": "site_name: Wrenholt\ndocs_dir: ems\n",
            "ems/ems.yml": settings(),
            "ems/registers/people.yml": PEOPLE,
            "ems/registers/roles.yml": ROLES,
            "ems/policy.md": POLICY,
            _WASTE: procedure(),
        },
        date="2026-01-05",
    )
    story.tag("v1", message="First version", by="mary", date="2026-01-06")
    story.commit({_WASTE: procedure("Sort the waste weekly.")}, by="ann", date="2026-02-05")
    story.check_out()
    return story


def _built(server: Server, base: Path) -> None:
    """The manual stands, and something has changed since."""
    story = _company(server, base)
    server.run(base, COMMANDS["build"], Fault())
    _go_on(story)


def _all_built(server: Server, base: Path) -> None:
    """The manual of all versions stands; since then there is one more."""
    story = _company(server, base)
    server.run(base, COMMANDS["build --all"], Fault())
    _go_on(story)
    story.tag("v2", message="Second version", by="mary", date="2026-02-07")
    story.flush()


def _go_on(story: Story) -> None:
    story.commit({"ems/policy.md": POLICY.replace("protect", "guard")}, by="ben", date="2026-02-06")
    story.check_out()


def _published(server: Server, base: Path) -> None:
    """A site was published once; in the one that stands now a page is another, one new and one gone."""
    _company(server, base)
    _site(base / "work/site", {"index.html": "start", "old.html": "gone", "same.html": "same"})
    server.run(base, COMMANDS["publish"], Fault())
    (base / "work/site/old.html").unlink()
    _site(base / "work/site", {"index.html": "begin", "new.html": "come", "same.html": "same"})


def _site(site: Path, pages: Mapping[str, str]) -> None:
    site.mkdir(exist_ok=True)
    for path, text in {**pages, "versions.json": json.dumps([])}.items():
        (site / path).write_text(text)
    write_site_record(site, SiteRecord(files_of(site)))


def _nothing(_: Server, base: Path) -> None:
    (base / "work").mkdir()


_BEFORE: Mapping[str, Callable[[Server, Path], object]] = {
    "new": _company,
    "approve": _company,
    "build": _built,
    "build --all": _all_built,
    "publish": _published,
    "demo": _nothing,
    "check": _company,
}


def head(bench: Bench) -> str:
    """The last commit of a bench's repository as it was before."""
    return git(bench.base / "work", "rev-parse", "HEAD")
