"""The signatures of the story, kept as data: nobody who writes the demonstration needs a key or ssh-keygen.

A signature is found by the bytes that it is over. The keys are worthless and lie beside the
script that renews what is kept here when the story changes (`scripts/demo_signatures.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256

from mkdocs_ems.demo.versions import story_data

Signing = Callable[[bytes, str, str], bytes]
"""From bytes, the name of a key and a namespace to the armoured signature."""

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH = 70


def kept_signature(data: bytes, key: str, namespace: str) -> bytes:
    """The signature that is kept of some bytes."""
    kept = _kept().get(signature_key(data, key, namespace))
    if kept is None:
        raise ValueError(f"no signature by {key} is kept of what the story says now: renew them")
    lines = [kept[at : at + _WIDTH] for at in range(0, len(kept), _WIDTH)]
    return "\n".join((_BEGIN, *lines, _END, "")).encode("ascii")


def signature_key(data: bytes, key: str, namespace: str) -> str:
    """Under which name a signature is kept."""
    return f"{namespace} {key} {sha256(data).hexdigest()}"


def bare(armoured: bytes) -> str:
    """A signature without its armour."""
    return "".join(armoured.decode("ascii").split("\n")[1:-2])


@cache
def _kept() -> Mapping[str, str]:
    return dict(story_data("signatures.yml") or {})
