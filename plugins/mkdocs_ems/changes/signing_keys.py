"""Keys of `allowed_signers` that came, went or may sign otherwise, told by their fingerprints."""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_ems.changes.values import KeyChange
from mkdocs_ems.control.signers import read_signers


def key_changes(before: bytes, after: bytes) -> tuple[KeyChange, ...]:
    """What differs between two files of allowed signers. Lines that let no key sign are passed over."""
    old, new = _lines(before), _lines(after)
    return tuple(
        KeyChange(key, old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    )


def _lines(data: bytes) -> Mapping[str, str]:
    """By fingerprint what stands before a key: whose it is, and what it may."""
    signers = read_signers(data).by_key.values()
    return {signer.fingerprint: signer.line.rsplit(" ", 2)[0] for signer in signers}
