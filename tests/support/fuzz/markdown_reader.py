"""Any bytes as a document: what we find in it is what Python-Markdown makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser

from markdown import Markdown

from mkdocs_ems.source import parse_file
from mkdocs_ems.source.faults import Text
from mkdocs_ems.source.markdown_exact import _EXTENSIONS, read_exact
from mkdocs_ems.source.markdown_plain import read_plain
from support.fuzz.places import Lines

INSTRUMENTED = ("mkdocs_ems.source.markdown", "mkdocs_ems.source.front_matter")
LARGEST = 800
WORDS = (
    *("# ", "## ", "\n===\n", "\n---\n", "> ", "* ", "1. ", "    ", "```\n", "~~~ yaml\n", "`", "``", "\n\n"),
    *("[", "](", ")", "![", "[[", "]]", "[[ASP-001]]", "[[ASP-001|x]]", "[a]: b", "[^1]", "[^1]: ", "*[A]: "),
    *(
        "<",
        ">",
        "</",
        "<a href=",
        "<img src=",
        "<img/src=",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?",
        "&lrm;",
        "&#8238;",
        "&amp;",
    ),
    *(
        "!!! note\n",
        '??? tip "a"\n',
        ":   ",
        "| a | b |\n|---|---|\n",
        "{#own .wide}",
        "{: title='x' }",
        "\\",
    ),
    *(
        '<div markdown="1">\n',
        "</div>\n",
        "<https://a.example>",
        "_",
        "**",
        "[TOC]",
        "\u202e",
        "\x02",
        "\x03",
    ),
)


class Headings(HTMLParser):
    """The headings of a rendered page that have an id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        identity = dict(attrs).get("id")
        if re.fullmatch("h[1-6]", tag) and identity is not None:
            self.found.append((int(tag[1]), identity))


@lru_cache
def _markdown() -> Markdown:
    return Markdown(extensions=list(_EXTENSIONS))


def rendered(text: str) -> str:
    """A body as Python-Markdown renders it."""
    markdown = _markdown()
    markdown.reset()
    return markdown.convert(text)


def seeds() -> Iterator[bytes]:
    """What to begin with."""
    from support.fuzz.seeds import written  # noqa: PLC0415 - only the process that hands them out needs them

    for data in written(".md", most=LARGEST):
        yield data
        yield data.split(b"\n---\n", 1)[-1]


def attempt(data: bytes) -> None:
    """Read some bytes; whatever is wrong with how that went raises."""
    source, findings = parse_file("ems/a.md", data, content="ems")
    assert source.readable or findings
    lines = Lines("ems/a.md", data)
    assert not (wrong := [*lines.faults(findings)]), wrong
    body = source.body
    assert body is not None
    places = [one.span for one in body.headings]
    places += [one.span for one in body.mentions]
    places += [place for link in body.links for place in (link.span, link.target_span)]
    assert not (wrong := [fault for span in places if (fault := lines.fault(span))]), wrong
    # What a guard refused is handed on empty; nobody renders it.
    if not body.text:
        return
    text = Text("ems/a.md", body.text)
    short, exact = read_plain(text), read_exact(text)
    assert short is None or short == exact
    html = rendered(body.text)
    if not _OTHERWISE.search(body.text):
        assert [(one.level, one.anchor) for one in exact.headings] == Headings(html).found


_OTHERWISE = re.compile(
    r"(?i:<(?:h[1-6]|script|style|title|textarea|xmp|iframe|plaintext))"
    r"|^[ \t>]*<|<(?=[A-Za-z/!?])[^<>\n]*(?:[\n<]|\Z)|\[\[|[\U000f0000-\U0010ffff]",
    re.MULTILINE,
)
"""HTML makes headings without us and hides those that come, the more so where a tag is not closed; mentions
are replaced before a page is rendered; and with the last private characters of Unicode we mark places."""
