"""The composition root of this room: one state of the content, all its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from mkdocs_ems.changes.suspects import suspects
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control.row_states import row_states
from mkdocs_ems.diagnostics import Report, RuleDoc
from mkdocs_ems.git import Blobs
from mkdocs_ems.pages import words
from mkdocs_ems.pages.approval import approval_page
from mkdocs_ems.pages.audit_coverage_page import audit_coverage_pages
from mkdocs_ems.pages.clauses import clause_pages
from mkdocs_ems.pages.competence_page import competence_pages
from mkdocs_ems.pages.compliance_page import compliance_pages
from mkdocs_ems.pages.document_register import document_register_page
from mkdocs_ems.pages.documents import document_pages
from mkdocs_ems.pages.histories import history_pages, rows_since_approval, texts_of
from mkdocs_ems.pages.in_force_on import in_force_on_page
from mkdocs_ems.pages.issue_pages import issue_pages
from mkdocs_ems.pages.method import significance_page
from mkdocs_ems.pages.nonconformity_page import nonconformity_pages
from mkdocs_ems.pages.pending import pending_page
from mkdocs_ems.pages.performance import performance_pages
from mkdocs_ems.pages.promised_records import promised_records_pages
from mkdocs_ems.pages.readiness import readiness_page
from mkdocs_ems.pages.record_files import evidence_files
from mkdocs_ems.pages.registers import register_pages
from mkdocs_ems.pages.row_history import row_history_pages
from mkdocs_ems.pages.rows import row_pages
from mkdocs_ems.pages.rulebook import rule_pages
from mkdocs_ems.pages.start import start_page
from mkdocs_ems.pages.suspects import suspects_page
from mkdocs_ems.pages.traceability import traceability_page
from mkdocs_ems.pages.values import Manual, Page, PageForm, Permanent
from mkdocs_ems.pages.view import view_of
from mkdocs_ems.pages.work import work_pages


def _nobody(_: Sequence[Page]) -> None:
    """Nobody waits for the rows."""


def render_manual(  # noqa: PLR0913 - what a manual depends on, and who waits
    shown: Compilation,
    *,
    report: Report,
    rule_docs: Mapping[str, RuleDoc],
    draft: bool,
    blobs: Blobs | None = None,
    rows_known: Callable[[Sequence[Page]], None] = _nobody,
    permanent: Permanent = Permanent.HERE,
) -> Manual:
    """Make every page of the manual and gather the files that it publishes.

    Args:
        shown: what readers see: the approved overlay, or the work tree for a draft.
        report: the findings of the tree at the head.
        rule_docs: the rules' pages by code.
        draft: the manual shows unapproved content, and says so.
        blobs: reads the texts of earlier issues, all at once; without it histories compare none,
            and no link is found suspect.
        rows_known: called with every page of the form ROW before any other is made, so that
            somebody may draw them meanwhile.
        permanent: where the pages are whose addresses stay, of issues and of rows at events: made here,
            in the folder above, or nowhere.
    """
    view = view_of(shown, report=report, rule_docs=rule_docs, draft=draft)
    view = replace(view, permanent=permanent)
    view = replace(view, texts=texts_of(view, blobs))
    view = replace(view, since_approval=rows_since_approval(view))
    if blobs is not None:
        if shown.control is not None and permanent is not Permanent.NOWHERE:
            view = replace(view, row_states=row_states(shown.control, blobs=blobs, known=view.texts))
        view = replace(view, suspects=suspects(replace(shown, blobs=blobs)).by_document)
    day = words.day(shown.as_of)

    def footed(page: Page) -> Page:
        return page if page.foot else replace(page, foot=f"{page.title} · as of {day}")

    work, rules = tuple(map(footed, work_pages(view))), tuple(map(footed, rule_pages(view)))
    rows, histories = tuple(map(footed, row_pages(view))), tuple(map(footed, history_pages(view)))
    kept: tuple[Page, ...] = ()
    if permanent is Permanent.HERE:
        kept = tuple(map(footed, (*issue_pages(view), *row_history_pages(view))))
    # Histories first: one of them may take as long as a hundred rows, and what is small fills up the end.
    rows_known([page for page in (*histories, *work, *rows, *rules, *kept) if page.form is PageForm.ROW])
    documents = document_pages(view)
    shelves = tuple(register_pages(view))
    evaluated = (
        *compliance_pages(view),
        *audit_coverage_pages(view),
        *competence_pages(view),
        *promised_records_pages(view),
        *nonconformity_pages(view),
    )
    pages = (
        start_page(view, there={page.path for page in (*shelves, *evaluated)}),
        *work,
        *documents.pages,
        *shelves,
        *rows,
        *significance_page(view),
        *performance_pages(view),
        *evaluated,
        traceability_page(view),
        *clause_pages(view),
        document_register_page(view),
        in_force_on_page(view),
        pending_page(view),
        approval_page(view),
        *histories,
        *kept,
        readiness_page(view),
        suspects_page(view),
        *rules,
    )
    organisation = view.settings.organisation.name
    return Manual(
        tuple(map(footed, pages)),
        (*documents.assets, *evidence_files(view)),
        f"{organisation}: environmental management system",
        draft,
    )


@cache
def assets() -> Mapping[str, bytes]:
    """The style sheets and the script of the pages, by file name; the site publishes them."""
    folder = files("mkdocs_ems.pages") / "assets"
    return {name: (folder / name).read_bytes() for name in ("ems.css", "ems.js", "ems.print.css")}
