from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.redline import Change, Form, Line, redline, visible

REGISTER = """\
id: REG-ACT
type: action
rows:
  - id: ACT-001
    title: Mend the air leaks
    owner: ROL-MNT
    due: 2026-03-31

  - id: ACT-002
    title: New rectifiers
    owner: ROL-OPS
    due: 2026-05-29
    effectiveness:
      method: Meter readings
      due: 2026-12-01
"""


def told(before: str, after: str) -> list[str]:
    """Each line in one string, with the marks that a terminal shows."""
    marks = {Change.SAME: "{}", Change.WENT: "[-{}-]", Change.CAME: "{{+{}+}}"}
    return [
        " ".join(
            filter(
                None,
                (
                    line.change.value,
                    line.form.value,
                    line.label,
                    "".join(marks[piece.change].format(piece.text) for piece in line.pieces),
                    f"x{line.count}" if line.count else "",
                    "moved" if line.moved else "",
                ),
            )
        )
        for line in redline(before, after)
    ]


def test_equal_texts_have_no_redline() -> None:
    assert redline("# A\n\ntext\n", "# A\n\ntext\n") == ()


def test_a_word_in_a_paragraph_is_all_that_is_marked() -> None:
    assert told("Store drums in bay 3 only.\n", "Store drums in bay 4 only.\n") == [
        "changed text Store drums in bay [-3-]{+4+} only."
    ]


def test_a_decimal_number_is_one_word() -> None:
    assert told("Keep it below 6.5 mg/l.\n", "Keep it below 6.8 mg/l.\n") == [
        "changed text Keep it below [-6.5-]{+6.8+} mg/l."
    ]


def test_a_sentence_that_got_an_end_keeps_its_last_word() -> None:
    assert told("Wear gloves\n", "Wear gloves.\n") == ["changed text Wear gloves{+.+}"]


def test_a_paragraph_wrapped_anew_is_no_change_of_words() -> None:
    assert told("one two\nthree four\n", "one\ntwo three four\n") == [
        "same unchanged x2",
        "changed spacing x1",
    ]


def test_a_change_stands_under_its_heading_with_the_block_on_either_side() -> None:
    before = "# T\n\n## One\n\na\n\nb\n\nc\n\nd e f\n\ng\n\nh\n\n## Two\n\ni\n"
    assert told(before, before.replace("d e f", "d e x")) == [
        "same unchanged x1",
        "same heading One",
        "same unchanged x2",
        "same text c",
        "changed text d e [-f-]{+x+}",
        "same text g",
        "same unchanged x3",
    ]


def test_an_inserted_step_does_not_mark_the_steps_after_it() -> None:
    assert told("1. Open\n2. Fill\n3. Close\n", "1. Open\n2. Weigh\n3. Fill\n4. Close\n") == [
        "same list item Open",
        "came list item {+Weigh+}",
        "same list item Fill",
        "same unchanged x1",
        "changed spacing x2",
    ]


def test_a_table_row_is_told_by_its_first_cell() -> None:
    before = "| Tank | Limit |\n|---|---|\n| T1 | 40 |\n| T2 | 50 |\n"
    assert told(before, before.replace("T2 | 50", "T2 | 60"))[-1] == (
        "changed table row T2 T2 | [-50-]{+60+}"
    )


def test_a_text_that_took_another_ones_place_is_shown_whole() -> None:
    assert told("Call the fire brigade at once.\n", "Nothing similar stands here now\n") == [
        "went text [-Call the fire brigade at once.-]",
        "came text {+Nothing similar stands here now+}",
    ]


def test_rows_of_a_register_are_matched_by_id() -> None:
    after = REGISTER.replace("due: 2026-05-29", "due: 2026-08-31")
    assert told(REGISTER, after) == [
        "same unchanged x1",
        "changed row ACT-002 New rectifiers",
        "same unchanged x3",
        "changed field due [-2026-05-29-]{+2026-08-31+}",
        "same unchanged x3",
    ]


def test_a_nested_field_is_named_with_what_it_stands_under() -> None:
    after = REGISTER.replace("2026-12-01", "2027-01-15")
    assert "changed field effectiveness / due [-2026-12-01-]{+2027-01-15+}" in told(REGISTER, after)


def test_a_row_that_came_shows_its_fields_and_one_that_went_too() -> None:
    added = REGISTER + "  - id: ACT-003\n    title: Bunds\n    owner: ROL-MNT\n"
    assert told(REGISTER, added)[-2:] == ["came row ACT-003 {+Bunds+}", "came field owner {+ROL-MNT+}"]
    assert told(added, REGISTER)[-2:] == ["went row ACT-003 [-Bunds-]", "went field owner [-ROL-MNT-]"]


def test_rows_in_another_order_are_called_moved_and_not_rewritten() -> None:
    before = "rows:\n  - {id: A, title: x}\n  - {id: B, title: y}\n"
    after = "rows:\n  - {id: B, title: y}\n  - {id: A, title: x}\n"
    lines = redline(before, after)
    assert [line.label for line in lines if line.moved] == ["B"]
    assert all(line.change is not Change.CAME and line.change is not Change.WENT for line in lines)


