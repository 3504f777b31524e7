"""A page for each issue of each document and register, at an address that stays: `documents/POL-001/3/`.

Whoever cites an issue, on a form, in a contract, in an audit report, finds it there for ever: made
from history alone, it outlives the text, the file and its place. It says at once whether the issue
still applies, and which one to read if not. The text is shown letter by letter as it was approved,
so that nothing of today's making stands between a reader and what was signed; how it reads as a
page, the page of the document shows for the issue in force. Of a register the text is not shown:
its rows have pages, on which what is personal is left out. Drafts have no page here.

There are as many of these pages as there were approvals: everything that is said of an issue is
what its history says, gathered once, and a page is one template.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from hashlib import sha256

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.control import DocumentControl, Issue, IssueState, Manifest
from mkdocs_ems.control.drafting import print_checksum
from mkdocs_ems.control.periods import SUSPENDED, interim_last
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import history_page, issue_page
from mkdocs_ems.pages.chapters import Chapter, chapters_of
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.house_rules import RULES_TYPE
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.notices import Notice
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View
from mkdocs_ems.text import show

_BYTES = 60_000
"""A text that is larger is not shown on a page."""
SHELF = "documents"
"""Pages of issues are rendered in one frame of the theme, as deep as they stand."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """How an issue stands, for the banner on top."""

    notice: Notice
    read: str = ""
    """The address of what to read instead, or of the page that shows it."""
    read_words: str = ""


def issue_pages(view: View) -> Iterator[Page]:
    """A page for each issue, by document, then number."""
    for control in view.documents.values():
        if not control.issues:
            continue
        links = view.links(issue_page(control.id, 1))
        told = {one.issue: one for one in chapters_of(control, view, links) if one.issue is not None}
        for issue in control.issues:
            yield _page(issue, told[issue.number], control, view)


def _page(issue: Issue, chapter: Chapter, control: DocumentControl, view: View) -> Page:
    title = f"{control.id} issue {issue.number}"
    return Page(
        path=issue_page(control.id, issue.number),
        title=title,
        form=PageForm.ROW,
        draw=partial(_draw, issue, chapter, control, view),
        foot=f"{title}, {chapter.state} · as of {words.day(view.shown.as_of)}",
        shelf=SHELF,
    )


def _draw(issue: Issue, chapter: Chapter, control: DocumentControl, view: View) -> str:
    links = view.links(issue_page(control.id, issue.number))
    stands = _stands(issue, chapter, control, links)
    history = links.up + history_page(control.id)
    text, why = _text(issue, control, view, links)
    return render(
        "issue.html",
        draft=view.draft,
        id=control.id,
        title=control.title,
        chapter=chapter,
        stands=stands,
        as_of=words.day(view.shown.as_of),
        history=history,
        redline=f"{history}#{chapter.anchor}",
        written=_written(issue, view),
        parts=[(part.target, part.blob) for part in issue.content.parts],
        text=text,
        why=why,
        is_register=control.kind == "register",
    )


def _stands(issue: Issue, chapter: Chapter, control: DocumentControl, links: Links) -> _Standing:
    """Whether to work by it; if not, by what."""
    place = links.places.get(control.id)
    page = links.up + place.address if place else ""
    match issue.state:
        case IssueState.IN_FORCE if chapter.state == SUSPENDED and control.interim is not None:
            last = words.day(interim_last(control.interim))
            said = (
                f"An interim approval stands in its place up to {last}. Do not work by this issue meanwhile."
            )
            return _Standing(Notice("warning", "Suspended", said), page, "what applies meanwhile")
        case IssueState.IN_FORCE:
            said = "This is the issue to work by."
            return _Standing(Notice("note", "In force", said), page, f"{control.id} as it reads")
        case IssueState.APPROVED:
            said = f"It is approved and applies from {words.day(issue.effective_from)} on, not yet."
            return _Standing(Notice("warning", "Not in force yet", said), page, "what applies until then")
        case IssueState.SUPERSEDED:
            return _superseded(issue, control, page, links)
        case _:
            when = f" on {words.day(issue.effective_to)}" if issue.effective_to else ""
            said = f"It was withdrawn{when}. Do not work by it."
            if control.in_force is not None or control.interim is not None:
                return _Standing(Notice("error", "Withdrawn", said), page, "what applies")
            return _Standing(Notice("error", "Withdrawn", f"{said} Nothing has taken its place."))


def _superseded(issue: Issue, control: DocumentControl, page: str, links: Links) -> _Standing:
    """What took its place, and what to read: not always the same."""
    later = [one for one in control.issues if one.number > issue.number]
    took = [one for one in later if one.effective_from == issue.effective_to] or later
    by = took[0].number if took else None
    when = f" on {words.day(issue.effective_to)}" if issue.effective_to else ""
    said = f"It was replaced by issue {by}{when}" if by is not None else f"It was replaced{when}"
    now = control.in_force
    if now is None:
        said += "; none of its issues is in force now. Do not work by it."
        return _Standing(
            Notice("error", "Superseded", said), links.up + history_page(control.id), "its history"
        )
    if control.interim is not None:
        said += "; an interim approval applies now. Do not work by this one: read that."
        return _Standing(Notice("error", "Superseded", said), page, "the interim text")
    which = "read that one" if now.number == by else f"issue {now.number} is in force: read that one"
    said += f", {which}." if now.number == by else f"; {which}."
    return _Standing(Notice("error", "Superseded", said), page, f"issue {now.number}, in force")


def _written(issue: Issue, view: View) -> tuple[tuple[str, str], ...]:
    """What identifies the content beyond doubt."""
    found = [("File then", issue.content.path), ("Content in git", issue.content.blob)]
    data = _data(issue, view)
    if data is not None and len(data) <= _BYTES:
        main = sha256(data).hexdigest()
        found.append(("sha256", main))
        printed = _on_prints(issue, main, view)
        if printed and printed != main:
            found.append(("Checksum on prints, with its pictures", printed))
    return (*found, ("Landed with commit", issue.event.commit.id))


def _on_prints(issue: Issue, main: str, view: View) -> str:
    """What a print of it bears, for whoever holds one; empty where a picture is not at hand any more."""
    snapshot, parts = view.shown.snapshot, dict[str, str]()
    for part in issue.content.parts:
        entry = snapshot.entries.get(part.path)
        if entry is None or entry.blob != part.blob or part.path not in snapshot.files:
            return ""
        parts[part.target] = sha256(snapshot.files[part.path]).hexdigest()
    return print_checksum(Manifest(main, parts))


def _data(issue: Issue, view: View) -> bytes | None:
    """The text where it is at hand: compared somewhere, or shown today."""
    data = view.texts.get(issue.content.blob)
    if data is not None:
        return data
    entry = view.shown.snapshot.entries.get(issue.content.path)
    if entry is None or entry.blob != issue.content.blob:
        return None
    return view.shown.snapshot.files.get(issue.content.path)


def _text(issue: Issue, control: DocumentControl, view: View, links: Links) -> tuple[Markup, str]:
    """The text with its mentions linked; or why it is not shown."""
    if control.kind == "register" or control.type == RULES_TYPE:
        # Of people only names and roles are published, and a register names many.
        where = "the page of each row tells what it said after every event"
        said = f"Of a register {where}" if control.kind == "register" else "The rules are not shown as a file"
        return Markup(""), said
    data = _data(issue, view)
    if data is None:
        return Markup(""), "So old a text is not shown on a page"
    if len(data) > _BYTES:
        return Markup(""), f"The text is long ({len(data) // 1000} kB) and is not shown on a page"
    text = data.decode("utf-8", "backslashreplace").replace("\r\n", "\n").expandtabs(4)
    # Line by line: most are plain, and are not looked at letter by letter.
    plain = "\n".join(map(show, text.strip("\n").split("\n")))
    return links.prose(plain), ""
