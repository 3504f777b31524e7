"""What one call of `ems approve` was asked for, and whether its options make sense together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.control.terms import Meaning
from mkdocs_ems.errors import UsageError

_ODD = frozenset('/\\:*?"<>|')
"""What no file name may hold somewhere."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of one call."""

    ids: tuple[str, ...]
    base: str | None
    """All that changed since the branch and this ref parted, instead of ids."""
    meaning: Meaning
    principal: str | None
    key: str | None
    paper: Path | None
    effective: date | None
    valid_until: date | None
    editorial: bool
    reason: str | None
    yes: bool
    commit: bool
    trust_root: str | None


def must_make_sense(asked: Asked) -> None:
    """Refuse options that do not go together.

    Raises:
        UsageError: two of them contradict each other, or one is missing.
    """
    interim = asked.meaning is Meaning.INTERIM
    dated = asked.meaning in (Meaning.APPROVAL, Meaning.WITHDRAWAL)
    complaint = _unclear_of_what(asked)
    if complaint:
        raise UsageError(complaint)
    if interim and asked.valid_until is None:
        complaint = (
            "an interim approval ends by itself: say when with --valid-until (at most 14 days from now)"
        )
    elif not interim and asked.valid_until is not None:
        complaint = "--valid-until belongs to --meaning interim: every other approval lasts until the next"
    elif asked.effective is not None and not dated:
        complaint = f"--effective has no meaning for a {asked.meaning.value}: leave it out"
    elif asked.editorial and asked.meaning is not Meaning.APPROVAL:
        complaint = f"--editorial belongs to an approval, not to a {asked.meaning.value}: leave it out"
    elif asked.paper and asked.key:
        complaint = "--paper and --key are two ways to prove one approval: give one of them"
    elif asked.paper and (len(asked.ids) > 1 or asked.base is not None):
        complaint = "a signed print is of one document: approve them one by one, each with its own --paper"
    elif asked.paper and asked.principal is None:
        complaint = "say with --as whose signature is on the paper: --as md@company.example"
    if complaint:
        raise UsageError(complaint)


def _unclear_of_what(asked: Asked) -> str | None:
    """What is wrong with how the documents are named."""
    if asked.base is None:
        told = "name what you approve by its ID (`ems register` lists them), or all of a change with --base"
        return None if asked.ids else told
    if asked.ids:
        return "--base stands for all that changed: leave it out, or leave the IDs out"
    if asked.meaning in (Meaning.CONFIRMATION, Meaning.WITHDRAWAL):
        return f"--base names what changed, and a {asked.meaning.value} is of what stands: give its ID"
    return None


def principal_of(address: str) -> str:
    """The approver's address, as it may stand in the name of a file.

    Raises:
        UsageError: it is none.
    """
    address = address.strip()
    odd = any(one.isspace() or one in _ODD or not one.isprintable() for one in address)
    if odd or not address or address.startswith("-"):
        raise UsageError(
            f"{address!r} is no mail address: name the approver as the register of persons does "
            "(--as md@company.example)"
        )
    return address
