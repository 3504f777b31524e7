"""Which forge, which project, which token: named, or taken from the job's environment."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from mkdocs_ems.errors import UsageError
from mkdocs_ems.forges.clients import Place, client, place, token
from mkdocs_ems.forges.patience import Patience
from mkdocs_ems.forges.values import ForgeName

GITHUB = {"GITHUB_REPOSITORY": "works/ems", "GITHUB_API_URL": "https://api.github.com"}
GITLAB = {"CI_PROJECT_PATH": "works/ems/manual", "CI_SERVER_URL": "https://git.example.org"}
FORGEJO = {"GITHUB_REPOSITORY": "works/ems", "GITHUB_SERVER_URL": "https://codeberg.example"}


@pytest.mark.parametrize(
    ("forge", "environment", "project", "address"),
    [
        ("github", GITHUB, "works/ems", "https://api.github.com"),
        ("gitlab", GITLAB, "works/ems/manual", "https://git.example.org"),
        ("forgejo", FORGEJO, "works/ems", "https://codeberg.example"),
    ],
)
def test_a_job_needs_no_options(
    forge: ForgeName, environment: Mapping[str, str], project: str, address: str
) -> None:
    assert place(forge, project=None, address=None, environment=environment) == Place(forge, project, address)


@pytest.mark.parametrize(
    ("forge", "written", "meant"),
    [
        ("github", "https://github.com", "https://api.github.com"),
        ("github", "https://api.github.com/", "https://api.github.com"),
        ("github", "https://git.example.org", "https://git.example.org/api/v3"),
        ("github", "https://git.example.org/api/v3", "https://git.example.org/api/v3"),
        ("gitlab", "https://git.example.org/api/v4", "https://git.example.org"),
        ("forgejo", "https://git.example.org/api/v1/", "https://git.example.org"),
    ],
)
def test_an_address_is_understood_as_people_write_it(forge: ForgeName, written: str, meant: str) -> None:
    assert place(forge, project="works/ems", address=written, environment={}).address == meant


@pytest.mark.parametrize(
    ("forge", "project", "words"),
    [
        ("github", None, "--project owner/name"),
        ("github", "ems", "is no project of a forge"),
        ("github", "works/ems/manual", "is no project of a forge"),
        ("forgejo", "../..", "is no project of a forge"),
        ("gitlab", "works/ems?x", "is no project of a forge"),
        ("forgejo", "works/ems", "--url https://git.example.org"),
    ],
)
def test_what_cannot_be_a_project_or_has_no_address_is_told(
    forge: ForgeName, project: str | None, words: str
) -> None:
    with pytest.raises(UsageError, match=words.replace("?", r"\?")):
        place(forge, project=project, address=None, environment={})


@pytest.mark.parametrize(
    "base", ["http://git.example.org", "ftp://x", "git.example.org", "https://a:b@x", "https://x:99999"]
)
def test_an_address_that_is_none_or_can_be_listened_to_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="https"):
        Patience(base, "secret")


def test_the_token_stays_out_of_what_is_shown_of_a_policy() -> None:
    assert "secret" not in repr(Patience("https://git.example.org", "secret"))


@pytest.mark.parametrize(
    ("value", "words"), [("", "set GITHUB_TOKEN"), ("a b", "is no token"), ("é", "is no token")]
)
def test_a_token_that_is_missing_or_none_is_told(value: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        token("github", {"GITHUB_TOKEN": value})


@pytest.mark.parametrize("forge", ["github", "gitlab", "forgejo"])
def test_a_missing_library_is_told_with_how_to_install_it(
    forge: ForgeName, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name, name="github")

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(UsageError, match=r"pip install 'mkdocs-ems\[forge\]'"):
        client(Place(forge, "works/ems", "https://git.example.org"), Patience("https://git.example.org", "x"))


def test_the_libraries_are_imported_only_when_a_client_is_made() -> None:
    code = (
        "import sys\nimport mkdocs_ems.cli.approvals_import\n"
        "print(sorted({'github', 'gitlab', 'pyforgejo', 'requests', 'httpx'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_file_named_env_changes_nothing(tmp_path: Path) -> None:
    # pyforgejo reads a `.env` in any folder above itself: a repository that holds a venv could have one.
    code = (
        "import os\nimport dotenv.main\n"
        f"dotenv.main.find_dotenv = lambda *a, **k: {str(tmp_path / '.env')!r}\n"
        "from mkdocs_ems.forges.forgejo import _library\n_library()\nprint(os.environ.get('HTTPS_PROXY'))\n"
    )
    (tmp_path / ".env").write_text("HTTPS_PROXY=http://evil.example\nAPI_KEY=stolen\n")
    environment = {name: value for name, value in os.environ.items() if name != "HTTPS_PROXY"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == "None"
