"""The ready jobs that post the report: no request decides what is reported of it, and none gets a secret."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_ems.cli.main import commands
from mkdocs_ems.report.review_markdown import MARKER
from support.shell import git
from support.ten_versions import begun, rows

JOBS = Path(__file__).parents[2] / "docs" / "forges"
ALL = ("github", "gitlab", "forgejo")


def text(forge: str) -> str:
    return (JOBS / f"{forge}-report.yml").read_text("utf-8")


def job(forge: str) -> Mapping[Any, Any]:
    found = yaml.safe_load(text(forge))
    assert isinstance(found, dict)
    return found


def scripts(value: object) -> Iterator[str]:
    """Every script anywhere in a job."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "run":
                yield one
            elif key == "script":
                yield "\n".join(one)
            else:
                yield from scripts(one)
    elif isinstance(value, list):
        for one in value:
            yield from scripts(one)


def steps(name: str) -> list[Mapping[str, Any]]:
    found = job("github")["jobs"][name]["steps"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("forge", ALL)
def test_every_script_is_one(forge: str) -> None:
    found = list(scripts(job(forge)))
    assert found
    for script in found:
        done = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "${{" not in script


@pytest.mark.parametrize("forge", ALL)
def test_the_report_is_asked_for_with_options_that_exist(forge: str) -> None:
    (line,) = re.findall(r"\bems diff [^;\n]*", text(forge))
    command = commands()["diff"]
    context = command.make_context("diff", shlex.split(line)[2:], resilient_parsing=True)
    assert context.params["report"]
    assert context.params["form"] == "markdown"
    assert "--trust-root" not in line
    assert "EMS_TRUST_ROOT" in text(forge) or forge == "gitlab"


@pytest.mark.parametrize("forge", ALL)
def test_only_a_comment_of_its_own_account_that_begins_with_the_mark_is_written_over(forge: str) -> None:
    assert f'startswith("{MARKER}")' in text(forge)
    assert {"github": '"github-actions[bot]"', "gitlab": ".author.id == $me", "forgejo": ".user.id == $me"}[
        forge
    ] in text(forge)


def test_on_github_it_runs_as_the_main_branch_has_it_and_no_secret_is_there_at_all() -> None:
    found = job("github")
    assert list(found[True]) == ["schedule", "workflow_dispatch"]  # what YAML 1.1 makes of `on`
    assert found["jobs"]["report"]["if"] == "github.ref == 'refs/heads/main'"
    assert found["permissions"] == {}
    assert found["jobs"]["report"]["permissions"] == {"contents": "read", "pull-requests": "read"}
    assert found["jobs"]["post"]["permissions"] == {"pull-requests": "write"}
    assert "secrets." not in text("github")


def test_on_github_what_reads_a_request_cannot_write_and_what_writes_never_sees_it() -> None:
    reads = [step.get("uses", "").partition("@")[0] for step in steps("report")]
    writes = [step.get("uses", "").partition("@")[0] for step in steps("post")]
    assert "actions/checkout" in reads
    assert "actions/checkout" not in writes
    assert all("ems " not in step.get("run", "") for step in steps("post"))
    # Even the token that only reads is not there when a request is read.
    assert [step["name"] for step in steps("report") if "github.token" in str(step)] == ["Fetch"]


def test_on_github_nothing_of_a_request_is_there_when_anything_is_installed() -> None:
    names = [step.get("name") or step["uses"].partition("@")[0] for step in steps("report")]
    assert names.index("Install") < names.index("actions/checkout") < names.index("Fetch")
    (checkout,) = [step for step in steps("report") if step.get("uses", "").startswith("actions/checkout")]
    assert checkout["with"]["persist-credentials"] is False
    assert checkout["with"]["path"] == "manual"
    assert checkout["with"]["ref"] == "main"


def test_on_github_each_open_request_is_read_as_data_and_reported(tmp_path: Path) -> None:
    story = begun(tmp_path / "origin")
    story.branch("work")
    register = rows(("ASP-001", "Solvents"), ("ASP-002", "Noise at night"))
    story.commit({"ems/registers/aspects.yml": register}, date="2025-02-03")
    # Were a request checked out, or anything of it run, these would act.
    program = f"import pathlib; pathlib.Path({str(tmp_path / 'sang')!r}).write_text('')\n"
    hostile = dict.fromkeys(("hook.py", "click.py", "mkdocs_ems.py", "sitecustomize.py"), program)
    story.commit({**hostile, "mkdocs.yml": "docs_dir: ems\nhooks: [hook.py]\n"}, date="2025-02-04")
    story.switch()
    story.check_out()
    git(tmp_path / "origin", "update-ref", "refs/pull/7/head", "refs/heads/work")
    git(tmp_path / "origin", "update-ref", "refs/pull/8/head", git(tmp_path / "origin", "mktree"))
    git(tmp_path, "clone", "-q", str(tmp_path / "origin"), str(tmp_path / "manual"))
    programs = tmp_path / "bin"
    programs.mkdir()
    asked_for = {"gh": r'printf "7\\tmain\\n8\\tmain\\n"', "ems": f'exec {sys.executable} -m mkdocs_ems "$@"'}
    for name, does in asked_for.items():
        (programs / name).write_text(f"#!/bin/sh\n{does}\n")
        (programs / name).chmod(0o755)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "EMS_"))},
        "PATH": f"{programs}:{os.environ['PATH']}",
        "EMS_CACHE_DIR": str(tmp_path / "cache"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "PROJECT": "o/n",
    }
    for step in steps("report"):
        if step.get("name") in ("Fetch", "Report"):
            command = ["bash", "-e", "-c", step["run"]]
            subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["7.md"]
    report = (tmp_path / "reports" / "7.md").read_text("utf-8")
    assert report.startswith(MARKER)
    assert "Noise at night" in report
    assert (tmp_path / "output").read_text() == "written=1\n"
    assert not (tmp_path / "sang").exists()


