from __future__ import annotations

import pytest

from mkdocs_ems.diagnostics import Span
from mkdocs_ems.source import parse_file


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("# Title\n", (1, 1, 1, 8), "no front matter"),
        ("", (1, 1, 1, 1), "no front matter"),
        ("\n---\nid: A-1\n---\n", (1, 1, 1, 1), "does not begin in the first line"),
        ("---\nid: A-1\n# Title\n", (1, 1, 1, 4), "opened here and never closed"),
        ("----\nid: A-1\n----\n", (1, 1, 1, 5), "no front matter"),
        ("---\n---\n# Title\n", (2, 1, 2, 1), "the front matter is empty"),
        ("---\n- a\n---\n", (2, 1, 2, 2), "the front matter holds a list"),
        ("---\nid: A: 1\n---\n", (2, 6, 2, 7), "a second colon"),
        ("---\nid: A-1\n\ttitle: x\n---\n", (3, 1, 3, 2), "a tab indents this line"),
        ("---\nid: A-1\nid: A-2\n---\n", (3, 1, 3, 3), "'id' stands here a second time"),
        ("---\n<<<<<<< HEAD\nid: A-1\n=======\nid: A-2\n>>>>>>> x\n---\n", (2, 1, 2, 8), "merge conflict"),
    ],
)
def test_broken_front_matter_is_found_at_its_place(
    text: str,
    place: tuple[int, int, int, int],
    message: str,
) -> None:
    _, (finding,) = parse_file("ems/a.md", text.encode(), content="ems")
    assert finding.at == Span("ems/a.md", *place)
    assert message in finding.message
    assert finding.help


@pytest.mark.parametrize(
    "text",
    [
        "---\nid: A-1\n---\n# T\n",
        "---\r\nid: A-1\r\n---\r\n# T\r\n",
        "--- \nid: A-1\n---  \n# T\n",
        "---\nid: A-1\n...\n# T\n",
        "---\nid: A-1\n---",
    ],
)
def test_front_matter_is_read_between_its_fences(text: str) -> None:
    source, findings = parse_file("ems/a.md", text.encode(), content="ems")
    assert findings == ()
    assert source.data == {"id": "A-1"}
    assert source.body is not None
    assert source.body.text in ("# T\n", "")


def test_hyphens_further_down_are_a_rule_of_the_text() -> None:
    source, findings = parse_file("ems/a.md", b"---\nid: A-1\n---\none\n\n---\n\ntwo\n", content="ems")
    assert findings == ()
    assert source.body is not None
    assert source.body.text == "one\n\n---\n\ntwo\n"
