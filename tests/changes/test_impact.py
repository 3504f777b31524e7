"""What depends on a thing, by which path, and whom that concerns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mkdocs_ems.changes.impact import Impact, impact
from mkdocs_ems.compile import Compilation
from mkdocs_ems.git.values import Snapshot
from mkdocs_ems.graph import link
from mkdocs_ems.model import build_model
from support.content import sources_of

CONTENT = {
    "procedures/p-01.md": (
        "---\nid: P-01\ntype: procedure\ntitle: How\nowner: ROL-A\nread_by: [ROL-B]\n"
        'clauses: ["8.1"]\n---\n\n# How\n\nSee [[ASP-001]].\n'
    ),
    "registers/aspects.yml": (
        "id: REG-ASP\ntype: aspect\ntitle: Aspects\nowner: ROL-A\n"
        'clauses: ["6.1.2"]\nrows:\n'
        "  - {id: ASP-001, aspect: Fume, owner: ROL-A, controls: [OPC-001]}\n"
        "  - {id: ASP-002, aspect: Mist, status: withdrawn, controls: [OPC-001]}\n"
    ),
    "registers/controls.yml": (
        "id: REG-OPC\ntype: control\ntitle: Controls\nrows:\n"
        "  - {id: OPC-001, title: Scrubber, procedure: P-01}\n"
    ),
    "registers/objectives.yml": (
        "id: REG-OBJ\ntype: objective\ntitle: Objectives\nrows:\n"
        "  - {id: OBJ-001, title: Less, basis: [ASP-001], responsible: ROL-B}\n"
        "  - {id: OBJ-002, title: Even less, basis: [ASP-001]}\n"
    ),
    "registers/roles.yml": (
        "id: REG-ROL\ntype: role\ntitle: Roles\nrows:\n"
        "  - {id: ROL-A, title: Boss, owner: ROL-A, reports_to: ROL-B}\n  - {id: ROL-B, title: Deputy}\n"
    ),
    "registers/people.yml": (
        "id: REG-PER\ntype: person\ntitle: People\nrows:\n"
        "  - {id: PER-1, title: Maya Holm, roles: [{role: ROL-A}]}\n"
        "  - {id: PER-2, title: Ben Okoro, roles: [{role: ROL-B, to: 2025-12-31}]}\n"
    ),
}


def found(*ids: str, depth: int = 2, content: Mapping[str, str] = CONTENT) -> Impact:
    sources = sources_of(content)
    model = build_model(sources)
    snapshot = Snapshot("test", None, None, "ems", {}, {})
    made = Compilation(snapshot, sources, model, link(model, sources), date(2026, 6, 1), control=None)
    return impact(made, ids, depth=depth)


def paths(made: Impact) -> dict[str, list[str]]:
    return {one.node.id: [way.words for way in one.ways] for one in made.affected}


def test_what_refers_to_a_thing_is_told_with_its_path_in_words() -> None:
    assert paths(found("OPC-001")) == {
        "OBJ-001": ["OBJ-001 → ASP-001 (basis) → OPC-001 (controls)"],
        "OBJ-002": ["OBJ-002 → ASP-001 (basis) → OPC-001 (controls)"],
        "ASP-001": ["ASP-001 → OPC-001 (controls)"],
        "ASP-002": ["ASP-002 → OPC-001 (controls)"],
    }


def test_a_mention_is_told_and_followed_no_further() -> None:
    made = found("ASP-001", depth=5)
    assert paths(made)["P-01"] == ["P-01 → ASP-001 (in the text)"]
    assert {one.node.id for one in made.affected if one.mentions} == {"P-01"}
    assert "OPC-001" not in paths(made)  # it names P-01, which only mentions the aspect


def test_a_reference_in_a_field_is_told_before_a_mention() -> None:
    text = CONTENT["procedures/p-01.md"].replace("read_by:", "supersedes: [ASP-001]\nread_by:")
    made = found("ASP-001", content={**CONTENT, "procedures/p-01.md": text})
    assert paths(made)["P-01"] == ["P-01 → ASP-001 (supersedes)"]


def test_a_mention_is_told_before_a_longer_way_by_fields() -> None:
    text = CONTENT["procedures/p-01.md"].replace("read_by:", "supersedes: [OBJ-001]\nread_by:")
    made = found("ASP-001", content={**CONTENT, "procedures/p-01.md": text})
    assert paths(made)["P-01"] == ["P-01 → ASP-001 (in the text)"]


def test_what_is_further_away_is_counted() -> None:
    made = found("P-01", depth=1)
    assert list(paths(made)) == ["OPC-001"]
    assert made.beyond == 4
    assert found("P-01", depth=9).beyond == 0


def test_roles_are_reached_and_not_followed_unless_they_are_asked_for() -> None:
    of_the_deputy = set(paths(found("ROL-B", depth=9)))
    assert {"OBJ-001", "P-01", "ROL-A", "PER-2"} <= of_the_deputy
    assert of_the_deputy.isdisjoint({"REG-ASP", "PER-1"})  # these name ROL-A alone
    assert {"ASP-001", "P-01", "REG-ASP", "PER-1"} <= set(paths(found("ROL-A", depth=1)))


def test_of_several_things_it_is_told_which_one_something_depends_on() -> None:
    made = found("OPC-001", "ASP-001")
    of = {one.node.id: [way.of for way in one.ways] for one in made.affected}
    assert of == {
        "OBJ-001": ["OPC-001", "ASP-001"],
        "OBJ-002": ["OPC-001", "ASP-001"],
        "ASP-002": ["OPC-001"],
        "P-01": ["ASP-001"],
    }


def test_the_same_thing_asked_for_twice_is_asked_for_once() -> None:
    assert [node.id for node in found("P-01", "P-01").asked] == ["P-01"]


def test_withdrawn_things_are_marked() -> None:
    assert [one.node.id for one in found("OPC-001").affected if one.withdrawn] == ["ASP-002"]


def test_documents_people_and_clauses_are_those_of_what_is_asked_for_and_affected() -> None:
    made = found("ASP-001", depth=1)
    assert [(one.id, one.changes, one.holds) for one in made.documents] == [
        ("REG-ASP", True, ("ASP-001",)),
        ("P-01", False, ("P-01",)),
        ("REG-OBJ", False, ("OBJ-001", "OBJ-002")),
    ]
    assert [(one.id, one.held_by, one.answers_for, one.reads) for one in made.people] == [
        ("ROL-A", ("Maya Holm",), ("ASP-001", "P-01", "REG-ASP"), ()),
        ("ROL-B", (), ("OBJ-001",), ("P-01",)),
    ]
    assert [(one.clause, one.ids) for one in made.clauses] == [("6.1.2", ("REG-ASP",)), ("8.1", ("P-01",))]


def test_things_that_refer_to_one_another_in_a_circle_come_to_an_end() -> None:
    content = {
        "registers/processes.yml": (
            "id: REG-PRC\ntype: process\ntitle: Processes\nrows:\n"
            "  - {id: PRC-1, title: One, upstream: [PRC-2]}\n  - {id: PRC-2, title: Two, upstream: [PRC-1]}\n"
        )
    }
    assert paths(found("PRC-1", depth=9, content=content)) == {"PRC-2": ["PRC-2 → PRC-1 (upstream)"]}
