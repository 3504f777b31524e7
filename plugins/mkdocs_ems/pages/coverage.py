"""What answers each clause of one edition: documents, registers, rows, what is in writing, what is missing.

An answer is a place to look, never a verdict. It counts because a document or row names
the clause, because its kind answers it by nature, or because it names the clause above. What
was written against one edition is carried to the other by topic, never by number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Diagnostic
from mkdocs_ems.model import Entity, NonconformityRow
from mkdocs_ems.model.asked import Asked, Documented, asked
from mkdocs_ems.model.clauses import EDITIONS, Clause, clauses, counterparts, find_clause
from mkdocs_ems.model.standards import of_same_topic
from mkdocs_ems.pages.answers import ENDED, Answer, Answers
from mkdocs_ems.pages.view import View


class State(StrEnum):
    """How a clause stands."""

    ANSWERED = "answered"
    WAITING = "not approved yet"
    HOLE = "hole"


@dataclass(frozen=True, slots=True)
class Writing:
    """One piece of documented information that a clause asks for, and what it is here."""

    asked: Documented
    found: tuple[Answer, ...]

    @property
    def state(self) -> State:
        """Missing, there, or there without approval."""
        return _state(self.found)


@dataclass(frozen=True, slots=True)
class Covered:
    """One clause and what answers it."""

    clause: Clause
    elsewhere: tuple[Clause, ...]
    """Where its topic stands in the other edition."""
    answers: tuple[Answer, ...]
    rows: Mapping[str, tuple[str, ...]]
    """Ids of the rows that name it, by kind."""
    writing: tuple[Writing, ...]
    asked: tuple[Asked, ...]
    """Empty for a clause that only has parts."""
    findings: tuple[Diagnostic, ...]
    nonconformities: tuple[str, ...]
    """Open nonconformities that say this clause was not met."""
    rules: tuple[str, ...] = ()
    """Codes of the rules that ask for it."""
    leaf: bool = True
    """Whether it has no parts."""

    @property
    def missing(self) -> tuple[Writing, ...]:
        """What the clause asks for in writing and is not there."""
        return tuple(one for one in self.writing if one.state is State.HOLE)

    @property
    def empty(self) -> bool:
        """Nothing answers it."""
        return not self.answers and not self.rows

    @property
    def state(self) -> State | None:
        """How it stands; None for a clause that only has parts."""
        if self.clause.edition not in EDITIONS and self.leaf:
            return State.HOLE if self.empty else State.ANSWERED
        if not self.asked:
            return None
        if self.empty or self.missing:
            return State.HOLE
        if any(one.state is State.WAITING for one in self.writing):
            return State.WAITING
        return State.ANSWERED if self.rows else _state(self.answers)


def coverage(view: View, edition: str) -> tuple[Covered, ...]:
    """Every clause of an edition, of ISO 14001 or another standard, in the standard's order."""
    answers, said = Answers(view), _said(view, edition)
    above = {clause.parent for clause in clauses(edition).values()}
    covered = (_covered(clause, answers, said) for clause in clauses(edition).values())
    return tuple(replace(one, leaf=one.clause.number not in above) for one in covered)


def carried(clause: Clause, edition: str) -> tuple[Clause, ...]:
    """A clause in an edition of ISO 14001: itself, or where its topic stands there."""
    return (clause,) if clause.edition == edition else counterparts(clause)


def _shared(clause: Clause, edition: str, entity: Entity) -> tuple[Clause, ...]:
    """A clause in an edition of another standard: itself, or by topic for what is tagged with it."""
    if clause.edition == edition:
        return (clause,)
    tagged = edition.partition(":")[0] in entity.standards
    return of_same_topic(clause.number, clause.edition, edition) if tagged else ()


@dataclass(slots=True)
class _Said:
    """What content and findings say of clauses, by number."""

    named: dict[str, dict[str, str]]
    """Documents and registers that name it, with the words for that."""
    rows: dict[str, dict[str, list[str]]]
    unmet: dict[str, list[str]]
    findings: Mapping[str, list[Diagnostic]]
    rules: Mapping[str, list[str]]


