"""Where one thing leads, and what leads to it."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.exports import trace
from mkdocs_ems.exports.trace import Step
from support.content import graph_of

CONTENT = {
    "procedures/p-01.md": "---\nid: P-01\ntype: procedure\ntitle: How\nowner: ROL-A\n---\n\n# How\n",
    "registers/aspects.yml": (
        "id: REG-ASP\ntype: aspect\ntitle: Aspects\nrows:\n"
        "  - {id: ASP-001, aspect: Fume, owner: ROL-A, controls: [OPC-001, OPC-404], "
        "obligations: [OBL-001]}\n"
    ),
    "registers/controls.yml": (
        "id: REG-OPC\ntype: control\ntitle: Controls\nrows:\n"
        "  - {id: OPC-001, title: Scrubber, owner: ROL-A, aspects: [ASP-001], procedure: P-01}\n"
    ),
    "registers/obligations.yml": (
        "id: REG-OBL\ntype: obligation\ntitle: Obligations\nrows:\n"
        "  - {id: OBL-001, title: Permit, controls: [OPC-001]}\n"
    ),
    "registers/objectives.yml": (
        "id: REG-OBJ\ntype: objective\ntitle: Objectives\nrows:\n"
        "  - {id: OBJ-001, title: Less, basis: [ASP-001]}\n"
    ),
    "registers/roles.yml": (
        "id: REG-ROL\ntype: role\ntitle: Roles\nrows:\n  - {id: ROL-A, title: Boss, owner: ROL-A}\n"
    ),
}


def steps(step: Step) -> Iterator[tuple[str, bool]]:
    for one in step.steps:
        yield one.id, one.again
        yield from steps(one)


def test_an_aspect_leads_through_its_control_to_the_procedure() -> None:
    found = trace(graph_of(CONTENT), "ASP-001").leads_to
    assert list(steps(found)) == [
        ("OBL-001", False),
        ("OPC-001", True),
        ("OPC-001", False),
        ("P-01", False),
        ("ROL-A", False),
    ]


def test_a_procedure_is_led_to_by_aspects_and_objectives() -> None:
    found = trace(graph_of(CONTENT), "P-01").led_to_by
    assert {"OPC-001", "ASP-001", "OBJ-001", "OBL-001"} <= {identity for identity, _ in steps(found)}


def test_an_owner_is_named_and_never_followed() -> None:
    found = trace(graph_of(CONTENT), "ASP-001").leads_to
    owner = next(one for one in found.steps if one.id == "ROL-A")
    assert owner.fields == ("owner",)
    assert owner.steps == ()


def test_every_node_is_opened_once() -> None:
    found = trace(graph_of(CONTENT), "P-01").led_to_by
    opened = [identity for identity, again in steps(found) if not again]
    assert len(opened) == len(set(opened))


def test_what_leads_nowhere_is_told_with_its_reason() -> None:
    nowhere = trace(graph_of(CONTENT), "ASP-001", withdrawn={"OPC-404"}).nowhere
    assert ("controls", "OPC-404", "withdrawn") in nowhere


def test_an_issue_is_followed_through_risk_and_action_to_the_document() -> None:
    content = {
        **CONTENT,
        "registers/context.yml": (
            "id: REG-ISS\ntype: context-issue\ntitle: Issues\nrows:\n"
            "  - {id: ISS-001, title: Drought, leads_to: [RSK-001]}\n"
        ),
        "registers/risks.yml": (
            "id: REG-RSK\ntype: risk\ntitle: Risks\nrows:\n"
            "  - {id: RSK-001, title: No water, actions: [ACT-001]}\n"
        ),
        "registers/actions.yml": (
            "id: REG-ACT\ntype: action\ntitle: Actions\nrows:\n"
            "  - {id: ACT-001, title: Third rinse, integrated_into: [P-01]}\n"
        ),
    }
    found = trace(graph_of(content), "ISS-001").leads_to
    assert [identity for identity, _ in steps(found)] == ["RSK-001", "ACT-001", "P-01"]
