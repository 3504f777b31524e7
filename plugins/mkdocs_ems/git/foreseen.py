"""Signatures before they are made: what would be said of them, if the owner of a key signed.

An approver is asked before anything is signed, and must be told what will come of it. Used
for that question alone; what is written is judged again by its real signature.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable, Mapping

from mkdocs_ems.git.sshsig import key_type
from mkdocs_ems.git.values import SignatureClaim, Signatures, SignedCommit

_WIDTH = 70


def foreseen_signature(key: bytes, *, namespace: str) -> bytes:
    """The form of a signature by a public key, without the signature itself."""
    name = (key_type(key) or "").encode("ascii")
    nothing = _string(name) + _string(bytes(64))
    fields = (key, namespace.encode("utf-8"), b"", b"sha512", nothing)
    body = b"SSHSIG" + struct.pack(">I", 1) + b"".join(map(_string, fields))
    text = base64.b64encode(body)
    lines = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
    return b"\n".join((b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b""))


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


class Foreseen:
    """Signatures as evidence, with one that is taken for good because its owner is about to make it."""

    def __init__(self, others: Signatures, promised: bytes) -> None:
        self._others = others
        self._promised = promised

    def commits(self, ids: Iterable[str]) -> Mapping[str, SignedCommit]:
        """Those of the commits that bear an SSH signature."""
        return self._others.commits(ids)

    def verify(self, claims: Iterable[SignatureClaim]) -> Mapping[SignatureClaim, bool]:
        """Whether each signature holds, or will."""
        asked = tuple(claims)
        verdicts = self._others.verify([one for one in asked if one.signature != self._promised])
        return {**verdicts, **{one: True for one in asked if one.signature == self._promised}}
