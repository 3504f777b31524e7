"""What the documentation says is so: paths, links, commands, options, tables, schemas."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from jsonschema import Draft202012Validator

from mkdocs_ems.cli.main import commands
from mkdocs_ems.rules import RULES
from support.scripts import script

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")],
    key=lambda page: page.relative_to(ROOT).as_posix(),
)
PATH = re.compile(r"`((?:plugins|scripts|tests|docs|ems|\.ci)/[\w./-]*)`")
EMS = re.compile(rf"\bems ((?:{'|'.join(commands())})\b[^`\n|#]*)")
OPTION = re.compile(r"--[a-z][a-z-]+")


def _id(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def test_there_are_pages_to_check() -> None:
    names = {_id(page) for page in PAGES}
    assert {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"} <= names
    assert "docs/document-control.md" in names


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    named = set(PATH.findall(page.read_text(encoding="utf-8")))
    missing = sorted(path for path in named if not (ROOT / path).exists())
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=_id)
def test_every_command_and_option_that_a_page_names_exists(page: Path) -> None:
    known = {name: _options(command) for name, command in commands().items()}
    for written in EMS.findall(page.read_text(encoding="utf-8")):
        name, *_ = written.split()
        unknown = set(OPTION.findall(written)) - known[name]
        assert not unknown, f"ems {name} has no {', '.join(sorted(unknown))}"


def _options(command: click.Command) -> set[str]:
    """The options of a command; of a group, those of every command in it too."""
    names = {name for option in command.params for name in option.opts}
    if isinstance(command, click.Group):
        inner = (command.get_command(click.Context(command), one) for one in command.list_commands(None))  # type: ignore[arg-type]
        names |= {name for one in inner if one is not None for name in _options(one)}
    return names | {"--help"}


def test_every_command_has_help_with_an_example() -> None:
    for name, command in commands().items():
        assert command.help, name
        assert f"ems {name}" in command.help, f"ems {name} --help has no example"


def test_links_between_the_pages_lead_somewhere() -> None:
    lychee = shutil.which("lychee", path=str(Path(sys.executable).parent))
    assert lychee is not None, "lychee comes with the development dependencies"
    command = [lychee, "--offline", "--include-fragments", "--no-progress", *map(str, PAGES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_layer_table_is_the_contract() -> None:
    command = [sys.executable, "scripts/architecture.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs" / "schemas").glob("*.json")), ids=lambda path: path.name
)
def test_every_published_schema_is_one(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for name in commands() if f"ems {name}" not in text]
    assert not missing


def test_rule_codes_in_the_pages_are_rules() -> None:
    prefixes = {code[:3] for code in RULES}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        named = {code for code in re.findall(r"\b[A-Z]{3}\d{3}\b", text) if code[:3] in prefixes}
        unknown = named - set(RULES) - {"ASP021"}  # the example that CONTRIBUTING.md walks through
        assert not unknown, f"{_id(page)} names {sorted(unknown)}"


def test_every_room_says_what_it_is() -> None:
    package = ROOT / "plugins" / "mkdocs_ems"
    for module in sorted(package.rglob("*.py")):
        name = ".".join(module.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__")
        if name == "mkdocs_ems.__main__":
            continue
        assert importlib.import_module(name).__doc__, name


def _dev(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[list[str]]:
    """What `dev.py` would run, as it stands in the environment that is there."""
    dev = script("dev")
    ran: list[list[str]] = []
    monkeypatch.setattr(dev, "ensure_venv", lambda: None)
    monkeypatch.setattr(dev, "_run", lambda command, **_: ran.append([str(part) for part in command]))
    monkeypatch.setattr(sys, "argv", ["dev.py", *arguments])
    assert dev.main() == 0
    return ran


def test_the_quick_checks_select_by_marks_that_are_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    (tests,) = (command for command in _dev(monkeypatch, "check") if "pytest" in command)
    selected = set(re.findall(r"\w+", tests[-1])) - {"not", "and"}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    registered = {mark.partition(":")[0] for mark in settings["tool"]["pytest"]["ini_options"]["markers"]}
    assert selected == registered


def test_what_follows_bench_is_handed_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    (command,) = _dev(monkeypatch, "bench", "--rounds", "3", "--help")
    assert command[-3:] == ["--rounds", "3", "--help"]
