"""`ems publish`, as it is typed: what it refuses, what it says, and what then stands on the branch."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_ems.cli.main import ems
from mkdocs_ems.git.publishing import Publisher
from mkdocs_ems.site.standing_site import SiteRecord, VersionRecord, files_of
from mkdocs_ems.site.standing_site import write_site_record as write_site
from mkdocs_ems.site.standing_site import write_version_record as write_version
from support.company import PEOPLE, POLICY, ROLES, settings
from support.shell import git
from support.story import Story

Run = Callable[..., Result]

VERSIONS = [
    {"version": "current", "title": "in force, 2026-06-02", "aliases": ["in-force"]},
    {"version": "v1", "title": "v1 (2026-01-05)", "aliases": ["latest"]},
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `ems` in this process, as Mary, with nothing of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Mary Dean\n\temail = mary@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("EMS_CACHE_DIR", str(tmp_path / "cache"))

    def invoke(*arguments: object) -> Result:
        result = CliRunner().invoke(ems, ["publish", *(str(one) for one in arguments)], prog_name="ems")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


def adopt(story: Story, *, more: str = "") -> Path:
    base = {"ems/registers/people.yml": PEOPLE, "ems/registers/roles.yml": ROLES, "ems/policy.md": POLICY}
    story.commit({**base, "ems/ems.yml": settings() + more, ".gitignore": "/site/\n"}, date="2026-01-05")
    return story.check_out()


@pytest.fixture
def company(story: Story) -> Path:
    """A company's repository, with a site in it that two versions stand in."""
    return build(adopt(story))


def build(root: Path, *, old: Mapping[str, str] | None = None) -> Path:
    """A site as a build of several versions leaves it."""
    site = root / "site"
    texts = {
        "versions.json": json.dumps(VERSIONS),
        "index.html": "start",
        "current/index.html": "now",
        "v1/index.html": "then",
        **(old or {}),
    }
    for path, text in texts.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)
    for folder in ("current", "v1"):
        write_version(site / folder, VersionRecord(files_of(site / folder), key=folder))
    folders = ("current", "v1")
    write_site(site, SiteRecord(files_of(site, without=folders), folders))
    return root


def shown(root: Path, branch: str = "gh-pages") -> dict[str, str]:
    paths = git(root, "ls-tree", "-r", "--name-only", branch).split()
    return {path: git(root, "show", f"{branch}:{path}") for path in paths if not path.startswith(".")}


def said(result: Result) -> str:
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.splitlines()
    return line


def test_a_site_is_published_and_said_so(run: Run, company: Path) -> None:
    result = run("--repo", company)
    assert result.exit_code == 0
    made = git(company, "rev-parse", "gh-pages")
    assert result.stdout == f"gh-pages {made[:12]}: 8 files changed, 8 in all\n"
    assert {path for path in shown(company) if ".ems-version" not in path} == {
        "versions.json",
        "index.html",
        "current/index.html",
        "v1/index.html",
    }
    assert git(company, "log", "-1", "--format=%an <%ae> %cI %s", "gh-pages") == (
        "Mary Dean <mary@example.org> 2026-01-05T09:00:00+00:00 "
        "Publish the manual: in force, 2026-06-02, and 1 version"
    )
    assert git(company, "status", "--porcelain") == ""


def test_a_second_time_nothing_is_published(run: Run, company: Path) -> None:
    run("--repo", company)
    result = run("--repo", company)
    assert result.exit_code == 0
    assert result.stdout == "Nothing has changed: the branch gh-pages shows this manual already.\n"
    build(company, old={"current/index.html": "later"})
    # The page, and what the folder says of its pages.
    assert "2 files changed, 8 in all" in run("--repo", company, "--message", "By hand").stdout
    assert git(company, "log", "-1", "--format=%s", "gh-pages") == "By hand"


def test_another_branch_and_folder_may_be_named(run: Run, company: Path, tmp_path: Path) -> None:
    (company / "site").rename(tmp_path / "public")
    assert "build it, or name it with --site-dir" in said(run("--repo", company))
    result = run("--repo", company, "--branch", "pages/ems", "--site-dir", tmp_path / "public")
    assert result.exit_code == 0
    assert shown(company, "pages/ems")["v1/index.html"] == "then"


