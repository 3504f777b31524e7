"""The lists of protections that `dev.py mutants` takes out, held to the code and the tests as they stand.

That each is told by its story is shown by running them; here, in every run of the tests, that none
of them has been left behind by a change of the code.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLES = sorted((ROOT / "tests").glob("*/mutants.toml"))
MUTANTS = [
    pytest.param(entry, id=f"{table.parent.name}-{number}")
    for table in TABLES
    for number, entry in enumerate(tomllib.loads(table.read_text(encoding="utf-8"))["mutant"], 1)
]


def test_every_list_of_protections_is_found() -> None:
    assert [table.parent.name for table in TABLES] == ["changes", "control", "hostile", "site"]


@pytest.mark.parametrize("mutant", MUTANTS)
def test_what_a_mutant_takes_out_stands_in_the_code_once(mutant: dict[str, str]) -> None:
    text = (ROOT / "plugins" / "mkdocs_ems" / mutant["module"]).read_text(encoding="utf-8")
    assert text.count(mutant["old"]) == 1, f"{mutant['without']}: {mutant['module']}"
    assert mutant["new"] != mutant["old"]


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_story_that_tells_a_mutant_is_a_test(mutant: dict[str, str]) -> None:
    place, _, name = mutant["story"].partition("::")
    told = (ROOT / "tests" / place).read_text(encoding="utf-8")
    # A story may be all tests of a file.
    wanted = f"def {name.partition('[')[0]}(" if name else "def test_"
    assert wanted in told, mutant["story"]
