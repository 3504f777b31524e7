"""Values of the changes room: what differs between two states of a manual, each difference with its kind.

A change speaks of one entity: a document, a register, a row, a record, the rules of the
system, or a file that is none of these. What was written is compared as it was written
(scalars are text), so `1.10` and `1.1` differ, and comments, quotes and the order of keys
make no difference. Nothing here renders, judges or runs git.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import Enum, StrEnum

from mkdocs_ems import dataclass
from mkdocs_ems.source import Data

FieldPath = tuple[str, ...]
"""Keys down to a value: `("criteria", "likelihood")`."""


class Absent(Enum):
    """That a field is not written at all, which is not the same as written and empty."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT

Value = Data | Absent
"""What a field holds on one side."""


class Where(StrEnum):
    """In which respect something stands elsewhere."""

    ID = "id"
    """A row that goes by another id now."""
    REGISTER = "register"
    PATH = "path"
    PLACE = "place"
    """Another place among the rows that stayed."""
    KIND = "kind"
    """The same thing under another `type`; of a row, under that of its register."""


@dataclass(frozen=True, slots=True)
class Written:
    """One entity as it is written in a state."""

    kind: str
    """Key of its kind; for a row the `type` of its register as written, `row` where there is none;
    `register`, `records` for a file with several of them, `rules` (ems.yml), `readings` for a file of
    readings, `file` for what else is no entity."""
    path: str
    """The file, from below the content folder on: `registers/aspects.yml`."""
    title: str
    fields: Mapping[str, Data]
    """Without the id, where that can be one; of a register without its rows. A row that is no mapping
    stands under the name of no letters."""
    id: str | None = None
    """None where it has none, and for files."""
    document: str | None = None
    """For a row the key of its register, for a record among several that of its file."""
    text: str | None = None
    """The Markdown of a document or record; None where it can have none."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Blob by target, as written, of each file that it embeds or attaches."""
    rows: tuple[str, ...] | None = None
    """Keys of the rows of a register or of a file of records in their order; else None."""
    blob: str = ""
    """For a file that is no entity, or that cannot be read as a whole: its bytes by blob id; else empty.

    Of what is no file `link:`, `submodule:` or `odd:` stands before the id.
    """


@dataclass(frozen=True, slots=True)
class WrittenState:
    """Everything that is written in a state."""

    entities: Mapping[str, Written]
    """By key: the id; for a second claimant of one `ID@path:index` (a row) or `ID@path` (a document);
    without one `path:index` for a row and `file:path` for a document or a file that is no entity."""


@dataclass(frozen=True, slots=True)
class Named:
    """Of whom a change speaks, as its own side knows it."""

    key: str
    """Unique in a state."""
    id: str | None
    kind: str
    title: str
    document: str | None
    """The controlled document or register that it belongs to, itself where it is one; None for a file."""
    path: str
    clauses: tuple[str, ...] = ()
    """As written; of a row that names none, those of its register."""


def held_in(document: str) -> str:
    """How a document, register or file of records is called by its key: where it has no id, by its file."""
    return document.removeprefix("file:")


@dataclass(frozen=True, slots=True)
class Added:
    """Something new. A new register is told with its rows' keys, and each row by itself.

    A key may be removed and added at once, where it is another sort of thing now: a row's, then a document's.
    """

    of: Named
    written: Written
    after: str | None = None
    """For a row the key of the row before it; None where it is the first."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that is gone."""

    of: Named
    written: Written


@dataclass(frozen=True, slots=True)
class Moved:
    """The same thing elsewhere, or under another id or kind. What else differs is told by further changes.

    A row stands behind `after` in the new order: those that did not move keep theirs.
    """

    of: Named
    was: Named
    what: frozenset[Where]
    after: str | None = None


@dataclass(frozen=True, slots=True)
class FieldChanged:
    """One field has another value."""

    of: Named
    route: FieldPath
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class ReferencesChanged:
    """A field that names other things names others."""

    of: Named
    route: FieldPath
    old: Value
    new: Value
    went: tuple[str, ...]
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextChanged:
    """The Markdown differs."""

    of: Named
    old: str | None
    new: str | None
    mentions_went: tuple[str, ...] = ()
    """Ids that the text no longer mentions as `[[ID]]`."""
    mentions_came: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartChanged:
    """A file that it embeds or attaches has other bytes, came or went; or it is a file itself."""

    of: Named
    target: str
    """As written; empty for the file itself (`Written.blob`)."""
    old: str | None
    """Blob id; None where the part came."""
    new: str | None


@dataclass(frozen=True, slots=True)
class ApprovalChanged:
    """An act of approval came, went or says something else."""

    of: Named
    evidence: str
    """Evidence, meaning and person: what tells one act from another."""
    old: Mapping[str, Data] | None
    new: Mapping[str, Data] | None


@dataclass(frozen=True, slots=True)
class StateChanged:
    """A fact of document control differs: state, issue, level, dates, what is pending."""

    of: Named
    fact: str
    old: Value
    new: Value


Change = (
    Added
    | Removed
    | Moved
    | FieldChanged
    | ReferencesChanged
    | TextChanged
    | PartChanged
    | ApprovalChanged
    | StateChanged
)


@dataclass(frozen=True, slots=True)
class ReadingChange:
    """A measured value that came, went or is another one; derived from files that differ."""

    path: str
    parameter: str
    period: str
    """As the file gives it: `2026-04`."""
    old: str | None
    new: str | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A key of `allowed_signers` that came, went or may sign otherwise; derived from the two files."""

    fingerprint: str
    """`SHA256:…`, as ssh-keygen prints it."""
    old: str | None
    """Principal and options of its line; None where it came."""
    new: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states."""

    ref: str
    """As the user named it; `work tree` for the work tree."""
    commit: str | None
    as_of: date
    edition: str
    approved: bool
    """As staff read it; else as landed."""
    dirty: bool = False
    """The work tree differs from its commit."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between two states, in a total order: the same states give the same bytes."""

    before: Side
    after: Side
    changes: tuple[Change, ...]
    """By document, then by kind of change in the order of `Change`, then by key."""
    measured: tuple[ReadingChange, ...] = ()
    keys: tuple[KeyChange, ...] = ()
    rewritten: tuple[str, ...] = ()
    """Files whose bytes differ and whose data do not: spaces, comments, order of keys."""
    records: tuple[str, ...] = ()
    """Records of approval that came, went or are others, where no approval is told of that says so."""
    not_paired: int = 0
    """Rows that were too many to be looked for under other ids."""
    content: str = ""
    """The content folder of the later state; nothing outside of it is compared.

    Empty where that is the whole tree, and where only some things were asked for.
    """
