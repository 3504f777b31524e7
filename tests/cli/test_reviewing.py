"""The report for reviewers as it is written for whoever asks: complete, and the same bytes everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from mkdocs_ems.cli.main import ems
from mkdocs_ems.cli.options import Question
from mkdocs_ems.cli.reviewing import reviewed, written_report
from mkdocs_ems.errors import RefError
from mkdocs_ems.git import Repository
from support.company import PEOPLE, POLICY, procedure
from support.reviewed import company, question
from support.story import Story
from support.told import PATH

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7s0V1tq5xJ0kT1v6bE2r3mJc1yq8Yk0a5w3m2n1o4p"


def written(story: Story, form: str = "text", *, base: str = "main", asked: Question | None = None) -> str:
    story.flush()
    asked = asked or question()
    with Repository.open(story.path) as repository:
        return written_report(reviewed(repository, base, asked), base, asked.ref, form)


@pytest.fixture
def change(story: Story) -> Story:
    company(story)
    people = PEOPLE.replace("title: Ben Boyd", "title: Benjamin Boyd")
    story.commit({PATH: procedure("Sort the waste into 3 bins."), "ems/registers/people.yml": people})
    return story


def test_the_data_stand_beside_what_differs_and_keep_to_both_schemas(change: Story) -> None:
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in SCHEMAS.iterdir()}
    registry: Registry[object] = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    data = json.loads(written(change, "json"))
    Draft202012Validator(schemas["diff.schema.json"], registry=registry).validate(data)
    assert data["before"]["ref"] == "main"
    assert [one["document"] for one in data["review"]["needs_approval"]] == ["PRO-001", "REG-PEOPLE"]
    assert data["changes"]


def test_the_command_that_shows_all_of_it_stands_in_a_comment_that_is_too_long(story: Story) -> None:
    company(story)
    text = "\n\n".join(f"Step {at} of the work." for at in range(60))
    story.commit({PATH: procedure(text)})
    shown = written(story, "markdown")
    assert "All of it: <code>ems diff &#45;&#45;base main &#45;&#45;ref work</code>" in shown
    odd = written(story, "markdown", base="refs/heads/main", asked=replace(question(), ref="HEAD~0"))
    assert "&#126;0" in odd or "Nothing differs" in odd


def test_the_command_writes_what_is_made_here(change: Story, tmp_path: Path) -> None:
    asked = ["diff", "--repo", str(change.flush()), "--base", "main", "--ref", "work", "--report"]
    day = ["--as-of", "2026-12-31"]
    for form in ("text", "markdown", "json"):
        done = CliRunner().invoke(ems, [*asked, *day, "--format", form])
        assert (done.exit_code, done.stdout) == (0, written(change, form))
    file = tmp_path / "report.md"
    done = CliRunner().invoke(ems, [*asked, *day, "--format", "markdown", "--output", str(file)])
    assert file.read_text("utf-8") == written(change, "markdown")
    done = CliRunner().invoke(ems, [*asked, "--format", "html"])
    assert (done.exit_code, done.stderr) == (2, "ems: the report is text, markdown or json\n")


def test_only_the_rules_that_are_selected_tell_findings(change: Story) -> None:
    rows = "rows:\n  - {id: OPC-001, title: Extraction}\n"
    change.commit({"ems/registers/controls.yml": f"id: REG-C\ntype: control\ntitle: Controls\n{rows}"})
    assert "OPC001" in written(change, asked=replace(question(), select=("OPC",)))
    assert "OPC001" not in written(change, asked=replace(question(), select=("ASP",)))
    assert "OPC001" not in written(change, asked=replace(question(), ignore=("OPC",)))


def test_who_could_sign_and_may_no_longer_is_told_among_what_counts_most(story: Story) -> None:
    company(story)
    story.commit({"ems/allowed_signers": f'mary@example.org namespaces="ems-approval@mkdocs-ems" {KEY}\n'})
    shown = written(story)
    assert "Keys that may sign" in shown
    assert "SHA256:" in shown
    assert "EMS-RULES" in shown


def test_a_ref_that_does_not_exist_is_one_fault(change: Story) -> None:
    with pytest.raises(RefError):
        written(change, base="origin/nowhere")


def test_without_a_trust_root_that_is_named_the_request_decides_nothing(change: Story) -> None:
    root = change.writer.tips["main"]
    change.commit({"ems/policy.md": POLICY.replace("protect", "guard")})
    named = replace(question(), trust_root=root)
    assert written(change, asked=named) == written(change)


def test_zone_locale_and_hash_seed_change_no_byte(change: Story) -> None:
    change.flush()
    script = (
        "import sys; from datetime import UTC, date, datetime; from pathlib import Path\n"
        "from mkdocs_ems.cli.options import Question\n"
        "from mkdocs_ems.cli.reviewing import reviewed, written_report\n"
        "from mkdocs_ems.git import Repository\n"
        "asked = Question('work', date(2026, 12, 31), None, datetime(2026, 12, 31, tzinfo=UTC))\n"
        "with Repository.open(Path(sys.argv[1])) as repository:\n"
        "    report = reviewed(repository, 'main', asked)\n"
        "    print(*(ascii(written_report(report, 'main', 'work', form)) for form in sys.argv[2:]))\n"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", script, str(change.path), "text", "markdown", "json"],
            env={**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for zone, locale, seed in (("UTC", "C", "0"), ("Pacific/Kiritimati", "C.UTF-8", "7"))
    }
    assert len(made) == 1


def test_the_demonstration_against_an_earlier_version_is_told_whole(demo: Path) -> None:
    with Repository.open(demo) as repository:
        first = repository.tags()[0].name
        asked = Question(None, date(2026, 11, 20), None, question().now)
        shown = written_report(reviewed(repository, first, asked), first, None, "markdown")
    assert shown.startswith("<!-- mkdocs-ems:report:1 -->\n")
    assert len(shown.encode("utf-16-le")) // 2 <= 60_000
    for title in ("Needs approval", "Old and new", "Findings", "Touches", "Who has to know"):
        assert f"### {title}\n" in shown
