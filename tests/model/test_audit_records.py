"""What closes an audit, a finding and a review is derived from what they say."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_ems.model import AuditFindingRecord, AuditRecord, ManagementReviewRecord
from mkdocs_ems.model.clauses import EDITIONS
from mkdocs_ems.model.columns import columns
from mkdocs_ems.model.review_lists import review_inputs, review_results
from mkdocs_ems.model.reviews import ReviewInputs, ReviewOutputs


def test_an_audit_is_closed_once_it_is_reported() -> None:
    assert not AuditRecord.model_validate({"date": "2026-03-12"}).closed
    assert AuditRecord.model_validate({"date": "2026-03-12", "reported_on": "2026-03-20"}).closed


def test_an_audit_ends_with_its_last_day() -> None:
    days = {"date": "2026-03-20", "period_start": "2026-03-10", "period_end": "2026-03-12"}
    assert AuditRecord.model_validate(days).ended == date(2026, 3, 12)
    assert AuditRecord.model_validate({"date": "2026-03-20"}).ended == date(2026, 3, 20)
    assert AuditRecord.model_validate({"period_start": "2026-03-10"}).ended == date(2026, 3, 10)
    assert AuditRecord().ended is None


@pytest.mark.parametrize(
    "answer",
    [
        {"nonconformity": "NCR-001"},
        {"improvement": "IMP-001"},
        {"actions": ["ACT-001"]},
        {"accepted": {"reason": "Not worth it"}},
        {"grade": "good-practice"},
    ],
)
def test_a_finding_is_closed_once_it_is_answered(answer: dict[str, object]) -> None:
    assert not AuditFindingRecord.model_validate({"grade": "minor", "date": "2026-03-12"}).closed
    assert AuditFindingRecord.model_validate(answer).closed


def test_a_review_is_closed_once_it_is_approved() -> None:
    held = {"date": "2026-02-20", "approved": {"by": "ROL-MD"}}
    assert not ManagementReviewRecord.model_validate(held).closed
    assert ManagementReviewRecord.model_validate({"approved": {"on": "2026-02-27"}}).closed


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_input_and_result_that_an_edition_asks_for_has_its_field(edition: str) -> None:
    assert {one.key for one in review_inputs(edition)} == set(columns(ReviewInputs))
    assert {one.key for one in review_results(edition)} == set(columns(ReviewOutputs))
    assert review_inputs("1996") == ()


def test_only_what_every_review_concludes_is_always_asked_for() -> None:
    always = {one.key for one in review_results("2015") if one.always}
    assert always == {
        *("suitability", "adequacy", "effectiveness"),
        *("improvement_decisions", "ems_changes_resources"),
    }
