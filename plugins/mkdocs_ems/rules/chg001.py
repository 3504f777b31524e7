"""A change was agreed to without asking what it touches

## What it checks
A change that is approved, or further, answers with yes or no (`affected`) under `screening` whether it
touches aspects, obligations, risks, controls, competence and emergencies.

## Why an auditor asks
A change that nobody screened is how a new line runs for a year without an aspect. Auditors of the 2026
edition ask for changes first.

## Fails
Approved, and of six questions one is answered.

`ems/registers/changes.yml`
```yaml
id: REG-CHG
type: change
title: Changes
owner: ROL-EHS
rows:
  - id: CHG-001
    title: Second chrome line
    kind: equipment
    owner: ROL-EHS
    status: approved
    approved_on: 2026-05-04
    screening:
      aspects: {affected: true, note: New mist}  # ← CHG001
  - id: CHG-002  # ← CHG001
    title: Other degreaser
    kind: chemical
    owner: ROL-EHS
    status: approved
    approved_on: 2026-05-04
```

## Passes
All are answered; and what is only asked for may still be thought about.

`ems/registers/changes.yml`
```yaml
id: REG-CHG
type: change
title: Changes
owner: ROL-EHS
rows:
  - id: CHG-001
    title: Second chrome line
    kind: equipment
    owner: ROL-EHS
    status: approved
    approved_on: 2026-05-04
    screening:
      aspects: {affected: true, note: New mist}
      obligations: {affected: false}
      risks: {affected: false}
      controls: {affected: true, note: New scrubber}
      competence: {affected: false}
      communication: {affected: false}
      emergency: {affected: false}
      monitoring: {affected: false}
      permits: {affected: false}
  - id: CHG-002
    title: Other degreaser
    kind: chemical
    owner: ROL-EHS
    status: requested
```

## How to fix
Go through the questions with those who run it, and write yes or no for each with a word why: `screening:
{aspects: {affected: true, note: …}, …}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ChangeRow
from mkdocs_ems.rules.editions import asked_of_changes
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ASKED = ("aspects", "obligations", "risks", "controls", "competence", "emergency")
_DECIDED = ("approved", "implemented", "reviewed", "reverted")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each change that is agreed to and not screened in full."""
    for entry, change in context.each(ChangeRow):
        if change.status not in _DECIDED and change.approved_on is None:
            continue
        answers = [(one, getattr(change.screening, one, None)) for one in _ASKED]
        open_ = [one for one, answer in answers if answer is None or answer.affected is None]
        if open_:
            yield Finding(
                f"{called(change)} was agreed to without an answer on {', '.join(open_)}",
                place(entry, "screening") if change.screening is not None else place(entry),
                id=change.id,
                help="answer each under `screening` with `affected: true` or `false`, and a `note`",
                basis=asked_of_changes(context.settings.edition),
            )


RULE = Rule(
    code="CHG001",
    name="change-without-assessment",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.2", "8.1"),
    clauses_2026=("6.3", "8.1"),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
