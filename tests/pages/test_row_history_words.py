"""The page of a row at each event says its fields in the words of the row's own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pytest

from mkdocs_ems.control import Content, DocumentControl, Issue

ASPECTS, PAGE = "ems/registers/aspects.yml", "registers/aspects/ASP-002/at/index.html"
OLD = """\
id: REG-ASP
type: aspect
rows:
  - id: ASP-002
    title: Water
    lifecycle_stage: [raw-material, end-of-life]
    obligations: [OBL-001, OBL-002]
    activity: "Rinsing, twice"
    tags: ["one, two", three]
    notes: "Say \\"so\\""
"""


class Shown(Protocol):
    def html(self, path: str) -> str: ...


@pytest.fixture
def html(
    render: Callable[..., Shown],
    issue: Callable[..., Issue],
    document: Callable[..., DocumentControl],
) -> str:
    texts = {"old": OLD, "new": OLD.replace("OBL-002", "OBL-003").replace(": Water", ': "Water"')}
    issues = [issue(at, ASPECTS, content=Content(ASPECTS, blob, ())) for at, blob in enumerate(texts, 1)]
    documents = [document("REG-ASP", ASPECTS, "aspect", *issues)]
    return render(documents=documents, draft=False, texts=texts).html(PAGE)


def test_every_field_has_a_label_and_no_key(html: str) -> None:
    assert "<dt>Id</dt><dd>ASP-002</dd>" in html
    assert "<dt>Title</dt><dd>Water</dd>" in html
    assert "<del>Water</del> <ins>&#34;Water&#34;</ins>" in html
    assert "<dt>title</dt>" not in html


def test_lists_codes_and_quoted_words_are_said_as_on_the_page_of_the_row(html: str) -> None:
    assert "<dd>raw material, end of life</dd>" in html
    assert "<del>OBL-001, OBL-002</del> <ins>OBL-001, OBL-003</ins>" in html
    assert "<dd>Rinsing, twice</dd>" in html


def test_what_is_not_plain_stands_as_it_is_written(html: str) -> None:
    assert "[&#34;one, two&#34;, three]" in html
    assert r"&#34;Say \&#34;so\&#34;&#34;" in html
