"""For whom a manual is built is decided by what the main branch approved, and by nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_ems.cli.audiences import audience_of
from mkdocs_ems.cli.build_asked import Asked
from mkdocs_ems.cli.main import ems
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Repository
from support.company import PEOPLE, POLICY, ROLES, settings
from support.story import Story

NOW = datetime(2026, 6, 1, tzinfo=UTC)
OPEN = "publication: {profiles: [{name: customers, access: internal}]}\n"


def asked(repo: Path, audience: str, **options: object) -> Asked:
    given = {"ref": None, "as_of": None, "trust_root": None, "verify_store": False, "now": NOW, **options}
    return Asked(repo=repo, audience=audience, **given)  # type: ignore[arg-type]


@pytest.fixture
def company(story: Story) -> Story:
    story.commit(
        {
            "mkdocs.yml": "site_name: Wrenholt\ndocs_dir: ems\n",
            "ems/ems.yml": settings(),
            "ems/policy.md": POLICY,
            "ems/registers/people.yml": PEOPLE,
            "ems/registers/roles.yml": ROLES,
        }
    )
    return story


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"state": "draft"}, "leave the draft out"),
        ({"every": True, "draft": True}, "leave the draft out"),
        ({"permanent": True}, "leave --permanent out"),
    ],
)
def test_an_audience_sees_no_draft_and_no_earlier_issue(
    tmp_path: Path, options: dict[str, object], said: str
) -> None:
    asked(tmp_path, "internal", **options).check()
    with pytest.raises(UsageError, match=said):
        asked(tmp_path, "public", **options).check()


def test_the_public_is_always_known_and_with_it_everybody_who_must_not_be_named(company: Story) -> None:
    company.check_out()
    with Repository.open(company.path) as repository:
        found = audience_of(repository, asked(company.path, "public"))
    assert found is not None
    assert {"Mary Dean", "Lea Grant"} <= found.names
    assert "mary@example.org" in found.accounts


def test_a_profile_counts_once_it_is_approved(company: Story) -> None:
    company.branch("open")
    company.commit({"ems/ems.yml": settings() + OPEN})
    company.switch()
    company.commit({"ems/ems.yml": settings() + OPEN}, by="ann")
    company.check_out()
    with Repository.open(company.path) as repository, pytest.raises(UsageError, match="no profile customers"):
        audience_of(repository, asked(company.path, "customers"))
    company.commit({"ems/ems.yml": settings()}, by="ann")
    company.switch("open")
    company.switch()
    company.merge("open", by="mary", changes={"ems/ems.yml": settings() + OPEN})
    company.check_out()
    with Repository.open(company.path) as repository:
        found = audience_of(repository, asked(company.path, "customers"))
    assert found is not None
    assert found.profile.access == "internal"


def test_an_unknown_audience_is_told_in_one_line_and_nothing_is_built(company: Story, tmp_path: Path) -> None:
    company.check_out()
    command = ("build", "--repo", str(company.path), "--site-dir", str(tmp_path / "site"))
    done = CliRunner().invoke(ems, (*command, "--audience", "pubic"))
    assert done.exit_code == 2
    assert "did you mean public?" in done.output
    assert len(done.output.strip().splitlines()) == 1
    assert not (tmp_path / "site").exists()
