"""The terms of document control: levels of evidence, meanings of acts, states, and what may be wrong.

They carry all levels and meanings, also those whose evidence a later release reads.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

from mkdocs_ems import dataclass


class Level(IntEnum):
    """Assurance level of the approver's act, weakest first."""

    DRAFT = 0
    ADOPTED = 1
    DECLARED = 2
    PAPER = 3
    RECORDED = 4
    ATTESTED = 5
    SIGNED = 6

    @property
    def word(self) -> str:
        """The level's name in lower case, as `ems.yml` and JSON write it."""
        return self.name.lower()


class Segregation(StrEnum):
    """Whether author and approver are different persons, and how that is known."""

    PROVED = "proved"
    ASSERTED = "asserted"
    SELF = "self"


class Meaning(StrEnum):
    """What an act says about a content."""

    REVIEW = "review"
    APPROVAL = "approval"
    CONFIRMATION = "confirmation"
    INTERIM = "interim"
    WITHDRAWAL = "withdrawal"


class IssueState(StrEnum):
    """The state of one issue on a date."""

    APPROVED = "approved"
    """Approved and not yet in force."""
    IN_FORCE = "in force"
    INTERIM = "interim"
    INTERIM_EXPIRED = "interim expired"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class DocumentState(StrEnum):
    """The state of a document on a date."""

    DRAFT = "draft"
    IN_FORCE = "in force"
    WITHDRAWAL_PENDING = "withdrawal pending"
    WITHDRAWN = "withdrawn"


class FaultReason(StrEnum):
    """Why a piece of evidence counts for nothing, or is to be looked at."""

    INVALID_RECORD = "invalid record"
    RECORD_CHANGED = "record changed"
    RECORD_DELETED = "record deleted"
    REPLAYED = "replayed record"
    WRONG_REPOSITORY = "wrong repository"
    WRONG_ISSUE = "wrong issue"
    WRONG_PREVIOUS = "wrong previous records"
    WRONG_CONTENT = "wrong content"
    NOTHING_TO_BIND = "nothing to bind"
    NOT_READ_YET = "not read by this version"
    NOT_PROVED = "not proved that another wrote it"
    NOT_ENTITLED = "not entitled"
    AUTHOR_APPROVES = "author approves"
    LEVEL_NOT_ACCEPTED = "level not accepted"
    NOT_BROUGHT_IN = "not brought in"
    LATER_DATE_REFUSED = "later date refused"
    BEFORE_CONTENT = "dated before its content"
    UNKNOWN_AUTHOR = "unknown author"
    ID_TWICE = "id in two files"
    NOT_CANONICAL = "not in the form of a record"
    BAD_SIGNATURE = "bad signature"
    KEY_NOT_LISTED = "key not listed"
    KEY_NOT_VALID = "key not valid then"
    SIGNERS_LINE = "line of allowed_signers not usable"
    NOT_ATTESTED = "not attested"
    SCAN_MISSING = "scan missing"
    INTERIM_REFUSED = "interim refused"
    EDITORIAL_REFUSED = "editorial refused"
    AFTER_AS_OF = "dated after the day asked for"
    ODD_DATE = "odd date"
    CONTENT_MOVED = "content folder moved"
    UNCOUNTED_MERGE = "merge off the chain"
    NOT_A_FILE = "not a file"


@dataclass(frozen=True, slots=True)
class Fault:
    """Evidence that did not count, or that someone should look at. Data for rules, not a finding."""

    reason: FaultReason
    words: str
    """What is wrong, as a sentence without its full stop."""
    event: str
    """The commit of the chain at which it was seen."""
    path: str | None = None
    """The record, where one is meant."""
    person: str | None = None
    """Id, or folded address, of the person concerned."""
