"""The rest of the registers of a repository for measuring: people, competence, operation, audit, improvement.

How many there are of each follows from the rows of a size, as in a company that has more of
everything. Sound by the rules where that is possible, and referring to one another as such rows do.
What happens in the two years of the history (changes, nonconformities, improvements) begins open
here; `bench_records` carries it on. Standard library only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bench_planning import register

COMPETENCES = 6
"""All of them are needed by everybody in operations."""
CLAUSES = [
    "4.1",
    "4.2",
    "4.3",
    "4.4",
    "5.1",
    "5.2",
    "5.3",
    "6.1.1",
    "6.1.2",
    "6.1.3",
    "6.1.4",
    "6.2.1",
    "6.2.2",
    "7.1",
    "7.2",
    "7.3",
    "7.4.1",
    "7.4.2",
    "7.4.3",
    "7.5.1",
    "7.5.2",
    "7.5.3",
    "8.1",
    "8.2",
    "9.1.1",
    "9.1.2",
    "9.2.1",
    "9.2.2",
    "9.3",
    "10.1",
    "10.2",
    "10.3",
]
COMMITMENT = '"#improving"'


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each kind that grows with a company."""

    aspects: int
    controls: int
    obligations: int
    workers: int
    """People beside the nine who commit."""
    providers: int
    wastes: int
    chemicals: int
    instruments: int
    changes: int
    nonconformities: int
    improvements: int
    audits: int
    communications: int
    incidents: int


