"""The section on an aspect's significance: the verdict and how it follows, in words."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from mkdocs_ems.model import AspectRow
from mkdocs_ems.model.method import Significance
from mkdocs_ems.model.significance import Assessment
from mkdocs_ems.pages import words
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


def verdict(assessment: Assessment | None) -> str:
    """Whether an aspect is significant, in words."""
    if assessment is None or assessment.significant is None:
        return "not assessed"
    said = "significant" if assessment.significant else "not significant"
    return f"{said} by decision" if assessment.overridden else said


def panel(aspect: AspectRow, assessment: Assessment, *, method: Significance | None, links: Links) -> Panel:
    """The verdict, the criteria with the words of their scale, the computation, the override."""
    return Panel(
        verdict=words.sentence(verdict(assessment)),
        significant=bool(assessment.significant),
        score="" if assessment.score is None else words.number(assessment.score),
        band=assessment.band or "",
        criteria=tuple(_criterion(name, value, method) for name, value in aspect.criteria.items()),
        sentences=tuple(_sentences(aspect, assessment, method, links)),
    )


def _criterion(name: str, value: str, method: Significance | None) -> tuple[str, str]:
    scale = method.criteria.get(name) if method else None
    if scale is None:
        return words.sentence(words.words(name)), value
    meaning = scale.values.get(value)
    return scale.title or words.sentence(words.words(name)), f"{value}: {meaning}" if meaning else value


def _sentences(
    aspect: AspectRow, assessment: Assessment, method: Significance | None, links: Links
) -> list[Markup]:
    said: list[Markup] = []
    if assessment.computation:
        said.append(Markup("%s.") % words.sentence(assessment.computation.rstrip(".")))
    if method and assessment.score is not None:
        said.append(Markup("Scored %s.") % words.words(method.scored))
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
