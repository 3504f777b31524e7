"""The ready jobs for the forges: they parse, name what exists, and give nothing away."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from mkdocs_ems.cli.approvals_import import import_command
from mkdocs_ems.forges.clients import TOKENS
from mkdocs_ems.forges.values import ForgeName

JOBS = Path(__file__).parents[2] / "docs" / "forges"
ACTIONS: tuple[ForgeName, ...] = ("github", "forgejo")
ALL: tuple[ForgeName, ...] = ("github", "gitlab", "forgejo")


def job(forge: str) -> Mapping[Any, Any]:
    found = yaml.safe_load((JOBS / f"{forge}.yml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def texts(value: object) -> Iterator[str]:
    """Every text anywhere in a job."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def commands(forge: str) -> list[list[str]]:
    """Every call of `ems`, split as a shell would."""
    lines = [line.strip() for text in texts(job(forge)) for line in text.splitlines()]
    return [shlex.split(line) for line in lines if line.startswith("ems ")]


@pytest.mark.parametrize("forge", ALL)
def test_a_job_imports_with_options_that_exist(forge: ForgeName) -> None:
    ((_, group, name, *arguments),) = commands(forge)
    assert (group, name) == ("approvals", "import")
    context = import_command.make_context("import", [one.replace("manual", ".") for one in arguments])
    assert context.params["forge"] == forge
    assert context.params["key"]
    assert isinstance(context, click.Context)


@pytest.mark.parametrize("forge", ALL)
def test_the_token_comes_from_the_environment_that_is_read(forge: ForgeName) -> None:
    text = (JOBS / f"{forge}.yml").read_text("utf-8")
    readme = (JOBS / "README.md").read_text("utf-8")
    assert TOKENS[forge] in (text if forge in ACTIONS else readme)
    assert not any("TOKEN" in argument for command in commands(forge) for argument in command)


@pytest.mark.parametrize("forge", ALL)
def test_what_has_landed_is_fetched_whole(forge: ForgeName) -> None:
    text = (JOBS / f"{forge}.yml").read_text("utf-8")
    assert {"github": "fetch-depth: 0", "gitlab": 'GIT_DEPTH: "0"', "forgejo": "git clone"}[forge] in text
    assert "--depth" not in text


@pytest.mark.parametrize("forge", ACTIONS)
def test_a_job_runs_on_the_main_branch_alone(forge: ForgeName) -> None:
    found = job(forge)
    triggers = found[True]  # what YAML 1.1 makes of `on`
    assert set(triggers) == {"push", "schedule", "workflow_dispatch"}
    assert triggers["push"] == {"branches": ["main"]}
    assert found["jobs"]["import"]["if"] == "github.ref == 'refs/heads/main'"


def test_the_job_on_gitlab_runs_on_the_protected_default_branch_alone() -> None:
    (rule,) = job("gitlab")["import-approvals"]["rules"]
    assert rule == {"if": '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_COMMIT_REF_PROTECTED == "true"'}


def test_the_token_on_github_only_reads_and_the_secrets_are_of_one_environment() -> None:
    found = job("github")
    assert found["permissions"] == {}
    one = found["jobs"]["import"]
    assert one["permissions"] == {"contents": "read", "pull-requests": "read"}
    assert one["environment"] == "ems-importer"


@pytest.mark.parametrize("forge", ACTIONS)
def test_actions_are_pinned_and_no_expression_stands_in_a_script(forge: ForgeName) -> None:
    for step in job(forge)["jobs"]["import"]["steps"]:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step.get("uses", "a/b@" + "0" * 40))
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("forge", ALL)
def test_every_secret_and_variable_of_a_job_is_explained(forge: ForgeName) -> None:
    readme = (JOBS / "README.md").read_text("utf-8")
    named = set(re.findall(r"\bEMS_[A-Z_]+", (JOBS / f"{forge}.yml").read_text("utf-8")))
    assert named
    assert not {name for name in named if f"`{name}`" not in readme}
