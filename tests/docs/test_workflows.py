"""The workflows that we ship, as tools see them that know what goes wrong with workflows."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

JOBS = Path(__file__).parents[2] / "docs" / "forges"
SHIPPED = sorted(JOBS.glob("*.yml"))
ACTIONS = [path for path in SHIPPED if not path.name.startswith("gitlab")]
GITLAB = [path for path in SHIPPED if path.name.startswith("gitlab")]


def _id(path: Path) -> str:
    return path.stem


def ended(program: str, *arguments: object, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program that comes with the development dependencies."""
    found = shutil.which(program, path=str(Path(sys.executable).parent))
    assert found is not None, f"{program} comes with the development dependencies"
    command = [found, *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


def audited(folder: Path, *, pedantic: bool) -> list[str]:
    """What zizmor finds in the workflows of a repository, asking nobody."""
    persona = "pedantic" if pedantic else "regular"
    options = ("--offline", "--no-config", "--no-progress", "--strict-collection", "--format", "json")
    done = ended("zizmor", *options, "--no-exit-codes", "--persona", persona, folder)
    assert done.returncode == 0, done.stderr
    return [finding["ident"] for finding in json.loads(done.stdout)]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Where a forge would look for them."""
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    return folder


def scripts(value: object) -> Iterator[str]:
    """Every script anywhere in a job."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "run":
                yield one
            elif key in ("script", "before_script"):
                yield "\n".join(one)
            else:
                yield from scripts(one)
    elif isinstance(value, list):
        for one in value:
            yield from scripts(one)


def test_every_forge_has_its_check_its_report_and_its_import() -> None:
    names = {path.stem for path in SHIPPED}
    assert {
        f"{forge}{job}" for forge in ("github", "gitlab", "forgejo") for job in ("", "-check", "-report")
    } <= names


@pytest.mark.parametrize("path", SHIPPED, ids=_id)
def test_every_workflow_is_explained(path: Path) -> None:
    assert f"({path.name})" in (JOBS / "README.md").read_text("utf-8")


def test_zizmor_finds_nothing_in_any_workflow(repository: Path) -> None:
    for path in ACTIONS:
        shutil.copy(path, repository)
    assert audited(repository, pedantic=False) == []


def test_zizmor_finds_nothing_pedantic_in_the_workflows_for_github(repository: Path) -> None:
    for path in ACTIONS:
        if path.name.startswith("github"):
            shutil.copy(path, repository)
    assert audited(repository, pedantic=True) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("  pull_request:", "  pull_request_target:", "dangerous-triggers"),
        ("          persist-credentials: false\n", "", "artipacked"),
        ("    runs-on: ubuntu-24.04\n", "    runs-at: ubuntu-24.04\n", None),
        ('"origin/$BASE"', '"origin/${{ github.event.pull_request.head.ref }}"', "template-injection"),
        ("@11bd71901bbe5b1630ceea73d27597364c9af683", "@v4", "unpinned-uses"),
        ("permissions:\n      contents: read", "permissions: write-all", "excessive-permissions"),
    ],
)
def test_zizmor_would_find_it(repository: Path, old: str, new: str, found: str | None) -> None:
    text = (JOBS / "github-check.yml").read_text("utf-8")
    assert old in text
    (repository / "check.yml").write_text(text.replace(old, new), "utf-8")
    if found is None:
        # What is no workflow is refused, not passed over.
        with pytest.raises(AssertionError):
            audited(repository, pedantic=False)
    else:
        assert found in audited(repository, pedantic=False)


@pytest.mark.parametrize(("kind", "paths"), [("github-workflows", ACTIONS), ("gitlab-ci", GITLAB)])
def test_every_workflow_is_one_as_its_forge_describes_them(kind: str, paths: list[Path]) -> None:
    done = ended("check-jsonschema", "--builtin-schema", f"vendor.{kind}", *paths)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SHIPPED, ids=_id)
def test_shellcheck_finds_nothing_in_any_script(path: Path) -> None:
    found = list(scripts(yaml.safe_load(path.read_text("utf-8"))))
    assert found
    for script in found:
        done = ended("shellcheck", "--norc", "--shell", "bash", "-", given=script)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SHIPPED, ids=_id)
def test_no_workflow_is_started_by_a_request_with_the_rights_of_the_main_branch(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "pull_request_target" not in text
    assert "workflow_run" not in text


@pytest.mark.parametrize("path", SHIPPED, ids=_id)
def test_whatever_is_taken_from_elsewhere_has_a_commit_or_a_version(path: Path) -> None:
    text = path.read_text("utf-8")
    for used in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", used)
    for installed in re.findall(r"pip install (.*)", text):
        assert re.fullmatch(r'"mkdocs-ems(\[forge\])?==\$EMS_VERSION"', installed)
