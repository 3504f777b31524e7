"""What may have happened to something that an earlier ledger knows, as values and in words.

Knows rows by what they say; compares nothing.
"""

from __future__ import annotations

from enum import StrEnum

from mkdocs_ems import dataclass
from mkdocs_ems.control.sealing import Ledger, Row, Value

SHORT = 12
"""Digits of an id in a message."""
NAMED = 5
"""Events or rows that one message names; the others are counted."""


class Break(StrEnum):
    """What happened to something that an earlier ledger knows."""

    OTHER_REPOSITORY = "ledger of another repository"
    OTHER_TRUST_ROOT = "other trust root"
    REWRITTEN = "rewritten event"
    SET_BACK = "branch set back"
    FOXTROT = "foxtrot"
    ROW_CHANGED = "changed row"
    ROW_REMOVED = "removed row"
    ROW_ADDED = "row added in between"
    OUT_OF_ORDER = "rows out of order"
    TAG_MOVED = "moved tag"
    TAG_REMOVED = "removed tag"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, in words."""

    kind: Break
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier ledger to check against."""

    ledger: Ledger
    tree: str
    """The tree of the last event of the chain at hand: what a cure has to bring back."""
    branch: str
    """The main branch's name."""


def shown(value: Value) -> str:
    """A value of a row as a message quotes it."""
    match value:
        case None:
            return "nothing"
        case dict():
            return ", ".join(f"{key} {shown(one)}" for key, one in value.items()) or "nothing"
        case list():
            return ", ".join(shown(one) for one in value) or "nobody"
        case _:
            return str(value)


def in_a_list(row: Row) -> str:
    """A row in two or three words, for a list."""
    document = row["document"]
    match row["row"]:
        case "issue" if row.get("meaning") == "approval":
            return f"issue {row.get('issue')} of {document}"
        case "issue" | "evidence":
            return f"{row.get('meaning')} of {document}"
        case _:
            return f"{document} written"


def described(row: Row) -> str:
    """A row as a clause."""
    document = row["document"]
    match row["row"]:
        case "content":
            gone = row.get("manifest") is None
            return f"{document} was taken away" if gone else f"a content of {document} landed"
        case "evidence":
            return f"{row.get('meaning')} of issue {row.get('issue')} of {document} by {row.get('approver')}"
        case _:
            done = {"confirmation": "confirmed", "withdrawal": "withdrawn", "interim": "let in for a time"}
            word = done.get(str(row.get("meaning")), "approved")
            return f"issue {row.get('issue')} of {document} {word}"
