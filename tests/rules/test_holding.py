"""Who held a role on a day: asked for many days, answered as for each alone."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_ems.rules.holding import Holding
from mkdocs_ems.rules.values import AuditContext
from support.rule_cases import compiled

PEOPLE = """\
type: person
rows:
  - {id: PER-001, roles: [{role: ROL-MD, from: 2024-01-01, to: 2024-12-31}]}
  - {id: PER-002, roles: [{role: ROL-MD, from: 2025-01-01}, {role: ROL-OPS}]}
  - {id: PER-003, roles: [{role: ROL-MD, to: 2024-06-30}, {role: ROL-MD, from: 2026-01-01, to: 9999-12-31}]}
"""


@pytest.fixture(name="holding", scope="module")
def made() -> Holding:
    settings = "schema: 1\norganisation: {name: Small Works}\n"
    files = {"ems/ems.yml": settings, "ems/registers/people.yml": PEOPLE}
    return Holding(AuditContext(compiled(files, as_of=date(2026, 6, 1))))


@pytest.mark.parametrize(
    ("day", "people"),
    [
        (date(2023, 12, 31), {"PER-003"}),
        (date(2024, 1, 1), {"PER-001", "PER-003"}),
        (date(2024, 6, 30), {"PER-001", "PER-003"}),
        (date(2024, 7, 1), {"PER-001"}),
        (date(2024, 12, 31), {"PER-001"}),
        (date(2025, 1, 1), {"PER-002"}),
        (date(2026, 1, 1), {"PER-002", "PER-003"}),
        (date.max, {"PER-002", "PER-003"}),
    ],
)
def test_a_role_is_held_from_its_first_day_to_its_last(holding: Holding, day: date, people: set[str]) -> None:
    assert holding.of("ROL-MD", day) == people
    assert holding.people(["ROL-MD", "PER-009"], day) == {"ROL-MD", "PER-009", *people}


def test_nobody_holds_what_is_no_role(holding: Holding) -> None:
    assert holding.of("PER-001", date(2025, 1, 1)) == frozenset()
    assert holding.people((), date(2025, 1, 1)) == frozenset()
