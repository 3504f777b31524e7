"""Every method of docs/significance.md is sound, and computes what the page says of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from mkdocs_ems.exports.schemas import SETTINGS, file_schemas
from mkdocs_ems.model import KINDS, Model
from mkdocs_ems.model.assessed import assessed
from mkdocs_ems.model.assessment import Assessment
from mkdocs_ems.model.method_words import method_words
from support.content import model_of

PAGE = Path(__file__).parents[2] / "docs" / "significance.md"
SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(yaml|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """One method of the page with its aspects and what is said of them."""

    title: str
    method: str
    aspects: str
    said: dict[str, str]


def examples() -> list[Example]:
    found: list[Example] = []
    for title, body in SECTION.findall(PAGE.read_text(encoding="utf-8")):
        blocks = [text for _, text in BLOCK.findall(body)]
        if blocks:
            method, aspects, said = blocks
            lines = dict(line.split("  ", 1) for line in said.splitlines())
            found.append(Example(title, method, aspects, lines))
    return found


EXAMPLES = examples()
NUMBERED = {int(one.title.partition(".")[0]): one for one in EXAMPLES if one.title[0].isdigit()}


def model(method: str, aspects: str, *, more: dict[str, str] | None = None) -> Model:
    rows = "".join(f"  {line}\n" for line in aspects.splitlines())
    files = {
        "registers/aspects.yml": f"id: REG-A\ntype: aspect\ntitle: Aspects\nrows:\n{rows}",
        **(more or {}),
    }
    return model_of(files, settings=f"schema: 1\norganisation: {{name: Small Works}}\n{method}")


def by_id(made: Model) -> dict[str, Assessment]:
    return {aspect.id or "": one for _, aspect, one in assessed(made, made.settings.significance)}


def results(number: int, *rows: dict[str, Any]) -> list[Assessment]:
    """What a method of the page gives for aspects."""
    made = [{"id": f"ASP-{index:03}", **row} for index, row in enumerate(rows, start=1)]
    return list(by_id(model(NUMBERED[number].method, yaml.safe_dump(made))).values())


def rated(**criteria: object) -> dict[str, Any]:
    return {"criteria": {name: str(value) for name, value in criteria.items()}}


def test_the_page_shows_all_ten_methods_and_the_precedence() -> None:
    assert sorted(NUMBERED) == list(range(1, 11))
    assert len(EXAMPLES) == 11


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.title)
def test_a_method_of_the_page_is_sound(example: Example) -> None:
    assert model(example.method, example.aspects).findings == ()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.title)
def test_a_method_of_the_page_computes_what_the_page_says(example: Example) -> None:
    found = by_id(model(example.method, example.aspects))
    assert {identity: one.computation for identity, one in found.items()} == example.said


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.title)
def test_a_method_of_the_page_can_be_told_in_words(example: Example) -> None:
    method = model(example.method, example.aspects).settings.significance
    assert method is not None
    said = method_words(method)
    assert said.document == "P-02"
    assert all(part.steps for part in said.parts)
    assert all(one.meaning for part in said.parts for scale in part.criteria for one in scale.values)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.title)
def test_an_editor_finds_no_fault_in_a_method_of_the_page(example: Example) -> None:
    written = {"schema": "1", "organisation": {"name": "Small Works"}, **yaml.safe_load(example.method)}
    Draft7Validator(file_schemas(KINDS)[SETTINGS]).validate(json.loads(json.dumps(written)))


VERDICTS: dict[int, tuple[tuple[float | None, bool | None, str | None], ...]] = {
    1: ((15, True, "high"), (10, False, "medium")),
    2: ((21, True, None), (20, False, None)),
    3: ((17.5, False, "medium"), (11.5, False, "medium")),
    4: ((16, True, None), (12, False, None)),
    5: ((40, True, None), (8, False, None)),
    6: ((2, True, None), (4, True, None), (2, False, None)),
    7: ((None, True, "High"), (None, True, "Medium"), (None, False, "Medium")),
    8: ((18, True, "major"), (6, False, "minor"), (10, True, None)),
    9: ((20, True, None), (20, True, None), (6, False, None), (5, False, None), (25, None, None)),
    10: ((4, True, None), (5, None, None)),
}


@pytest.mark.parametrize("number", VERDICTS)
def test_score_verdict_and_band_of_each_method_are_exact(number: int) -> None:
    example = NUMBERED[number]
    found = by_id(model(example.method, example.aspects)).values()
    assert tuple((one.score, one.significant, one.band) for one in found) == VERDICTS[number]


FIVE = st.integers(1, 5)


@settings(deadline=None, max_examples=40)
@given(FIVE, st.integers(1, 10))
def test_five_by_ten_is_the_product(likelihood: int, severity: int) -> None:
    (one,) = results(2, rated(likelihood=likelihood, severity=severity))
    assert (one.score, one.significant) == (likelihood * severity, likelihood * severity > 20)


@settings(deadline=None, max_examples=40)
@given(FIVE, FIVE, st.sampled_from([1, 3, 5]), st.sampled_from([1, 3, 5]), st.sampled_from([1, 3, 5]))
def test_a_weighted_sum_is_exact(severity: int, frequency: int, legal: int, other: int, better: int) -> None:
    values = {"severity": severity, "frequency": frequency, "legal": legal}
    (one,) = results(3, rated(**values, stakeholder=other, improvement=better))
    exact = severity + frequency + 2 * legal + other + Fraction(better, 2)
    assert one.score == exact
    assert one.significant is (exact >= 18)


def test_the_matrix_gives_a_result_for_every_combination() -> None:
    words = ("low", "medium", "high")
    combinations = list(product(words, words, ("yes", "no")))
    found = results(7, *(rated(likelihood=a, consequence=b, legal=c) for a, b, c in combinations))
    assert not any(one.problems for one in found)
    for (likelihood, consequence, legal), one in zip(combinations, found, strict=True):
        level = words.index(likelihood) + words.index(consequence)
        rating = "High" if level >= 3 else "Medium" if level == 2 else "Low"
        assert (one.rating, one.significant) == (rating, rating == "High" or (level == 2 and legal == "yes"))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(FIVE, FIVE), min_size=1, max_size=30))
def test_a_rank_never_prefers_the_lower_score(ratings: list[tuple[int, int]]) -> None:
    found = results(9, *(rated(likelihood=a, severity=b) for a, b in ratings))
    inside = [one.score or 0 for one in found if one.significant]
    outside = [one.score or 0 for one in found if not one.significant]
    assert inside
    assert not outside or min(inside) > max(outside)
    assert len(inside) >= -(-len(found) // 5)


def test_a_limit_that_an_obligation_sets_makes_significant_from_either_side() -> None:
    obligations = """\
        id: REG-O
        type: obligation
        title: Obligations
        rows:
          - id: OBL-001
            title: Consent
            type: consent
            applicable: "yes"
            aspects: [ASP-002]
            conditions: [{text: Nickel, kind: limit}, {text: Sample weekly, kind: monitoring}]
          - id: OBL-002
            title: Not ours
            applicable: "no"
            aspects: [ASP-003]
            conditions: [{text: Zinc, kind: limit}]
        """
    rows = [
        {"id": "ASP-001", "condition": "emergency", "obligations": ["OBL-001"]},
        {"id": "ASP-002", "condition": "emergency"},
        {"id": "ASP-003", "condition": "emergency"},
    ]
    aspects = yaml.safe_dump([{**row, **rated(probability=1, consequence=1)} for row in rows])
    found = by_id(model(NUMBERED[8].method, aspects, more={"registers/obligations.yml": obligations}))
    assert [one.significant for one in found.values()] == [True, True, False]
    assert found["ASP-002"].computation.endswith(
        "significant whatever the score: A limit applies (limits 1 > 0)"
    )
