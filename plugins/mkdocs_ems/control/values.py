"""Values of document control: acts, issues, states. Derived from history, never typed by hand.

Terms and numbering follow docs/document-control.md. The types carry all levels
and meanings, also those whose evidence a later release reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from mkdocs_ems import dataclass
from mkdocs_ems.control.sealing import Ledger
from mkdocs_ems.diagnostics import Finding
from mkdocs_ems.git.values import Event
from mkdocs_ems.text import fold

if TYPE_CHECKING:
    from mkdocs_ems.control.journal import Step

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Person:
    """Who acted: the id of the person, if any lists this identity, and the claimed name and address."""

    id: str | None
    name: str
    mail: str

    @property
    def key(self) -> str:
        """What persons are compared by: the id, else the folded address."""
        return self.id or fold(self.mail)


@dataclass(frozen=True, slots=True)
class Part:
    """A local file that a document embeds or attaches: its target as written, its path and blob."""

    target: str
    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class Content:
    """One landed state of a document. Equal manifests mean equal content."""

    path: str
    blob: str
    parts: tuple[Part, ...]

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What contents are compared by: the manifest by blob ids, the document's own path left out."""
        return self.blob, tuple([(part.target, part.blob) for part in self.parts]) if self.parts else ()

    def is_same(self, other: Content) -> bool:
        """Whether the manifests are equal."""
        return self.blob == other.blob and self.key == other.key


@dataclass(frozen=True, slots=True)
class Act:
    """One act of approval as evidence shows it."""

    principal: str
    """Mail address, key principal or account, as the evidence names it."""
    person: Person
    role: str | None
    meaning: Meaning
    level: Level
    done: datetime
    """When the act was done, as the evidence claims it."""
    event: str
    """The commit of the chain on which it stands."""
    evidence: str
    """The record's path, or the commit id of the merge or trailer."""
    issue: int
    effective_from: date | None = None
    sentence: str = ""
    """Who, when, how we know: one sentence for the page."""
    reason: str = ""
    """Why, as its record or the message of the commit that brought the record tells it."""
    top_management: bool = False
    """Whether the person held a role of top management on that day, by the roles in force then."""
    key: str = ""
    """Fingerprint (`SHA256:…`) of the key that signed the evidence; empty where none did."""
    review: str = ""
    """Forge, request and review, for an attested act: `github owner/name#12, review 345`."""
    deputy_for: str | None = None
    """The role in which the person stood in for its holder."""
    editorial: bool = False
    """It approves an editorial change."""
    valid_until: date | None = None
    """The last day of an interim approval."""
    told_by: Person | None = None
    """Whose word it is, where it is not the approver's own act: who wrote the name, or filed the print."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """sha256 of the main file and of each part by its target as written."""

    main: str
    parts: Mapping[str, str]


class Late(Generic[T]):
    """A field given as a value, or as a function that reads it at its first use.

    Ten thousand old issues are known by blob id alone; their titles and checksums are
    read only where a page or an export shows them.
    """

    def __init__(self, *default: T) -> None:
        self._default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"

    def __get__(self, instance: object | None, owner: type | None = None) -> T:
        if instance is None:
            if self._default:
                return self._default[0]
            raise AttributeError(self._name)  # how a dataclass learns that there is no default
        value = instance.__dict__[self._name]
        if callable(value):
            value = instance.__dict__[self._name] = value()
        return cast("T", value)

    def __set__(self, instance: object, value: T | Callable[[], T]) -> None:
        instance.__dict__[self._name] = value


@dataclass(frozen=True, kw_only=True)
class Issue:
    """One approved content of a document.

    `label`, `manifest` and `title` may be read from git at their first use: ask for them
    while the repository is open.
    """

    number: int
    label: Late[str | None] = Late()
    """The house's own label, as that content gives it."""
    state: IssueState
    content: Content
    manifest: Late[Manifest] = Late()
    title: Late[str] = Late()
    event: Event
    """The event that landed the content."""
    authors: tuple[Person, ...]
    level: Level
    segregation: Segregation | None
    """None where it was taken over at adoption: neither author nor approver is in evidence."""
    approvals: tuple[Act, ...]
    approved_on: datetime
    effective_from: date
    effective_to: date | None
    """The first day on which it is no longer in force, where that is known."""
    summary: Late[str] = Late()
    """What changed: the subject of the event that landed it; for a merge, of the commits it brought."""
    faults: tuple[Fault, ...] = ()
    """What is to be looked at in this issue's evidence; it counted nevertheless."""
    completed: Event | None = None
    """The event that completed its approval; None where it was adopted."""
    editorial: bool = False
    """Its change was approved as editorial: nobody is asked to read it again."""
    previous: Late[tuple[str, ...]] = Late(())
    """sha256 of the records that a further record for it (confirmation, withdrawal) must name, sorted."""


