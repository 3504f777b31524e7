"""Each rule finds its planted defect in a copy of the demonstration, and no other rule speaks of it unasked.

The cases stand in `tests/demo/defects/`: what is planted, as edits; why an auditor would write
it up; where the finding is expected; and under `also` what else is found because of it, with
the reason why that is a fault of its own.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_ems.compile import compile_state
from mkdocs_ems.git import Repository
from mkdocs_ems.rules import RULES, run_rules
from support.planting import AS_OF, Copies, Found

FOLDER = Path(__file__).with_name("defects")
CASES: list[Mapping[str, Any]] = [
    case for file in sorted(FOLDER.glob("*.yml")) for case in yaml.safe_load(file.read_text("utf-8"))
]
KEYS = """\
---
id: FRM-09
type: form
title: Keys of the chemical store
owner: ROL-STO
read_by: [ROL-STO]
---
Number, holder, day of return.
"""
SHORTEST_WHY = 40
"""A sentence that an auditor would say is not shorter."""


@pytest.fixture(scope="module")
def copies(demo: Path) -> Copies:
    with Repository.open(demo) as repository:
        snapshot = repository.snapshot("main", content="ems")
    files = {path.removeprefix("ems/"): data for path, data in snapshot.files.items()}
    # Who approved what in the past is no part of a copy that is taken over as it stands.
    return Copies({path: data for path, data in files.items() if not path.startswith("records/approvals/")})


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case['code']}-{case['subject']}") for case in CASES]
)
def test_a_planted_defect_is_found_and_nothing_else_that_the_case_does_not_explain(
    copies: Copies, case: Mapping[str, Any]
) -> None:
    planted = [Found(case["code"], case["subject"])]
    explained = [Found(one["code"], one["subject"]) for one in case.get("also", ())]
    found = copies.judge(case)
    told = "\n".join(f"{one.code} {one.id or one.span.path}: {one.message}" for one in found)
    assert Counter(map(Found.of, found)) == Counter([*planted, *explained]), told


def test_a_defect_in_the_work_tree_of_a_real_copy_is_found_as_well(demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(demo, copy)
    procedure = copy / "ems" / "procedures" / "P-09-chemical-storage.md"
    procedure.write_text(f"{procedure.read_text('utf-8')}\nWith sand.\n", encoding="utf-8")
    (copy / "ems" / "procedures" / "keys.md").write_text(KEYS, encoding="utf-8")
    with Repository.open(copy) as repository:
        state = compile_state(repository, as_of=AS_OF, now=datetime(2026, 11, 20, 12, tzinfo=UTC))
        before = compile_state(
            repository, ref="main", as_of=AS_OF, now=datetime(2026, 11, 20, 12, tzinfo=UTC)
        )
        new = Counter(map(Found.of, run_rules(state).diagnostics))
        new -= Counter(map(Found.of, run_rules(before).diagnostics))
    assert new == Counter(
        [Found("DOC005", "P-09"), Found("DOC004", "FRM-09"), Found("DOC021", "ems/procedures/keys.md")]
    )


def test_every_rule_of_the_catalogue_has_a_planted_defect() -> None:
    assert {case["code"] for case in CASES} == set(RULES)


def test_every_case_says_why_and_so_does_whatever_else_it_brings() -> None:
    for case in CASES:
        for one in (case, *case.get("also", ())):
            assert len(one["why"]) > SHORTEST_WHY, case["code"]
            assert one["why"].endswith("."), case["code"]
