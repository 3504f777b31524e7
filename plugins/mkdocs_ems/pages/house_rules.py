"""The page of the system's own rules: `ems.yml` in words. It is a controlled document like any other."""

from __future__ import annotations

from markupsafe import Markup

from mkdocs_ems.control import DocumentControl
from mkdocs_ems.model.settings import MatrixRow, Settings
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import DOCUMENTS, document_page
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.findings import found_lines
from mkdocs_ems.pages.issue_lines import issue_lines
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.method import shown_method
from mkdocs_ems.pages.signing_keys import signing_keys
from mkdocs_ems.pages.standing import standing
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents, kind_title

RULES_TYPE = "rules"
"""The type of the document that `ems.yml` is."""

_SEGREGATION = {
    "asserted": "An approver must not be an author, by the names in git.",
    "proved": "An approver must not be an author, proved by signatures.",
    "warn": "An author may approve; it is shown and found.",
}


def house_rules_page(control: DocumentControl, view: View) -> Page:
    """Who approves what, how significance is computed, which intervals hold."""
    page = document_page(control.id)
    links = view.links(page)
    settings = view.settings
    stands = standing(control.id, view=view, links=links)
    issues = issue_lines(control.id, view=view, links=links)
    approval = settings.approval
    method = shown_method(view, links)
    found = found_lines(
        (*view.found.get(control.id, ()), *view.found.get(control.path, ())), view=view, links=links
    )
    body = render(
        "house-rules.html",
        draft=view.draft,
        listing=links.up + DOCUMENTS,
        kind=kind_title(RULES_TYPE, view, many=True),
        stands=stands,
        issue_lines=issues,
        facts=_facts(settings),
        matrix=matrix_rows(view, links),
        segregation=_SEGREGATION[approval.segregation],
        merge_approves=approval.merge_approves,
        keys=signing_keys(control, view),
        method=method,
        findings_here=found,
        of_head=not view.draft,
        path=view.shown.model.settings_path or control.path,
    )
    entries = [("Who approves what", "approval")]
    entries += [("Keys that may sign", "keys")]
    entries += [("Significance", "significance")] if method else []
    entries += [("Issues", "issues")] if issues else []
    entries += [("Findings", "findings")] if found else []
    return Page(
        path=page,
        title=stands.title,
        form=PageForm.HTML,
        body=body,
        toc=contents(entries),
        search=f"{control.id} {stands.title}: who approves what, how significance is computed",
        foot=stands.foot,
    )


def _facts(settings: Settings) -> list[tuple[str, str]]:
    standards = [f"{words.words(one.standard)}:{one.edition}" for one in settings.standards]
    facts = [
        ("Organisation", settings.organisation.name),
        ("Sites", ", ".join(site.title for site in settings.sites)),
        ("Standards", ", ".join(standards)),
        ("Time zone", settings.time_zone),
        ("Main branch", settings.main_branch),
    ]
    if settings.intervals.review_every:
        facts.append(("Documents reviewed every", str(settings.intervals.review_every)))
    return [(label, value) for label, value in facts if value]


def matrix_rows(view: View, links: Links) -> list[tuple[str, Markup, int, str]]:
    """Who approves what: types, roles, persons and levels of each row of the matrix."""
    return [_matrix_row(row, view, links) for row in view.settings.approval.matrix]


def _matrix_row(row: MatrixRow, view: View, links: Links) -> tuple[str, Markup, int, str]:
    types = ", ".join(kind_title(one, view, many=True).lower() for one in row.types)
    roles = Markup(" or ").join(links.named(role) for role in row.roles)
    return types, roles, row.persons, ", ".join(row.accepts)
