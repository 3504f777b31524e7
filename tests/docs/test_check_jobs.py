"""The ready jobs that check a request: as the request has them, without a secret, running nothing of it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_ems.cli.main import commands

JOBS = Path(__file__).parents[2] / "docs" / "forges"
ACTIONS = ("github", "forgejo")
ALL = ("github", "gitlab", "forgejo")


def text(forge: str) -> str:
    return (JOBS / f"{forge}-check.yml").read_text("utf-8")


def job(forge: str) -> Mapping[Any, Any]:
    found = yaml.safe_load(text(forge))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("forge", ALL)
def test_no_secret_is_there(forge: str) -> None:
    assert not re.search(r"secrets\.\w", text(forge))
    assert set(re.findall(r"\bEMS_[A-Z_]+", text(forge))) <= {"EMS_VERSION", "EMS_TRUST_ROOT"}


@pytest.mark.parametrize("forge", ACTIONS)
def test_a_request_starts_it_with_a_token_that_only_reads(forge: str) -> None:
    found = job(forge)
    assert list(found[True]) == ["pull_request"]  # what YAML 1.1 makes of `on`
    assert found["permissions"] == {}
    assert found["jobs"]["check"]["permissions"] == {"contents": "read"}


def test_on_gitlab_a_request_starts_it_and_its_files_are_not_checked_out() -> None:
    found = job("gitlab")["check-request"]
    assert found["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert found["variables"]["GIT_CHECKOUT"] == "false"
    assert found["variables"]["PYTHONSAFEPATH"] == "1"


@pytest.mark.parametrize("forge", ACTIONS)
def test_nothing_of_the_request_is_there_when_anything_is_installed(forge: str) -> None:
    steps = job(forge)["jobs"]["check"]["steps"]
    names = [step.get("name") or step["uses"].partition("@")[0] for step in steps]
    before = names[: names.index("Install")]
    assert before == (["actions/setup-python"] if forge == "github" else [])
    # Nor is it ever the folder that a step works in, where programs would look for more of themselves.
    assert all("working-directory" not in step for step in steps)
    for step in steps:
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["path"] == "manual"
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("forge", ALL)
def test_it_is_asked_for_with_options_that_exist_and_fails_on_every_error(forge: str) -> None:
    (line,) = re.findall(r"\bems check [^>\n]*", text(forge))
    arguments = [
        {"manual": ".", "$(date -u +%F)": "2026-01-05"}.get(one, one) for one in shlex.split(line)[2:]
    ]
    context = commands()["check"].make_context("check", arguments, resilient_parsing=True)
    assert context.params["profile"] == "review"


@pytest.mark.parametrize("forge", ALL)
def test_all_history_is_fetched(forge: str) -> None:
    fetched = {"github": "fetch-depth: 0", "gitlab": 'GIT_DEPTH: "0"', "forgejo": "clone --quiet"}
    assert fetched[forge] in text(forge)
    assert "--depth" not in text(forge)
