"""What is pending and whom it waits for, by name: changes, withdrawals, issues to come, reviews overdue."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.control import Act, DocumentControl, IssueState, Pending, Person
from mkdocs_ems.control.periods import in_force_words, interim_last, leaves_on
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import DOCUMENT_REGISTER, PENDING, history_page
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.evidence import act_sentence, person_name
from mkdocs_ems.pages.issue_lines import issue_name
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents
from mkdocs_ems.pages.waiting import candidates, waits_for
from mkdocs_ems.text import plural


@dataclass(frozen=True, slots=True)
class PendingLine:
    """One change or withdrawal that waits."""

    document: Markup
    what: str
    since: str
    how_long: str
    authors: str
    waits_for: str
    so_far: tuple[str, ...]
    """What has been done for it already."""
    history: str


def pending_page(view: View) -> Page:
    """The page of everything that waits."""
    links = view.links(PENDING)
    waiting = sorted(
        ((one, one.pending) for one in view.documents.values() if one.pending),
        key=lambda pair: (pair[1].event.date, pair[0].id),
    )
    body = render(
        "pending.html",
        draft=view.draft,
        listing=links.up + DOCUMENT_REGISTER,
        as_of=words.day(view.shown.as_of),
        known=view.shown.control is not None,
        reason=view.shown.control_reason or "there is no history to judge by",
        lines=[_line(one, pending, view, links) for one, pending in waiting],
        people=tuple(_people([pending for _, pending in waiting], [one.id for one, _ in waiting], links)),
        interim=tuple(_interim(view, links)),
        coming=tuple(_coming(view, links)),
        leaving=tuple(_leaving(view, links)),
        late=tuple(_late(view, links)),
    )
    return Page(
        path=PENDING,
        title="What is pending",
        form=PageForm.HTML,
        body=body,
        toc=contents(
            [
                ("Waits for approval", "approval"),
                ("By person", "people"),
                ("Interim approvals", "interim"),
                ("Approved, not yet in force", "coming"),
                ("Withdrawal approved, still in force", "leaving"),
                ("Reviews overdue", "reviews"),
            ]
        ),
        search="What is pending: changes and withdrawals that wait for approval, and for whom",
        nav=("Control", "What is pending"),
        order=60,
    )


def _line(one: DocumentControl, pending: Pending, view: View, links: Links) -> PendingLine:
    landed = pending.waits_since
    days = (view.shown.as_of - landed).days
    return PendingLine(
        document=links.named(one.id),
        what=f"draft of issue {one.next_issue}" if pending.content else "withdrawal",
        since=words.day(landed),
        how_long="proposed" if pending.event.proposed else plural(days, "day") if days > 0 else "",
        authors=words.listed([person_name(person, links) for person in pending.authors]) or "not known",
        waits_for=waits_for(pending, links),
        so_far=tuple(act_sentence(act, links) for act in pending.acts),
        history=links.up + history_page(one.id),
    )


def _people(waiting: list[Pending], ids: list[str], links: Links) -> Iterator[tuple[str, Markup]]:
    """Each person who can act, with what waits for that person."""
    found: dict[str, tuple[Person, list[str]]] = {}
    for pending, identity in zip(waiting, ids, strict=True):
        for person in candidates(pending):
            found.setdefault(person.key, (person, []))[1].append(identity)
    for person, what in sorted(found.values(), key=lambda one: person_name(one[0], links).casefold()):
        yield person_name(person, links), Markup(", ").join(links.short(identity) for identity in what)


def _interim(view: View, links: Links) -> Iterator[tuple[Markup, str]]:
    for one in view.documents.values():
        for interim in one.interims:
            if interim.state in (IssueState.INTERIM, IssueState.INTERIM_EXPIRED):
                now = interim.state is IssueState.INTERIM
                verb = "applies now and ends after" if now else "ended after"
                last = interim_last(interim)
                issue = f"; issue {issue_name(one.in_force)} is suspended meanwhile" if one.in_force else ""
                said = f"{verb} {words.day(last)}{issue if now else ''}. {act_sentence(interim.act, links)}"
                yield links.named(one.id), said


def _coming(view: View, links: Links) -> Iterator[tuple[Markup, str]]:
    for one in view.documents.values():
        for issue in one.issues:
            if issue.state is IssueState.APPROVED:
                start = words.day(issue.effective_from)
                yield links.named(one.id), f"issue {issue_name(issue)} comes into force on {start}"


def _leaving(view: View, links: Links) -> Iterator[tuple[Markup, str]]:
    for one in view.documents.values():
        if leaves_on(one):
            said = " ".join(act_sentence(act, links) for act in one.withdrawals if _of_latest(act, one))
            yield links.named(one.id), f"{in_force_words(one)}. {said}".rstrip()


def _of_latest(act: Act, one: DocumentControl) -> bool:
    return bool(one.issues) and act.issue == one.issues[-1].number


def _late(view: View, links: Links) -> Iterator[tuple[Markup, str]]:
    for one in view.documents.values():
        if one.review_due and one.review_due < view.shown.as_of:
            days = (view.shown.as_of - one.review_due).days
            owner = f"; its owner is {one.owner}" if one.owner else ""
            said = f"was due on {words.day(one.review_due)}, {plural(days, 'day')} ago{owner}"
            yield links.named(one.id), said