@dataclass(frozen=True, kw_only=True)
class Interim:
    """A content that one entitled person approved for a few days, without a number."""

    content: Content
    manifest: Late[Manifest] = Late()
    event: Event
    """The event that landed the content."""
    act: Act
    valid_from: date
    valid_until: date
    """The last day on which it is in force."""
    state: IssueState
    """`INTERIM` while in force, `APPROVED` before, `INTERIM_EXPIRED` after; or `SUPERSEDED` before its end.

    A later issue that came into force or another interim took its place then; `WITHDRAWN` where the
    document was withdrawn meanwhile. What lands without any approval takes nobody's place.
    """
    title: Late[str] = Late("")
    authors: tuple[Person, ...] = ()
    """All who wrote at it since the last full approval; they stay its authors."""
    segregation: Segregation | None = None
    summary: str = ""
    """What changed, as for an issue."""
    approved: Event | None = None
    """The event that landed the act."""
    ended: date | None = None
    """The first day on which it no longer was, or will be, in force; None where it runs to its last day."""
    ended_by: str = ""
    """What ended it before its last day: `replaced by issue 3`."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One approval that is still missing: by any holder of these roles."""

    roles: tuple[str, ...]
    persons: int
    """How many more persons."""
    candidates: tuple[Person, ...]
    """Who holds or deputises one of the roles at the head, and neither wrote the change nor approved it."""
    given: int = 0
    """How many persons have approved it already."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Landed or proposed content that is not approved."""

    content: Content | None
    """None: a deletion without a withdrawal record."""
    event: Event
    authors: tuple[Person, ...]
    acts: tuple[Act, ...]
    missing: str
    """What it waits for, in words."""
    waits_for: tuple[Waiting, ...] = ()
    """Whom it waits for; empty where nobody can approve it."""
    faults: tuple[Fault, ...] = ()
    """Evidence for this content that did not count, and why."""
    since: date | None = None
    """The first day on which it waits, where it has waited for less long than it has been there."""

    @property
    def waits_since(self) -> date:
        """The first day on which it waits."""
        return self.since or self.event.date.date()


@dataclass(frozen=True, slots=True)
class FormerDocument:
    """What a document was before it was gone for a time."""

    type: str
    title: str


@dataclass(frozen=True, slots=True)
class FormerRegister:
    """An earlier content of a register: which rows it had, by id, and what they were called.

    A title is empty where it is not written on one line.
    """

    path: str
    kind: str
    """Its type, as it said; empty where it cannot be told."""
    words: str
    """Which state it is: `in v2025.1`, `in issue 3 of REG-ASP`."""
    at: int
    """The event that made that state, by its place on the chain."""
    rows: Mapping[str, str]
    data: bytes
    """The file, for who has to look closer."""
    blob: str = ""


@dataclass(frozen=True, slots=True)
class DueDates:
    """The due dates that rows had one after the other, by their ids."""

    dates: Mapping[str, tuple[date, ...]]
    whole: bool = True
    """False where not every former state was read."""


@dataclass(frozen=True)
class DocumentControl:
    """All that is known of one document at the head, on the as-of date."""

    id: str
    kind: str
    """`document` or `register`."""
    type: str
    control: str
    """`issue` or `periodic`."""
    title: str
    path: str
    """At the head; the last one for a document that is gone."""
    owner: str | None
    number: str | None
    state: DocumentState
    issues: tuple[Issue, ...]
    in_force: Issue | None
    pending: Pending | None
    review_due: date | None
    last_confirmed: date | None
    first_number: int = 1
    """The number of its first issue: one more than its `issue_offset`."""
    landed: Content | None = None
    """What stands in the tree at the head; what the manual shows of a register under periodic control."""
    landed_event: Event | None = None
    """The event that landed it."""
    confirmations: tuple[Act, ...] = ()
    """Acts that found the issue in force still right."""
    withdrawals: tuple[Act, ...] = ()
    """Acts that withdrew an issue."""
    withdrawn_from: date | None = None
    """The first day on which the latest issue is withdrawn."""
    superseded_by: str | None = None
    """What its last content says that takes its place."""
    withdrawal_reason: str | None = None
    """Why it was withdrawn, as its last content says."""
    formerly: tuple[FormerDocument, ...] = ()
    """What had its id before: each time that it was gone and came back, oldest first."""
    reviews: tuple[Act, ...] = ()
    """Reviews of the landed content; shown, and counted for nothing."""
    faults: tuple[Fault, ...] = ()
    """Faults of evidence along the whole chain, oldest first."""
    interims: tuple[Interim, ...] = ()
    """Interim approvals, oldest first."""
    interim: Interim | None = None
    """The one that is in force on the date: it is shown instead of the issue in force."""
    previous: Late[tuple[str, ...]] = Late(())
    """sha256 of the records that a new record for the landed content must name, sorted."""

    @property
    def next_issue(self) -> int:
        """The number that the pending content would get."""
        return self.issues[-1].number + 1 if self.issues else self.first_number


@dataclass(frozen=True)
class ControlState:
    """Document control at one head on one date: documents by id, sorted."""

    documents: Mapping[str, DocumentControl]
    findings: tuple[Finding, ...]
    """Approval records at the head that cannot be used, with code SCH001."""
    events: tuple[Event, ...]
    trust_root: str
    trust_root_named: bool
    faults: tuple[Fault, ...] = ()
    """Faults of evidence that belong to no known document."""
    former: Late[tuple[FormerRegister, ...]] = Late(())
    """Earlier contents of the registers, those states that count: ask while the repository is open."""
    due_dates: Late[DueDates] = Late(DueDates({}))
    """When each action was due, as landed states of its register say: ask while the repository is open."""
    journal: tuple[Step, ...] = ()
    """What the forward pass did, step by step."""
    ledger: Late[Ledger] = Late(Ledger(""))
    """The ledger of the chain; every content that ever landed is read for it, so ask while the repository is
    open."""
