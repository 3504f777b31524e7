"""What no text may say is found however it is spelt, and what only looks like it is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.model.masking import MAIL_LEFT_OUT, Mask

MASK = Mask.of(
    names={"Maya Holm": "EHS manager", "Ana Lind": "a person", "Bo": "a person"},
    accounts=["maya-h", "bo"],
    ids={"PER-001": "EHS manager", "PRO-001": "an internal document"},
    contacts=["environment@holm.example"],
)


@pytest.mark.parametrize(
    "spelt",
    [
        "Maya Holm",
        "maya holm",
        "MAYA  HOLM",
        "Maya\nHolm",
        "Maya\u00a0Holm",
        "Maya&nbsp;Holm",
        "Holm, Maya",
        "Holm, M.",
        "M. Holm",
        "M Holm",
        "Maya H.",
        "Maya B. Holm",
        "Ms Holm",
        "Dr. Holm",
        "maya.holm",
        "May\u00ada Hol\u200bm",
        "Ma\ufffdya Hol\ufffdm",
        "&#77;aya H&#x6f;lm",
    ],
)
def test_a_name_is_found_however_it_is_spelt(spelt: str) -> None:
    assert MASK(f"Asked {spelt} about it") == "Asked EHS manager about it"


def test_a_name_in_a_decomposed_form_is_the_same_name() -> None:
    mask = Mask.of(names={"Zo\u00eb Mu\u0308ller": "a person"}, accounts=[], ids={}, contacts=[])
    assert mask("Zoe\u0308 M\u00fcller") == "a person"


def test_a_title_that_is_said_already_is_not_said_twice() -> None:
    assert MASK("Maya Holm, EHS manager") == "EHS manager"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("\u5c71\u7530\u592a\u90ce", "\u62c5\u5f53\u5c71\u7530\u592a\u90ce\u3067\u3059"),
        ("\u674e \u660e", "\u7531\u674e\u660e\u7b7e"),
        ("Bo", "by Bo."),
        ("Anne-Marie O'Neil", "by ANNE MARIE O\u2019NEIL"),
        ("Jos\u00e9 da Silva", "by J. da Silva"),
    ],
)
def test_names_of_all_kinds_are_found(name: str, text: str) -> None:
    mask = Mask.of(names={name: "X"}, accounts=[], ids={}, contacts=[])
    assert "X" in mask(text)
    assert mask.names_somebody(text)


def test_a_short_name_counts_only_as_it_is_written() -> None:
    assert MASK("both bo and BO") == "both bo and BO"


def test_what_stands_in_is_taken_as_it_is() -> None:
    mask = Mask.of(names={"Maya Holm": r"role \1 \g<0>"}, accounts=[], ids={}, contacts=[])
    assert mask("Maya Holm") == r"role \1 \g<0>"


def test_thousands_of_people_take_no_time() -> None:
    names = {f"Name{n} Surname{n}": "a person" for n in range(5_000)}
    mask = Mask.of(names=names, accounts=[f"account{n}" for n in range(5_000)], ids={}, contacts=[])
    assert mask("Water " * 20_000 + "Name77 Surname77").endswith("a person")


def test_marks_of_emphasis_hide_no_name() -> None:
    assert MASK("**Maya** _Holm_") == "**EHS manager_"


@pytest.mark.parametrize(
    "text",
    ["Another salt marsh", "Holm oak", "analogue", "Lindane", "Both", "m\u00b3 at 5 \u00b0C", "ISO-14001"],
)
def test_what_only_looks_like_a_name_stays(text: str) -> None:
    assert MASK(text) == text


@pytest.mark.parametrize(
    "address",
    [
        "maya@holm.example",
        "<maya@holm.example>",
        "mailto:maya@holm.example",
        "Maya.Holm+ems@mail.holm.example",
        "maya%40holm.example",
        "maya&#64;holm.example",
        "maya (at) holm.example",
    ],
)
def test_a_mail_address_is_left_out_however_it_is_written(address: str) -> None:
    assert MASK(f"Write to {address} today") == f"Write to {MAIL_LEFT_OUT} today"


def test_a_contact_of_the_organisation_stays() -> None:
    assert MASK("Write to Environment@holm.example.") == "Write to Environment@holm.example."


def test_accounts_are_left_out_unless_they_are_words() -> None:
    assert MASK("by @maya-h, bo") == "by @a person, bo"


def test_ids_of_what_stays_in_are_told_in_general_words() -> None:
    assert MASK("see [[PRO-001|spills by Maya]], pro-001, PER-001") == (
        "see an internal document, an internal document, EHS manager"
    )
    assert MASK("PRO-0011, X-PRO-001, [[POL-001|ours]]") == "PRO-0011, X-PRO-001, [[POL-001|ours]]"


@given(st.text(max_size=200))
def test_what_is_masked_stays_as_it_is_when_it_is_masked_again(text: str) -> None:
    once = MASK(f"{text} Maya Holm {text}")
    assert MASK(once) == once
    assert "maya holm" not in once.casefold()


def test_a_long_text_of_one_word_takes_no_time() -> None:
    assert MASK("a" * 200_000) == "a" * 200_000
    assert MASK("A-" * 50_000) == "A-" * 50_000
