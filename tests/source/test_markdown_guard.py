from __future__ import annotations

import time

import pytest

from mkdocs_ems.source import parse_file

FRONT = b"---\nid: PRO-001\n---\n"

OVER = {
    "a line": (b"ab " * 6667, "a line of more than 20,000 characters"),
    "lines": (b"x\n" * 20_001, "20,001 lines; a document may have 20,000"),
    "brackets in a row": (b"[" * 501, "more than 500 times [ in a row"),
    "less-than in a row": (b"<" * 501, "more than 500 times < in a row"),
    "greater-than in a row": (b"a " + b">" * 501, "more than 500 times > in a row"),
    "quotes": (b"> " * 41 + b"x", "nested deeper than 40 levels"),
    "lists on a line": (b"- " * 41 + b"x", "nested deeper than 40 levels"),
    "numbers on a line": (b"1. " * 41 + b"x", "nested deeper than 40 levels"),
    "lists by indents": (b"- x\n" + b" " * 4 * 41 + b"- y", "nested deeper than 40 levels"),
    "headings": (b"# x\n" * 2002, "more than 2,000 headings"),
    "underlines": (b"a\n=\n" * 2_001, "more than 2,000 headings, notes and rules"),
    "rules": (b"---\n" * 2_001, "more than 2,000 headings, notes and rules"),
    "rules of stars": (b" * * *\n" * 2_001, "more than 2,000 headings, notes and rules"),
    "elements": (b'<div markdown="1">\n' * 41 + b"a", "nested deeper than 40 levels around Markdown"),
    "elements in an element": (b"<div MARKDOWN>\n" + b"<div>" * 41, "nested deeper than 40 levels around"),
    "brackets": (b"[a] [a] [a]\n" * 13_334, "more than 40,000 brackets"),
    "open brackets": (b"[ " * 9_000, "opened and not closed"),
    "open targets": (b"[a](" * 4_900, "opened and not closed"),
    "open ticks": (b"``a` " * 3_000, "opened and not closed"),
    "open tags": (b"<a \n\n" * 3_000, "opened and not closed"),
    "open notes": (b"[^" * 1_999 + b"[ " * 7_000, "opened and not closed"),
    "notes": (b"a[^1]\n" * 2_001 + b"\n[^1]: b\n", "more than 2,000 footnote marks"),
    "abbreviations": (b"*[a]: b\n" * 501, "more than 500 abbreviations"),
    "definitions": (b"a\n:   b\n" * 201, "more than 200 definitions without a blank line"),
    "quoted definitions": (b"> a\n> :\tb\n" * 201, "more than 200 definitions without a blank line"),
}

UNDER = {
    "lines just short enough": (b"ab " * 6666 + b"\n\n") * 200,
    "a line": b"ab " * 6666,
    "lines": b"x\n" * 20_000,
    "brackets in a row": b"[" * 500,
    "less-than in a row": b"<" * 500,
    "greater-than in a row": b"a " + b">" * 500,
    "quotes": b"> " * 40 + b"x",
    "lists on a line": b"- " * 40 + b"x",
    "headings": b"# x\n" * 2000,
    "rules": b"x\n---\n" * 2000,
    "elements": b'<div markdown="1">\n' * 39 + b"a\n" + b"</div>\n" * 39,
    "elements beside one another": b'<div markdown="1">\na<br>\n</div>\n' * 900,
    "fences": b"```aaaa\n" * 19_999,
    "notes": b"a[^1]\n" * 1_999 + b"\n[^1]: b\n",
    "closed brackets": b"[a](b.md) " * 1_900,
    "abbreviations": b"*[a]: b\n" * 500,
    "definitions together": b"a\n:   b\n" * 200,
    "definitions apart": b"a\n:   b\n\n" * 3_000,
    "closed ticks": b"`a` " * 4_900,
    "a long table": b"| a | b |\n|---|---|\n" + b"| [[A-1|b]] | [c](d.md) `e` |\n" * 2_000,
}


@pytest.mark.parametrize("name", OVER)
def test_what_would_hold_python_markdown_is_refused_by_name(name: str) -> None:
    text, message = OVER[name]
    source, (finding, *more) = parse_file("ems/a.md", FRONT + text, content="ems")
    assert more == []
    assert message in finding.message
    assert finding.help
    assert source.data == {"id": "PRO-001"}


@pytest.mark.parametrize("name", OVER)
def test_a_refused_text_is_handed_on_empty(name: str) -> None:
    source, _ = parse_file("ems/a.md", FRONT + OVER[name][0], content="ems")
    assert source.body is not None
    assert (source.body.text, source.body.links, source.body.headings) == ("", (), ())


@pytest.mark.parametrize("name", UNDER)
def test_just_below_a_limit_a_text_is_read_in_good_time(name: str) -> None:
    begun = time.process_time()
    source, findings = parse_file("ems/a.md", FRONT + UNDER[name], content="ems")
    assert findings == ()
    assert source.body is not None
    assert source.body.text
    assert time.process_time() - begun < 5


def test_a_conflict_in_the_text_is_found_and_the_rest_is_read() -> None:
    text = FRONT + b"# A\n<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> x\n[b](c.md)\n"
    source, (finding,) = parse_file("ems/a.md", text, content="ems")
    assert finding.message == "an unresolved merge conflict"
    assert source.readable
    assert source.body is not None
    assert [link.target for link in source.body.links] == ["c.md"]
