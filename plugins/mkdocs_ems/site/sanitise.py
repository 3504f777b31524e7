"""What of a document's HTML may reach a page: a written allow-list, applied after Markdown.

Markdown lets raw HTML through and attribute lists set any attribute, so everything is
read again by nh3 and only what stands in the tables below survives. They keep what
Material draws (heading ids, admonitions, details, tabs, footnotes, highlighted code,
permalinks, aligned tables) and nothing that runs, styles, submits or asks another host.

Harmless HTML can still play a part that is not its own: Material's scripts find their
settings by id and fetch a renderer for a class, and our own marks of control are
classes. Such ids and classes are taken away, the words stay.
"""

from __future__ import annotations

import re
from functools import cache

import nh3

from mkdocs_ems.text import shown_page

_TEXT = (
    "a abbr b br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup time u var wbr"
)
_BLOCKS = "blockquote details div figcaption figure h1 h2 h3 h4 h5 h6 hr p pre summary wbr"
_LISTS = "dd dl dt input label li ol ul"
_TABLES = "caption col colgroup table tbody td tfoot th thead tr"
_TAGS = frozenset(f"{_TEXT} {_BLOCKS} {_LISTS} {_TABLES}".split())

_RUNS = "applet embed frame frameset iframe math noembed noframes noscript object script style svg template"
_READS_AS_TEXT = "option plaintext select textarea title xmp"
_CONTENT_GOES_TOO = frozenset(f"{_RUNS} {_READS_AS_TEXT}".split())

_ATTRIBUTES = {
    "*": {"class", "id", "title", "lang", "dir"},
    "a": {"href", "name", "aria-hidden", "tabindex"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "div": {"data-tabs"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"checked", "disabled", "name"},
    "label": {"for"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}
_VALUES = {
    "img": {"align": {"left", "right"}},
    "input": {"type": {"radio", "checkbox"}},
    "td": {"align": {"left", "center", "right"}},
    "th": {"align": {"left", "center", "right"}},
}
_SCHEMES = frozenset({"http", "https", "mailto"})

# What Markdown itself makes of a page's own ids: tabs and the lines of code blocks.
_OWN_ID = re.compile(r"__(?:tabbed|codelineno|span|code)_?-?[\w-]{0,80}\Z")
_OWN_CLASS = re.compile(r"md-button(?:--primary)?\Z")
_TAKEN_CLASS = re.compile(r"(?:md-|ems-|mermaid\Z|js\Z|no-js\Z)", re.IGNORECASE)
_WITH_NAMES = frozenset({"id", "name", "for"})

# Toggles of tabs and task lists; any other field would pretend to be a form.
_FIELD = re.compile(r"<input\b[^>]*>")
_TOGGLE = re.compile(r' type="(?:radio|checkbox)"')

_ALIGNED = re.compile(r'(<t[dh]\b[^<>]*?) style="text-align: (left|center|right);"')
_TAG = re.compile(r"<[^>]*>")


def sanitised(html: str) -> str:
    """Return the HTML of a rendered document with everything removed that is not allowed."""
    # Python-Markdown aligns cells by style; the attribute says the same and styles nothing else.
    aligned = _ALIGNED.sub(r'\1 align="\2"', html)
    cleaned = _cleaner().clean(aligned)
    # A reference such as &#27; has become the character itself.
    seen = shown_page(cleaned)
    return _FIELD.sub(_keep_toggle, seen) if "<input" in seen else seen


def plain(html: str) -> str:
    """Return the text of an HTML fragment, itself escaped: for titles in the table of contents."""
    return shown_page(_TAG.sub("", _stripper().clean(html))).strip()


def allowed_id(value: str) -> str | None:
    """The id if content may have it: nothing that could be taken for the theme's own, or for ours."""
    if value.startswith("__"):
        return value if _OWN_ID.match(value) else None
    return None if value.startswith("ems-") else value


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_CONTENT_GOES_TOO,
        attributes=_ATTRIBUTES,
        attribute_filter=_filter,
        tag_attribute_values=_VALUES,
        link_rel=None,
        url_schemes=_SCHEMES,
    )


@cache
def _stripper() -> nh3.Cleaner:
    return nh3.Cleaner(tags=frozenset(), clean_content_tags=_CONTENT_GOES_TOO, attributes={})


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return " ".join(name for name in value.split() if _allowed_class(name)) or None
    if attribute in _WITH_NAMES:
        return allowed_id(value)
    if attribute == "src" and tag == "img":
        return value if _is_ours(value) else None
    if attribute == "href":
        return None if _other_host(value) else value
    return value


def _allowed_class(name: str) -> bool:
    return not _TAKEN_CLASS.match(name) or _OWN_CLASS.match(name) is not None


def _is_ours(url: str) -> bool:
    """Whether a picture comes with the site: a relative address, so that no other host is asked."""
    return not _other_host(url) and ":" not in url.partition("/")[0]


def _other_host(url: str) -> bool:
    """`//host` in any spelling that browsers take for it: they drop tabs and ends of lines inside."""
    return re.sub(r"[\x00-\x20\\]", "/", url).startswith("//")


def _keep_toggle(match: re.Match[str]) -> str:
    return match[0] if _TOGGLE.search(match[0]) else ""
