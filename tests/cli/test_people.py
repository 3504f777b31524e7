"""Names of people are joined when pages are built, from a file that is in no history."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_ems.cli.build_asked import Asked
from mkdocs_ems.cli.people import names_of
from mkdocs_ems.compile import with_names
from mkdocs_ems.errors import UsageError
from mkdocs_ems.exports.state_json import state_json
from support.states import state_of
from support.story import moment

PEOPLE = "id: REG-PER\ntype: person\nrows:\n  - {id: PER-001}\n  - {id: PER-002, title: Number two}\n"


def written(folder: Path, text: str, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("people.csv", "id,name\nPER-001,Maya  Holm\n"),
        ("people.csv", "\ufeffbadge,Name,ID\n7,Maya Holm,PER-001\n\n"),
        ("people.yml", "PER-001: Maya Holm\n"),
    ],
)
def test_names_are_read_from_csv_and_yaml(tmp_path: Path, name: str, text: str) -> None:
    assert names_of(written(tmp_path, text, name)) == {"PER-001": "Maya Holm"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("people.csv", "PER-001,Maya Holm\n", "no columns id and name"),
        ("people.csv", "", "no columns id and name"),
        ("people.csv", "id,name\nPER-001\n", "too few columns"),
        ("people.csv", "id,name\nmaya,Maya Holm\n", "no id of a person"),
        ("people.csv", "id,name\nPER-001,A\nPER-001,B\n", "stands there twice"),
        ("people.csv", "id,name\nPER-001,\n", "empty or cannot be shown"),
        ("people.csv", "id,name\nPER-001,Maya\u202eHolm\n", "empty or cannot be shown"),
        ("people.yml", "- PER-001\n", "no list of names"),
        ("people.yml", "PER-001: [Maya]\n", "is no name"),
        ("people.yml", "PER-001: Maya\nPER-001: Ben\n", "line 2 of .* cannot be read"),
        ("people.csv", f'id,name\nPER-001,"{"a" * 200_000}"\n', "look at its quotation marks"),
        ("people.csv", 'id,name\nPER-001,"Maya\nPER-002,Ben\n', "look at its quotation marks"),
    ],
)
def test_what_names_nobody_is_told_in_one_line(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        names_of(written(tmp_path, text, name))


def test_a_pipe_without_end_is_too_large() -> None:
    with pytest.raises(UsageError, match="too large"):
        names_of(Path("/dev/zero"))


def test_people_are_called_by_their_names_and_what_is_exported_says_what_was_written() -> None:
    state = state_of({"registers/people.yml": PEOPLE})
    named = with_names(state, {"PER-001": "Maya Holm", "PER-009": "Nobody"})
    assert named.graph.nodes["PER-001"].title == "Maya Holm"
    assert named.model.by_id["PER-001"].entity.name == "Maya Holm"
    assert named.graph.nodes["PER-002"].title == "Number two"
    assert [entry.entity.name for entry in named.model.entries][1:] == ["Maya Holm", "Number two"]
    assert state_json(named) == state_json(state)
    assert with_names(state, {}) is state


def test_nothing_is_kept_of_what_was_built_with_names(tmp_path: Path) -> None:
    asked = Asked(tmp_path, None, None, None, verify_store=False, now=moment("2026-06-01"))
    assert asked.keeps
    with_people = Asked(
        tmp_path, None, None, None, verify_store=False, now=asked.now, people=tmp_path / "people.csv"
    )
    assert not with_people.keeps
