"""What an SSH signature says of itself: which key, for which purpose. Read, never believed.

No cryptography: whether a signature holds only ssh-keygen says (`signing.py`). What stands
here finds the line of `allowed_signers` that it is to be judged by, and refuses everything
that is not exactly one signature.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct

from mkdocs_ems import dataclass

_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
_MAGIC = b"SSHSIG"
_LARGEST = 32 * 1024
"""Bytes of a signature in its armour; the longest RSA keys need 3 KB."""


@dataclass(frozen=True, slots=True)
class SshSignature:
    """One signature, as it claims to be."""

    key_type: str
    key: bytes
    """The public key, as the second word of a key file holds it."""
    namespace: str

    @property
    def fingerprint(self) -> str:
        """`SHA256:…`, as ssh-keygen prints it."""
        return fingerprint(self.key)


def fingerprint(key: bytes) -> str:
    """The fingerprint of a public key, as ssh-keygen prints it."""
    digest = base64.b64encode(hashlib.sha256(key).digest()).decode("ascii")
    return f"SHA256:{digest.rstrip('=')}"


def is_armoured(text: bytes) -> bool:
    """Whether this sets out to be an SSH signature, rather than one of another kind."""
    return text.startswith(_BEGIN)


def read_signature(armoured: bytes) -> SshSignature | None:
    """Read one armoured signature; None where it is anything else, or more than one."""
    if len(armoured) > _LARGEST:
        return None
    lines = armoured.removesuffix(b"\n").split(b"\n")
    if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:
        return None
    try:
        data = base64.b64decode(b"".join(lines[1:-1]), validate=True)
        return _read(data)
    except (binascii.Error, ValueError, struct.error):
        return None


def key_type(key: bytes) -> str | None:
    """The type that a public key names itself; None where it is no key."""
    try:
        name, _ = _string(key)
        return name.decode("ascii")
    except (ValueError, struct.error):
        return None


def _read(data: bytes) -> SshSignature | None:
    if not data.startswith(_MAGIC) or data[6:10] != struct.pack(">I", 1):
        return None
    key, rest = _string(data[10:])
    namespace, rest = _string(rest)
    reserved, rest = _string(rest)
    hashed, rest = _string(rest)
    signed, rest = _string(rest)
    kind = key_type(key)
    if kind is None or rest or reserved or not hashed or not signed:
        return None
    return SshSignature(kind, key, namespace.decode("utf-8"))


def _string(data: bytes) -> tuple[bytes, bytes]:
    """A length and so many bytes; and the rest."""
    (length,) = struct.unpack_from(">I", data)
    end = 4 + length
    if end > len(data):
        raise ValueError("it ends too soon")
    return data[4:end], data[end:]
