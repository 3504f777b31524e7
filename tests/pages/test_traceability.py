"""Where the traceability page marks a gap, and where none is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

ASPECT = """\
id: REG-ASP
type: aspect
title: Aspects
rows:
  - id: ASP-901
    title: Nickel from ore
    impacts: [{text: Loss of habitat}]
    significant: true
    objective_decision: None; we only ask.
"""

CONTROL = """\
id: REG-OPC
type: control
title: Controls
rows:
  - id: OPC-901
    title: Asking suppliers
    status: withdrawn
    aspects: [ASP-901]
"""


class Shown(Protocol):
    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]


def page(render: Render, small: Mapping[str, str], aspect: str, control: str = "") -> str:
    kept = {path: text for path, text in small.items() if "/registers/" not in path}
    files = {**kept, "ems/registers/aspects.yml": aspect}
    if control:
        files["ems/registers/controls.yml"] = control
    return render(files=files).html("traceability/index.html")


def test_an_aspect_that_can_only_be_influenced_is_no_gap(render: Render, small: Mapping[str, str]) -> None:
    said = page(render, small, f"{ASPECT}    control: influence\n")
    assert "influence only" in said
    assert "gap: no control" not in said


def test_a_withdrawn_control_closes_no_gap(render: Render, small: Mapping[str, str]) -> None:
    said = page(render, small, f"{ASPECT}    control: direct\n", CONTROL)
    assert "gap: no control" in said


OBLIGATION = """\
id: REG-OBL
type: obligation
title: Obligations
rows:
  - id: OBL-901
    title: Consent
    conditions:
      - {text: Nickel, kind: limit, limit: 2, unit: mg/L}
      - {text: Zinc, kind: limit, limit: 3, unit: mg/L, parameter: MON-901}
"""
MEASUREMENT = """\
id: REG-MON
type: measurement
title: Monitoring plan
rows:
  - {id: MON-901, title: Zinc}
"""


def register(kind: str, row: str) -> str:
    """A register with one row."""
    return f"id: REG-X\ntype: {kind}\ntitle: T\nrows:\n  - {{{row}}}\n"


def table(render: Render, small: Mapping[str, str], anchor: str, **registers: str) -> str:
    """The words of one table of the page, made of these registers alone."""
    kept = {path: text for path, text in small.items() if "/registers/" not in path}
    files = {**kept, **{f"ems/registers/{name}.yml": text for name, text in registers.items()}}
    page = render(files=files).html("traceability/index.html")
    found = page.partition(f'<h2 id="{anchor}">')[2].partition("</table>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", found.partition("<tbody>")[2]).split())


def test_a_significant_aspect_that_nothing_watches_is_a_gap(render: Render, small: Mapping[str, str]) -> None:
    assert "gap: nothing watches it" in table(
        render, small, "aspects", aspects=f"{ASPECT}    control: direct\n"
    )
    reason = f"{ASPECT}    control: direct\n    no_monitoring_reason: Told by the supplier\n"
    assert "none, for a reason given" in table(render, small, "aspects", aspects=reason)


def test_an_aspect_is_watched_through_an_obligation_whose_limit_is_measured(
    render: Render, small: Mapping[str, str]
) -> None:
    said = table(
        render,
        small,
        "aspects",
        aspects=f"{ASPECT}    control: direct\n    obligations: [OBL-901]\n",
        obligations=OBLIGATION,
        measurements=MEASUREMENT,
    )
    assert "through OBL-901" in said


def test_an_emergency_without_a_scenario_is_a_gap(render: Render, small: Mapping[str, str]) -> None:
    said = table(render, small, "aspects", aspects=f"{ASPECT}    condition: emergency\n")
    assert "gap: no scenario" in said


def test_a_control_that_says_why_it_has_no_procedure_leaves_no_gap(
    render: Render, small: Mapping[str, str]
) -> None:
    control = CONTROL.replace("status: withdrawn", "status: active")
    said = table(render, small, "aspects", aspects=ASPECT, controls=control)
    assert "gap: no procedure" in said
    reason = f"{control}    no_procedure_reason: A letter says it all\n"
    said = table(render, small, "aspects", aspects=ASPECT, controls=reason)
    assert "none needed" in said


def test_a_limit_that_nobody_measures_and_a_missing_evaluation_are_gaps(
    render: Render, small: Mapping[str, str]
) -> None:
    said = table(render, small, "obligations", obligations=OBLIGATION, measurements=MEASUREMENT)
    assert "MON-901 gap: 1 limit not measured" in said
    assert "gap: no plan" in said


def test_an_objective_needs_grounds_actions_and_an_indicator(
    render: Render, small: Mapping[str, str]
) -> None:
    objective = register("objective", "id: OBJ-901, title: Less")
    said = table(render, small, "objectives", objectives=objective)
    assert "gap: rests on nothing gap: nothing is planned for it gap: no indicator none" in said
    closed = objective.replace("title: Less", "title: Less, status: achieved, not_measurable_reason: Trust")
    said = table(render, small, "objectives", objectives=closed)
    assert "gap: rests on nothing none none, for a reason given" in said


def test_a_high_risk_without_an_answer_is_a_gap_until_it_is_accepted(
    render: Render, small: Mapping[str, str]
) -> None:
    settings = f"{small['ems/ems.yml']}risk_method: {{threshold: 12}}\n"
    risk = register("risk", "id: RSK-901, title: Flood, likelihood: 3, consequence: 5")
    said = table(render, {**small, "ems/ems.yml": settings}, "risks", risks=risk)
    assert "risk, 15 gap: no source gap: nothing answers it" in said
    accepted = risk.replace("consequence: 5", "consequence: 5, acceptance: {by: ROL-MD, reason: Rare}")
    assert "accepted" in table(render, {**small, "ems/ems.yml": settings}, "risks", risks=accepted)


def test_a_relevant_issue_from_which_nothing_follows_is_a_gap(
    render: Render, small: Mapping[str, str]
) -> None:
    issue = register("context-issue", "id: ISS-901, title: Dry, relevant: true")
    assert "relevant gap: nothing follows" in table(render, small, "context", context=issue)
    other = issue.replace("relevant: true", "relevant: false")
    assert "not relevant none" in table(render, small, "context", context=other)


def test_a_scenario_without_a_plan_is_a_gap(render: Render, small: Mapping[str, str]) -> None:
    scenario = register("emergency-scenario", "id: EMR-901, title: Spill, location: Yard")
    assert "gap Yard none gap: no plan none none yet" in table(
        render, small, "emergencies", emergencies=scenario
    )


def test_a_full_cell_counts_what_it_leaves_out(render: Render, small: Mapping[str, str]) -> None:
    rows = "".join(f"  - {{id: OPC-{number}, title: T, aspects: [ASP-901]}}\n" for number in range(100, 120))
    controls = f"id: REG-OPC\ntype: control\ntitle: T\nrows:\n{rows}"
    said = table(render, small, "aspects", aspects=ASPECT, controls=controls)
    assert "OPC-111 and 8 more" in said
    assert "OPC-112" not in said
