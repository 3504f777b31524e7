"""There is no complete audit programme

## What it checks
There is an audit programme whose cycle (`cycle_from` to `cycle_to`) holds today, and it says how often what
is audited (`frequency`), how (`methods`), who does what (`responsibilities`), what an audit needs before it
begins (`planning`) and to whom results go (`reporting`); each audit in it has its `month`. Programmes that
are withdrawn or over, or about other standards, are left alone. Whether its register is approved, DOC004
and DOC005 tell.

## Why an auditor asks
Audits that nobody planned are made when there is time for them. The programme is the first thing an auditor
of the system asks to see.

## Fails
It says neither how audits are made nor to whom their results go, and one audit has no month.

`ems/registers/audit-programmes.yml`
```yaml
id: REG-AUP
type: audit-programme
title: Audit programmes
owner: ROL-MD
rows:
  - id: AUP-001  # ← AUD001
    title: Internal audits 2025 to 2027
    cycle_from: 2025-01-01
    cycle_to: 2027-12-31
    frequency: Every process once a year
    responsibilities: The EHS manager plans, the auditors report
    planning: Scope and criteria are agreed a week before
    risk_basis: The line comes first, since the rinse water does
    planned:
      - audit: AUD-010
        title: The whole system
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
        processes: [PRC-001]
```

The last one is over.

`ems/registers/audit-programmes.yml`
```yaml
id: REG-AUP
type: audit-programme
title: Audit programmes
owner: ROL-MD
rows:
  - id: AUP-001
    title: Internal audits 2025 to 2027
    cycle_from: 2022-01-01
    cycle_to: 2025-12-31  # ← AUD001
    frequency: Every process once a year
    methods: On site, by interview and samples of records
    responsibilities: The EHS manager plans, the auditors report
    planning: Scope and criteria are agreed a week before
    reporting: To the managing director within two weeks
    risk_basis: The line comes first, since the rinse water does
```

There is none.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}  # ← AUD001
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

## Passes
All is said, for a cycle that holds today.

`ems/registers/audit-programmes.yml`
```yaml
id: REG-AUP
type: audit-programme
title: Audit programmes
owner: ROL-MD
rows:
  - id: AUP-001
    title: Internal audits 2025 to 2027
    cycle_from: 2025-01-01
    cycle_to: 2027-12-31
    frequency: Every process once a year
    methods: On site, by interview and samples of records
    responsibilities: The EHS manager plans, the auditors report
    planning: Scope and criteria are agreed a week before
    reporting: To the managing director within two weeks
    risk_basis: The line comes first, since the rinse water does
    planned:
      - audit: AUD-010
        title: The whole system
        month: 2026-09
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
        processes: [PRC-001]
```

The next one is ready, and the last one, which nobody has to complete any more, ends today.

`ems/registers/audit-programmes.yml`
```yaml
id: REG-AUP
type: audit-programme
title: Audit programmes
owner: ROL-MD
rows:
  - id: AUP-001
    title: Internal audits 2025 to 2027
    cycle_from: 2025-01-01
    cycle_to: 2026-06-01
    frequency: Every process once a year
    methods: On site, by interview and samples of records
    responsibilities: The EHS manager plans, the auditors report
    planning: Scope and criteria are agreed a week before
    reporting: To the managing director within two weeks
    risk_basis: The line comes first, since the rinse water does
    planned:
      - audit: AUD-010
        title: The whole system
        month: 2026-06
        clauses: ["4", "5", "6", "7", "8", "9", "10"]
        processes: [PRC-001]
  - id: AUP-002
    title: Internal audits from June 2026
    cycle_from: 2026-06-02
    cycle_to: 2029-06-01
    frequency: Every process once a year
    methods: On site
    responsibilities: The EHS manager plans
    planning: Scope and criteria are agreed a week before
    reporting: To the managing director
    risk_basis: The line comes first
```

## How to fix
Write what is missing into the programme, or write a programme for the cycle that today lies in, and get its
register approved.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import AuditProgrammeRow, Entry
from mkdocs_ems.model.audit_coverage import covers
from mkdocs_ems.rules.audits import programmes
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.registers import head_of
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_ASKED = ("cycle_from", "cycle_to", "frequency", "methods", "responsibilities", "planning", "reporting")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield the programmes that are not complete, or that there is none for today."""
    if not context.model.settings_readable:
        return
    known = list(programmes(context))
    for entry, programme in known:
        if programme.cycle_to is None or programme.cycle_to >= context.as_of:
            yield from _complete(entry, programme)
    dated = [one for one in known if one[1].cycle_from and one[1].cycle_to]
    if any(covers(one, context.as_of) for _, one in known) or len(dated) < len(known):
        return
    if known:
        yield _none_today(context, known)
    else:
        yield _none(context)


def _complete(entry: Entry, programme: AuditProgrammeRow) -> Iterator[Finding]:
    missing = [f"`{name}`" for name in _ASKED if getattr(programme, name) is None]
    undated = [one for one in programme.planned if one.month is None and one.cancelled is None]
    told = [f"does not say {listed(missing)}"] if missing else []
    told += [f"has {plural(len(undated), 'audit')} without a `month`"] if undated else []
    if told:
        yield Finding(
            f"{called(programme)} {' and '.join(told)}",
            place(entry),
            id=programme.id,
            help="write what is missing into the programme, and get its register approved",
        )


def _none_today(context: AuditContext, known: list[tuple[Entry, AuditProgrammeRow]]) -> Finding:
    over = [one for one in known if one[1].cycle_to and one[1].cycle_to < context.as_of]
    entry, programme = max(over or known, key=lambda one: str(one[1].cycle_to))
    said = f"ended on {programme.cycle_to}" if over else f"begins only on {programme.cycle_from}"
    return Finding(
        f"no audit programme holds today: {called(programme)} {said}",
        place(entry, "cycle_to" if over else "cycle_from"),
        id=programme.id,
        help="write a programme for the cycle that today lies in, and get its register approved",
    )


def _none(context: AuditContext) -> Finding:
    head = head_of(context, "audit-programme")
    return Finding(
        "there is no internal audit programme",
        place(head) if head else Anchor(context.model.settings_path, ("organisation",), key=True),
        id=head.entity.id if head else None,
        help="write a register of the type audit-programme with one row for the cycle: how often, how, by "
        "whom, how it is planned and reported, and the audits with their months",
    )


RULE = Rule(
    code="AUD001",
    name="programme-missing",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.2.2",),
    clauses_2026=("9.2.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
