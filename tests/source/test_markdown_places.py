from __future__ import annotations

import subprocess
import sys

import pytest

from mkdocs_ems.diagnostics import Span
from mkdocs_ems.source import Body, parse_file

FRONT = "---\nid: PRO-001\n---\n"


def body(text: str) -> Body:
    source, findings = parse_file("ems/a.md", (FRONT + text).encode(), content="ems")
    assert findings == ()
    assert source.body is not None
    return source.body


def shown(text: str, span: Span) -> str:
    lines = (FRONT + text).split("\n")
    stretch = lines[span.line - 1 : span.end_line]
    stretch[-1] = stretch[-1][: span.end_column - 1]
    stretch[0] = stretch[0][span.column - 1 :]
    return "\n".join(stretch)


def test_a_carriage_return_alone_moves_no_place() -> None:
    text = f"{FRONT}\rone\r\rtwo\r\n[a](b.md)\r"
    source, findings = parse_file("ems/a.md", text.encode(), content="ems")
    assert {(at.line, at.column) for at in (one.at for one in findings) if isinstance(at, Span)} == {
        (4, 1),
        (4, 5),
        (4, 6),
        (5, 10),
    }
    assert source.body is not None
    assert source.body.text == " one  two\n[a](b.md) "
    (link,) = source.body.links
    assert link.span == Span("ems/a.md", 5, 1, 5, 10)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See [a](b.md) and [a](b.md).\n", ["[a](b.md)", "[a](b.md)"]),
        ("- one [a](b.md)\n- two\n\n    more [c](d.md)\n", ["[a](b.md)", "[c](d.md)"]),
        ("> quoted [a](b.md)\n> [c\n> d](e.md)\n", ["[a](b.md)", "[c\n> d](e.md)"]),
        ("| a | b |\n|---|---|\n| [a](b.md) | [a](b.md) |\n", ["[a](b.md)", "[a](b.md)"]),
        ("**bold [a](b.md)** _[c](d.md)_\n", ["[a](b.md)", "[c](d.md)"]),
        ("first\nsecond [a\nb](c.md) third\n", ["[a\nb](c.md)"]),
        ('[a](b.md "title") [c](<d.md>)\n', ['[a](b.md "title")', "[c](<d.md>)"]),
        ("![a](b.png)[c](d.md)\n", ["![a](b.png)", "[c](d.md)"]),
        ("[![a](b.png)](c.md)\n", ["[![a](b.png)](c.md)", "![a](b.png)"]),
        ("[a][r], [R][] and [r]\n\n[r]: b.md 'T'\n", ["[a][r]", "[R][]", "[r]"]),
        ("é😀 [a](b.md)\n", ["[a](b.md)"]),
        ('x <a href="b.pdf">c</a> <img\nsrc="d.png">\n', ['<a href="b.pdf">', '<img\nsrc="d.png">']),
        ('<p><a href="b.pdf">c</a></p>\n', ['<a href="b.pdf">']),
        ("<img/src=a.png> x <img//src=b.png/> y\n", ["<img/src=a.png>", "<img//src=b.png/>"]),
        ("> x <img\n> src=a.png> <a/href=b.pdf>c</a>\n", ["<img\n> src=a.png>", "<a/href=b.pdf>"]),
        ("<video/src=a.mp4></video>\n\n<img / src=b.png>\n", ["<video/src=a.mp4>", "<img / src=b.png>"]),
        ("no/<br/>path<hr />folder <x/> <y /> a/b\n", []),
        ('<div markdown="1">\n[a](b.md)\n</div>\n', ["[a](b.md)"]),
        ("<https://e.example/a> <a@e.example>\n", ["<https://e.example/a>", "<a@e.example>"]),
        ('!!! note "See [a](b.md)"\n    and [c](d.md)\n', ["[a](b.md)", "[c](d.md)"]),
        ("# Title [a](b.md)\n", ["[a](b.md)"]),
        ("Term\n:   says [a](b.md)\n", ["[a](b.md)"]),
        ("A note.[^1]\n\n[^1]: says [a](b.md)\n", ["[a](b.md)"]),
        ("`[a](b.md)` ``[c](d`.md)`` [e](f.md)\n", ["[e](f.md)"]),
        ("```\n[a](b.md)\n```\n~~~\n[c](d.md)\n~~~\n", []),
        ("text\n\n    [a](b.md)\n", []),
        ("<!-- [a](b.md) -->\n\nx <!-- [c](d.md) --> y\n", []),
        ("\\[a](b.md) [c\\](d.md) [e] (f.md)\n", []),
        ("- [x] done [y]\n", []),
    ],
)
def test_each_link_is_found_where_it_stands(text: str, links: list[str]) -> None:
    assert [shown(text, link.span) for link in body(text).links] == links


def test_a_link_says_what_is_written_in_it() -> None:
    (link,) = body('[The *plan*](<../my plan.md#top> "Title")\n').links
    assert (link.target, link.text, link.image) == ("../my plan.md#top", "The *plan*", False)
    (picture,) = body("![Flow](img/a_(1).png)\n").links
    assert (picture.target, picture.text, picture.image) == ("img/a_(1).png", "Flow", True)


def test_a_target_stands_in_its_link_or_in_its_definition() -> None:
    text = "[b.md](b.md) and [x][r]\n\n[r]: c.md\n"
    direct, by_reference = body(text).links
    assert direct.target_span == Span("ems/a.md", 4, 8, 4, 12)
    assert by_reference.target_span == Span("ems/a.md", 6, 6, 6, 10)
    assert shown(text, by_reference.target_span) == "c.md"


def test_a_definition_that_nobody_uses_is_no_link() -> None:
    assert body("Text.\n\n[r]: c.md\n").links == ()


