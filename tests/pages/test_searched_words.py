"""The words by which the search finds a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

from mkdocs_ems.pages import Page


class Shown(Protocol):
    pages: Mapping[str, Page]


OBLIGATIONS = """\
id: REG-OBL
type: obligation
title: Register of obligations
rows:
  - id: OBL-001
    title: Permit
    status: in-force
    citation: SI 2016/1154
    aspects: [ASP-002]
    conditions:
      - {ref: 3.1.2, text: Nickel in the effluent, limit: 2, unit: mg/L}
"""
PARTIES = """\
id: REG-PTY
type: interested-party
title: Register of parties
rows:
  - {id: PTY-01, title: Neighbours, needs: [{text: Sleep at night, response: Slower fans}]}
"""
PEOPLE = """\
id: REG-PER
type: person
title: Register of people
rows:
  - {id: PER-001, title: Ada Wren, notes: Allergic to nickel, git_identities: [ada@wrenholt.example]}
"""


@pytest.fixture(scope="module")
def words(render: Callable[..., Shown], small: Mapping[str, str]) -> Mapping[str, str]:
    shown = render(
        {
            **small,
            "ems/registers/obligations.yml": OBLIGATIONS,
            "ems/registers/parties.yml": PARTIES,
            "ems/registers/people.yml": PEOPLE,
        }
    )
    return {path.split("/")[-2]: page.search for path, page in shown.pages.items() if "/" in path}


def test_a_row_is_found_by_what_its_author_wrote_freely(words: Mapping[str, str]) -> None:
    assert words["OBL-001"].startswith("OBL-001 Permit ")
    assert "SI 2016/1154" in words["OBL-001"]


def test_words_within_groups_of_fields_are_found_too(words: Mapping[str, str]) -> None:
    assert "3.1.2 Nickel in the effluent" in words["OBL-001"]
    assert "Sleep at night Slower fans" in words["PTY-01"]


def test_codes_and_references_are_no_words(words: Mapping[str, str]) -> None:
    assert "in-force" not in words["OBL-001"]
    assert "ASP-002" not in words["OBL-001"]


def test_what_no_page_shows_is_not_searched(words: Mapping[str, str]) -> None:
    assert words["PER-001"] == "PER-001 Ada Wren"