def counts(rows: int) -> Counts:
    """How many of each belong to so many rows of aspects, controls and obligations."""

    def share(of: int) -> int:
        return max(2, rows // of)

    return Counts(
        aspects=max(1, rows * 3 // 5),
        controls=max(1, rows // 5),
        obligations=max(1, rows // 5),
        workers=share(20),
        providers=share(50),
        wastes=share(100),
        chemicals=share(25),
        instruments=share(100),
        changes=share(50),
        nonconformities=share(50),
        improvements=share(50),
        audits=share(200),
        communications=share(25),
        incidents=share(100),
    )


def people(many: Counts) -> tuple[str, ...]:
    """The ids of everybody who works in operations."""
    return tuple(f"PER-{number:03}" for number in range(2, 10)) + tuple(
        f"PER-{number + 1000}" for number in range(many.workers)
    )


def _workers(many: Counts) -> Iterable[str]:
    for number in range(many.workers):
        yield (
            f"  - id: PER-{number + 1000}\n    title: Worker {number}\n    employer: own\n"
            f"    roles:\n      - {{role: ROL-OPS, from: 2019-01-01}}\n"
        )


def _competences() -> Iterable[str]:
    for number in range(1, COMPETENCES + 1):
        yield (
            f"  - id: CMP-{number:03}\n    title: Competence {number}\n    status: active\n"
            f"    owner: ROL-EHS\n    requirement: Shown under observation\n    criteria: [training]\n"
            f"    required_by_roles: [ROL-OPS]\n    validity_months: 36\n"
        )


def _awareness() -> Iterable[str]:
    items = "[policy, significant-aspects, contribution, consequences, emergency]"
    for number, audience in enumerate(("roles: [ROL-EHS, ROL-OPS]", "employers: [contractor, agency]"), 1):
        yield (
            f"  - id: AWR-{number:03}\n    title: Audience {number}\n    status: active\n"
            f"    owner: ROL-EHS\n    audience: Audience {number}\n    {audience}\n    items: {items}\n"
            f"    method: Yearly briefing with three questions\n    date: 2026-06-01\n"
            f"    repeat: 12 months\n    records: [COL-00001]\n"
        )


def _communication_plan() -> Iterable[str]:
    for number in range(1, 9):
        direction = "external" if number % 2 else "internal"
        yield (
            f"  - id: COP-{number:03}\n    what: Message {number}\n    status: active\n    owner: ROL-EHS\n"
            f"    direction: {direction}\n    audience: Whom it concerns\n    parties: [PTY-{number:03}]\n"
            f"    roles: [ROL-OPS]\n    when: Each year\n    how: Letter\n    who: ROL-EHS\n"
            f"    policy_commitments: [{COMMITMENT}]\n"
        )


def _providers(many: Counts) -> Iterable[str]:
    for number in range(1, many.providers + 1):
        aspect = number % many.aspects + 1
        yield (
            f"  - id: SUP-{number:04}\n    title: Provider {number}\n    status: approved\n"
            "    owner: ROL-OPS\n"
            f"    processes: [PRC-{number % 20 + 1:03}]\n    what: Takes away or brings part {number}\n"
            f"    kind: service\n    aspects: [ASP-{aspect:05}]\n"
            f"    control_type: [contract-clause, permit-check]\n    extent: As far as the contract goes.\n"
            f"    licences:\n      - {{kind: Registration, number: R{number}, valid_to: 2028-01-31, "
            f"checked_on: 2026-10-05}}\n    requirements_sent:\n      - {{date: 2025-02-03, text: Annex on "
            f"waste and spills}}\n    evaluated_every: 12 months\n    evaluations:\n"
            f"      - {{date: 2025-02-15, by: ROL-OPS, score: B, result: Two notes late}}\n"
            f"      - {{date: 2026-02-10, by: ROL-OPS, score: A, result: All in time}}\n"
        )


def _wastes(many: Counts) -> Iterable[str]:
    for number in range(1, many.wastes + 1):
        carrier, site = number % many.providers + 1, (number + 1) % many.providers + 1
        loads = "".join(
            f"      - {{date: {2025 + month // 12}-{month % 12 + 1:02}-05, note: N{number}/{month}, "
            "tonnes: 1.5, "
            f"carrier: SUP-{carrier:04}, destination: SUP-{site:04}}}\n"
            for month in range(22)
        )
        yield (
            f"  - id: WST-{number:03}\n    title: Waste {number}\n    status: active\n    owner: ROL-OPS\n"
            f'    code: "11 01 09*"\n    hazardous: true\n    aspects: [ASP-{number % many.aspects + 1:05}]\n'
            f"    obligations: [OBL-{number % many.obligations + 1:05}]\n"
            "    container: Covered skip, labelled\n"
            f"    storage_limit: 8 t\n    carriers: [SUP-{carrier:04}]\n    destinations: [SUP-{site:04}]\n"
            f"    treatment: recover\n    tonnes_per_month: 1.5\n    consignments:\n{loads}"
        )


def _chemicals(many: Counts) -> Iterable[str]:
    for number in range(1, many.chemicals + 1):
        yield (
            f"  - id: CHM-{number:04}\n    title: Chemical {number}\n    status: active\n    owner: ROL-OPS\n"
            f"    suppliers: [SUP-{number % many.providers + 1:04}]\n"
            f'    sds: {{revision: "{number % 9 + 1}", date: 2025-03-01, file: Folder in the store}}\n'
            f"    hazards: [H302, H314]\n    max_stock: {{value: {number * 10}, unit: kg}}\n"
            f"    location: Store\n    bund: Tray below the rack\n    reach_status: registered\n"
            f"    used_in: [PRC-{number % 20 + 1:03}]\n    aspects: [ASP-{number % many.aspects + 1:05}]\n"
        )


def _instruments(many: Counts) -> Iterable[str]:
    for number in range(1, many.instruments + 1):
        yield (
            f"  - id: CAL-{number:03}\n    title: Instrument {number}\n    status: active\n"
            "    owner: ROL-OPS\n"
            f"    kind: calibrated\n    serial: S-{number}\n    location: Laboratory\n    range: 0 to 10\n"
            f"    interval: 12 months\n    traceability: National standards\n    calibrations:\n"
            f"      - {{date: 2025-03-11, result: pass, certificate: C-25-{number}}}\n"
            f"      - {{date: 2026-03-10, result: pass, certificate: C-26-{number}}}\n"
        )


def _programme(many: Counts) -> Iterable[str]:
    planned = "".join(
        f"      - audit: AUD-{number:03}\n        title: Audit {number}\n"
        f"        month: {audit_month(number, many)}\n"
        f"        processes: [PRC-{number % 20 + 1:03}, PRC-{(number + 10) % 20 + 1:03}]\n"
        f"        clauses: {audit_clauses(number)}\n"
        f"        auditors: [PER-001]\n"
        for number in range(1, many.audits + 1)
    )
    yield (
        "  - id: AUP-001\n    title: Audits 2024 to 2027\n    status: active\n    owner: ROL-EHS\n"
        "    cycle_from: 2024-11-20\n    cycle_to: 2027-11-19\n    frequency: Everything in two years.\n"
        "    methods: On site, by samples.\n    responsibilities: The EHS manager plans.\n"
        "    planning: Scope two weeks before.\n    reporting: Within ten days.\n"
        f"    risk_basis: What is significant first.\n    planned:\n{planned}"
    )


def audit_month(number: int, many: Counts) -> str:
    """The month in which an audit is made: spread over two years from December 2024 on."""
    months = 11 + (number - 1) * 22 // many.audits
    return f"{2024 + months // 12}-{months % 12 + 1:02}"


def audit_clauses(number: int) -> str:
    """The clauses that an audit looks at: four audits look at all."""
    return json.dumps([f"2015:{clause}" for clause in CLAUSES[number % 4 :: 4]])


def _gaps() -> Iterable[str]:
    for number, clause in enumerate(CLAUSES, 1):
        yield (
            f'  - id: GAP-{number:03}\n    title: Clause {clause}\n    clause: "2015:{clause}"\n'
            "    owner: ROL-EHS\n"
            f"    requirement: As it is asked for\n    status: partial\n    current_practice: Done by habit\n"
            f"    actions: [ACT-001]\n    due: 2029-12-31\n    priority: other\n    assessed_on: 2026-06-01\n"
        )


CERTIFICATE = """\
  - id: CRT-001
    title: Certificate of the works
    status: valid
    owner: ROL-EHS
    standard: iso14001
    edition: "2015"
    body: Certifier
    certificate: C-1
    scope_text: Making things at one site
    decision_date: 2025-02-01
    issued_on: 2025-02-03
    expires_on: 2028-01-31
    events:
      - {kind: surveillance, planned: 2026-01-14, done: 2026-01-15, days: 2}
      - {kind: surveillance, planned: 2027-01-13, days: 2}
"""


def row_files(rows: int) -> Mapping[str, str]:
    """The files by path, as they are when the system is adopted."""
    many = counts(rows)
    return {
        f"ems/registers/{name}.yml": register(name.upper(), kind, found)
        for name, kind, found in (
            ("workers", "person", _workers(many)),
            ("competences", "competence", _competences()),
            ("awareness", "awareness", _awareness()),
            ("communication-plan", "communication-plan", _communication_plan()),
            ("providers", "provider", _providers(many)),
            ("waste-streams", "waste-stream", _wastes(many)),
            ("chemicals", "chemical", _chemicals(many)),
            ("instruments", "instrument", _instruments(many)),
            ("audit-programmes", "audit-programme", _programme(many)),
            ("gap-assessments", "gap-assessment", _gaps()),
            ("certifications", "certification", [CERTIFICATE]),
        )
    }
