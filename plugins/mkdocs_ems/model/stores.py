"""Stores of evidence outside git: scans and people's papers that do not belong in a history.

Declared in `ems.yml` by a name that says nothing of a machine; which folder it is on this one, the
operator says. Nothing here reads a disk.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

import re
from typing import Annotated, Protocol

from pydantic import ConfigDict, Field

from mkdocs_ems import dataclass
from mkdocs_ems.model.fields import Form, Text, Within
from mkdocs_ems.model.shapes import Shape

_NAMED = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):(.*)", re.DOTALL)
_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:[^\n]*\n)*?oid sha256:([0-9a-f]{64})\n"
)
_LARGEST_POINTER = 1024


class EvidenceStore(Shape):
    """A place outside git where evidence is kept."""

    model_config = ConfigDict(title="store of evidence")

    name: Annotated[Text, Form("text"), Within(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=40)] = Field(
        title="Name", description="What stands before the colon in evidence, such as scans."
    )
    where: Text = Field(
        title="Where", description="Where it is and who lets people in: a share, an archive, a cabinet."
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What a store says of a path."""

    sha256: str | None
    """Of the file's bytes; None where it was not read."""
    why: str = ""
    """Why it was not, as the end of a sentence about the file: `is not there`."""


class Store(Protocol):
    """A store within reach."""

    def find(self, path: str) -> Found:
        """Look for a file, below the store and nowhere else; links are not followed."""
        ...


def in_store(written: str) -> tuple[str, str] | None:
    """The name of the store and the path in it, of evidence in a store; None for a file of the content."""
    match = _NAMED.fullmatch(written)
    return (match[1], match[2]) if match is not None else None


def pointed_at(data: bytes) -> str | None:
    """The sha256 that a pointer of Git LFS stands for; None for a file that is none."""
    match = _POINTER.match(data) if len(data) <= _LARGEST_POINTER else None
    return match[1].decode("ascii") if match is not None else None


def leads_out(path: str) -> bool:
    """Whether a written path could lead out of the folder that it is meant to be in."""
    steps = path.split("/")
    odd = any(sign in path for sign in ("\\", "\0", ":"))
    return odd or any(step in ("", ".", "..") for step in steps)
