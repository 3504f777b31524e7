"""Repositories of a chosen size for measuring, through `git fast-import`: the same bytes every time.

A size is rows, documents and commits. Rows stand in registers of 500: six in ten are
aspects, two in ten controls, two in ten obligations. Of the commits that change
something, two thirds change one document, a quarter one row, the rest add an approval
record; half of the changes to documents and rows land by a merge whose author may
approve them (merges count as commits). Standard library only.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench_planning import MEASUREMENTS, SCENARIOS, planning_files

ROWS_A_REGISTER = 500
EDITORS = tuple(f"Editor {number} <editor{number}@bench.example>" for number in range(1, 9))
APPROVER = "Approver One <approver@bench.example>"
REPOSITORY = "6f1c0b5e7d3a49c2b8f0a1d2e3c4b5a6"
FIRST_DAY = 1_600_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything."""

    rows: int
    documents: int
    commits: int


SIZES = {
    "S": Size(200, 50, 300),
    "M": Size(2_000, 300, 3_000),
    "L": Size(10_000, 1_000, 20_000),
}

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
    - types: [context-issue, interested-party, risk, action]
      roles: [ROL-EHS]
"""

PEOPLE = """\
id: REG-PEOPLE
type: person
title: People
owner: ROL-EHS
review_every: 12 months
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
review_every: 12 months
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
review_every: 12 months
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
            f"    verification: {{method: inspection, frequency: weekly}}\n"
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
        f"    evaluation: {{frequency_months: 12, method: records}}\n"
        f"    notes: {text} Note {note}.\n"
    )


