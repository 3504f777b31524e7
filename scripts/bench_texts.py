"""What the files of a repository for measuring say: settings, people, policy, procedures, bulk registers.

Standard library only.
"""

from __future__ import annotations

import random
from pathlib import Path

from bench_planning import MEASUREMENTS, SCENARIOS
from bench_records import READ_EACH

REPOSITORY = "6f1c0b5e7d3a49c2b8f0a1d2e3c4b5a6"
ROWS_A_REGISTER = 500

SETTINGS = f"""\
schema: 1
repository: {REPOSITORY}
organisation:
  name: Bench Works Ltd
  fictional: true
time_zone: Europe/London
main_branch: main
standards:
  - standard: iso14001
    edition: 2015
significance:
  title: Likelihood times severity
  criteria:
    likelihood:
      values: {{"1": rare, "2": unlikely, "3": possible, "4": likely, "5": continuous}}
    severity:
      values: {{"1": slight, "2": minor, "3": moderate, "4": serious, "5": severe}}
  formula: likelihood * severity
  threshold: score >= 12 or severity >= 4
  document: PRO-0001
risk_method: {{threshold: 16}}
approval:
  segregation: asserted
  matrix:
    - types: [policy, scope, procedure, work-instruction, rules, person, role, process]
      roles: [ROL-EHS]
      persons: 1
      accepts: [recorded, attested, signed]
    - types: [aspect, obligation, control, objective, measurement, indicator, emergency-scenario]
      roles: [ROL-EHS]
      persons: 1
      accepts: [recorded, attested, signed]
    - types: [competence, communication-plan, audit-programme]
      roles: [ROL-EHS]
      persons: 1
      accepts: [recorded, attested, signed]
    - types: [context-issue, interested-party, risk, action, awareness, provider, waste-stream, chemical]
      roles: [ROL-EHS]
    - types: [instrument, nonconformity, improvement, change, gap-assessment, certification]
      roles: [ROL-EHS]
"""

PEOPLE = """\
id: REG-PEOPLE
type: person
title: People
owner: ROL-EHS
review_every: 10 years
rows:
  - id: PER-001
    title: Approver One
    git_identities: [approver@bench.example]
    roles:
      - role: ROL-EHS
        from: 2019-01-01
""" + "".join(
    f"""\
  - id: PER-{number + 1:03}
    title: Editor {number}
    git_identities: [editor{number}@bench.example]
    roles:
      - role: ROL-OPS
        from: 2019-01-01
"""
    for number in range(1, 9)
)

ROLES = """\
id: REG-ROLES
type: role
title: Roles
owner: ROL-EHS
review_every: 10 years
rows:
  - id: ROL-EHS
    title: EHS manager
    responsibilities: [Keeps the system and reports on it]
    required_for: [ems-conformity, performance-reporting]
    top_management: true
  - id: ROL-OPS
    title: Operations
    responsibilities: [Runs the plant]
"""

PROCESSES = """\
id: REG-PROCESSES
type: process
title: Processes
owner: ROL-EHS
review_every: 10 years
rows:
""" + "".join(
    f"""\
  - id: PRC-{number:03}
    title: Process {number}
    owner: ROL-OPS
    kind: core
"""
    for number in range(1, 21)
)

POLICY = """\
---
id: POL-001
type: policy
title: Environmental policy
owner: ROL-EHS
review_every: 10 years
clauses: ["5.2"]
commitments:
  protection_of_environment: "#protecting-the-environment"
  compliance: "#meeting-our-obligations"
  continual_improvement: "#improving"
---

# Environmental policy

## Protecting the environment
We prevent pollution where we work.

## Meeting our obligations
We meet what applies to us.

## Improving
We improve year on year.
"""

SENTENCES = (
    "Readings are entered in the log before the end of the shift and signed by whoever took them.",
    "A value outside the range stops the discharge; the valve is locked and the shift leader is told.",
    "Containers are labelled with contents, hazard and date, and stand on a bund with room to spare.",
    "The pump is tested under load on the first working day of the month, the result goes to the record.",
    "Where the result is doubtful a second sample is taken within the hour and sent to the laboratory.",
    "Nobody changes a set point without a change record approved by the owner of the process.",
)