def test_raw_html_shows_what_it_embeds_and_names() -> None:
    found = body(
        '<video src="a.mp4" poster="b.png"></video>\n\n'
        '<object data="c.svg"></object> <img srcset="d.png 1x, e.png 2x">\n\n'
        'x <a name="old"></a> <span id="here">y</span>\n',
    )
    assert [link.target for link in found.links] == ["a.mp4", "b.png", "c.svg", "d.png", "e.png"]
    assert all(link.image for link in found.links)
    assert found.ids == {"old", "here"}


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("See [[OPC-004]].\n", [("OPC-004", None, "[[OPC-004]]")]),
        ("[[OPC-004|the scrubber]]\n", [("OPC-004", "the scrubber", "[[OPC-004|the scrubber]]")]),
        ("[[ OPC-004 | the scrubber ]]\n", [("OPC-004", "the scrubber", "[[ OPC-004 | the scrubber ]]")]),
        ("> [[A-1|two\n> words]]\n", [("A-1", "two words", "[[A-1|two\n> words]]")]),
        ("| a |\n|---|\n| [[A-1|x]] |\n", [("A-1", "x", "[[A-1|x]]")]),
        ("| a |\n|---|\n| [[A-1\\|x]] |\n", [("A-1", "x", "[[A-1\\|x]]")]),
        ("## On [[A-1]]\n", [("A-1", None, "[[A-1]]")]),
        ("*[[A-1]]*, [[A-1]]\n", [("A-1", None, "[[A-1]]"), ("A-1", None, "[[A-1]]")]),
        ("[see [[A-1]]](b.md)\n", [("A-1", None, "[[A-1]]")]),
        ("[[no such id]]\n", [("no such id", None, "[[no such id]]")]),
        ("`[[A-1]]` <!-- [[A-2]] --> \\[[A-3]]\n", []),
        ("    [[A-1]]\n\n```\n[[A-2]]\n```\n", []),
        ("[[A-1]](b.md) [[]] [[A-1\n", []),
    ],
)
def test_each_mention_is_found_where_it_stands(
    text: str, mentions: list[tuple[str, str | None, str]]
) -> None:
    found = body(text).mentions
    assert [(mention.id, mention.label, shown(text, mention.span)) for mention in found] == mentions


def test_headings_have_level_words_anchor_and_line() -> None:
    text = "# Waste & *oil*\n\n## Same {#own}\n\n## Same\n\n> ### In a quote\n\nUnder\n-----\n"
    assert [(heading.level, heading.text, heading.anchor) for heading in body(text).headings] == [
        (1, "Waste & oil", "waste-oil"),
        (2, "Same", "own"),
        (2, "Same", "same"),
        (3, "In a quote", "in-a-quote"),
        (2, "Under", "under"),
    ]
    assert [shown(text, heading.span) for heading in body(text).headings] == [
        "# Waste & *oil*",
        "## Same {#own}",
        "## Same",
        "### In a quote",
        "Under",
    ]


def test_a_fragment_may_lead_to_a_heading_or_to_any_other_id() -> None:
    found = body('# A\n\nText.\n{: #para }\n\n<a id="raw"></a>\n')
    assert found.anchors == {"a", "para", "raw"}


def test_the_body_begins_after_the_front_matter() -> None:
    found = body("# A\n")
    assert (found.text, found.first_line) == ("# A\n", 4)


def test_windows_line_ends_change_no_place() -> None:
    text = FRONT + "# A\n\n> [b\n> c](d.md) [[A-1]] `x`\n\nUnder\n=====\n"
    unix, _ = parse_file("ems/a.md", text.encode(), content="ems")
    windows, findings = parse_file("ems/a.md", text.replace("\n", "\r\n").encode(), content="ems")
    assert findings == ()
    assert windows.body == unix.body
    assert windows.data == unix.data


def test_without_front_matter_the_body_is_read_all_the_same() -> None:
    source, (finding,) = parse_file("ems/a.md", b"# A\n[b](c.md)\n", content="ems")
    assert source.body is not None
    assert source.body.links[0].span == Span("ems/a.md", 2, 1, 2, 10)
    assert "no front matter" in finding.message
    assert not source.readable


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        (FRONT + "Text with [a](b.md) and [[A-1]].\n", ("markdown", "pymdownx", "markdown_it")),
        (FRONT + "# A\n\nText with [a](b.md).\n", ("pymdownx", "markdown_it")),
    ],
)
def test_what_a_document_does_not_need_is_not_imported(text: str, absent: tuple[str, ...]) -> None:
    program = (
        "import sys; from mkdocs_ems.source import parse_file; "
        f"parse_file('ems/a.md', {text.encode()!r}, content='ems'); "
        f"sys.exit(str([name for name in {absent!r} if name in sys.modules] or 0) != '0')"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("written", ["&#x202e;", "&#8238;", "&#X02066;", "&rlm;", "&#0008207"])
def test_a_reference_that_turns_the_line_around_is_found(written: str) -> None:
    source, (finding,) = parse_file("ems/a.md", f"{FRONT}# A\n\nab {written} c\n".encode(), content="ems")
    assert source.body is not None
    assert source.body.text == "# A\n\nab " + "\ufffd" * len(written) + " c\n"
    assert (finding.code, finding.at) == ("SCH001", Span("ems/a.md", 6, 4, 6, 4 + len(written)))
    assert "what is shown is not what is written" in finding.message


@pytest.mark.parametrize(
    "text", ["`&#x202e;`\n", "```html\n&#x202e;\n```\n", "&#x202; &#82380; &amp;#x202e; &#x202ee;\n"]
)
def test_code_and_other_references_turn_nothing(text: str) -> None:
    assert body(text).text == text
