"""What the audits of a cycle cover is worked out from records and plans, in one edition alone."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.model.audit_coverage import Coverage, Line, State, coverage
from mkdocs_ems.model.clauses import clauses
from support.content import model_of

SETTINGS = """\
schema: 1
organisation: {name: x}
standards: [{standard: iso14001, edition: "2026"}]
sites:
  - {id: north, title: North, shifts: [Day, Night]}
  - {id: south, title: South, shifts: [Day]}
"""

PROCESSES = """\
id: REG-PRC
type: process
title: Processes
rows:
  - {id: PRC-1, title: Plating}
  - {id: PRC-2, title: Packing}
  - {id: PRC-3, title: Cadmium, status: withdrawn}
  - {id: PRC-4, title: Anodising, status: planned}
"""

TODAY = date(2026, 6, 1)


def programme(
    *planned: str, cycle: str = "cycle_from: 2025-01-01, cycle_to: 2027-12-31", more: str = ""
) -> str:
    lines = "".join(f"      - {{{one}}}\n" for one in planned)
    listed = f"    planned:\n{lines}" if lines else ""
    head = "id: REG-AUP\ntype: audit-programme\ntitle: P\nrows:\n"
    begin, end = cycle.split(", ")
    return f"{head}  - id: AUP-1\n    {begin}\n    {end}\n{more}{listed}"


def audits(*rows: str) -> str:
    return "type: audit\ntitle: A\nrows:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


def covered(
    plan: str, records: str = "", *, edition: str = "2026", files: dict[str, str] | None = None
) -> Coverage | None:
    everything = {"registers/p.yml": plan, "registers/processes.yml": PROCESSES, **(files or {})}
    if records:
        everything["records/audits/all.yml"] = records
    return coverage(model_of(everything, settings=SETTINGS), edition=edition, as_of=TODAY)


def states(lines: tuple[Line, ...], state: State) -> list[str]:
    return [one.key for one in lines if one.state is state]


def test_no_programme_that_holds_today_is_no_coverage() -> None:
    assert covered(programme(cycle="cycle_from: 2022-01-01, cycle_to: 2025-12-31")) is None
    assert covered(programme(more="    status: withdrawn\n")) is None
    assert covered(programme(more="    standards: [iso9001]\n")) is None


def test_a_clause_stands_for_its_parts_and_counts_only_in_the_edition_asked_about() -> None:
    plan = programme('audit: AUD-1, month: 2026-09, clauses: ["9.1", "2015:6.1.4", "8.1"]')
    made = covered(plan)
    assert made is not None
    assert states(made.clauses, State.PLANNED) == ["8.1", "9.1.1", "9.1.2"]
    earlier = covered(plan, edition="2015")
    assert earlier is not None
    assert states(earlier.clauses, State.PLANNED) == ["6.1.4", "8.1", "9.1.1", "9.1.2"]


def test_a_clause_of_another_standard_covers_nothing_of_this_one() -> None:
    plan = programme(
        'audit: AUD-1, month: 2026-09, clauses: ["iso9001:8.2", "iso9001:4.1", "iso14001:2026:8.1"]'
    )
    made = covered(plan)
    assert made is not None
    assert states(made.clauses, State.PLANNED) == ["8.1"]


def test_a_clause_is_not_covered_by_one_whose_number_only_begins_alike() -> None:
    made = covered(programme('audit: AUD-1, month: 2026-09, clauses: ["10.1", "1"]'))
    assert made is not None
    assert states(made.clauses, State.PLANNED) == ["10.1"]


def test_what_was_made_is_done_and_what_is_to_come_planned() -> None:
    plan = programme(
        "audit: AUD-1, month: 2026-03, processes: [PRC-1], sites: [north]",
        "audit: AUD-2, month: 2026-09, processes: [PRC-1, PRC-2], sites: [south]",
    )
    made = covered(plan, audits("id: AUD-1, date: 2026-03-12"))
    assert made is not None
    assert [(one.id, one.state) for one in made.audits] == [("AUD-1", State.DONE), ("AUD-2", State.PLANNED)]
    assert [(one.key, one.audits, one.state) for one in made.processes] == [
        ("PRC-1", (0, 1), State.DONE),
        ("PRC-2", (1,), State.PLANNED),
    ]
    assert states(made.sites, State.DONE) == ["north"]


def test_a_record_that_says_what_it_looked_at_overrules_the_plan() -> None:
    plan = programme("audit: AUD-1, month: 2026-03, processes: [PRC-1, PRC-2]")
    made = covered(plan, audits("id: AUD-1, date: 2026-03-12, processes: [PRC-2]"))
    assert made is not None
    assert states(made.processes, State.MISSING) == ["PRC-1"]


def test_a_shift_is_looked_at_on_the_sites_of_its_audit_alone() -> None:
    made = covered(programme("audit: AUD-1, month: 2026-09, sites: [south], shifts: [Day, Night]"))
    assert made is not None
    assert states(made.shifts, State.PLANNED) == ["south Day"]
    assert states(made.shifts, State.MISSING) == ["north Day", "north Night"]


def test_audits_by_others_and_of_other_standards_and_cycles_do_not_count() -> None:
    records = audits(
        "id: AUD-1, date: 2026-03-12, kind: external, processes: [PRC-1]",
        "id: AUD-2, date: 2026-03-12, standards: [iso9001], processes: [PRC-1]",
        "id: AUD-3, date: 2024-03-12, processes: [PRC-1]",
        "id: AUD-4, date: 2026-07-12, processes: [PRC-1]",
        "id: AUD-5, processes: [PRC-1]",
    )
    made = covered(programme("audit: AUD-1, month: 2026-03, processes: [PRC-2]"), records)
    assert made is not None
    assert made.audits == ()


def test_an_audit_made_beside_the_programme_counts() -> None:
    made = covered(
        programme(), audits("id: AUD-9, date: 2026-03-12, standards: [iso14001, iso9001], site: north")
    )
    assert made is not None
    assert [one.planned for one in made.audits] == [None]
    assert states(made.sites, State.DONE) == ["north"]


def test_a_planned_audit_that_was_given_up_covers_nothing() -> None:
    made = covered(programme("audit: AUD-1, month: 2026-09, processes: [PRC-1], cancelled: 2026-05-01"))
    assert made is not None
    assert states(made.processes, State.MISSING) == ["PRC-1", "PRC-2"]


def test_an_audit_that_names_no_site_is_at_the_only_one_in_scope() -> None:
    scope = "---\nid: SCO-1\ntype: scope\ntitle: S\nsites: [south]\n---\n# S\n"
    plan = programme("audit: AUD-1, month: 2026-09, shifts: [Day]")
    made = covered(plan, files={"scope.md": scope})
    assert made is not None
    assert [(one.key, one.state) for one in made.sites] == [("south", State.PLANNED)]
    assert states(made.shifts, State.PLANNED) == ["south Day"]
    everywhere = covered(plan)
    assert everywhere is not None
    assert states(everywhere.sites, State.MISSING) == ["north", "south"]


def test_what_the_scope_leaves_out_is_not_asked_for() -> None:
    left_out = "exclusions: [{what: x, why: y, processes: [PRC-2], sites: [south]}]"
    scope = f"---\nid: SCO-1\ntype: scope\ntitle: S\n{left_out}\n---\n# S\n"
    made = covered(programme(), files={"scope.md": scope})
    assert made is not None
    assert [one.key for one in made.processes] == ["PRC-1"]
    assert [one.key for one in made.sites] == ["north"]


def test_audits_stand_in_the_order_in_which_they_were_or_will_be_made() -> None:
    plan = programme(
        "audit: AUD-3, month: 2026-12", "audit: AUD-2, month: 2026-Q3", "audit: AUD-4, title: Some time"
    )
    made = covered(plan, audits("id: AUD-1, period_start: 2026-03-10, period_end: 2026-03-12"))
    assert made is not None
    assert [one.id for one in made.audits] == ["AUD-1", "AUD-2", "AUD-3", "AUD-4"]
    first = made.audits[0].when
    assert first is not None
    assert (first.first, first.last) == (date(2026, 3, 10), date(2026, 3, 12))


NUMBERS = st.lists(st.sampled_from(sorted(clauses("2026"))), max_size=6)


@given(NUMBERS, NUMBERS)
def test_more_audited_clauses_never_cover_less(some: list[str], more: list[str]) -> None:
    def missing(numbers: list[str]) -> set[str]:
        quoted = ", ".join(f'"{one}"' for one in numbers)
        made = covered(programme(f"audit: AUD-1, month: 2026-09, clauses: [{quoted}]"))
        assert made is not None
        return set(states(made.clauses, State.MISSING))

    assert missing([*some, *more]) <= missing(some)
    assert not missing(["4", "5", "6", "7", "8", "9", "10"])
