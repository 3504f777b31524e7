"""What is done to every page that a theme rendered, before it is written: HTML in, HTML out.

A banner says that a draft is a draft, in the HTML itself: no script, no style sheet is
needed to see it. A Content-Security-Policy stands in every page of Material. The part
of the header that asks a forge for the repository's stars is put to sleep. What stands at the
foot of a printed sheet is a property of the page's root.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256

from mkdocs_ems.site.slots import NOTICE, SELECTOR

DRAFT_BANNER = (
    '<aside class="md-banner ems-draft" role="note" aria-label="Draft">'
    '<div class="md-banner__inner md-grid md-typeset">'
    "<strong>Draft.</strong> This is work in progress and shows what nobody has approved yet. "
    "Do not work by it: only the published manual is in force."
    "</div></aside>"
)

_HTML = re.compile(r"<html\b")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:()/-")
_ANNOUNCE = re.compile(r'(<div data-md-component="announce">)\s*(</div>)')
_ANNOUNCED = re.compile(r'<div data-md-component="announce">')
_TOPIC = re.compile(r'<div class="md-header__topic">\s*<span class="md-ellipsis">[^<]*</span>')
_BODY = re.compile(r"<body\b[^>]*>")
_CHARSET = re.compile(r"<meta charset=[^>]*>")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

# Scripts run only from the site and, inline, only those that the theme itself wrote (by
# hash). `file:` names the site where a copy is opened from a folder: browsers differ in
# whether 'self' means that. Styles may be inline: Material and its highlighter set them on
# elements, and content has none left. data: pictures are the icons in Material's own CSS.
_POLICY = (
    "default-src 'self' file:; script-src 'self' file: {scripts}; style-src 'self' file: 'unsafe-inline'; "
    "img-src 'self' file: data:; object-src 'none'; base-uri 'none'; form-action 'self' file:"
)


def finished(  # noqa: PLR0913 - what is done to a page, each by its name
    html: str, *, content: str, material: bool, policy: bool, draft: bool, places: bool
) -> str:
    """A page that a theme rendered, with all that is done to each.

    Args:
        html: the page.
        content: the part of it that came from the manual.
        material: the theme is Material.
        policy: it gets a Content-Security-Policy.
        draft: it says that it is a draft.
        places: it will stand among other versions.
    """
    html = without_forge_facts(html) if material else html
    html = with_policy(html, content=content) if policy else html
    html = marked_as_draft(html) if draft else html
    return with_places(html) if places else html


def marked_as_draft(html: str) -> str:
    """Put the banner where the theme announces things, or first in the body."""
    done, count = _ANNOUNCE.subn(lambda match: match[1] + DRAFT_BANNER + match[2], html, count=1)
    if count:
        return done
    return _BODY.sub(lambda match: match[0] + DRAFT_BANNER, html, count=1)


def with_places(html: str) -> str:
    """Leave places for what other versions of the manual have to say: in the header, and above the content.

    The first topic of Material's header is where its own selector puts itself too.
    """
    html, in_header = _TOPIC.subn(_behind(SELECTOR), html, count=1)
    html, announced = _ANNOUNCED.subn(_behind(NOTICE), html, count=1)
    rest = (SELECTOR if not in_header else b"") + (NOTICE if not announced else b"")
    return _BODY.sub(_behind(rest), html, count=1)


def _behind(mark: bytes) -> Callable[[re.Match[str]], str]:
    return lambda match: match[0] + mark.decode()


def with_foot(html: str, written: str) -> str:
    """Give the sheets that are printed of a page their foot: a property that its style sheet reads.

    `written` is made by `css_text`.
    """
    return _HTML.sub(lambda found: f'{found[0]} style="--ems-foot:&quot;{written}&quot;"', html, count=1)


def css_text(text: str) -> str:
    """Text as it may stand between quotes in a style attribute: all but plain characters as numbers."""
    return "".join(char if char in _PLAIN else f"\\{ord(char):x} " for char in text)


def with_policy(html: str, *, content: str) -> str:
    """Add the Content-Security-Policy; what runs inline in the theme's own part is named by hash.

    `content` is the part of the page that came from the manual: nothing in it is ever named.
    """
    before, _, after = html.partition(content) if content else (html, "", "")
    inline = dict.fromkeys(_INLINE_SCRIPT.findall(before) + _INLINE_SCRIPT.findall(after))
    policy = _POLICY.format(scripts=" ".join(script_hash(script) for script in inline))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _CHARSET.sub(lambda match: match[0] + meta, html, count=1)


def without_forge_facts(html: str) -> str:
    """Keep the link to the repository, but not the request for its stars that Material makes for it."""
    return html.replace(' data-md-component="source"', "")


@cache
def script_hash(script: str) -> str:
    """How a policy names a script that stands in a page."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
