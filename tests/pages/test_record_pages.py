"""Records have pages of their own: a list of kinds, a table of each kind, and a page for each record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

from mkdocs_ems.pages import Manual, Page


class Shown(Protocol):
    @property
    def manual(self) -> Manual: ...

    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]

SETTINGS = "schema: 1\norganisation: {name: Small Works}\n"

CHECKS = """\
type: inspection
rows:
  - {id: CHK-001, title: Week 23, date: 2026-06-05, by: [ROL-EHS], control: OPC-001, result: in-order}
  - {id: CHK-002, title: Scrubber in week 24, by: [ROL-EHS], control: OPC-001}
"""

ROLES = "id: REG-ROL\ntype: role\ntitle: Roles\nrows: [{id: ROL-EHS, title: EHS manager}]\n"
CONTROLS = "id: REG-OPC\ntype: control\ntitle: Controls\nrows: [{id: OPC-001, title: Scrubber}]\n"


@pytest.fixture
def shown(render: Render) -> Shown:
    files = {
        "ems/ems.yml": SETTINGS,
        "ems/records/inspections/2026.yml": CHECKS,
        "ems/registers/roles.yml": ROLES,
        "ems/registers/controls.yml": CONTROLS,
    }
    return render(files)


def test_the_list_of_records_names_each_kind_that_there_is(shown: Shown) -> None:
    assert shown.pages["records/index.html"].nav == ("Records",)
    html = shown.html("records/index.html")
    assert 'href="../records/inspections/index.html">Inspections</a>' in html
    assert "2 records" in html


def test_all_records_of_a_kind_stand_in_one_table(shown: Shown) -> None:
    html = shown.html("records/inspections/index.html")
    assert ">CHK-001</a>" in html
    assert "registers/controls/OPC-001" in html


def test_a_record_says_whether_it_is_closed_and_who_made_it(shown: Shown) -> None:
    closed = shown.html("records/inspections/CHK-001/index.html")
    assert "Still open" not in closed
    assert "<dt>By</dt><dd>" in closed
    assert "Still open" in shown.html("records/inspections/CHK-002/index.html")


def test_a_control_shows_the_records_that_name_it(shown: Shown) -> None:
    assert "records/inspections/CHK-001/index.html" in shown.html("registers/controls/OPC-001/index.html")


SCAN = "records/inspections/walk.pdf"
EVIDENCE = (
    f"evidence: [{{file: {SCAN}, what: The sheet, sha256: {'ab' * 32}}}, {{file: 'scans:2026/walk.pdf'}},"
    " {file: records/not-there.pdf}, {what: Asked the shift}]\n"
)


def record(more: str = "") -> Mapping[str, str]:
    text = f"id: CHK-001\ntype: inspection\ntitle: Walk\nresult: in-order\n{EVIDENCE}{more}"
    return {"ems/ems.yml": SETTINGS, "ems/records/inspections/CHK-001.yml": text, f"ems/{SCAN}": "A scan"}


def test_the_files_of_a_record_are_published_and_named_on_its_page(render: Render) -> None:
    shown = render(record())
    html = shown.html("records/inspections/CHK-001/index.html")
    assert 'id="files"' in html
    assert '">walk.pdf</a> <span class="ems-aside">(The sheet, sha256 abababababab…)</span>' in html
    assert '2026/walk.pdf <span class="ems-aside">(in the store scans, outside of the manual)' in html
    assert 'records/not-there.pdf <span class="ems-aside">(not published)' in html


def test_the_files_of_a_record_that_only_some_may_see_are_not_published(render: Render) -> None:
    html = render(record("access: restricted\n")).html("records/inspections/CHK-001/index.html")
    assert f"{SCAN} <span" in html
    assert "not published: CHK-001 is restricted" in html
    assert "walk.pdf</a>" not in html


SECRET = "Somebody's blood values"


@pytest.mark.parametrize("named", [SCAN, "records/inspections/copy.pdf"])
def test_no_other_record_publishes_the_bytes_of_a_file_that_a_restricted_one_names(
    render: Render, named: str
) -> None:
    row = f"{{id: CHK-002, title: Again, evidence: [{{file: {named}}}]}}"
    again = {"ems/records/inspections/2.yml": f"type: inspection\nrows: [{row}]\n"}
    scans = {f"ems/{SCAN}": SECRET, "ems/records/inspections/copy.pdf": SECRET}
    closed = render({**record("access: restricted\n"), **scans, **again})
    assert [one.path for one in closed.manual.assets if SECRET.encode() in one.data] == []
    assert "not published: CHK-001 is restricted" in closed.html("records/inspections/CHK-002/index.html")
    opened = render({**record(), **scans, **again})
    assert [one for one in opened.manual.assets if SECRET.encode() in one.data]


def test_a_text_publishes_no_file_that_a_restricted_record_names(render: Render) -> None:
    minutes = MINUTES.replace("chart.png", "../inspections/walk.pdf")
    shown = render({**record("access: restricted\n"), "ems/records/management-reviews/2026.md": minutes})
    assert not any("walk" in one.path for one in shown.manual.assets)


MINUTES = """\
---
id: MRV-001
type: management-review
title: Review of 2026
date: 2026-06-02
---
## What was said

We looked at [[CHK-001]] and at ![the chart](chart.png).
"""


def test_a_record_that_is_a_text_shows_its_fields_and_then_the_text(render: Render) -> None:
    shown = render(
        {
            "ems/ems.yml": SETTINGS,
            "ems/records/inspections/2026.yml": CHECKS,
            "ems/records/management-reviews/2026.md": MINUTES,
            "ems/records/management-reviews/chart.png": "picture",
        }
    )
    page = shown.pages["records/management-reviews/MRV-001/index.html"]
    assert "MRV-001" in page.before
    assert "## What was said" in page.body
    assert "records/inspections/CHK-001/index.html" in page.body
    assert "chart.png" in page.body
    assert ("Text", "ems--text") in [(one.title, one.anchor) for one in page.toc]
