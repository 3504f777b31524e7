"""Which branch is the main one: what the approved rules say, never what a branch says of itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

from mkdocs_ems.compile import compile_state
from mkdocs_ems.control import DocumentControl
from mkdocs_ems.git import Repository
from support.company import PEOPLE, POLICY, ROLES, procedure, settings
from support.story import Story

PATH = "ems/procedures/waste.md"
RULES = "ems/ems.yml"


def begin(story: Story, rules: str | None = None) -> Story:
    base = {RULES: rules or settings(), "ems/registers/people.yml": PEOPLE, "ems/registers/roles.yml": ROLES}
    story.commit({**base, "ems/policy.md": POLICY, PATH: procedure()}, message="Adopt the system")
    return story


def land(story: Story, text: str, *, onto: str = "main", work: str = "work") -> None:
    """A change of the procedure by Ann, merged by Eve, who may approve it."""
    story.branch(work)
    story.commit({PATH: procedure(text)}, by="ann")
    story.switch(onto)
    story.merge(work, by="eve")


def document(story: Story) -> DocumentControl:
    story.flush()
    with Repository.open(story.path) as repository:
        made = compile_state(
            repository, ref=story.head, as_of=date(2026, 12, 31), now=datetime(2026, 12, 31, tzinfo=UTC)
        )
    assert made.control is not None
    return made.control.documents["PRO-001"]


def test_a_branch_cannot_make_itself_the_main_branch(story: Story) -> None:
    begin(story).branch("mine")
    story.commit({RULES: settings() + "main_branch: mine\n"}, by="ann")
    land(story, "Mine.", onto="mine")
    found = document(story)
    assert [issue.number for issue in found.issues] == [1]
    assert found.pending is not None
    assert "has not landed on the main branch" in found.pending.missing


def test_a_main_branch_that_got_another_name_by_approval_is_followed(story: Story) -> None:
    begin(story)
    story.branch("rename")
    story.commit({RULES: settings() + "main_branch: trunk\n"}, by="ann")
    story.switch()
    story.merge("rename", by="mary")
    story.branch("trunk")
    land(story, "On the trunk.", onto="trunk")
    assert [issue.number for issue in document(story).issues] == [1, 2]


def test_a_name_that_no_branch_has_is_not_followed(story: Story) -> None:
    begin(story, settings() + "main_branch: gone\n")
    story.commit({RULES: settings()}, by="ann")
    land(story, "Landed.")
    story.branch("other")
    land(story, "Not landed.", onto="other", work="more")
    found = document(story)
    assert [issue.number for issue in found.issues] == [1, 2]
    assert found.pending is not None
