"""The rules as pages: the catalogue, and for each rule what it checks, why, examples, how to mend."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import RuleCase, RuleDoc
from mkdocs_ems.pages.addresses import READINESS, RULES, START, rule_page
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.findings import found_lines
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.markdown import html
from mkdocs_ems.pages.readiness import clause_key
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its files, each line with the codes that are expected on it."""

    title: str
    history: str
    files: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def rule_pages(view: View) -> Iterator[Page]:
    """The catalogue and a page for each rule."""
    links = view.links(RULES)
    docs = sorted(view.rule_docs.values(), key=lambda doc: doc.code)
    counts = {doc.code: 0 for doc in docs}
    for one in view.report.diagnostics:
        counts[one.code] = counts.get(one.code, 0) + 1
    body = render(
        "rules.html",
        draft=view.draft,
        start=links.up + START,
        lines=[(links.rule(doc.code), doc, _clauses(doc, view, links), counts[doc.code]) for doc in docs],
    )
    yield Page(
        path=RULES,
        title="Rules",
        form=PageForm.HTML,
        body=body,
        search="Rules: what is checked and why",
        nav=("Control", "Rules"),
        order=62,
    )
    for doc in docs:
        yield _page(doc, view)


def _clauses(doc: RuleDoc, view: View, links: Links) -> Markup:
    numbers = doc.clauses_2026 if view.report.edition == "2026" else doc.clauses_2015
    return Markup(", ").join(links.clause(number) for number in sorted(numbers, key=clause_key))


def _page(doc: RuleDoc, view: View) -> Page:
    toc = [("What it checks", "what"), ("Why an auditor asks", "why"), ("How to mend it", "fix")]
    toc += [("Fails", "fails")] if doc.fails else []
    toc += [("Passes", "passes")] if doc.passes else []
    toc += [("Findings here", "findings")]
    return Page(
        path=rule_page(doc.code),
        title=f"{doc.code} {doc.title}",
        form=PageForm.ROW,
        draw=partial(_draw, doc, view),
        toc=contents(toc),
        search=f"{doc.code} {doc.name} {doc.title}. {doc.what}",
    )


def _draw(doc: RuleDoc, view: View) -> str:
    # Here, where it is needed: a process of its own draws the rules' pages.

    links = view.links(rule_page(doc.code))
    found = found_lines(
        (one for one in view.report.diagnostics if one.code == doc.code), view=view, links=links
    )
    reason = next((one.reason for one in view.report.not_evaluated if one.code == doc.code), "")
    numbers = doc.clauses_2026 if view.report.edition == "2026" else doc.clauses_2015
    return render(
        "rule.html",
        draft=view.draft,
        listing=links.up + RULES,
        readiness=links.up + READINESS,
        doc=doc,
        basis=doc.basis.words,
        clauses=[links.clause_named(number) for number in sorted(numbers, key=clause_key)],
        edition=view.report.edition,
        requires=[links.rule(code) if code in view.rule_docs else code for code in doc.requires],
        what=html(doc.what),
        why=html(doc.why),
        fix=html(doc.fix),
        fails=[_example(case, doc.code) for case in doc.fails],
        passes=[_example(case, doc.code) for case in doc.passes],
        findings_here=found,
        reason=reason,
        of_head=not view.draft,
    )


def _example(case: RuleCase, code: str) -> Example:
    expected: dict[tuple[str, int], list[str]] = {}
    for path, line in case.expected:
        expected.setdefault((path, line), []).append(code)
    return Example(
        case.title,
        case.history or "",
        tuple(
            (
                path,
                tuple(
                    (line, ", ".join(expected.get((path, number), ())))
                    for number, line in enumerate(text.rstrip("\n").split("\n"), start=1)
                ),
            )
            for path, text in case.files.items()
        ),
    )
