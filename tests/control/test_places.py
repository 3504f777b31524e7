"""What a path is to document control, by its name alone."""

from __future__ import annotations

import pytest

from mkdocs_ems.control.places import Place, Places


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("ems/procedures/img/flow.png", True),
        ("ems/records/audits/plan.png", True),
        ("ems/records/readings/MON-001-2026.csv", False),
        ("ems/records/approvals/P-01/1-signed.pdf", False),
        ("ems/records/audits/report.yml", False),
        ("ems/allowed_signers", False),
        ("ems/procedures/P-01.md", False),
    ],
)
def test_a_picture_is_a_part_wherever_it_lies_and_a_reading_never(path: str, *, part: bool) -> None:
    assert Places("ems").may_be_part(path) is part


def test_approval_records_are_known_by_their_folder() -> None:
    places = Places("ems")
    assert places.of("ems/records/approvals/P-01/1-approval-a@b-1.yml") is Place.APPROVAL
    assert places.of("ems/records/approvals/P-01/1-approval-a@b-1.yml.sig") is Place.RECORD
    assert places.of("ems/records/readings/MON-001-2026.csv") is Place.RECORD
    assert places.of("ems/ems.yml") is Place.RULES
