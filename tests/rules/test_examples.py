"""Every example on every rule's page is run: it finds what it marks, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_ems.diagnostics import RuleCase
from mkdocs_ems.rules import RULES, example_files, rule_docs, run_rules
from support.rule_cases import compiled, expected, found, judge

FAILS = [
    pytest.param(code, case, id=f"{code}-fails-{number}")
    for code, doc in rule_docs().items()
    for number, case in enumerate(doc.fails, start=1)
]
PASSES = [
    pytest.param(code, case, id=f"{code}-passes-{number}")
    for code, doc in rule_docs().items()
    for number, case in enumerate(doc.passes, start=1)
]


@pytest.mark.parametrize(("code", "case"), FAILS)
def test_a_failing_example_finds_exactly_what_it_marks(code: str, case: RuleCase, tmp_path: Path) -> None:
    assert case.expected, "a failing example marks at least one line"
    assert found(judge(case, tmp_path), code=code) == expected(case, code)


@pytest.mark.parametrize(("code", "case"), PASSES)
def test_a_passing_example_finds_nothing_that_it_does_not_mark(
    code: str, case: RuleCase, tmp_path: Path
) -> None:
    assert not case.expected, "a passing example marks nothing of its own rule"
    assert found(judge(case, tmp_path), code=code) == expected(case, code)


def test_the_small_ems_of_the_examples_has_no_finding() -> None:
    assert found(run_rules(compiled(example_files()))) == ()


def test_a_rule_that_needs_history_tells_it_in_its_examples() -> None:
    for code, doc in rule_docs().items():
        cases = (*doc.fails, *doc.passes)
        if RULES[code].needs_history:
            assert all(case.history for case in cases), code
