"""The small language computes what it says, and refuses what it cannot read in plain words."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.model.expressions import Domain, Value, domain, evaluate, needed
from mkdocs_ems.model.saying import number_words, reason, spelled
from mkdocs_ems.model.syntax import MAX_DEPTH, MAX_LENGTH, ExpressionError, parse

VALUES: dict[str, Value] = {
    "likelihood": Fraction(3),
    "severity": Fraction(5),
    "score": Fraction(15),
    "legal": "yes",
}


def computed(text: str, values: dict[str, Value] | None = None) -> Value:
    return evaluate(parse(text).node, VALUES if values is None else values)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("likelihood * severity", 15),
        ("likelihood × severity + 1", 16),  # noqa: RUF001 - as people copy it from their procedure
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("2 - 3 - 4", -5),
        ("8 / 4 / 2", 1),
        ("-severity + --1", -4),
        ("min(likelihood, severity, 4)", 3),
        ("max(likelihood, severity * 2)", 10),
        ('if(legal == "yes", 2, 1) * severity', 10),
        ("if(likelihood > 3, 1 / 0, 7)", 7),
        ("0.1 + 0.2 == 0.3", True),
        ("score >= 12 or severity >= 6", True),
        ("score ≥ 16 or severity ≤ 4", False),
        ("not score < 12 and likelihood = 3", True),
        ('legal != "no"', True),
        ("10 / 4", Fraction(5, 2)),
    ],
)
def test_an_expression_gives(text: str, value: Value) -> None:
    assert computed(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it ends where a name, a number or ( is expected"),
        ("likelihood *", "it ends where a name, a number or ( is expected"),
        ("likelihood severity", '"severity" at character 12 stands where an operator such as * or and'),
        ("likelihood ** 2", '"*" at character 13 stands where a name, a number or ( is expected'),
        ("(1 + 2", "it ends where ) or an operator is expected"),
        ("1 < 2 < 3", "a < b < c is written a < b and b < c"),
        ("min", "( after min is expected"),
        ("if(1 > 2, 3)", "takes three things"),
        ("true", '"true" at character 1 is no name'),
        ("a.b", '".b" at character 2 cannot be read'),
        ("__import__('os')", '"(" at character 11'),
        ("score >= 12;", '";" at character 12 cannot be read'),
        ("1.2.3", "cannot be read"),
        ("3x", "cannot be read"),
        ("1" * 16, "cannot be read"),
        ("(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1), "nested more than"),
        ("1+" * MAX_LENGTH + "1", "longer than"),
    ],
)
def test_what_is_no_expression_is_refused_with_the_place(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 / 0", "divides by zero"),
        ("1 / (likelihood - 3)", "divides by zero"),
        (" * ".join(["999999999999999"] * 5), "too large"),
        ("unknown + 1", "has no value"),
        ('likelihood == "3"', "compares a number with a word"),
        ("legal * 2", "no number"),
        ("likelihood and severity", "write a comparison"),
        ("if(likelihood, 1, 2)", "write a comparison"),
        ("legal < 3", "no number"),
    ],
)
def test_what_cannot_be_computed_says_why(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        computed(text)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("likelyhood * 2", '"likelyhood" is unknown; did you mean "likelihood"?'),
        ("legal * 2", '"legal", which is no number'),
        ("(1 > 2) * 2", "a part of it, which is no number"),
        ('legal == "yse"', '"yse" is never its value; did you mean "yes"?'),
        ('legal > "no"', "words have no order"),
        ("legal == 3", "words are written in quotes"),
        ("score or 3 > 2", "join comparisons"),
        ("if(score, 1, 2)", "first part of if"),
        ("if(score > 1, 1, 2 > 1)", "different sorts"),
    ],
)
def test_a_misfit_is_found_without_computing(text: str, message: str) -> None:
    names: dict[str, Domain] = {"likelihood": Fraction, "score": Fraction, "legal": ("yes", "no")}
    with pytest.raises(ExpressionError) as refused:
        domain(parse(text).node, names)
    assert message in str(refused.value)


def test_an_if_needs_only_the_side_that_is_chosen() -> None:
    node = parse('if(condition == "emergency", a * b, c)').node
    assert needed(node, {}) == {"condition"}
    assert needed(node, {"condition": "emergency"}) == {"condition", "a", "b"}
    assert needed(node, {"condition": "normal"}) == {"condition", "c"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("likelihood * severity", "likelihood 3 × severity 5"),  # noqa: RUF001 - the sign that readers know
        ("(likelihood + severity) / 2", "(likelihood 3 + severity 5) ÷ 2"),
        ("max(likelihood, severity)", "the greatest of (likelihood 3, severity 5)"),
        ('if(legal == "yes", severity, 1) + 1', "severity 5 + 1"),
    ],
)
def test_a_computation_is_told_with_its_values(text: str, words: str) -> None:
    assert spelled(parse(text).node, VALUES) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("score >= 12", "score ≥ 12"),
        ("score >= 20", "score < 20"),
        ("score >= 20 or severity >= 4", "severity 5 ≥ 4"),
        ("score >= 20 or severity >= 6", "score < 20 and severity 5 < 6"),
        ('score >= 12 and legal == "no"', "legal ≠ no"),
        ("not score < 12", "score ≥ 12"),
    ],
)
def test_a_verdict_is_told_by_what_decided_it(text: str, words: str) -> None:
    assert reason(parse(text).node, VALUES) == words


@pytest.mark.parametrize(("value", "words"), [(15.0, "15"), (2.5, "2.5"), (1 / 3, "0.3333"), (-0.00001, "0")])
def test_a_number_is_shown_without_needless_decimals(value: float, words: str) -> None:
    assert number_words(value) == words


NUMBERS = st.integers(0, 50).map(str)
SUMS = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda one: f"({one[0]} {one[1]} {one[2]})"),
        inner.map(lambda one: f"-{one}"),
        st.tuples(inner, inner).map(lambda one: f"min({one[0]}, {one[1]})"),
        st.tuples(inner, inner).map(lambda one: f"max({one[0]}, {one[1]})"),
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(SUMS)
def test_arithmetic_agrees_with_python(text: str) -> None:
    exact = "".join(f"F({piece})" if piece.isdigit() else piece for piece in _pieces(text))
    try:
        expected = eval(exact, {"F": Fraction, "min": min, "max": max})  # noqa: S307 - our own sums
    except ZeroDivisionError:
        assert "divides by zero" in (fault(text) or "")
        return
    assert fault(text) in (None, "the result is too large")
    assert fault(text) or computed(text) == expected


def fault(text: str) -> str | None:
    try:
        computed(text)
    except ExpressionError as error:
        return str(error)
    return None


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for char in text:
        if char.isdigit() and pieces and pieces[-1].isdigit():
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


WORDS = [
    "likelihood",
    "legal",
    "score",
    '"yes"',
    "and",
    "or",
    "not",
    "if",
    "min",
    "(",
    ")",
    ",",
    "+",
    "*",
    "/",
]
SOUP = st.lists(st.sampled_from([*WORDS, "<", ">=", "==", "1", "0", "2.5"]), max_size=25).map(" ".join)


@settings(deadline=None)
@given(st.one_of(SOUP, st.text(max_size=60)))
def test_no_text_raises_anything_but_its_own_error(text: str) -> None:
    try:
        node = parse(text).node
    except ExpressionError:
        return
    names: dict[str, Domain] = {"likelihood": Fraction, "score": Fraction, "legal": ("yes", "no")}
    for look in (evaluate, needed, spelled, reason):
        with suppress(ExpressionError):
            look(node, VALUES)
    with suppress(ExpressionError):
        domain(node, names)


@settings(deadline=None)
@given(SOUP)
def test_what_fits_its_names_fails_only_by_zero_or_size(text: str) -> None:
    try:
        node = parse(text).node
        domain(node, {"likelihood": Fraction, "score": Fraction, "legal": ("yes", "no")})
    except ExpressionError:
        return
    assert fault(text) in (None, "it divides by zero", "the result is too large")
