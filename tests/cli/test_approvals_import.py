"""`ems approvals import` as a job runs it: in a clone of the main branch, after something has landed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_ems.cli.main import ems
from mkdocs_ems.forges.values import ForgeName
from support.forge_company import FORGES, PEOPLE, PREFIXES, TOKEN, ForgeCompany, Style
from support.forge_server import ForgeServer, serving
from support.forge_stories import PROJECT
from support.keys import needs_ssh, private_key
from support.story import Story

pytestmark = needs_ssh

Asked = Callable[..., tuple[Result, Path, ForgeServer]]


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git's settings of nobody, as in a job."""
    settings = tmp_path / "gitconfig"
    settings.write_text("")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("GITHUB_TOKEN", "GITLAB_TOKEN", "FORGEJO_TOKEN"):
        monkeypatch.setenv(name, TOKEN)


@pytest.fixture
def company(story: Story) -> ForgeCompany:
    made = ForgeCompany(story)
    made.begin()
    return made


def cloned(company: ForgeCompany, folder: Path) -> Path:
    """A clone that holds the main branch and what lies behind it, and nothing else."""
    source = company.story.flush()
    command = ["git", "clone", "-q", "--no-local", "--single-branch", "--branch", "main", source, folder]
    subprocess.run(command, check=True)
    return folder


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def asked(company: ForgeCompany, tmp_path: Path) -> Asked:
    """Run the import against a server that plays the forge; the clone is made before."""

    def run(forge: ForgeName, *more: object, clone: Path | None = None) -> tuple[Result, Path, ForgeServer]:
        folder = clone or cloned(company, tmp_path / "clone")
        with serving(company.answering(forge)) as server:
            options = ["--repo", folder, "--forge", forge, "--project", PROJECT]
            options += ["--url", server.url + PREFIXES[forge], "--key", private_key("importer"), *more]
            arguments = ["approvals", "import", *map(str, options)]
            result = CliRunner().invoke(ems, arguments, prog_name="ems")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert TOKEN not in result.output
        return result, folder, server

    return run


@pytest.mark.parametrize(
    ("forge", "style"),
    [*((forge, "squash") for forge in FORGES), ("github", "merge"), ("gitlab", "rebase")],
)
def test_a_review_becomes_a_commit_of_the_importer_and_is_attested(
    company: ForgeCompany,
    asked: Callable[..., tuple[Result, Path, ForgeServer]],
    forge: ForgeName,
    style: Style,
) -> None:
    company.land(style=style)
    result, folder, _ = asked(forge)
    assert result.exit_code == 0, result.output
    assert f"POL-001 issue 2: approved by Mary Dean (mdean), {forge} wrenholt/ems" in result.stdout
    assert "1 record; 127.0.0.1 was asked about 1 commit of the main branch" in result.stdout
    assert git(folder, "log", "-1", "--format=%an <%ae>, %cn <%ce>, %s") == (
        "Import of approvals <importer@example.org>, Import of approvals <importer@example.org>, "
        "Record the approval of POL-001 issue 2"
    )
    path = "ems/records/approvals/POL-001/2-approval-mary@example.org-1.yml"
    assert git(folder, "show", "--format=", "--name-status").split("\n") == [f"A\t{path}", f"A\t{path}.sig"]
    assert git(folder, "status", "--porcelain") == ""
    shown = CliRunner().invoke(ems, ["history", "--repo", str(folder), "POL-001"], prog_name="ems").stdout
    assert "attested" in shown
    again, _, _ = asked(forge, clone=folder)
    assert again.exit_code == 0
    assert "nothing to import" in again.stdout


def test_without_a_commit_the_files_lie_in_the_folder(company: ForgeCompany, asked: Asked) -> None:
    company.land(style="squash")
    result, folder, _ = asked("github", "--no-commit")
    assert "written and not committed" in result.stdout
    assert git(folder, "status", "--porcelain") == "?? ems/records/"


