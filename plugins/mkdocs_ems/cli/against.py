"""`ems check --against LEDGER`: read the ledger that was kept, and see that it was compared."""

from __future__ import annotations

from pathlib import Path

from mkdocs_ems.control.sealing import Ledger
from mkdocs_ems.diagnostics import Report
from mkdocs_ems.errors import UsageError
from mkdocs_ems.exports.ledger import LedgerError, read_ledger
from mkdocs_ems.text import show

_RULE = "DOC033"
"""The rule that tells the differences."""
_LARGEST = 500_000_000
"""Bytes of a ledger; one of a hundred thousand rows has fifty million."""


def load(path: Path) -> Ledger:
    """Read a ledger from a file.

    Raises:
        UsageError: it cannot be read, is no ledger, or was itself changed.
    """
    name = show(str(path))
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"{name} is larger than any ledger: name the file that `ems ledger` wrote")
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is no text, so it is no ledger: name what `ems ledger` wrote") from error
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}") from error
    try:
        return read_ledger(text)
    except LedgerError as fault:
        raise UsageError(f"{name} {fault}") from fault


def require_comparison(report: Report) -> bool:
    """See that a check which was given a ledger did compare it; whether anything differs.

    Raises:
        UsageError: it could not, the rule that does was left out, or the content itself accepts what
            was found.
    """
    waived = next((one.diagnostic for one in report.waived if one.diagnostic.code == _RULE), None)
    if waived is not None:
        raise UsageError(
            f"ems.yml waives {_RULE}, and what is compared cannot accept how it differs: take that waiver "
            f"out. The first difference: {waived.message}"
        )
    if _RULE in report.evaluated:
        return any(one.code == _RULE for one in report.diagnostics)
    reason = next((one.reason for one in report.not_evaluated if one.code == _RULE), None)
    if reason is None:
        reason = f"{_RULE}, which does it, is left out by --select or --ignore"
    raise UsageError(f"--against: nothing was compared with the ledger: {reason}")
