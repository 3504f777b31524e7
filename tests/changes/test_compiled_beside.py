"""A second state compiled beside a first: nothing is read twice, and nothing is another for it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mkdocs_ems.compile import compile_state, stages
from mkdocs_ems.git import Repository
from support.story import Story

NOW = datetime(2026, 6, 1, tzinfo=UTC)
ASPECTS = "id: REG-ASP\ntype: aspect\ntitle: Aspects\nrows:\n- {id: ASP-1, title: Rinsing}\n"
RULES = "schema: 1\norganisation: {name: Wrenholt}\n"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    told = Story(tmp_path)
    told.commit(
        {
            "ems/ems.yml": RULES,
            "ems/registers/aspects.yml": ASPECTS,
            "ems/policy.md": "---\nid: POL-1\ntype: policy\ntitle: Policy\n---\nWe care.\n",
            "ems/records/readings/2026.csv": "parameter,period,value,unit\nMON-1,2026-01,4,mg/L\n",
        }
    )
    told.commit({"ems/registers/aspects.yml": ASPECTS.replace("Rinsing", "Plating")})
    told.check_out()
    return told


def test_a_state_is_the_same_whether_or_not_another_is_known(story: Story) -> None:
    with Repository.open(story.path) as repository:
        before = compile_state(repository, ref="main~1", now=NOW)
        alone = compile_state(repository, ref="main", now=NOW)
        beside = compile_state(repository, ref="main", now=NOW, known=before)
    assert {path: file.data for path, file in beside.sources.files.items()} == {
        path: file.data for path, file in alone.sources.files.items()
    }
    assert beside.model == alone.model
    assert beside.sources.files["ems/policy.md"] is before.sources.files["ems/policy.md"]
    assert beside.model.series is before.model.series


def test_nothing_is_taken_from_content_of_another_form(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.commit({"ems/ems.yml": RULES.replace("schema: 1", "schema: 2")})
    story.check_out()
    asked: list[object] = []
    real = stages.parse_sources

    def noting(snapshot: object, *, known: object = None) -> object:
        asked.append(known)
        return real(snapshot, known=known)  # type: ignore[arg-type]

    monkeypatch.setattr(stages, "parse_sources", noting)
    with Repository.open(story.path) as repository:
        before = compile_state(repository, ref="main~1", now=NOW)
        after = compile_state(repository, ref="main", now=NOW, known=before)
    assert asked[-1] is None
    assert after.sources.files["ems/policy.md"] is not before.sources.files["ems/policy.md"]


def test_nothing_is_taken_from_another_content_folder(story: Story) -> None:
    moved = dict.fromkeys(("ems/ems.yml", "ems/registers/aspects.yml", "ems/policy.md"))
    story.commit(
        {
            **moved,
            "manual/ems.yml": RULES,
            "manual/policy.md": "---\nid: POL-1\ntype: policy\ntitle: Policy\n---\nWe care.\n",
            "mkdocs.yml": "docs_dir: manual\n",
        }
    )
    story.check_out()
    with Repository.open(story.path) as repository:
        before = compile_state(repository, ref="main~1", now=NOW)
        after = compile_state(repository, ref="main", now=NOW, known=before)
    assert list(after.sources.files) == ["manual/ems.yml", "manual/policy.md"]
