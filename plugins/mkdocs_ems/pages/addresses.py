"""Where every page stands: by identity, never by where a file lies. Addresses are promises.

A page's address holds ids, kinds' slugs and rule codes only, so it survives a
moved or renamed file. Links between pages are relative and name `index.html`, so
that a copy on a memory stick opens from `file://`. Nothing here looks at content.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation
from mkdocs_ems.model import Kind

START = "index.html"
DOCUMENTS = "documents/index.html"
REGISTERS = "registers/index.html"
RECORDS = "records/index.html"
SIGNIFICANCE = "significance/index.html"
COMPLIANCE = "compliance/index.html"
AUDIT_COVERAGE = "audit-coverage/index.html"
COMPETENCE = "competence/index.html"
CALENDAR = "records-promised/index.html"
NONCONFORMITIES = "nonconformities/index.html"
PERFORMANCE = "performance/index.html"
TRACEABILITY = "traceability/index.html"
DOCUMENT_REGISTER = "document-register/index.html"
APPROVAL = "how-approval-works/index.html"
READINESS = "readiness/index.html"
RULES = "rules/index.html"
CLAUSES = "clauses/index.html"
WORK = "work/index.html"
PENDING = "pending/index.html"
IN_FORCE_ON = "on/index.html"
LINKS_TO_REVIEW = "links-to-review/index.html"
NOT_FOUND = "404.html"
"""Shown for any page that is missing; it takes the place of the theme's."""


def document_page(identity: str) -> str:
    """The page of a controlled document."""
    return f"documents/{identity}/index.html"


def history_page(identity: str) -> str:
    """What became of a controlled document or register, issue by issue."""
    return f"histories/{identity}/index.html"


def issue_page(identity: str, number: int) -> str:
    """The page of one issue of a document or register: it says for ever what that issue was."""
    return f"documents/{identity}/{number}/index.html"


def row_history_page(slug: str, identity: str) -> str:
    """What a row said after each event that changed it."""
    return f"registers/{slug}/{identity}/at/index.html"


def event_anchor(commit: str) -> str:
    """Where an event stands on the page of a row's history."""
    return commit[:12]


def register_page(kind: Kind) -> str:
    """The page of all rows, or of all records, of one kind."""
    return f"{_shelf(kind)}/index.html"


def row_page(kind: Kind, identity: str) -> str:
    """The page of one row or record."""
    return f"{_shelf(kind)}/{identity}/index.html"


def _shelf(kind: Kind) -> str:
    return f"{'records' if kind.where == 'record' else 'registers'}/{kind.slug}"


def rule_page(code: str) -> str:
    """The page of one rule."""
    return f"rules/{code}/index.html"


def clauses_page(edition: str) -> str:
    """The page of all clauses of one edition: a number means nothing without its edition."""
    return f"clauses/{edition.replace(':', '-')}/index.html"


def clause_anchor(number: str) -> str:
    """Where a clause stands on the page of its edition."""
    return f"clause-{number}"


def role_work_page(identity: str) -> str:
    """What somebody in a role has to know and do."""
    return f"work/roles/{identity}/index.html"


def area_work_page(site: str, area: str) -> str:
    """What somebody who works in an area has to know; both names as parts of an address."""
    return f"work/areas/{site}/{area}/index.html"


def address_parts(names: Iterable[str]) -> tuple[str, ...]:
    """Names that people gave as parts of an address: letters, digits and hyphens, each another one.

    A name keeps its part when others are added behind it.
    """
    taken: list[str] = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
        part = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
        if not part or part in taken:
            part = f"{part}-{sha256(name.encode()).hexdigest()[:8]}".lstrip("-")
        taken.append(part)
    return tuple(taken)


def asset_file(identity: str, name: str) -> str:
    """The published place of a file that a document embeds or attaches."""
    return f"documents/{identity}/files/{name}"


def upward(here: str) -> str:
    """What leads from a page to the top of the site: `../../` from `documents/POL-001/index.html`."""
    return "../" * here.count("/")


def relative(here: str, there: str) -> str:
    """The link from one page to another page or file of the site; works from `file://`."""
    return upward(here) + there


@dataclass(frozen=True, slots=True)
class Place:
    """Where an identified thing is shown: its page, the anchor on it, its title and kind."""

    page: str
    anchor: str
    title: str
    kind: str
    mark: str = ""
    """What a reader must know before following: `withdrawn`, `not approved`; mostly empty."""

    @property
    def address(self) -> str:
        """Page and anchor."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


def places(shown: Compilation) -> Mapping[str, Place]:
    """Every id that has a page, by id: rows, documents, and registers on the page of their kind."""
    found: dict[str, Place] = {}
    kinds = shown.model.kinds
    if shown.control:
        for one in shown.control.documents.values():
            page, anchor = document_page(one.id), ""
            if one.kind == "register" and one.type in kinds:
                page, anchor = register_page(kinds[one.type]), one.id
            mark = "" if one.in_force or one.id in shown.graph.nodes else _mark(one.state.value)
            found[one.id] = Place(page, anchor, one.title, one.type, mark)
    for identity, node in shown.graph.nodes.items():
        kind = kinds.get(node.kind)
        if kind is None or kind.where == "document":
            place = Place(document_page(identity), "", node.title, node.kind)
        elif kind.where in ("register", "record"):
            place = Place(row_page(kind, identity), "", node.title, node.kind)
        else:
            rows = kinds.get(getattr(node.entity, "type", None) or "")
            page = register_page(rows) if rows else document_page(identity)
            place = Place(page, identity if rows else "", node.title, node.kind)
        found[identity] = place
    return found


def _mark(state: str) -> str:
    return "not approved" if state == "draft" else state
