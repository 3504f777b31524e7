"""Whatever somebody wrote stays words in a comment: it links nothing, mentions nobody, ends nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mkdocs_ems.redline import Change, Piece
from mkdocs_ems.report.forge_text import MOST, code, codes, marked, size

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {"code", "wbr", "del", "ins"}
LAYOUT = {"p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
ACTING = re.compile(r"[@#]\w|\w:[^\s]|://|www\.|GH-\d+$", re.IGNORECASE)
"""What parsers and filters of forges look for in a text that is not code."""

HOSTILE = (
    "@everyone",
    "@org/team",
    "somebody@example.org",
    "#1",
    "owner/repo#2",
    "GH-1",
    "9be41c7766aa0f1b2c3d4e5f60718293a4b5c6d7",
    "https://evil.example/?q=1",
    "www.evil.example",
    "WWW.EVIL.EXAMPLE",
    "mailto:a@b.example",
    "xmpp:a@b.example/x",
    "/close",
    "/approve\n/merge",
    "```\ncode\n```",
    "~~~",
    "Title\n===",
    "Title\n---",
    "# Heading",
    "- [x] done",
    "1. one",
    "> quoted",
    "    indented",
    "</code>",
    "<code>",
    "`</code>`",
    "<!-- mkdocs-ems:report:1 -->",
    "-->",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<details open>",
    "&lt;b&gt; &#60;b&#62; &amp;",
    "| a | b |",
    "\\| \\` \\",
    "a\\",
    "[text](https://evil.example)",
    "![](https://evil.example/x.png)",
    "[ref]: https://evil.example",
    "[^1]: note",
    "[[page]]",
    "**bold** _it_ ~~gone~~ ==mark==",
    ":smile:",
    "$x^2$ $$y$$ $`z`$",
    "{+ came +} [- went -]",
    "::error::gone wrong",
    "##[error]gone",
    "\u202eabc\u202c \u2066x\u2069",
    "a\0b",
    "\x1b[31mred\x1b[0m \x07",
    "line\r\nline\rline\u2028line\u2029line\x85line\x0bline\x0cline",
    "\ud800 lone",
    "zero\u200bwidth\u200d",
    "",
    "   ",
    "\n",
)


class Seen(HTMLParser):
    """The elements of a page, and its texts, each with whether it stands in code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.comments: list[str] = []
        self.texts: list[tuple[bool, str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.elements.append(tag)
        if tag != "wbr":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_decl(self, decl: str) -> None:
        self.comments.append(decl)

    def handle_pi(self, data: str) -> None:
        self.comments.append(data)

    def unknown_decl(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        self.texts.append(("code" in self._open, data))

    def close(self) -> None:
        super().close()
        assert not self._open


def seen(markdown: str) -> Seen:
    page = Seen()
    page.feed(MARKDOWN.render(markdown))
    page.close()
    return page


def harmless(made: str, *, words: str = "") -> None:
    """Assert that a text of others does nothing where our layouts put it."""
    assert "\n" not in made
    in_cell, in_item = f"| A | B |\n| --- | --- |\n| {made} | end |\n", f"- {made}\n- end\n"
    for markdown, texts in ((in_cell, ["A", "B", "end"]), (in_item, ["end"])):
        page = seen(markdown)
        assert set(page.elements) <= OURS | LAYOUT
        assert page.comments == []
        outside = [text.strip() for inside, text in page.texts if not inside and text.strip()]
        assert [text for text in outside if text not in texts and text != words] == []
        assert sum(text == "end" for text in outside) == 1
        assert not [text for _, text in page.texts if ACTING.search(text)]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_acts_in_forges_is_words_in_a_comment(text: str) -> None:
    harmless(code(text), words="(empty)")
    harmless(
        marked((Piece(Change.SAME, text), Piece(Change.WENT, text), Piece(Change.CAME, text))),
        words="(empty)",
    )


@given(st.text(st.characters(exclude_categories=()), max_size=MOST))
@example("www." * 40)
@example("<" * 100)
def test_any_text_is_words_in_a_comment(text: str) -> None:
    harmless(code(text), words="(empty)")


@given(
    st.lists(
        st.builds(
            Piece,
            st.sampled_from([Change.SAME, Change.WENT, Change.CAME]),
            st.text(st.characters(exclude_categories=()), min_size=1, max_size=200),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_redline_is_words_in_a_comment(pieces: list[Piece]) -> None:
    harmless(marked(pieces))


@given(
    st.text(
        st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\xa0"),
        min_size=1,
        max_size=80,
    )
)
def test_a_reader_sees_the_text_as_it_was_written(text: str) -> None:
    page = seen(f"- x {code(text)} x\n")
    assert "".join(words for inside, words in page.texts if inside) == text


def test_characters_that_nobody_sees_are_shown_where_they_went_or_came() -> None:
    assert "200b" in marked((Piece(Change.CAME, "a\u200bb"),))
    # A soft hyphen may stand within a word; here it is all that changed.
    assert "b&#92;u&#123;ad&#125;b" in marked((Piece(Change.CAME, "b\u00adb"),))
    assert "202e" in code("\u202e")


def test_lines_become_one_line() -> None:
    made = code("a\r\nb\nc")
    (inside,) = [words for _, words in seen(f"- {made}\n").texts if words.strip()]
    assert inside == "a ⏎ b ⏎ c"


def test_a_long_text_is_cut_with_how_much_is_left_out_and_never_within_a_tag() -> None:
    made = code("@" * 1_000_000)
    assert made.endswith("</code> … (999,700 more)")
    assert size(made) < 5_000
    harmless(made, words="… (999,700 more)")


def test_of_a_long_redline_what_stayed_is_left_out_first_and_the_rest_counted() -> None:
    same, went = Piece(Change.SAME, "word " * 500), Piece(Change.WENT, "gone " * 500)
    assert size(marked((same, Piece(Change.CAME, "new"), same))) < 400
    assert "more)" in marked((went, Piece(Change.CAME, "new"), went))


def test_of_many_names_twenty_are_listed_and_the_others_counted() -> None:
    made = codes([f"P{at}" for at in range(1_020)])
    assert made.count("<code>") == 20
    assert made.endswith(" and 1,000 more")
    assert codes([]) == "nobody"


def test_the_size_is_counted_as_forges_do() -> None:
    assert [size(text) for text in ("abc", "ä", "\U0001f600", "\ud800")] == [3, 1, 2, 1]
