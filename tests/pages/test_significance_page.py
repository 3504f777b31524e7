"""The page on significance says the method whole, and how it follows for every aspect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from mkdocs_ems.pages import Manual, Page


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


PAGE = "significance/index.html"
SETTINGS = """\
schema: 1
organisation: {name: Small Works}
significance:
  title: Apart
  document: MET-001
  scored: after-controls
  always_significant: [{when: incident == "yes", title: It led to an <b>incident</b>}]
  criteria:
    incident: {values: {"yes": there was one, "no": there was none}}
  by_condition:
    - title: A matrix
      conditions: [normal, abnormal]
      criteria:
        likelihood: {title: How likely, values: {low: hardly, high: often}}
        harm: {values: {low: slight, high: grave}}
      lookup:
        criteria: [likelihood, harm]
        table: {low: {low: L, high: M}, high: {low: M, high: H}}
      threshold: rating == "H"
    - title: Judged
      conditions: [emergency]
      criteria:
        size: {values: {small: s, large: l}, points: {small: 1, large: 3.5}}
      formula: size * 2
"""
ASPECTS = """\
id: REG-ASP
type: aspect
title: Aspects
rows:
  - {id: ASP-001, title: Mist, condition: normal, criteria: {likelihood: high, harm: high, incident: "no"}}
  - {id: ASP-002, title: Noise, condition: normal, criteria: {likelihood: low, harm: low, incident: "yes"}}
  - id: ASP-003
    title: Spill
    condition: emergency
    criteria: {size: large, incident: "no"}
    significant: false
    rationale: Bunded; see [[ASP-001]]
    assessed_by: [PER-A]
  - {id: ASP-004, title: Fire, condition: emergency, criteria: {size: small, incident: "no"}}
  - {id: ASP-005, title: Old line, status: withdrawn, condition: normal}
"""
FILES = {
    "ems/ems.yml": SETTINGS,
    "ems/registers/aspects.yml": ASPECTS,
    "ems/registers/people.yml": "id: REG-PER\ntype: person\ntitle: People\nrows: [{id: PER-A, title: Ann}]\n",
    "ems/methods/judging.md": "---\nid: MET-001\ntype: method\ntitle: How we judge\n---\n\n# Judging\n",
}

Render = Callable[..., Shown]


def test_the_method_is_told_whole(render: Render) -> None:
    page = render(FILES).html(PAGE)
    assert '<a href="../documents/MET-001/index.html"' in page
    assert "after controls" in page
    assert "Normal and abnormal conditions: A matrix" in page
    assert "Emergencies: Judged" in page
    assert "rating = H" in page
    assert "size × 2" in page  # noqa: RUF001 - the sign that readers know
    assert "what people judge to be so" in page
    assert "counts 3.5" in page
    assert "It led to an &lt;b&gt;incident&lt;/b&gt; (incident = yes)" in page


def test_a_table_is_laid_out_as_a_matrix(render: Render) -> None:
    page = render(FILES).html(PAGE)
    assert '<th scope="col" rowspan="2">How likely</th><th scope="colgroup" colspan="2">Harm</th>' in page
    assert '<tr><th scope="row">high</th><td>M</td><td>H</td></tr>' in page


def test_every_aspect_stands_there_with_its_computation_the_highest_score_first(render: Render) -> None:
    page = render(FILES).html(PAGE)
    assert "4 aspects, 2 of them significant. 1 withdrawn aspect left out." in page
    order = [page.index(f"ASP-{number:03}</a>") for number in (3, 4, 1, 2)]
    assert order == sorted(order)
    assert "Likelihood high and harm high give rating H; significant because rating = H." in page
    assert "Size 3.5 × 2 = 7; not significant by judgement." in page  # noqa: RUF001 - as above
    assert "The method leaves the verdict to judgement, and none is written down." in page


def test_an_aspects_own_page_shows_the_new_forms(render: Render) -> None:
    shown = render(FILES)
    judged = shown.html("registers/aspects/ASP-003/index.html")
    assert "Not significant by judgement" in judged
    assert "Rationale: Bunded; see <a" in judged
    assert "Judged by <a" in judged
    assert "large (3.5): l" in judged
    assert 'href="../../../significance/index.html"' in judged
    looked_up = shown.html("registers/aspects/ASP-001/index.html")
    assert "</span> H" in looked_up
    assert "high: often" in looked_up


def test_the_register_of_aspects_leads_to_the_method(render: Render) -> None:
    assert 'href="../../significance/index.html"' in render(FILES).html("registers/aspects/index.html")


def test_a_manual_without_method_and_aspects_has_no_such_page(render: Render) -> None:
    shown = render({"ems/ems.yml": "schema: 1\norganisation: {name: Small Works}\n"})
    assert PAGE not in shown.pages
