"""The performance page: every objective with its verdict, its chart, its value and its target."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Node
from mkdocs_ems.model import ObjectiveRow
from mkdocs_ems.model.progress import Progress, ProgressState
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import PERFORMANCE, START
from mkdocs_ems.pages.charts import SMALL
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.progress import (
    calls_for_action,
    chart_of,
    kept,
    progress_of,
    said_words,
    target_words,
    value_words,
    verdict_words,
)
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents
from mkdocs_ems.text import plural


@dataclass(frozen=True, slots=True)
class ObjectiveCard:
    """One objective of the page."""

    id: Markup
    title: str
    verdict: str
    strong: bool
    said: Markup
    chart: Markup
    value: str
    target: str
    by: str
    status: str


def objectives(view: View) -> tuple[tuple[Node, ObjectiveRow], ...]:
    """The objectives that the page shows: all that were not withdrawn."""
    return tuple(
        (node, node.entity)
        for node in view.graph.of_kind("objective")
        if isinstance(node.entity, ObjectiveRow) and node.entity.status != "withdrawn"
    )


def performance_pages(view: View) -> tuple[Page, ...]:
    """The page, where there is an objective."""
    links = view.links(PERFORMANCE)
    found = [(node, objective, progress_of(node, view)) for node, objective in objectives(view)]
    if not found:
        return ()
    cards = [_card(node, objective, stands, links) for node, objective, stands in found]
    body = render(
        "performance.html",
        draft=view.draft,
        start=links.up + START,
        state=view.state_words,
        as_of=words.day(view.shown.as_of),
        summary=_summary([stands for _, _, stands in found]),
        cards=cards,
    )
    page = Page(
        path=PERFORMANCE,
        title="Performance",
        form=PageForm.HTML,
        body=body,
        toc=contents((("Objectives in pictures", "pictures"), ("Objectives in numbers", "numbers"))),
        search="Performance: objectives, targets, verdicts, charts",
        nav=("Performance",),
        order=48,
    )
    return (page,)


def _card(node: Node, objective: ObjectiveRow, stands: Progress, links: Links) -> ObjectiveCard:
    target = objective.target
    return ObjectiveCard(
        links.bare(node.id),
        node.title,
        verdict_words(stands),
        calls_for_action(stands),
        kept(said_words(stands)),
        chart_of(node, stands, SMALL),
        value_words(stands),
        target_words(objective),
        words.day(target.date) if target and target.date else "",
        words.words(objective.status) if objective.status else "",
    )


def _summary(found: list[Progress]) -> str:
    """How many objectives have which verdict."""
    counts = Counter(one.state for one in found)
    said = [f"{counts[state]} {state.value}" for state in ProgressState if counts[state]]
    return f"{plural(len(found), 'objective')}: {words.listed(said)}."
