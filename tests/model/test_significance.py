"""Significance follows from the declared method, and says how."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.model import AspectRow
from mkdocs_ems.model.method import Significance
from mkdocs_ems.model.significance import Assessment, ProblemKind, assess

FIVE = {str(value): "words" for value in range(1, 6)}


def method(**changes: Any) -> Significance:  # noqa: ANN401 - written as YAML would give it
    return Significance.model_validate(
        {
            "criteria": {"likelihood": {"values": FIVE}, "severity": {"values": FIVE}},
            "formula": "likelihood * severity",
            "threshold": "score >= 12 or severity >= 4",
            "bands": [{"label": "high", "from": "12"}, {"label": "low", "from": "1"}],
            **changes,
        }
    )


def assessed(criteria: dict[str, str], how: Significance | None = None, **row: Any) -> Assessment:  # noqa: ANN401 - as above
    return assess(AspectRow.model_validate({"criteria": criteria, **row}), how or method())


def test_score_verdict_band_and_words_follow_from_the_criteria() -> None:
    result = assessed({"likelihood": "3", "severity": "5"})
    assert (result.score, result.significant, result.by_method, result.band) == (15.0, True, True, "high")
    words = "likelihood 3 × severity 5 = 15; significant because score ≥ 12 and severity 5 ≥ 4"  # noqa: RUF001
    assert result.computation == words
    assert result.problems == ()


def test_what_is_below_the_threshold_says_so() -> None:
    result = assessed({"likelihood": "3", "severity": "3"})
    assert (result.score, result.significant, result.band) == (9.0, False, "low")
    assert result.computation.endswith("not significant because score < 12 and severity 3 < 4")


def test_an_override_decides_and_is_told() -> None:
    result = assessed({"likelihood": "3", "severity": "5"}, override={"value": "false", "reason": "x"})
    assert (result.significant, result.by_method, result.overridden) == (False, True, True)
    assert result.computation.endswith("; overridden: not significant")


@pytest.mark.parametrize(
    ("declared", "differs"), [("15", False), ("15.0", False), ("14", True), ("15.4", True)]
)
def test_a_declared_score_is_compared(declared: str, differs: bool) -> None:  # noqa: FBT001 - a case's verdict
    assert assessed({"likelihood": "3", "severity": "5"}, score=declared).score_differs is differs


@pytest.mark.parametrize(
    ("declared", "differs"), [("3.33", False), ("3.3", False), ("3", True), ("3.34", True)]
)
def test_a_declared_score_may_be_rounded_to_the_decimals_it_has(declared: str, differs: bool) -> None:  # noqa: FBT001 - as above
    how = method(formula="likelihood * severity / 3")
    assert assessed({"likelihood": "5", "severity": "2"}, how, score=declared).score_differs is differs


def test_a_declared_verdict_is_compared_with_the_one_that_counts() -> None:
    criteria = {"likelihood": "3", "severity": "5"}
    assert assessed(criteria, significant="false").significance_differs
    assert not assessed(criteria, significant="true").significance_differs
    assert not assessed(criteria, significant="false", override={"value": "false"}).significance_differs


def test_all_missing_criteria_are_one_problem() -> None:
    (problem,) = assessed({}).problems
    assert problem.kind is ProblemKind.MISSING_CRITERION
    assert problem.message == "likelihood and severity are missing: the method asks for them"
    assert problem.route == ("criteria",)


def test_a_mistyped_criterion_is_one_problem_at_its_name() -> None:
    (problem,) = assessed({"likelyhood": "3", "severity": "5"}).problems
    assert problem.kind is ProblemKind.UNKNOWN_CRITERION
    assert problem.message == '"likelyhood" is not a criterion of the method; did you mean "likelihood"?'
    assert (problem.route, problem.key) == (("criteria", "likelyhood"), True)


def test_a_value_outside_its_scale_is_one_problem_at_the_value() -> None:
    result = assessed({"likelihood": "9", "severity": "5"})
    (problem,) = result.problems
    assert problem.kind is ProblemKind.OUTSIDE_SCALE
    assert problem.message == "likelihood 9 is outside its scale (1, 2, 3, 4, 5)"
    assert problem.route == ("criteria", "likelihood")
    assert (result.score, result.significant) == (None, None)


def test_without_a_method_nothing_is_computed_and_what_was_declared_stands() -> None:
    result = assess(AspectRow.model_validate({"significant": "true"}), None)
    assert [problem.kind for problem in result.problems] == [ProblemKind.NO_METHOD]
    assert (result.score, result.significant) == (None, True)


def test_without_a_threshold_people_decide() -> None:
    how = method(threshold=None)
    assert assessed({"likelihood": "1", "severity": "1"}, how).significant is None
    assert assessed({"likelihood": "1", "severity": "1"}, how, significant="true").significant is True


def test_a_method_that_cannot_be_read_is_a_problem_without_a_place_in_the_row() -> None:
    (problem,) = assessed({"likelihood": "3", "severity": "5"}, method(formula="likelihood *")).problems
    assert problem.kind is ProblemKind.BAD_METHOD


def test_dividing_by_zero_is_a_problem() -> None:
    (problem,) = assessed(
        {"likelihood": "3", "severity": "3"}, method(formula="1 / (likelihood - severity)")
    ).problems
    assert problem.kind is ProblemKind.NOT_COMPUTABLE
    assert "divides by zero" in problem.message


def test_words_count_by_their_points_and_may_be_compared() -> None:
    scale = {
        "values": {"low": "l", "medium": "m", "high": "h"},
        "points": {"low": "1", "medium": "2", "high": "3"},
    }
    legal = {"values": {"yes": "a limit applies", "no": "none does"}}
    how = method(
        criteria={"risk": scale, "legal": legal},
        formula="risk",
        threshold='risk >= 3 or (risk == 2 and legal == "yes")',
    )
    assert assessed({"risk": "Medium", "legal": "yes"}, how).significant is True
    assert assessed({"risk": "medium", "legal": "no"}, how).significant is False


def test_a_method_may_split_by_condition_and_ask_only_for_its_side() -> None:
    how = method(
        criteria={name: {"values": FIVE} for name in ("quantity", "hazard", "probability", "consequence")},
        formula='if(condition == "emergency", probability * consequence, quantity * hazard)',
        threshold='score >= if(condition == "emergency", 8, 12)',
    )
    emergency = {"probability": "2", "consequence": "4"}
    assert assessed(emergency, how, condition="emergency").significant is True
    assert assessed({"quantity": "2", "hazard": "4"}, how, condition="normal").significant is False
    (problem,) = assessed(emergency, how).problems
    assert problem.route == ("condition",)


def test_linked_obligations_may_count() -> None:
    how = method(threshold="score >= 12 or obligations > 0")
    assert assessed({"likelihood": "1", "severity": "1"}, how, obligations=["OBL-001"]).significant is True


def test_a_value_is_the_scales_however_its_number_is_written() -> None:
    assert assessed({"likelihood": "3.0", "severity": "05"}).score == 15.0


@settings(deadline=None)
@given(st.integers(1, 5), st.integers(1, 5))
def test_the_demonstrations_method_is_what_it_says(likelihood: int, severity: int) -> None:
    result = assessed({"likelihood": str(likelihood), "severity": str(severity)})
    assert result.score == likelihood * severity
    assert result.significant == (likelihood * severity >= 12 or severity >= 4)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(["likelihood", "severity", "other"]), st.text(max_size=8), max_size=3),
    st.text(max_size=30),
    st.text(max_size=30),
)
def test_whatever_is_written_is_assessed_without_an_error(
    criteria: dict[str, str], formula: str, threshold: str
) -> None:
    how = Significance.model_construct(**{**method().__dict__, "formula": formula, "threshold": threshold})
    result = assess(AspectRow.model_construct(**{**AspectRow().__dict__, "criteria": criteria}), how)
    assert result.computation or not result.problems
