"""Everything bad that somebody may write, through every command: an error with its place, or mere words.

Each case of the corpus is checked by itself; then all of them stand side by side in as few
repositories as they fit into, are checked in every format, compared, listed, built and approved.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from mkdocs_ems.cli import approve
from mkdocs_ems.cli.main import commands, ems
from mkdocs_ems.git.write import File
from mkdocs_ems.rules import all_rules
from support.hostile_cases import BASE, Case, Found, Link, batches, corpus, laid_over
from support.inert import (
    acting,
    printed_faults,
    site_faults,
    spreadsheet_faults,
    table_faults,
    told_faults,
)
from support.killing import LONGEST
from support.shell import every_byte
from support.story import Story

CASES = corpus()
BROKEN = {code for code, rule in all_rules().items() if rule.broken}
REFUSED = tuple(case for case in CASES if any(found.code in BROKEN for found in case.finds))
ACCEPTED = tuple(case for case in CASES if case not in REFUSED)
LARGE = tuple(case for case in REFUSED if case.size > 200_000)
"""Among many they would be read anew by each of their commands: they stand by themselves."""
AS_OF = "2026-06-01"
APPROVED_ON = datetime(2026, 5, 1, 9, tzinfo=UTC)
FORMS = {
    "check": ("json", "full", "concise", "sarif", "github", "gitlab", "junit"),
    "diff": ("text", "markdown", "json", "html"),
    "register": ("table", "json", "csv", "xlsx"),
}
SECONDS = 10
MEGABYTES = 1024
HEAVY = (
    "rows-beyond-the-most",
    "readings-of-two-hundred-thousand-faults",
    "readings-beyond-the-most",
    "document-of-more-than-five-megabytes",
    "hundred-thousand-brackets",
    "scalar-of-four-megabytes",
    "rules-across-the-page",
)
MEASURED = """
import json, resource, subprocess, sys
limit = 4 << 30  # of addresses, so that a runaway ends before the machine does
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024]))
"""
LONGEST_MESSAGE = 4_000
"""In characters: what somebody wrote is not handed on whole."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that holds the base, and nothing else."""
    story = Story(tmp_path_factory.mktemp("hostile") / "repository")
    story.commit(dict(BASE))
    return story.check_out()


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("GIT_", "EMS_"))]:
        monkeypatch.delenv(name)
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Mary\n\temail = mary@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(approve, "this_moment", lambda: APPROVED_ON)


def ask(root: Path, *arguments: object) -> Result:
    """Run a command: it ends with 0, 1 or 2, and shows no defect."""
    name, *others = map(str, arguments)
    done = CliRunner().invoke(ems, [name, "--repo", str(root), *others])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code in (0, 1, 2)
    assert printed_faults(done.output) == []
    return done


def test_every_case_has_a_name_of_its_own_and_there_are_enough() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 400


def test_every_form_that_a_command_has_is_driven() -> None:
    offered = {
        name: {*option.type.choices}
        for name, command in commands().items()
        for option in command.params
        if option.name == "form" and isinstance(option.type, click.Choice) and name in FORMS
    }
    assert offered == {name: {*forms} for name, forms in FORMS.items()}


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_a_case_is_an_error_at_its_place_or_accepted(case: Case, root: Path) -> None:
    with laid_over(root, case):
        begun = time.process_time()
        done = ask(root, "check", "--as-of", AS_OF, "--format", "json")
        assert time.process_time() - begun < SECONDS
    told = json.loads(done.stdout)["diagnostics"]
    found = {Found(one["code"], one["path"], one["line"]) for one in told}
    assert set(case.finds) <= found
    assert any(one["broken"] for one in told) == (case in REFUSED)
    assert done.exit_code == (case in REFUSED)
    assert max(len(one["message"]) for one in told) < LONGEST_MESSAGE


