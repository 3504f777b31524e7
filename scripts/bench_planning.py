"""The planning part of a repository for measuring: scope, context, risks, monitoring, emergencies.

Sound by the rules, as a manual in use is: a check of it is not spent on writing findings.
Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

SCENARIOS = MEASUREMENTS = 20
"""Rows that aspects refer to, numbered from 1."""

_PROCESSES = ", ".join(f"PRC-{number:03}" for number in range(1, 21))

SCOPE = f"""\
---
id: SCO-001
type: scope
title: Scope of the system
owner: ROL-EHS
review_every: 10 years
clauses: ["4.3"]
statement: Making things at one site
activities:
  - {{text: Production, processes: [{_PROCESSES}]}}
products_services:
  - {{text: Things, processes: [PRC-001]}}
organisational_units: [The whole company]
physical_boundary: The fence of the works
control_and_influence: What is done inside the fence is ours; of suppliers we can ask.
lifecycle_considered: From raw material to the end of life.
available_at: The gate
---

# Scope

Everything inside the fence.
"""


def register(name: str, kind: str, rows: Iterable[str]) -> str:
    """A whole register of a kind."""
    head = f"id: REG-{name}\ntype: {kind}\ntitle: {name.capitalize()}\nowner: ROL-EHS\n"
    return f"{head}review_every: 10 years\nlast_reviewed: 2026-06-01\nrows:\n" + "".join(rows)


def _context() -> Iterable[str]:
    for number, topic in enumerate(
        ("climate", "pollution", "resource-availability", "biodiversity-ecosystem"), start=1
    ):
        yield (
            f"  - id: ISS-{number:03}\n    title: Issue {number}\n    owner: ROL-EHS\n    kind: external\n"
            f"    topic: {topic}\n    description: What may change.\n    direction: both\n"
            f'    relevant: "true"\n    rationale: It bears on production.\n'
            f"    effect_on_outcomes: [performance]\n    last_reviewed: 2026-06-01\n    leads_to: [RSK-001]\n"
        )


def _parties() -> Iterable[str]:
    for number in range(1, 9):
        yield (
            f"  - id: PTY-{number:03}\n    title: Party {number}\n    owner: ROL-EHS\n    group: neighbour\n"
            f'    needs:\n      - {{text: Quiet nights, becomes_obligation: "false", response: Shut doors}}\n'
        )


def _risks() -> Iterable[str]:
    for number in range(1, 21):
        kind = "opportunity" if number % 5 == 0 else "risk"
        yield (
            f"  - id: RSK-{number:03}\n    title: Risk {number}\n    owner: ROL-EHS\n    kind: {kind}\n"
            f"    source: [ISS-001]\n    likelihood: {number % 5 + 1}\n    consequence: 3\n"
            f"    treatment: reduce\n    actions: [ACT-{number:03}]\n    last_reviewed: 2026-06-01\n"
        )


def _actions() -> Iterable[str]:
    for number in range(1, 21):
        yield (
            f"  - id: ACT-{number:03}\n    title: Action {number}\n    owner: ROL-OPS\n"
            f"    source: [RSK-{number:03}]\n    due: 2029-12-31\n    status: open\n"
        )


def _objectives() -> Iterable[str]:
    for number in range(1, 9):
        yield (
            f"  - id: OBJ-{number:03}\n    title: Objective {number}\n    owner: ROL-EHS\n"
            f'    statement: Less of it\n    policy_commitments: ["#improving"]\n'
            f"    basis: [RSK-{number:03}, OBL-00001]\n"
            f"    function_level: Production\n    kpi: KPI-{number:03}\n    unit: kg\n"
            f'    baseline: {{value: 10, unit: kg, period: "2025"}}\n'
            f"    target: {{value: 5, unit: kg, date: 2029-12-31}}\n    direction: decrease\n"
            f"    aggregation: latest\n    programme: [ACT-{number:03}]\n    responsible: ROL-OPS\n"
            f"    resources: Ten days\n    evaluation_method: By the indicator\n"
            f"    monitoring_frequency: monthly\n    status: on-track\n"
        )


def _indicators() -> Iterable[str]:
    for number in range(1, 9):
        yield (
            f"  - id: KPI-{number:03}\n    title: Indicator {number}\n    owner: ROL-EHS\n    unit: kg\n"
            f"    definition: Kilograms a month\n    source: [MON-{number:03}]\n    direction: decrease\n"
            f"    aggregation: latest\n    frequency: monthly\n"
        )


def _measurements() -> Iterable[str]:
    for number in range(1, MEASUREMENTS + 1):
        yield (
            f"  - id: MON-{number:03}\n    title: Measurement {number}\n    owner: ROL-EHS\n"
            f"    what: Kilograms at point {number}\n    why: [RSK-{number:03}]\n    method: Scales\n"
            f"    frequency: monthly\n    when_evaluated: Every month\n    who: ROL-OPS\n    unit: kg\n"
            f"    limits: {{alert_max: 100}}\n    instrument: CAL-{number % 2 + 1:03}\n"
            "    starts: 2026-01-01\n"
        )


def _scenarios() -> Iterable[str]:
    for number in range(1, SCENARIOS + 1):
        yield (
            f"  - id: EMR-{number:03}\n    title: Scenario {number}\n    owner: ROL-EHS\n"
            f"    scenario: A hose breaks.\n    location: Yard\n    response: [PRO-0001]\n"
            f"    roles: [ROL-OPS]\n    drill_interval_months: 12\n    last_drill: 2026-03-01\n"
        )


def _readings(number: int) -> str:
    lines = (f"MON-{number:03},2026-{month:02},{10 - month * 0.1:.1f},kg\n" for month in range(1, 11))
    return "parameter,period,value,unit\n" + "".join(lines)


def planning_files() -> Mapping[str, str]:
    """The files by path."""
    return {
        "ems/scope.md": SCOPE,
        "ems/registers/context.yml": register("CONTEXT", "context-issue", _context()),
        "ems/registers/parties.yml": register("PARTIES", "interested-party", _parties()),
        "ems/registers/risks.yml": register("RISKS", "risk", _risks()),
        "ems/registers/actions.yml": register("ACTIONS", "action", _actions()),
        "ems/registers/objectives.yml": register("OBJECTIVES", "objective", _objectives()),
        "ems/registers/indicators.yml": register("INDICATORS", "indicator", _indicators()),
        "ems/registers/measurements.yml": register("MEASUREMENTS", "measurement", _measurements()),
        "ems/registers/scenarios.yml": register("SCENARIOS", "emergency-scenario", _scenarios()),
        **{
            f"ems/records/readings/MON-{number:03}-2026.csv": _readings(number)
            for number in range(1, MEASUREMENTS + 1)
        },
    }
