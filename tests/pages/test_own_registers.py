"""A register that the organisation declared has the pages of any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

from mkdocs_ems.pages import Page


class Shown(Protocol):
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]

DECLARED = """\
schema: 1
organisation: {name: Small Works}
own_fields:
  - {of: [aspect], name: permit_ref, title: Permit reference}
own_registers:
  - type: waste-point
    title: Waste collection point
    plural: Waste collection points
    description: Where waste is collected.
    fields:
      - {name: location, title: Where}
      - {name: aspects, title: Aspects, form: reference, to: [aspect], many: true}
"""

POINTS = """\
id: REG-WCP
type: waste-point
title: Waste collection points
rows:
  - id: WCP-001
    title: Skip for <wood>
    location: Yard by the <b>wall</b>
    aspects: [ASP-001]
"""

ASPECTS = """\
id: REG-ASP
type: aspect
title: Aspects
rows:
  - {id: ASP-001, title: Waste wood, permit_ref: 3.1.2}
"""


@pytest.fixture
def shown(render: Render) -> Shown:
    files = {
        "ems/ems.yml": DECLARED,
        "ems/registers/points.yml": POINTS,
        "ems/registers/aspects.yml": ASPECTS,
    }
    return render(files)


def test_an_own_register_is_listed_with_what_it_is_for(shown: Shown) -> None:
    page = shown.html("registers/index.html")
    assert "Waste collection points" in page
    assert "Where waste is collected." in page


def test_its_table_has_a_column_for_each_own_field(shown: Shown) -> None:
    page = shown.html("registers/waste-point/index.html")
    assert ">Where</" in page
    assert "Yard by the &lt;b&gt;wall&lt;/b&gt;" in page
    assert "ASP-001" in page


def test_its_rows_have_pages_that_what_they_name_leads_back_to(shown: Shown) -> None:
    page = shown.html("registers/waste-point/WCP-001/index.html")
    assert "Skip for &lt;wood&gt;" in page
    assert "<dt>Where</dt>" in page
    assert "registers/aspects/ASP-001/index.html" in page
    assert "registers/waste-point/WCP-001/index.html" in shown.html("registers/aspects/ASP-001/index.html")


def test_an_own_field_of_a_kind_that_is_built_in_is_shown_and_searched(shown: Shown) -> None:
    assert "<dt>Permit reference</dt><dd>3.1.2</dd>" in shown.html("registers/aspects/ASP-001/index.html")
    assert ">Permit reference</" in shown.html("registers/aspects/index.html")
    assert "3.1.2" in shown.pages["registers/aspects/ASP-001/index.html"].search
