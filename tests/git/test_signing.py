from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mkdocs_ems.errors import SigningError
from mkdocs_ems.git.signing import COMMIT_NAMESPACE, RECORD_NAMESPACE, sign, verify
from mkdocs_ems.git.sshsig import read_signature
from mkdocs_ems.git.values import SignatureClaim
from support.keys import needs_ssh, private_key, public_key, signature, signer

pytestmark = needs_ssh

DATA = b"approved\n"
SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)


def claim(
    *, by: str = "mary", line: str = "", data: bytes = DATA, at: datetime = SUMMER, made: bytes | None = None
) -> SignatureClaim:
    given = signature(DATA, by=by) if made is None else made
    return SignatureClaim(data, given, (line or signer("mary")).rstrip("\n"), RECORD_NAMESPACE, at)


def test_a_signature_verifies_by_the_line_of_its_key() -> None:
    assert verify(claim())


def test_a_signature_of_other_bytes_does_not_verify() -> None:
    assert not verify(claim(data=b"approved"))


def test_a_signature_by_another_key_does_not_verify() -> None:
    assert not verify(claim(by="eve"))


def test_a_signature_for_another_namespace_does_not_verify() -> None:
    assert not verify(claim(made=signature(DATA, by="mary", namespace=COMMIT_NAMESPACE)))


def test_a_line_for_commits_alone_verifies_no_record() -> None:
    assert not verify(claim(line=signer("mary", options='namespaces="git"')))
    assert verify(claim(line=signer("mary", options=f'namespaces="git,{RECORD_NAMESPACE}"')))


def test_the_moment_decides_on_an_expired_key_and_the_clock_does_not() -> None:
    line = signer("mary", options='valid-before="20260101000000Z"')
    assert verify(claim(line=line, at=datetime(2025, 6, 1, tzinfo=UTC)))
    assert not verify(claim(line=line))


def test_a_key_that_is_not_valid_yet_does_not_verify() -> None:
    assert not verify(claim(line=signer("mary", options='valid-after="20270101000000Z"')))


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_machine_s_time_zone_has_no_say(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    line = signer("mary", options='valid-after="20260701",valid-before="20260702"')
    assert verify(claim(line=line, at=datetime(2026, 7, 1, 0, 30, tzinfo=UTC)))
    assert not verify(claim(line=line, at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC)))


def test_a_moment_at_the_end_of_the_calendar_is_no_traceback() -> None:
    assert verify(claim(at=datetime.max.replace(tzinfo=UTC)))


@pytest.mark.parametrize("made", [b"", b"nothing", b"-----BEGIN SSH SIGNATURE-----\nAAAA\n"])
def test_what_is_no_signature_does_not_verify(made: bytes) -> None:
    assert not verify(claim(made=made))
    assert read_signature(made) is None


def test_a_signature_names_its_key_and_its_purpose() -> None:
    read = read_signature(signature(DATA, by="mary"))
    assert read is not None
    assert (read.key_type, read.namespace) == ("ssh-ed25519", RECORD_NAMESPACE)
    listed = subprocess.run(
        ["ssh-keygen", "-l", "-f", private_key("mary")], capture_output=True, text=True, check=True
    )
    assert read.fingerprint == listed.stdout.split()[1]


def test_two_signatures_in_one_file_are_none() -> None:
    twice = signature(DATA, by="mary") + signature(DATA, by="eve")
    assert read_signature(twice) is None


def test_a_signature_with_anything_around_it_is_none() -> None:
    good = signature(DATA, by="mary")
    assert read_signature(b"\n" + good) is None
    assert read_signature(good + b"\n") is None
    assert read_signature(good.replace(b"\n", b"\r\n")) is None


def test_a_public_key_signs_through_the_agent(agent: Path, tmp_path: Path) -> None:
    subprocess.run(["ssh-add", "-q", private_key("eve")], check=True, env={"SSH_AUTH_SOCK": str(agent)})
    public = tmp_path / "eve.pub"
    public.write_text(public_key("eve"))
    assert sign(DATA, key=public, namespace=RECORD_NAMESPACE) == signature(DATA, by="eve")


def test_the_agent_s_only_key_signs_where_none_is_named(agent: Path, home: Path) -> None:
    del home
    subprocess.run(["ssh-add", "-q", private_key("eve")], check=True, env={"SSH_AUTH_SOCK": str(agent)})
    assert sign(DATA, namespace=RECORD_NAMESPACE) == signature(DATA, by="eve")


