"""The bytes in which approval records are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import yaml

from mkdocs_ems.control.places import Places
from mkdocs_ems.control.recording import canonical, record_bytes, record_name
from mkdocs_ems.control.records import ApprovalRecord, ForgeSource, RecordedManifest, ScanSource, read_record
from mkdocs_ems.control.terms import Meaning

MAIN, PART = "a" * 64, "b" * 64


def record(**other: object) -> ApprovalRecord:
    said: dict[str, object] = {
        "schema": "ems-approval/1",
        "repository": "6f1c0a7e",
        "document": "POL-001",
        "issue": 3,
        "meaning": Meaning.APPROVAL,
        "manifest": RecordedManifest(main=MAIN, parts={"img/flow.png": PART}),
        "previous": ("d" * 64, "c" * 64),
        "approver": "md@wrenholt.example",
        "role": "ROL-MD",
        "authors": ("ehs@wrenholt.example",),
        "date": "2026-11-21T10:00:00Z",
        "effective_from": "2026-12-01",
    }
    return ApprovalRecord.model_validate({**said, **other})


def test_the_form_is_the_promised_one() -> None:
    assert record_bytes(record()).decode() == (
        "schema: ems-approval/1\n"
        "repository: 6f1c0a7e\n"
        "document: POL-001\n"
        "issue: 3\n"
        "meaning: approval\n"
        f'manifest: {{main: {MAIN}, parts: {{"img/flow.png": {PART}}}}}\n'
        f"previous: [{'c' * 64}, {'d' * 64}]\n"
        "approver: md@wrenholt.example\n"
        "role: ROL-MD\n"
        "authors: [ehs@wrenholt.example]\n"
        "date: 2026-11-21T10:00:00Z\n"
        "effective_from: 2026-12-01\n"
    )


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"reason": 'He said: "no", then {left}; #1 next'},
        {"reason": "2026-01-01"},
        {"reason": "null"},
        {"reason": "- a list?"},
        {"repository": "123456"},
        {"repository": "1e3"},
        {"role": None, "for": "ROL-MD", "authors": ()},
        {"source": ScanSource(scan="POL-001 signed.pdf", sha256=PART)},
        {"meaning": Meaning.INTERIM, "valid_until": date(2026, 12, 1), "effective_from": None},
        {"change": "editorial"},
        {"date": "1970-01-02T00:00:00Z"},
        {"date": "9998-12-31T23:59:59Z"},
        {
            "source": ForgeSource(
                forge="github",
                review="wrenholt/ems#12 review 345",
                state="approved",
                dismissed=False,
                reviewer="helen-w",
                opener="aisha",
                pushers=("aisha",),
                authors=("aisha", "sam@wrenholt.example"),
                event="0" * 40,
            )
        },
    ],
)
def test_what_is_written_is_read_back_the_same(other: dict[str, object]) -> None:
    written = record(**other)
    places = Places("ems")
    path = f"{places.approvals}{record_name(written, 1)}"
    read = read_record(path, "blob", record_bytes(written), places=places)
    assert read.findings == ()
    assert read.record is not None
    assert canonical(read.record, record_bytes(written))
    assert read.record.model_copy(update={"previous": written.previous}) == written


def test_other_bytes_of_the_same_record_are_not_its_form() -> None:
    written = record()
    assert not canonical(written, record_bytes(written).replace(b"\n", b"\r\n"))
    assert not canonical(written, yaml.safe_dump(yaml.safe_load(record_bytes(written))).encode())


def test_the_moment_is_written_in_utc() -> None:
    moment = datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert record(date=moment.isoformat()).date == moment
    assert b"date: 2026-11-21T10:00:00Z\n" in record_bytes(record(date="2026-11-21T11:00:00+01:00"))
