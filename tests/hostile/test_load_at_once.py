"""Several commands at once on one repository: each ends as if it were alone, or is refused in one line."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_ems.cli.main import ems
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.site.locking import locked
from mkdocs_ems.site.placing import replaced_by
from support.at_once import Desktop, every_file
from support.company import procedure
from support.shell import git
from support.ten_versions import begun, land

pytestmark = pytest.mark.slow

AS_OF = ("--as-of", "2026-01-15")
ROUNDS = int(os.environ.get("EMS_LOAD_ROUNDS", "1"))
"""How often two builds and a check are begun at the same moment; more of it says more, and takes longer."""
FORMS = {"all": ("--all",), "one": ("--ref", "main")}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company with two versions and a change after them. Who changes it, copies it."""
    story = begun(tmp_path_factory.mktemp("told") / "company")
    land(story, "v02", "eve", {"ems/waste.md": procedure("Sort the waste, and weigh it.")}, date="2025-02-03")
    land(story, "", "eve", {"ems/waste.md": procedure("Sort the waste. Weigh it twice.")}, date="2025-12-03")
    return story.check_out()


@pytest.fixture
def company(told: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(told, tmp_path / "company", symlinks=True))


def build(repo: Path, form: str, site: Path) -> tuple[object, ...]:
    return "build", *FORMS[form], "--repo", repo, "--site-dir", site, *AS_OF


def check(repo: Path) -> tuple[object, ...]:
    return "check", "--ref", "main", "--repo", repo, "--format", "json", *AS_OF


