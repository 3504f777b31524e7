"""A change on a branch of a small company, reviewed against the main branch. Asserts nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from mkdocs_ems.cli.options import Question
from mkdocs_ems.cli.reviewing import reviewed
from mkdocs_ems.git import Repository
from mkdocs_ems.report.review import ReviewReport
from support.company import procedure
from support.story import Story
from support.told import PATH, begin

AS_OF = "2026-12-31"


def question(*, ref: str | None = "work", as_of: str = AS_OF) -> Question:
    """What the stories ask: the branch `work`, at the end of the year."""
    return Question(ref, date.fromisoformat(as_of), None, datetime(2026, 12, 31, tzinfo=UTC))


def company(story: Story, files: Mapping[str, str] | None = None) -> None:
    """The company, with a procedure and further files; then a branch `work` begins."""
    begin(story, {PATH: procedure(), **(files or {})})
    story.branch("work")


def told(story: Story, *, base: str = "main", ref: str | None = "work", as_of: str = AS_OF) -> ReviewReport:
    """What a reviewer is told."""
    story.flush()
    with Repository.open(story.path) as repository:
        return reviewed(repository, base, question(ref=ref, as_of=as_of))
