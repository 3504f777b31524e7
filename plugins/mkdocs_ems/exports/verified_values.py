"""Values of a verification: its steps, in sentences, each with the objects that it rests on."""

from __future__ import annotations

from mkdocs_ems import dataclass

Objects = tuple[tuple[str, str], ...]
"""What something was read from: what it is, and its id or path."""


@dataclass(frozen=True, slots=True)
class VerificationStep:
    """One step."""

    title: str
    words: tuple[str, ...]
    """Sentences."""
    objects: Objects = ()
    """What it was read from: what it is, and its id or path."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The whole reasoning for one issue, or for the draft of one."""

    document: str
    title: str
    issue: int | None
    """None for a draft that is not approved."""
    result: str
    """What comes of it, in one sentence."""
    steps: tuple[VerificationStep, ...]
