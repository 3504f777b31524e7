"""What an edition of the standard asks for and the other does not, for rules that serve both."""

from __future__ import annotations

from mkdocs_ems.diagnostics import Basis


def asked_of_changes(edition: str) -> Basis:
    """Who asks for planned changes: the standard since 2026 (6.3); before it is good practice (8.1)."""
    return Basis.STANDARD if edition == "2026" else Basis.PRACTICE
