"""Document control alone is the document control of the whole compilation, only sooner."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mkdocs_ems.compile import compile_state, controlled_state
from mkdocs_ems.control import DocumentControl
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Repository
from support.company import PEOPLE, POLICY, ROLES, procedure, settings
from support.shell import git
from support.story import Story

PATH = "ems/procedures/waste.md"
NOW = datetime(2026, 12, 31, tzinfo=UTC)


def begin(story: Story) -> Story:
    base = {"ems/ems.yml": settings(), "ems/registers/people.yml": PEOPLE, "ems/registers/roles.yml": ROLES}
    story.commit({**base, "ems/policy.md": POLICY, PATH: procedure()}, message="Adopt the system")
    story.branch("work")
    story.commit({PATH: procedure("Changed.")}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    story.commit({"ems/policy.md": f"{POLICY}\nMore.\n"}, by="ann")
    story.flush()
    return story


def told(document: DocumentControl) -> tuple[object, ...]:
    issues = tuple(
        (one.number, one.content, one.state, one.title, one.manifest.main) for one in document.issues
    )
    pending = document.pending.missing if document.pending else ""
    return document.state, issues, pending, document.review_due, document.title


@pytest.mark.parametrize("ref", ["main", "work", "HEAD~1"])
def test_a_register_needs_no_more_than_document_control(story: Story, ref: str) -> None:
    begin(story)
    with Repository.open(story.path) as repository:
        whole = compile_state(repository, ref=ref, as_of=date(2026, 12, 31), now=NOW)
        assert whole.control is not None
        wanted = {key: told(one) for key, one in whole.control.documents.items()}
    with Repository.open(story.path) as repository:
        alone = controlled_state(repository, ref=ref, as_of=date(2026, 12, 31), now=NOW)
        assert {key: told(one) for key, one in alone.control.documents.items()} == wanted


def test_the_day_is_that_of_the_state_in_the_organisations_zone(story: Story) -> None:
    begin(story)
    days = set()
    for made in (compile_state, controlled_state):
        with Repository.open(story.path) as repository:
            days.add(made(repository, ref="main", now=NOW).as_of)
    assert len(days) == 1


def test_without_a_commit_there_is_nothing_to_show(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "ems").mkdir()
    (tmp_path / "ems" / "ems.yml").write_text(settings())
    with Repository.open(tmp_path) as repository, pytest.raises(UsageError, match="no commit yet"):
        controlled_state(repository, now=NOW)
