"""What became of one row, told from the register's own landed states."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mkdocs_ems.exports import row_history
from mkdocs_ems.exports.history import RowChange
from mkdocs_ems.git import Repository
from support.story import Story

SETTINGS = "schema: 1\norganisation: {name: Works}\n"


def register(*rows: str) -> str:
    return "id: REG-ASP\ntype: aspect\ntitle: Aspects\nrows:\n" + "".join(f"  - {row}\n" for row in rows)


def changes(story: Story, row: str = "ASP-001") -> tuple[RowChange, ...]:
    with Repository.open(story.check_out()) as repository:
        history = repository.history(repository.head(), content="ems", main_branch="main")
        return row_history(row, history=history, blobs=repository.blobs, content="ems")


def kinds(found: Iterable[RowChange]) -> list[str]:
    return [change.kind for change in found]


def test_a_row_is_added_changed_and_removed(story: Story) -> None:
    path = "ems/registers/aspects.yml"
    story.commit(
        {"ems/ems.yml": SETTINGS, path: register("{id: ASP-001, title: Fume}")}, by="ann", message="Begin"
    )
    story.commit({path: register("{id: ASP-001, title: Acid fume, site: A}")}, by="ben", message="Say which")
    story.commit({path: register("{id: ASP-002, title: Noise}")}, by="ann", message="Drop it")
    found = changes(story)
    assert kinds(found) == ["added", "changed", "removed"]
    assert [(one.field, one.old, one.new) for one in found[1].fields] == [
        ("title", "Fume", "Acid fume"),
        ("site", None, "A"),
    ]
    assert found[1].summary == "Say which"


def test_a_change_of_another_row_is_no_change_of_this_one(story: Story) -> None:
    path = "ems/registers/aspects.yml"
    first, other = "{id: ASP-001, title: Fume}", "{id: ASP-002, title: Noise}"
    story.commit({"ems/ems.yml": SETTINGS, path: register(first, other)}, by="ann", message="Begin")
    story.commit({path: register(first, "{id: ASP-002, title: Night noise}")}, by="ann", message="Other")
    assert kinds(changes(story)) == ["added"]


def test_a_renamed_register_is_no_change_of_its_rows(story: Story) -> None:
    old, new = "ems/registers/aspects.yml", "ems/registers/aspects-2026.yml"
    text = register("{id: ASP-001, title: Fume}")
    story.commit({"ems/ems.yml": SETTINGS, old: text}, by="ann", message="Begin")
    story.commit({old: None, new: text}, by="ann", message="Rename")
    story.commit({new: register("{id: ASP-001, title: Acid fume}")}, by="ann", message="Change")
    found = changes(story)
    assert kinds(found) == ["added", "changed"]
    assert found[1].path == new


def test_a_row_that_moves_to_another_register_stays_itself(story: Story) -> None:
    old, new = "ems/registers/aspects.yml", "ems/registers/site-b.yml"
    row = "{id: ASP-001, title: Fume}"
    story.commit({"ems/ems.yml": SETTINGS, old: register(row)}, by="ann", message="Begin")
    story.commit({old: register("{id: ASP-009, title: X}"), new: register(row)}, by="ann", message="Move")
    assert kinds(changes(story)) == ["added"]


def test_a_register_that_cannot_be_read_for_a_while_ends_no_history(story: Story, tmp_path: Path) -> None:
    del tmp_path
    path = "ems/registers/aspects.yml"
    text = register("{id: ASP-001, title: Fume}")
    story.commit({"ems/ems.yml": SETTINGS, path: text}, by="ann", message="Begin")
    story.commit({path: "id: [ASP-001\n"}, by="ann", message="Break")
    story.commit({path: text}, by="ann", message="Mend")
    assert kinds(changes(story)) == ["added", "removed", "added"]


def test_a_record_has_a_history_alone_and_among_others(story: Story) -> None:
    own, year = "ems/records/inspections/CHK-001.md", "ems/records/inspections/2026.yml"
    text = "---\nid: CHK-001\ntype: inspection\nresult: in-order\n---\n"
    rows = "type: inspection\nrows:\n  - {id: CHK-002, result: in-order}\n"
    story.commit({"ems/ems.yml": SETTINGS, own: f"{text}The bund was dry.\n"}, by="ann", message="Begin")
    story.commit({own: f"{text}The bund was wet.\n", year: rows}, by="ben", message="Say otherwise")
    (_, changed) = changes(story, "CHK-001")
    assert [(one.field, one.new) for one in changed.fields] == [("text", "The bund was wet.\n")]
    assert kinds(changes(story, "CHK-002")) == ["added"]
