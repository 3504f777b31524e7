"""What an organisation has that may answer a clause: documents, registers, readings, its own rules.

Each answer says whether it is approved and in which words a reader is told. What a
document control knows but the manual does not show, such as a policy that nobody has approved,
is an answer too: one that waits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mkdocs_ems import dataclass
from mkdocs_ems.control import DocumentControl, DocumentState
from mkdocs_ems.model import KINDS, Controlled, Record, asked
from mkdocs_ems.model.asked import Documented
from mkdocs_ems.pages.addresses import DOCUMENT_REGISTER, register_page
from mkdocs_ems.pages.house_rules import RULES_TYPE
from mkdocs_ems.pages.issue_lines import issue_name
from mkdocs_ems.pages.registers import summaries
from mkdocs_ems.pages.view import View
from mkdocs_ems.text import plural

ENDED = ("withdrawn", "cancelled")
"""States of rows that no longer answer anything."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that answers a clause."""

    id: str
    """The document or register; empty where it has no id, and then title and page say what it is."""
    said: str
    """How it stands: `issue 3, in force`."""
    approved: bool | None
    """None where there is no history to judge by."""
    why: str = ""
    """Why it counts, where that is not plain: `names 6.1`."""
    title: str = ""
    page: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same answer."""
        return self.id, self.title


class Answers:
    """Finds what may answer, by document, by kind, and by what a clause asks for in writing."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._rows: dict[str, int] = defaultdict(int)
        self._held: dict[str, int] = defaultdict(int)
        self._documents: dict[str, list[str]] = defaultdict(list)
        self._records: dict[str, int] = defaultdict(int)
        self._closed: dict[str, int] = defaultdict(int)
        self._own: set[str] = set()
        """Registers of the organisation's own kinds: these may hold records that have no kind of ours."""
        for node in view.graph.nodes.values():
            kind = view.kinds.get(node.kind)
            where = kind.where if kind else "document"
            if where == "document":
                self._documents[node.kind].append(node.id)
            elif where == "record":
                self._records[node.kind] += 1
                self._closed[node.kind] += isinstance(node.entity, Record) and node.entity.closed
            elif where == "register" and getattr(node.entity, "status", None) not in ENDED:
                self._rows[node.kind] += 1
                self._held[node.document or ""] += 1
                if node.kind not in KINDS:
                    self._own.add(node.document or "")
        for control in view.documents.values():
            if control.kind == "document" and control.id not in view.graph.nodes:
                self._documents[control.type].append(control.id)
        self._registers = {one.kind.key: one.registers for one in summaries(view)}

    def document(self, identity: str, why: str = "") -> Iterator[Answer]:
        """One document or register, unless it is withdrawn or another has taken its place."""
        control = self._view.documents.get(identity)
        if control is not None and control.state is DocumentState.WITHDRAWN:
            return
        if is_replaced(identity, self._view):
            return
        said, approved = in_short(control)
        if identity in self._held:
            said = f"{plural(self._held[identity], 'row')}, {said}"
        yield Answer(identity, said, approved, why)

    def of_kind(self, key: str) -> Iterator[Answer]:
        """Documents of a kind, registers of a kind that hold rows, or what a word stands for."""
        if key == asked.REGISTER_OF_DOCUMENTS:
            yield from self._register_of_documents()
        elif key == asked.RULES:
            yield from self._rules()
        elif self._records[key]:
            yield self._recorded(key)
        elif key in self._registers:
            yield from (one for register in self._registers[key] for one in self._register(register, key))
        else:
            yield from (one for identity in sorted(self._documents[key]) for one in self.document(identity))

    def writing(self, part: Documented, by_name: tuple[Answer, ...]) -> tuple[Answer, ...]:
        """What a piece of documented information is here.

        Args:
            part: what is asked for.
            by_name: the documents and registers that name the clause.
        """
        found: dict[tuple[str, str], Answer] = {}
        for one in (one for word in part.by for one in self._by_word(word, by_name)):
            found.setdefault(one.key, one)
        return tuple(found.values())

    def _by_word(self, word: str, by_name: tuple[Answer, ...]) -> Iterator[Answer]:
        match word:
            case asked.NAMED:
                yield from (one for one in by_name if not self._is_register(one.id))
            case asked.REGISTER:
                yield from (one for one in by_name if one.id in self._own)
            case asked.SIGNIFICANCE:
                yield from self._rules() if self._view.settings.significance else ()
            case asked.SIGNIFICANT:
                decided = any(one.significant is not None for one in self._view.assessments.values())
                yield from self.of_kind("aspect") if decided else ()
            case asked.RESPONSE:
                yield from self._responses()
            case asked.READINGS:
                yield from self._readings()
            case asked.DOCUMENTS:
                yield from self._register_of_documents() if any(self._documents.values()) else ()
            case _:
                yield from self.of_kind(word)

    def _register(self, identity: str, kind: str) -> Iterator[Answer]:
        control = self._view.documents.get(identity)
        waits = control is not None and identity not in self._view.graph.nodes
        if self._held[identity] or (waits and not self._rows[kind]):
            yield from self.document(identity)

    def _recorded(self, key: str) -> Answer:
        """All records of a kind: they stand as they landed, and nobody approves them."""
        kind, count, closed = self._view.kinds[key], self._records[key], self._closed[key]
        said = "closed" if closed == count else f"{closed} of {count} closed"
        title = plural(count, kind.title.lower(), kind.plural.lower())
        return Answer("", said, None, title=title, page=register_page(kind))

    def _is_register(self, identity: str) -> bool:
        node = self._view.graph.nodes.get(identity)
        return node is not None and node.kind == "register"

    def _rules(self) -> Iterator[Answer]:
        found = [one.id for one in self._view.documents.values() if one.type == RULES_TYPE]
        for identity in found:
            yield from self.document(identity)
        if not found and self._view.shown.model.settings_readable:
            yield Answer("", "approval not known", None, title="ems.yml")

    def _register_of_documents(self) -> Iterator[Answer]:
        said = "follows from the history"
        known = True if self._view.shown.control else None
        yield Answer("", said, known, title="Document register", page=DOCUMENT_REGISTER)

    def _responses(self) -> Iterator[Answer]:
        plans = {
            edge.target
            for node in self._view.graph.of_kind("emergency-scenario")
            for edge in self._view.graph.outgoing.get(node.id, ())
            if edge.field == "response"
        }
        for identity in sorted(plans):
            yield from self.document(identity)

    def _readings(self) -> Iterator[Answer]:
        count = len(self._view.shown.model.series)
        if count:
            title = f"Readings of {plural(count, 'measurement')}"
            page = register_page(self._view.kinds["measurement"])
            yield Answer("", "kept as series", True, title=title, page=page)


def is_replaced(identity: str, view: View) -> bool:
    """Whether a document says itself that another, which one may work by, has taken its place."""
    node = view.graph.nodes.get(identity)
    after = node.entity.superseded_by if node and isinstance(node.entity, Controlled) else None
    if after is None or after == identity:
        return False
    control = view.documents.get(after)
    return control.in_force is not None if control is not None else after in view.graph.nodes


def in_short(control: DocumentControl | None) -> tuple[str, bool | None]:
    """How a document stands in a few words, and whether it is approved; None where nobody knows."""
    if control is None:
        return "approval not known", None
    if control.in_force is None:
        return "not approved", False
    waits = ", with a change that waits for approval" if control.pending and control.pending.content else ""
    return f"issue {issue_name(control.in_force)}, in force{waits}", True
