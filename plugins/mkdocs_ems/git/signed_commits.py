"""A raw commit object, taken apart into what was signed and its signature.

Done here and not by `git verify-commit`, which runs programs that a repository's settings name,
takes any key of a list for the author's, and judges by a moment of its own.
"""

from __future__ import annotations

import re

from mkdocs_ems.git.sshsig import is_armoured
from mkdocs_ems.git.values import SignedCommit

_HEADER = re.compile(rb"^(gpgsig(?:-sha256)?) (.*(?:\n .*)*)\n?", re.MULTILINE)
"""A signature's header; its further lines begin with a space."""


def signed_commit(raw: bytes, *, object_format: str) -> SignedCommit | None:
    """Take a commit apart; None where it bears no SSH signature.

    Args:
        raw: the object's bytes, without git's own heading.
        object_format: `sha1` or `sha256`: each has a header of its own.
    """
    if b"\ngpgsig" not in raw:
        return None
    head, blank, message = raw.partition(b"\n\n")
    found = [(name, value.replace(b"\n ", b"\n")) for name, value in _HEADER.findall(head + b"\n")]
    if not any(is_armoured(value) for _, value in found):
        return None
    payload = _HEADER.sub(b"", head + b"\n").removesuffix(b"\n") + blank + message
    usual = b"gpgsig" if object_format == "sha1" else b"gpgsig-sha256"
    alone = len(found) == 1 and found[0][0] == usual
    return SignedCommit(payload, found[0][1] + b"\n" if alone else None)