def registers(size: Size) -> dict[str, tuple[str, range]]:
    """Path of each bulk register to its kind and the numbers of its rows."""
    found: dict[str, tuple[str, range]] = {}
    counts = (("aspect", size.rows * 3 // 5), ("control", size.rows // 5), ("obligation", size.rows // 5))
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


@dataclass(slots=True)
class _State:
    """What the stream has said so far."""

    size: Size
    rng: random.Random
    revisions: dict[int, int] = field(default_factory=dict)
    notes: dict[str, dict[int, int]] = field(default_factory=dict)
    issues: dict[int, int] = field(default_factory=dict)
    pending: dict[int, str] = field(default_factory=dict)
    """Document number to the sha256 of its landed, unapproved content."""
    records: dict[int, list[str]] = field(default_factory=dict)
    before: dict[int, list[str]] = field(default_factory=dict)
    """Record digests of a document from before its pending content landed."""
    clock: int = FIRST_DAY
    mark: int = 0


def write_repository(target: Path, size: Size) -> None:
    """Write a repository of this size with its work tree checked out on `main`."""
    target.mkdir(parents=True)
    environment = {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "PATH": "/usr/bin:/bin:/usr/local/bin",
    }
    subprocess.run(["git", "init", "-q", "-b", "main", str(target)], check=True, env=environment)
    command = ["git", "-C", str(target), "fast-import", "--quiet", "--depth=50", "--date-format=raw"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as importer:
        assert importer.stdin is not None, "asked for a pipe"
        for piece in _stream(size):
            importer.stdin.write(piece)
        importer.stdin.close()
        if importer.wait() != 0:
            raise RuntimeError("git fast-import refused the stream")
    subprocess.run(["git", "-C", str(target), "reset", "-q", "--hard", "main"], check=True, env=environment)


def _stream(size: Size) -> Iterator[bytes]:
    state = _State(size, random.Random(14001))  # noqa: S311 - reproducible, not a secret
    yield from _first_commit(state)
    made = 1
    while made < size.commits:
        merged = state.rng.random() < 0.5 and made + 2 <= size.commits
        choice = state.rng.randrange(12)
        if choice < 8 or (choice < 11 and size.rows == 0):
            yield from _document_change(state, merged=merged)
        elif choice < 11:
            yield from _row_change(state, merged=merged)
        elif state.pending:
            merged = False
            yield from _record(state)
        else:
            yield from _document_change(state, merged=merged)
        made += 2 if merged else 1
    yield b"done\n"


def _data(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)


def _commit(state: _State, ref: str, who: str, message: str, *, parents: tuple[str, ...] = ()) -> bytes:
    state.clock += 3_600
    state.mark += 1
    lines = [f"commit {ref}", f"mark :{state.mark}"]
    lines += [f"author {who} {state.clock} +0000", f"committer {who} {state.clock} +0000"]
    head = "\n".join(lines).encode() + b"\n" + _data(message.encode())
    for index, parent in enumerate(parents):
        head += f"{'from' if index == 0 else 'merge'} {parent}\n".encode()
    return head


def _file(path: str, data: bytes) -> bytes:
    return f"M 100644 inline {path}\n".encode() + _data(data)


def _first_commit(state: _State) -> Iterator[bytes]:
    size = state.size
    yield _commit(state, "refs/heads/main", APPROVER, "Adopt the management system")
    fixed = {
        "mkdocs.yml": "site_name: Bench Works\ndocs_dir: ems\ntheme:\n  name: material\n  font: false\n"
        "plugins:\n  - search\n  - ems\nuse_directory_urls: false\n",
        "ems/ems.yml": SETTINGS,
        "ems/policy.md": POLICY,
        "ems/registers/people.yml": PEOPLE,
        "ems/registers/roles.yml": ROLES,
        "ems/registers/processes.yml": PROCESSES,
        **(planning_files() if state.size.rows else {}),
    }
    for path, text in fixed.items():
        yield _file(path, text.encode())
    for number in range(1, size.documents):
        state.issues[number] = 1
        yield _file(_document_path(number), document_text(number, 0, size.rows).encode())
    for path, (kind, numbers) in registers(size).items():
        state.notes[path] = {}
        yield _file(path, register_text(path, kind, numbers, size.rows, {}).encode())


def _document_path(number: int) -> str:
    return f"ems/procedures/pro-{number:04}.md"


def _land(state: _State, path: str, data: bytes, what: str, *, merged: bool) -> Iterator[bytes]:
    who = state.rng.choice(EDITORS)
    tip = f":{state.mark}"
    if not merged:
        yield _commit(state, "refs/heads/main", who, what, parents=(tip,)) + _file(path, data)
        return
    yield _commit(state, "refs/heads/change", who, what, parents=(tip,)) + _file(path, data)
    branch = f":{state.mark}"
    yield _commit(state, "refs/heads/main", APPROVER, f"Approve: {what}", parents=(tip, branch)) + _file(
        path, data
    )


def _document_change(state: _State, *, merged: bool) -> Iterator[bytes]:
    number = state.rng.randrange(1, state.size.documents)
    state.revisions[number] = revision = state.revisions.get(number, 0) + 1
    data = document_text(number, revision, state.size.rows).encode()
    if merged:
        state.issues[number] += 1
        state.pending.pop(number, None)
    else:
        state.pending[number] = hashlib.sha256(data).hexdigest()
        state.before[number] = list(state.records.get(number, ()))
    yield from _land(state, _document_path(number), data, f"Revise procedure {number}", merged=merged)


def _row_change(state: _State, *, merged: bool) -> Iterator[bytes]:
    path = state.rng.choice(sorted(state.notes))
    kind, numbers = registers(state.size)[path]
    number = state.rng.choice(numbers)
    notes = state.notes[path]
    notes[number] = notes.get(number, 0) + 1
    data = register_text(path, kind, numbers, state.size.rows, notes).encode()
    yield from _land(state, path, data, f"Change {kind} {number}", merged=merged)


def _record(state: _State) -> Iterator[bytes]:
    number = state.rng.choice(sorted(state.pending))
    main = state.pending.pop(number)
    issue = state.issues[number] + 1
    state.issues[number] = issue
    previous = ", ".join(sorted(state.before[number]))
    date = f"{2020 + (state.clock - FIRST_DAY) // 31_536_000}-01-01T00:00:00Z"
    text = (
        f"schema: ems-approval/1\nrepository: {REPOSITORY}\ndocument: PRO-{number:04}\nissue: {issue}\n"
        f"meaning: approval\nmanifest:\n  main: {main}\n  parts: {{}}\nprevious: [{previous}]\n"
        f"approver: approver@bench.example\nrole: ROL-EHS\nauthors: []\ndate: {date}\n"
    ).encode()
    state.records.setdefault(number, []).append(hashlib.sha256(text).hexdigest())
    path = f"ems/records/approvals/PRO-{number:04}/{issue}-approval-approver@bench.example-1.yml"
    tip = f":{state.mark}"
    yield _commit(state, "refs/heads/main", APPROVER, f"Approve PRO-{number:04}", parents=(tip,)) + _file(
        path, text
    )
