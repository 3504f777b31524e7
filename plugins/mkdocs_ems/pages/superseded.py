"""What a page of one version says of the others: where the reader stands, and what to read instead.

A page says only what stays true when another version is added, but for the one that is superseded by
it: so a deploy moves what changed and nothing else. Everything here is plain HTML that needs no
script. Which versions there are is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import DOCUMENT_REGISTER, NOT_FOUND, START
from mkdocs_ems.pages.fillable import Fillable
from mkdocs_ems.pages.successor import Edition, How, Target, successor
from mkdocs_ems.pages.versions import VERSIONS
from mkdocs_ems.text import show

_ALIASES = {"current": "In force", "latest": "Latest version"}
_DOCUMENT = re.compile(r"(?:documents|histories)/[^/]+/index\.html")
_OWN_PAGE = re.compile(r"(?:documents|histories|registers/[^/]+)/([^/]+)/index\.html")

_NOTHING = Markup("")
_SELECTOR = Fillable(
    Markup(
        '<div class="md-version ems-version">'
        '<button class="md-version__current" aria-label="Other versions of this page">{}</button>'
        '<ul class="md-version__list">{}</ul></div>'
    )
)
_CHOICE = Fillable(Markup('<li class="md-version__item"><a href="{}" class="md-version__link">{}</a></li>'))
_NOTICE = Fillable(
    Markup(
        '<aside class="md-banner ems-superseded" role="note" aria-label="{}">'
        '<div class="md-banner__inner md-grid md-typeset">{}</div></aside>'
    )
)
_RECORD = Fillable(Markup("<strong>{}</strong>, a record of that day. {}"))
_SUPERSEDED = Fillable(
    Markup(
        '<strong>Superseded.</strong> This is {}. It was replaced by <a href="{}">{}</a>{}. '
        "Do not work by it. {}"
    )
)
_INSTEAD = Fillable(Markup('{}: <a href="{}">{}</a>{}.'))
_RENUMBERED = Fillable(Markup(", now {}"))
_LATER = Fillable(Markup("{}, later {},"))
_NO_LONGER = Fillable(Markup('{} is no longer in the manual; <a href="{}">{}</a> {} shows what there is.{}'))
_BECAME = Fillable(Markup(' What became of it: <a href="{}">{} at each event</a>.'))
_AT_THE_START = Fillable(
    Markup('This page is no longer in the manual; begin at <a href="{}">the start {}</a>.')
)
_LAPSED = Fillable(Markup(" It showed issue {} of {}; no issue of it is in force now."))
_STILL = Fillable(Markup(" Issue {} of {} is still in force."))
_NEWER = Fillable(Markup(" It showed issue {} of {}; issue {} is in force."))


@dataclass(frozen=True, slots=True)
class Around:
    """A version among its neighbours."""

    this: Edition
    previous: Edition | None = None
    """For what is in force and for a draft the newest version, under the alias that always means that."""
    next: Edition | None = None
    """The version that replaced it; None for the newest, for what is in force and for a draft."""
    in_force: Edition | None = None
    """What is in force; None where that is this one."""

    def said(self) -> tuple[str, ...]:
        """What its pages say of others, wherever these have the same page; equal ones say the same."""
        others = (self.previous, self.next, self.in_force)
        return tuple(_said(one) if one else "" for one in others)

    def facts(self, page: str) -> tuple[object, ...]:
        """All that one of its pages says, beyond `said`: where equal facts are told, equal words are."""
        identity = _identity(page)
        others = (self.previous, self.next, self.in_force)
        targets = tuple(_told(successor(page, identity, one)) if one else () for one in others)
        instead = self.in_force or self.next
        if self.this.listed.kind != "version" or instead is None:
            return targets
        return (*targets, instead.issues.get(identity or ""))

    def special(self) -> frozenset[str]:
        """Pages that may say something else than the others do.

        Some other version has no such page, or one of another row; or they tell of issues.
        """
        others = [one for one in (self.previous, self.next, self.in_force) if one]
        telling = {one for one in self.this.pages if _DOCUMENT.fullmatch(one)}
        ids = {identity for one in others for identity in one.became}
        renumbered = {one for one in self.this.pages if _identity(one) in ids} if ids else set()
        everywhere = self.this.pages.intersection(*(one.pages for one in others))
        return (self.this.pages - everywhere) | telling | renumbered


def _said(other: Edition) -> str:
    folder = other.listed.folder
    return folder if folder in _ALIASES else f"{folder}\n{_name(other)}\n{other.listed.day}"


def _told(target: Target) -> tuple[str, ...]:
    return target.page, target.how.value, target.history, target.now


def selector_html(page: str, around: Around, *, up: str) -> str:
    """The list in the header: this version, those beside it, what is in force.

    Args:
        page: path below the version's folder.
        around: the version and its neighbours.
        up: what leads from the page to the version's folder.
    """
    return _SELECTOR.filled(_name(around.this), _NOTHING.join(_choices(page, around, up)))


def _choices(page: str, around: Around, up: str) -> Iterator[Markup]:
    for other, said in (
        (around.in_force, "In force: {}"),
        (around.next, "Next: {}"),
        (around.previous, "Before: {}"),
    ):
        if other is not None:
            target = successor(page, _identity(page), other)
            named = _ALIASES.get(other.listed.folder) or said.format(_name(other))
            yield _CHOICE.filled(_address(up, other, target.page), named)
    yield _CHOICE.filled(up + VERSIONS, "All versions")


def notice_html(page: str, around: Around, *, up: str) -> str:
    """What stands above a page of a tagged version: that it is superseded, and by what; empty for others.

    Args:
        page: path below the version's folder.
        around: the version and its neighbours.
        up: what leads from the page to the version's folder.
    """
    this = around.this
    if this.listed.kind != "version":
        return ""
    if around.next is None:
        if around.in_force is None:
            return ""
        instead = _instead(page, around, around.in_force, up, "What is in force today")
        return _NOTICE.filled("Version", _RECORD.filled(_of_day(this), instead))
    said = _SUPERSEDED.filled(
        _of_day(this, begin="version"),
        _address(up, around.next, START),
        _name(around.next),
        _on(around.next),
        _instead(page, around, around.in_force or around.next, up, "Read instead"),
    )
    return _NOTICE.filled("Superseded", said)


def _instead(page: str, around: Around, other: Edition, up: str, lead: str) -> Markup:
    identity = _identity(page)
    target = successor(page, identity, other)
    address = _address(up, other, target.page)
    where = "as it is in force" if _is_current(other) else f"in {_name(other)}"
    match target.how:
        case How.SAME | How.MOVED:
            if _DOCUMENT.fullmatch(page) and identity not in other.issues:
                # What is withdrawn has a page still, and nobody is to take that for something to work by.
                lead, where = "What became of it", "as it is now" if _is_current(other) else where
            # Of what is missing there is no page elsewhere either: its reader is led to the start.
            what = f"this page {where}"
            if page == NOT_FOUND:
                what = "the manual in force" if _is_current(other) else f"the manual {where}"
            moved = ", which stands elsewhere now" if target.how is How.MOVED else ""
            return _INSTEAD.filled(lead, address, what, moved) + _issue(identity, around.this, other)
        case How.RENUMBERED:
            return _INSTEAD.filled(lead, address, f"this row {where}", _RENUMBERED.filled(show(target.now)))
        case How.REGISTER:
            named = "the document register" if target.page == DOCUMENT_REGISTER else "its register"
            called = identity or "This page"
            last = show(target.now) or called
            both = last if last == called else _LATER.filled(called, last)
            history = _address(up, other, target.history) if target.history else ""
            became = _BECAME.filled(history, last) if history else _NOTHING
            return _NO_LONGER.filled(both, address, named, where, became)
        case How.START:
            return _AT_THE_START.filled(address, where)


def _issue(identity: str | None, this: Edition, other: Edition) -> Markup:
    """Which issue the page shows, and which came after it."""
    shown, now = this.issues.get(identity or ""), other.issues.get(identity or "")
    if shown is None:
        return _NOTHING
    if now is None:
        return _LAPSED.filled(shown, identity)
    if shown == now:
        return _STILL.filled(shown, identity)
    return _NEWER.filled(shown, identity, now)


def _identity(page: str) -> str | None:
    found = _OWN_PAGE.fullmatch(page)
    return found[1] if found else None


def _is_current(edition: Edition) -> bool:
    return edition.listed.kind == "current"


def _name(edition: Edition) -> str:
    """What a version is called on every page: never by a day that moves."""
    listed = edition.listed
    return {"current": "in force", "draft": "draft"}.get(listed.kind, show(listed.name))


def _of_day(edition: Edition, *, begin: str = "Version") -> str:
    day = f" of {words.day(edition.listed.day)}" if edition.listed.day else ""
    return f"{begin} {_name(edition)}{day}"


def _on(edition: Edition) -> str:
    return f" on {words.day(edition.listed.day)}" if edition.listed.day else ""


def _address(up: str, other: Edition, page: str) -> str:
    return f"{up}../{other.listed.folder}/{quote(page)}"
