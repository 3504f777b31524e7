"""The organisation's own fields and registers behave as those that are built in."""

from __future__ import annotations

from typing import Any

import pytest

from mkdocs_ems.diagnostics import Anchor, Route
from mkdocs_ems.graph import link
from mkdocs_ems.model import KINDS, AspectRow, Model, columns
from mkdocs_ems.rules import run_rules
from support.content import EMS, model_of, sources_of
from support.rule_cases import in_example

OWN = """
own_fields:
  - {of: [aspect, procedure], name: permit_ref, title: Permit reference}
own_registers:
  - type: waste-point
    title: Waste collection point
    prefix: WCP
    description: Where waste is collected.
    fields:
      - {name: location, title: Where}
      - {name: aspects, form: reference, to: [aspect], many: true}
      - {name: size, form: number}
      - {name: since, form: day}
      - {name: emptied_every, form: interval}
      - {name: covered, form: flag}
      - {name: sort, form: choice, options: [open, closed]}
"""

POINTS = """\
id: REG-WCP
type: waste-point
title: Waste collection points
owner: ROL-EHS
rows:
  - id: WCP-001
    title: Skip for wood
    location: Yard
    aspects: [ASP-001]
    size: 7.5
    since: 2025-03-01
    emptied_every: 2 weeks
    covered: true
    sort: open
"""

ASPECTS = """\
id: REG-ASP
type: aspect
title: Aspects
rows:
  - id: ASP-001
    title: Waste wood
    permit_ref: EPR/AB1234CD
"""


def model(text: str = OWN, **registers: str) -> Model:
    files = {f"registers/{name}.yml": content for name, content in registers.items()}
    return model_of(files, settings=EMS + text)


def faults(text: str) -> list[tuple[Route, str]]:
    found = model(text).findings
    assert all(one.code == "SCH001" for one in found)
    return [(one.at.route, one.message) for one in found if isinstance(one.at, Anchor)]


def test_a_row_of_an_own_register_is_typed_by_its_declaration() -> None:
    made = model(points=POINTS, aspects=ASPECTS)
    assert made.findings == ()
    point: Any = made.by_id["WCP-001"].entity
    assert (point.own_location, point.own_size, point.own_covered, point.own_sort) == (
        "Yard",
        7.5,
        True,
        "open",
    )
    assert (str(point.own_emptied_every), point.own_since.isoformat()) == ("14 days", "2025-03-01")
    assert made.by_id["WCP-001"].kind == "waste-point"


def test_an_own_field_stands_beside_those_of_its_kind_and_of_no_other() -> None:
    made = model(aspects=ASPECTS)
    assert made.findings == ()
    aspect: Any = made.by_id["ASP-001"].entity
    assert isinstance(aspect, AspectRow)
    assert aspect.own_permit_ref == "EPR/AB1234CD"
    assert "permit_ref" in columns(made.kinds["procedure"].model)
    assert "permit_ref" not in columns(made.kinds["control"].model)
    assert "permit_ref" not in columns(KINDS["aspect"].model)


def test_an_own_field_keeps_its_value_from_others_that_are_faulty() -> None:
    made = model(aspects=ASPECTS + "    topic: fog\n")
    assert [one.message for one in made.findings] == ['"topic" cannot be "fog"']
    aspect: Any = made.by_id["ASP-001"].entity
    assert aspect.own_permit_ref == "EPR/AB1234CD"


def test_an_own_reference_is_followed_both_ways_and_judged() -> None:
    files = {"registers/points.yml": POINTS, "registers/aspects.yml": ASPECTS}
    made = model(points=POINTS, aspects=ASPECTS)
    graph = link(made, sources_of(files))
    assert [edge.target for edge in graph.outgoing["WCP-001"]] == ["ASP-001"]
    assert [edge.source for edge in graph.incoming["ASP-001"]] == ["WCP-001"]
    wrong = POINTS.replace("[ASP-001]", "[ROL-EHS, ASP-999]")
    settings = "schema: 1\norganisation: {name: Small Works}\n" + OWN
    report = run_rules(
        in_example({"ems/ems.yml": settings, "ems/registers/points.yml": wrong}), select=("REF",)
    )
    assert [(one.code, one.message) for one in report.diagnostics if one.id == "WCP-001"] == [
        (
            "REF002",
            (
                "WCP-001 refers in `aspects` to ROL-EHS, which is a role; "
                "the field takes an environmental aspect"
            ),
        ),
        ("REF001", "WCP-001 refers in `aspects` to ASP-999, which does not exist"),
    ]


