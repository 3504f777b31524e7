"""Signing in tests: fixed keys that are worth nothing, and ssh-keygen itself.

The keys lie in `tests/control/keys/`. ssh-keygen wants a private key readable by its owner
alone, which no checkout promises, so each is copied first. Ed25519 signatures are
deterministic: the same bytes are signed once in a run.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest

from mkdocs_ems.git.signing import COMMIT_NAMESPACE, RECORD_NAMESPACE, sign

KEYS = Path(__file__).parent.parent / "control" / "keys"

needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="ems-test-keys-"))


@cache
def private_key(name: str) -> Path:
    """A private key as ssh-keygen takes it."""
    copy = _folder() / name
    copy.touch(mode=0o600)
    copy.write_bytes((KEYS / f"{name}.key").read_bytes())
    return copy


def public_key(name: str) -> str:
    """Type and key, as a line of `allowed_signers` ends."""
    return " ".join((KEYS / f"{name}.pub").read_text().split()[:2])


def signer(name: str, *, options: str = "", principal: str = "") -> str:
    """A line of `allowed_signers`: `mary` is mary@example.org."""
    return " ".join(filter(None, (principal or f"{name}@example.org", options, public_key(name)))) + "\n"


@cache
def signature(data: bytes, *, by: str, namespace: str = RECORD_NAMESPACE) -> bytes:
    """An armoured signature."""
    return sign(data, key=private_key(by), namespace=namespace)


def signed_commit(raw: bytes, *, by: str, namespace: str = COMMIT_NAMESPACE) -> bytes:
    """A raw commit object with the header that git would add."""
    made = signature(raw, by=by, namespace=namespace).rstrip(b"\n").replace(b"\n", b"\n ")
    head, blank, message = raw.partition(b"\n\n")
    return head + b"\ngpgsig " + made + blank + message
