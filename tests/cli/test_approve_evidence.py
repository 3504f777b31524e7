"""`ems approve` with evidence of its own: a key, an agent, a scan of paper."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from mkdocs_ems.control import Level
from support.company import settings
from support.desk import WASTE, Desk
from support.keys import needs_ssh, private_key, public_key, signer

SIGNED_ONLY = """\
    - {types: [policy, rules, person, role], roles: [ROL-MD]}
    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], accepts: [signed]}
"""
RECORD = "ems/records/approvals/PRO-001/2-approval-eve@example.org-1.yml"
PDF = b"%PDF-1.7\nA print, signed by hand.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


@pytest.fixture
def signing(desk: Desk) -> Desk:
    """Only signatures count, Eve's and Otto's keys are listed, and Ann has changed the procedure."""
    desk.begin(
        ems_yml=settings(matrix=SIGNED_ONLY),
        **{"ems/allowed_signers": signer("eve") + signer("otto")},
    )
    desk.change()
    return desk


# --- keys ---------------------------------------------------------------------------------


@needs_ssh
def test_a_signed_approval_is_signed_by_the_listed_key(signing: Desk) -> None:
    done = signing.approve("PRO-001", "--key", private_key("eve"))
    assert done.exit_code == 0, done.output
    assert "It will count as signed: with the key SHA256:" in signing.said(done)
    issue = signing.document().in_force
    assert issue is not None
    assert (issue.number, issue.level) == (2, Level.SIGNED)
    assert issue.approvals[0].key.startswith("SHA256:")
    assert (signing.root / f"{RECORD}.sig").read_bytes().startswith(b"-----BEGIN SSH SIGNATURE-----")


@needs_ssh
def test_a_signed_approval_holds_with_nothing_but_ssh_keygen(signing: Desk) -> None:
    signing.approve("PRO-001", "--key", private_key("eve"))
    done = subprocess.run(
        [
            *("ssh-keygen", "-Y", "verify", "-n", "ems-approval@mkdocs-ems", "-I", "eve@example.org"),
            *("-f", str(signing.root / "ems/allowed_signers"), "-s", str(signing.root / f"{RECORD}.sig")),
        ],
        input=(signing.root / RECORD).read_bytes(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@needs_ssh
def test_on_a_branch_a_signature_counts_as_it_does_anywhere(desk: Desk) -> None:
    desk.begin(ems_yml=settings(matrix=SIGNED_ONLY), **{"ems/allowed_signers": signer("eve")})
    desk.story.branch("work")
    desk.change()
    done = desk.approve("PRO-001", "--key", private_key("eve"))
    assert done.exit_code == 0, done.output
    desk.git("checkout", "-q", "main")
    desk.git("merge", "-q", "--squash", "work")
    desk.git("commit", "-q", "-m", "Land it as one")
    issue = desk.document().in_force
    assert issue is not None
    assert (issue.number, issue.level) == (2, Level.SIGNED)


@needs_ssh
@pytest.mark.parametrize("name", ["stranger", "otto"])
def test_a_key_that_is_not_the_approvers_is_refused_before_it_is_asked_to_sign(
    signing: Desk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> bytes:
        raise AssertionError("the key was asked to sign")

    monkeypatch.setattr("mkdocs_ems.cli.keys.sign", never)
    done = signing.approve("PRO-001", "--key", private_key(name))
    assert done.exit_code == 1
    assert "PRO-001 cannot be approved like this" in signing.said(done)
    assert signing.status() == ""


@needs_ssh
def test_a_key_that_does_not_sign_leaves_nothing(signing: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("no key at all\n")
    (tmp_path / "broken.pub").write_text(public_key("eve") + "\n")
    before = signing.git("rev-parse", "HEAD")
    done = signing.approve("PRO-001", "--key", broken)
    assert done.exit_code == 2
    assert "did not sign" in signing.said(done)
    assert signing.status() == ""
    assert signing.git("rev-parse", "HEAD") == before


def test_a_file_that_is_no_key_is_told_so(signing: Desk, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear Eve")
    done = signing.approve("PRO-001", "--key", tmp_path / "letter")
    assert done.exit_code == 2
    assert "no SSH key whose public half can be read" in signing.said(done)


@needs_ssh
def test_without_an_agent_the_command_says_what_to_do(signing: Desk) -> None:
    done = signing.approve("PRO-001", "--key", "agent")
    assert done.exit_code == 2
    assert "name the key with --key" in signing.said(done)
    assert signing.status() == ""


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An agent that holds Eve's key alone."""
    socket = tmp_path / "agent"
    started = subprocess.run(
        ["ssh-agent", "-s", "-a", str(socket)], capture_output=True, text=True, check=True
    )
    number = int(started.stdout.partition("SSH_AGENT_PID=")[2].partition(";")[0])
    monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
    try:
        subprocess.run(["ssh-add", "-q", str(private_key("eve"))], capture_output=True, check=True)
        yield
    finally:
        os.kill(number, signal.SIGTERM)


