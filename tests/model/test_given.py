"""A file below records/ that a record gives as evidence is read by nobody, and missed by nobody."""

from __future__ import annotations

import pytest

from support.content import model_of

PHOTO = "records/drills/valve.jpg"


def said(record: str, path: str = "records/inspections/one.yml") -> list[str]:
    files = {path: record, PHOTO: "a picture"}
    return [finding.message for finding in model_of(files).findings]


@pytest.mark.parametrize(
    ("record", "path"),
    [
        (f"id: CHK-1\ntype: inspection\nevidence: [{{file: {PHOTO}}}]\n", "records/inspections/one.yml"),
        (f"type: inspection\nrows:\n- id: CHK-1\n  evidence: [{{file: {PHOTO}}}]\n", "records/one.yml"),
        ("---\nid: CHK-1\ntype: inspection\n---\n![Valve](../drills/valve.jpg)\n", "records/x/one.md"),
    ],
)
def test_a_file_that_a_record_gives_belongs_there(record: str, path: str) -> None:
    assert said(record, path) == []


@pytest.mark.parametrize("file", ["store:valve.jpg", "valve.jpg", "../records/drills/valve.jpg"])
def test_a_file_that_no_record_gives_is_told(file: str) -> None:
    record = f"id: CHK-1\ntype: inspection\nevidence: [{{file: '{file}'}}]\n"
    assert said(record) == [f"{PHOTO} is not read, and no record gives it as evidence"]
