"""Any text of a document, rendered as the site renders it: of what is left, nothing acts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser

from markdown import Markdown

from mkdocs_ems.site.sanitise import plain, sanitised
from mkdocs_ems.source import parse_file
from support.fuzz.markdown_reader import LARGEST
from support.fuzz.markdown_reader import WORDS as MARKDOWN
from support.inert import FOREIGN, acting

INSTRUMENTED = ("mkdocs_ems.site.sanitise", "markdown", "pymdownx")
WORDS = (
    *MARKDOWN,
    *(
        "<script>",
        "</script>",
        "<svg onload=",
        "<math>",
        "<style>",
        "<iframe srcdoc=",
        "<form action=",
        "<base ",
    ),
    *(
        "javascript:",
        "data:text/html,",
        "vbscript:",
        " onerror=hook()",
        ' style="',
        "{ onclick=hook() }",
        "//evil",
    ),
    *(
        '=== "One"\n\n    a\n',
        "- [x] a\n",
        "<input type=radio>",
        'id="__config"',
        'class="md-x"',
        "<noscript>",
        "<xmp>",
    ),
    *(
        "<template>",
        "<textarea>",
        "<select>",
        "<title>",
        "<plaintext>",
        "<table><caption>",
        "&Tab;",
        "&colon;",
        "\x0b",
    ),
)
EXTENSIONS: dict[str, dict[str, object]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "fenced_code": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": True},
    "pymdownx.details": {},
    "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span"},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}
"""Those of the packaged look, and those that operators add."""

_TAGS = frozenset(
    """
    a abbr b br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup time u var wbr
    blockquote details div figcaption figure h1 h2 h3 h4 h5 h6 hr p pre summary dd dl dt input label li ol ul
    caption col colgroup table tbody td tfoot th thead tr
    """.split()  # noqa: SIM905 - read as words
)
_ATTRIBUTES = frozenset(
    """
    class id title lang dir href name aria-hidden tabindex span open data-tabs src alt width height loading
    checked disabled for value start reversed type colspan rowspan headers scope datetime align
    """.split()  # noqa: SIM905 - read as words
)
_VOID = frozenset(("br", "col", "hr", "img", "input", "wbr"))
_MADE_UP = {(tag, ()) for tag in ("colgroup", "p", "tbody", "tr")}
"""Elements that a browser puts where they are left out."""


class Shape(HTMLParser):
    """What of a fragment is in no list, and whether its elements close one another in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.elements: set[tuple[str, tuple[tuple[str, str | None], ...]]] = set()
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.wrong += [f"<{tag}> is left open" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, tuple(sorted(attrs))))
        if tag not in _TAGS:
            self.wrong.append(f"<{tag}>")
        self.wrong += [f"<{tag} {name}>" for name, _ in attrs if name not in _ATTRIBUTES]
        if tag == "input" and dict(attrs).get("type") not in ("radio", "checkbox"):
            self.wrong.append("a field that is no toggle")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"a comment: {data[:40]}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"a declaration: {decl[:40]}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"an instruction: {data[:40]}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"a section: {data[:40]}")


@lru_cache
def _markdown() -> Markdown:
    return Markdown(extensions=list(EXTENSIONS), extension_configs=EXTENSIONS)


def page_of(body: str) -> str:
    """A body as it comes to a page."""
    markdown = _markdown()
    markdown.reset()
    return sanitised(markdown.convert(body))


def seeds() -> Iterator[bytes]:
    """What to begin with."""
    from support.fuzz.seeds import written  # noqa: PLC0415 - only the process that hands them out needs them

    for data in written(".md", most=LARGEST):
        yield data.split(b"\n---\n", 1)[-1]


def attempt(data: bytes) -> None:
    """Render some bytes; whatever may not stand on a page raises."""
    # Of the corpus's own host every mention counts; changed by a letter, its address is none any more.
    body = data.replace(FOREIGN.encode(), b"other.example")
    source, _ = parse_file("ems/a.md", b"---\nid: A-1\n---\n" + body, content="ems")
    assert source.body is not None
    html = page_of(source.body.text)
    assert not (wrong := Shape(html).wrong), wrong
    assert not (wrong := acting(html)[0]), wrong
    # A browser reads again what we wrote, and closes and moves elements; it makes none that was not there.
    again = Shape(sanitised(html))
    assert not (wrong := again.wrong), wrong
    assert again.elements <= Shape(html).elements | _MADE_UP
    assert "<" not in plain(html)
