"""Approval records: what a file below `records/approvals/` says, and whether it can be used at all.

Judges the form of one file alone. Whether what it says is true of the chain is decided
where evidence is weighed. No `from __future__ import annotations`: pydantic reads the
annotations at run time.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BeforeValidator, Discriminator, Field, Tag, ValidationError

from mkdocs_ems import dataclass
from mkdocs_ems.control.places import Places
from mkdocs_ems.control.terms import Meaning
from mkdocs_ems.diagnostics import Anchor, Finding
from mkdocs_ems.model.fields import Day, Flag, Id, RoleRef, Text, Whole
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.shapes import Shape
from mkdocs_ems.model.wording import refused
from mkdocs_ems.source import parse_file
from mkdocs_ems.text import fold

_NAME = re.compile(
    r"(?P<id>[^/]+)/(?P<issue>\d{1,6})-(?P<meaning>[a-z]+)-(?P<principal>[^/]+)-(?P<n>\d{1,4})\.yml"
)
_CODE = "SCH001"
_FORM = "<ID>/<issue>-<meaning>-<principal>-<n>.yml"

_FIRST_YEAR, _LAST_YEAR = 1970, 9998
"""Git knows none before, and any zone can show the last."""

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _moment(value: object) -> object:
    if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}T", value):
        moment = datetime.fromisoformat(value)
        if _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            return moment
    raise ValueError(value)


class RecordedManifest(Shape):
    """sha256 of the main file and of each part."""

    main: Digest
    parts: dict[str, Digest] = Field(default_factory=dict)


class ForgeSource(Shape):
    """Where an attested act comes from: a review on a forge, as its interface told it."""

    forge: Literal["github", "gitlab", "forgejo"]
    review: Text
    """Project, request and review: `owner/name#12 review 345`."""
    state: Literal["approved"]
    dismissed: Flag
    reviewer: Text
    """Accounts, as the forge writes them."""
    opener: Text
    pushers: tuple[Text, ...]
    """Empty where the forge does not tell, and then nothing is attested."""
    authors: tuple[Text, ...]
    """Accounts of the commits' authors; an author without an account by mail address."""
    event: Annotated[str, Field(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")]
    """The commit of the chain by which the reviewed content landed."""


class ScanSource(Shape):
    """Where an act on paper comes from: a scan of the signed print, kept beside the record."""

    scan: Text
    """File name in the record's folder."""
    sha256: Digest


def _source_kind(value: object) -> str:
    keys = value.keys() if isinstance(value, dict) else ()
    return "scan" if "scan" in keys or isinstance(value, ScanSource) else "forge"


RecordSource = Annotated[
    Annotated[ForgeSource, Tag("forge")] | Annotated[ScanSource, Tag("scan")],
    Discriminator(_source_kind),
]


class ApprovalRecord(Shape):
    """One act, as its record tells it."""

    schema_: Annotated[Literal["ems-approval/1"], Field(alias="schema")]
    repository: Text
    document: Id
    issue: Whole
    meaning: Meaning
    manifest: RecordedManifest
    previous: tuple[Digest, ...] = ()
    approver: Text
    role: RoleRef | None = None
    for_: Annotated[Text | None, Field(alias="for")] = None
    authors: tuple[Text, ...] = ()
    date: Annotated[AwareDatetime, BeforeValidator(_moment)]
    effective_from: Day | None = None
    valid_until: Day | None = None
    change: Literal["editorial"] | None = None
    reason: Text | None = None
    source: RecordSource | None = None


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """One record file: what it says, or why it cannot be used."""

    path: str
    blob: str
    document: str
    """Whose record it is, by its folder."""
    record: ApprovalRecord | None
    findings: tuple[Finding, ...]
    """Faults that nobody else finds; what cannot even be parsed is told by the reader of files."""


def document_of(path: str, places: Places) -> str:
    """Whose record a path is: the folder's name; empty for a file that lies in none."""
    folder, slash, _ = path.removeprefix(places.approvals).partition("/")
    return folder if slash else ""


def read_record(path: str, blob: str, data: bytes, *, places: Places) -> ReadRecord:
    """Read one record file."""
    document = document_of(path, places)
    source, unread = parse_file(path, data, content=places.content, blob=blob)
    if unread or not source.readable:
        return ReadRecord(path, blob, document, None, ())
    name = _NAME.fullmatch(path.removeprefix(places.approvals))
    if name is None:
        return ReadRecord(
            path,
            blob,
            document,
            None,
            (_finding(path, "its name does not say whose act it is", f"name it {_FORM}"),),
        )
    try:
        record = ApprovalRecord.model_validate(dict(source.data))
    except ValidationError as error:
        return ReadRecord(path, blob, document, None, tuple(_schema_findings(path, error)))
    said = (record.document, str(record.issue), record.meaning.value, fold(record.approver))
    named = (name["id"], str(int(name["issue"])), name["meaning"], fold(name["principal"]))
    for field, one, other in zip(("document", "issue", "meaning", "approver"), said, named, strict=True):
        if one != other:
            words = f"{field} is {one} here, and {other} in the file's name"
            return ReadRecord(path, blob, document, None, (_finding(path, words, _MEND, field),))
    return ReadRecord(path, blob, document, record, ())


_MEND = "records are never edited: write a new one, with the next number at the end of its name"


def _finding(path: str, words: str, fix: str, *route: str | int) -> Finding:
    return Finding(f"this approval record cannot be used: {words}", Anchor(path, route), help=fix, code=_CODE)


def _schema_findings(path: str, error: ValidationError) -> list[Finding]:
    found = []
    for fault in error.errors(include_url=False):
        route = fault["loc"]
        where = ".".join(str(step) for step in route) or "the record"
        match fault["type"]:
            case "missing":
                found.append(_finding(path, f"{where} is missing", _MEND, *route[:-1]))
            case "extra_forbidden":
                found.append(_finding(path, f"it has no field {where}", _MEND, *route))
            case _:
                found.append(_finding(path, _words(where, fault), _MEND, *route))
    return found


def _words(where: str, fault: Mapping[str, Any]) -> str:
    """What a field does not take, in a reader's words."""
    if where == "date":
        return "date is no moment with its zone, such as 2026-11-21T10:00:00Z"
    if fault["type"] == "string_pattern_mismatch" and where.startswith(("manifest", "previous", "source")):
        return f"{where} is no checksum: 64 digits and letters from a to f for a content, 40 for a commit"
    if where.startswith("source"):
        return f"{where}: {fault['msg']}"
    return refused(ApprovalRecord, fault["loc"], fault, Nearest()).message
