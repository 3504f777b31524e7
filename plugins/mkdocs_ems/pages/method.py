"""The page on significance: the method in words, and what follows from it for every aspect.

Everything stands in the HTML; the script only sorts and filters. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.model import KINDS, AspectRow
from mkdocs_ems.model.assessment import Assessment
from mkdocs_ems.model.method_words import PRECEDENCE, MethodWords, condition_words, method_words
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import SIGNIFICANCE, START, register_page
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.significance import verdict
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents
from mkdocs_ems.text import plural


@dataclass(frozen=True, slots=True)
class Method:
    """The method as templates show it."""

    said: MethodWords
    document: Markup | None
    parts: tuple[tuple[str, object], ...]
    """Each way of judging with its heading; no heading for the only one."""
    precedence: str


@dataclass(frozen=True, slots=True)
class AspectLine:
    """One aspect as a line of the table."""

    id: Markup
    title: str
    condition: str
    criteria: str
    score: str
    band: str
    computation: str
    verdict: str
    significant: bool
    remarks: tuple[str, ...]
    """What keeps it from being judged, or is missing from a judgement."""


def shown_method(view: View, links: Links) -> Method | None:
    """The method in words, with its document linked; None where none is declared."""
    declared = view.settings.significance
    if declared is None:
        return None
    said = method_words(declared)
    parts = tuple((_heading(part.title, part.conditions), part) for part in said.parts)
    document = links.named(said.document) if said.document else None
    return Method(said, document, parts, PRECEDENCE)


def significance_page(view: View) -> Iterator[Page]:
    """The page, where there is a method or an aspect to show."""
    links = view.links(SIGNIFICANCE)
    method = shown_method(view, links)
    aspects = list(_aspects(view))
    if method is None and not aspects:
        return
    lines = [_line(identity, aspect, view, links) for identity, aspect in aspects if _counts(aspect)]
    significant = sum(1 for line in lines if line.significant)
    withdrawn = len(aspects) - len(lines)
    body = render(
        "significance-page.html",
        draft=view.draft,
        start=links.up + START,
        register=links.up + register_page(KINDS["aspect"]),
        method=method,
        lines=lines,
        summary=f"{plural(len(lines), 'aspect')}, {significant} of them significant",
        withdrawn=f"{plural(withdrawn, 'withdrawn aspect')} left out." if withdrawn else "",
        state=view.state_words,
    )
    yield Page(
        path=SIGNIFICANCE,
        title="Significance",
        form=PageForm.HTML,
        body=body,
        toc=contents((("The method", "method") if method else None, ("Every aspect", "aspects"))),
        search="Significance: criteria, scales, formula, threshold, what is significant and why",
        nav=("Significance",),
        order=45,
    )


def _heading(title: str, conditions: tuple[str, ...]) -> str:
    if not conditions:
        return ""
    said = words.sentence(condition_words(conditions))
    return f"{said}: {title}" if title else said


def _counts(aspect: AspectRow) -> bool:
    return aspect.status != "withdrawn"


def _aspects(view: View) -> Iterator[tuple[str, AspectRow]]:
    """Every aspect with its id, the highest score first, those without a score last."""
    found = [
        (node.id, node.entity)
        for node in view.graph.of_kind("aspect")
        if isinstance(node.entity, AspectRow) and node.id in view.assessments
    ]

    def rank(one: tuple[str, AspectRow]) -> tuple[bool, float, bool, str]:
        made = view.assessments[one[0]]
        return made.score is None, -(made.score or 0), not made.significant, one[0]

    yield from sorted(found, key=rank)


def _line(identity: str, aspect: AspectRow, view: View, links: Links) -> AspectLine:
    made: Assessment = view.assessments[identity]
    rated = (f"{name.replace('_', ' ')} {value}" for name, value in aspect.criteria.items())
    return AspectLine(
        id=links.bare(identity),
        title=aspect.name,
        condition=aspect.condition or "",
        criteria=", ".join(rated),
        score="" if made.score is None else words.number(made.score),
        band=made.band or "",
        computation=words.sentence(made.computation),
        verdict=verdict(made),
        significant=made.significant is True,
        remarks=tuple(
            words.sentence(one.message) for one in made.problems if one.message not in made.computation
        ),
    )
