"""The engine: runs the rules in order, places what they find, applies waivers, counts.

Rules know ids, paths and routes; only here do they become lines. The engine judges
nothing itself and knows no profile: whether a report fails is decided by who reads it.
What the stages before the rules found is reported under the rule of its code.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation, Lap, no_lap
from mkdocs_ems.diagnostics import (
    Anchor,
    Diagnostic,
    Finding,
    NotEvaluated,
    RelatedPlace,
    Report,
    Severity,
    Span,
)
from mkdocs_ems.errors import UsageError
from mkdocs_ems.model.clauses import EDITIONS
from mkdocs_ems.rules.docs import first_fix
from mkdocs_ems.rules.installed import all_rules
from mkdocs_ems.rules.values import AuditContext, Outcome, Rule
from mkdocs_ems.rules.waivers import apply_waivers
from mkdocs_ems.source import Sources
from mkdocs_ems.text import did_you_mean, fold, plural


@dataclass(frozen=True, slots=True)
class _Run:
    """What all rules of one run are judged with."""

    context: AuditContext
    wanted: frozenset[str]
    lap: Lap


@dataclass(frozen=True, slots=True)
class _Judged:
    """What one rule said: what stands, what a failed prerequisite hides, or why it could not be judged."""

    rule: Rule
    found: tuple[Finding, ...]
    hidden: tuple[Finding, ...] = ()
    reason: str | None = None
    unseen: str | None = None
    """What could not be judged, where the rest was."""


def run_rules(
    compilation: Compilation,
    *,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    rules: Mapping[str, Rule] | None = None,
    lap: Lap = no_lap,
) -> Report:
    """Judge a compilation by every rule.

    Args:
        compilation: what is to be judged.
        select: codes or beginnings of codes; only these are reported. All without.
        ignore: codes or beginnings of codes that are not reported.
        rules: the rules, by code; without, ours and those that are installed beside them.
        lap: called with a rule's code when it has been judged, and when the findings have their places,
            for who measures.

    Raises:
        UsageError: a selector that no rule's code begins with.
    """
    rules = all_rules() if rules is None else rules
    wanted = _wanted(rules, select=select, ignore=ignore)
    context = AuditContext(compilation)
    early, late = _in_order(tuple(rules.values()))
    run = _Run(context, wanted, lap)
    judged = _judge(early, run, stages=_by_code(compilation.findings, rules))
    placed = _place([one for one in judged if one.rule.code in wanted], compilation)
    lap("findings placed")
    unwaivable = frozenset(code for code, rule in rules.items() if not rule.waivable)
    applied = apply_waivers(
        placed,
        hidden=[finding for one in judged for finding in one.hidden],
        waivers=compilation.settings.waivers,
        unwaivable=unwaivable,
        as_of=compilation.as_of,
    )
    evaluated = wanted - {one.rule.code for one in judged if one.reason}
    outcome = Outcome(
        frozenset(rules), evaluated, applied.used, unwaivable, _failing(applied.standing, rules)
    )
    after = replace(context, outcome=outcome)
    closing = _judge(late, replace(run, context=after), stages={}, before=judged)
    standing = (*applied.standing, *_place(closing, compilation))
    everything = [one for one in (*judged, *closing) if one.rule.code in wanted]
    not_evaluated = [
        NotEvaluated(one.rule.code, one.rule.name, why)
        for one in everything
        if (why := one.reason or one.unseen)
    ]
    counts = Counter(diagnostic.severity.value for diagnostic in standing)
    return Report(
        diagnostics=tuple(sorted(standing)),
        not_evaluated=tuple(sorted(not_evaluated, key=lambda one: one.code)),
        waived=tuple(sorted(applied.waived, key=lambda one: one.diagnostic)),
        ref=compilation.snapshot.ref,
        commit=compilation.snapshot.commit,
        as_of=compilation.as_of,
        edition=compilation.settings.edition,
        counts={severity.value: counts[severity.value] for severity in Severity}
        | {
            "waived": len(applied.waived),
            "rules": sum(not one.reason for one in everything),
            "files": len(compilation.sources.raw),
        },
        evaluated=tuple(sorted(one.rule.code for one in everything if not one.reason)),
    )


def _failing(
    standing: Iterable[Diagnostic], rules: Mapping[str, Rule]
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The clauses of both editions on which errors stand, each with the codes of their rules."""
    codes = sorted({one.code for one in standing if one.severity is Severity.ERROR and one.code in rules})
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for code in codes:
        for edition in EDITIONS:
            for number in rules[code].clauses(edition):
                found[edition, number].append(code)
    return {place: tuple(held) for place, held in found.items()}


# --- Which rules, in which order --------------------------------------------------------


def _wanted(rules: Mapping[str, Rule], *, select: Collection[str], ignore: Collection[str]) -> frozenset[str]:
    for word in (*select, *ignore):
        if not word or not any(code.startswith(word.upper()) for code in rules):
            near = did_you_mean(word, rules)
            hint = f"; did you mean {near}?" if near else "; `ems rules` lists them"
            raise UsageError(f"no rule's code begins with {word!r}{hint}")
    chosen = tuple(word.upper() for word in select) or ("",)
    left_out = tuple(word.upper() for word in ignore)
    return frozenset(code for code in rules if code.startswith(chosen) and not code.startswith(left_out))


