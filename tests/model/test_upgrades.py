"""Older forms of content are read as the newest, and content of a newer form is refused with one finding.

There is one form yet, so an older one is made up: form 0, in which an aspect's `title` was its `name`
and `time_zone` was `zone`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mkdocs_ems.compile import Compilation, approved_state, compile_state
from mkdocs_ems.diagnostics import Anchor, Report
from mkdocs_ems.git import Repository
from mkdocs_ems.model import build_model
from mkdocs_ems.model.upgrades import (
    NEWEST,
    UPGRADES,
    Written,
    form_of,
    is_newer,
    upgraded,
    upgraded_settings,
    upgraded_sources,
)
from mkdocs_ems.rules import run_rules
from support.company import PEOPLE, POLICY, ROLES, procedure, register, settings
from support.content import sources_of
from support.story import Story

NOW = datetime(2026, 6, 1, tzinfo=UTC)
ROWS = "ems/registers/aspects.yml"


def renamed(data: Written, names: Mapping[str, str]) -> Written:
    return {names.get(key, key): value for key, value in data.items()}


def first_upgrade(rel: str, data: Written) -> Written:
    if rel == "ems.yml":
        return renamed(data, {"zone": "time_zone"})
    rows = data.get("rows")
    if data.get("type") != "aspect" or not isinstance(rows, list):
        return data
    made = [dict(renamed(row, {"name": "title"})) if isinstance(row, dict) else row for row in rows]
    return {**data, "rows": [*made]}


@pytest.fixture
def older_form(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(UPGRADES, dict)
    monkeypatch.setitem(UPGRADES, NEWEST - 1, first_upgrade)


def as_of_old(text: str) -> str:
    """The same content as form 0 wrote it."""
    rows = text.replace(", title: ", ", name: ") if "type: aspect" in text else text
    return rows.replace("schema: 1\n", "schema: 0\n").replace("time_zone:", "zone:")


def tell(story: Story, *, old: bool) -> Story:
    def commit(files: Mapping[str, str], by: str) -> None:
        story.commit({path: as_of_old(text) if old else text for path, text in files.items()}, by=by)

    base = {"ems/ems.yml": settings(), "ems/registers/people.yml": PEOPLE, "ems/registers/roles.yml": ROLES}
    more = {"ems/policy.md": POLICY, "ems/waste.md": procedure(), ROWS: register("Dust", "Noise")}
    commit({**base, **more}, by="ann")
    story.tag("v1", message="First")
    story.branch("work")
    commit({ROWS: register("Dust", "Noise", "Heat")}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    story.tag("v2", message="Second")
    commit({ROWS: register("Dust", "Noise", "Heat", "Light")}, by="ann")
    commit({"ems/ems.yml": settings(approval="  segregation: warn\n")}, by="ann")
    story.flush()
    return story


def judged(story: Story, ref: str) -> tuple[Compilation, Compilation, Report]:
    with Repository.open(story.path) as repository:
        head = compile_state(repository, ref=ref, as_of=date(2026, 6, 1), now=NOW)
        return head, approved_state(head, repository), run_rules(head)


def told(compilation: Compilation) -> tuple[object, ...]:
    model = compilation.model
    control = compilation.control
    assert control is not None
    issues = {key: (one.state, len(one.issues)) for key, one in control.documents.items()}
    rows = [(entry.kind, entry.entity) for entry in model.entries]
    return rows, model.settings, [finding.message for finding in compilation.findings], issues


@pytest.mark.usefixtures("older_form")
@pytest.mark.parametrize("ref", ["v1", "v2", "main"])
def test_a_history_in_an_older_form_says_what_it_would_in_the_newest(tmp_path: Path, ref: str) -> None:
    older = judged(tell(Story(tmp_path / "old"), old=True), ref)
    newest = judged(tell(Story(tmp_path / "new"), old=False), ref)
    for was, is_ in zip(older[:2], newest[:2], strict=True):
        assert told(was) == told(is_)
    assert [(one.code, one.message) for one in older[2].diagnostics] == [
        (one.code, one.message) for one in newest[2].diagnostics
    ]


def test_without_the_upgrade_the_older_form_is_full_of_faults(tmp_path: Path) -> None:
    head, _, _ = judged(tell(Story(tmp_path / "old"), old=True), "v1")
    assert {'"schema" cannot be "0"', '"name" is not a field of an aspect'} <= {
        finding.message.partition(";")[0] for finding in head.findings
    }


@pytest.mark.usefixtures("older_form")
def test_a_register_approved_before_the_settings_were_is_still_read(tmp_path: Path) -> None:
    story = tell(Story(tmp_path / "moving"), old=True)
    story.branch("form-1")
    story.commit({"ems/ems.yml": settings(), ROWS: register("Dust", "Noise", "Heat")}, by="ann")
    story.switch()
    story.merge("form-1", by="mary", changes={ROWS: register("Dust", "Noise", "Heat", "Wind")})
    story.flush()
    head, shown, _ = judged(story, "main")
    assert head.settings.schema_ == "1"
    titles = [entry.entity.title for entry in shown.model.entries if entry.kind == "aspect"]
    assert titles == ["Dust", "Noise", "Heat"]
    assert shown.model.findings == ()


def test_a_fault_in_an_upgraded_row_stands_where_the_row_was_written() -> None:
    text = "schema: 0\norganisation: {name: x}\n"
    rows = register("Dust").replace("title: Dust", "name: Dust, site: nowhere")
    sources = upgraded_sources(
        sources_of({"registers/aspects.yml": rows}, settings=text), upgrades={0: first_upgrade}
    )
    (finding,) = (one for one in build_model(sources).findings if "nowhere" in one.message)
    assert isinstance(finding.at, Anchor)
    span = sources.files[ROWS].spans.span(finding.at.route)
    assert sources.text_line(ROWS, span.line).strip().startswith("- {id: ASP-001, name: Dust")


def test_content_for_a_newer_tool_is_one_broken_finding(story: Story) -> None:
    base = {"ems/registers/people.yml": PEOPLE, "ems/policy.md": POLICY, ROWS: register("Dust")}
    story.commit({"ems/ems.yml": settings().replace("schema: 1", "schema: 7"), **base})
    story.flush()
    with Repository.open(story.path) as repository:
        head = compile_state(repository, ref="main", as_of=date(2026, 6, 1), now=NOW)
        (diagnostic,) = run_rules(head).diagnostics
    assert diagnostic.broken
    assert diagnostic.message == (
        "the content was made for a newer version of this tool: it has schema 7, and this one knows 1"
    )
    assert (diagnostic.span.path, diagnostic.span.line) == ("ems/ems.yml", 1)


def test_rules_for_a_newer_tool_leave_the_approved_rules_before_them(story: Story) -> None:
    # Were its defaults taken, anybody could approve anything from there on.
    base = {"ems/registers/people.yml": PEOPLE, "ems/registers/roles.yml": ROLES, "ems/policy.md": POLICY}
    story.commit({"ems/ems.yml": settings(), **base})
    story.branch("newer")
    story.commit({"ems/ems.yml": settings().replace("schema: 1", "schema: 7")}, by="ann")
    story.switch()
    story.merge("newer", by="mary")
    story.branch("work")
    story.commit({"ems/policy.md": f"{POLICY}\nMore.\n"}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    story.flush()
    with Repository.open(story.path) as repository:
        control = compile_state(repository, ref="main", as_of=date(2026, 6, 1), now=NOW).control
    assert control is not None
    assert len(control.documents["POL-001"].issues) == 1


@pytest.mark.parametrize(
    ("settings_", "form", "newer"),
    [
        ({}, 1, False),
        ({"schema": "1"}, 1, False),
        ({"schema": "2"}, 2, True),
        ({"schema": "9" * 5000}, None, False),
        ({"schema": "0"}, 0, False),
        ({"schema": "one"}, None, False),
        ({"schema": "²"}, None, False),
        ({"schema": ["1"]}, None, False),
        ({"schema": None}, 1, False),
    ],
)
def test_the_form_is_what_the_settings_name(settings_: Written, form: int | None, newer: bool) -> None:  # noqa: FBT001 - a case of the table
    assert (form_of(settings_), is_newer(settings_)) == (form, newer)


def test_a_form_from_which_a_step_is_missing_stays_as_it_is() -> None:
    data: Written = {"name": "Dust"}
    steps = {-1: first_upgrade}
    assert upgraded(data, rel="ems.yml", written=-1, upgrades=steps) is data
    assert upgraded_settings({"schema": "0"}, upgrades=steps) == {"schema": "0"}
