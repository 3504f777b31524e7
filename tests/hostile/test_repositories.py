"""Every command over every hostile repository: nothing of it runs, nothing of it is written, nothing breaks.

A command ends with 0, 1 or 2. Where a repository only says what to run or what to overlook, it tells
what it tells of the sound one; where something is missing, it says so in one line.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_ems.cli.main import ems
from support import hostile_damage, hostile_entries, hostile_programs
from support.hostile_company import HOSTILE, Hostile, company
from support.hostile_settings import canary, environment
from support.inert import printed_faults, site_faults
from support.killing import LONGEST
from support.shell import every_byte, git

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the canaries are shell scripts, the traps devices")

MODULES = (hostile_damage, hostile_entries, hostile_programs)
DAY = ("--as-of", "2026-02-01")
SECONDS = 10
READING: Mapping[str, tuple[str, ...]] = {
    "check": ("check", *DAY),
    "check of a version": ("check", "--ref", "v2"),
    "check verified": ("check", *DAY, "--verify-store"),
    "register": ("register", *DAY),
    "history": ("history", "PRO-001", *DAY),
    "approvals verify": ("approvals", "verify", "PRO-001", *DAY),
    "ledger": ("ledger", *DAY),
    "export": ("export", *DAY),
    "impact": ("impact", "--base", "v1", *DAY),
    "diff for reviewers": ("diff", "--base", "v1", "--report", "--format", "markdown", *DAY),
    "versions": ("build", "--versions", "--format", "json", *DAY),
}
WRITING: Mapping[str, tuple[str, ...]] = {
    "new, only shown": ("new", "aspect", "Pumps", "--dry-run"),
    "new": ("new", "aspect", "Pumps"),
    "approve": ("approve", "--no-commit", "--yes", "PRO-001"),
}
OF_GIT = frozenset({"check of a version", "check verified"})


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository that all the others are copies of."""
    return company(tmp_path_factory.mktemp("sound") / "repository")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where versions that were built once are kept: most repositories hold the same ones."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("GIT_", "EMS_", "SSH_"))]:
        monkeypatch.delenv(name)
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Eve\n\temail = eve@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """A copy of the sound repository, with a canary beside it."""
    canary(tmp_path)
    return Path(shutil.copytree(sound, tmp_path / "repository", symlinks=True))


def ask(folder: Path, *arguments: object) -> Result:
    """Run a command: it ends in time with 0, 1 or 2, shows no defect, and nothing has run."""
    done = ended(folder, *arguments)
    sang = folder.parent / "sang"
    assert not sang.exists(), (arguments, sang.read_text())
    return done


def ended(folder: Path, *arguments: object) -> Result:
    """Run a command: it ends in time with 0, 1 or 2, and shows no defect."""
    name, *others = map(str, arguments)
    at = [name, others.pop(0)] if name == "approvals" else [name]
    begun = time.process_time()
    done = CliRunner().invoke(ems, [*at, "--repo", str(folder), *others])
    assert time.process_time() - begun < SECONDS, arguments
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code in (0, 1, 2), (arguments, done.output)
    assert printed_faults(done.output) == [], arguments
    if done.exit_code == 2:
        said = done.stderr.splitlines()
        assert said, arguments
        assert said[-1].startswith("ems: ") or "Error:" in done.stderr, (arguments, said)
    return done


def told(folder: Path) -> Iterator[tuple[str, Result]]:
    """What every reading command tells; none of them changes a byte of the repository."""
    before = every_byte(folder)
    for name, arguments in READING.items():
        yield name, ask(folder, *arguments)
    assert every_byte(folder) == before


@pytest.fixture(scope="module")
def expected(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What is told of the sound repository."""
    apart = tmp_path_factory.mktemp("expected")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(apart))
        patch.setenv("COLUMNS", "80")
        copy = Path(shutil.copytree(sound, apart / "repository", symlinks=True))
        return {name: done.stdout for name, done in told(copy)}


def test_what_is_driven_does_its_work_in_a_sound_repository(folder: Path) -> None:
    assert {name: done.exit_code for name, done in told(folder) if done.exit_code == 2} == {}
    for arguments in WRITING.values():
        done = ask(folder, *arguments)
        assert done.exit_code == 0, done.output
    assert git(folder, "status", "--porcelain", "--untracked-files=all").splitlines() == [
        " M ems/registers/aspects.yml",
        "?? ems/records/approvals/PRO-001/2-approval-eve@example.org-1.yml",
    ]
    assert ask(folder, "export", "--output", folder / "out.json").exit_code == 0
    for place in (".git/config", "ems/ems.yml"):
        assert ask(folder, "export", "--output", folder / place).exit_code == 2


def test_every_way_to_spoil_one_is_driven() -> None:
    assert len(HOSTILE) >= 45
    assert {one.spoil.__module__ for one in HOSTILE} == {module.__name__ for module in MODULES}
    assert {one.reads for one in HOSTILE} == {"same", "refused", "refused from git", "somehow"}


@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in HOSTILE])
def test_reading_one_runs_nothing_changes_nothing_and_tells_the_truth_or_refuses(
    one: Hostile, folder: Path, expected: Mapping[str, str]
) -> None:
    one.spoil(folder)
    for name, done in told(folder):
        if one.reads == "same":
            assert done.stdout == expected[name], name
        elif one.reads == "refused" or (one.reads != "somehow" and name in OF_GIT):
            assert done.exit_code == 2, (name, done.output)
            assert len(done.stderr.splitlines()) == 1, name
        assert "SECRET-OUTSIDE" not in done.output
        assert "root:x:" not in done.output


@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in HOSTILE])
def test_writing_into_one_runs_nothing(one: Hostile, folder: Path) -> None:
    one.spoil(folder)
    for arguments in WRITING.values():
        ask(folder, *arguments)
    ask(folder, "export", *DAY, "--output", folder / "out.json")


@pytest.fixture(scope="module")
def site(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site to publish."""
    built = tmp_path_factory.mktemp("site") / "site"
    ask(sound, "build", "--ref", "v2", "--fail-on", "never", "--site-dir", built)
    return built


@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in HOSTILE])
def test_what_is_committed_or_published_starts_the_hooks_of_git_and_nothing_else(
    one: Hostile, folder: Path, site: Path
) -> None:
    # These write as their user would with git, whose hooks are the user's own wish.
    one.spoil(folder)
    ended(folder, "approve", "--yes", "PRO-001")
    ended(folder, "publish", "--site-dir", site)
    sang = folder.parent / "sang"
    sung = {line.split()[0] for line in sang.read_text().splitlines()} if sang.exists() else set()
    assert {Path(name).parent.name for name in sung} <= {"hooks"}
    # A monitor of files may lie among the hooks, and is none.
    assert not [name for name in sung if "fsmonitor" in name]


