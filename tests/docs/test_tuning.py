"""The settings that the page on tuning recommends can be used as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.content import model_of

PAGE = Path(__file__).parents[2] / "docs" / "tuning.md"
SETTINGS = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("text", SETTINGS)
def test_recommended_settings_are_read_without_a_finding(text: str) -> None:
    model = model_of({"ems.yml": text})
    assert model.findings == ()
    assert len(model.settings.intervals.model_fields_set) > 5


def test_there_are_settings_for_a_company_of_ten_one_of_a_hundred_and_a_group() -> None:
    assert len(SETTINGS) == 3