@pytest.fixture(scope="module")
def alone(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sites of both forms, built with nobody else about."""
    desktop = Desktop(tmp_path_factory.mktemp("alone"))
    for form in FORMS:
        assert not desktop.alone(*build(told, form, desktop.folder / form)).refused
    return desktop.folder


# --- two builds and a check ---------------------------------------------------------------


@pytest.mark.parametrize(("form", "other"), [("one", "site"), ("all", "other-site")])
def test_two_builds_and_a_check_give_what_each_gives_alone(
    told: Path, alone: Path, tmp_path: Path, form: str, other: str
) -> None:
    one, two = tmp_path / "place" / "site", tmp_path / "place" / other
    whole = every_file(alone / form)
    checked = Desktop(tmp_path / "before").alone(*check(told))
    for number in range(ROUNDS):
        # The cache and the store are shared, and empty each time; a site stands from the second time on.
        desktop = Desktop(tmp_path / f"desktop-{number}")
        commands = build(told, form, one), build(told, form, two), check(told)
        *builds, checked_beside = desktop.at_once(*commands)
        refused = [ended for ended in builds if ended.refused]
        assert all("another build is writing" in ended.said for ended in refused)
        assert len(refused) <= (1 if one == two else 0)
        assert checked_beside == checked
        assert {path.name for path in one.parent.iterdir()} == {one.name, two.name}
        assert every_file(one) == whole
        assert every_file(two) == whole
        assert not [path.name for path in desktop.folder.rglob("*") if path.is_symlink()]


def test_a_build_is_refused_in_one_line_while_another_writes_the_same_folder(
    told: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    with replaced_by(site) as new:
        (new.folder / "index.html").write_text("theirs")
        second = Desktop(tmp_path / "desktop").alone("build", "--repo", told, "--site-dir", site, *AS_OF)
        assert second.refused
        assert "another build is writing" in second.said
        assert not site.exists()
    assert (site / "index.html").read_text() == "theirs"


# --- one commit ---------------------------------------------------------------------------


@pytest.fixture
def restless(company: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The main branch moves, and git tidies up, after each question that is asked of git."""
    earlier, latest = git(company, "rev-parse", "main~1", "main").split()
    turns = 0

    def move() -> None:
        nonlocal turns
        turns += 1
        git(company, "update-ref", "refs/heads/main", latest if turns % 5 == 0 else earlier)
        if turns % 3 == 0:
            git(company, "pack-refs", "--all", "--prune")
        if turns % 5 == 0:
            git(company, "repack", "-a", "-d", "-q")

    asked, asked_in_pieces = Plumbing.run, Plumbing.stream

    def run(self: Plumbing, *arguments: str, **options: object) -> bytes:
        answer: bytes = asked(self, *arguments, **options)  # type: ignore[arg-type]  # passed on as they came
        move()
        return answer

    def stream(self: Plumbing, *arguments: str, **options: object) -> Iterator[bytes]:
        answer: Iterator[bytes] = asked_in_pieces(self, *arguments, **options)  # type: ignore[arg-type]  # as above
        move()
        return answer

    def begin() -> None:
        monkeypatch.setattr(Plumbing, "run", run)
        monkeypatch.setattr(Plumbing, "stream", stream)

    return begin


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--ref", "main", "--format", "json", "--no-cache"),
        ("register", "--ref", "main", "--format", "json"),
        ("history", "PRO-001", "--ref", "main", "--format", "json"),
        ("diff", "v01", "main", "--format", "json"),
    ],
    ids=lambda command: command[0],
)
def test_a_command_reads_one_commit_however_the_branch_moves(
    company: Path,
    restless: Callable[[], None],
    command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("EMS_CACHE_DIR", str(tmp_path / "checks"))
    asked = [*command, "--repo", str(company), *AS_OF]
    before = CliRunner().invoke(ems, asked, prog_name="ems")
    restless()
    assert git(company, "rev-parse", "main") == git(company, "rev-parse", "HEAD")
    during = CliRunner().invoke(ems, asked, prog_name="ems")
    assert during.stdout == before.stdout
    assert during.exit_code == before.exit_code


def test_a_build_is_of_one_commit_however_the_branch_moves(company: Path, tmp_path: Path) -> None:
    desktop = Desktop(tmp_path / "desktop")
    commits = git(company, "rev-parse", "main~1", "main").split()
    one_state = ("build", "--repo", company, "--ref", "main", *AS_OF, "--site-dir")
    git(company, "branch", "keeps", "main")  # or git would clear away what no branch leads to
    may_be: list[Mapping[str, bytes]] = []
    for commit in commits:
        git(company, "update-ref", "refs/heads/main", commit)
        assert not desktop.alone(*one_state, tmp_path / commit).refused
        may_be.append(every_file(tmp_path / commit))
    assert may_be[0] != may_be[1]
    done = threading.Event()

    def move() -> None:
        turns = 0
        while not done.is_set():
            turns += 1
            git(company, "update-ref", "refs/heads/main", commits[turns % 2])
            if turns % 4 == 0:
                git(company, "pack-refs", "--all", "--prune")
            if turns % 9 == 0:
                git(company, "gc", "-q", "--prune=now")

    mover = threading.Thread(target=move)
    mover.start()
    try:
        ended = Desktop(tmp_path / "another").alone(*one_state, tmp_path / "site")
    finally:
        done.set()
        mover.join()
    assert not ended.refused, ended.said
    assert every_file(tmp_path / "site") in may_be


# --- two who write ------------------------------------------------------------------------


def test_of_two_who_approve_the_same_one_does_and_the_other_is_told(company: Path, tmp_path: Path) -> None:
    (company / "ems/waste.md").write_text(procedure("Sort the waste. Weigh it thrice."))
    git(company, "commit", "-q", "-a", "-m", "Weigh it thrice")
    before = git(company, "rev-parse", "HEAD")
    approve = ("approve", "PRO-001", "--yes", "--repo", company)
    ended = Desktop(tmp_path / "desktop").at_once(approve, approve)
    assert sorted(one.status == 0 for one in ended) == [False, True], ended
    (loser,) = [one for one in ended if one.status]
    assert loser.refused or "Nothing was written." in loser.said
    assert git(company, "rev-list", "--count", f"{before}..HEAD") == "1"
    assert len(list((company / "ems/records/approvals/PRO-001").iterdir())) == 1
    assert git(company, "status", "--porcelain") == ""
    assert not list((company / ".git").glob("*ems*"))


def test_of_two_who_publish_one_does_and_the_branch_holds_the_site(
    company: Path, alone: Path, tmp_path: Path
) -> None:
    publish = ("publish", "--site-dir", alone / "all", "--repo", company)
    ended = Desktop(tmp_path / "desktop").at_once(publish, publish)
    assert any(not one.refused for one in ended), ended
    for one in ended:
        if one.refused:
            assert "was changed meanwhile, so nothing was published: run the command again" in one.said
    assert git(company, "rev-list", "--count", "gh-pages") == "1"
    assert set(git(company, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()) == {
        ".nojekyll",
        *every_file(alone / "all"),
    }
    assert not git(company, "for-each-ref", "refs/ems")


def test_whoever_adds_waits_while_another_looks_for_a_free_id(company: Path) -> None:
    before = every_file(company / "ems")
    asked = ["new", "procedure", "--repo", str(company), "Oil in rain"]
    with locked(company / ".git" / "ems-new.lock", busy="nobody else is here"):
        second = CliRunner().invoke(ems, asked, prog_name="ems")
    assert second.exit_code == 2
    assert "another `ems new` is at work in this folder: try again in a moment" in second.output
    assert every_file(company / "ems") == before


@pytest.mark.parametrize("kind", ["aspect", "procedure"])
def test_two_who_add_are_given_two_ids_or_one_of_them_has_to_wait(
    company: Path, tmp_path: Path, kind: str
) -> None:
    new = ("new", kind, "--repo", company)
    ended = Desktop(tmp_path / "desktop").at_once((*new, "Oil in rain"), (*new, "Paint in rain"))
    made = [one.output.split()[0] for one in ended if not one.refused]
    assert made
    assert len(set(made)) == len(made)
    assert all("try again" in one.said for one in ended if one.refused)
    written = "".join(path.read_text() for path in (company / "ems").rglob("*") if path.is_file())
    for identity in made:
        assert written.count(f"id: {identity}\n") + written.count(f"id: {identity},") == 1
    assert not list((company / ".git").glob("*ems*"))
