"""Names that cannot be a file everywhere are told from those that can."""

from __future__ import annotations

import pytest

from mkdocs_ems.git.names import is_odd


@pytest.mark.parametrize(
    "path",
    [
        "ems/../x",
        "./x",
        "a//b",
        ".git/config",
        "ems/.GIT/x",
        "ems/.Git",
        "ems/GIT~1/x",
        "ems/.git /x",
        "ems/.git.../x",
        "ems/.git::$INDEX_ALLOCATION/x",
        "ems/.g\u200cit/x",
        "ems/\ufeff.git",
        "ems/.gi\u202et",
        "ems/a\\b",
        "ems/a:b",
        "ems/tab\tname",
        "ems/new\nline",
        "ems/escape\x1b[0m",
        "ems/delete\x7f",
        "ems/c1\x85",
        "ems/bytes\udcff",
        "ems/turned-\u202edm.md",
        "ems/isolated\u2067/x",
    ],
)
def test_a_name_that_no_file_may_have_is_odd(path: str) -> None:
    assert is_odd(path)


@pytest.mark.parametrize(
    "path",
    [
        "ems/policy.md",
        "ems/.gitignore",
        "ems/.gitkeep",
        "ems/git",
        "ems/git~10/x",
        "ems/Richtlinie für Abfälle.md",
        "ems/環境/方針.md",
        "ems/...",
        "ems/-dash.md",
        'ems/a "quoted" name.md',
    ],
)
def test_an_ordinary_name_is_not_odd(path: str) -> None:
    assert not is_odd(path)