def _landed(folder: Path, cases: Sequence[Case]) -> tuple[Path, str]:
    """A repository in which cases came to the base, and the commit before them."""
    story = Story(folder / "repository")
    before = story.commit(dict(BASE))
    entries = {path: content for case in cases for path, content in case.files.items()}
    story.commit(
        {
            path: File(content.target.encode(), "120000") if isinstance(content, Link) else content
            for path, content in entries.items()
        },
        by="ben",
    )
    return story.check_out(), before


def _ids(cases: Sequence[Case]) -> str:
    return f"with-{cases[0].name}"


def _read(root: Path, before: str, folder: Path) -> None:
    """Every command that only reads, in every format: nothing is written but what was asked for."""
    bytes_before = every_byte(root)
    for form in FORMS["check"]:
        done = ask(root, "check", "--as-of", AS_OF, "--format", form)
        assert told_faults(form, done.stdout) == []
    for form in FORMS["diff"]:
        done = ask(root, "diff", before, "--as-of", AS_OF, "--format", form)
        assert done.exit_code == 0
        assert done.stdout
        assert form != "html" or acting(done.stdout)[0] == []
    for form in FORMS["register"]:
        out = folder / f"register.{form}"
        done = ask(root, "register", "--as-of", AS_OF, "--format", form, "--output", out)
        assert done.exit_code == 0
        assert form != "csv" or table_faults(out.read_text("utf-8")) == []
        assert form != "xlsx" or spreadsheet_faults(out.read_bytes()) == []
        out.unlink()
    assert every_byte(root) == bytes_before


def _built(root: Path, folder: Path, *options: str) -> dict[str, str]:
    """The words of each page of a manual, in which nothing acts; nothing else was written."""
    bytes_before, others = every_byte(root), {*folder.iterdir()}
    done = ask(root, "build", "--as-of", AS_OF, "--site-dir", folder / "site", *options)
    assert done.exit_code in (0, 1), done.output
    assert every_byte(root) == bytes_before
    assert {*folder.iterdir()} - others <= {folder / "site"}
    wrong, words = site_faults(folder / "site")
    assert wrong == [], "\n".join(wrong[:60])
    return words


def _is_shown(case: Case, words: dict[str, str]) -> bool:
    return not case.shown or any(case.shown in text for text in words.values())


@pytest.mark.parametrize("cases", batches(ACCEPTED), ids=_ids)
def test_what_is_accepted_is_shown_and_does_nothing(cases: Sequence[Case], tmp_path: Path) -> None:
    root, before = _landed(tmp_path, cases)
    _read(root, before, tmp_path)
    words = _built(root, tmp_path, "--state", "draft")
    assert [case.name for case in cases if not _is_shown(case, words)] == []
    documents = [case.document for case in cases if case.document]
    if documents:
        done = ask(root, "approve", *documents, "--yes", "--reason", "As a test")
        assert done.exit_code == 0, done.output
        words = _built(root, tmp_path, "--permanent")
        assert [case.name for case in cases if case.document and not _is_shown(case, words)] == []


@pytest.mark.parametrize(
    "cases", [*batches(case for case in REFUSED if case not in LARGE), *batches(LARGE)], ids=_ids
)
def test_what_is_refused_does_nothing_either(cases: Sequence[Case], tmp_path: Path) -> None:
    root, before = _landed(tmp_path, cases)
    _read(root, before, tmp_path)
    _built(root, tmp_path, "--state", "draft")
    for case in cases:
        if case.document:
            ask(root, "approve", case.document, "--yes", "--no-commit")


@pytest.mark.parametrize("name", HEAVY)
def test_the_heaviest_end_in_time_and_in_little_memory(name: str, root: Path) -> None:
    (case,) = (one for one in CASES if one.name == name)
    command = [
        sys.executable,
        "-m",
        "mkdocs_ems",
        "check",
        "--repo",
        str(root),
        "--as-of",
        AS_OF,
        "--no-cache",
    ]
    with laid_over(root, case):
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, *command],
            capture_output=True,
            text=True,
            check=True,
            timeout=LONGEST,
        )
    code, seconds, megabytes = json.loads(done.stdout)
    assert code == int(case in REFUSED)
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