def _covered(clause: Clause, answers: Answers, said: _Said) -> Covered:
    number = clause.number
    topics = asked(clause.edition).get(number, ())
    why = dict(said.named.get(number, {}))
    for above in _above(clause) if topics else ():
        for identity in said.named.get(above, ()):
            why.setdefault(identity, f"names {above} as a whole")
    by_name = tuple(one for identity in sorted(why) for one in answers.document(identity, why[identity]))
    by_nature = (one for topic in topics for kind in topic.kinds for one in answers.of_kind(kind))
    merged: dict[tuple[str, str], Answer] = {}
    for one in (*by_name, *by_nature):
        merged.setdefault(one.key, one)
    return Covered(
        clause=clause,
        elsewhere=counterparts(clause),
        answers=tuple(merged.values()),
        rows={kind: tuple(ids) for kind, ids in said.rows.get(number, {}).items()},
        writing=tuple(
            Writing(part, answers.writing(part, by_name)) for topic in topics for part in topic.documented
        ),
        asked=topics,
        findings=tuple(said.findings.get(number, ())),
        nonconformities=tuple(said.unmet.get(number, ())),
        rules=tuple(said.rules.get(number, ())),
    )


def _above(clause: Clause) -> Iterator[str]:
    number = clause.parent
    while number:
        yield number
        number = number.rpartition(".")[0] or None


def _state(found: Iterable[Answer]) -> State:
    said = [one.approved for one in found]
    if not said:
        return State.HOLE
    return State.WAITING if all(one is False for one in said) else State.ANSWERED


def _said(view: View, edition: str) -> _Said:
    named: dict[str, dict[str, str]] = defaultdict(dict)
    rows: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    unmet: dict[str, list[str]] = defaultdict(list)
    for node in view.graph.nodes.values():
        entity = node.entity
        if isinstance(entity, NonconformityRow) and entity.status != "closed":
            for clause, _ in _places(entity.criterion_clauses, view, edition, entity):
                unmet[clause.number].append(node.id)
        if not entity.clauses:
            continue
        kind = view.kinds.get(node.kind)
        for clause, ref in _places(entity.clauses, view, edition, entity):
            if kind is not None and kind.where in ("register", "record"):
                if getattr(entity, "status", None) not in ENDED:
                    rows[clause.number][node.kind].append(node.id)
            else:
                named[clause.number].setdefault(node.id, f"names {ref}")
    return _Said(named, rows, unmet, _findings(view, edition), _rules(view, edition))


def _rules(view: View, edition: str) -> Mapping[str, list[str]]:
    """The rules that ask for each clause of an edition of ISO 14001, by code."""
    found: dict[str, list[str]] = defaultdict(list)
    if edition in EDITIONS:
        for code in sorted(view.rule_docs):
            doc = view.rule_docs[code]
            for number in doc.clauses_2026 if edition == "2026" else doc.clauses_2015:
                found[number].append(code)
    return found


def _places(
    refs: Iterable[str], view: View, edition: str, entity: Entity | None = None
) -> Iterator[tuple[Clause, str]]:
    """Each clause of an edition that references mean, with the reference as an aside says it."""
    own = view.report.edition
    for ref in refs:
        clause = find_clause(ref, own)
        if clause is None:
            continue
        said = clause.number if clause.edition == edition else f"{clause.edition}:{clause.number}"
        if edition in EDITIONS or entity is None:
            places = carried(clause, edition)
        else:
            places = _shared(clause, edition, entity)
        for there in places:
            yield there, said


def _findings(view: View, edition: str) -> Mapping[str, list[Diagnostic]]:
    """Findings by clause of an edition: those of the other edition by what the rule says of it."""
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in view.report.diagnostics if edition in EDITIONS else ():
        numbers: Iterable[str] = one.clauses
        doc = view.rule_docs.get(one.code)
        if edition != view.report.edition and doc is not None:
            numbers = doc.clauses_2026 if edition == "2026" else doc.clauses_2015
        elif edition != view.report.edition:
            numbers = {clause.number for clause, _ in _places(one.clauses, view, edition)}
        for number in numbers:
            found[number].append(one)
    return found