@pytest.mark.slow
@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in HOSTILE if one.builds])
def test_building_of_one_runs_nothing_and_writes_nowhere_else(
    one: Hostile, folder: Path, store: Path, tmp_path: Path
) -> None:
    one.spoil(folder)
    before = every_byte(folder)
    site, every = tmp_path / "site", tmp_path / "all"
    assert ask(folder, "build", "--ref", "v2", "--fail-on", "never", "--site-dir", site).exit_code == 0
    kept = ("--store", store, "--jobs", "1", "--fail-on", "never")
    assert ask(folder, "build", "--all", *DAY, *kept, "--site-dir", every).exit_code == 0
    assert every_byte(folder) == before
    assert site_faults(site)[0] == []
    for page in (page for built in (site, every) for page in built.rglob("*") if page.is_file()):
        assert not page.is_symlink()
        data = page.read_bytes()
        assert b"SECRET-OUTSIDE" not in data
        assert b"root:x:" not in data


def test_an_environment_full_of_git_runs_nothing_and_changes_nothing(
    folder: Path, expected: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(tmp_path, tmp_path / "canary.sh").items():
        monkeypatch.setenv(name, value)
    for name, done in told(folder):
        assert done.stdout == expected[name], name
    assert not (tmp_path / "trace").exists()
    for arguments in WRITING.values():
        ask(folder, *arguments)


def test_words_forged_under_the_id_of_a_file_are_told_by_who_hashes_again(folder: Path) -> None:
    hostile_damage._other_words_under_the_id_of_a_file(folder)
    assert ask(folder, "register", *DAY).exit_code == 0
    for name in ("check", "register", "ledger", "export"):
        done = ask(folder, name, *DAY, "--verify-store")
        assert done.exit_code == 2, name


def test_names_that_are_options_are_names_when_they_are_asked_for(folder: Path) -> None:
    hostile_entries._refs_with_names_of_options(folder)
    for name in ("--output=x", "-x", "$(x)", "a;b", "refs/tags/--output=x"):
        assert ask(folder, "check", f"--ref={name}").exit_code in (0, 1)
        assert ask(folder, "diff", f"--base={name}", *DAY).exit_code == 0
    for odd in (
        "HEAD\n--output=x",
        "v1..v2",
        "v2:ems/ems.yml",
        "@{-1}",
        "^v1",
        ":/Adopt",
        "v2^{/x}",
        "\x1b[2J",
        "",
    ):
        assert ask(folder, "check", f"--ref={odd}").exit_code == 2
    assert not (folder / "x").exists()


def test_standing_in_a_repository_that_the_content_brought_along_runs_nothing(
    folder: Path, tmp_path: Path
) -> None:
    hostile_entries._a_bare_repository_in_the_content(folder)
    for arguments in (*READING.values(), *WRITING.values()):
        ask(folder / "ems" / "procedures" / "vendor", *arguments)
    assert not (tmp_path / "sang").exists()


def test_a_git_in_the_folder_where_somebody_stands_is_never_started(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile_programs._python_modules_that_shadow_ours(folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", os.environ["PATH"]]))
    for arguments in WRITING.values():
        assert ask(folder, *arguments).exit_code == 0


def test_a_program_in_the_folder_where_the_command_is_started_is_never_ours(
    folder: Path, tmp_path: Path
) -> None:
    hostile_programs._python_modules_that_shadow_ours(folder)
    command = Path(sys.executable).with_name("ems")
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    own["PATH"] = os.pathsep.join(["", ".", own["PATH"]])
    for arguments in (("check", *DAY), ("register", *DAY), ("approve", "--no-commit", "--yes", "PRO-001")):
        done = subprocess.run([command, *arguments], cwd=folder, env=own, capture_output=True, check=False)
        assert done.returncode in (0, 1)
        assert not (tmp_path / "sang").exists(), (tmp_path / "sang").read_text()


def test_the_canary_would_sing(folder: Path, tmp_path: Path) -> None:
    hostile_programs._programs_in_the_configuration(folder)
    git(folder, "config", "--unset", "core.worktree")
    git(folder, "config", "core.bare", "false")
    subprocess.run(["git", "status"], cwd=folder, check=False, capture_output=True, timeout=LONGEST)
    assert (tmp_path / "sang").exists()
