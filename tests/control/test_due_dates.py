"""Due dates of actions are read from what landed: every one, in order, wherever the register stood."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_ems.control import postponed
from support.company import company

OPEN = "registers/actions.yml"


def actions(*due: str, kind: str = "action") -> str:
    rows = "".join(f"  - {{id: ACT-{at:03}, title: One, due: {day}}}\n" for at, day in enumerate(due, 1))
    return f"id: REG-ACT\ntype: {kind}\ntitle: Actions\nrows:\n{rows}"


def test_every_due_date_of_a_row_is_known_in_its_order() -> None:
    chain = company(**{OPEN: actions("2026-02-01", "2026-05-01")})
    chain.commit({OPEN: actions("2026-03-01", "2026-05-01")})
    chain.commit({OPEN: actions("2026-02-15", "2026-05-01", "2026-07-01")})
    found = chain.control().due_dates
    assert found.whole
    assert found.dates == {
        "ACT-001": (date(2026, 2, 1), date(2026, 3, 1), date(2026, 2, 15)),
        "ACT-002": (date(2026, 5, 1),),
        "ACT-003": (date(2026, 7, 1),),
    }


def test_a_register_that_moved_is_followed_back() -> None:
    chain = company(**{OPEN: actions("2026-02-01")})
    chain.commit({OPEN: None, "registers/to-do.yml": actions("2026-03-01")})
    assert chain.control().due_dates.dates == {"ACT-001": (date(2026, 2, 1), date(2026, 3, 1))}


def test_rows_in_blocks_and_days_in_quotes_are_read_too() -> None:
    text = "id: REG-ACT\ntype: action\nrows:\n  - title: One\n    id: ACT-001\n    due: '2026-02-01'\n"
    chain = company(**{OPEN: text})
    assert chain.control().due_dates.dates == {"ACT-001": (date(2026, 2, 1),)}


def test_another_register_at_the_same_place_gives_no_dates() -> None:
    chain = company(**{OPEN: actions("2026-02-01", kind="risk")})
    chain.commit({OPEN: actions("2026-03-01")})
    assert chain.control().due_dates.dates == {"ACT-001": (date(2026, 3, 1),)}


def test_what_was_not_read_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postponed, "MOST_BYTES", 10)
    monkeypatch.setattr(postponed, "_BATCH", 1)
    chain = company(**{OPEN: actions("2026-02-01")})
    chain.commit({OPEN: actions("2026-03-01")})
    found = chain.control().due_dates
    assert not found.whole
    assert found.dates == {"ACT-001": (date(2026, 3, 1),)}
