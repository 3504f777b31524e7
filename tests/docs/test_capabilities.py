"""Each capability is served by what docs/capabilities.yml names: every place is opened and looked at."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from mkdocs_ems.cli.main import commands, ems
from mkdocs_ems.rules import RULES
from support.demonstration import AS_OF
from support.scripts import script

ROOT = Path(__file__).parents[2]


capabilities = script("capabilities")
ROWS = capabilities.capabilities()
SERVED = [(row.number, *one.named, one) for row in ROWS for one in row.served_by]
"""The number of the row, the sort of the place, the place, and the whole entry."""


def _words(text: str) -> str:
    """A text as one line, so that it does not matter where its lines end."""
    return " ".join(text.split())


def _faults(sort: str, shown: Mapping[str, str]) -> list[str]:
    """The rows whose words are not where they should be, or are somewhere else of the same sort too.

    A heading of the documentation is held against the other headings, a whole file against other files.
    """
    found = []
    for number, sort_of_this, place, service in SERVED:
        if sort_of_this != sort:
            continue
        alike = [one for one in shown if ("#" in one) is ("#" in place)]
        said = [one for one in alike if _words(service.shows) in _words(shown[one])]
        if said != [place]:
            found.append(f"row {number}: {service.shows!r} is in {said or 'nothing'}, not in {place} alone")
    return found


def test_each_of_the_88_rows_stands_once_and_in_order() -> None:
    assert [row.number for row in ROWS] == list(range(1, 89))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"served_by": [{"shows": "words"}]},
        {"served_by": [{"rule": "CLS001", "command": "ems check", "shows": "words"}]},
        {"served_by": [{"rule": "CLS001"}]},
        {"served_by": [{"page": "index.html", "shows": "words"}]},
        {"to_come": ""},
    ],
)
def test_a_row_without_anything_to_look_at_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        capabilities.Capability.model_validate({"number": 1, "clause": "4.1", "capability": "x", **fields})


def test_no_two_rows_look_for_the_same_words() -> None:
    looked_for = [service.shows for *_, service in SERVED]
    assert len(set(looked_for)) == len(looked_for)


def test_what_a_row_looks_for_is_more_than_a_word() -> None:
    assert [shows for *_, service in SERVED if len((shows := service.shows).split()) < 2] == []


def test_every_rule_that_serves_a_row_explains_it_and_no_other_does() -> None:
    run = CliRunner()
    assert _faults("rule", {code: run.invoke(ems, ["explain", code]).stdout for code in RULES}) == []


def test_the_help_of_every_command_that_serves_a_row_shows_it_and_no_other_does() -> None:
    run = CliRunner()
    helped = {f"ems {name}": run.invoke(ems, [name, "--help"]).stdout for name in commands()}
    assert _faults("command", helped) == []


def test_the_documentation_that_serves_a_row_says_it_and_nothing_else_does() -> None:
    assert _faults("documentation", dict(_documentation())) == []


def _documentation() -> Iterator[tuple[str, str]]:
    """Every page of the documentation but the one on capabilities, and each section of each."""
    for file in sorted((ROOT / "docs").rglob("*.md")):
        name, text = file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        if file == capabilities.PAGE:
            continue
        yield name, text
        for heading, section in capabilities.sections(text):
            yield f"{name}#{capabilities.anchor(heading)}", section


class Reader(HTMLParser):
    """The words of a page's own contents, and of the heading at its top."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.said: list[str] = []
        self.title: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("article", "h1", "script", "style") or ("class", "headerlink") in attrs:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside[-1:] == [tag]:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.inside in (["article"], ["article", "h1"]):
            self.said.append(data)
            if self.inside[-1] == "h1":
                self.title.append(data)


@pytest.fixture(scope="module")
def manual(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manual of the demonstration, with the issues in force. Nobody changes it."""
    site = tmp_path_factory.mktemp("manual") / "site"
    asked = ["--repo", demo, "--as-of", AS_OF, "--site-dir", site, "--fail-on", "never"]
    command = [sys.executable, "-m", "mkdocs_ems", "build", *map(str, asked)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


@pytest.fixture(scope="module")
def pages(manual: Path) -> Mapping[str, Reader]:
    """Every page that serves a row, as far as it is there, by its address."""
    named = {place for _, sort, place, _ in SERVED if sort == "page"}
    there = sorted(place for place in named if (manual / place).is_file())
    return {place: Reader((manual / place).read_text(encoding="utf-8")) for place in there}


@pytest.mark.slow
def test_every_page_that_serves_a_row_shows_it_and_no_other_of_them_does(pages: Mapping[str, Reader]) -> None:
    assert _faults("page", {place: " ".join(page.said) for place, page in pages.items()}) == []


@pytest.mark.slow
def test_every_page_that_serves_a_row_bears_the_title_that_is_given(pages: Mapping[str, Reader]) -> None:
    titled = {place: service.title for _, sort, place, service in SERVED if sort == "page"}
    other = {
        place: title
        for place, title in titled.items()
        if place not in pages or not _words(" ".join(pages[place].title)).endswith(title)
    }
    assert other == {}


@pytest.mark.slow
def test_every_rule_that_serves_a_row_has_its_page_in_the_manual(manual: Path) -> None:
    missing = [
        f"row {number}: {code}"
        for number, sort, code, service in SERVED
        if sort == "rule"
        and _words(service.shows)
        not in _words(" ".join(Reader((manual / f"rules/{code}/index.html").read_text("utf-8")).said))
    ]
    assert missing == []


def test_the_page_is_made_from_the_rows() -> None:
    command = [sys.executable, "scripts/capabilities.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
