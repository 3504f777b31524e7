"""What is parsed before the history is known: the same as later, and not parsed again."""

from __future__ import annotations

from mkdocs_ems.control import derive_control
from mkdocs_ems.control.heads import head_of, read_head
from mkdocs_ems.control.parsed import Parsed
from mkdocs_ems.control.places import Places
from mkdocs_ems.control.records import read_record
from support.chain import Chain, Work
from support.company import company, procedure

PATH = "ems/procedures/waste.md"
RECORD = "ems/records/approvals/PRO-001/1-approval-eve@example.org-1.yml"
ODD = "ems/records/approvals/PRO-001/nobody.yml"


def begun() -> Chain:
    chain = company(**{"procedures/waste.md": procedure()})
    odd = ODD.removeprefix("ems/")
    chain.merge(
        Work({"procedures/waste.md": procedure("Changed."), odd: "schema: ems-approval/1\n"}), by="eve"
    )
    return chain


def test_a_head_that_stood_in_the_snapshot_is_not_parsed_again() -> None:
    snapshot = begun().snapshot()
    data, blob = snapshot.files[PATH], snapshot.entries[PATH].blob
    wanted = read_head(PATH, head_of(PATH, data))
    assert wanted.id == "PRO-001"
    assert Parsed.of(snapshot).head(PATH, blob, b"never looked at") == wanted


def test_a_record_that_stood_in_the_snapshot_is_not_parsed_again() -> None:
    snapshot = begun().snapshot()
    data, blob = snapshot.files[ODD], snapshot.entries[ODD].blob
    wanted = read_record(ODD, blob, data, places=Places("ems"))
    assert wanted.findings
    assert Parsed.of(snapshot).record(ODD, blob, b"never looked at") == wanted


def test_the_same_bytes_are_another_record_under_another_name() -> None:
    snapshot = begun().snapshot()
    parsed = Parsed.of(snapshot)
    data, blob = snapshot.files[ODD], snapshot.entries[ODD].blob
    assert parsed.record(RECORD, blob, data) == read_record(RECORD, blob, data, places=Places("ems"))


def test_document_control_is_the_same_whenever_its_files_were_parsed() -> None:
    chain = begun()
    sooner, later = (
        derive_control(
            chain.history(), chain.snapshot(), blobs=chain.shelf, as_of=chain.now.date(), parsed=parsed
        )
        for parsed in (Parsed.of(chain.snapshot()), None)
    )
    assert sooner.findings == later.findings
    assert sooner.findings
    assert [one.state for one in sooner.documents.values()] == [one.state for one in later.documents.values()]
    assert [one.title for one in sooner.documents.values()] == [one.title for one in later.documents.values()]
