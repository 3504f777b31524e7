"""What was in force on a date: every issue and interim approval with its days, and a field to pick one.

For whoever investigates what happened on a day, audits a period or answers an authority. Without
scripts it is the whole table by document and day; with them the rows of one day are left, and the
day stands in the address (`on/index.html#2026-03-01`), so that it can be cited. It works from a
folder too. Of what is not approved nothing is said, whatever the day.
"""

from __future__ import annotations

from functools import partial

from mkdocs_ems import dataclass
from mkdocs_ems.control import DocumentControl, Issue
from mkdocs_ems.control.in_force import Period, periods_of
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import DOCUMENT_REGISTER, IN_FORCE_ON, history_page
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.evidence import person_name
from mkdocs_ems.pages.issue_lines import issue_name
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View


@dataclass(frozen=True, slots=True)
class DayLine:
    """One content of a document and the days on which it was in force."""

    id: str
    title: str
    what: str
    """`issue 3 (Rev C)`, `interim approval 1`."""
    page: str
    begin: str
    """As 2026-03-01."""
    last: str
    """The same; empty where no end is known."""
    approved: str
    """By whom; or that it was taken over."""
    level: str


def in_force_on_page(view: View) -> Page:
    """The page, drawn when it is asked for: there is a line for every issue that ever was in force."""
    links = view.links(IN_FORCE_ON)
    # Now, not when it is drawn: labels of old issues may have to be read from git.
    lines = tuple(
        _line(one, control, view, links) for control in view.documents.values() for one in periods_of(control)
    )
    living = [one.id for one in view.documents.values() if one.control == "periodic"]
    return Page(
        path=IN_FORCE_ON,
        title="In force on a date",
        form=PageForm.HTML,
        draw=partial(_draw, lines, living, view),
        search="In force on a date: which issue of each document applied on a day that is past",
        nav=("Control", "In force on a date"),
        order=61,
    )


def _draw(lines: tuple[DayLine, ...], living: list[str], view: View) -> str:
    links = view.links(IN_FORCE_ON)
    begun = min((line.begin for line in lines), default="")
    return render(
        "in-force-on.html",
        draft=view.draft,
        listing=links.up + DOCUMENT_REGISTER,
        lines=lines,
        begun=begun,
        as_of=view.shown.as_of.isoformat(),
        as_of_words=words.day(view.shown.as_of),
        living=[(one, links.up + history_page(one)) for one in living],
        reason="" if view.documents else view.shown.control_reason or "there is no history to judge by",
    )


def _line(period: Period, control: DocumentControl, view: View, links: Links) -> DayLine:
    content = period.of
    if isinstance(content, Issue):
        what = f"issue {issue_name(content)}"
        page = view.issue_address(control.id, content.number, links)
        acts, level = content.approvals, content.level
    else:
        what = f"interim approval {period.number}"
        page = f"{links.up}{history_page(control.id)}#interim-{period.number}"
        acts, level = (content.act,), content.act.level
    names = dict.fromkeys(person_name(act.person, links) for act in acts)
    return DayLine(
        id=control.id,
        title=control.title,
        what=what,
        page=page,
        begin=period.begin.isoformat(),
        last=period.last.isoformat() if period.last else "",
        approved=words.listed(list(names)) or "taken over at adoption",
        level=level.word,
    )
