"""What is reached, by which path; and the chains that an auditor follows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.diagnostics import Anchor
from mkdocs_ems.graph import CHAIN, Direction, Edge, Graph, Link, Node, chain, linked, next_kinds, reach
from mkdocs_ems.model import KINDS as ALL_KINDS
from mkdocs_ems.model import AspectRow
from mkdocs_ems.model.shapes import Entity

KINDS = {
    "PRC": "process",
    "OBJ": "objective",
    "ASP": "aspect",
    "OBL": "obligation",
    "OPC": "control",
    "PRO": "procedure",
    "ROL": "role",
    "ISS": "context-issue",
    "RSK": "risk",
    "ACT": "action",
    "EMR": "emergency-scenario",
    "PLN": "plan",
    "KPI": "indicator",
    "MON": "measurement",
    "NCR": "nonconformity",
}


def graph(*references: tuple[str, str, str]) -> Graph:
    """A graph of references: source, field, target."""
    ids = sorted({one for source, _, target in references for one in (source, target)})
    nodes = {id_: _node(id_) for id_ in ids}
    edges = [Edge(source, field, target, Anchor("x")) for source, field, target in references]
    return Graph(
        nodes=nodes,
        outgoing={id_: tuple(edge for edge in edges if edge.source == id_) for id_ in ids},
        incoming={id_: tuple(edge for edge in edges if edge.target == id_) for id_ in ids},
        dangling=(),
    )


def _node(id_: str) -> Node:
    entity: Entity = AspectRow(id=id_)
    return Node(id_, KINDS[id_[:3]], id_, entity, Anchor("x"), None)


def outline(link: Link) -> list[str]:
    return [f"{'.' * depth}{one.node.id}{' again' if one.repeated else ''}" for depth, one in link.walk()]


PLANT = graph(
    ("OBJ-1", "basis", "ASP-1"),
    ("OBJ-1", "basis", "ASP-2"),
    ("ASP-1", "process", "PRC-1"),
    ("ASP-1", "controls", "OPC-1"),
    ("OPC-1", "aspects", "ASP-2"),
    ("ASP-2", "obligations", "OBL-1"),
    ("OBL-1", "controls", "OPC-1"),
    ("OPC-1", "procedure", "PRO-1"),
    ("PRO-1", "owner", "ROL-1"),
    ("PRO-1", "text", "OPC-2"),
    ("ASP-1", "text", "OPC-3"),
)


def test_a_walk_reaches_the_kinds_that_end_it_and_goes_no_further() -> None:
    owned = graph(("ASP-1", "owner", "ROL-1"), ("ROL-1", "processes", "PRC-1"))
    assert list(reach(owned, "ASP-1", ends=("role",))) == ["ROL-1"]
    assert list(reach(owned, "ROL-1", ends=("role",))) == ["PRC-1"]


def test_the_kinds_of_the_chains_stand_in_an_order_in_which_every_step_goes_on() -> None:
    for place, kind in enumerate(CHAIN):
        assert set(next_kinds(kind, Direction.OUT)) <= set(CHAIN[place + 1 :])


def test_what_is_reached_comes_nearest_first_with_a_path() -> None:
    found = reach(PLANT, "OBJ-1")
    assert list(found) == ["ASP-1", "ASP-2", "PRC-1", "OPC-1", "OPC-3", "OBL-1", "PRO-1", "ROL-1", "OPC-2"]
    assert [edge.target for edge in found.path("PRO-1")] == ["ASP-1", "OPC-1", "PRO-1"]
    assert found.path("OBJ-1") == ()
    assert "ROL-1" in found
    assert "OBJ-1" not in found


def test_against_the_references_it_is_what_depends_on_it() -> None:
    found = reach(PLANT, "PRO-1", direction=Direction.IN)
    assert set(found) == {"OPC-1", "ASP-1", "ASP-2", "OBL-1", "OBJ-1"}
    assert [edge.source for edge in found.path("OBJ-1")] == ["OPC-1", "ASP-1", "OBJ-1"]


def test_prose_may_be_left_out() -> None:
    assert "OPC-2" not in reach(PLANT, "PRO-1", prose=False)


def test_an_unknown_start_reaches_nothing() -> None:
    assert list(reach(PLANT, "NOPE-1")) == []
    assert chain(PLANT, "NOPE-1") is None


def test_circles_end() -> None:
    round_ = graph(("ASP-1", "controls", "OPC-1"), ("OPC-1", "aspects", "ASP-1"), ("ASP-1", "text", "ASP-1"))
    assert list(reach(round_, "ASP-1")) == ["OPC-1"]
    found = chain(round_, "ASP-1")
    assert found is not None
    assert outline(found.leads_to) == ["ASP-1", ".OPC-1"]


def test_a_chain_leads_from_the_objective_to_the_procedure_whichever_side_wrote_it() -> None:
    found = chain(PLANT, "OBJ-1")
    assert found is not None
    assert outline(found.leads_to) == [
        "OBJ-1",
        ".ASP-1",
        "..OPC-1",
        "...PRO-1",
        ".ASP-2",
        "..OBL-1",
        "...OPC-1 again",
        "..OPC-1 again",
    ]
    assert outline(found.comes_from) == ["OBJ-1"]


def test_a_chain_comes_from_the_process_and_the_objective() -> None:
    found = chain(PLANT, "OPC-1")
    assert found is not None
    assert outline(found.leads_to) == ["OPC-1", ".PRO-1"]
    assert outline(found.comes_from) == [
        "OPC-1",
        ".ASP-1",
        "..OBJ-1",
        "..PRC-1",
        ".ASP-2",
        "..OBJ-1",
        ".OBL-1",
        "..ASP-2 again",
    ]


def test_a_mention_in_prose_is_no_link_of_a_chain() -> None:
    assert [node.id for node, _ in linked(PLANT, "ASP-1", "control")] == ["OPC-1"]


def test_a_kind_that_is_in_no_chain_stands_alone() -> None:
    found = chain(PLANT, "ROL-1")
    assert found is not None
    assert (outline(found.leads_to), outline(found.comes_from)) == (["ROL-1"], ["ROL-1"])


def test_a_chain_leads_from_an_issue_by_its_risk_to_what_is_done() -> None:
    found = chain(
        graph(("ISS-1", "leads_to", "RSK-1"), ("RSK-1", "actions", "ACT-1"), ("OPC-1", "risks", "RSK-1")),
        "ISS-1",
    )
    assert found is not None
    assert outline(found.leads_to) == ["ISS-1", ".RSK-1", "..ACT-1", "..OPC-1"]


def test_a_chain_leads_from_an_objective_to_what_is_measured_and_what_went_wrong() -> None:
    found = chain(
        graph(
            ("OBJ-1", "kpi", "KPI-1"),
            ("KPI-1", "source", "MON-1"),
            ("NCR-1", "readings.measurement", "MON-1"),
        ),
        "OBJ-1",
    )
    assert found is not None
    assert outline(found.leads_to) == ["OBJ-1", ".KPI-1", "..MON-1", "...NCR-1"]


def test_a_chain_leads_from_an_aspect_by_the_emergency_to_its_plan() -> None:
    found = chain(graph(("EMR-1", "aspects", "ASP-1"), ("EMR-1", "response", "PLN-1")), "ASP-1")
    assert found is not None
    assert outline(found.leads_to) == ["ASP-1", ".EMR-1", "..PLN-1"]


def test_no_chain_of_kinds_runs_in_a_circle_and_every_kind_exists() -> None:
    done: set[str] = set()
    left = {kind: set(next_kinds(kind, Direction.OUT)) for kind in ALL_KINDS}
    while left:
        ends = {kind for kind, below in left.items() if below <= done}
        assert ends, left
        done |= ends
        left = {kind: below for kind, below in left.items() if kind not in ends}
    ways_down = {(kind, below) for kind in ALL_KINDS for below in next_kinds(kind, Direction.OUT)}
    assert ways_down == {(above, kind) for kind in ALL_KINDS for above in next_kinds(kind, Direction.IN)}


IDS = st.sampled_from([f"{prefix}-{number}" for prefix in KINDS for number in (1, 2)])


@settings(deadline=None)
@given(st.lists(st.tuples(IDS, st.sampled_from(["field", "text"]), IDS), min_size=1, max_size=20), IDS)
def test_reach_agrees_with_its_paths_and_chains_end(
    references: list[tuple[str, str, str]], start: str
) -> None:
    made = graph(*references)
    for direction in Direction:
        found = reach(made, start, direction=direction)
        for id_ in found:
            path = found.path(id_)
            ends = [edge.target if direction is Direction.OUT else edge.source for edge in path]
            assert ends[-1] == id_
            assert len(set(ends)) == len(ends)
    chains = chain(made, start)
    if chains is not None:
        shown = [one.node.id for _, one in chains.leads_to.walk() if not one.repeated and one.next]
        assert len(shown) == len(set(shown))
