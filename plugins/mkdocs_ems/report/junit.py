"""The report as JUnit XML: what every CI server shows as tests.

A rule is a test case. It fails where a finding of it fails the profile, is skipped where
it could not be evaluated, and else passes, its findings told beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from html import escape

from mkdocs_ems.diagnostics import Diagnostic, RuleDoc
from mkdocs_ems.report.told import told
from mkdocs_ems.report.values import CheckResult, Profile
from mkdocs_ems.text import plural, show


def render_junit(result: CheckResult, *, profile: Profile, rule_docs: Mapping[str, RuleDoc]) -> str:
    """Return the report as one test suite with a case for each rule that was run or could not be."""
    report = result.report
    found: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for one in report.diagnostics:
        found[one.code].append(one)
    failing = {one.code for one in result.failing(profile)}
    reasons = {one.code: one.reason for one in report.not_evaluated}
    codes = sorted({*report.evaluated, *found, *reasons})
    cases = [_case(rule_docs[code], found[code], code in failing, reasons.get(code)) for code in codes]
    waits = profile is Profile.RELEASE and bool(result.pending)
    if waits:
        text = f"{', '.join(result.pending)} must be approved first"
        body = f'<failure message={_attribute(text)} type="error"/>'
        cases.append(f'  <testcase classname="ems" name="nothing waits for approval">{body}</testcase>\n')
    head = (
        f"<testsuite name={_attribute(f'ems check, {report.ref}, as of {report.as_of.isoformat()}')} "
        f'tests="{len(cases)}" failures="{len(failing) + waits}" errors="0" '
        f'skipped="{len(reasons.keys() - failing)}">'
    )
    suite = f"{head}\n{''.join(cases)}</testsuite>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{suite}\n</testsuites>\n'


def _case(doc: RuleDoc, found: list[Diagnostic], fails: bool, reason: str | None) -> str:  # noqa: FBT001 - said by name at its one caller
    head = f'  <testcase classname="ems.{doc.code[:3]}" name={_attribute(f"{doc.code} {doc.name}")}'
    lines = _text(_line(one) for one in found)
    if fails:
        message = _attribute(f"{plural(len(found), 'finding')}: {doc.title}")
        return f'{head}><failure message={message} type="{doc.severity.value}">{lines}</failure></testcase>\n'
    if reason is not None:
        return f"{head}><skipped message={_attribute(reason)}/></testcase>\n"
    if found:
        return f"{head}><system-out>{lines}</system-out></testcase>\n"
    return f"{head}/>\n"


def _line(one: Diagnostic) -> str:
    return f"{one.span.path}:{one.span.line}:{one.span.column}: {one.severity.value}: {told(one)}"


def _text(lines: Iterable[str]) -> str:
    # `show` leaves nothing that XML 1.0 forbids: no control characters, no surrogates.
    return "\n".join(escape(_printable(line), quote=False) for line in lines)


def _attribute(text: str) -> str:
    return f'"{escape(_printable(text))}"'


def _printable(text: str) -> str:
    return "".join("\N{REPLACEMENT CHARACTER}" if char in "\ufffe\uffff" else char for char in show(text))