def test_a_page_that_was_edited_after_the_build_is_not_published(run: Run, company: Path) -> None:
    (company / "site/v1/index.html").write_text("forged")
    assert said(run("--repo", company)).endswith(
        "are not as `ems build` has written them: build the manual again, and publish that"
    )
    assert "gh-pages" not in git(company, "branch")


def test_what_was_only_laid_into_the_folder_is_not_published(run: Run, company: Path) -> None:
    (company / "site/private.txt").write_text("notes")
    (company / "site/v1/private.txt").write_text("notes")
    assert run("--repo", company).exit_code == 0
    assert not any("private" in path for path in shown(company))


def test_the_main_branch_is_never_replaced(run: Run, company: Path) -> None:
    git(company, "switch", "-q", "-c", "work")
    assert said(run("--repo", company, "--branch", "main")) == (
        "ems: main is the main branch, from which the manual is made: name another with --branch"
    )
    assert "is checked out" in said(run("--repo", company, "--branch", "work"))
    git(company, "branch", "other")
    assert "holds no site" in said(run("--repo", company, "--branch", "other"))


def test_without_a_name_nothing_is_published(run: Run, company: Path, tmp_path: Path) -> None:
    (tmp_path / "gitconfig").write_text("")
    assert "does not know your name and mail address yet" in said(run("--repo", company))


# --- Where to ---------------------------------------------------------------------------


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What would have been pushed."""
    found: list[tuple[str, str]] = []
    monkeypatch.setattr(Publisher, "push", lambda _, remote, branch: found.append((remote, branch)))
    return found


def test_a_remote_on_this_machine_is_private(run: Run, company: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(company), str(tmp_path / "origin.git"))
    git(company, "remote", "add", "origin", str(tmp_path / "origin.git"))
    result = run("--repo", company, "--push", "origin")
    assert result.stdout.splitlines()[1] == "sent to origin (this machine)"
    assert shown(tmp_path / "origin.git") == shown(company)
    assert run("--repo", company, "--push", "origin").stdout.splitlines() == [
        "Nothing has changed: the branch gh-pages shows this manual already.",
        "sent to origin (this machine)",
    ]


def test_a_host_not_known_to_be_private_needs_a_word(
    run: Run, company: Path, sent: list[tuple[str, str]]
) -> None:
    git(company, "remote", "add", "origin", "git@git.example.org:ems.git")
    assert said(run("--repo", company, "--push", "origin")) == (
        "ems: origin is at git.example.org, which the approved ems.yml does not list as a private host, so "
        "anybody might read the manual there: add it to `private_hosts` under `publication`, or say --public"
    )
    assert "gh-pages" not in git(company, "branch")
    assert sent == []
    assert run("--repo", company, "--push", "origin", "--public").exit_code == 0
    assert sent == [("origin", "gh-pages")]


def test_an_approved_private_host_needs_none(run: Run, story: Story, sent: list[tuple[str, str]]) -> None:
    company = build(adopt(story, more="publication: {private_hosts: [Git.Example.org]}\n"))
    git(company, "remote", "add", "origin", "https://git.example.org/ems.git")
    result = run("--repo", company, "--push", "origin")
    assert result.stdout.endswith("sent to origin (git.example.org)\n")
    assert sent == [("origin", "gh-pages")]


def test_a_host_that_nobody_has_approved_yet_is_not_private(
    run: Run, story: Story, sent: list[tuple[str, str]]
) -> None:
    adopt(story)
    listed = "publication: {private_hosts: [git.example.org]}\n"
    story.commit({"ems/ems.yml": settings() + listed}, by="ann")
    company = build(story.check_out())
    git(company, "remote", "add", "origin", "https://git.example.org/ems.git")
    assert "does not list as a private host" in said(run("--repo", company, "--push", "origin"))
    assert sent == []


def test_one_public_address_of_several_is_enough_to_ask(run: Run, company: Path) -> None:
    git(company, "remote", "add", "origin", "/srv/ems.git")
    git(company, "config", "--add", "remote.origin.pushurl", "/srv/ems.git")
    git(company, "config", "--add", "remote.origin.pushurl", "git@git.example.org:ems.git")
    assert "origin is at git.example.org" in said(run("--repo", company, "--push", "origin"))


def test_public_without_a_remote_makes_no_sense(run: Run, company: Path) -> None:
    assert "name where to send it with --push" in said(run("--repo", company, "--public"))
