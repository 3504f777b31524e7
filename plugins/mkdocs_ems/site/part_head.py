"""What a part says of itself: which version it shows, what that was made from, and what is in it.

The one thing of a part that is read before anything in it is believed, so it is read strictly:
what is no head, or one of another form, is told apart, and no name in it leads out of a folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import field, fields
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from mkdocs_ems import dataclass
from mkdocs_ems.paths import safe_join
from mkdocs_ems.site.files import check_paths

FORMAT = 3
"""Goes up when a part of before could no longer be read as one of today."""

_LARGEST = 8 << 30
"""Bytes of all files together."""
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class PartKind(StrEnum):
    """What a part shows."""

    VERSION = "version"
    CURRENT = "current"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class PartHead:
    """What a part says of itself."""

    key: str
    """Digest of everything that it was made from; 64 hexadecimal digits."""
    kind: PartKind
    name: str
    """Of the tag, or of the branch; as it is, for `show()` to make harmless."""
    folder: str
    """Below the site."""
    title: str
    commit: str
    as_of: date
    tool: str
    """The version of the program that made it, for people; the key holds it exactly."""
    tag: str | None = None
    """The object of the tag; None where it is no version."""
    trust_root: str = ""
    ledger: str = ""
    """The ledger's head."""
    failed: str = ""
    """Why it could not be built, in a sentence; it then has no files."""
    findings: Mapping[str, int] = field(default_factory=dict)
    """How many of each level."""
    warnings: tuple[str, ...] = ()
    """What MkDocs warned of."""
    index: str = "index.html"
    """The page to open first."""
    layout: int = 1
    """Of the slots in its pages."""
    rows: int = 0
    pages: tuple[str, ...] = ()
    """Paths of the manual's pages, which have slots; other files are pictures, scripts and data."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """The page of each document and row, by its id."""
    issues: Mapping[str, int] = field(default_factory=dict)
    """The issue in force of each document, by its id."""
    since: str = ""
    """The folder of the version that it was compared with; empty where it was with none."""
    renumbered: Mapping[str, str] = field(default_factory=dict)
    """Rows that went by another id there: that id, and the one that they have here."""
    files: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """SHA-256 and bytes of each file, by its path below the folder; written with the part."""
    version: int = FORMAT
    """Of the form of what is said here."""

    @property
    def written(self) -> bytes:
        """As it stands in a part."""
        facts = {one.name: getattr(self, one.name) for one in fields(self)}
        data = {name: dict(fact) if isinstance(fact, Mapping) else fact for name, fact in facts.items()}
        data["as_of"] = self.as_of.isoformat()
        return json.dumps(data, sort_keys=True).encode() + b"\n"


class HeadError(ValueError):
    """What is wrong with a head."""


class OtherFormError(HeadError):
    """It is of a form that is not read here."""


def read_head(data: bytes, *, whole: bool) -> PartHead:
    """Read what a part says of itself.

    Args:
        data: what it says.
        whole: refuse a name that could not be written below its folder, on any system. Where it is
            kept by ourselves, there is none.

    Raises:
        HeadError: it is none, or one of another form.
        OutputError: a name leads out of the folder, or two files have one place.
    """
    try:
        head = _heads().validate_json(data, strict=True)
    except ValidationError as fault:
        if _is_of_another_form(data):
            raise OtherFormError from None
        raise HeadError(f"what it says of itself cannot be read: {' '.join(str(fault).split())}") from None
    if head.version != FORMAT:
        raise OtherFormError
    if not _DIGEST.fullmatch(head.key) or not _FOLDER.fullmatch(head.folder):
        raise HeadError("it has no key, or no folder that could be one")
    if sum(size for _, size in head.files.values()) > _LARGEST:
        raise HeadError("it is larger than a site can be")
    if whole:
        _check_names(head)
    if not head.files.keys() >= {*head.pages}:
        raise HeadError("it names pages that are not in it")
    return head


def _check_names(head: PartHead) -> None:
    folder = Path(head.folder)
    for name in (*head.files, *head.pages, *head.ids.values(), head.index):
        safe_join(folder, name)
    if not all(name.isprintable() and all(name.split("/")) for name in head.files):
        raise HeadError("it holds a name that not every system can write")
    check_paths(head.files)
    taken = {name.casefold() for name in head.files}
    for name in taken:
        above = name
        while (above := above.rpartition("/")[0]) and above not in taken:
            pass
        if above:
            raise HeadError(f"{above} is a file and a folder at once")


@cache
def _heads() -> TypeAdapter[PartHead]:
    """What reads them; most builds read none."""
    return TypeAdapter(PartHead)


def _is_of_another_form(data: bytes) -> bool:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("version") != FORMAT
