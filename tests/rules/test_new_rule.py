"""`dev.py new-rule` writes a file that is complete in form."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mkdocs_ems.rules import rule_doc

ROOT = Path(__file__).parents[2]
CATALOGUE = (ROOT / "plugins/mkdocs_ems/rules/catalogue.py").read_text("utf-8")


def _load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


new_rule = _load(ROOT / "scripts/new_rule.py", "new_rule")


def test_a_new_rule_imports_and_has_a_page_with_examples(tmp_path: Path) -> None:
    file = tmp_path / "abc123.py"
    file.write_text(new_rule.rule_text("ABC123", "aspect-without-owner"), encoding="utf-8")
    rule = _load(file, "abc123").RULE
    doc = rule_doc(rule)
    assert (doc.code, doc.name, doc.title) == ("ABC123", "aspect-without-owner", "Aspect without owner")
    assert doc.fails[0].expected == (("ems/registers/aspects.yml", 6),)
    assert doc.passes[0].expected == ()


@pytest.mark.parametrize("code", ["AAA001", "ASP099", "ZZZ999"])
def test_a_new_rule_is_added_to_the_list_of_the_catalogue_in_order(code: str) -> None:
    before, after = (_listed(text) for text in (CATALOGUE, new_rule.with_rule(CATALOGUE, code)))
    assert set(after) - set(before) == {code.lower()}
    assert after == sorted(after)
    assert max(map(len, new_rule.with_rule(CATALOGUE, code).splitlines())) <= 110


def _listed(text: str) -> list[str]:
    names: dict[str, object] = {}
    exec(compile(text.replace("map(_rule, _ALL.split())", "()"), "catalogue.py", "exec"), names)  # noqa: S102 - ours
    return str(names["_ALL"]).split()


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        ("xyz999", "fault-of-a-test", "three capitals and three digits"),
        ("XYZ999", "Aspect", "words with hyphens"),
        ("ASP010", "fault-of-a-test", "codes are never used twice"),
        ("XYZ999", "duplicate-id", "name of DOC002"),
    ],
)
def test_a_code_or_name_that_is_odd_or_taken_is_refused(code: str, name: str, words: str) -> None:
    assert words in (new_rule.fault(code, name) or "")


def test_a_free_code_and_name_are_accepted() -> None:
    assert new_rule.fault("XYZ999", "fault-of-a-test") is None
