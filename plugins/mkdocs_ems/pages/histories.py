"""The history of a document or register: each issue, what changed, who wrote it, who approved it and how.

For an auditor and for whoever wants to know what is new: no git word is needed to read
it. An approved manual shows the texts of approved issues alone; a draft is told of, never
shown. The texts are read beforehand, in one go: pages are drawn by a copy of the process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from markupsafe import Markup

from mkdocs_ems.control import DocumentControl
from mkdocs_ems.git import Blobs
from mkdocs_ems.pages.addresses import DOCUMENT_REGISTER, history_page
from mkdocs_ems.pages.chapters import Change, Chapter, changes, chapters_of
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.evidence import doubts
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.redlines import Wording, redline_html
from mkdocs_ems.pages.standing import Standing, standing
from mkdocs_ems.pages.values import Page, PageForm, Permanent
from mkdocs_ems.pages.view import View, contents
from mkdocs_ems.redline import Change as Words
from mkdocs_ems.redline import Form, redline

_BYTES = 2_000_000
"""A text that is larger is not compared on a page."""
_LINES = 600
"""Lines of one redline that a page shows at most."""


def compared_blobs(view: View) -> tuple[str, ...]:
    """The blobs of all texts that histories compare and marks of changed rows need."""
    found: dict[str, None] = {}
    for control in view.documents.values():
        for chapter_change in changes(control, view):
            for content in (chapter_change.before, chapter_change.after):
                if content is not None and chapter_change.before is not None:
                    found[content.blob] = None
    return tuple(found)


def texts_of(view: View, blobs: Blobs | None) -> Mapping[str, bytes]:
    """Those texts, read in one go; none where nobody can read them."""
    wanted = compared_blobs(view) if blobs is not None else ()
    return blobs.read(wanted) if blobs is not None and wanted else {}


def rows_since_approval(view: View) -> Mapping[str, str]:
    """Rows of registers under periodic control that changed since the last approval: id to words."""
    found: dict[str, str] = {}
    for control in view.documents.values():
        if control.control != "periodic" or not control.issues or control.landed is None:
            continue
        last = control.issues[-1]
        texts = [view.texts.get(blob) for blob in (last.content.blob, control.landed.blob)]
        if last.content.blob == control.landed.blob or any(text is None for text in texts):
            continue
        before, after = ((text or b"").decode("utf-8", "backslashreplace") for text in texts)
        for line in redline(before, after):
            if line.form is Form.ROW and line.change in (Words.CHANGED, Words.CAME):
                word = "new" if line.change is Words.CAME else "changed"
                found[line.label] = f"{word} since issue {last.number}"
    return found


def history_pages(view: View) -> Iterator[Page]:
    """A page for each controlled document and register, by id."""
    for control in view.documents.values():
        yield _page(control, view)


def _page(control: DocumentControl, view: View) -> Page:
    page = history_page(control.id)
    links = view.links(page)
    stands = standing(control.id, view=view, links=links)
    # Now, not when it is drawn: labels of old issues may have to be read from git.
    chapters = chapters_of(control, view, links)
    return Page(
        path=page,
        title=f"History of {control.id}",
        form=PageForm.ROW,
        draw=partial(_draw, control, stands, chapters, view),
        toc=contents([(one.title, one.anchor) for one in chapters]),
        foot=f"History of {stands.foot}",
    )


def _draw(control: DocumentControl, stands: Standing, chapters: tuple[Chapter, ...], view: View) -> str:
    links = view.links(history_page(control.id))
    kind = view.kinds.get(control.type)
    wording = Wording.of(kind)
    return render(
        "history.html",
        draft=view.draft,
        listing=links.up + DOCUMENT_REGISTER,
        stands=stands,
        document=links.named(control.id),
        is_register=control.kind == "register",
        chapters=[(one, _redline(one.change, wording, view, links)) for one in chapters],
        own=[_own(one, control, view, links) for one in chapters],
        pictures=[_parts(one.change) for one in chapters],
        doubts=doubts(control),
    )


def _own(chapter: Chapter, control: DocumentControl, view: View, links: Links) -> str:
    """The address of the page that is an issue's own."""
    if chapter.issue is None or view.permanent is Permanent.NOWHERE:
        return ""
    return view.issue_address(control.id, chapter.issue, links)


def _redline(change: Change, wording: Wording, view: View, links: Links) -> Markup | str:
    """The redline, or why there is none."""
    if change.before is None or change.after is None:
        return change.words
    if change.before.blob == change.after.blob:
        return "The text is the same."
    texts = [view.texts.get(one.blob) for one in (change.before, change.after)]
    if any(text is None for text in texts):
        return "The texts are not at hand here; `ems history` compares them."
    if any(len(text or b"") > _BYTES for text in texts):
        return "The texts are too long to be compared on a page; `ems history` compares them."
    before, after = ((text or b"").decode("utf-8", "backslashreplace") for text in texts)
    return redline_html(redline(before, after), wording=wording, links=links, most=_LINES)


def _parts(change: Change) -> tuple[str, ...]:
    """Pictures and attachments that came, went or changed, in sentences."""
    if change.before is None or change.after is None:
        return ()
    old = {part.target: part.blob for part in change.before.parts}
    new = {part.target: part.blob for part in change.after.parts}
    said = [f"{target} is new" for target in new if target not in old]
    said += [f"{target} is gone" for target in old if target not in new]
    said += [
        f"{target} changed: it was {old[target][:10]}, it is {blob[:10]} now"
        for target, blob in new.items()
        if old.get(target, blob) != blob
    ]
    return tuple(said)
