"""Texts written where nobody controls them, that came into the manual later: in real repositories."""

from __future__ import annotations

import pytest

from mkdocs_ems.control import Segregation
from support.company import procedure
from support.story import Story
from support.told import PATH, begin, document, writers

TEXT = procedure("Eve wrote this.")
PLACES = (
    "drafts/w.md",
    "notes.md",
    "ems-old/w.md",
    "ems/draft.txt",
    "ems/draft.html",
    "ems/records/draft.txt",
    "ems/records/minutes/draft.md",
)


def take_over(story: Story, source: str, *, by: str = "ann") -> None:
    """Move a file to the procedure's place on a branch that Eve merges."""
    story.branch("work")
    story.commit({PATH: TEXT, source: None}, by=by)
    story.switch()
    story.merge("work", by="eve")


@pytest.mark.parametrize("source", PLACES)
def test_whoever_wrote_a_text_anywhere_is_its_author_where_it_lands(story: Story, source: str) -> None:
    begin(story, {PATH: procedure()}).commit({source: TEXT}, by="eve")
    take_over(story, source)
    found = document(story)
    assert found.in_force is not None
    assert found.in_force.number == 1
    assert "PER-EVE" in writers(story)


@pytest.mark.parametrize("source", PLACES)
def test_that_holds_for_a_new_document_too(story: Story, source: str) -> None:
    begin(story).commit({source: TEXT}, by="eve")
    take_over(story, source)
    assert document(story).in_force is None
    assert "PER-EVE" in writers(story)


def test_a_copy_is_followed_like_a_move(story: Story) -> None:
    begin(story).commit({"drafts/w.md": TEXT}, by="eve")
    story.branch("work")
    story.commit({PATH: TEXT}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    assert writers(story) == {"PER-ANN", "PER-EVE"}


def test_a_text_is_followed_through_every_place_and_state_outside(story: Story) -> None:
    begin(story).commit({"drafts/w.md": procedure("Eve began.")}, by="eve")
    story.rename("drafts/w.md", "old/w.md", by="otto")
    story.commit({"old/w.md": TEXT}, by="mary")
    take_over(story, "old/w.md")
    assert writers(story) == {"PER-ANN", "PER-EVE", "PER-MARY"}


@pytest.mark.parametrize("source", ["drafts/w.md", "ems/draft.txt"])
def test_what_was_written_before_the_system_was_begun_has_its_author_still(story: Story, source: str) -> None:
    story.commit({source: TEXT}, by="eve")
    begin(story)
    take_over(story, source)
    assert "PER-EVE" in writers(story)


def test_a_text_on_a_branch_that_lands_beside_it_is_followed(story: Story) -> None:
    begin(story).branch("notes")
    story.commit({"drafts/w.md": TEXT}, by="eve")
    story.switch()
    story.merge("notes", by="ann")
    take_over(story, "drafts/w.md")
    assert "PER-EVE" in writers(story)


def test_a_picture_that_was_drawn_outside_has_its_author(story: Story) -> None:
    begin(story).commit({"drawn/flow.png": "Eve's"}, by="eve")
    story.branch("work")
    picture = {"ems/procedures/flow.png": "Eve's", "drawn/flow.png": None}
    story.commit({PATH: procedure("![Flow](flow.png)"), **picture}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    assert writers(story) == {"PER-ANN", "PER-EVE"}


def test_whoever_copies_an_approved_text_to_another_place_is_no_author_of_it(story: Story) -> None:
    begin(story).branch("work")
    story.commit({PATH: TEXT}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    before = document(story).in_force
    story.commit({"copies/w.md": TEXT}, by="otto")
    found = document(story).in_force
    assert before is not None
    assert found is not None
    assert (found.number, found.authors) == (1, before.authors)
    assert found.segregation is Segregation.ASSERTED


def test_the_history_is_listed_once_where_nothing_came_from_outside(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = {"src/.gitkeep": "", "ems/files/.gitkeep": ""}
    begin(story).commit({"src/a.py": "print()", PATH: procedure(), **empty}, by="ann")
    monkeypatch.setattr(
        "mkdocs_ems.git.repository.made_outside", lambda *_, **__: pytest.fail("listed again")
    )
    assert document(story).in_force is None
