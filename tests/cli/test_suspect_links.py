"""A suspect link from the change to the confirmation, on real git and through the commands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_ems.cli.main import ems
from support.company import settings
from support.desk import WASTE, Desk
from support.looked import CONTROLS, MATRIX, control, procedure, register

PATH = f"ems/{CONTROLS}"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Ann changed the control that a procedure mentions; Eve approved that."""
    desk = Desk(tmp_path, monkeypatch)
    files = {WASTE: procedure(), PATH: register(control())}
    desk.begin(ems_yml=settings(matrix=MATRIX), **files)
    desk.change({PATH: register(control("Hall"))}, message="Move the bins")
    assert desk.approve("REG-CONTROLS").exit_code == 0
    return desk


def change(desk: Desk, files: Mapping[str, str]) -> None:
    """Let Ann commit a change on top of what was approved at the desk."""
    for path, text in files.items():
        (desk.root / path).write_text(text)
        desk.git("add", path)
    desk.git("commit", "--quiet", "--message", "Change")


def suspect(desk: Desk, *more: str) -> list[tuple[str, str, str]]:
    """Severity, id and message of every suspect link that `ems check` tells."""
    asked = ["check", "--repo", str(desk.root), "--select", "REF008", "--as-of", "2026-03-02", "--no-cache"]
    done = CliRunner().invoke(ems, [*asked, "--format", "json", *more])
    found = json.loads(done.stdout)
    assert not found["not_evaluated"]
    return [(one["severity"], one["id"], one["message"]) for one in found["diagnostics"]]


def test_a_confirmation_clears_the_suspect_links_of_a_document(desk: Desk) -> None:
    [(severity, identity, message)] = suspect(desk)
    assert (severity, identity) == ("warning", "PRO-001")
    assert message == (
        "PRO-001 mentions OPC-001 (Bins OPC-001), which has changed since PRO-001 was last taken over on "
        "2026-01-05: issue 2 of REG-CONTROLS, in force since 2026-03-02, differs in `where`"
    )
    done = desk.approve("PRO-001", "--meaning", "confirmation")
    assert done.exit_code == 0, done.output
    assert suspect(desk) == []


def test_an_approval_of_another_text_clears_them_as_well(desk: Desk) -> None:
    change(desk, {WASTE: procedure("Sort in the hall by [[OPC-001]].")})
    assert suspect(desk) == []  # a draft waits for its own look
    assert desk.approve("PRO-001").exit_code == 0
    assert suspect(desk) == []


def test_the_work_tree_is_judged_as_it_would_land(desk: Desk) -> None:
    assert [one for _, one, _ in suspect(desk)] == ["PRO-001"]
    (desk.root / WASTE).write_text(procedure("Sort in the hall by [[OPC-001]]."))
    assert suspect(desk) == []
    assert [one for _, one, _ in suspect(desk, "--ref", "HEAD")] == ["PRO-001"]


def test_texts_that_merely_mention_documents_that_changed_are_one_note(desk: Desk) -> None:
    others = {
        f"ems/procedures/{number}.md": procedure("As [[PRO-001]] says.", identity=f"PRO-10{number}")
        for number in (1, 2)
    }
    change(desk, {**others, WASTE: procedure("Sort.")})
    for name in ("PRO-001", "PRO-101", "PRO-102"):
        assert desk.approve(name).exit_code == 0
    change(desk, {WASTE: procedure("Sort weekly.")})
    assert desk.approve("PRO-001").exit_code == 0
    [(severity, identity, message)] = suspect(desk)
    assert (severity, identity) == ("info", None)
    assert message == (
        "2 texts mention documents that have changed since those texts were last looked at: PRO-101 mentions "
        "PRO-001; PRO-102 mentions PRO-001"
    )
    assert desk.approve("PRO-101", "--meaning", "confirmation").exit_code == 0
    [(severity, identity, message)] = suspect(desk)
    assert (severity, identity) == ("info", "PRO-102")
    assert message.startswith("PRO-102 mentions PRO-001 (Waste PRO-001), which has changed since PRO-102 was")
