"""A method that does not fit together is told at its place, once, before any aspect is judged."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from mkdocs_ems.diagnostics import Anchor, Route
from support.content import model_of

YES_NO = {"yes": "it does", "no": "it does not"}
LEVELS = {"low": "l", "medium": "m", "high": "h"}
FIVE = {str(value): "words" for value in range(1, 6)}
WHOLE = {"low": {"low": "L", "high": "M"}, "high": {"low": "M", "high": "H"}}
TWO = {"low": "l", "high": "h"}


class Plain(yaml.SafeDumper):
    """Writes what is named twice twice: the content knows no aliases."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def faults(**method: Any) -> list[tuple[Route, str, bool]]:  # noqa: ANN401 - written as YAML would give it
    text = yaml.dump({"significance": method}, Dumper=Plain, sort_keys=False)
    found = model_of({}, settings=f"schema: 1\norganisation: {{name: Small Works}}\n{text}").findings
    told = []
    for one in found:
        assert isinstance(one.at, Anchor)
        assert one.help
        told.append((one.at.route[1:], one.message, one.at.key))
    return told


def scored(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    criteria = {"likelihood": {"values": FIVE}, "severity": {"values": FIVE}}
    return {"criteria": criteria, "formula": "likelihood * severity", **more}


def matrix(table: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    criteria = {"likelihood": {"values": TWO}, "harm": {"values": TWO}}
    lookup = {"criteria": ["likelihood", "harm"], "table": table, **more.pop("lookup", {})}
    return {"criteria": criteria, "lookup": lookup, "threshold": 'rating == "H"', **more}


def test_a_sound_method_has_no_fault() -> None:
    assert faults(**scored(threshold="score >= 12")) == []
    assert faults(**matrix(WHOLE)) == []


@pytest.mark.parametrize(
    ("table", "route", "message"),
    [
        (
            {"low": {"low": "L", "high": "M"}, "high": {"low": "M"}},
            ("high",),
            "no result for harm high where likelihood is high",
        ),
        ({"low": {"low": "L", "high": "M"}}, (), "no result for likelihood high"),
        (
            {**WHOLE, "hihg": {"low": "M", "high": "H"}},
            ("hihg",),
            '"hihg" is not a value of likelihood; did you mean "high"?',
        ),
        (
            {"low": {"low": "L", "high": "M"}, "high": {"low": "M", "hgh": "H", "high": "H"}},
            ("high", "hgh"),
            'did you mean "high"?',
        ),
        ({**WHOLE, "High": {"low": "M", "high": "H"}}, ("High",), "likelihood high stands here twice"),
        ({"low": "L", "high": {"low": "M", "high": "H"}}, ("low",), "the table stops before harm"),
        (
            {"low": {"low": ["L"], "high": "M"}, "high": {"low": "M", "high": "H"}},
            ("low", "low"),
            "is no single word or number",
        ),
        (
            {"low": {"low": "", "high": "M"}, "high": {"low": "M", "high": "H"}},
            ("low", "low"),
            "is empty",
        ),
    ],
)
def test_a_hole_in_a_table_is_told_where_it_is(table: Any, route: Route, message: str) -> None:  # noqa: ANN401 - as above
    ((found, said, key),) = faults(**matrix(table))
    assert found == ("lookup", "table", *route)
    assert message in said
    assert key


def test_words_and_numbers_do_not_mix_in_a_table() -> None:
    table = {"low": {"low": 1, "high": 2}, "high": {"low": 2, "high": "H"}}
    ((route, said, _),) = faults(**matrix(table, threshold="rating >= 2"))
    assert route == ("lookup", "table", "high", "high")
    assert "both words and numbers" in said


def test_a_table_of_numbers_is_a_score_with_bands() -> None:
    table = {"low": {"low": 1, "high": 2}, "high": {"low": 2, "high": 3}}
    assert faults(**matrix(table, threshold="score >= 2", bands=[{"label": "low", "from": 1}])) == []


@pytest.mark.parametrize(
    ("lookup", "route", "message"),
    [
        ({"criteria": ["likelihood", "hram"]}, ("criteria", 1), 'did you mean "harm"?'),
        ({"criteria": ["harm", "harm"]}, ("criteria", 1), "stands here twice"),
        ({"criteria": []}, ("criteria",), "names no criteria"),
        ({"name": "harm"}, ("name",), "is a criterion already"),
        ({"name": "score"}, ("name",), "has a meaning of its own"),
        ({"name": "a b"}, ("name",), "cannot be used in a formula"),
        ({"table": "low"}, ("table",), "takes names with values"),
    ],
)
def test_criteria_and_name_of_a_table_are_judged(lookup: Any, route: Route, message: str) -> None:  # noqa: ANN401 - as above
    ((found, said, _),) = faults(**matrix(WHOLE, lookup=lookup))
    assert found == ("lookup", *route)
    assert message in said


@pytest.mark.parametrize(
    ("more", "route", "message"),
    [
        ({"rank": {"top": 3}, "threshold": "score > 3"}, ("rank",), "would both decide"),
        ({"rank": {}}, ("rank",), "one of top and top_percent"),
        ({"rank": {"top": 3, "top_percent": 20}}, ("rank",), "one of top and top_percent"),
        ({"rank": {"top": 0}}, ("rank", "top"), "is 0"),
        ({"rank": {"top": 3}, "formula": None}, ("rank",), "no score to rank by"),
        (
            {"bands": [{"label": "a", "from": 1}, {"label": "b", "from": 1}]},
            ("bands", 1, "from"),
            "two bands begin at 1",
        ),
        ({"bands": [{"label": "a", "from": 1}], "formula": None}, ("bands",), "no score"),
        (
            {"always_significant": [{"when": "limit > 0", "title": "x"}]},
            ("always_significant", 0, "when"),
            'did you mean "limits"?',
        ),
        (
            {"always_significant": [{"when": "score > 20", "title": "x"}]},
            ("always_significant", 0, "when"),
            '"score" is unknown',
        ),
        ({"always_significant": [{"when": "limits > 0"}]}, ("always_significant", 0), 'needs "title"'),
        ({"threshold": "count(severity) > 1"}, ("threshold",), "count counts comparisons"),
    ],
)
def test_ranks_bands_and_precedence_have_to_fit(more: Any, route: Route, message: str) -> None:  # noqa: ANN401 - as above
    method = {key: value for key, value in scored(**more).items() if value is not None}
    ((found, said, _),) = faults(**method)
    assert found == route
    assert message in said


def part(*conditions: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    return {"conditions": list(conditions), **scored(threshold="score >= 12"), **more}


def test_every_condition_has_its_part() -> None:
    ((route, said, key),) = faults(by_condition=[part("normal")])
    assert (route, key) == (("by_condition",), True)
    assert said == "no part is for abnormal or emergency conditions, so such aspects cannot be judged"
    assert faults(by_condition=[part("normal", "abnormal"), part("emergency")]) == []


def test_a_condition_has_one_part_only() -> None:
    ((route, said, _),) = faults(by_condition=[part("normal", "abnormal"), part("emergency", "normal")])
    assert route == ("by_condition", 1, "conditions", 1)
    assert said == "two parts are for normal conditions"


def test_what_stands_beside_the_parts_and_would_be_ignored_is_told() -> None:
    parts = [part("normal", "abnormal", "emergency")]
    ((route, said, _),) = faults(by_condition=parts, threshold="obligations > 0")
    assert route == ("threshold",)
    assert "beside by_condition" in said


def test_a_fault_in_a_part_stands_in_the_part() -> None:
    parts = [part("normal", "abnormal"), part("emergency", threshold="scroe >= 3")]
    ((route, said, _),) = faults(by_condition=parts)
    assert route == ("by_condition", 1, "threshold")
    assert 'did you mean "score"?' in said


def test_what_all_parts_share_is_told_once() -> None:
    always = [{"when": "incident == 'yse'", "title": "x"}]
    shared = {"incident": {"values": YES_NO}}
    parts = [part("normal", "abnormal"), part("emergency")]
    ((route, said, _),) = faults(criteria=shared, always_significant=always, by_condition=parts)
    assert route == ("always_significant", 0, "when")
    assert 'did you mean "yes"?' in said
    repeated = [part("normal", "abnormal", "emergency", criteria={**shared, **scored()["criteria"]})]
    ((route, _, _),) = faults(criteria=shared, by_condition=repeated)
    assert route == ("by_condition", 0, "criteria", "incident")
