"""No date and no reference that leads nowhere is too odd for a rule: it is judged, or another tells it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mkdocs_ems.compile import compile_state
from mkdocs_ems.diagnostics import Report
from mkdocs_ems.git import Repository
from mkdocs_ems.rules import example_files, run_rules
from mkdocs_ems.rules.analyses import analysed
from mkdocs_ems.rules.values import AuditContext
from support.rule_cases import in_example
from support.story import Changes, Story

AWARENESS = """\
id: REG-AWR
type: awareness
title: Awareness
rows:
  - {id: AWR-001, title: Everybody, employers: [own], items: [policy, significant-aspects, contribution]}
"""
PEOPLE = """\
id: REG-PEOPLE
type: person
title: People
rows:
  - {id: PER-MAYA, title: Maya Holm, employer: own, roles: [{role: ROL-MD}, {role: ROL-NOWHERE}]}
"""


def test_who_was_given_a_role_that_nobody_wrote_down_is_no_holder_of_it() -> None:
    state = in_example({"ems/registers/awareness.yml": AWARENESS, "ems/registers/people.yml": PEOPLE})
    report = run_rules(state, select=["TRN006"])
    assert report.evaluated == ("TRN006",)
    (message,) = [one.message for one in report.diagnostics if one.message.startswith("nobody tells")]
    assert "ROL-NOWHERE" not in message


def judged(code: str, day: date, folder: Path, *commits: Changes) -> Report:
    """What a rule says on a day of what landed at the beginning of 2026."""
    story = Story(folder / "repository")
    for files in commits:
        story.commit(files)
    with Repository.open(story.flush()) as repository:
        now = datetime(2026, 6, 1, tzinfo=UTC)
        return run_rules(compile_state(repository, ref="main", as_of=day, now=now), select=[code])


CHANGE = """\
id: REG-CHG
type: change
title: Changes
rows:
  - {id: CHG-001, title: Line, status: implemented, approved_on: 2026-01-05, implemented_on: 9999-12-31,
     affected: [PRO-001]}
"""
ANALYSES = """\
type: analysis
rows:
  - {id: ANA-001, title: A, date: 2026-01-05, period_end: 9999-12-31, objectives: [OBJ-1], shows: Well}
  - {id: ANA-002, title: B, date: 2026-01-05, period_end: 9999-12-31, objectives: [OBJ-1], shows: Well}
"""
AUDIT = "id: AUD-001\ntype: audit\ntitle: Audit\ndate: 9999-12-31\nby: [ROL-MD]\n"


ASKED = "id: COL-001\ntype: communication\ntitle: Q\ndate: 9999-12-31\ndirection: in\nkind: complaint\n"


@pytest.mark.parametrize(
    ("code", "path", "text"),
    [
        ("COM002", "records/communications/COL-001.yml", ASKED),
        ("CHG003", "registers/changes.yml", CHANGE),
        ("AUD007", "records/audits/AUD-001.yml", AUDIT),
    ],
)
def test_the_last_day_of_the_calendar_is_a_day_as_any_other(
    code: str, path: str, text: str, tmp_path: Path
) -> None:
    report = judged(code, date.max, tmp_path, {**example_files(), f"ems/{path}": text})
    assert report.evaluated == (code,)


def test_analyses_up_to_the_last_day_of_the_calendar_are_analyses() -> None:
    context = AuditContext(in_example({"ems/records/analyses/2026.yml": ANALYSES}))
    assert analysed(context).objectives == {"OBJ-1": date.max}


TRAINING = """\
id: TRN-001
type: training
title: Duties
date: 2026-02-02
by: [ROL-MD]
people: [PER-BEN]
competences: [CMP-001]
result: passed
effectiveness: {method: interview, result: effective, date: 2026-03-01}
"""


def test_a_record_that_is_gone_is_missed_whatever_stood_in_it(tmp_path: Path) -> None:
    path = "ems/records/training/TRN-001.yml"
    (one,) = judged(
        "REC002", date(2026, 6, 1), tmp_path, {**example_files(), path: TRAINING}, {path: None}
    ).diagnostics
    assert one.message.startswith("TRN-001 was taken out of")


CHECK = "id: CHK-001\ntype: inspection\ntitle: Yard\ndate: 2026-01-05\nby: [ROL-MD]\nresult: in-order\n"


def test_a_closed_record_does_not_become_one_of_another_type(tmp_path: Path) -> None:
    path = "ems/records/inspections/CHK-001.yml"
    other = CHECK.replace("inspection", "drill").replace("result: in-order\n", "")
    (one,) = judged(
        "REC001", date(2026, 6, 1), tmp_path, {**example_files(), path: CHECK}, {path: other}
    ).diagnostics
    assert "`type`" in one.message
