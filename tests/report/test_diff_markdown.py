"""A difference as Markdown: every kind of change has its line, and what others wrote stays words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from markdown_it import MarkdownIt

from mkdocs_ems.changes.values import (
    ABSENT,
    Added,
    ApprovalChanged,
    Change,
    Comparison,
    FieldChanged,
    KeyChange,
    Moved,
    Named,
    PartChanged,
    ReadingChange,
    ReferencesChanged,
    Removed,
    Side,
    StateChanged,
    TextChanged,
    Where,
    Written,
)
from mkdocs_ems.report.diff_markdown import diff_markdown

DAY = date(2026, 1, 5)
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = (
    "@everyone #1 owner/repo#2",
    "</code><script>alert(1)</script>",
    "`</code>` **bold** [text](https://evil.example)",
    "/close\n\n# Heading\n\n- item\n\n```\ncode\n",
    "| a | b |\n|---|---|",
    "<!-- mkdocs-ems:report:1 -->",
    "\u202eabc \x1b[31m \ud800",
    "Title\n===",
)


def comparison(text: str) -> Comparison:
    """Every kind of change, everything that somebody wrote being this text."""
    row = Named(text, text, text, text, f"in {text}", text, (text,))
    was = Named("was", "was", text, text, "other", text)
    own = Named(f"in {text}", f"in {text}", "register", text, f"in {text}", text)
    file = Named(f"file:{text}", None, "file", text, None, text)
    act = {"person": text, "role": text, "meaning": text, "level": text, "date": text, "issue": text}
    changes: tuple[Change, ...] = (
        Added(
            row, Written(text, text, text, {text: text, "nested": {text: [text, {text: None}]}}, text=text)
        ),
        Removed(was, Written(text, text, text, {text: text})),
        Moved(row, was, frozenset(Where)),
        FieldChanged(row, (text, text), text, ABSENT),
        FieldChanged(row, (text,), f"one {text} two three", f"one {text} two four"),
        FieldChanged(row, (text,), [{"a": text}, {"b": "same"}], [{"a": f"{text}!"}, {"b": "same"}]),
        ReferencesChanged(row, (text,), [text], None, (text,), ()),
        TextChanged(own, text, f"{text}\n\nmore\n"),
        PartChanged(own, text, text, text),
        PartChanged(file, "", text, None),
        ApprovalChanged(own, text, None, act),
        ApprovalChanged(own, f"{text} 2", act, {**act, "person": f"{text} b"}),
        StateChanged(own, "state", text, f"{text}!"),
        StateChanged(own, "pending", None, {"issue": text, "blob": text, "waits_for": text}),
    )
    return Comparison(
        Side(text, text, DAY, text, approved=False),
        Side(text, None, DAY, text, approved=True, dirty=True),
        changes,
        measured=(
            ReadingChange(text, text, text, text, None, text),
            ReadingChange(text, text, text, None, text),
        ),
        keys=(KeyChange(text, None, text), KeyChange(text, text, text)),
        rewritten=(text,),
        records=(text,),
        not_paired=3,
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_somebody_wrote_stays_words_in_code(text: str) -> None:
    made = diff_markdown(comparison(text), titles={f"in {text}": text})
    assert made.isprintable() or set(made) - {"\n"} == {one for one in made if one.isprintable()}
    tokens = [token for token in MARKDOWN.parse(made) if token.type != "inline"]
    assert {token.type.split("_")[0] for token in tokens} <= {"heading", "paragraph", "bullet", "list"}
    inline = [one for token in MARKDOWN.parse(made) for one in (token.children or ())]
    tags = {one.content for one in inline if one.type == "html_inline"}
    assert tags <= {"<code>", "</code>", "<wbr>", "<del>", "</del>", "<ins>", "</ins>"}
    others = {one.type for one in inline} - {
        "text",
        "html_inline",
        "softbreak",
        "strong_open",
        "strong_close",
    }
    assert others <= {"text_special"}
    begins = (
        "# What differs",
        "## ",
        "- ",
        "  - ",
        "    - ",
        "From ",
        "Only ",
        "Records ",
        "14 changes",
        "3 rows",
    )
    assert all(line.startswith(begins) for line in made.splitlines() if line)


def test_a_file_of_readings_is_told_beside_its_values_which_are_not_all_that_it_says() -> None:
    path = "records/readings/a.csv"
    file = Named(f"file:{path}", None, "readings", path, None, path)
    found = replace(
        comparison("Text"),
        changes=(PartChanged(file, "", "1" * 40, "2" * 40),),
        measured=(ReadingChange(path, "MON-1", "2026-01", "4", "5", "t"),),
    )
    made = diff_markdown(found, titles={})
    assert "the file is another one: <code>1111111111</code> before" in made
    assert "MON&#45;1" in made


def test_every_kind_of_change_has_its_words() -> None:
    made = diff_markdown(comparison("Text"), titles={"in Text": "Aspects"})
    for words in (
        "## <code>in Text</code> <code>Aspects</code>",
        "goes by another id, it was <code>was</code>",
        "moved here from <code>other</code>",
        "stands at another place among the rows",
        "<del><code>three</code></del><ins><code>four</code></ins>",
        "<code>Text &#47; 1</code>",
        "picture or attachment <code>Text</code> is another one",
        "issue <code>Text</code> judged by <code>Text</code> as <code>Text</code>",
        "before: person <code>Text</code>",
        "state <del><code>Text</code></del> <ins><code>Text&#33;</code></ins>",
        "## Measured values",
        "key <code>Text</code> may sign now: <code>Text</code>",
        "Only differently written (spaces, comments, order of keys): <code>Text</code>",
        "3 rows that are gone were too many to be looked for under other ids.",
    ):
        assert words in made
