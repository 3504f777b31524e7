"""Rows of earlier registers by their bytes: what is written as it was, and what a row's text says."""

from __future__ import annotations

import pytest

from mkdocs_ems.changes.row_texts import RowTexts, row_data

HEAD = "id: REG-A\ntype: aspect\nrows:\n"
ONE, TWO = "  - id: ASP-001\n    title: Paint\n", "  - id: ASP-002\n    title: Lead\n"


def rows(text: str) -> RowTexts:
    return RowTexts((HEAD + text).encode())


def written(text: str) -> bytes:
    return text.strip().removeprefix("- ").encode()


@pytest.mark.parametrize(
    "text",
    [ONE + TWO, TWO + ONE, ONE + "\n" + TWO, "  # first\n" + ONE + TWO, ONE],
)
def test_a_row_is_held_wherever_it_stands_and_whatever_stands_around_it(text: str) -> None:
    assert rows(text).holds(written(ONE), 30)


@pytest.mark.parametrize(
    "text",
    [
        TWO,
        ONE + "    notes: Old\n" + TWO,
        ONE + "    controls:\n      - OPC-001\n",
        ONE.replace("Paint", "Paint and lead"),
        "  - old: x\n    within: |\n"
        + "".join(f"      {line}\n" for line in written(ONE).decode().split("\n")),
        "",
    ],
)
def test_a_row_that_goes_on_or_is_said_within_another_is_not_held(text: str) -> None:
    assert not rows(text).holds(written(ONE), 30)


DECOY = "notes: |\n" + ONE + "  - and so on\n"
THREE = "  - id: ASP-003\n    title: Zinc\n"


@pytest.mark.parametrize(
    "earlier",
    [
        "id: REG-A\n" + DECOY + "rows:\n" + TWO,
        "id: REG-A\n" + DECOY + "rows:\n" + ONE.replace("Paint", "Ink") + TWO,
        "id: REG-A\nrows:\n" + ONE.replace("Paint", "Ink") + TWO + THREE + DECOY,
    ],
)
@pytest.mark.parametrize("near", [0, 20, 60])
def test_what_looks_like_a_row_in_a_text_above_or_below_the_rows_is_not_held(earlier: str, near: int) -> None:
    assert not RowTexts(earlier.encode()).holds(written(ONE), near)
    assert RowTexts(earlier.encode()).holds(written(TWO), near)


def test_a_row_far_from_where_it_is_looked_for_is_held() -> None:
    filler = "".join(f"  - id: ASP-1{at:03}\n    title: {'x' * 90}\n" for at in range(200))
    texts = rows(filler + ONE + TWO)
    assert texts.holds(written(ONE), 0)
    assert texts.holds(written(TWO), len(ONE))


def test_lines_that_end_otherwise_make_no_difference() -> None:
    texts = RowTexts((HEAD + ONE + TWO).replace("\n", "\r\n").encode())
    assert texts.holds(written(ONE), 30)
    assert texts.of("ASP-002", 1) == written(TWO)


def test_a_row_is_found_by_its_id_where_another_stands_in_its_place() -> None:
    texts = rows(TWO + ONE)
    assert texts.of("ASP-001", 0) == written(ONE)
    assert texts.of("ASP-001", 1) == written(ONE)
    assert texts.of("ASP-003", 0) is None


def test_of_two_rows_with_one_id_the_first_stands() -> None:
    texts = rows(ONE + ONE.replace("Paint", "Later") + TWO)
    assert texts.of("ASP-001", 7) == written(ONE)


def test_a_row_says_what_its_text_says_however_far_it_is_set_in() -> None:
    assert row_data(b"id: ASP-001\n      title: Paint\n      tags: [a]") == {
        "id": "ASP-001",
        "title": "Paint",
        "tags": ["a"],
    }


def test_a_comment_behind_a_row_is_no_part_of_what_it_says() -> None:
    text = b"id: ASP-001\n    title: Paint\n    # inside\n  # behind: it\n# far"
    assert row_data(text) == {"id": "ASP-001", "title": "Paint"}
    assert row_data(b"id: ASP-001\n    notes: |\n      # heading\n      text")["notes"] == "# heading\ntext\n"


def test_empty_lines_within_a_text_stay() -> None:
    assert row_data(b"id: ASP-001\n    notes: |\n      one\n\n      two")["notes"] == "one\n\ntwo\n"
