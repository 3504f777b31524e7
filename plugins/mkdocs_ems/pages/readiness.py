"""The readiness page: what was found, by severity and clause, what is waived, what could not be judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Diagnostic, Severity
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import LINKS_TO_REVIEW, READINESS, START
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.findings import Found, found_lines
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.markdown import html
from mkdocs_ems.pages.values import Page, PageForm
from mkdocs_ems.pages.view import View, contents
from mkdocs_ems.text import plural


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """How many findings speak of one clause."""

    number: Markup
    title: str
    counts: tuple[int, ...]
    """Errors, warnings, notes."""


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """All findings of one rule."""

    code: str
    rule: Markup
    name: str
    title: str
    clauses: tuple[Markup, ...]
    basis: str
    why: Markup
    findings: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class SeverityGroup:
    """All findings of one severity, by rule in the order of the clauses."""

    severity: str
    title: str
    anchor: str
    count: int
    rules: tuple[RuleGroup, ...]


@dataclass(frozen=True, slots=True)
class WaivedLine:
    """A finding that the organisation accepts for a time."""

    found: Found
    reason: str
    until: str
    approved_by: Markup


TITLES = {"error": "Errors", "warning": "Warnings", "info": "Notes"}


def readiness_line(view: View) -> str:
    """The state of the system in one sentence."""
    counts = view.report.counts
    parts = [plural(counts[key], noun) for key, noun in words.FOUND.items() if counts.get(key)]
    waived = f"; {counts.get('waived', 0)} waived" if counts.get("waived", 0) else ""
    open_ = len(view.report.not_evaluated)
    unjudged = f"; {plural(open_, 'rule')} could not be judged" if open_ else ""
    return f"{words.sentence(words.listed(parts)) or 'No findings'}{waived}{unjudged}."


def readiness_page(view: View) -> Page:
    """The page of all findings."""
    report = view.report
    links = view.links(READINESS)
    groups = tuple(group for group in (_group(one, view, links) for one in Severity) if group.count)
    waived = tuple(_waived(view, links))
    body = render(
        "readiness.html",
        draft=view.draft,
        start=links.up + START,
        line=readiness_line(view),
        as_of=words.day(report.as_of),
        commit=(report.commit or "")[:12],
        edition=report.edition,
        counts=report.counts,
        suspects=sum(map(len, view.suspects.values())),
        to_review=links.up + LINKS_TO_REVIEW,
        clauses=_clauses(view, links),
        groups=groups,
        waived=waived,
        not_evaluated=[
            (links.rule(one.code) if one.code in view.rule_docs else one.code, one.name, one.reason)
            for one in report.not_evaluated
        ],
    )
    entries = [("By clause", "clauses")] if report.diagnostics else []
    entries += [(group.title, group.anchor) for group in groups]
    entries += [("Waived", "waived")] if waived else []
    entries += [("Not evaluated", "not-evaluated")] if report.not_evaluated else []
    return Page(
        path=READINESS,
        title="Readiness",
        form=PageForm.HTML,
        body=body,
        toc=contents(entries),
        search="Readiness: findings by severity and clause, waivers, rules that could not be judged",
        nav=("Control", "Readiness"),
        order=61,
    )


def _clauses(view: View, links: Links) -> tuple[ClauseLine, ...]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in view.report.diagnostics:
        for clause in one.clauses or ("",):
            counts[clause][one.severity.value] += 1
    return tuple(
        ClauseLine(
            links.clause(clause) if clause else Markup("none"),
            view.clause_titles.get(clause, "" if clause else "Not tied to a clause"),
            tuple(counts[clause][severity.value] for severity in Severity),
        )
        for clause in sorted(counts, key=clause_key)
    )


def clause_key(clause: str) -> tuple[int, ...]:
    """The order of clauses: by their numbers; what has none comes last."""
    numbers = clause.rpartition(":")[2].split(".")
    if not all(one.isdecimal() for one in numbers):
        return (10_000,)
    return tuple(int(one) for one in numbers)


def _group(severity: Severity, view: View, links: Links) -> SeverityGroup:
    by_code: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in view.report.diagnostics:
        if one.severity is severity:
            by_code[one.code].append(one)
    ordered = sorted(by_code, key=lambda code: (_first_clause(by_code[code]), code))
    return SeverityGroup(
        severity=severity.value,
        title=TITLES[severity.value],
        anchor=TITLES[severity.value].lower(),
        count=sum(len(ones) for ones in by_code.values()),
        rules=tuple(_rule(code, by_code[code], view, links) for code in ordered),
    )


def _first_clause(diagnostics: list[Diagnostic]) -> tuple[int, ...]:
    return clause_key(diagnostics[0].clauses[0] if diagnostics[0].clauses else "")


def _rule(code: str, diagnostics: list[Diagnostic], view: View, links: Links) -> RuleGroup:
    doc, first = view.rule_docs.get(code), diagnostics[0]
    return RuleGroup(
        code=code,
        rule=links.rule(code) if doc else Markup("{}").format(code),
        name=first.name,
        title=doc.title if doc else words.sentence(words.words(first.name)),
        clauses=tuple(links.clause_named(clause) for clause in first.clauses),
        basis=" or ".join(dict.fromkeys(one.basis.words for one in diagnostics)),
        why=html(doc.why) if doc else Markup(""),
        findings=found_lines(diagnostics, view=view, links=links),
    )


def _waived(view: View, links: Links) -> Iterable[WaivedLine]:
    for one in view.report.waived:
        found = found_lines([one.diagnostic], view=view, links=links)[0]
        by = links.named(one.approved_by) if one.approved_by else Markup("nobody named")
        yield WaivedLine(found, one.reason, words.day(one.until), by)
