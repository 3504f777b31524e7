"""What the tests of the import share."""

from __future__ import annotations

import pytest

from support.forge_company import ForgeCompany
from support.story import Story


@pytest.fixture
def company(story: Story) -> ForgeCompany:
    """A company that has adopted its system, and nothing landed since."""
    made = ForgeCompany(story)
    made.begin()
    return made
