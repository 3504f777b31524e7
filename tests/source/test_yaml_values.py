from __future__ import annotations

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.source import parse_file
from mkdocs_ems.source.values import Data


def load(text: str) -> dict[str, Data]:
    source, findings = parse_file("ems/a.yml", text.encode(), content="ems")
    assert findings == ()
    return dict(source.data)


@pytest.mark.parametrize(
    "written",
    [
        *("no", "yes", "on", "true", "False", "null", "~", "12:30", "1.10", "010", "0x1F", "1e3", "1_000"),
        *(".inf", "2026-01-31", "2026-01-31T10:00:00Z", "+49 30 1234", "C:\\new", "a#b", "a:b", "50 %"),
        *("é", "😀", "e\u0301", "ß & co", "x!", "a*b", "=1+1"),
    ],
)
def test_a_plain_scalar_stays_what_was_written(written: str) -> None:
    assert load(f"a: {written}\nb: [x]\n")["a"] == written


def test_a_field_without_a_value_is_none_and_empty_quotes_are_text() -> None:
    assert load("a:\nb: ''\nc: \"\"\ne: # said\n") == {
        "a": None,
        "b": "",
        "c": "",
        "e": None,
    }


def test_every_way_to_write_text_works() -> None:
    text = (
        "literal: |\n  one\n  two\n\n"
        "stripped: |-\n  one\n  two\n"
        "folded: >\n  one\n  two\n\n  three\n"
        "single: 'it''s: {so}'\n"
        'double: "a \\"b\\"\\n\\u00e9"\n'
        "plain: one\n  two\n"
        "quoted: 'one\n  two'\n"
    )
    assert load(text) == {
        "literal": "one\ntwo\n",
        "stripped": "one\ntwo",
        "folded": "one two\nthree\n",
        "single": "it's: {so}",
        "double": 'a "b"\né',
        "plain": "one two",
        "quoted": "one two",
    }


def test_comments_are_no_data_and_no_fault() -> None:
    text = "# head\na: b # said\nc: ' #d' #### e\nf: | # g\n  x #1\nh:  # i\n  - j ## k\n"
    assert load(text) == {"a": "b", "c": " #d", "f": "x #1\n", "h": ["j"]}


def test_lists_and_groups_nest_in_both_styles() -> None:
    text = "a:\n- b\n- c: d\n  e: [f, {g: h}]\n-\n- - i\nj: {}\nk: []\n"
    assert load(text) == {"a": ["b", {"c": "d", "e": ["f", {"g": "h"}]}, None, ["i"]], "j": {}, "k": []}


def test_names_of_fields_are_text_whatever_they_look_like() -> None:
    assert load("no: a\n1: b\n2026-01-31: c\n'<<': d\n\"e f\": g\n? h\n: i\n") == {
        "no": "a",
        "1": "b",
        "2026-01-31": "c",
        "<<": "d",
        "e f": "g",
        "h": "i",
    }


def test_windows_line_ends_give_the_same_values() -> None:
    text = "a: b\nc: |\n  one\n  two\nd:\n  - e\n"
    assert load(text.replace("\n", "\r\n")) == load(text)


def test_a_document_may_begin_with_three_hyphens_and_end_with_three_dots() -> None:
    assert load("--- # head\na: b\n...\n") == {"a": "b"}


def test_a_fault_in_one_file_leaves_its_data_empty_where_it_means_nothing() -> None:
    source, _ = parse_file("ems/a.yml", b"a: [b\nc: d\n", content="ems")
    assert (source.data, source.readable) == ({}, False)


PLAIN = st.from_regex(r"[A-Za-z0-9ÄÖÜäöüß😀][A-Za-z0-9 .,;/()+=äöüß😀'-]{0,20}[A-Za-z0-9]", fullmatch=True)
DATA: st.SearchStrategy[object] = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4) | st.dictionaries(PLAIN, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


def written(data: object, indent: int = 0) -> str:
    pad = "\n" + "  " * indent
    match data:
        case dict():
            return "".join(f"{pad}{key}: {written(value, indent + 1)}" for key, value in data.items())
        case list():
            return "".join(f"{pad}- {written(value, indent + 1)}" for value in data)
        case _:
            return str(data)


@given(st.dictionaries(PLAIN, DATA, min_size=1, max_size=4))
def test_plain_data_comes_back_as_it_was_written(data: dict[str, Data]) -> None:
    assert load(written(data) + "\n") == data


@given(st.text() | st.text(alphabet=" \n\t:-#'\"[]{},&*!|>%@`?ab\r\ufeff\u202e\x00"))
def test_no_text_makes_the_reading_raise(text: str) -> None:
    for path in ("ems/a.yml", "ems/a.md"):
        source, findings = parse_file(path, text.encode("utf-8", "surrogatepass"), content="ems")
        assert source.readable or findings


@given(st.binary())
def test_no_bytes_make_the_reading_raise(data: bytes) -> None:
    source, findings = parse_file("ems/a.yml", data, content="ems")
    assert source.readable or findings


def test_reading_leaves_the_garbage_collector_as_it_was() -> None:
    assert gc.isenabled()
    load("a: b\n")
    assert gc.isenabled()
