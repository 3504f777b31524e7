"""Clause coverage: what answers a clause, what it asks for in writing, what to do about a hole."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from mkdocs_ems.diagnostics import Report
from mkdocs_ems.model.clauses import clauses
from mkdocs_ems.pages import Manual, Page


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]

CONTEXT = """\
id: REG-ISS
type: context-issue
title: Register of issues
clauses: ["4.1", "6.1"]
rows:
  - {id: ISS-01, title: Drought, clauses: ["2026:6.1.4"]}
"""
RISKS = """\
id: REG-RSK
type: risk
title: Register of risks
rows:
  - {id: RSK-01, title: A flood, kind: risk}
"""
FAULTS = """\
id: REG-NCR
type: nonconformity
title: Register of nonconformities
rows:
  - {id: NCR-001, title: No drill was held, status: open, criterion_clauses: ["8.2"]}
  - {id: NCR-002, title: No chair, status: closed, criterion_clauses: ["8.2"]}
"""
COMPETENCE = """\
id: P-06
type: procedure
title: Competence
clauses: ["7.2"]
---
Who has to know what.
"""


def clause(shown: Shown, number: str, edition: str = "2015") -> str:
    """The section of one clause."""
    page = shown.html(f"clauses/{edition}/index.html")
    match = re.search(
        rf'<section class="ems-clause" aria-labelledby="clause-{re.escape(number)}">.*?</section>',
        page,
        re.DOTALL,
    )
    assert match
    return match[0]


def test_every_clause_of_each_edition_has_its_anchor(approved: Shown) -> None:
    for edition in ("2015", "2026"):
        page = approved.html(f"clauses/{edition}/index.html")
        for number in clauses(edition):
            assert f' id="clause-{number}"' in page


def test_a_document_that_names_a_clause_answers_it_with_its_issue(approved: Shown) -> None:
    found = clause(approved, "5.2")
    assert ">answered<" in found
    assert "POL-001" in found
    assert "issue 2 (Rev C), in force, with a change that waits for approval" in found


def test_a_register_answers_by_its_nature_and_says_how_many_rows_it_holds(approved: Shown) -> None:
    found = clause(approved, "6.1.2")
    assert "registers/aspects/index.html#REG-ASP" in found
    assert "3 rows, issue 1, in force" in found


def test_a_clause_that_nothing_answers_is_a_hole_that_says_what_to_do(approved: Shown) -> None:
    found = clause(approved, "4.1")
    assert ">hole<" in found
    assert "Nothing in this manual answers this clause. To do: Keep a register of context issues" in found


def test_a_procedure_does_not_stand_for_a_record(render: Render, small: Mapping[str, str]) -> None:
    shown = render({**small, "ems/procedures/competence.md": f"---\n{COMPETENCE}"})
    found = clause(shown, "7.2")
    assert "P-06" in found
    assert ">missing<" in found
    assert "what it asks for in writing is not all here: evidence of competence (record)" in found


def test_a_monitoring_plan_is_no_record_of_results(render: Render, small: Mapping[str, str]) -> None:
    plan = (
        'id: REG-MON\ntype: measurement\ntitle: Plan\nclauses: ["9.1.1"]\n'
        "rows:\n  - {id: MON-001, title: Nickel}\n"
    )
    found = clause(render({**small, "ems/registers/plan.yml": plan}), "9.1.1")
    assert "REG-MON" in found
    assert ">missing<" in found
    assert "not all here: the results of monitoring" in found


def test_a_document_that_another_has_replaced_answers_nothing(
    render: Render, small: Mapping[str, str]
) -> None:
    old = COMPETENCE.replace("P-06", "P-05").replace("title:", "superseded_by: P-06\ntitle:")
    shown = render(
        {**small, "ems/procedures/new.md": f"---\n{COMPETENCE}", "ems/procedures/old.md": f"---\n{old}"}
    )
    found = clause(shown, "7.2")
    assert "P-06" in found
    assert "P-05" not in found


def test_a_policy_that_is_not_approved_leaves_its_clause_waiting(
    render: Render, small: Mapping[str, str], document: Callable[..., object]
) -> None:
    draft = document("POL-001", "ems/policy.md", "policy")
    shown = render(small, controlled=True, documents=(draft,), draft=False)
    assert ">not approved yet<" in clause(shown, "5.2")


def test_numbers_are_carried_to_the_other_edition_by_topic(render: Render, small: Mapping[str, str]) -> None:
    files = {**small, "ems/registers/risks.yml": RISKS, "ems/registers/issues.yml": CONTEXT}
    shown = render(files)
    assert "REG-RSK" in clause(shown, "6.1.1")
    assert "REG-RSK" in clause(shown, "6.1.4", "2026")
    assert "REG-RSK" not in clause(shown, "6.1.4")
    assert "ISS-01" in clause(shown, "6.1.4", "2026")
    assert "ISS-01" in clause(shown, "6.1.1")


def test_what_names_a_clause_as_a_whole_answers_its_parts_and_says_so(
    render: Render, small: Mapping[str, str]
) -> None:
    shown = render({**small, "ems/registers/issues.yml": CONTEXT})
    assert "names 6.1 as a whole" in clause(shown, "6.1.3")


def test_findings_stand_at_their_clause_in_each_edition(approved: Shown) -> None:
    assert "ASP-002" in clause(approved, "6.1.2")
    assert "Mains water) is significant and has no control" in clause(approved, "8.1")
    # The rule speaks of 8.1 alone in the other edition.
    assert "is significant and has no control" in clause(approved, "8.1", "2026")
    assert "is significant and has no control" not in clause(approved, "6.1.2", "2026")


def test_an_open_nonconformity_stands_at_the_clause_that_was_not_met(
    render: Render, small: Mapping[str, str]
) -> None:
    found = clause(render({**small, "ems/registers/faults.yml": FAULTS}), "8.2")
    assert "NCR-001" in found
    assert "NCR-002" not in found


def test_clause_numbers_of_pages_lead_to_the_edition_they_were_written_for(
    render: Render, small: Mapping[str, str]
) -> None:
    shown = render({**small, "ems/registers/issues.yml": CONTEXT})
    assert 'href="../../../clauses/2026/index.html#clause-6.1.4"' in shown.html(
        "registers/context/ISS-01/index.html"
    )
    assert 'href="../../clauses/2015/index.html#clause-5.2"' in shown.html("documents/POL-001/index.html")


def test_a_number_that_no_edition_has_is_left_as_it_was_written(
    render: Render, small: Mapping[str, str]
) -> None:
    shown = render({**small, "ems/registers/issues.yml": CONTEXT.replace("2026:6.1.4", "11.7")})
    page = shown.html("registers/context/ISS-01/index.html")
    assert "<dt>Clauses</dt><dd>11.7</dd>" in page


def test_the_pages_turn_with_the_edition_that_is_worked_to(
    render: Render, small: Mapping[str, str], small_report: Report
) -> None:
    settings = small["ems/ems.yml"] + "standards: [{standard: iso14001, edition: '2026'}]\n"
    shown = render({**small, "ems/ems.yml": settings}, report=replace(small_report, edition="2026"))
    page = shown.html("clauses/index.html")
    assert page.index("ISO 14001:2026") < page.index("ISO 14001:2015")
    assert "Every clause of ISO 14001:2026, and where its topic stands in 2015" in page
    assert 'href="../../clauses/2026/index.html#clause-5.2"' in shown.html("documents/POL-001/index.html")


INTEGRATED = """\
schema: 1
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}, {standard: iso9001, edition: "2015"}]
"""
SHARED = """\
id: P-01
type: procedure
title: Documents
standards: [iso14001, iso9001]
clauses: ["7.5.3", "iso9001:8.5.1"]
---
One way of working for both.
"""


def test_another_standard_has_its_own_page_and_shares_topics_never_numbers(render: Render) -> None:
    shown = render({"ems/ems.yml": INTEGRATED, "ems/procedures/documents.md": f"---\n{SHARED}"})
    page = shown.html("clauses/iso9001-2015/index.html")
    assert "ISO 9001:2015, clause by clause" in page
    assert "P-01" in clause(shown, "8.5.1", "iso9001-2015")
    assert "P-01" in clause(shown, "7.5.3", "iso9001-2015")
    assert "P-01" not in clause(shown, "9.1.2", "iso9001-2015")
    assert "hole" in clause(shown, "9.1.2", "iso9001-2015")
    assert 'href="../clauses/iso9001-2015/index.html">ISO 9001:2015</a>' in shown.html("clauses/index.html")


def test_records_answer_the_clause_that_asks_for_them(render: Render) -> None:
    minutes = "type: management-review\nid: MRV-001\ntitle: Review of 2026\n"
    shown = render({"ems/ems.yml": INTEGRATED, "ems/records/management-reviews/2026.yml": minutes})
    assert "records/management-reviews/index.html" in clause(shown, "9.3.1", "2026")
