"""What there is of the documented information that clauses ask for, and which documents hold it.

Reads the table of what is asked against the content; whether anything is missing, the
rule decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems import dataclass
from mkdocs_ems.control import DocumentState
from mkdocs_ems.model import (
    KINDS,
    Controlled,
    Document,
    EmergencyScenarioRow,
    Entity,
    ExternalDocument,
    ObligationRow,
    Register,
    asked,
)
from mkdocs_ems.model.asked import Documented
from mkdocs_ems.model.clauses import counterparts, find_clause
from mkdocs_ems.rules.values import AuditContext

_PERMITS = ("permit", "licence", "registration", "consent")
_ENDED = ("withdrawn", "cancelled")
_PLANNING, _GENERAL = "6.1", "6.1.1"
"""The general clause on planning asks for the procedures of all its parts."""


@dataclass(frozen=True, slots=True)
class Having:
    """What is there: ids of the documents that hold it, None for what is there and no document's."""

    context: AuditContext

    def by_word(self, word: str, number: str) -> Iterator[str | None]:
        """What answers one word of the table, for a clause."""
        match word:
            case asked.NAMED:
                # A register holds rows, and what comes from outside describes nothing of ours.
                for _, one in self.context.each(Document):
                    inside = not isinstance(one, ExternalDocument) and self._stands(one)
                    if inside and self._names(one, number):
                        yield one.id
            case asked.REGISTER:
                naming = {one.id for _, one in self.context.each(Register) if self._names(one, number)}
                # Ours hold what their kind says: a monitoring plan is no result of monitoring.
                own = (entry for entry in self.context.model.entries if entry.kind not in KINDS)
                yield from naming & {entry.document for entry in own}
            case asked.SIGNIFICANT:
                decided = (one for one in self.context.assessed if one[2].significant is not None)
                yield from {entry.document for entry, _, _ in decided}
            case asked.RESPONSE:
                for _, scenario in self.context.each(EmergencyScenarioRow):
                    for plan in scenario.response if scenario.status not in _ENDED else ():
                        # One that is nowhere has the finding of its reference.
                        yield plan if plan in self.context.graph.nodes else None
            case asked.READINGS:
                model = self.context.model
                yield from (None,) if model.series or not model.series_whole else ()
            case _:
                yield from self._of_kind(word)

    def _of_kind(self, key: str) -> Iterator[str | None]:
        kind = KINDS[key]
        for entry, entity in self.context.each(kind.model):
            if kind.where == "register":
                if getattr(entity, "status", None) not in _ENDED:
                    yield entry.document
            elif kind.where == "record":
                yield None
            elif isinstance(entity, Controlled) and self._stands(entity):
                yield entity.id

    def _stands(self, document: Controlled) -> bool:
        """Whether a document is neither replaced nor withdrawn."""
        control = self.context.compilation.control
        known = control.documents.get(document.id or "") if control else None
        withdrawn = known is not None and known.state is DocumentState.WITHDRAWN
        return document.superseded_by is None and not withdrawn

    def _names(self, entity: Entity, number: str) -> bool:
        """Whether it names the clause, or the one above as a whole."""
        edition = self.context.settings.edition
        for ref in entity.clauses:
            clause = find_clause(ref, edition)
            places = (
                () if clause is None else (clause,) if clause.edition == edition else counterparts(clause)
            )
            for place in places:
                if f"{number}.".startswith(f"{place.number}."):
                    return True
                if number == _GENERAL and place.number.startswith(_PLANNING):
                    return True
        return False

    def needed(self, part: Documented) -> bool:
        """Whether what is nowhere has to be somewhere here."""
        if "external-document" in part.by:
            duties = (one for _, one in self.context.each(ObligationRow) if one.applies)
            return any(one.type in _PERMITS for one in duties)
        if asked.SIGNIFICANT in part.by:
            # Without a method or without aspects, that is what is missing.
            return self.context.settings.significance is not None and bool(self.context.assessed)
        return True

    def in_force(self, identity: str) -> bool:
        """Whether an issue of a document is in force, or it is a living log that has landed."""
        control = self.context.compilation.control
        document = control.documents.get(identity) if control else None
        if document is None:
            return True
        living = document.control == "periodic" and document.landed is not None
        return living or document.in_force is not None
