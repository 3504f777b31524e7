"""Acts in real repositories: a text for the interim, an editorial change, a withdrawal by a merge."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from mkdocs_ems.control import DocumentControl, DocumentState, approved_snapshot, derive_control
from mkdocs_ems.control.recording import record_bytes, record_name
from mkdocs_ems.control.records import ApprovalRecord
from mkdocs_ems.git import Repository
from support.company import MATRIX, PEOPLE, POLICY, REPOSITORY, ROLES, procedure, settings
from support.story import Story

PATH = "ems/procedures/waste.md"
FOLDER = "ems/records/approvals"
WEAK = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], accepts: [declared, recorded]}\n"


def begin(story: Story, text: str = "Sort the waste.", *, matrix: str = MATRIX) -> Story:
    """A trust root with issue 1 of the procedure."""
    base = {
        "ems/ems.yml": settings(matrix=matrix),
        "ems/registers/people.yml": PEOPLE,
        "ems/registers/roles.yml": ROLES,
        "ems/policy.md": POLICY,
        PATH: procedure(text),
    }
    story.commit(base, by="ann", message="Adopt the system")
    return story


def record(text: str, *, by: str, n: int = 1, **said: object) -> dict[str, bytes]:
    """A record as the program writes it, for the procedure with a text."""
    made = ApprovalRecord.model_validate(
        {
            "schema": "ems-approval/1",
            "repository": REPOSITORY,
            "document": "PRO-001",
            "issue": 2,
            "meaning": "approval",
            "manifest": {"main": sha256(procedure(text).encode()).hexdigest()},
            "approver": f"{by}@example.org",
            "date": "2026-03-02T10:00:00Z",
            **said,
        }
    )
    return {f"{FOLDER}/{record_name(made, n)}": record_bytes(made)}


def stand(story: Story, day: str) -> tuple[DocumentControl, Mapping[str, bytes]]:
    """The procedure, and the files of the approved overlay, on a day."""
    story.flush()
    with Repository.open(story.path) as repository:
        snapshot = repository.snapshot(story.head, content="ems")
        history = repository.history(story.head, content="ems", main_branch="main")
        blobs = repository.blobs
        control = derive_control(history, snapshot, blobs=blobs, as_of=date.fromisoformat(day))
        found = control.documents["PRO-001"]
        assert found.previous is not None
        return found, approved_snapshot(snapshot, control, blobs=blobs).files


def test_a_text_for_the_interim_is_shown_for_its_days_in_a_real_repository(story: Story) -> None:
    begin(story)
    story.commit({PATH: procedure("At once.")}, by="ann", date="2026-03-01")
    said = {"meaning": "interim", "valid_until": "2026-03-10"}
    story.commit({**record("At once.", by="eve", **said)}, by="eve", date="2026-03-02")
    document, files = stand(story, "2026-03-10")
    assert document.interim is not None
    assert files[PATH] == procedure("At once.").encode()
    document, files = stand(story, "2026-03-11")
    assert document.interim is None
    assert files[PATH] == procedure().encode()


def test_an_interim_that_a_branch_brings_is_only_declared_and_lets_nothing_be_used(story: Story) -> None:
    begin(story).branch("work")
    said = {"meaning": "interim", "valid_until": "2026-03-10"}
    made = record("At once.", by="eve", **said)
    story.commit({PATH: procedure("At once."), **made}, by="ann", date="2026-03-01")
    story.switch()
    story.merge("work", by="ben", date="2026-03-02")
    document, files = stand(story, "2026-03-03")
    assert document.interim is None
    assert files[PATH] == procedure().encode()


def test_a_typing_error_is_mended_by_one_of_two_persons_in_a_real_repository(story: Story) -> None:
    two = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2, editorial_persons: 1}\n"
    begin(story, "Sort teh waste.", matrix=MATRIX + two)
    story.commit({PATH: procedure("Sort the waste.")}, by="ann", date="2026-03-01")
    made = record("Sort the waste.", by="eve", change="editorial")
    story.commit({**made}, by="eve", date="2026-03-02")
    document, _ = stand(story, "2026-03-03")
    assert [(issue.number, issue.editorial) for issue in document.issues] == [(1, False), (2, True)]


def test_a_merge_may_bring_the_deletion_with_its_withdrawal(story: Story) -> None:
    begin(story, matrix=MATRIX + WEAK).branch("work")
    made = record("Sort the waste.", by="otto", issue=1, meaning="withdrawal")
    story.commit({PATH: None, **made}, by="ann", date="2026-03-01")
    story.switch()
    story.merge("work", by="eve", date="2026-03-02")
    document, files = stand(story, "2026-03-03")
    assert (document.state, document.pending) == (DocumentState.WITHDRAWN, None)
    assert PATH not in files


def test_the_records_that_a_record_names_are_those_that_plain_git_lists(story: Story) -> None:
    begin(story)
    story.commit({**record("Sort the waste.", by="eve", issue=1)}, by="eve", date="2026-02-01")
    stray = {f"{FOLDER}/PRO-001/stray.yml": "note: kept by mistake\n", f"{FOLDER}/PRO-001/a.sig": "x"}
    story.commit(stray, by="ben")
    landed = story.commit({PATH: procedure("Two.")}, by="ann", date="2026-03-01")
    document, _ = stand(story, "2026-03-03")
    listed = _git(story, "ls-tree", "--name-only", f"{landed}^", f"{FOLDER}/PRO-001/").decode().split()
    by_hand = sorted(
        sha256(_git(story, "cat-file", "blob", f"{landed}^:{name}")).hexdigest()
        for name in listed
        if name.endswith(".yml")
    )
    assert list(document.previous) == by_hand
    assert len(by_hand) == 2
    said = {"previous": by_hand}
    story.commit({**record("Two.", by="eve", **said)}, by="eve", date="2026-03-02")
    document, _ = stand(story, "2026-03-03")
    assert document.issues[-1].number == 2
    assert document.issues[-1].completed is not None
    assert document.issues[-1].completed.commit.id == story.head


def _git(story: Story, *words: str) -> bytes:
    told = subprocess.run(["git", "-C", str(story.path), *words], check=True, capture_output=True)
    return told.stdout