def test_an_id_that_is_there_twice_loses_no_row() -> None:
    before = "rows:\n  - id: A\n    title: one\n  - id: A\n    title: two\n"
    assert "changed field title [-two-]{+three+}" in told(before, before.replace("two", "three"))


def test_front_matter_is_read_as_fields() -> None:
    before = "---\nid: P-01\nowner: ROL-A\n---\n\n# T\n"
    assert "changed field owner [-ROL-A-]{+ROL-B+}" in told(before, before.replace("ROL-A", "ROL-B"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("keep  away\n", "keep away\n"),
        ("a\n", "a"),
        ("a\r\n", "a\n"),
        ("rows:\n  - id: A\n", "rows:\n    - id: A\n"),
        ("a\n\n\nb\n", "a\n\nb\n"),
    ],
)
def test_what_differs_in_spacing_alone_is_said(before: str, after: str) -> None:
    assert redline(before, after)[-1].form is Form.SPACING


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("must not\n", "must\u200b not\n"),
        ("5 kg\n", "5\u00a0kg\n"),
        ("Rev A\n", "Rev \u0410\n"),
        ("soft\n", "so\u00adft\n"),
        ("right\n", "\u202eright\n"),
    ],
)
def test_a_change_that_nobody_sees_is_marked(before: str, after: str) -> None:
    assert any(piece.change is Change.CAME for line in redline(before, after) for piece in line.pieces)


def test_characters_that_nobody_sees_are_made_visible() -> None:
    assert visible("a\u200bb\u00a0c\x1b[31m d") == "a\\u{200b}b\\u{a0}c\\u{1b}[31m d"


_LINES = st.lists(
    st.sampled_from(
        [
            "# A",
            "- x y",
            "1. z",
            "| a | b |",
            "",
            "text one",
            "rows:",
            "  - id: A",
            "    t: 1",
            "---",
            "```",
            "k: |",
        ]
    )
)


def _texts(lines: tuple[Line, ...], *, left_out: Change) -> list[str]:
    return [
        "".join(piece.text for piece in line.pieces if piece.change is not left_out)
        for line in lines
        if line.form is not Form.FOLD and line.change is not left_out
    ]


@given(_LINES, _LINES)
def test_no_change_is_lost_and_none_is_made_up(before: list[str], after: list[str]) -> None:
    here, there = "\n".join(before), "\n".join(after)
    lines = redline(here, there)
    assert bool(lines) == (here != there)
    for said, text in (
        (_texts(lines, left_out=Change.CAME), here),
        (_texts(lines, left_out=Change.WENT), there),
    ):
        for words in said:
            assert all(word in text for word in words.split())


@given(st.text(), st.text())
def test_any_two_texts_have_a_redline(before: str, after: str) -> None:
    assert bool(redline(before, after)) == (before != after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- " * 20_000 + "x", "a: b\n" + "- " * 20_000),
        ("[" * 100_000, "a: " * 30_000),
        ("rows:\n" + "".join(f"{' ' * at}k:\n" for at in range(800)), "rows:\n"),
        ("k: |\n" + f"  {'w' * 60}\n" * 20_000, "k: |\n" + f"  {'v' * 60}\n" * 20_000),
        ("a b " * 20_000, "b a c " * 15_000),
        ("|" + "-" * 100_000 + "x", "-" * 100_000),
        ("\n".join(f"- {at}" for at in range(8_000)), "\n".join(f"- {at}" for at in reversed(range(8_000)))),
    ],
    ids=["dashes", "brackets", "deep", "long scalar", "no anchors", "rule", "reversed"],
)
def test_hostile_texts_are_compared_in_bounded_time(before: str, after: str) -> None:
    start = process_time()
    assert redline(before, after)
    assert process_time() - start < 5


@given(
    st.lists(st.tuples(st.sampled_from("ABCDE"), st.integers(0, 2)), max_size=8),
    st.lists(st.tuples(st.sampled_from("ABCDE"), st.integers(0, 2)), max_size=8),
)
def test_every_row_of_a_register_is_told_or_counted(
    before: list[tuple[str, int]], after: list[tuple[str, int]]
) -> None:
    here, there = (
        "id: REG\nrows:\n" + "".join(f"  - id: {one}\n    due: {day}\n" for one, day in rows) + "other: 1\n"
        for rows in (before, after)
    )
    lines = redline(here, there)
    if here == there:
        return
    folded = sum(line.count for line in lines if line.form is Form.FOLD and line.of is Form.ROW)
    told_rows = [line for line in lines if line.form is Form.ROW]
    assert folded + sum(line.change is not Change.CAME for line in told_rows) == len(before)
    assert folded + sum(line.change is not Change.WENT for line in told_rows) == len(after)
