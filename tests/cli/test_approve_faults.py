"""`ems approve` when something gets in the way: nothing is left, and the reason is said in words."""

from __future__ import annotations

import errno
import json
import os
import pty
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from mkdocs_ems.errors import EmsError
from mkdocs_ems.git import added_file
from mkdocs_ems.git.running import here
from support.company import procedure
from support.desk import WASTE, Desk
from support.keys import needs_ssh, private_key, signer
from support.killing import LONGEST
from support.shell import every_byte


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Two documents wait for Eve, and somebody is in the middle of other work in the same folder."""
    desk = Desk(tmp_path, monkeypatch)
    desk.begin(**{"ems/a.md": "a\n", "ems/b.md": "b\n", "ems/allowed_signers": signer("eve")})
    desk.change()
    desk.change({"ems/new.md": procedure("Rinse.", identity="PRO-002")})
    (desk.root / "ems/a.md").write_text("staged\n")
    desk.git("add", "ems/a.md")
    (desk.root / "ems/b.md").write_text("changed\n")
    (desk.root / "ems/c.md").write_text("untracked\n")
    return desk


def remains(desk: Desk) -> dict[str, bytes]:
    """All but git's objects, which nothing leads to, and its own notes of what was last asked of it."""
    apart = (".git/objects", ".git/COMMIT_EDITMSG", ".git/logs")
    kept = every_byte(desk.root)
    return {path: data for path, (_, _, data) in kept.items() if not path.startswith(apart)}


def hook(desk: Desk, name: str, script: str) -> None:
    path = desk.root / ".git/hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_other_work_in_the_folder_stays_as_it_was(desk: Desk) -> None:
    before, staged = desk.status(), desk.git("diff", "--cached")
    assert desk.approve("PRO-001", "PRO-002").exit_code == 0
    assert desk.status() == before
    assert desk.git("diff", "--cached") == staged


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "reference-transaction"])
def test_a_hook_that_refuses_leaves_nothing(desk: Desk, name: str) -> None:
    hook(desk, name, "echo the ticket is missing >&2; exit 1")
    before = remains(desk)
    done = desk.approve("PRO-001", "PRO-002")
    assert done.exit_code == 2
    assert "the ticket is missing" in desk.said(done)
    assert remains(desk) == before


def test_an_approval_that_a_hook_committed_itself_stands_and_says_so(desk: Desk) -> None:
    before = desk.status()
    day = "2026-03-02T10:00:00Z"
    dated = f"GIT_AUTHOR_DATE={day} GIT_COMMITTER_DATE={day}"
    hook(desk, "pre-commit", f"{dated} git commit -q --no-verify -m hooked")
    done = desk.approve("PRO-001")
    assert done.exit_code == 0, done.output
    assert "it stands, by that commit of the hook" in desk.said(done)
    issue = desk.document().in_force
    assert issue is not None
    assert issue.number == 2
    assert desk.status() == before


@pytest.mark.parametrize("at", [0, 2, 4, 6, 8])
def test_a_full_disk_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    written, partial = 0, added_file._written

    def full(folder: Path, data: bytes) -> Path:
        nonlocal written
        written += 1
        if written > at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return partial(folder, data)

    monkeypatch.setattr(added_file, "_written", full)
    before = remains(desk)
    done = desk.approve("PRO-001", "PRO-002")
    if written > at:
        assert done.exit_code == 2
        assert "the approval cannot be written: No space left on device" in desk.said(done)
        assert remains(desk) == before
    else:
        assert done.exit_code == 0


@needs_ssh
def test_a_key_that_signs_the_first_and_not_the_second_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mkdocs_ems.cli import keys  # noqa: PLC0415 - what is replaced for a while

    sign, asked = keys.sign, 0

    def once(data: bytes, *, key: Path | None, namespace: str) -> bytes:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise EmsError("the agent went away")
        return sign(data, key=key, namespace=namespace)

    monkeypatch.setattr(keys, "sign", once)
    before = remains(desk)
    done = desk.approve("PRO-001", "PRO-002", "--key", private_key("eve"))
    assert done.exit_code == 2
    assert "the agent went away" in desk.said(done)
    assert remains(desk) == before


