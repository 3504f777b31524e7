"""The list of all versions: a page of its own in each of them, and a chapter of each start page.

The page is made with its version and says nothing yet; the list is filled in when the versions
stand together, since it changes with each of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from mkdocs_ems import dataclass
from mkdocs_ems.control.versions import Listed
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import START
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.values import Manual, Page, PageForm, TocEntry
from mkdocs_ems.text import show

VERSIONS = "versions/index.html"
CHANGES = "changes/index.html"
"""What changed since the version before; not in every version."""

_ENTRY = TocEntry(2, "All versions", "ems--versions")

_LEAD = (
    "<h1>Versions</h1>\n"
    '<p class="ems-lead">Every version of this manual that was kept, and what is in force. A version shows '
    "the manual as it stood on its day, judged by its own rules with the checks of today.</p>\n"
)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list."""

    name: str
    page: str
    """Its start page; empty where it was not built."""
    here: bool
    """It is the one that the reader has before them."""
    day: str
    tagger: str
    signed: str
    state: str
    notes: tuple[str, ...]
    message: str = ""
    """What was written with its tag."""
    changes: str = ""
    """The page of what changed since the version before; empty where there is none."""


def with_versions(manual: Manual, *, place: str) -> Manual:
    """The manual with a page of all versions, and with them on its start page.

    Args:
        manual: the pages of one version.
        place: HTML that marks where the list will stand.
    """
    pages = tuple(
        replace(page, body=f"{page.html}\n{place}", draw=None, toc=(*page.toc, _ENTRY))
        if page.path == START
        else page
        for page in manual.pages
    )
    listing = Page(
        path=VERSIONS,
        title="Versions",
        form=PageForm.HTML,
        body=_LEAD + place,
        toc=(_ENTRY,),
        search="Versions of this manual: superseded, in force, draft",
        nav=("Control", "Versions"),
        order=900,
        foot="Versions",
    )
    return replace(manual, pages=(*pages, listing))


def listing_html(listed: Sequence[Listed], *, this: Listed, up: str, compared: Collection[str] = ()) -> str:
    """The list of all versions, for one page.

    Args:
        listed: all of them, newest first; what is in force and a draft among them.
        compared: folders of those that tell what changed since the version before.
        this: the version that the page belongs to.
        up: what leads from the page to the version's folder.
    """
    newest = next((one for one in listed if one.built and one.kind == "version"), None)
    lines = [
        replace(
            _line(one, this=this, newest=one is newest, up=up),
            changes=f"{up}../{one.folder}/{CHANGES}" if one.built and one.folder in compared else "",
        )
        for one in listed
    ]
    return render("versions.html", lines=lines)


def _line(one: Listed, *, this: Listed, newest: bool, up: str) -> VersionLine:
    # What is in force is dated by the day it was built: that stands on its own pages, and moves each day.
    dated = one.day is not None and one.kind == "version"
    return VersionLine(
        name={"current": "In force", "draft": "Draft"}.get(one.kind, show(one.name)),
        page=f"{up}../{one.folder}/{START}" if one.built else "",
        here=one.folder == this.folder and one.built,
        day=words.day(one.day) if dated and one.day else "",
        tagger=show(one.tagger),
        signed=show(one.signed),
        state=_state(one, newest=newest),
        message=show(one.message),
        notes=tuple(show(note) for note in (*one.doubts, one.reason) if note),
    )


def _state(one: Listed, *, newest: bool) -> str:
    if not one.built:
        return "not built"
    if one.kind == "current":
        return "in force"
    if one.kind == "draft":
        return "work in progress: nobody has approved it yet"
    return "the newest version" if newest else "superseded"
