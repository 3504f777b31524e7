"""The public half of an SSH key file, read as text: no passphrase is asked for, nothing is unlocked."""

from __future__ import annotations

import base64
import binascii
import struct

from mkdocs_ems.git.sshsig import key_type

_BEGIN, _END = b"-----BEGIN OPENSSH PRIVATE KEY-----", b"-----END OPENSSH PRIVATE KEY-----"
_MAGIC = b"openssh-key-v1\0"


def public_half(data: bytes) -> bytes | None:
    """The public key within a public key file, or within OpenSSH's private one; None in any other."""
    text = data.strip()
    try:
        if text.startswith(_BEGIN) and text.endswith(_END):
            key = _within(base64.b64decode(b"".join(text.splitlines()[1:-1]), validate=True))
        else:
            key = base64.b64decode(text.split()[1], validate=True)
    except (binascii.Error, IndexError, ValueError, struct.error):
        return None
    return key if key_type(key) else None


def _within(private: bytes) -> bytes:
    """The public key stands in the clear before the secret one: cipher, its settings, number of keys, key."""
    if not private.startswith(_MAGIC):
        raise ValueError("another form of key")
    at = len(_MAGIC)
    for _ in range(3):
        at += 4 + struct.unpack_from(">I", private, at)[0]
    count, length = struct.unpack_from(">II", private, at)
    if count != 1 or at + 8 + length > len(private):
        raise ValueError("not one key")
    return private[at + 8 : at + 8 + length]
