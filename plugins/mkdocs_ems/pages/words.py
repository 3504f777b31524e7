"""Plain words for coded values: enumerations, numbers, dates, states. No markup here.

The content stores short codes (`waste-haz`, `on-track`); readers see words. A code
that has no entry is shown with its hyphens as spaces, so that a new value of an
enumeration needs no change here.
"""

from __future__ import annotations

import re
from datetime import date

from mkdocs_ems.model import Period

_WORDS = {
    "ghg": "greenhouse gases",
    "waste-haz": "hazardous waste",
    "waste-nonhaz": "non-hazardous waste",
    "land-soil": "land and soil",
    "noise-vibration": "noise and vibration",
    "light-visual": "light and visual impact",
    "ppe": "personal protective equipment",
    "third-party": "third party",
    "in-force": "in force",
    "threshold-below": "no, below the threshold",
    "on-track": "on track",
    "at-risk": "at risk",
    "off-track": "off track",
    "not-achieved": "not achieved",
    "rolling3": "mean of the last 3 periods",
    "rolling12": "sum of the last 12 periods",
    "ratio-of-sums": "ratio of the sums",
    "ems-conformity": "conformity of the system",
    "performance-reporting": "reporting on performance",
    "emergency-coordinator": "coordination in emergencies",
    "document-control": "control of documents",
    "permit-to-work": "permit to work",
    "iso14001": "ISO 14001",
    "iso9001": "ISO 9001",
    "iso45001": "ISO 45001",
    "before-controls": "before controls",
    "after-controls": "after controls",
}

LEVELS = {
    "draft": "No evidence of approval.",
    "adopted": "Taken over as approved when the system was adopted, with the tree of the trust root.",
    "declared": "Somebody else wrote the approver's name; the approver's own act is not in evidence.",
    "paper": "Declared, with a scan of the signed print kept beside it.",
    "recorded": (
        "The approver is the author of the commit that approves. "
        "Protected by your forge, not by cryptography."
    ),
    "attested": "A job on the protected main branch recorded a forge's review and signed the record.",
    "signed": "The approver's own SSH signature verifies.",
}
"""What each level of assurance rests on, weakest first."""

TRUST = (
    "Declared and recorded trust everyone who can push to the main branch; attested trusts the forge and "
    "the importer's key; signed trusts the listed keys. All trust whoever named the trust root. None proves "
    "wall-clock time. None resists all approvers colluding."
)

FOUND = {"error": "error", "warning": "warning", "info": "note"}
"""What a finding of each severity is called, gravest first."""

SEGREGATION = {
    "proved": "author and approver are different persons, proved by signatures",
    "asserted": "author and approver are different persons, by the names in git",
    "self": "the approver is also an author",
}


def words(code: str) -> str:
    """A code in words: `waste-haz` is hazardous waste."""
    return _WORDS.get(code) or code.replace("-", " ")


def number(value: float) -> str:
    """A number as a reader writes it: no `.0`, no exponent for what is of ordinary size."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.12g}"


def day(value: date) -> str:
    """A date, the same in every country: 2026-01-31."""
    return value.isoformat()


_MONTH = re.compile(r"(?<![\w-])([0-9]{4})-(0[1-9]|1[0-2])(?![\w-])")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month(value: date) -> str:
    """A month: Nov 2025."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def with_months(text: str) -> str:
    """A sentence with its months as people write them: `in 2025-11` is in Nov 2025."""
    return _MONTH.sub(lambda found: f"{_MONTHS[int(found[2]) - 1]} {found[1]}", text)


def period(value: Period) -> str:
    """A period of readings: Nov 2025, week 24 of 2026, Q2 2026, 2026, 2026-06-14."""
    text = value.text
    year, _, rest = text.partition("-")
    if rest.startswith("W"):
        return f"week {int(rest[1:])} of {year}"
    if rest.startswith(("Q", "H")):
        return f"{rest} {year}"
    if len(rest) == 2:
        return month(value.first)
    return f"{text[:10]} {text[11:16]}" if len(text) > 10 else text


def sentence(text: str) -> str:
    """The text with a capital letter in front; the rest as it stands."""
    return text[:1].upper() + text[1:]


def listed(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
