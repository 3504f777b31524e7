"""Values of document control: contents, acts, issues, what waits. Derived from history, never typed by hand.

Terms and numbering follow docs/document-control.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Generic, TypeVar, cast

from mkdocs_ems import dataclass
from mkdocs_ems.control.terms import (
    Fault,
    IssueState,
    Level,
    Meaning,
    Segregation,
)
from mkdocs_ems.git.values import Event
from mkdocs_ems.text import fold

T = TypeVar("T")


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
