"""Rules of other distributions: found by their entry point, judged and shown as ours, refused in words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.story import Story

RULE = '''\
"""A tank has no bund

## What it checks
Every row whose title says tank has a control.

## Why an auditor asks
Tanks leak.

## Fails
No control.

`ems/registers/aspects.yml`
```yaml
id: REG-ASP
type: aspect
title: Aspects
rows:
  - id: ASP-001  # ← XTK001
    title: Tank
```

## Passes
A control.

`ems/registers/aspects.yml`
```yaml
id: REG-ASP
type: aspect
title: Aspects
rows:
  - id: ASP-001
    title: Tank
    controls: [OPC-001]
```

## How to fix
Name the bund under `controls`.
"""

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow
from mkdocs_ems.rules import Rule
from mkdocs_ems.rules.values import place


def check(context):
    for entry, aspect in context.each(AspectRow):
        if "tank" in aspect.name.lower() and not aspect.controls:
            yield Finding(f"{aspect.name} has no bund", place(entry), id=aspect.id)


RULE = Rule(
    code="XTK001",
    name="tank-without-bund",
    severity=Severity.ERROR,
    basis=Basis.OWN_RULE,
    clauses_2015=("8.1",),
    clauses_2026=("8.1",),
    since="1.0",
    check=check,
)
'''

ASPECTS = "id: REG-ASP\ntype: aspect\ntitle: Aspects\nrows:\n  - {id: ASP-001, title: Tank 4}\n"
Ems = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def ems(tmp_path: Path) -> Ems:
    """Runs `ems` in a repository with one tank, beside a distribution with the given module and entry."""
    story = Story(tmp_path / "repository")
    story.commit(
        {
            "ems/ems.yml": "schema: 1\norganisation: {name: Small Works}\n",
            "ems/registers/aspects.yml": ASPECTS,
        },
        by="Maya Holm <maya@small.example>",
        message="Begin",
        date="2026-01-05",
    )
    repository = story.flush()

    def run(*arguments: str, module: str, entry: str = "tank_rules") -> subprocess.CompletedProcess[str]:
        site = tmp_path / "site"
        info = site / "tank_rules-2.1.dist-info"
        info.mkdir(parents=True, exist_ok=True)
        (site / "tank_rules.py").write_text(module, encoding="utf-8")
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tank-rules\nVersion: 2.1\n")
        (info / "entry_points.txt").write_text(f"[mkdocs_ems.rules]\ntank = {entry}\n")
        environment = {
            **os.environ,
            "PYTHONPATH": str(site),
            "EMS_CACHE_DIR": str(tmp_path / "cache"),
            # Python takes a module that was written twice in one second for unchanged.
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        command = [sys.executable, "-m", "mkdocs_ems", *arguments]
        return subprocess.run(
            command, cwd=repository, env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.mark.parametrize("entry", ["tank_rules", "tank_rules:RULE"])
def test_an_installed_rule_is_judged_and_explained_as_ours(ems: Ems, entry: str) -> None:
    done = ems("check", "--ref", "main", "--select", "XTK", "--format", "json", module=RULE, entry=entry)
    assert done.returncode == 1, done.stderr
    (found,) = json.loads(done.stdout)["diagnostics"]
    assert (found["code"], found["name"], found["id"], found["line"]) == (
        "XTK001",
        "tank-without-bund",
        "ASP-001",
        5,
    )
    assert found["help"] == "Name the bund under `controls`."
    assert "Tanks leak." in ems("explain", "tank-without-bund", module=RULE, entry=entry).stdout
    assert "XTK001" in ems("rules", module=RULE, entry=entry).stdout


def test_a_changed_installed_rule_is_asked_anew(ems: Ems) -> None:
    assert "XTK001" in ems("check", "--ref", "main", "--format", "concise", module=RULE).stdout
    changed = RULE.replace('"tank" in', '"silo" in')
    assert "XTK001" not in ems("check", "--ref", "main", "--format", "concise", module=changed).stdout


@pytest.mark.parametrize(
    ("module", "fault"),
    [
        ("raise ValueError('broken')", "cannot be loaded: ValueError: broken"),
        ("RULE = 3", "tank_rules of tank-rules 2.1 is no rule"),
        (RULE.replace("XTK001", "ASP010"), "'ASP010' is no code for a rule of yours"),
        (RULE.replace('since="1.0",', 'since="1.0", requires=("XXX001",),'), "requires XXX001"),
        (RULE.replace('"tank-without-bund"', '"Tank!"'), "the name 'Tank!' of XTK001"),
        (RULE.replace("## How to fix", "## How to mend"), "XTK001"),
        (RULE + "\nRULES = (RULE, RULE)\n", "two rules with the code XTK001"),
    ],
)
def test_an_installed_rule_that_cannot_be_used_is_one_line_and_exit_2(
    ems: Ems, module: str, fault: str
) -> None:
    done = ems("check", module=module)
    assert done.returncode == 2
    assert "tank-rules 2.1" in done.stderr
    assert fault in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("module", "fault"),
    [
        (
            RULE.replace("for entry,", "1 / 0\n    for entry,"),
            "ZeroDivisionError: division by zero (tank_rules",
        ),
        (RULE.replace("yield Finding(", "yield str("), "TypeError"),
        (
            RULE.replace(
                'yield Finding(f"{aspect.name} has no bund", place(entry), id=aspect.id)', "yield 3"
            ),
            "int",
        ),
        (RULE.replace("id=aspect.id", 'id=aspect.id, code="ASP001"'), "it speaks for ASP001"),
    ],
)
def test_an_installed_rule_that_fails_is_no_finding_and_names_who_answers_for_it(
    ems: Ems, module: str, fault: str
) -> None:
    done = ems("check", "--ref", "main", "--select", "XTK", module=module)
    assert done.returncode == 2
    assert "XTK001 of tank-rules 2.1 fails" in done.stderr
    assert fault in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_installed_rule_that_fails_can_be_left_out(ems: Ems) -> None:
    module = RULE.replace("for entry,", "1 / 0\n    for entry,")
    done = ems("check", "--ref", "main", "--select", "REF,XTK", "--ignore", "XTK001", module=module)
    assert (done.returncode, done.stderr) == (0, "")
