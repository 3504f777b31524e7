"""What records said after each event, by id, wherever they stood; what never changed is not read."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from mkdocs_ems.control.record_states import RecordState, record_states
from mkdocs_ems.rules.recorded import said
from support.chain import Chain
from support.company import company

OWN = "records/drills/one.yml"
YEAR = "records/inspections/2026.yml"
WALK = "id: CHK-001\ntype: inspection\nresult: in-order\n"


def several(*rows: str) -> str:
    return "type: inspection\nrows:\n" + "".join(f"  - {row}\n" for row in rows)


def states(chain: Chain, *, known: Mapping[str, bytes] | None = None) -> dict[str, tuple[RecordState, ...]]:
    found = record_states(chain.history(), blobs=chain.shelf, content="ems", known=known or {})
    return dict(found)


def told(found: tuple[RecordState, ...]) -> list[tuple[int, str | None]]:
    return [(one.event.index, one.text.decode().strip() if one.text is not None else None) for one in found]


def test_a_record_is_told_from_the_event_on_at_which_it_landed() -> None:
    chain = company(**{OWN: WALK})
    chain.commit({OWN: WALK.replace("in-order", "not-done")})
    chain.commit({OWN: None})
    (first, second, gone) = states(chain)["CHK-001"]
    assert (first.event.index, first.kind, first.alone, first.path) == (0, "inspection", True, f"ems/{OWN}")
    assert second.text == WALK.replace("in-order", "not-done").encode()
    assert (gone.event.index, gone.text, gone.kind) == (2, None, "inspection")


def test_records_of_one_file_are_told_apart() -> None:
    chain = company(**{YEAR: several("{id: CHK-001, result: in-order}")})
    chain.commit({YEAR: several("{id: CHK-001, result: in-order}", "{id: CHK-002, result: in-order}")})
    chain.commit({YEAR: several("{id: CHK-001, result: not-done}", "{id: CHK-002, result: in-order}")})
    found = states(chain)
    assert told(found["CHK-001"]) == [
        (0, "- {id: CHK-001, result: in-order}"),
        (2, "- {id: CHK-001, result: not-done}"),
    ]
    assert told(found["CHK-002"]) == [(1, "- {id: CHK-002, result: in-order}")]


def test_a_record_that_goes_to_another_file_was_never_gone() -> None:
    chain = company(**{OWN: WALK})
    chain.commit({OWN: None, YEAR: several("{id: CHK-001, result: in-order}")})
    assert [one.path for one in states(chain)["CHK-001"]] == [f"ems/{OWN}", f"ems/{YEAR}"]
    assert None not in [one.text for one in states(chain)["CHK-001"]]


def test_the_id_of_a_file_of_its_own_may_become_another() -> None:
    chain = company(**{OWN: WALK})
    chain.commit({OWN: WALK.replace("CHK-001", "CHK-009")})
    found = states(chain)
    assert [one.text is None for one in found["CHK-001"]] == [False, True]
    assert told(found["CHK-009"])[0][0] == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (OWN, '{"id": "CHK-001", type: inspection, result: in-order}\n'),
        (OWN, '"id": CHK-001\n"type": inspection\nresult: in-order\n'),
        (OWN, '"\\x69d": CHK-001\ntype: inspection\nresult: in-order\n'),
        (OWN, "? id\n: CHK-001\ntype: inspection\nresult: in-order\n"),
        (OWN, "notes: " + "x" * 5000 + "\n" + WALK + "\n"),
        (OWN, "\ufeff" + WALK),
        ("records/walk.md", '---\n"id": CHK-001\n"type": inspection\nresult: in-order\n---\nid: CHK-777\n'),
        ("records/walk.md", f"---\n{WALK}---\nrows:\n- id: CHK-777\n"),
        (YEAR, "type: inspection\nrows: [{id: CHK-001, result: in-order}, {id: CHK-002}]\n"),
        (YEAR, 'type: inspection\n"rows":\n  - id: CHK-001\n    result: in-order\n'),
        (YEAR, several('notes: |\n      id: CHK-009\n    "id": CHK-001\n    result: in-order')),
        (YEAR, several('id: CHK-001\n    title: "a\n  - id: CHK-009"\n    result: in-order')),
        (YEAR, several('{notes: "a, id: CHK-009", id: CHK-001, result: in-order}')),
    ],
)
def test_however_a_record_is_written_it_has_its_history(path: str, text: str) -> None:
    chain = company(**{path: text})
    chain.commit({path: text.replace("in-order", "not-done")})
    chain.commit({path: None})
    found = states(chain)
    first, second, gone = found["CHK-001"]
    assert (first.kind, second.kind, gone.text) == ("inspection", "inspection", None)
    assert not {"CHK-009", "CHK-777"} & set(found)
    assert [said(first)["result"], said(second)["result"]] == ["in-order", "not-done"]


def test_what_is_no_record_has_no_states() -> None:
    chain = company(
        **{"records/approvals/x.yml": WALK, "records/readings/x.csv": "a", "records/note.txt": WALK}
    )
    assert states(chain) == {}


def test_what_is_at_hand_is_not_read_again() -> None:
    chain = company(**{OWN: WALK})
    at_hand = dict(chain.shelf.blobs)
    chain.shelf.asked.clear()
    states(chain, known=at_hand)
    assert chain.shelf.asked == []
