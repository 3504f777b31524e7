"""Every reference is followed both ways; one that leads nowhere is kept with its reason."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.diagnostics import Anchor, Span
from mkdocs_ems.graph import DanglingReason, Edge, Graph
from mkdocs_ems.graph.references import reference_fields
from mkdocs_ems.model import KINDS, AspectRow, RoleRow
from support.content import EMS, graph_of

REGISTERS = {
    "registers/roles.yml": """\
        id: REG-ROLES
        type: role
        title: Roles
        owner: ROL-EHS
        rows:
          - id: ROL-EHS
            title: EHS manager
            deputies:
              - {person: PER-002, from: 2026-01-01}
              - {person: PER-001}
        """,
    "registers/people.yml": """\
        id: REG-PEOPLE
        type: person
        title: People
        rows:
          - {id: PER-001, title: Ann, roles: [{role: ROL-EHS}]}
          - {id: PER-002, title: Ben}
        """,
    "registers/controls.yml": """\
        id: REG-CONTROLS
        type: control
        title: Controls
        rows:
          - {id: OPC-001, title: Scrubber, procedure: PRO-001, aspects: [ASP-001]}
          - {id: OPC-002, title: Bund}
        """,
    "procedures/rinsing.md": """\
        ---
        id: PRO-001
        type: procedure
        title: Rinsing
        owner: ROL-EHS
        ---
        # Rinsing
        See [[OPC-002|the bund]] and [[PRO-009]].
        """,
}

CONTROLS_AT = "ems/registers/controls.yml"


def with_aspect(fields: str, **more: str) -> Graph:
    row = f"id: REG-ASPECTS\ntype: aspect\ntitle: Aspects\nrows:\n  - id: ASP-001\n    title: Mist\n{fields}"
    return graph_of({**REGISTERS, "registers/aspects.yml": row, **more})


def dangling(graph: Graph, *, but: str = "PRO-009") -> list[tuple[str, DanglingReason, str | None]]:
    return [(one.target, one.reason, one.suggestion) for one in graph.dangling if one.target != but]


def test_nodes_stand_sorted_by_id_with_kind_title_and_document() -> None:
    graph = with_aspect("")
    assert list(graph.nodes) == sorted(graph.nodes)
    node = graph.nodes["OPC-001"]
    assert (node.kind, node.title, node.document) == ("control", "Scrubber", "REG-CONTROLS")
    assert graph.nodes["PRO-001"].document == "PRO-001"


def test_a_typed_field_is_an_edge_both_ways_with_its_route() -> None:
    graph = with_aspect("    controls: [OPC-002, OPC-001]\n")
    assert [(edge.field, edge.target, edge.at) for edge in graph.outgoing["ASP-001"]] == [
        ("controls", "OPC-002", Anchor("ems/registers/aspects.yml", ("rows", 0, "controls", 0))),
        ("controls", "OPC-001", Anchor("ems/registers/aspects.yml", ("rows", 0, "controls", 1))),
    ]
    assert graph.outgoing["OPC-001"][0] == Edge(
        "OPC-001", "aspects", "ASP-001", Anchor(CONTROLS_AT, ("rows", 0, "aspects", 0))
    )
    assert [node.id for node in graph.referrers("OPC-001", "aspect")] == ["ASP-001"]


def test_a_nested_field_is_an_edge_with_a_dotted_name() -> None:
    graph = with_aspect("    override: {value: true, approved_by: PER-001}\n")
    (edge,) = graph.outgoing["ASP-001"]
    assert (edge.field, edge.target) == ("override.approved_by", "PER-001")
    assert edge.at == Anchor("ems/registers/aspects.yml", ("rows", 0, "override", "approved_by"))
    roles = {edge.field for edge in graph.outgoing["ROL-EHS"]}
    assert roles == {"deputies.person"}
    assert graph.outgoing["ROL-EHS"][0].at == Anchor(
        "ems/registers/roles.yml", ("rows", 0, "deputies", 0, "person")
    )


def test_a_mention_in_prose_is_an_edge_with_its_span() -> None:
    graph = with_aspect("")
    edge = next(edge for edge in graph.outgoing["PRO-001"] if edge.field == "text")
    assert edge.target == "OPC-002"
    assert isinstance(edge.at, Span)
    assert edge.at.line == 8


def test_what_comes_in_stands_by_the_id_it_comes_from() -> None:
    graph = with_aspect("    owner: ROL-EHS\n")
    assert [edge.source for edge in graph.incoming["ROL-EHS"]] == [
        "ASP-001",
        "PER-001",
        "PRO-001",
        "REG-ROLES",
    ]


def test_an_unknown_id_dangles_with_the_nearest_known_one() -> None:
    graph = with_aspect("    controls: [OPC-0002, OCP-001, OPC-77]\n")
    assert dangling(graph) == [
        ("OPC-0002", DanglingReason.UNKNOWN, "OPC-002"),
        ("OCP-001", DanglingReason.UNKNOWN, "OPC-001"),
        ("OPC-77", DanglingReason.UNKNOWN, None),
    ]
    first = next(one for one in graph.dangling if one.target == "OPC-0002")
    assert (first.source, first.expected) == ("ASP-001", ("control",))
    assert "OPC-77" not in graph.incoming


def test_a_reference_to_the_wrong_kind_dangles_and_is_no_edge() -> None:
    graph = with_aspect("    controls: [PRO-001]\n")
    (one,) = [one for one in graph.dangling if one.target == "PRO-001"]
    assert (one.reason, one.actual, one.expected) == (DanglingReason.WRONG_KIND, "procedure", ("control",))
    assert "ASP-001" not in graph.outgoing


def test_an_unknown_mention_dangles_in_prose() -> None:
    (one,) = with_aspect("").dangling
    assert (one.source, one.field, one.target) == ("PRO-001", "text", "PRO-009")
    assert isinstance(one.at, Span)


def test_entries_left_out_of_a_list_do_not_move_the_places_of_the_others() -> None:
    graph = with_aspect("    controls: [opc-1, null, OPC-001]\n")
    (edge,) = graph.outgoing["ASP-001"]
    assert edge.at == Anchor("ems/registers/aspects.yml", ("rows", 0, "controls", 2))


def test_groups_left_out_of_a_list_do_not_move_the_places_of_the_others() -> None:
    roles = REGISTERS["registers/roles.yml"].replace(
        "{person: PER-002, from: 2026-01-01}", "{from: 2026-01-01}"
    )
    graph = with_aspect("", **{"registers/roles.yml": roles})
    (edge,) = graph.outgoing["ROL-EHS"]
    assert edge.at == Anchor("ems/registers/roles.yml", ("rows", 0, "deputies", 1, "person"))


def test_of_two_claimants_only_the_first_one_refers_but_both_may_dangle() -> None:
    graph = with_aspect(
        "    controls: [OPC-001]\n  - {id: ASP-001, title: Twin, controls: [OPC-002, OPC-100]}\n"
    )
    assert [edge.target for edge in graph.outgoing["ASP-001"]] == ["OPC-001"]
    assert dangling(graph) == [("OPC-100", DanglingReason.UNKNOWN, None)]


def test_an_entity_without_an_id_refers_to_nothing_but_may_dangle() -> None:
    graph = with_aspect("  - {title: Nameless, controls: [OPC-002, OPC-100]}\n")
    assert "OPC-002" not in {edge.target for edge in graph.outgoing.get("ASP-001", ())}
    (one,) = [one for one in graph.dangling if one.target == "OPC-100"]
    assert one.source is None


def test_what_stands_in_a_file_that_cannot_be_read_is_not_called_unknown() -> None:
    broken = {"registers/broken.yml": "id: REG-B\nrows:\n  - id: OPC-100\n  - {id: 'OPC-101', title: [\n"}
    graph = with_aspect("    controls: [OPC-100, OPC-101, OPC-102]\n", **broken)
    assert [(target, reason) for target, reason, _ in dangling(graph)] == [
        ("OPC-100", DanglingReason.UNREADABLE),
        ("OPC-101", DanglingReason.UNREADABLE),
        ("OPC-102", DanglingReason.UNKNOWN),
    ]


def test_what_stands_in_a_file_saved_as_utf_16_is_not_called_unknown() -> None:
    register = "id: REG-B\ntype: control\nrows:\n  - id: OPC-100\n"
    graph = with_aspect("    controls: [OPC-100]\n", **{"registers/b.yml": "\0".join(register)})
    assert dangling(graph) == [("OPC-100", DanglingReason.UNREADABLE, None)]


def test_what_stands_in_a_row_that_cannot_be_typed_is_not_called_unknown() -> None:
    odd = {
        "registers/odd.yml": "id: REG-ODD\ntype: contrul\ntitle: Odd\nrows: [{id: OPC-100}]\n",
        "registers/more.yml": "id: REG-MORE\ntype: control\ntitle: More\nrows: [{id: opc_101}]\n",
    }
    graph = with_aspect("    controls: [OPC-100, OPC-101]\n", **odd)
    assert {reason for _, reason, _ in dangling(graph)} == {DanglingReason.UNREADABLE}


def test_a_document_whose_type_nobody_knows_may_be_any_document() -> None:
    untyped = REGISTERS["procedures/rinsing.md"].replace("type: procedure", "number: VA-7")
    graph = with_aspect("", **{"procedures/rinsing.md": untyped})
    assert graph.outgoing["OPC-001"][1].target == "PRO-001"


def test_what_the_settings_refer_to_has_to_exist() -> None:
    ems = EMS + (
        "approval:\n  matrix:\n    - {types: policy, roles: [ROL-MD]}\n"
        "    - {types: [policy], roles: [ROL-EHS, ROL-MD]}\n"
        "waivers: [{code: ASP001, reason: x, until: 2026-01-01, approved_by: PER-009}]\n"
    )
    graph = graph_of(REGISTERS, settings=ems)
    found = {(one.source, one.field, one.target, one.at) for one in graph.dangling if one.target[:3] != "PRO"}
    assert (
        None,
        "waivers.approved_by",
        "PER-009",
        Anchor("ems/ems.yml", ("waivers", 0, "approved_by")),
    ) in found
    assert (
        None,
        "approval.matrix.roles",
        "ROL-MD",
        Anchor("ems/ems.yml", ("approval", "matrix", 1, "roles", 1)),
    ) in found


def test_every_reference_of_a_kind_is_followed() -> None:
    assert {field.dotted for field in reference_fields(RoleRow)} == {
        "owner",
        "processes",
        "reports_to",
        "competences",
        "deputies",
    }
    assert [inner.dotted for inner in reference_fields(RoleRow)[-1].inner] == ["deputies.person"]
    assert "method_revision" in {field.dotted for field in reference_fields(AspectRow)}
    for kind in KINDS.values():
        assert "owner" in {field.dotted for field in reference_fields(kind.model)}


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["OPC-001", "OPC-002", "OPC-3", "opc-4", "~", "PRO-001", "ASP-001"]), max_size=6)
)
def test_each_reference_is_an_edge_or_dangles_or_is_a_fault_of_form(targets: list[str]) -> None:
    graph = with_aspect(f"    controls: [{', '.join(targets)}]\n")
    edges = [edge.target for edge in graph.outgoing.get("ASP-001", ())]
    loose = [target for target, _, _ in dangling(graph)]
    assert sorted(edges + loose) == sorted(target for target in targets if target not in ("opc-4", "~"))
    for edge in graph.outgoing.get("ASP-001", ()):
        assert isinstance(edge.at, Anchor)
        assert targets[int(edge.at.route[-1])] == edge.target


def test_of_a_thousand_rows_every_reference_is_told() -> None:
    rows = "".join(
        f"  - {{id: ASP-{n:04}, title: A, controls: [OPC-001, OPC-{n:04}]}}\n" for n in range(2, 1002)
    )
    graph = with_aspect(rows)
    assert len(graph.nodes) > 1000
    assert len(graph.dangling) > 900
