"""The pages that say how the organisation stands: compliance, audits, competence, promised records, cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

from mkdocs_ems.pages import Page


class Shown(Protocol):
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]

SETTINGS = """\
schema: 1
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
sites: [{id: north, title: North works}]
"""
PEOPLE = """\
id: REG-PER
type: person
title: People
rows:
  - {id: PER-001, title: Ann Reed, roles: [{role: ROL-EHS}]}
"""
ROLES = "id: REG-ROL\ntype: role\ntitle: Roles\nrows: [{id: ROL-EHS, title: EHS manager}]\n"
COMPETENCES = """\
id: REG-CMP
type: competence
title: Competences
rows:
  - {id: CMP-001, title: Spill response, required_by_roles: [ROL-EHS], validity_months: 12}
  - {id: CMP-002, title: Auditing, required_by_roles: [ROL-EHS]}
"""
TRAINING = """\
type: training
rows:
  - id: TRN-001
    title: Spill drill
    date: 2026-03-02
    people: [PER-001]
    competences: [CMP-001]
    result: passed
"""
OBLIGATIONS = """\
id: REG-OBL
type: obligation
title: Obligations
rows:
  - id: OBL-001
    title: Effluent consent
    type: consent
    evaluation: {frequency_months: 12}
  - {id: OBL-002, title: Size check, applicable: threshold-below, reason: We are too small}
"""
EVALUATIONS = """\
type: compliance-evaluation
rows:
  - {id: EVC-001, title: Consent in 2025, date: 2025-06-02, obligation: OBL-001, result: compliant}
"""
PROGRAMME = """\
id: REG-AUP
type: audit-programme
title: Programme
rows:
  - id: AUP-001
    title: Cycle
    cycle_from: 2026-01-01
    cycle_to: 2028-12-31
    planned: [{title: Operation, month: 2027-03, clauses: ["8"], sites: [north]}]
"""
CONTROLS = """\
id: REG-OPC
type: control
title: Controls
rows: [{id: OPC-001, title: Scrubber, verification: {every: 1 month}}]
"""
CHECKS = """\
type: inspection
rows:
  - {id: CHK-001, title: August, date: 2026-08-05, control: OPC-001, result: in-order}
  - {id: CHK-002, title: October, date: 2026-10-05, control: OPC-001, result: in-order}
"""
CASES = """\
id: REG-NCR
type: nonconformity
title: Nonconformities
rows:
  - id: NCR-001
    title: A drum
    status: closed
    source: inspection
    grade: minor
    criterion_clauses: ["8.1"]
    detected_on: 2026-01-02
    closed_on: 2026-02-01
    cause: {method: 5-why, text: No trays}
  - {id: NCR-002, title: No drill, status: open, source: internal-audit, detected_on: 2026-11-20}
"""


@pytest.fixture
def shown(render: Render) -> Shown:
    registers = {
        "people": PEOPLE,
        "roles": ROLES,
        "competences": COMPETENCES,
        "obligations": OBLIGATIONS,
        "programme": PROGRAMME,
        "controls": CONTROLS,
        "cases": CASES,
    }
    records = {
        "training/2026": TRAINING,
        "compliance-evaluations/2025": EVALUATIONS,
        "inspections/2026": CHECKS,
    }
    return render(
        {"ems/ems.yml": SETTINGS}
        | {f"ems/registers/{name}.yml": text for name, text in registers.items()}
        | {f"ems/records/{name}.yml": text for name, text in records.items()}
    )


def test_the_compliance_status_says_what_was_found_and_what_is_due(shown: Shown) -> None:
    html = shown.html("compliance/index.html")
    assert "OBL-001" in html
    assert ">compliant</span>" in html
    assert ">overdue</span>" in html
    assert "We are too small" in html


def test_audit_coverage_says_of_each_clause_and_site_whether_an_audit_looks_at_it(shown: Shown) -> None:
    html = shown.html("audit-coverage/index.html")
    row = html.split("North works")[1].split("</tr>")[0]
    assert ">planned</span>" in row
    assert html.count(">missing</span>") > 20


def test_the_matrix_of_competences_tells_what_is_held_and_what_is_missing(shown: Shown) -> None:
    html = shown.html("competence/index.html")
    assert "Spill response" in html
    assert "to 2027-03-02" in html
    assert "<td>missing</td>" in html


def test_the_calendar_shows_the_periods_without_a_record(shown: Shown) -> None:
    html = shown.html("records-promised/index.html")
    assert "2026-09: missing" in html
    assert "2026-08: kept, CHK-001" in html
    assert "2026-11: open" in html


def test_periods_that_are_too_many_to_be_looked_at_are_told_in_the_calendar(render: Render) -> None:
    named = ", ".join(f"OPC-{number:03}" for number in range(60))
    walk = (
        "---\nid: FRM-001\ntype: form\ntitle: Walk\nrecords:\n"
        f"  - {{type: inspection, every: 1 day, since: 2010-01-01, of: [{named}]}}\n---\n"
    )
    html = render({"ems/ems.yml": SETTINGS, "ems/forms/walk.md": walk}).html("records-promised/index.html")
    assert "those of 10 promises were not looked at" in html
    assert "Of 50 promises the last 4,000 periods were looked at" in html
    assert html.count(">not known</td>") == 10
    assert html.count("the last 4,000 of 6,") == 50


def test_nonconformities_are_counted_by_source_clause_and_cause(shown: Shown) -> None:
    html = shown.html("nonconformities/index.html")
    assert "Days from found to closed, median</dt><dd>30" in html
    assert "5-why" in html
    assert "no cause written" in html


def test_what_an_organisation_does_not_keep_has_no_page(render: Render) -> None:
    shown = render({"ems/ems.yml": SETTINGS})
    for path in ("compliance", "audit-coverage", "competence", "records-promised", "nonconformities"):
        assert f"{path}/index.html" not in shown.pages


def test_a_clause_is_counted_once_however_its_edition_is_written(render: Render) -> None:
    named = 'criterion_clauses: ["2015:8.1", "2026:8.1", "iso9001:8.1"]'
    cases = CASES.replace("status: open,", f"status: open, {named},")
    shown = render({"ems/ems.yml": SETTINGS, "ems/registers/cases.yml": cases})
    table = shown.html("nonconformities/index.html").partition('id="clause"')[2].partition("</table>")[0]
    rows = table.split("<tr>")[2:]
    assert [row.partition('"ems-number">')[2][:1] for row in rows] == ["2", "1", "1"]
    endings = ("control<", "(2026)<", "(ISO 9001:2015)<")
    assert all(ending in row for ending, row in zip(endings, rows, strict=True))


def test_an_audit_by_another_edition_is_not_said_to_look_at_no_clause(render: Render) -> None:
    programme = PROGRAMME.replace('clauses: ["8"]', 'clauses: ["2026:8"]')
    shown = render({"ems/ems.yml": SETTINGS, "ems/registers/programme.yml": programme})
    audits = shown.html("audit-coverage/index.html").partition('id="clauses"')[0]
    assert "none of this edition" in audits
    assert "0 clauses" not in audits