def test_a_value_that_its_own_field_does_not_take_is_told_as_of_any_field() -> None:
    wrong = POINTS.replace("size: 7.5", "size: big").replace("sort: open", "sort: opne")
    wrong = wrong.replace("location:", "locatoin:")
    assert [one.message for one in model(points=wrong, aspects=ASPECTS).findings] == [
        '"size": "big" is not a number',
        '"sort" cannot be "opne"; did you mean "open"?',
        '"locatoin" is not a field of a waste collection point; did you mean "location"?',
    ]


def test_an_own_register_may_be_named_in_the_approval_matrix() -> None:
    text = OWN + "approval: {matrix: [{types: [waste-point, waste-pint], roles: []}]}\n"
    assert faults(text) == [
        (
            ("approval", "matrix", 0, "types", 1),
            '"waste-pint" is not a type of document or register; did you mean "waste-point"?',
        )
    ]


@pytest.mark.parametrize(
    ("declared", "route", "message"),
    [
        ("{of: [aspect], name: title}", ("own_fields", 0, "name"), 'there is a field "title" already'),
        (
            "{of: [aspect], name: Permit No}",
            ("own_fields", 0, "name"),
            '"Permit No" cannot be the name of a field',
        ),
        (
            "{of: [aspekt], name: x}",
            ("own_fields", 0, "of", 0),
            '"aspekt" is not a type of document or register; did you mean "aspect"?',
        ),
        ("{of: [aspect], name: x, form: choice}", ("own_fields", 0), "x offers nothing to choose from"),
        (
            "{of: [aspect], name: x, options: [a]}",
            ("own_fields", 0, "options"),
            "x has options and is no choice",
        ),
        (
            "{of: [aspect], name: x, to: [aspect]}",
            ("own_fields", 0, "to"),
            "x leads somewhere and is no reference",
        ),
        (
            "{of: [aspect], name: x, form: reference, to: [nowhere]}",
            ("own_fields", 0, "to", 0),
            '"nowhere" is not a type of document or register',
        ),
    ],
)
def test_a_field_that_cannot_be_declared_says_why(declared: str, route: Route, message: str) -> None:
    assert faults(f"own_fields:\n  - {declared}\n") == [(route, message)]


@pytest.mark.parametrize(
    ("declared", "key", "message"),
    [
        ("{type: aspect, title: x}", "type", '"aspect" is taken already'),
        ("{type: aspects, title: x}", "type", '"aspects" is taken already'),
        ("{type: Waste Point, title: x}", "type", '"Waste Point" cannot be a type of register'),
        ("{type: a/../b, title: x}", "type", '"a/../b" cannot be a type of register'),
        ("{type: waste, title: x, prefix: w}", "prefix", '"w" cannot begin an id'),
        (
            "{type: waste, title: x, prefix: ASP}",
            "prefix",
            "ASP begins the ids of environmental aspects already",
        ),
    ],
)
def test_a_register_that_cannot_be_declared_says_why(declared: str, key: str, message: str) -> None:
    assert faults(f"own_registers:\n  - {declared}\n") == [(("own_registers", 0, key), message)]


def test_a_declaration_at_fault_leaves_the_others_and_is_told_at_its_place_in_the_file() -> None:
    text = (
        "own_fields:\n  - {of: [aspect]}\n  - {of: [aspect], name: permit_ref}\n"
        "  - {of: [aspect], name: title}\n"
    )
    made = model(text, aspects=ASPECTS)
    assert [one.at.route for one in made.findings if isinstance(one.at, Anchor)] == [
        ("own_fields", 0),
        ("own_fields", 2, "name"),
    ]
    aspect: Any = made.by_id["ASP-001"].entity
    assert aspect.own_permit_ref == "EPR/AB1234CD"


def test_where_nothing_is_declared_the_kinds_are_ours() -> None:
    assert model("").kinds is KINDS