def test_what_is_left_out_is_told_and_is_no_failure(company: ForgeCompany, asked: Asked) -> None:
    company.land(style="squash", reviewer="ann-a")
    result, folder, _ = asked("github")
    assert result.exit_code == 0
    assert (
        "left out: POL-001: wrenholt/ems#12: ann-a opened the request and cannot approve it" in result.stdout
    )
    assert "nothing new" in result.stdout
    assert git(folder, "rev-list", "--count", "HEAD") == "2"


def test_only_what_landed_after_a_commit_is_asked_about(company: ForgeCompany, asked: Asked) -> None:
    company.land(style="squash")
    result, _, server = asked("github", "--since", "HEAD")
    assert "nothing to import" in result.stdout
    assert server.count("/pulls") == 0


def test_a_commit_off_the_chain_is_no_beginning(company: ForgeCompany, asked: Asked) -> None:
    told = company.land(style="merge")
    result, _, _ = asked("github", "--since", told.head)
    assert result.exit_code == 2
    assert "is not on the main branch's chain" in result.stderr


def test_a_branch_has_no_approval_to_import(company: ForgeCompany, asked: Asked, tmp_path: Path) -> None:
    company.land(style="squash")
    folder = cloned(company, tmp_path / "clone")
    git(folder, "switch", "-q", "-c", "draft")
    result, _, _ = asked("github", clone=folder)
    assert result.exit_code == 2
    assert "go there with `git switch main`" in result.stderr


def test_a_commit_on_no_branch_is_told(company: ForgeCompany, asked: Asked, tmp_path: Path) -> None:
    folder = cloned(company, tmp_path / "clone")
    git(folder, "checkout", "-q", "--detach")
    result, _, _ = asked("github", clone=folder)
    assert result.exit_code == 2
    assert "git switch main" in result.stderr


def test_without_an_importer_it_is_told_how_to_have_one(tmp_path: Path, asked: Asked) -> None:
    company = ForgeCompany(Story(tmp_path / "other origin"))
    company.begin(**{"registers/people.yml": PEOPLE.replace("ROL-IMPORTER", "ROL-EHS")})
    result, _, _ = asked("github", clone=cloned(company, tmp_path / "other"))
    assert result.exit_code == 2
    assert "nobody holds the role ROL-IMPORTER" in result.stderr


def test_a_key_that_is_not_there_is_told_before_anybody_is_asked(company: ForgeCompany, asked: Asked) -> None:
    company.land(style="squash")
    result, _, server = asked("github", "--key", "nowhere.key")
    assert result.exit_code == 2
    assert "there is no key nowhere.key" in result.stderr
    assert server.asked == []


def test_a_missing_token_is_told(
    company: ForgeCompany, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.land(style="squash")
    monkeypatch.delenv("GITLAB_TOKEN")
    result, _, server = asked("gitlab")
    assert result.exit_code == 2
    assert "set GITLAB_TOKEN to a token that may read the project" in result.stderr
    assert server.asked == []


def test_a_project_that_the_forge_does_not_know_is_told(company: ForgeCompany, asked: Asked) -> None:
    company.land(style="squash")
    result, folder, _ = asked("forgejo", "--project", "wrenholt/other")
    assert result.exit_code == 2
    assert "knows nothing of /api/v1/repos/wrenholt/other" in result.stderr
    assert git(folder, "status", "--porcelain") == ""


def test_a_forge_that_is_down_leaves_everything_as_it_was(company: ForgeCompany, tmp_path: Path) -> None:
    company.land(style="squash")
    folder = cloned(company, tmp_path / "clone")
    options = [
        "--repo",
        str(folder),
        "--forge",
        "gitlab",
        "--project",
        PROJECT,
        "--url",
        "http://127.0.0.1:9",
    ]
    run = CliRunner().invoke(ems, ["approvals", "import", *options, "--key", str(private_key("importer"))])
    assert run.exit_code == 2
    assert "127.0.0.1 cannot be asked (no connection)" in run.stderr
    assert run.stderr.count("\n") == 1
    assert git(folder, "status", "--porcelain") == ""
