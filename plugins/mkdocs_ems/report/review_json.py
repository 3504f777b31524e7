"""The report for reviewers as data: the `review` of `ems diff --report --format json`.

Keeps to docs/schemas/review.schema.json. What differs is no part of it: that stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_ems.changes.review import Approval, Review, Settled, Stale
from mkdocs_ems.control import Act, Person, Waiting
from mkdocs_ems.diagnostics import Diagnostic
from mkdocs_ems.report.review import ReviewReport


def review_mapping(report: ReviewReport) -> Mapping[str, object]:
    """The report as JSON values."""
    review = report.review
    return {
        "documents": list(review.documents),
        "reworded": list(review.reworded),
        "control_reason": review.no_control or None,
        "needs_approval": [_approval(one) for one in review.approvals],
        "approved": [_settled(one) for one in review.settled],
        "applies_at_once": [one.document for one in review.at_once],
        "stale": [_stale(one) for one in review.stale],
        "findings": {
            "new": [_finding(one) for one in report.new],
            "unapproved": [_finding(one) for one in report.unapproved],
            "cured": [_finding(one) for one in report.cured],
            "looked_at": [_finding(one) for one in report.looked_at],
            "not_evaluated": [
                {"code": one.code, "name": one.name, "reason": one.reason} for one in report.not_evaluated
            ],
        },
        **_reach(review),
    }


def _approval(one: Approval) -> Mapping[str, object]:
    return {
        "document": one.document,
        "title": one.title,
        "becomes": one.becomes,
        "in_force": one.in_force,
        "missing": one.missing,
        "waits_for": [_waiting(wanted) for wanted in one.waits_for],
        "authors": [_person(author) for author in one.authors],
        "editorial": one.not_editorial is None,
        "not_editorial": one.not_editorial,
    }


def _waiting(one: Waiting) -> Mapping[str, object]:
    return {
        "roles": list(one.roles),
        "persons": one.persons,
        "given": one.given,
        "candidates": [_person(candidate) for candidate in one.candidates],
    }


def _person(person: Person) -> Mapping[str, object]:
    return {"id": person.id, "name": person.name, "mail": person.mail}


def _settled(one: Settled) -> Mapping[str, object]:
    return {
        "document": one.document,
        "title": one.title,
        "issue": one.issue,
        "editorial": one.editorial,
        "withdrawn_from": one.withdrawn_from.isoformat() if one.withdrawn_from else None,
        "approvals": [_act(act) for act in one.approvals],
    }


def _act(act: Act) -> Mapping[str, object]:
    return {
        "person": _person(act.person),
        "role": act.role,
        "meaning": act.meaning.value,
        "level": act.level.word,
        "done": act.done.isoformat(),
        "evidence": act.evidence,
    }


def _stale(one: Stale) -> Mapping[str, object]:
    return {
        "document": one.document,
        "act": _act(one.act) if one.act else None,
        "record": one.fault.path if one.fault else None,
        "why": one.fault.words if one.fault else None,
    }


def _finding(one: Diagnostic) -> Mapping[str, object]:
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity.value,
        "message": one.message,
        "help": one.help,
        "id": one.id,
        "path": one.span.path,
        "line": one.span.line,
    }


def _reach(review: Review) -> Mapping[str, object]:
    found = review.impact
    return {
        "refers_to_it": [
            {"id": one.node.id, "kind": one.node.kind, "words": [way.words for way in one.ways]}
            for one in found.affected
        ],
        "links_to_review": [
            {"source": edge.source, "field": edge.field, "target": edge.target} for edge in review.links
        ],
        "to_read": [
            {"role": one.role, "held_by": list(one.held_by), "documents": list(one.documents)}
            for one in review.to_read
        ],
        "answers": [
            {"id": one.id, "held_by": list(one.held_by), "answers_for": list(one.answers_for)}
            for one in found.people
            if one.answers_for
        ],
        "copies": [
            {"id": one.id or None, "document": one.document, "place": one.place, "issue": one.issue}
            for one in review.copies
        ],
    }
