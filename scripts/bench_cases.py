"""What moves through the two years of a repository for measuring: audits, changes, nonconformities, ideas.

Each is written down several times, as it goes on: a change from the request to its review, a
nonconformity with its action from the finding to the proof that it worked. Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bench_records import SPAN, Written, after, spread
from bench_rows import Counts, audit_clauses, audit_month


def audits(many: Counts) -> Iterator[Written]:
    """The audits of the programme, reported later."""
    for number in range(1, many.audits + 1):
        day = _audit_day(number, many)
        row = (
            f"  - id: AUD-{number:03}\n    title: Audit {number}\n    owner: ROL-EHS\n    by: [PER-001]\n"
            f"    period_start: {day}\n    period_end: {day}\n    programme: AUP-001\n"
            f"    objectives: [See whether it works]\n    scope: Two processes\n"
            f'    criteria: ["ISO 14001:2015"]\n'
            f"    processes: [PRC-{number % 20 + 1:03}, PRC-{(number + 10) % 20 + 1:03}]\n"
            f"    audited_clauses: {audit_clauses(number)}\n    team: {{lead: PER-001}}\n"
            f"    auditees: [ROL-OPS]\n    plan: From nine to noon\n    method: on-site\n"
        )
        told = day + timedelta(9)
        report = (
            f"    summary: Followed four days.\n    conclusion: Conforms.\n    reported_to: [ROL-EHS]\n"
            f"    reported_on: {told}\n    evidence: [{{what: Report {number}}}]\n"
        )
        path = f"ems/records/audits/{day.year}.yml"
        yield Written(day + timedelta(1), path, str(number), row)
        yield Written(told, path, str(number), row + report)


def _audit_day(number: int, many: Counts) -> date:
    year, month = audit_month(number, many).split("-")
    return date(int(year), int(month), number % 18 + 3)


def findings(many: Counts) -> Iterator[Written]:
    """Four findings of each audit."""
    for number in range(4 * many.audits):
        audit = number // 4 + 1
        day = _audit_day(audit, many)
        answer = (
            f"grade: minor\n    nonconformity: NCR-{audit % many.nonconformities + 1:04}",
            f"grade: ofi\n    improvement: IMP-{audit % many.improvements + 1:04}",
            (
                "grade: observation\n"
                f"    accepted: {{by: ROL-OPS, date: {day + timedelta(5)}, reason: On the day}}"
            ),
            "grade: good-practice",
        )[number % 4]
        row = (
            f"  - id: FND-{number + 1:04}\n    title: Finding {number + 1}\n    audit: AUD-{audit:03}\n"
            f"    date: {day}\n    {answer}\n    criterion: What the procedure asks for\n"
            f'    criterion_clauses: ["2015:8.1"]\n    statement: Of four sheets one was a day late.\n'
            f"    evidence: [{{what: Photograph {number}}}]\n    evidence_types: [record]\n"
            f"    area: Plant\n    auditee: ROL-OPS\n"
        )
        yield Written(day + timedelta(6), f"ems/records/findings/{day.year}.yml", str(number), row)


def changes(many: Counts) -> Iterator[Written]:
    """Changes from the request to the review."""
    asked = [
        "aspects",
        "obligations",
        "risks",
        "controls",
        "competence",
        "communication",
        "emergency",
        "monitoring",
        "permits",
    ]
    answers = "".join(f"      {name}: {{affected: false, note: Looked at}}\n" for name in asked)
    for number in range(1, many.changes + 1):
        begun = after(spread(number - 1, many.changes, end=640))
        agreed, done, seen = (begun + timedelta(days) for days in (10, 30, 80))
        head = (
            f"  - id: CHG-{number:04}\n    title: Change {number}\n    owner: ROL-OPS\n    kind: equipment\n"
            f"    description: Another pump.\n    reason: The old one leaks.\n    requested_by: ROL-OPS\n"
            f"    requested_on: {begun}\n    screening:\n{answers}    consequences: Less is lost.\n"
            f"    planned_on: {done}\n"
            + (f"    affected: [OPC-{number % many.controls + 1:05}]\n" if number % 8 == 0 else "")
        )
        yield from _steps(
            "changes",
            begun,
            head,
            (
                (0, "requested", ""),
                (10, "approved", f"    approved_by: ROL-EHS\n    approved_on: {agreed}\n"),
                (30, "implemented", f"    implemented_on: {done}\n"),
                (80, "reviewed", f"    review: {{date: {seen}, by: ROL-EHS, result: Works}}\n"),
            ),
        )


def nonconformities(many: Counts) -> Iterator[Written]:
    """Nonconformities with their actions, from the finding to the end."""
    for number in range(1, many.nonconformities + 1):
        begun = after(spread(number - 1, many.nonconformities, end=640))
        known, done, closed = (begun + timedelta(days) for days in (2, 60, 84))
        head = (
            f"  - id: NCR-{number:04}\n    title: Nonconformity {number}\n    owner: ROL-OPS\n"
            f"    source: inspection\n    detected_on: {begun}\n    detected_by: ROL-OPS\n"
            f"    description: A drum stood without a tray.\n    criterion: Drums stand on trays.\n"
            f"    grade: minor\n    correction: {{what: Put on a tray, by: ROL-OPS, date: {known}}}\n"
            f"    impact_mitigation: Nothing had got out.\n    due: {begun + timedelta(120)}\n"
        )
        agreed = (
            f"    cause: {{method: 5-why, text: There were too few trays.}}\n"
            f"    similar_check: All stores were looked at.\n    corrective_actions: [ACT-{number + 1000}]\n"
            f"    ems_changes: {{risks: false, aspects: false, documents: false}}\n"
        )
        worked = f"method: A walk, criteria: No drum without, result: effective, date: {closed}, by: ROL-EHS"
        ended = f"    effectiveness: {{{worked}}}\n    closed_on: {closed}\n    closed_by: ROL-EHS\n"
        yield from _steps(
            "nonconformities",
            begun,
            head,
            (
                (2, "open", ""),
                (14, "actions-agreed", agreed),
                (60, "actions-done", ""),
                (84, "closed", ended),
            ),
        )
        action = (
            f"  - id: ACT-{number + 1000}\n    title: Trays for store {number}\n    owner: ROL-OPS\n"
            f"    source: [NCR-{number:04}]\n    what: Buy and set up.\n    due: {begun + timedelta(90)}\n"
        )
        yield from _steps(
            "corrective-actions",
            begun,
            action,
            (
                (13, "open", ""),
                (60, "done", f"    done_on: {done}\n    evidence: [Photograph]\n"),
                (84, "verified", f"    effectiveness: {{{worked}}}\n"),
            ),
        )


def improvements(many: Counts) -> Iterator[Written]:
    """Ideas, from the proposal to the result."""
    for number in range(1, many.improvements + 1):
        begun = after(spread(number - 1, many.improvements, end=640))
        decided, done = begun + timedelta(20), begun + timedelta(80)
        head = (
            f"  - id: IMP-{number:04}\n    title: Idea {number}\n    owner: ROL-OPS\n    source: [PER-002]\n"
            f"    idea: Heat from the compressor.\n    proposed_on: {begun}\n    benefit: Less gas.\n"
        )
        agreed = f"    decision: It pays.\n    decided_on: {decided}\n    decided_by: ROL-EHS\n"
        yield from _steps(
            "improvements",
            begun,
            head,
            (
                (0, "proposed", ""),
                (20, "adopted", agreed),
                (80, "done", f"    done_on: {done}\n    result: A tenth less gas.\n"),
            ),
        )


def _steps(path: str, begun: date, head: str, steps: Iterable[tuple[int, str, str]]) -> Iterator[Written]:
    """A row of a register that moves on: days since it was begun, its status, what is added."""
    number = head.split("\n", 1)[0]
    added = ""
    for days, status, more in steps:
        added += more
        text = f"{head}    status: {status}\n{added}"
        if (day := begun + timedelta(days)) <= after(SPAN):
            yield Written(day, f"ems/registers/{path}.yml", number, text)
