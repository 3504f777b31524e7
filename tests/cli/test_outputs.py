"""What a command writes goes to a file of its own: never among git's files, never over what git tracks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_ems.cli.main import ems
from support.company import PEOPLE, POLICY, ROLES, settings
from support.shell import every_byte, git
from support.story import Story

Run = Callable[..., Result]
each_command = pytest.mark.parametrize(
    "command", [["register", "--format", "csv"], ["register", "--format", "xlsx"], ["ledger"]]
)


@pytest.fixture
def root(story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    files = {"ems/ems.yml": settings(), "ems/policy.md": POLICY}
    story.commit({**files, "ems/registers/people.yml": PEOPLE, "ems/registers/roles.yml": ROLES})
    root = story.check_out()
    monkeypatch.chdir(root)
    return root


def ask(*arguments: object) -> Result:
    return CliRunner().invoke(ems, [*map(str, arguments)])


@each_command
@pytest.mark.parametrize(
    "place", [".git/config", ".git/new/file", ".GIT/x", "ems/../.git/HEAD", "link/config"]
)
def test_nothing_is_written_among_gits_own_files(root: Path, command: list[str], place: str) -> None:
    (root / "link").symlink_to(".git")
    before = every_byte(root)
    done = ask(*command, "--output", place)
    assert done.exit_code == 2
    assert "among git's own files" in " ".join(done.output.split())
    assert every_byte(root) == before


@each_command
def test_no_file_that_git_tracks_is_written_over(root: Path, command: list[str]) -> None:
    before = every_byte(root)
    done = ask(*command, "--output", "ems/policy.md")
    assert done.exit_code == 2
    assert "is a file that git tracks" in " ".join(done.output.split())
    assert every_byte(root) == before


@each_command
def test_a_file_of_its_own_is_written_and_written_anew(root: Path, command: list[str]) -> None:
    for _ in range(2):
        done = ask(*command, "--output", "out.bin")
        assert done.exit_code == 0, done.output
    assert (root / "out.bin").stat().st_size > 0


@pytest.mark.parametrize("command", [["register", "--format", "csv"], ["ledger"]])
def test_a_dash_is_standard_output(root: Path, command: list[str]) -> None:
    assert ask(*command, "--output", "-").output == ask(*command).output
    assert not (root / "-").exists()


def test_a_baseline_that_git_tracks_may_be_written_anew_and_nothing_else(root: Path) -> None:
    assert ask("check", "--write-baseline", "known.json").exit_code == 0
    git(root, "add", "known.json")
    assert ask("check", "--write-baseline", "known.json").exit_code == 0
    before = every_byte(root)
    for place in ("ems/policy.md", ".git/config", "-"):
        assert ask("check", "--write-baseline", place).exit_code != 0
    assert every_byte(root) == before
