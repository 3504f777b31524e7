"""The page of another version that comes nearest to a page: the same, else where the same stands by now.

Goes by what is known of the other version alone; what is said of it to the reader is said elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from mkdocs_ems import dataclass
from mkdocs_ems.control.versions import Listed
from mkdocs_ems.pages.addresses import DOCUMENT_REGISTER, NOT_FOUND, START

_ROW = re.compile(r"(registers/[^/]+/)([^/]+)/.+")
_OF_A_DOCUMENT = re.compile(r"(?:documents|histories)/[^/]+/.+")


class How(StrEnum):
    """How a page of another version stands to the one that is read."""

    SAME = "same"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    REGISTER = "register"
    START = "start"


@dataclass(frozen=True, slots=True)
class Target:
    """The page of another version that comes nearest to a page."""

    page: str
    how: How
    history: str = ""
    """For a row that is gone the page of what it said at each event, the last of which took it out."""
    now: str = ""
    """For a row that was renumbered the id that it has there, or had last."""


@dataclass(frozen=True, slots=True)
class Became:
    """A row of one version in another, where it was renumbered between the two."""

    id: str
    """Its id there, or the last one that it had."""
    stands: bool
    """Whether it is there still; if not, whatever goes by that id is another row."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A version that is built, as other versions see it."""

    listed: Listed
    pages: frozenset[str]
    """Paths of its pages, below its folder."""
    ids: Mapping[str, str]
    """The page of each document and row, by its id."""
    issues: Mapping[str, int] = field(default_factory=dict)
    """The issue in force of each document."""
    became: Mapping[str, Became] = field(default_factory=dict)
    """Rows of the version that it stands beside which were renumbered between the two, by their ids there."""


def successor(page: str, identity: str | None, other: Edition) -> Target:
    """The page of another version that a reader of this page is led to.

    Args:
        page: path below the version's folder.
        identity: what the page shows, if it is the page of one document or row.
        other: the other version.
    """
    if page == NOT_FOUND:
        return Target(START, How.SAME)
    became = other.became.get(identity) if identity else None
    # Whatever goes by the old id of a row that was renumbered is another row.
    if page in other.pages and became is None:
        return Target(page, How.SAME)
    now = became.id if became else ""
    moved = other.ids.get(now or identity or "") if became is None or became.stands else None
    if moved in other.pages:
        return Target(moved, How.RENUMBERED if became else How.MOVED, now=now)
    row = _ROW.fullmatch(page)
    if row and f"{row[1]}index.html" in other.pages:
        history = f"{row[1]}{now or row[2]}/at/index.html"
        return Target(f"{row[1]}index.html", How.REGISTER, history if history in other.pages else "", now)
    if _OF_A_DOCUMENT.fullmatch(page) and DOCUMENT_REGISTER in other.pages:
        return Target(DOCUMENT_REGISTER, How.REGISTER)
    return Target(START, How.START)
