"""The start page: whose system this is, what state is shown, doors for each reader, what is pending."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.control import DocumentState, IssueState
from mkdocs_ems.control.periods import in_force_words, leaves_on
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import (
    AUDIT_COVERAGE,
    CLAUSES,
    COMPLIANCE,
    DOCUMENT_REGISTER,
    DOCUMENTS,
    NONCONFORMITIES,
    PENDING,
    PERFORMANCE,
    READINESS,
    RECORDS,
    REGISTERS,
    RULES,
    START,
    TRACEABILITY,
    WORK,
    register_page,
)
from mkdocs_ems.pages.documents import document_lines
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.performance import objectives
from mkdocs_ems.pages.readiness import readiness_line
from mkdocs_ems.pages.registers import RegisterSummary, summaries
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents
from mkdocs_ems.pages.work import choices
from mkdocs_ems.text import plural


@dataclass(frozen=True, slots=True)
class Door:
    """A way in for one kind of reader."""

    title: str
    text: str
    links: tuple[tuple[str, str], ...]
    """Address and words."""


MANY = 12
"""More documents of a kind than this are not listed one by one on the start page."""


def start_page(view: View, *, there: Collection[str] = ()) -> Page:
    """The page that a reader opens first.

    Args:
        view: the state shown.
        there: the pages that not every manual has, by their paths; only these are led to.
    """
    links = view.links(START)
    organisation = view.settings.organisation
    registers = summaries(view)
    lines = document_lines(view, links)
    groups: dict[str, list[tuple[str, str, str, str]]] = {}
    for line in lines:
        stands = line.standing
        if stands.state == DocumentState.WITHDRAWN.value:
            continue
        groups.setdefault(line.kind, []).append(
            (line.page, stands.id, stands.title, _short(stands.issue, stands.state))
        )
    body = render(
        "start.html",
        draft=view.draft,
        organisation=organisation,
        site=organisation.site or ", ".join(site.title for site in view.settings.sites),
        state=view.state_words,
        as_of=words.day(view.shown.as_of),
        standards=[f"{words.words(one.standard)}:{one.edition}" for one in view.settings.standards],
        control_reason=""
        if view.shown.control
        else view.shown.control_reason or "there is no history to judge by",
        choices=choices(view),
        work=WORK,
        doors=_doors(view, links, registers, there),
        groups=groups,
        many=MANY,
        documents=DOCUMENTS,
        registers=registers,
        pending=pending_lines(view, links),
        readiness=readiness_line(view),
        readiness_page=READINESS,
    )
    return Page(
        path=START,
        title=organisation.name,
        form=PageForm.HTML,
        body=body,
        toc=contents(
            [
                ("Where to begin", "doors"),
                ("Policy and procedures", "documents"),
                ("Registers", "registers"),
                ("What is pending", "pending"),
                ("Readiness", "readiness"),
            ]
        ),
        search=f"{organisation.name} environmental management system",
        nav=("Start",),
        order=0,
    )


def _short(issue: str, state: str) -> str:
    if issue[:1].isdigit():
        return f"issue {issue}"
    return "" if state.startswith("not known") else state


def pending_lines(view: View, links: Links) -> tuple[tuple[Markup, str], ...]:
    """What waits for somebody: changes not approved, withdrawals, issues not yet in force, late reviews."""
    found: list[tuple[Markup, str]] = []
    for one in view.documents.values():
        said: list[str] = []
        if one.state is DocumentState.WITHDRAWAL_PENDING:
            said.append("its withdrawal is not approved")
        elif one.pending and one.pending.content:
            waits = f" {one.pending.missing.rstrip('.')}" if one.pending.missing else ""
            said.append(f"draft of issue {one.next_issue}{waits}")
        said += [
            f"issue {issue.number} comes into force on {words.day(issue.effective_from)}"
            for issue in one.issues
            if issue.state is IssueState.APPROVED
        ]
        if leaves_on(one):
            said.append(in_force_words(one))
        if one.review_due and one.review_due < view.shown.as_of:
            said.append(f"its review was due on {words.day(one.review_due)}")
        if said:
            found.append((links.named(one.id), "; ".join(said)))
    return tuple(found)


def _doors(
    view: View, links: Links, registers: tuple[RegisterSummary, ...], there: Collection[str]
) -> tuple[Door, ...]:
    has = {one.kind.key for one in registers}
    policies = tuple(
        (links.up + links.places[node.id].page, node.title) for node in view.graph.of_kind("policy")
    )

    def register(kind: str, title: str) -> tuple[tuple[str, str], ...]:
        return ((register_page(view.kinds[kind]), title),) if kind in has else ()

    def found(page: str, title: str) -> tuple[tuple[str, str], ...]:
        return ((page, title),) if page in there else ()

    return (
        Door(
            "I work here",
            "What we promise, how things are done, who answers for what.",
            (*policies, (DOCUMENTS, "Procedures and instructions"), *register("role", "Roles")),
        ),
        Door(
            "I keep the system",
            "What matters, what keeps it in hand, what has to be mended.",
            (
                *register("aspect", "Environmental aspects"),
                *register("obligation", "Compliance obligations"),
                *register("control", "Operational controls"),
                (READINESS, "Findings to mend"),
            ),
        ),
        Door(
            "I audit",
            "What is in force since when, approved by whom, on which evidence.",
            (
                (DOCUMENT_REGISTER, "Document register"),
                (TRACEABILITY, "Traceability"),
                (CLAUSES, "Clause coverage"),
                *found(AUDIT_COVERAGE, "Audit coverage"),
                *found(RECORDS, "Records"),
                (READINESS, "Readiness by clause"),
                (RULES, "What is checked"),
            ),
        ),
        Door(
            "I manage",
            "Where we want to go and what stands in the way.",
            (
                *register("objective", "Objectives"),
                *(((PERFORMANCE, "Performance in charts"),) if objectives(view) else ()),
                *found(COMPLIANCE, "Compliance status"),
                *found(NONCONFORMITIES, "Nonconformities at a glance"),
                (READINESS, plural(view.report.counts.get("error", 0), "error")),
                (PENDING, "What waits, and for whom"),
                (REGISTERS, "All registers"),
            ),
        ),
    )
