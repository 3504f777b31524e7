"""What stands beside the pages: the search index and the sitemap, written by us for all pages of the manual.

The theme's own indexer reads every page's HTML again, tables of thousands of rows
included, and never sees a row page. Titles and texts of the index are HTML to the
script that shows them, so they are escaped here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import quote, urljoin

from mkdocs_ems.pages import Page

_HEADING = re.compile(r"<h([1-6])\b([^>]*)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]+)"')
_PERMALINK = re.compile(r'<a class="headerlink"[^>]*>.*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")

_THEIR_SEPARATOR = r"[\s\-]+"
_SEPARATOR = r"""[\s\-,;:!?()\[\]{}"<>=/|]+|\.(?!\d)|&[a-z]+;"""
"""Where words end, for whoever has not said otherwise in mkdocs.yml: at punctuation too.

By the theme's own pattern `(tank` is a word that nobody types. Hyphens have to stay in it: the
script cuts what is typed at hyphens whatever stands here, so ids are found by their parts, and
an id that matches in all its parts comes first.
"""


def sections(html: str) -> tuple[tuple[str, str, str], ...]:
    """Cut sanitised HTML at its headings: `(id, title, text)`, escaped.

    The first, without id and title, is what stands below the page's own title.
    """
    found: list[tuple[str, str, list[str]]] = [("", "", [])]
    at = 0
    for match in _HEADING.finditer(html):
        found[-1][2].append(html[at : match.start()])
        anchor = _ID.search(match[2])
        if match[1] != "1" and anchor:
            found.append((anchor[1], _text(_PERMALINK.sub("", match[3])), []))
        at = match.end()
    found[-1][2].append(html[at:])
    return tuple((anchor, title, _text(" ".join(parts))) for anchor, title, parts in found)


def complete_search(
    site: Path, pages: Sequence[Page], documents: Mapping[str, Sequence[tuple[str, str, str]]]
) -> None:
    """Put the manual's pages into the search index of a site, if it has one; arguments as below."""
    entries = site / "search" / "search_index.json"
    if not entries.is_file():
        return
    text = complete_search_index(entries.read_text(encoding="utf-8"), pages, documents)
    entries.write_text(text, encoding="utf-8", newline="\n")
    # The form in which a copy that is opened from a folder can load it.
    entries.with_suffix(".js").write_text(f"var __index = {text}", encoding="utf-8", newline="\n")


def complete_search_index(
    text: str, pages: Sequence[Page], documents: Mapping[str, Sequence[tuple[str, str, str]]]
) -> str:
    """Put the manual's pages into a search index: one entry a page, for a document one a section.

    Args:
        text: the index as the theme's plugin wrote it; what it says of our pages is left out.
        pages: all pages that are to be found.
        documents: the sections of documents, by the path of their page.
    """
    index = json.loads(text)
    ours = {quote(page.path) for page in pages}
    docs = [entry for entry in index["docs"] if entry["location"].partition("#")[0] not in ours]
    for page in pages:
        location = quote(page.path)
        first, *rest = documents.get(page.path) or (("", "", ""),)
        found = f"{escape(page.search, quote=False)} {first[2]}".strip()
        # The words of a document begin with its id, which its own title leaves out.
        title = f"{page.search.partition(' ')[0]} {page.title}" if page.path in documents else page.title
        docs.append({"location": location, "title": escape(title, quote=False), "text": found})
        docs.extend(
            {"location": f"{location}#{anchor}", "title": title, "text": below}
            for anchor, title, below in rest
        )
    index["docs"] = docs
    config = index.get("config", {})
    if config.get("separator") == _THEIR_SEPARATOR:
        config["separator"] = _SEPARATOR
    return json.dumps(index, separators=(",", ":"))


def complete_sitemap(text: str, *, base: str, paths: Iterable[str], shells: str, changed: date) -> str:
    """Add the addresses of row pages to a sitemap and take out those of the shells.

    Args:
        text: the sitemap as the theme wrote it.
        base: the address of the site; ends with `/`.
        paths: of the row pages, below the site.
        shells: the token that stands in the address of every shell.
        changed: the date to give as the last change.
    """
    kept = re.sub(rf"\s*<url>(?:(?!</url>).)*{re.escape(shells)}.*?</url>", "", text, flags=re.DOTALL)
    added = "".join(
        f"    <url>\n         <loc>{escape(urljoin(base, quote(path)))}</loc>\n"
        f"         <lastmod>{changed.isoformat()}</lastmod>\n    </url>\n"
        for path in paths
    )
    head, end, tail = kept.rpartition("</urlset>")
    return f"{head.rstrip()}\n{added}{end}{tail}" if end else kept


def _text(html: str) -> str:
    return _SPACE.sub(" ", _TAG.sub(" ", html)).strip()
