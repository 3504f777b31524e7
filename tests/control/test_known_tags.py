"""What a version is does not change when others are tagged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from mkdocs_ems.compile import compile_state, controlled_state
from mkdocs_ems.exports.ledger import ledger_json
from mkdocs_ems.git import Repository, known_by
from mkdocs_ems.rules import run_rules
from support.company import PEOPLE, POLICY, ROLES, procedure, register, settings
from support.story import Story

NOW = datetime(2026, 12, 31, tzinfo=UTC)
ROWS = "ems/registers/aspects.yml"
BASE = {"ems/ems.yml": settings(), "ems/registers/people.yml": PEOPLE, "ems/registers/roles.yml": ROLES}


def begin(story: Story) -> None:
    story.commit({**BASE, "ems/policy.md": POLICY, ROWS: register("Dust", "Noise")})
    story.tag("v0", message="Before the first")
    story.commit({ROWS: register("Dust", "Noise", "Heat")})
    story.tag("v1", message="First")
    story.flush()


def after(story: Story) -> None:
    """Tags set later: on the chain, on the same commit, on an older one, beside the chain, without a date."""
    first, before = story.writer.tips["main"], story.writer.tips["main"]
    story.commit({"ems/waste.md": procedure(), ROWS: register("Dust", "Noise", "Heat", "Light")})
    story.tag("v2", message="Second")
    story.tag("also-the-first", at=first, message="Set later")
    story.tag("plain", at=before)
    story.branch("aside", at=first)
    story.commit({"ems/aside.md": procedure(identity="PRO-009")})
    story.tag("v-aside", message="Beside the chain")
    story.switch()
    story.flush()


def version(story: Story, tag: str) -> tuple[object, ...]:
    """All that is derived of a version: its report, ledger, control, history and model."""
    with Repository.open(story.path) as repository:
        until = repository.resolve(tag).date
        made = compile_state(repository, ref=tag, now=NOW, tags_until=until)
        assert made.control is not None
        report, ledger = run_rules(made), ledger_json(made.control.ledger)
        former = [(one.path, one.words, one.at, one.rows) for one in made.control.former]
        return report, ledger, former, made.history, made.model, made.as_of


def test_a_version_stays_the_same_when_others_are_tagged(story: Story) -> None:
    begin(story)
    was = version(story, "v1")
    after(story)
    assert version(story, "v1") == was
    assert [tag.name for tag in was[3].tags] == ["v0", "v1"]  # type: ignore[attr-defined]  # of a mixed tuple


def test_without_a_moment_every_tag_is_known(story: Story) -> None:
    begin(story)
    after(story)
    with Repository.open(story.path) as repository:
        made = compile_state(repository, ref="v1", now=NOW)
    assert made.history is not None
    assert [tag.name for tag in made.history.tags] == ["also-the-first", "plain", "v-aside", "v0", "v1", "v2"]


def test_control_alone_knows_the_same_tags(story: Story) -> None:
    begin(story)
    after(story)
    with Repository.open(story.path) as repository:
        until = repository.resolve("v1").date
        alone = controlled_state(repository, ref="v1", now=NOW, tags_until=until)
        whole = compile_state(repository, ref="v1", now=NOW, tags_until=until)
    assert alone.history.tags == (whole.history.tags if whole.history else None)


@pytest.mark.parametrize(
    ("until", "names"),
    [
        (lambda when: when, ["v0", "v1"]),
        (lambda when: when - timedelta(seconds=1), ["v0"]),
        (lambda when: when - timedelta(days=1), []),
    ],
)
def test_a_tag_is_known_from_its_own_date_on(
    story: Story, until: Callable[[datetime], datetime], names: list[str]
) -> None:
    begin(story)
    story.tag("light")
    story.flush()
    with Repository.open(story.path) as repository:
        set_at = repository.resolve("v1").date
        assert [tag.name for tag in known_by(repository.tags(), until=until(set_at))] == names
