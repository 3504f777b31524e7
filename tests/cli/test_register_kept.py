"""A register of an unchanged state is kept; of a changed one it is derived again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_ems.cli import landed
from mkdocs_ems.cli.main import ems
from support.company import PEOPLE, POLICY, ROLES, procedure, settings
from support.story import Story

Run = Callable[..., Result]
PATH = "ems/procedures/waste.md"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("EMS_CACHE_DIR", str(tmp_path / "cache"))

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(ems, [str(one) for one in arguments], catch_exceptions=False)

    return invoke


def begin(story: Story) -> Path:
    base = {"ems/ems.yml": settings(), "ems/registers/people.yml": PEOPLE, "ems/registers/roles.yml": ROLES}
    story.commit({**base, "ems/policy.md": POLICY, PATH: procedure()}, message="Adopt the system")
    return story.check_out()


def test_an_unchanged_register_is_not_derived_twice(
    run: Run, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = begin(story)
    asked = ("register", "--repo", folder, "--ref", "main", "--format")
    first = run(*asked, "json")

    def derived(*_: object, **__: object) -> None:
        raise AssertionError("it was derived again")

    monkeypatch.setattr(landed, "controlled_state", derived)
    assert run(*asked, "json").stdout == first.stdout
    with pytest.raises(AssertionError, match="derived again"):
        run(*asked, "csv")


def test_a_commit_makes_another_register(run: Run, story: Story) -> None:
    folder = begin(story)
    asked = ("register", "--repo", folder, "--ref", "main", "--format", "csv")
    before = run(*asked).stdout
    story.commit({PATH: procedure("Changed.")}, by="ann")
    story.flush()
    assert run(*asked).stdout != before
