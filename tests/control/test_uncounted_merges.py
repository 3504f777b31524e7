"""A record that knows a history which the main branch no longer has: the trace that a foxtrot leaves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256

from mkdocs_ems.compile import controlled_state
from mkdocs_ems.control import DocumentControl, FaultReason
from mkdocs_ems.control.recording import record_bytes, record_name
from mkdocs_ems.control.records import ApprovalRecord
from mkdocs_ems.git import Repository
from support.company import PEOPLE, POLICY, REPOSITORY, ROLES, procedure, settings
from support.story import Story

PATH = "ems/procedures/waste.md"


def begin(story: Story) -> Story:
    base = {"ems/ems.yml": settings(), "ems/registers/people.yml": PEOPLE, "ems/registers/roles.yml": ROLES}
    story.commit({**base, "ems/policy.md": POLICY}, by="ann", message="Adopt the system")
    return story


def approve(story: Story, text: str, *, issue: int, previous: tuple[bytes, ...] = ()) -> bytes:
    """Ann lands a text, Eve the record that approves it; the record's bytes."""
    story.commit({PATH: text}, by="ann")
    record = ApprovalRecord.model_validate(
        {
            "schema": "ems-approval/1",
            "repository": REPOSITORY,
            "document": "PRO-001",
            "issue": issue,
            "meaning": "approval",
            "manifest": {"main": sha256(text.encode()).hexdigest(), "parts": {}},
            "previous": sorted(sha256(one).hexdigest() for one in previous),
            "approver": "eve@example.org",
            "date": f"{story.now:%Y-%m-%dT%H:%M:%SZ}",
        }
    )
    data = record_bytes(record)
    story.commit({f"ems/records/approvals/{record_name(record, 1)}": data}, by="eve", message="Approve")
    return data


def document(story: Story) -> DocumentControl:
    story.flush()
    with Repository.open(story.path) as repository:
        now = datetime(2026, 12, 31, tzinfo=UTC)
        state = controlled_state(repository, ref="main", as_of=date(2026, 12, 31), now=now)
        return state.control.documents["PRO-001"]


def reasons(found: DocumentControl) -> list[FaultReason]:
    return [fault.reason for fault in found.faults]


def test_on_the_chain_where_they_were_made_records_name_one_another(story: Story) -> None:
    first = approve(begin(story), procedure("One."), issue=1)
    approve(story, procedure("Two."), issue=2, previous=(first,))
    found = document(story)
    assert reasons(found) == []
    assert [issue.number for issue in found.issues] == [1, 2]


def test_after_a_foxtrot_the_later_record_tells_of_the_chain_that_it_was_made_on(story: Story) -> None:
    start = begin(story).head
    first = approve(story, procedure("One."), issue=1)
    approve(story, procedure("Two."), issue=2, previous=(first,))
    story.branch("side", at=start)
    story.commit({"ems/other.md": "Something else.\n"}, by="ben")
    merge = story.merge("main", by="ben")
    story.switch()
    story.writer.point("main", merge)
    found = document(story)
    assert FaultReason.UNCOUNTED_MERGE in reasons(found)
    told = next(one for one in found.faults if one.reason is FaultReason.UNCOUNTED_MERGE)
    assert f"by the merge {merge[:10]} of Ben" in told.words


def test_a_record_that_names_one_which_was_cut_off_tells_of_it(story: Story) -> None:
    first = approve(begin(story), procedure("One."), issue=1)
    lost = b"never here\n"
    approve(story, procedure("Two."), issue=2, previous=(first, lost))
    found = document(story)
    assert reasons(found) == [FaultReason.UNCOUNTED_MERGE]
    assert "records that the main branch never had" in found.faults[0].words


def test_a_list_that_leaves_a_record_out_is_only_wrong(story: Story) -> None:
    approve(begin(story), procedure("One."), issue=1)
    approve(story, procedure("Two."), issue=2)
    assert reasons(document(story)) == [FaultReason.WRONG_PREVIOUS]
