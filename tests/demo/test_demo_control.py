"""What the pipeline makes of the demonstration: it comes out as the story means it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from mkdocs_ems.compile import Compilation, approved_state, compile_state
from mkdocs_ems.control import DocumentState, IssueState, Level, Meaning, Segregation
from mkdocs_ems.demo import write_demo
from mkdocs_ems.git import Identity, Repository
from mkdocs_ems.git.write import RepositoryWriter, Stamp
from mkdocs_ems.rules import run_rules

AS_OF = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PROJECT = Path(__file__).parents[2]
P_08 = "ems/procedures/P-08-etp-operation.md"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repository]:
    target = tmp_path_factory.mktemp("demonstration") / "demo"
    write_demo(target)
    with Repository.open(target) as opened:
        yield opened


@pytest.fixture(scope="module")
def compiled(repository: Repository) -> Compilation:
    return compile_state(repository, ref="main", as_of=AS_OF, now=NOW)


def test_the_planted_defects_are_found_and_nothing_else(compiled: Compilation) -> None:
    planted = yaml.safe_load(Path(__file__).with_name("planted.yml").read_bytes())
    found = run_rules(compiled).diagnostics
    assert sorted((one.code, one.id or "") for one in found) == sorted(
        (one["code"], one["id"] or "") for one in planted
    )
    assert not any(one.broken for one in found)


@pytest.mark.parametrize("ref", ["the adoption", "v2025.1", "v2025.2", "v2026.1", "v2026.2"])
def test_no_state_that_was_adopted_or_issued_is_broken(
    repository: Repository, compiled: Compilation, ref: str
) -> None:
    assert compiled.history is not None
    name = compiled.history.trust_root if ref == "the adoption" else ref
    then = compile_state(repository, ref=name, now=NOW)
    assert then.findings == ()
    assert not [one for one in run_rules(then).diagnostics if one.broken]


def test_the_manual_is_not_broken_in_a_repository_that_has_another_history(tmp_path: Path) -> None:
    files = {
        path.relative_to(PROJECT).as_posix(): path.read_bytes()
        for path in sorted((PROJECT / "ems").rglob("*"))
        if path.is_file()
    }
    with RepositoryWriter.init(tmp_path) as writer:
        writer.commit(files, message="Begin", by=Stamp(Identity("Ann", "ann@example.org"), NOW))
    with Repository.open(tmp_path) as opened:
        alone = compile_state(opened, ref="main", as_of=AS_OF, now=NOW)
    assert not [one for one in run_rules(alone).diagnostics if one.broken]


def test_the_issues_in_force_are_those_of_the_story(compiled: Compilation) -> None:
    assert compiled.control is not None
    in_force = {
        name: (document.in_force.number, document.in_force.level.word)
        for name, document in compiled.control.documents.items()
        if document.in_force
    }
    assert in_force == {
        "EMS-RULES": (4, "recorded"),
        "EP-01": (2, "recorded"),
        "EXT-001": (2, "recorded"),
        "EXT-002": (2, "recorded"),
        "EXT-003": (2, "recorded"),
        "EXT-004": (2, "recorded"),
        "EXT-005": (2, "recorded"),
        "EXT-006": (2, "recorded"),
        "FRM-01": (2, "recorded"),
        "P-01": (5, "recorded"),
        "P-02": (1, "adopted"),
        "P-03": (2, "recorded"),
        "P-04": (2, "recorded"),
        "P-05": (2, "recorded"),
        "P-06": (2, "paper"),
        "P-07": (2, "recorded"),
        "P-08": (4, "recorded"),
        "P-09": (2, "recorded"),
        "P-10": (2, "recorded"),
        "P-11": (2, "recorded"),
        "P-12": (2, "recorded"),
        "PL-01": (1, "recorded"),
        "POL-001": (2, "recorded"),
        "REG-ACT": (4, "signed"),
        "REG-ASP": (4, "recorded"),
        "REG-AUP": (4, "recorded"),
        "REG-AWR": (2, "recorded"),
        "REG-CAL": (3, "recorded"),
        "REG-CHG": (2, "recorded"),
        "REG-CHM": (2, "recorded"),
        "REG-CMP": (3, "recorded"),
        "REG-COP": (4, "recorded"),
        "REG-CRT": (2, "recorded"),
        "REG-EMR": (5, "recorded"),
        "REG-IMP": (2, "recorded"),
        "REG-ISS": (3, "recorded"),
        "REG-KPI": (1, "adopted"),
        "REG-MON": (3, "recorded"),
        "REG-NCR": (5, "signed"),
        "REG-OBJ": (4, "signed"),
        "REG-OBL": (5, "recorded"),
        "REG-OPC": (4, "recorded"),
        "REG-PER": (4, "recorded"),
        "REG-PRC": (2, "recorded"),
        "REG-PTY": (3, "recorded"),
        "REG-ROL": (2, "recorded"),
        "REG-RSK": (4, "recorded"),
        "REG-SUP": (2, "recorded"),
        "REG-WST": (2, "recorded"),
        "SCO-001": (2, "recorded"),
        "WI-01": (2, "attested"),
        "WI-02": (1, "declared"),
        "WI-03": (2, "recorded"),
        "WI-05": (1, "recorded"),
        "WI-06": (3, "recorded"),
    }


def test_the_history_shows_every_level_and_every_meaning(compiled: Compilation) -> None:
    assert compiled.control is not None
    documents = compiled.control.documents.values()
    issues = [issue for document in documents for issue in document.issues]
    assert {issue.level for issue in issues} == set(Level) - {Level.DRAFT}
    assert {issue.segregation for issue in issues} == {None, Segregation.ASSERTED, Segregation.PROVED}
    acts = [act for issue in issues for act in issue.approvals]
    acts += [act for document in documents for act in (*document.reviews, *document.confirmations)]
    acts += [act for document in documents for act in document.withdrawals]
    acts += [interim.act for document in documents for interim in document.interims]
    assert {act.meaning for act in acts} == set(Meaning)
    assert [issue.number for issue in compiled.control.documents["P-07"].issues if issue.editorial] == [2]
    assert {act.deputy_for for act in acts if act.meaning is Meaning.INTERIM} == {"ROL-OPS"}
    assert any(issue.effective_from > issue.approved_on.date() for issue in issues)


def test_one_change_waits_for_approval_and_one_instruction_is_withdrawn(compiled: Compilation) -> None:
    assert compiled.control is not None
    documents = compiled.control.documents
    assert [name for name, document in documents.items() if document.pending] == ["P-08"]
    withdrawn = [name for name, document in documents.items() if document.state is DocumentState.WITHDRAWN]
    assert withdrawn == ["WI-04"]
    assert documents["WI-04"].issues[-1].state is IssueState.WITHDRAWN


def test_no_author_approved_his_own_work_and_every_approval_after_adoption_is_known(
    compiled: Compilation,
) -> None:
    assert compiled.control is not None
    for document in compiled.control.documents.values():
        for issue in document.issues:
            assert issue.segregation is not Segregation.SELF
            assert bool(issue.approvals) == (issue.level is not Level.ADOPTED)


def test_the_move_and_the_later_date_and_the_house_label_come_out(compiled: Compilation) -> None:
    assert compiled.control is not None
    documents = compiled.control.documents
    assert compiled.history is not None
    assert "ems/procedures/aspects.md" in compiled.history.root
    assert documents["P-02"].path == "ems/procedures/P-02-aspects-and-significance.md"
    assert [issue.number for issue in documents["P-02"].issues] == [1]
    assert documents["P-08"].issues[1].effective_from == date(2025, 3, 1)
    assert [issue.label for issue in documents["P-01"].issues] == ["Rev D", "Rev E"]
    assert documents["P-09"].last_confirmed == date(2026, 5, 12)


def test_the_manual_shows_the_issue_in_force_of_the_procedure_that_was_edited(
    repository: Repository, compiled: Compilation
) -> None:
    shown = approved_state(compiled, repository)
    assert b"| Nickel | 1.5 mg/L | 2.0 mg/L |" in shown.snapshot.files[P_08]
    assert b"| Nickel | 1.8 mg/L | 2.0 mg/L |" in compiled.snapshot.files[P_08]