@needs_ssh
def test_a_signature_that_does_not_hold_is_refused_after_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mkdocs_ems.cli import keys  # noqa: PLC0415 - what is replaced for a while

    sign = keys.sign

    def another(data: bytes, *, key: Path | None, namespace: str) -> bytes:
        return sign(data + b"\n", key=key, namespace=namespace)

    monkeypatch.setattr(keys, "sign", another)
    before = remains(desk)
    done = desk.approve("PRO-001", "--key", private_key("eve"))
    assert done.exit_code == 1
    assert "PRO-001 cannot be approved like this" in desk.said(done)
    assert remains(desk) == before


def test_a_commit_that_cannot_be_signed_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    config = tmp_path / "gitconfig"
    config.write_text(config.read_text() + "[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = false\n")
    before = remains(desk)
    done = desk.approve("PRO-001")
    assert done.exit_code == 2
    assert "git commit-tree failed" in desk.said(done)
    assert remains(desk) == before


def test_an_approval_that_is_being_written_is_waited_for(desk: Desk) -> None:
    lock = desk.root / ".git/ems-approve.lock"
    lock.write_text('{"process": 1, "host": "elsewhere"}')
    before = remains(desk)
    done = desk.approve("PRO-001")
    assert done.exit_code == 2
    assert "another approval (process 1 on elsewhere) is being written" in desk.said(done)
    assert remains(desk) == before


def test_what_a_killed_process_left_is_cleared_up_first(desk: Desk) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    left = "ems/records/approvals/PRO-001/2-approval-eve@example.org-1.yml"
    (desk.root / left).parent.mkdir(parents=True)
    (desk.root / left).write_text("of a process that is no more\n")
    digest = sha256((desk.root / left).read_bytes()).hexdigest()
    note = {"process": gone.pid, "host": here(), "files": {left: digest}}
    (desk.root / ".git/ems-approve.lock").write_text(json.dumps(note))
    done = desk.approve("PRO-001")
    assert done.exit_code == 0, done.output
    assert desk.document().pending is None
    assert desk.git("show", f"HEAD:{left}").startswith("schema: ems-approval/1")


def test_the_number_of_a_process_that_is_no_more_may_be_anothers_by_now(desk: Desk) -> None:
    note = {"process": os.getpid(), "began": "1", "host": here()}
    (desk.root / ".git/ems-approve.lock").write_text(json.dumps(note))
    assert desk.approve("PRO-001").exit_code == 0
    assert not list((desk.root / ".git").glob("ems-approve*"))


def test_a_process_that_waits_to_be_buried_holds_nothing(desk: Desk) -> None:
    with subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE) as ended:
        assert ended.stdout is not None
        ended.stdout.read()
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        note = {"process": ended.pid, "host": here()}
        (desk.root / ".git/ems-approve.lock").write_text(json.dumps(note))
        assert desk.approve("PRO-001").exit_code == 0


def test_a_half_done_merge_is_finished_first(desk: Desk) -> None:
    (desk.root / ".git/MERGE_HEAD").write_text(desk.git("rev-parse", "HEAD") + "\n")
    done = desk.approve("PRO-001")
    assert done.exit_code == 2
    assert "a merge is half done in this folder" in desk.said(done)


def test_a_folder_without_a_repository_says_so(tmp_path: Path, desk: Desk) -> None:
    (tmp_path / "empty").mkdir()
    done = desk.approve("PRO-001", "--repo", tmp_path / "empty")
    assert done.exit_code == 2
    assert "no git repository" in desk.said(done)


@pytest.mark.slow  # a whole process, and a terminal of its own
def test_at_a_real_terminal_somebody_is_asked(desk: Desk) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "mkdocs_ems", "approve", "PRO-001", "--repo", str(desk.root)]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, text=True) as process:
        os.write(ours, b"y\n")
        said, _ = process.communicate(timeout=LONGEST)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0, said
    assert "Approve issue 2 of PRO-001, as Eve Hart? [y/N]:" in said
    assert desk.git("log", "-1", "--format=%s") == "Approve issue 2 of PRO-001"
    assert (desk.root / WASTE).exists()