def document_text(number: int, revision: int, rows: int) -> str:
    """A procedure of about four kilobytes with headings, a table, a list and references."""
    rng = random.Random(number)  # noqa: S311 - reproducible text, not a secret
    controls = max(1, rows // 5)
    mention = f"[[OPC-{rng.randrange(controls) + 1:05}]]" if rows else "the control"
    parts = [
        "---",
        f"id: PRO-{number:04}",
        "type: procedure",
        f"title: Procedure {number} for process {number % 20 + 1}",
        "owner: ROL-EHS",
        "review_every: 10 years",
        'clauses: ["6.1.1", "8.1"]' if number == 1 else 'clauses: ["8.1"]',
        f"processes: [PRC-{number % 20 + 1:03}]",
        *(["read_by: [ROL-OPS]"] if rows and number % READ_EACH == 0 else []),
        "---",
        "",
        f"# Procedure {number}",
        "",
        f"This is revision {revision} of the text. It describes how {mention} is operated.",
    ]
    for section in ("Purpose", "Responsibilities", "Steps", "Limits", "Records"):
        parts += ["", f"## {section}", ""]
        parts += [" ".join(rng.choices(SENTENCES, k=3)), ""]
        if section == "Steps":
            parts += [f"{step}. {rng.choice(SENTENCES)}" for step in range(1, 6)]
        if section == "Limits":
            parts += ["| Parameter | Lower | Upper | Unit |", "|---|---|---|---|"]
            parts += [f"| Parameter {line} | {line} | {line * 3} | mg/L |" for line in range(1, 6)]
    return "\n".join(parts) + "\n"


def _row(kind: str, number: int, rows: int, note: int) -> str:
    rng = random.Random(f"{kind}{number}")  # noqa: S311 - as above
    aspects, controls, obligations = rows * 3 // 5, max(1, rows // 5), max(1, rows // 5)
    text = rng.choice(SENTENCES)
    if kind == "aspect":
        emergency = f"    emergency: [EMR-{number % SCENARIOS + 1:03}]\n" if number % 3 == 2 else ""
        return (
            f"  - id: ASP-{number:05}\n"
            f"    title: Aspect {number} of the line\n"
            f"    owner: ROL-EHS\n"
            f"    process: PRC-{number % 20 + 1:03}\n"
            f"    activity: Production step {number % 7 + 1}\n"
            f"    aspect: Discharge {number} to drain\n"
            f"    topic: effluent\n"
            f"    impacts:\n"
            f"      - text: Toxicity in the receiving water\n"
            f"        polarity: adverse\n"
            f"    condition: {('normal', 'abnormal', 'emergency')[number % 3]}\n"
            f"    lifecycle_stage: [{('production', 'procurement', 'use')[number % 3]}]\n"
            f"    control: direct\n"
            f"    criteria: {{likelihood: {number % 5 + 1}, severity: {number % 4 + 1}}}\n"
            f"    controls: [OPC-{rng.randrange(controls) + 1:05}]\n"
            f"    obligations: [OBL-{rng.randrange(obligations) + 1:05}]\n"
            f"    monitoring: [MON-{number % MEASUREMENTS + 1:03}]\n"
            f"    objective_decision: Kept as it is this year.\n"
            f"{emergency}"
            f"    assessed_on: 2026-06-01\n"
            f"    notes: {text} Note {note}.\n"
        )
    if kind == "control":
        return (
            f"  - id: OPC-{number:05}\n"
            f"    title: Control {number}\n"
            f"    owner: ROL-OPS\n"
            f"    aspects: [ASP-{rng.randrange(max(1, aspects)) + 1:05}]\n"
            f"    hierarchy: engineering\n"
            f"    type: equipment\n"
            f"    operating_criteria:\n"
            f"      - {{parameter: pH, min: 6, max: 9, unit: pH}}\n"
            f"      - {{parameter: flow, max: 12.5, unit: m3/h}}\n"
            f"    where: Building {number % 9 + 1}\n"
            f"    verification: {{method: inspection, frequency: yearly}}\n"
            f"    notes: {text} Note {note}.\n"
        )
    return (
        f"  - id: OBL-{number:05}\n"
        f"    title: Obligation {number}\n"
        f"    owner: ROL-EHS\n"
        f"    citation: SI {1990 + number % 30}/{number}\n"
        f"    type: legislation\n"
        f"    jurisdiction: GB-ENG\n"
        f"    how_it_applies: {text}\n"
        f"    status: in-force\n"
        f'    applicable: "yes"\n'
        f"    processes: [PRC-{number % 20 + 1:03}]\n"
        f"    last_checked_source: 2026-06-01\n"
        f"    check_interval: 12 months\n"
        f"    evaluation: {{frequency_months: 24, method: records}}\n"
        f"    notes: {text} Note {note}.\n"
    )


def registers(rows: int) -> dict[str, tuple[str, range]]:
    """Path of each bulk register to its kind and the numbers of its rows."""
    found: dict[str, tuple[str, range]] = {}
    counts = (("aspect", rows * 3 // 5), ("control", rows // 5), ("obligation", rows // 5))
    for kind, count in counts:
        for index, begin in enumerate(range(1, count + 1, ROWS_A_REGISTER), start=1):
            numbers = range(begin, min(begin + ROWS_A_REGISTER, count + 1))
            found[f"ems/registers/{kind}s-{index:02}.yml"] = (kind, numbers)
    return found


def register_text(path: str, kind: str, numbers: range, rows: int, notes: dict[int, int]) -> str:
    """A whole register; `notes` says which rows have been changed how often."""
    name = Path(path).stem.upper()
    head = (
        f"id: REG-{name}\ntype: {kind}\ntitle: Register {name.lower()}\nowner: ROL-EHS\n"
        f"review_every: 10 years\nrows:\n"
    )
    return head + "".join(_row(kind, number, rows, notes.get(number, 0)) for number in numbers)
