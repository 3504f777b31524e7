"""The ready jobs that build one version each: run here as far as a shell goes, they make the same site."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.shell import git
from support.ten_versions import begun, land, rows

JOBS = Path(__file__).parents[2] / "docs" / "forges"
FORGES = ("github", "gitlab")
Sites = Callable[[str], Mapping[str, bytes]]
INSTALLING = ("pip install", "apt-get", "git switch", "git config")


def text(forge: str) -> str:
    return (JOBS / f"{forge}-versions.yml").read_text("utf-8")


def jobs(forge: str) -> Mapping[str, Any]:
    found: Mapping[Any, Any] = yaml.safe_load(text(forge))
    return found["jobs"] if forge == "github" else {str(name): one for name, one in found.items()}


def script(forge: str, name: str) -> str:
    """What a job runs, but for what it installs."""
    job = jobs(forge)[name]
    lines = job["script"] if forge == "gitlab" else [step["run"] for step in job["steps"] if "run" in step]
    return "\n".join(line for line in lines if not any(word in line for word in INSTALLING))


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company with three versions. Nobody changes it: who wants to, clones it."""
    story = begun(tmp_path_factory.mktemp("origin") / "origin")
    for month, title in enumerate(("Noise", "Dust"), 2):
        register = rows(("ASP-001", "Solvents"), ("ASP-002", title))
        land(story, f"v0{month}", "eve", {"ems/registers/aspects.yml": register}, date=f"2025-{month:02}-03")
    return story.check_out()


@pytest.fixture
def company(origin: Path, tmp_path: Path) -> Path:
    """A clone of it."""
    git(tmp_path, "clone", "-q", str(origin), str(tmp_path / "clone"))
    return tmp_path / "clone"


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """A shell with the command `ems`, and nothing of whoever runs the tests."""
    programs = tmp_path_factory.mktemp("programs")
    (programs / "ems").write_text(f'#!/bin/sh\nexec {sys.executable} -m mkdocs_ems "$@"\n')
    (programs / "ems").chmod(0o755)
    if not shutil.which("jq"):
        (programs / "jq").write_text(_JQ.format(python=sys.executable))
        (programs / "jq").chmod(0o755)
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "EMS_"))}
    return {**plain, "PATH": f"{programs}:{os.environ['PATH']}"}


@pytest.fixture
def environment(shell: Mapping[str, str], tmp_path: Path) -> Mapping[str, str]:
    """The same, where nothing is kept yet."""
    return {**shell, "EMS_CACHE_DIR": str(tmp_path / "cache")}


@pytest.fixture(scope="module")
def of_all(origin: Path, shell: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The site of a build of all versions on a day; built once for all that are given the same."""

    @cache
    def built(day: str) -> Mapping[str, bytes]:
        folder = tmp_path_factory.mktemp("all")
        own = {**shell, "EMS_CACHE_DIR": str(folder / "cache")}
        run(f"ems build --all --as-of {day} --site-dir {folder / 'site'}", origin, own)
        return every(folder / "site")

    return built


_JQ = """\
#!{python}
# The three questions that the jobs ask of a list of versions.
import json, os, sys
asked, path = sys.argv[-2:]
found = json.load(open(path))
if "names=" in asked:
    print("names=" + json.dumps(found["build"]))
if ".day" in asked:
    print(("day=" if "names=" in asked else "EMS_AS_OF=") + found["versions"][0]["day"])
if "to_entries" in asked:
    total, index = int(os.environ["CI_NODE_TOTAL"]), int(os.environ["CI_NODE_INDEX"])
    print("\\n".join(name for at, name in enumerate(found["build"]) if at % total == index - 1))
"""


def run(script: str, folder: Path, environment: Mapping[str, str], **more: object) -> None:
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={**environment, **{name: str(value) for name, value in more.items()}},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def every(folder: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_the_jobs_on_github_make_the_site_of_a_build_of_all(
    company: Path, environment: Mapping[str, str], of_all: Sites, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    run(script("github", "list"), company, environment, GITHUB_OUTPUT=output)
    said = dict(line.split("=", 1) for line in output.read_text().splitlines())
    names = json.loads(said["names"])
    assert names == ["current", "v03", "v02", "v01"]
    (company / "parts").mkdir()
    for index, name in enumerate(names):
        part = f"parts/{index}.part"
        run(script("github", "build"), company, environment, NAME=name, PART=part, EMS_AS_OF=said["day"])
    joining = script("github", "join").partition("ems publish")[0]
    run(joining, company, environment, EMS_AS_OF=said["day"])
    assert every(company / "site") == of_all(said["day"])


@pytest.mark.slow
def test_the_jobs_on_gitlab_make_the_site_of_a_build_of_all(
    company: Path, environment: Mapping[str, str], of_all: Sites
) -> None:
    run(script("gitlab", "list-versions"), company, environment)
    name, day = (company / "day.env").read_text().strip().split("=")
    assert name == "EMS_AS_OF"
    for index in range(1, 5):
        node = {"CI_NODE_INDEX": index, "CI_NODE_TOTAL": 4, "EMS_AS_OF": day}
        run(script("gitlab", "build-versions"), company, environment, **node)
    run(script("gitlab", "join-versions"), company, environment, EMS_AS_OF=day)
    assert every(company / "public") == of_all(day)


@pytest.mark.parametrize("forge", FORGES)
def test_every_script_is_one_and_nothing_of_the_forge_is_put_into_it(forge: str) -> None:
    for name in jobs(forge):
        if name.startswith("."):
            continue
        done = subprocess.run(["bash", "-n"], input=script(forge, name), text=True, check=False)
        assert done.returncode == 0
        assert "${{" not in script(forge, name)


@pytest.mark.parametrize("forge", FORGES)
def test_all_history_is_fetched_and_no_request_makes_a_part(forge: str) -> None:
    assert {"github": "fetch-depth: 0", "gitlab": 'GIT_DEPTH: "0"'}[forge] in text(forge)
    assert "pull_request" not in text(forge)
    assert "merge_request" not in text(forge)


def test_on_github_actions_are_pinned_and_only_the_last_job_may_write() -> None:
    for name, job in jobs("github").items():
        assert job["permissions"] == {"contents": "write" if name == "join" else "read"}
        for step in job["steps"]:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step.get("uses", "a/b@" + "0" * 40))