@needs_ssh
@pytest.mark.usefixtures("agent")
def test_an_agent_signs_with_the_one_key_that_it_holds(
    signing: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "agent"))
    done = signing.approve("PRO-001", "--key", "agent")
    assert done.exit_code == 0, done.output
    issue = signing.document().in_force
    assert issue is not None
    assert issue.level is Level.SIGNED


@needs_ssh
def test_without_the_key_the_way_out_is_named(signing: Desk) -> None:
    done = signing.approve("PRO-001")
    assert done.exit_code == 1
    assert (
        "Accepted for it: signed. With an SSH key that allowed_signers lists: add --key FILE"
        in signing.said(done)
    )


@needs_ssh
def test_two_documents_are_signed_and_land_together(signing: Desk) -> None:
    signing.change({"ems/new.md": (signing.root / WASTE).read_text().replace("PRO-001", "PRO-002")})
    done = signing.approve("PRO-001", "PRO-002", "--key", private_key("eve"))
    assert done.exit_code == 0, done.output
    assert len(signing.git("show", "--format=", "--name-only", "HEAD").split()) == 4
    assert all(signing.document(one).in_force for one in ("PRO-001", "PRO-002"))


# --- paper --------------------------------------------------------------------------------


@pytest.fixture
def paper(desk: Desk, tmp_path: Path) -> Path:
    """A scan, on Ann's desk: she changed the procedure, and Eve has signed its print."""
    desk.begin()
    desk.change()
    desk.sit("ann")
    scan = tmp_path / "Scan 0007.PDF"
    scan.write_bytes(PDF)
    return scan


def test_a_scan_is_kept_beside_the_record_of_a_signature_on_paper(desk: Desk, paper: Path) -> None:
    done = desk.approve("PRO-001", "--as", "eve@example.org", "--paper", paper)
    assert done.exit_code == 0, done.output
    issue = desk.document().in_force
    assert issue is not None
    assert (issue.number, issue.level) == (2, Level.PAPER)
    kept = desk.root / f"ems/records/approvals/PRO-001/scan-{sha256(PDF).hexdigest()[:16]}.pdf"
    assert kept.read_bytes() == PDF


def test_the_paper_must_show_what_is_approved(desk: Desk, paper: Path) -> None:
    said = desk.said(desk.approve("PRO-001", "--as", "eve@example.org", "--paper", paper))
    digest = sha256((desk.root / WASTE).read_bytes()).hexdigest()
    assert f"The paper must show PRO-001, issue 2 and this checksum: {digest}" in said
    assert "It will count as paper: Eve Hart signed on paper, and the scan is kept" in said


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("scan.pdf", b"", "no PDF, PNG, JPEG or TIFF"),
        ("scan.pdf", b"\x89PNG\r\n\x1a\n", "no PDF, PNG, JPEG or TIFF"),
        ("scan.exe", PDF, "no PDF, PNG, JPEG or TIFF"),
        ("scan.pdf", PDF + bytes(21 * 1024**2), "21 MB"),
    ],
)
def test_what_is_no_scan_is_refused(desk: Desk, paper: Path, name: str, data: bytes, words: str) -> None:
    scan = paper.with_name(name)
    scan.write_bytes(data)
    done = desk.approve("PRO-001", "--as", "eve@example.org", "--paper", scan)
    assert done.exit_code == 2
    assert words in desk.said(done)
    assert desk.status() == ""


def test_paper_needs_the_name_of_who_signed_it(desk: Desk, paper: Path) -> None:
    done = desk.approve("PRO-001", "--paper", paper)
    assert done.exit_code == 2
    assert "say with --as whose signature is on the paper" in desk.said(done)


def test_an_author_who_signed_on_paper_is_refused_all_the_same(desk: Desk, paper: Path) -> None:
    desk.change({WASTE: (desk.root / WASTE).read_text() + "\nMore.\n"}, by="eve")
    done = desk.approve("PRO-001", "--as", "eve@example.org", "--paper", paper)
    assert done.exit_code == 1
    assert "its author is among those who wrote the change" in desk.said(done)
