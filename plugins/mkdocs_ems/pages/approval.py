"""How approval works here: this repository's own rules in words, and how to check one issue by hand.

Everything on the page follows from the rules in force and from document control; nothing
of it is typed for one organisation.
"""

from __future__ import annotations

from mkdocs_ems import dataclass
from mkdocs_ems.control import RULES_ID, DocumentControl, Issue
from mkdocs_ems.control.by_hand import BEGIN, Step, by_hand
from mkdocs_ems.model.settings import Approval
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import APPROVAL, DOCUMENT_REGISTER, START
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.house_rules import matrix_rows
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents


@dataclass(frozen=True, slots=True)
class Example:
    """The issue that the page checks by hand."""

    id: str
    title: str
    issue: int
    steps: tuple[Step, ...]


def approval_page(view: View) -> Page:
    """The page, also where nothing was approved yet."""
    links = view.links(APPROVAL)
    approval = view.settings.approval
    example = _example(view)
    control = view.shown.control
    body = render(
        "approval.html",
        draft=view.draft,
        start=links.up + START,
        register=links.up + DOCUMENT_REGISTER,
        rules=links.named(RULES_ID) if RULES_ID in links.places else "",
        matrix=matrix_rows(view, links),
        ways=_ways(approval),
        segregation=_SEGREGATION[approval.segregation],
        levels=_levels(approval),
        kinds=_kinds(approval),
        trust=words.TRUST,
        root=control.trust_root if control else "",
        named=control.trust_root_named if control else False,
        example=example,
    )
    entries = [
        ("Who approves what", "who"),
        ("How to approve", "how"),
        ("Reviews, interim texts, withdrawals, dates", "kinds"),
        ("What counts as evidence", "levels"),
    ]
    entries += [("Check an issue by hand", "by-hand")] if example else []
    return Page(
        path=APPROVAL,
        title="How approval works here",
        form=PageForm.HTML,
        body=body,
        toc=contents(entries),
        search="How approval works here: who approves what, how, by what evidence, how to check it by hand",
        nav=("Control", "How approval works here"),
        order=61,
    )


_SEGREGATION = {
    "asserted": (
        "Nobody approves what he wrote himself: authors and approvers are told apart by the names in git."
    ),
    "proved": (
        "Nobody approves what he wrote himself, and that has to be proved: every change is signed by, or "
        "attested to, another person than the approver."
    ),
    "warn": (
        "An approval by somebody who also wrote the change counts here, since the organisation is very "
        "small; it is shown as such and is a finding."
    ),
}

_DESK = (
    "Run ems approve with the id of the document. It shows what changed against the issue in force, asks, "
    "and keeps the approval; with a key it is signed."
)
_MERGE = "Whoever may approve a document and merges a change of it approves what that merge brings in."
_FORGE = (
    "Approve the change request. When it has landed, a job keeps the review and signs for having seen it."
)
_PAPER = (
    "Sign the print of the page and hand it to whoever keeps the documents, who keeps a scan of it with "
    "ems approve --paper."
)

_REVIEW = "Somebody read a draft. It is shown, and counts for nothing else: it approves nothing."
_CONFIRMATION = (
    "Whoever may approve a document looked at the issue in force and found it still right. It makes no new "
    "issue; the next review is counted from that day."
)
_INTERIM = (
    "A change that cannot wait is released for 14 days at most, by one person who may approve the document "
    "and did not write the change. That text applies, marked as interim; the issue before it is suspended "
    "meanwhile. It gets no number and stays pending; unless it is approved by then, that issue returns. "
    "Rules, people and roles have no interim."
)
_EDITORIAL = (
    "A change of wording alone. Nobody is asked to read the document again. It is refused where a number, "
    "a date, a role, a link or a word that obliges, forbids or limits changes."
)
_EDITORIAL_FEWER = f"{_EDITORIAL} Of some types fewer persons need to approve it."
_WITHDRAWAL = (
    "Deleting a file withdraws nothing: the issue stays in force until its withdrawal is approved by whoever "
    "may approve the document. It may take effect on a later day; until then the issue is in force. What "
    "comes back later needs a new approval, and its numbers go on."
)
_DEPUTIES = (
    "A deputy of a role may approve for it within the dates that the role names, and is named as deputy in "
    "every approval so given."
)
_DATES = (
    "An issue comes into force on the day on which its approval is complete, or on a later one that the "
    "approval names; never on an earlier one. From and to are the first and the last day on which it applied."
)
_NOWHERE = "Accepted for no type here."
_NOT_ACCEPTED = {"adopted": "Only as the starting state; nothing is approved by it since."}


def _accepted(approval: Approval) -> set[str]:
    """The levels that some row of the matrix accepts; without a matrix, those of a row that names none."""
    found: set[str] = {level for row in approval.matrix for level in row.accepts}
    return found or {"paper", "recorded", "attested", "signed"}


def _ways(approval: Approval) -> list[tuple[str, str]]:
    """How to approve, as far as some row of the matrix accepts what it leaves behind."""
    accepted = _accepted(approval)
    ways = (
        ("At the desk", _DESK, not accepted.isdisjoint({"recorded", "signed"})),
        ("By merging", _MERGE, approval.merge_approves and "recorded" in accepted),
        ("In the forge", _FORGE, "attested" in accepted),
        ("On paper", _PAPER, "paper" in accepted),
    )
    return [(title, said) for title, said, possible in ways if possible]


def _kinds(approval: Approval) -> list[tuple[str, str]]:
    """What else can be said of a document than that it is approved."""
    fewer = [row for row in approval.matrix if (row.editorial_persons or row.persons) < row.persons]
    editorial = _EDITORIAL_FEWER if fewer else _EDITORIAL
    return [
        ("Review", _REVIEW),
        ("Confirmation", _CONFIRMATION),
        ("Interim approval", _INTERIM),
        ("Editorial change", editorial),
        ("Withdrawal", _WITHDRAWAL),
        ("Deputies", _DEPUTIES),
        ("Dates", _DATES),
    ]


def _levels(approval: Approval) -> list[tuple[str, str, str]]:
    """Each level, what it rests on, and where it is not accepted."""
    accepted = _accepted(approval)
    return [
        (level, meaning, "" if level in accepted else _NOT_ACCEPTED.get(level, _NOWHERE))
        for level, meaning in words.LEVELS.items()
        if level != "draft"
    ]


def _example(view: View) -> Example | None:
    """An issue in force by the strongest evidence there is: the policy's, where several are equal."""
    state = view.shown.control
    if state is None:
        return None
    found: list[tuple[int, bool, str, DocumentControl, Issue]] = [
        (-one.in_force.level, one.type != "policy", one.id, one, one.in_force)
        for one in state.documents.values()
        if one.in_force and one.id != RULES_ID
    ]
    if not found:
        return None
    *_, control, issue = min(found, key=lambda one: one[:3])
    before = next((one for one in control.issues if one.number == issue.number - 1), None)
    return Example(
        control.id, control.title, issue.number, (*BEGIN, *by_hand(issue, before=before, state=state))
    )
