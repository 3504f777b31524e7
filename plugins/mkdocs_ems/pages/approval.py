"""How approval works here: this repository's own rules in words, and how to check one issue by hand.

Everything on the page follows from the rules in force and from document control; nothing
of it is typed for one organisation.
"""

from __future__ import annotations

from dataclasses import dataclass

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
        trust=words.TRUST,
        root=control.trust_root if control else "",
        named=control.trust_root_named if control else False,
        example=example,
    )
    entries = [("Who approves what", "who"), ("How to approve", "how"), ("What counts as evidence", "levels")]
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


def _ways(approval: Approval) -> list[tuple[str, str]]:
    """How to approve, as far as some row of the matrix accepts what it leaves behind."""
    accepted = {level for row in approval.matrix for level in row.accepts}
    accepted = accepted or {"paper", "recorded", "attested", "signed"}
    ways = (
        ("At the desk", _DESK, not accepted.isdisjoint({"recorded", "signed"})),
        ("By merging", _MERGE, approval.merge_approves and "recorded" in accepted),
        ("In the forge", _FORGE, "attested" in accepted),
        ("On paper", _PAPER, "paper" in accepted),
    )
    return [(title, said) for title, said, possible in ways if possible]


def _levels(approval: Approval) -> list[tuple[str, str, bool]]:
    accepted = {level for row in approval.matrix for level in row.accepts}
    return [
        (level, meaning, level in accepted) for level, meaning in words.LEVELS.items() if level != "draft"
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
