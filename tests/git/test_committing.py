"""Committing on a user's own repository: just the new files, all of them, or nothing at all."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mkdocs_ems.errors import EmsError, OutputError, RepositoryError, UsageError
from mkdocs_ems.git import added_file
from mkdocs_ems.git.committing import Commission, OwnRepository
from mkdocs_ems.git.own import OwnGit
from mkdocs_ems.git.running import here
from support.shell import every_byte, git
from support.story import Story

NEW = {"ems/records/approvals/P-1/1.yml": b"one\n", "ems/records/approvals/P-1/1.yml.sig": b"sig\n"}
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def mary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of a user, and nothing of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Mary Dean\n\temail = mary@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return config


@pytest.fixture
def work(story: Story, mary: Path) -> Path:
    """A work tree with one thing staged, one changed and one untracked."""
    assert mary.exists()
    story.commit({"ems/ems.yml": "schema: 1\n", "ems/a.md": "a\n", "ems/b.md": "b\n"})
    root = story.check_out()
    (root / "ems/a.md").write_text("staged\n")
    git(root, "add", "ems/a.md")
    (root / "ems/b.md").write_text("changed\n")
    (root / "ems/c.md").write_text("untracked\n")
    return root


def commission(own: OwnRepository, **other: object) -> Commission:
    head = own.head()
    said = {"files": NEW, "message": "Approve P-1\n", "by": own.identity(), "when": NOON, "head": head}
    return Commission(**{**said, **other})  # type: ignore[arg-type]  # values of several kinds in one mapping


def status(root: Path) -> str:
    return git(root, "status", "--porcelain", "--untracked-files=all")


def remains(root: Path) -> dict[str, bytes]:
    """All but git's objects, which nothing leads to, and its own notes of what was last asked of it."""
    kept = every_byte(root)
    apart = (".git/objects", ".git/COMMIT_EDITMSG", ".git/logs")
    return {path: data for path, (_, _, data) in kept.items() if not path.startswith(apart)}


def hook(root: Path, name: str, script: str) -> None:
    path = root / ".git/hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


# --- what is committed --------------------------------------------------------------------


def test_a_commit_holds_the_new_files_and_nothing_else(work: Path) -> None:
    made = OwnRepository(work).commit(commission(OwnRepository(work))).id
    listed = git(work, "diff-tree", "--no-commit-id", "-r", "--name-status", made).splitlines()
    assert listed == [f"A\t{path}" for path in sorted(NEW)]
    assert git(work, "rev-parse", "main") == made
    assert {path: (work / path).read_bytes() for path in NEW} == NEW


def test_what_is_staged_changed_or_untracked_stays_as_it_was(work: Path) -> None:
    before, staged = status(work), git(work, "diff", "--cached")
    OwnRepository(work).commit(commission(OwnRepository(work)))
    assert status(work) == before
    assert git(work, "diff", "--cached") == staged
    assert not (work / ".git/index.lock").exists()
    assert not list((work / ".git").glob("*ems-approve*"))


def test_author_and_committer_are_the_user_of_the_settings(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "other@example.org")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Other")
    made = OwnRepository(work).commit(commission(OwnRepository(work))).id
    form = "%an <%ae>|%cn <%ce>|%aI|%s"
    who = "Mary Dean <mary@example.org>"
    told = git(work, "log", "-1", f"--format={form}", made)
    assert told == f"{who}|{who}|2026-03-01T12:00:00+00:00|Approve P-1"


def test_a_user_without_a_name_is_told_how_to_set_it(work: Path, mary: Path) -> None:
    mary.write_text("")
    with pytest.raises(UsageError, match=r"git config --global user\.name"):
        OwnRepository(work).identity()


def test_only_files_are_written_where_nothing_is_to_be_committed(work: Path) -> None:
    own = OwnRepository(work)
    head = own.head()
    own.write(NEW, head=head)
    assert own.head() == head
    assert all((work / path).read_bytes() == data for path, data in NEW.items())
    assert not list((work / ".git").glob("*ems-approve*"))


