from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from mkdocs_ems.git.signed_commits import signed_commit
from support.keys import needs_ssh, private_key, signature
from support.keys import signed_commit as signed

RAW = (
    b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
    b"author Ann <ann@example.org> 1767600000 +0000\n"
    b"committer Ann <ann@example.org> 1767600000 +0000\n"
    b"\n"
    b"A message\n\nwith gpgsig in it\n\ngpgsig -----BEGIN SSH SIGNATURE-----\n"
)


@needs_ssh
def test_a_signed_commit_is_what_was_signed_and_its_signature() -> None:
    found = signed_commit(signed(RAW, by="ann"), object_format="sha1")
    assert found is not None
    assert found.payload == RAW
    assert found.signature == signature(RAW, by="ann", namespace="git")


def test_a_message_that_looks_like_a_signature_is_none() -> None:
    assert signed_commit(RAW, object_format="sha1") is None


def test_a_signature_of_another_kind_is_not_judged_here() -> None:
    header = b"gpgsig -----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----\n"
    assert signed_commit(RAW.replace(b"\n\n", b"\n" + header + b"\n", 1), object_format="sha1") is None


@needs_ssh
def test_two_signatures_are_none_that_could_count() -> None:
    twice = signed(signed(RAW, by="ann"), by="eve")
    found = signed_commit(twice, object_format="sha1")
    assert found is not None
    assert found.signature is None


@needs_ssh
def test_a_signature_that_git_would_not_look_at_does_not_count() -> None:
    odd = signed(RAW, by="ann").replace(b"\ngpgsig ", b"\ngpgsig-sha256 ")
    found = signed_commit(odd, object_format="sha1")
    assert found is not None
    assert found.signature is None
    assert signed_commit(odd, object_format="sha256") is not None


@needs_ssh
@pytest.mark.parametrize("message", ["One line", "A subject\n\nand a body\n\n  indented\n"])
def test_git_signs_the_same_bytes(tmp_path: Path, message: str) -> None:
    def git(*arguments: str) -> bytes:
        return subprocess.run(["git", "-C", tmp_path, *arguments], check=True, capture_output=True).stdout

    git("init", "-q")
    options = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={private_key('ann')}")
    names = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    git(*options, *names, "commit", "-q", "--allow-empty", "-S", "-m", message)
    found = signed_commit(git("cat-file", "commit", "HEAD"), object_format="sha1")
    assert found is not None
    assert found.signature == signature(found.payload, by="ann", namespace="git")
