"""SECURITY.md held to the tests and protections that it names, row by row."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLES = {"control", "changes", "site"}
_TESTS = re.compile(r"`(tests/[\w./-]+)`")
NOTHING_TO_TAKE_OUT = {
    "`ems check` runs no code of the content and does not import MkDocs",
    "A request's check runs none of its code and sees no secret; nothing that a request can start may write",
    "What this package is made with is known",
}
"""What is kept by nothing being there: no line of ours could be taken out."""


def rows() -> list[list[str]]:
    lines = (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    assert cells[0] == ["promise", "how it is kept", "where it is proved", "taken out"]
    return cells[1:]


def steps() -> set[str]:
    text = (ROOT / "tests" / "hostile" / "mutants.toml").read_text(encoding="utf-8")
    return {entry["step"] for entry in tomllib.loads(text)["mutant"]}


def test_each_promise_names_tests_that_are_there() -> None:
    for promise, _, proved, _ in rows():
        named = _TESTS.findall(proved)
        assert named, promise
        assert [one for one in named if not (ROOT / one).exists()] == [], promise


def test_each_promise_names_protections_that_can_be_taken_out() -> None:
    known = steps() | {f"`mutants {table}`" for table in TABLES}
    for promise, _, _, taken in rows():
        named = [one.strip() for one in taken.split(",") if one.strip()]
        assert set(named) <= known, promise
        assert bool(named) is (promise not in NOTHING_TO_TAKE_OUT), promise


def test_each_protection_belongs_to_a_promise() -> None:
    named = {one.strip() for *_, taken in rows() for one in taken.split(",")}
    assert steps() <= named