def test_on_github_actions_are_pinned() -> None:
    for name in ("report", "post"):
        for step in steps(name):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step.get("uses", "a/b@" + "0" * 40))


def test_on_gitlab_no_pipeline_of_a_request_runs_it() -> None:
    (rule,) = job("gitlab")["report-to-reviewers"]["rules"]
    assert rule == {
        "if": '$CI_PIPELINE_SOURCE == "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH '
        '&& $CI_COMMIT_REF_PROTECTED == "true"'
    }


def test_on_forgejo_no_request_starts_it() -> None:
    found = job("forgejo")
    assert set(found[True]) == {"schedule", "workflow_dispatch"}
    assert found["jobs"]["report"]["if"] == "github.ref == 'refs/heads/main'"


@pytest.mark.parametrize("forge", ALL)
def test_the_token_is_never_an_argument(forge: str) -> None:
    for script in scripts(job(forge)):
        for line in script.splitlines():
            if "curl" in line or "gh api" in line:
                assert "TOKEN" not in line


@pytest.mark.parametrize("forge", ALL)
def test_every_secret_and_variable_of_a_job_is_explained(forge: str) -> None:
    readme = (JOBS / "README.md").read_text("utf-8")
    named = set(re.findall(r"\bEMS_[A-Z_]+", text(forge)))
    assert named
    assert not {name for name in named if f"`{name}`" not in readme}


@pytest.mark.parametrize(("there", "done"), [("", "POST repos/o/n/issues/7/comments"), ("41", "PATCH")])
def test_on_github_the_comment_is_made_once_and_then_written_over(
    there: str, done: str, tmp_path: Path
) -> None:
    program = tmp_path / "gh"
    asked_for = f'case "$*" in *--paginate*) echo "{there}" ;; *) echo "$*" >> "{tmp_path}/asked" ;; esac'
    program.write_text(f"#!/bin/sh\n{asked_for}\n")
    program.chmod(0o755)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "7.md").write_text("A report\n")
    (script,) = scripts(job("github")["jobs"]["post"])
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "PLACE": "repos/o/n/issues"}
    subprocess.run(["bash", "-e"], input=script, text=True, env=environment, check=True, cwd=tmp_path)
    (asked,) = (tmp_path / "asked").read_text().splitlines()
    assert f"--method {done}" in asked
    assert asked.endswith("--field body=@reports/7.md")