def test_line_ends_of_the_settings_do_not_change_what_was_signed(work: Path, mary: Path) -> None:
    mary.write_text(mary.read_text() + "[core]\n\tautocrlf = true\n\teol = crlf\n")
    (work / ".git/info").mkdir(exist_ok=True)
    (work / ".git/info/attributes").write_text("*.yml text eol=crlf\n")
    made = OwnRepository(work).commit(commission(OwnRepository(work))).id
    for path, data in NEW.items():
        assert (work / path).read_bytes() == data
        assert git(work, "cat-file", "blob", f"{made}:{path}") == data.decode().rstrip("\n")


def test_an_environment_that_names_another_repository_is_not_followed(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Story(tmp_path / "other")
    other.commit({"x": "x"})
    monkeypatch.setenv("GIT_DIR", str(other.check_out() / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    made = OwnRepository(work).commit(commission(OwnRepository(work))).id
    assert git(work, "rev-parse", "main") == made


def test_a_linked_work_tree_commits_on_its_own_branch(work: Path, tmp_path: Path) -> None:
    git(work, "worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = OwnRepository(tmp_path / "side")
    made = side.commit(commission(side)).id
    assert git(work, "rev-parse", "side") == made
    assert git(work, "rev-parse", "main") != made
    assert status(tmp_path / "side") == ""


def test_commits_are_signed_as_the_users_others_are(work: Path, mary: Path, tmp_path: Path) -> None:
    program = tmp_path / "gpg"
    program.write_text(
        "#!/bin/sh\ncat >/dev/null\nprintf '[GNUPG:] SIG_CREATED ' >&2\n"
        "printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n'\n"
    )
    program.chmod(0o755)
    mary.write_text(mary.read_text() + f"[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = {program}\n")
    made = OwnRepository(work).commit(commission(OwnRepository(work))).id
    assert "gpgsig -----BEGIN PGP SIGNATURE-----" in git(work, "cat-file", "commit", made)


# --- refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"), [("MERGE_HEAD", "a merge is half done"), ("rebase-merge", "a rebase is half done")]
)
def test_in_the_middle_of_something_nothing_is_approved(work: Path, name: str, words: str) -> None:
    (work / ".git" / name).write_text("")
    with pytest.raises(RepositoryError, match=words):
        OwnRepository(work).head()


def test_a_detached_head_is_refused(work: Path) -> None:
    git(work, "checkout", "-q", "--detach")
    with pytest.raises(RepositoryError, match="on no branch"):
        OwnRepository(work).head()


def test_a_head_that_moved_since_it_was_shown_is_refused(work: Path) -> None:
    own = OwnRepository(work)
    wanted = commission(own)
    git(work, "commit", "-q", "-m", "Meanwhile")
    before = remains(work)
    with pytest.raises(RepositoryError, match="since the document was shown"):
        own.commit(wanted)
    assert remains(work) == before


def test_a_branch_that_moves_at_the_last_moment_keeps_what_it_got(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = OwnRepository(work)
    wanted = commission(own)
    other = git(work, "commit-tree", "-p", "HEAD", "-m", "Meanwhile", "HEAD^{tree}")
    still = OwnRepository._still

    def late(self: OwnRepository, head: object) -> None:
        still(self, head)  # type: ignore[arg-type]  # handed on as it came
        if (work / ".git/index.lock").exists():
            git(work, "update-ref", "refs/heads/main", other)

    monkeypatch.setattr(OwnRepository, "_still", late)
    before = status(work)
    with pytest.raises(RepositoryError, match="did not take the approval"):
        own.commit(wanted)
    assert git(work, "rev-parse", "main") == other
    assert status(work) == before
    assert not any((work / path).exists() for path in NEW)


def test_a_file_that_stands_there_already_is_left_alone(work: Path) -> None:
    first = work / next(iter(NEW))
    first.parent.mkdir(parents=True)
    first.write_text("theirs")
    before = remains(work)
    with pytest.raises(OutputError, match="is there already"):
        OwnRepository(work).commit(commission(OwnRepository(work)))
    assert remains(work) == before


def test_nothing_is_written_beyond_a_link(work: Path, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    (work / "ems/records").symlink_to(tmp_path / "away")
    with pytest.raises(OutputError, match="is a link"):
        OwnRepository(work).commit(commission(OwnRepository(work)))
    assert not list((tmp_path / "away").iterdir())


def test_a_locked_index_is_respected(work: Path) -> None:
    (work / ".git/index.lock").write_text("")
    before = remains(work)
    with pytest.raises(OutputError, match="another program is working with git"):
        OwnRepository(work).commit(commission(OwnRepository(work)))
    assert remains(work) == before


def test_a_second_approval_at_the_same_moment_is_told_to_wait(work: Path) -> None:
    own = OwnRepository(work)
    with (
        own._placing(),
        pytest.raises(OutputError, match=r"another approval \(process"),
    ):
        OwnRepository(work).commit(commission(own))
    assert not any((work / path).exists() for path in NEW)


def test_a_bare_repository_has_no_files_to_add_to(tmp_path: Path, mary: Path) -> None:
    assert mary.exists()
    story = Story(tmp_path / "bare.git", bare=True)
    story.commit({"a": "a"})
    story.flush()
    with pytest.raises(RepositoryError, match="bare"):
        OwnRepository(story.path)


def test_a_filter_that_would_replace_a_file_is_refused(work: Path) -> None:
    (work / ".gitattributes").write_text("*.yml.sig filter=lfs\n")
    before = remains(work)
    with pytest.raises(RepositoryError, match=r"would be kept by the filter lfs"):
        OwnRepository(work).commit(commission(OwnRepository(work)))
    assert remains(work) == before


# --- hooks --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pre-commit", "prepare-commit-msg", "commit-msg", "reference-transaction"])
def test_a_hook_that_refuses_leaves_nothing(work: Path, name: str) -> None:
    hook(work, name, "echo not today; exit 1")
    before = remains(work)
    with pytest.raises(RepositoryError, match=r"refused|did not take"):
        OwnRepository(work).commit(commission(OwnRepository(work)))
    assert remains(work) == before


def test_hooks_see_the_commit_as_it_will_be(work: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    hook(work, "pre-commit", f"git diff --cached --name-only >{seen}")
    hook(work, "commit-msg", 'echo "Change-Id: I1" >>"$1"')
    hook(work, "post-commit", "exit 3")
    made = OwnRepository(work).commit(commission(OwnRepository(work))).id
    assert seen.read_text().split() == sorted(NEW)
    assert git(work, "log", "-1", "--format=%B", made) == "Approve P-1\nChange-Id: I1"


def test_a_hook_that_rewrites_the_record_is_refused(work: Path) -> None:
    first = next(iter(NEW))
    hook(work, "pre-commit", f"echo more >>{first}; git add {first}")
    with pytest.raises(RepositoryError, match="hook of this repository changes the approval"):
        OwnRepository(work).commit(commission(OwnRepository(work)))
    assert git(work, "log", "--format=%s") == "Change"


@pytest.mark.parametrize("name", ["pre-commit", "prepare-commit-msg", "commit-msg"])
def test_a_hook_that_commits_just_the_files_itself_has_made_the_commit(work: Path, name: str) -> None:
    before, staged = status(work), git(work, "diff", "--cached")
    again = 'test -n "$AGAIN" || AGAIN=1 git commit -q --no-verify -m hooked'
    hook(work, name, again)
    made = OwnRepository(work).commit(commission(OwnRepository(work)))
    assert made.by_hook
    assert git(work, "log", "--format=%H %s", "-1") == f"{made.id} hooked"
    assert {path: (work / path).read_bytes() for path in NEW} == NEW
    assert status(work) == before
    assert git(work, "diff", "--cached") == staged
    assert not list((work / ".git").glob("*ems-approve*"))
    assert not (work / ".git/index.lock").exists()


def test_a_hook_that_commits_more_than_the_files_is_told_of_and_nothing_is_staged_by_it(work: Path) -> None:
    hook(work, "pre-commit", "git add ems/b.md ems/c.md && git commit -q --no-verify -m hooked")
    with pytest.raises(RepositoryError, match=r"holds the approval, but together with other changes"):
        OwnRepository(work).commit(commission(OwnRepository(work)))
    assert {path: (work / path).read_bytes() for path in NEW} == NEW
    assert status(work) == "M  ems/a.md"


def test_a_hook_that_commits_under_another_name_is_told_of(work: Path) -> None:
    hook(work, "pre-commit", "git -c user.name=Bot commit -q --no-verify -m hooked")
    with pytest.raises(RepositoryError, match=r"or under another name"):
        OwnRepository(work).commit(commission(OwnRepository(work)))


def test_a_hook_that_commits_another_record_in_its_place_is_told_of(work: Path) -> None:
    first = next(iter(NEW))
    hook(work, "pre-commit", f"echo more >>{first}; git add {first}; git commit -q --no-verify -m hooked")
    with pytest.raises(RepositoryError, match=r"holds not the approval that was to be committed"):
        OwnRepository(work).commit(commission(OwnRepository(work)))
    assert first not in status(work)


def test_a_hook_that_commits_something_else_leaves_nothing_of_the_approval(work: Path) -> None:
    hook(work, "pre-commit", "git commit -q --no-verify -m hooked -- ems/b.md")
    with pytest.raises(RepositoryError, match=r"nothing is approved"):
        OwnRepository(work).commit(commission(OwnRepository(work)))
    assert not any((work / path).exists() for path in NEW)
    assert status(work) == "M  ems/a.md\n?? ems/c.md"


# --- faults -------------------------------------------------------------------------------


def _full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("at", range(10))
def test_a_disk_that_is_full_at_any_write_leaves_nothing(
    work: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    own = OwnRepository(work)
    wanted, before, written = commission(own), remains(work), 0
    partial = added_file._written

    def maybe(folder: Path, data: bytes) -> Path:
        nonlocal written
        written += 1
        if written > at:
            _full()
        return partial(folder, data)

    monkeypatch.setattr(added_file, "_written", maybe)
    try:
        made = own.commit(wanted).id
    except EmsError as error:
        assert "No space left" in str(error)  # noqa: PT017 - only some of these writes happen
        assert remains(work) == before
    else:
        assert written <= at
        assert git(work, "rev-parse", "main") == made


@pytest.mark.parametrize(
    "command",
    ["read-tree", "update-index", "hash-object", "write-tree", "diff-tree", "commit-tree", "update-ref"],
)
def test_a_command_of_git_that_fails_leaves_nothing(
    work: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    own = OwnRepository(work)
    wanted, before = commission(own), remains(work)
    attempt = OwnGit.attempt

    def maybe(self: OwnGit, arguments: tuple[str, ...], **other: object) -> tuple[int, bytes, str]:
        if command in arguments:
            return 128, b"", "fatal: unable to write: No space left on device"
        return attempt(self, arguments, **other)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(OwnGit, "attempt", maybe)
    with pytest.raises(RepositoryError):
        own.commit(wanted)
    assert remains(work) == before


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_an_interruption_leaves_nothing(
    work: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    own = OwnRepository(work)
    wanted, before = commission(own), remains(work)

    def interrupted(*_: object) -> None:
        raise stop

    monkeypatch.setattr(OwnRepository, "_land", interrupted)
    with pytest.raises(stop):
        own.commit(wanted)
    assert remains(work) == before


_KILLED = """\
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from mkdocs_ems.git import committing
from mkdocs_ems.git.committing import Commission, OwnRepository
from mkdocs_ems.git.own import OwnGit

attempt, number = OwnGit.attempt, int(sys.argv[2])

def killed(self, arguments, **other):
    global number
    number -= 1
    if number == 0:
        os.kill(os.getpid(), getattr(signal, sys.argv[3]))
    done = attempt(self, arguments, **other)
    if sys.argv[4] == arguments[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return done

own = OwnRepository(Path(sys.argv[1]))
files = {"ems/records/approvals/P-1/1.yml": b"one\\n", "ems/records/approvals/P-1/1.yml.sig": b"sig\\n"}
wanted = Commission(files, "Approve", own.identity(), datetime(2026, 3, 1, tzinfo=UTC), own.head())
OwnGit.attempt = killed
own.commit(wanted)
"""


def _killed(root: Path, at: int, *, how: str = "SIGKILL", after: str = "") -> int:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(root), str(at), how, after], capture_output=True, check=False
    )
    return done.returncode


@pytest.mark.skipif(os.name == "nt", reason="processes are ended otherwise there")
@pytest.mark.parametrize("at", [3, 8, 14, 18])
def test_after_a_killed_process_the_next_one_clears_up(work: Path, at: int) -> None:
    before, index = status(work), (work / ".git/index").read_bytes()
    assert _killed(work, at) == -signal.SIGKILL
    assert git(work, "log", "--format=%s") == "Change"
    own = OwnRepository(work)
    with own._placing():
        assert status(work) == before
        assert (work / ".git/index").read_bytes() == index
    own.commit(commission(own))
    assert status(work) == before


@pytest.mark.skipif(os.name == "nt", reason="processes are ended otherwise there")
def test_a_process_killed_right_after_the_commit_is_finished_by_the_next(work: Path) -> None:
    before = status(work)
    assert _killed(work, 0, after="update-ref") == -signal.SIGKILL
    assert git(work, "log", "-1", "--format=%s") == "Approve"
    with OwnRepository(work)._placing():
        pass
    assert status(work) == before
    assert all((work / path).read_bytes() == data for path, data in NEW.items())


@pytest.mark.skipif(os.name == "nt", reason="processes are ended otherwise there")
def test_a_process_that_is_asked_to_end_takes_back_what_it_began(work: Path) -> None:
    before = remains(work)
    assert _killed(work, 12, how="SIGTERM") != 0
    assert remains(work) == before


def test_the_lock_of_the_index_that_git_has_just_begun_is_not_taken_for_ours(work: Path) -> None:
    """Its own is empty until it writes."""
    lock = work / ".git/index.lock"
    with OwnRepository(work)._placing() as placing:
        placing.hold_index()
        lock.unlink()
        lock.touch()
    assert lock.exists()


def test_once_the_index_is_put_in_place_its_lock_is_no_more_ours(work: Path) -> None:
    with OwnRepository(work)._placing() as placing:
        placing.hold_index()
        index = (work / ".git/index").read_bytes()
        placing.prepare_index(index)
        placing.put_index()
        lock = work / ".git/index.lock"
        lock.write_bytes(index)
    assert lock.exists()


@pytest.mark.parametrize("left", ["refs", "ems-other", "../work"])
def test_only_a_workshop_of_ours_is_removed_with_what_was_left(work: Path, left: str) -> None:
    folder = work / ".git" / left
    folder.mkdir(exist_ok=True)
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    note = {"process": gone.pid, "host": here(), "workshop": str(folder)}
    (work / ".git/ems-approve.lock").write_text(json.dumps(note))
    with OwnRepository(work)._placing():
        pass
    assert folder.is_dir()


@pytest.mark.skipif(os.name == "nt", reason="the system there has no such signal")
def test_who_is_told_to_outlive_its_terminal_does(work: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with OwnRepository(work)._placing():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_the_lock_of_another_computer_is_never_taken_over(work: Path) -> None:
    lock = work / ".git/ems-approve.lock"
    lock.write_text(json.dumps({"process": 1, "host": "elsewhere"}))
    with pytest.raises(OutputError, match="on elsewhere"):
        OwnRepository(work).commit(commission(OwnRepository(work)))
    assert lock.exists()