@cache
def _in_order(rules: tuple[Rule, ...]) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Prerequisites before the rules that require them; apart, those that judge waivers."""
    by_code = {rule.code: rule for rule in rules}
    placed: dict[str, Rule] = {}

    def place(rule: Rule, above: tuple[str, ...]) -> None:
        assert rule.code not in above, f"rules require one another: {' > '.join(above)}"
        for code in rule.requires:
            place(by_code[code], (*above, rule.code))
        placed.setdefault(rule.code, rule)

    for rule in rules:
        place(rule, ())
    ordered = tuple(placed.values())
    return (
        tuple(rule for rule in ordered if not rule.judges_waivers),
        tuple(rule for rule in ordered if rule.judges_waivers),
    )


# --- Judging ----------------------------------------------------------------------------


def _judge(
    rules: Iterable[Rule],
    run: _Run,
    *,
    stages: Mapping[str, tuple[Finding, ...]],
    before: Iterable[_Judged] = (),
) -> tuple[_Judged, ...]:
    chosen = tuple(rules)
    # A prerequisite runs even when only what depends on it was asked for.
    needed = run.wanted | {
        code for rule in chosen if rule.code in run.wanted for code in _prerequisites(rule, chosen)
    }
    failed = {one.rule.code: _subjects_of(one.found) for one in before}
    judged: list[_Judged] = []
    for rule in (rule for rule in chosen if rule.code in needed):
        blocked = frozenset[Hashable]().union(*(failed.get(code, frozenset()) for code in rule.requires))
        one = _judge_one(rule, run.context, stage=stages.get(rule.code, ()), blocked=blocked)
        failed[rule.code] = _subjects_of(one.found)
        judged.append(one)
        run.lap(rule.code)
    return tuple(judged)


def _prerequisites(rule: Rule, rules: tuple[Rule, ...]) -> Iterator[str]:
    for other in rules:
        if other.code in rule.requires:
            yield other.code
            yield from _prerequisites(other, rules)


def _judge_one(
    rule: Rule, context: AuditContext, *, stage: tuple[Finding, ...], blocked: frozenset[Hashable]
) -> _Judged:
    reason = _unjudgeable(rule, context)
    unseen = rule.unseen(context) if rule.unseen is not None and reason is None else None
    found = [*stage, *(() if reason else rule.check(context))]
    assert all(finding.code in ("", rule.code) for finding in found), f"{rule.code} speaks for another rule"
    if not blocked:
        return _Judged(rule, tuple(found), reason=reason, unseen=unseen)
    hides = [not blocked.isdisjoint(_subjects(finding)) for finding in found]
    return _Judged(
        rule,
        found=tuple(finding for finding, hidden in zip(found, hides, strict=True) if not hidden),
        hidden=tuple(
            replace(finding, code=rule.code) for finding, hidden in zip(found, hides, strict=True) if hidden
        ),
        reason=reason,
        unseen=unseen,
    )


def _unjudgeable(rule: Rule, context: AuditContext) -> str | None:
    compilation = context.compilation
    if compilation.model.newer:
        return "the content was made for a newer version of this tool"
    if rule.needs_history and compilation.control is None:
        return compilation.control_reason or "there is no history to judge by"
    if rule.needs_all_files or rule.needs_all_registers:
        files = compilation.sources.files.items()
        unread = [path for path, source in files if not source.readable]
        if rule.needs_all_registers:
            # Rows stand in no Markdown: a stray page must not silence what is said of registers.
            unread = [path for path, source in files if not source.whole and source.body is None]
        if unread:
            more = f" and {plural(len(unread) - 1, 'more file')}" if len(unread) > 1 else ""
            return f"{unread[0]}{more} cannot be read; what is said there is unknown"
    return rule.unjudged(context) if rule.unjudged else None


def _subjects_of(findings: Iterable[Finding]) -> frozenset[Hashable]:
    return frozenset(subject for finding in findings for subject in _subjects(finding))


def _subjects(finding: Finding) -> Iterator[Hashable]:
    """What a finding is about: its id, and the row or the document's head it stands in."""
    if finding.id is not None:
        yield fold(finding.id)
    route = finding.at.route if isinstance(finding.at, Anchor) else ()
    in_a_list = len(route) > 1 and isinstance(route[1], int)
    yield finding.at.path, route[:2] if in_a_list else ()


def _by_code(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> Mapping[str, tuple[Finding, ...]]:
    by_code: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        assert finding.code in rules, f"no rule has the code {finding.code!r} of: {finding.message}"
        by_code[finding.code].append(finding)
    return {code: tuple(found) for code, found in by_code.items()}


# --- Placing ----------------------------------------------------------------------------


def _place(judged: Iterable[_Judged], compilation: Compilation) -> tuple[Diagnostic, ...]:
    """Give every finding its line and its rule's words; exact twins become one."""
    sources, edition = compilation.sources, compilation.settings.edition
    placed = (
        Diagnostic(
            code=one.rule.code,
            name=one.rule.name,
            severity=finding.severity or one.rule.severity,
            basis=finding.basis or one.rule.basis,
            message=finding.message,
            help=finding.help or first_fix(one.rule),
            url=None,
            clauses=one.rule.clauses(edition),
            span=_span(finding.at, sources),
            id=finding.id,
            related=tuple(RelatedPlace(place.message, _span(place.at, sources)) for place in finding.related),
            broken=one.rule.broken,
        )
        for one in judged
        for finding in one.found
    )
    return tuple(dict.fromkeys(placed))


def _span(at: Anchor | Span, sources: Sources) -> Span:
    if isinstance(at, Span):
        return at
    source = sources.files.get(at.path)
    # A file that is not there, or is no text of ours, still has a first line to point at.
    return source.spans.span(at.route, key=at.key) if source else Span(at.path, 1, 1, 1, 1)
