"""What a row said after each event: every field, what changed marked, and nothing that is personal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

import pytest

from mkdocs_ems.control import Content, DocumentControl, Issue, IssueState
from mkdocs_ems.pages import Manual, Page, Permanent

ASPECTS, PEOPLE = "ems/registers/aspects.yml", "ems/registers/people.yml"
PAGE = "registers/aspects/ASP-002/at/index.html"
OLD = """\
id: REG-ASP
type: aspect
rows:
  - id: ASP-001
    title: Mist
  - id: ASP-002
    title: Water
    process: PRC-01
    notes: "<script>alert(1)</script>"
"""
NEW = OLD.replace("Water", "Mains water").replace("    process: PRC-01\n", "    condition: normal\n")
GONE = OLD.partition("  - id: ASP-002")[0]
TEXTS = {"old": OLD, "new": NEW, "gone": GONE}


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]


@pytest.fixture
def register(
    issue: Callable[..., Issue], document: Callable[..., DocumentControl]
) -> Callable[..., DocumentControl]:
    def made(*blobs: str) -> DocumentControl:
        last = len(blobs)
        issues = [
            issue(
                number,
                ASPECTS,
                content=Content(ASPECTS, blob, ()),
                state=IssueState.IN_FORCE if number == last else IssueState.SUPERSEDED,
            )
            for number, blob in enumerate(blobs, 1)
        ]
        return document("REG-ASP", ASPECTS, "aspect", *issues)

    return made


def test_each_event_has_its_chapter_under_the_first_characters_of_its_commit(
    render: Render, register: Callable[..., DocumentControl]
) -> None:
    html = render(documents=[register("old", "new")], draft=False, texts=TEXTS).html(PAGE)
    assert html.index("Issue 2, ") < html.index("Issue 1, ")
    assert f'<h2 id="{"0" * 12}">' in html


def test_every_chapter_but_the_newest_says_that_the_row_was_changed_since(
    render: Render, register: Callable[..., DocumentControl]
) -> None:
    html = render(documents=[register("old", "new", "gone")], draft=False, texts=TEXTS).html(PAGE)
    newest, changed, first = (
        html.partition(f"Issue {at}, ")[2].partition("</section>")[0] for at in (3, 2, 1)
    )
    assert "Not the newest" not in newest
    assert "The row was taken out <a href=" in changed
    assert "The row was changed again <a href=" in first


def test_a_chapter_says_every_field_and_marks_what_changed(
    render: Render, register: Callable[..., DocumentControl]
) -> None:
    html = render(documents=[register("old", "new")], draft=False, texts=TEXTS).html(PAGE)
    newer = html.partition("Issue 2, ")[2].partition("</section>")[0]
    assert "<del>Water</del> <ins>Mains water</ins>" in newer
    assert "<ins>normal</ins>" in newer
    assert "<del>PRC-01</del>" in newer
    older = html.partition("Issue 1, ")[2].partition("</section>")[0]
    assert "<dd>Water</dd>" in older
    assert "<del>" not in older


def test_nothing_that_a_row_says_is_markup(render: Render, register: Callable[..., DocumentControl]) -> None:
    html = render(documents=[register("old", "new")], draft=False, texts=TEXTS).html(PAGE)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_row_leads_to_its_events_and_they_to_the_page_of_the_issue(
    render: Render, register: Callable[..., DocumentControl]
) -> None:
    shown = render(documents=[register("old", "new")], draft=False, texts=TEXTS)
    assert 'href="../../../registers/aspects/ASP-002/at/index.html"' in shown.html(
        "registers/aspects/ASP-002/index.html"
    )
    assert "/at/index.html" not in shown.html("registers/aspects/ASP-001/index.html")
    assert 'href="../../../../documents/REG-ASP/2/index.html">issue 2</a>' in shown.html(PAGE)


def test_a_row_that_was_taken_out_keeps_its_page(
    render: Render, register: Callable[..., DocumentControl], small: Mapping[str, str]
) -> None:
    files = {**small, ASPECTS: small[ASPECTS].partition("  - id: ASP-002")[0]}
    html = render(files, documents=[register("old", "gone")], draft=False, texts=TEXTS).html(PAGE)
    assert "Not there any more." in html
    assert "It was taken out of the register." in html
    assert "<dd>Water</dd>" in html


def test_each_state_of_a_row_that_moved_with_one_commit_has_an_address_of_its_own(
    render: Render, issue: Callable[..., Issue], document: Callable[..., DocumentControl]
) -> None:
    more = "ems/registers/more.yml"

    def issues(path: str, *blobs: str) -> list[Issue]:
        made = [issue(at, path, content=Content(path, blob, ())) for at, blob in enumerate(blobs, 1)]
        return [
            replace(one, event=replace(one.event, commit=replace(one.event.commit, id=f"{one.number}" * 40)))
            for one in made
        ]

    left, came = issues(ASPECTS, "gone", "old"), issues(more, "old", "gone")
    documents = [
        document("REG-ASP", ASPECTS, "aspect", *left),
        document("REG-MORE", more, "aspect", *came),
    ]
    html = render(documents=documents, draft=False, texts=TEXTS).html(PAGE)
    addresses = re.findall(r'<h2 id="([^"]+)"', html)
    assert addresses == ["2" * 12, f"{'2' * 12}-REG-MORE", "1" * 12]
    assert f'The row was brought into REG-ASP <a href="#{"2" * 12}">' in html


def test_what_is_personal_is_left_out_and_counted(
    render: Render, issue: Callable[..., Issue], document: Callable[..., DocumentControl]
) -> None:
    old = "rows:\n  - id: PER-001\n    title: Ada Wren\n    git_identities: [ada@private.example]\n"
    texts = {"old": old, "new": old.replace("ada@", "wren@").replace("Ada Wren", "Ada Wren-Elm")}
    issues = [
        issue(number, PEOPLE, content=Content(PEOPLE, blob, ())) for number, blob in enumerate(texts, 1)
    ]
    shown = render(documents=[document("REG-PER", PEOPLE, "person", *issues)], draft=False, texts=texts)
    html = shown.html("registers/people/PER-001/at/index.html")
    assert "Wren-Elm" in html
    assert "private.example" not in html
    assert "left out: personal data" in html


def test_without_permanent_pages_a_row_leads_to_where_the_manual_in_force_keeps_them(
    render: Render, register: Callable[..., DocumentControl]
) -> None:
    shown = render(documents=[register("old", "new")], draft=False, texts=TEXTS, permanent=Permanent.ABOVE)
    assert PAGE not in shown.pages
    assert 'href="../../../../registers/aspects/ASP-002/at/index.html"' in shown.html(
        "registers/aspects/ASP-002/index.html"
    )


def test_where_no_row_has_a_history_of_its_own_none_is_linked(
    render: Render, register: Callable[..., DocumentControl]
) -> None:
    documents = [register("old", "new")]
    shown = render(documents=documents, draft=False, texts=TEXTS, permanent=Permanent.NOWHERE)
    assert PAGE not in shown.pages
    assert "/at/" not in shown.html("registers/aspects/ASP-002/index.html")
