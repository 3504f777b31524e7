"""The section on an aspect's significance: the verdict and how it follows, in words."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.model import AspectRow
from mkdocs_ems.model.assessment import Assessment
from mkdocs_ems.model.method import Scale, Significance
from mkdocs_ems.model.method_words import criterion_title
from mkdocs_ems.model.scales import scale_value
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import SIGNIFICANCE
from mkdocs_ems.pages.links import Links


@dataclass(frozen=True, slots=True)
class Panel:
    """What the section says."""

    verdict: str
    significant: bool
    score: str
    band: str
    criteria: tuple[tuple[str, str], ...]
    sentences: tuple[Markup, ...]
    method: str
    """The address of the method's page."""


def verdict(assessment: Assessment | None) -> str:
    """Whether an aspect is significant, in words."""
    if assessment is None or assessment.significant is None:
        return "not assessed"
    said = "significant" if assessment.significant else "not significant"
    if assessment.judged:
        return f"{said} by judgement"
    return f"{said} by decision" if assessment.overridden else said


def panel(aspect: AspectRow, assessment: Assessment, *, method: Significance | None, links: Links) -> Panel:
    """The verdict, the criteria with the words of their scale, the computation, the override."""
    scales = _scales(aspect, method)
    return Panel(
        verdict=words.sentence(verdict(assessment)),
        significant=bool(assessment.significant),
        score="" if assessment.score is None else words.number(assessment.score),
        band=assessment.band or "",
        criteria=tuple(_criterion(name, value, scales.get(name)) for name, value in aspect.criteria.items()),
        sentences=tuple(_sentences(aspect, assessment, method, links)),
        method=links.up + SIGNIFICANCE,
    )


def _scales(aspect: AspectRow, method: Significance | None) -> Mapping[str, Scale]:
    """The scales by which an aspect is judged: those of its condition, where these differ."""
    parts = method.parts if method else ()
    mine = (part for part in parts if not part.conditions or aspect.condition in part.conditions)
    part = next(mine, None)
    return part.criteria if part else {}


def _criterion(name: str, value: str, scale: Scale | None) -> tuple[str, str]:
    title = criterion_title(name, scale)
    found = scale_value(scale, value) if scale else None
    if scale is None or found is None:
        return title, value
    key, counts = found
    points = (
        f" ({words.number(float(counts))})" if key in scale.points and not isinstance(counts, str) else ""
    )
    return title, f"{key}{points}: {scale.values[key]}"


def _sentences(
    aspect: AspectRow, assessment: Assessment, method: Significance | None, links: Links
) -> list[Markup]:
    said: list[Markup] = []
    if assessment.computation:
        said.append(Markup("%s.") % words.sentence(assessment.computation.rstrip(".")))
    if method and (assessment.score is not None or assessment.rating is not None):
        said.append(Markup("Scored %s.") % words.words(method.scored))
    if assessment.judged:
        if aspect.rationale:
            said.append(Markup("Rationale: %s") % links.prose(aspect.rationale))
        said.extend(_judges(aspect, links))
    if aspect.override:
        by = aspect.override.approved_by
        who = Markup(" by %s") % links.named(by) if by else Markup("")
        why = Markup(": %s") % links.prose(aspect.override.reason) if aspect.override.reason else "."
        said.append(Markup("Overridden%s%s") % (who, why))
    if assessment.score_differs and aspect.score is not None:
        declared = words.number(aspect.score)
        said.append(Markup("The file declares a score of %s, which is not the computed one.") % declared)
    if assessment.significance_differs:
        declared = "significant" if aspect.significant else "not significant"
        said.append(Markup("The file declares it %s, which is not the verdict that counts.") % declared)
    said.extend(Markup("%s.") % words.sentence(one.message) for one in assessment.problems)
    return said


def _judges(aspect: AspectRow, links: Links) -> list[Markup]:
    if not aspect.assessed_by:
        return []
    who = Markup(", ").join(links.named(one) for one in aspect.assessed_by)
    when = f" on {words.day(aspect.assessed_on)}" if aspect.assessed_on else ""
    return [Markup("Judged by %s%s.") % (who, when)]
