"""From a merged request to the record: the same for each forge and each way of landing."""

from __future__ import annotations

import pytest

from mkdocs_ems.forges.values import ForgeName
from support.forge_company import FORGES, STYLES, ForgeCompany, Style, imported
from support.keys import needs_ssh
from support.story import Story

pytestmark = needs_ssh


@pytest.fixture
def company(story: Story) -> ForgeCompany:
    made = ForgeCompany(story)
    made.begin()
    return made


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("forge", FORGES)
def test_an_approving_review_becomes_one_record(
    company: ForgeCompany, forge: ForgeName, style: Style
) -> None:
    told = company.land(style=style)
    found = imported(company, forge, judged=False)
    assert found.told == ()
    (record,) = found.records
    assert (record.document, record.issue) == ("POL-001", 2)
    assert record.person.id == "PER-MARY"
    text = record.data.decode()
    assert "\nmeaning: approval\n" in text
    assert "\napprover: mary@example.org\n" in text
    assert f"event: {told.landed[-1]}" in text
    assert "reviewer: mdean, opener: ann-a, pushers: [ann-a]" in text