def test_of_several_keys_none_is_guessed(agent: Path, home: Path) -> None:
    del home
    for name in ("eve", "mary"):
        subprocess.run(["ssh-add", "-q", private_key(name)], check=True, env={"SSH_AUTH_SOCK": str(agent)})
    with pytest.raises(SigningError, match="the ssh agent holds 2 keys; name the key with --key"):
        sign(DATA, namespace=RECORD_NAMESPACE)


def test_the_user_s_signing_key_comes_first(home: Path) -> None:
    settings = home / ".gitconfig"
    settings.write_text(f"[gpg]\n\tformat = ssh\n[user]\n\tsigningkey = {private_key('mary')}\n")
    assert sign(DATA, namespace=RECORD_NAMESPACE) == signature(DATA, by="mary")


def test_a_signing_key_written_out_signs_through_the_agent(agent: Path, home: Path) -> None:
    for name in ("eve", "mary"):
        subprocess.run(["ssh-add", "-q", private_key(name)], check=True, env={"SSH_AUTH_SOCK": str(agent)})
    (home / ".gitconfig").write_text(
        f"[gpg]\n\tformat = ssh\n[user]\n\tsigningkey = key::{public_key('mary')}\n"
    )
    assert sign(DATA, namespace=RECORD_NAMESPACE) == signature(DATA, by="mary")


def test_a_key_of_another_program_is_not_taken_for_a_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    (home / ".gitconfig").write_text("[user]\n\tsigningkey = 1A2B3C4D\n")
    with pytest.raises(SigningError, match=r"user\.signingkey is not set, and the ssh agent holds no key"):
        sign(DATA, namespace=RECORD_NAMESPACE)


def test_a_key_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="did not sign") as told:
        sign(DATA, key=tmp_path / "none", namespace=RECORD_NAMESPACE)
    assert "\n" not in str(told.value)


def test_a_missing_ssh_keygen_is_told_and_no_signature_is_called_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SigningError, match="install OpenSSH"):
        verify(claim())


def test_an_ssh_keygen_that_knows_no_such_question_calls_no_signature_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "ssh-keygen"
    old.write_text("#!/bin/sh\necho 'Invalid signature option: verify-time' >&2\nexit 255\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SigningError, match="Invalid signature option: verify-time"):
        verify(claim())


def test_verifying_sees_nothing_of_the_user_s_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "ssh-keygen"
    fake.write_text(f"#!/bin/sh\n/usr/bin/env > {tmp_path}/seen\nexit 255\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("SSH_AUTH_SOCK", "/nowhere")
    monkeypatch.setenv("EMS_CANARY", "sings")
    with pytest.raises(SigningError):
        verify(claim())
    names = {line.partition("=")[0] for line in (tmp_path / "seen").read_text().splitlines()}
    assert names <= {"PATH", "HOME", "LC_ALL", "TZ", "PWD", "SHLVL", "_", "OLDPWD"}


def test_a_relative_folder_of_the_path_is_not_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "ssh-keygen"
    fake.write_text("#!/bin/sh\ntouch started\nexit 0\n")
    fake.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([".", os.environ["PATH"]]))
    assert verify(claim())
    assert not (tmp_path / "started").exists()


def test_claims_that_differ_in_their_moment_are_different_claims() -> None:
    assert claim() != replace(claim(), at=datetime(2026, 7, 2, tzinfo=UTC))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)
    return folder


@pytest.fixture
def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    socket = tmp_path / "agent"
    process = subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.DEVNULL)
    try:
        while not socket.exists() and process.poll() is None:
            pass
        monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
        yield socket
    finally:
        process.terminate()
        process.wait()


def test_an_ssh_keygen_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "ssh-keygen"
    slow.write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("mkdocs_ems.git.signing._VERIFY_SECONDS", 0.2)
    with pytest.raises(SigningError, match="was not done within"):
        verify(claim())


def test_an_ssh_keygen_that_prints_without_end_fills_no_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loud = tmp_path / "ssh-keygen"
    loud.write_text("#!/bin/sh\nexec /usr/bin/yes\n")
    loud.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SigningError, match="cannot verify signatures here"):
        verify(claim())
