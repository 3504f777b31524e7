"""The aspects with their computation as data, and what another method would change of them.

Only arranges what the assessments say; compares two of them row by row. Prints nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation
from mkdocs_ems.model import AspectRow, Entry
from mkdocs_ems.model.assessed import assessed
from mkdocs_ems.model.assessment import Assessment
from mkdocs_ems.model.method import Significance

JSON_VERSION = 1


@dataclass(frozen=True, slots=True)
class Judged:
    """One aspect in use with what a method says of it."""

    entry: Entry
    aspect: AspectRow
    assessment: Assessment


class ChangeKind(StrEnum):
    """What a changed method does to an aspect, gravest first."""

    NOT_JUDGED = "cannot be judged"
    BECOMES = "becomes significant"
    CEASES = "ceases to be significant"
    OTHER = "changes its score or band"


@dataclass(frozen=True, slots=True)
class Change:
    """One aspect that a changed method judges otherwise."""

    kind: ChangeKind
    aspect: AspectRow
    before: Assessment
    after: Assessment


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a changed method would change."""

    method: Significance
    changes: tuple[Change, ...]
    """By kind, then as the register has them."""
    aspects: int
    """How many aspects were judged by both."""

    @property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many aspects change in which way."""
        counted = Counter(change.kind for change in self.changes)
        return {kind: counted[kind] for kind in ChangeKind}


def judged(compilation: Compilation, method: Significance | None) -> tuple[Judged, ...]:
    """Every aspect that is not withdrawn, judged by a method; the highest score first."""
    found = [Judged(*one) for one in assessed(compilation.model, method) if one[1].status != "withdrawn"]

    def rank(one: Judged) -> tuple[bool, float, bool, str]:
        made = one.assessment
        return made.score is None, -(made.score or 0), not made.significant, one.aspect.id or ""

    return tuple(sorted(found, key=rank))


def compared(compilation: Compilation, method: Significance) -> Comparison:
    """Judge every aspect by the method in force and by another, and keep what differs."""
    before = assessed(compilation.model, compilation.settings.significance)
    after = assessed(compilation.model, method)
    pairs = [
        (aspect, one, other)
        for (_, aspect, one), (_, _, other) in zip(before, after, strict=True)
        if aspect.status != "withdrawn"
    ]
    changes = [
        Change(kind, aspect, one, other)
        for aspect, one, other in pairs
        if (kind := _kind(one, other)) is not None
    ]
    order = list(ChangeKind)
    changes.sort(key=lambda change: order.index(change.kind))
    return Comparison(method, tuple(changes), len(pairs))


def _kind(before: Assessment, after: Assessment) -> ChangeKind | None:
    if after.significant is None:
        return ChangeKind.NOT_JUDGED
    if after.significant and not before.significant:
        return ChangeKind.BECOMES
    if before.significant and not after.significant:
        return ChangeKind.CEASES
    said = (before.score, before.band, before.rating, before.significant, before.by_method)
    other = (after.score, after.band, after.rating, after.significant, after.by_method)
    return ChangeKind.OTHER if said != other else None


def why_not(assessment: Assessment) -> str:
    """Why an aspect cannot be judged, in words."""
    return "; ".join(problem.message for problem in assessment.problems)


def significance_json(compilation: Compilation, *, comparison: Comparison | None, file: str | None) -> str:
    """Method, aspects and comparison as JSON (`docs/schemas/significance.schema.json`)."""
    method = compilation.settings.significance
    data = {
        "version": JSON_VERSION,
        "ref": compilation.snapshot.ref,
        "commit": compilation.snapshot.commit,
        "as_of": compilation.as_of.isoformat(),
        "method": _method(method) if method else None,
        "aspects": [_aspect(one) for one in judged(compilation, method)],
        "comparison": _comparison(comparison, file) if comparison else None,
    }
    return json.dumps(data, ensure_ascii=True, indent=2) + "\n"


def _method(method: Significance) -> dict[str, object]:
    return method.model_dump(mode="json", by_alias=True, exclude_none=True)


def _aspect(one: Judged) -> dict[str, object]:
    aspect = one.aspect
    return {
        "id": aspect.id,
        "title": aspect.name,
        "path": one.entry.anchor.path,
        "condition": aspect.condition,
        "criteria": dict(aspect.criteria),
        **_assessment(one.assessment),
    }


def _assessment(made: Assessment) -> dict[str, object]:
    place = made.place
    return {
        "score": made.score,
        "rating": made.rating,
        "band": made.band,
        "rank": place.rank if place else None,
        "ranked": place.of if place else None,
        "significant": made.significant,
        "by_method": made.by_method,
        "always_significant": list(made.always),
        "overridden": made.overridden,
        "judged": made.judged,
        "computation": made.computation,
        "problems": [{"kind": one.kind.value, "message": one.message} for one in made.problems],
    }


def _comparison(comparison: Comparison, file: str | None) -> dict[str, object]:
    return {
        "file": file,
        "method": _method(comparison.method),
        "aspects": comparison.aspects,
        "counts": {kind.name.lower(): count for kind, count in comparison.counts.items()},
        "changes": [
            {
                "kind": change.kind.name.lower(),
                "id": change.aspect.id,
                "title": change.aspect.name,
                "before": _assessment(change.before),
                "after": _assessment(change.after),
            }
            for change in comparison.changes
        ],
    }
