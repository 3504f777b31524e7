"""A wrong id is answered with the one that is meant, or with none: never with a neighbour."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.graph.suggest import IdIndex

KNOWN = {
    "OPC-004": "control",
    "OPC-012": "control",
    "OBL-004": "obligation",
    "P-08": "procedure",
    "ROL-EHS": "role",
    "ASP-101": "aspect",
}


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("OPC-4", "OPC-004"),
        ("OPC-0004", "OPC-004"),
        ("OPC-OO4", "OPC-004"),
        ("opc-004", "OPC-004"),
        ("OPC_004", "OPC-004"),
        ("OPC004", "OPC-004"),
        ("OCP-004", "OPC-004"),
        ("OP-004", "OPC-004"),
        ("OPCC-004", "OPC-004"),
        ("ОРС-004", "OPC-004"),  # noqa: RUF001 - Cyrillic letters
        ("OPC-021", "OPC-012"),
        ("P-8", "P-08"),
        ("PRO-08", "P-08"),
        ("ROL-ESH", "ROL-EHS"),
        ("ASP-1O1", "ASP-101"),
        ("OPC-005", None),
        ("OPC-014", None),
        ("OPC-400", None),
        ("ZZZ-999", None),
        ("X" * 100, None),
        ("", None),
    ],
)
def test_the_id_that_is_meant(wrong: str, meant: str | None) -> None:
    assert IdIndex(KNOWN).nearest(wrong) == meant


def test_the_kind_that_a_field_takes_comes_first() -> None:
    index = IdIndex({"OBC-004": "obligation", "OPC-004": "control"})
    assert index.nearest("OC-004", expected=("control",)) == "OPC-004"
    assert index.nearest("OC-004", expected=("obligation",)) == "OBC-004"
    assert index.nearest("OC-004") == "OBC-004"


def test_an_id_of_another_kind_that_only_shares_the_number_is_never_meant() -> None:
    index = IdIndex({"PER-004": "person", "ASP-003": "aspect", "PRO-08": "procedure"})
    assert index.nearest("ASP-004") is None, "the word before the number is right, so only the number can be"
    assert index.nearest("PRC-08", expected=("process",)) is None
    assert index.nearest("PRC-08", expected=("procedure",)) == "PRO-08"


def test_of_thousands_of_questions_only_the_first_are_searched_for() -> None:
    index = IdIndex({f"ASP-{number:05}": "aspect" for number in range(10_000)})
    answers = [index.nearest(f"AS-{number:05}") for number in range(10_000)]
    assert answers[:3] == ["ASP-00000", "ASP-00001", "ASP-00002"]
    assert answers[-1] is None, "questions are bounded"


@settings(deadline=None)
@given(st.sets(st.from_regex(r"[A-C]{1,3}-[0-2]{1,3}", fullmatch=True), max_size=30), st.text(max_size=12))
def test_an_answer_is_always_a_known_id_and_does_not_depend_on_order(known: set[str], wrong: str) -> None:
    there = IdIndex(dict.fromkeys(sorted(known), "aspect")).nearest(wrong)
    back = IdIndex(dict.fromkeys(sorted(known, reverse=True), "aspect")).nearest(wrong)
    assert there == back
    assert there is None or there in known
