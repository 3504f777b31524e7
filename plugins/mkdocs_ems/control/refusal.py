"""Why a piece of evidence counts for nothing, before anything is noted of it."""

from __future__ import annotations

from mkdocs_ems import dataclass
from mkdocs_ems.control.terms import FaultReason


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why it does not count."""

    reason: FaultReason
    words: str
    """A sentence without its full stop."""
