"""An external provider is not controlled or influenced

## What it checks
Every external provider in use that bears on a significant aspect (`aspects`) says how it is controlled or
influenced (`control_type`) and how far that goes (`extent`). Every process that is run by others
(`kind: external`) is named under `processes` of such a provider.

## Why an auditor asks
What others do for you stays yours to answer for. You have to have decided what kind of control there is, and
how much of it: for a waste carrier it is a licence that is looked up, for a mine it may be a question in a
letter.

## Fails
The carrier bears on a significant aspect and nothing is defined, of the laboratory how far it goes; and the
strip shop, a process that others run, is nobody's.

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-MD
rows:
  - id: SUP-001  # ← SUP001
    title: Waste carrier
    what: Carries the filter cake
    aspects: [ASP-001]
    requirements_sent: [{date: 2026-02-01, text: Contract}]
  - id: SUP-002  # ← SUP001
    title: Laboratory
    what: Analyses the effluent
    aspects: [ASP-001]
    control_type: [specification]
    requirements_sent: [{date: 2026-02-01, text: Order}]
```

`ems/registers/processes.yml`
```yaml
id: REG-PROCESSES
type: process
title: Processes
owner: ROL-MD
rows:
  - id: PRC-001
    title: Plating line
    no_conditions:
      - {condition: abnormal, reason: "The line stops for every repair; nothing runs then"}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
  - id: PRC-002  # ← SUP001
    title: Stripping of racks
    kind: external
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Filter cake
    process: PRC-001
    impacts: [{text: Landfill}]
    condition: normal
    control: influence
    criteria: {likelihood: 3, severity: 3}
```

## Passes
How and how far is said; one is no longer used; what the other bears on is not significant.

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-MD
rows:
  - id: SUP-001
    title: Waste carrier
    what: Carries the filter cake
    aspects: [ASP-001]
    processes: [PRC-002]
    control_type: [contract-clause, permit-check]
    extent: Registration looked up each quarter; nothing leaves without a note.
    requirements_sent: [{date: 2026-02-01, text: Contract}]
  - id: SUP-002
    title: Former carrier
    status: withdrawn
    aspects: [ASP-001]
  - id: SUP-003
    title: Window cleaner
    aspects: [ASP-002]
    requirements_sent: [{date: 2026-02-01, text: Order}]
```

`ems/registers/processes.yml`
```yaml
id: REG-PROCESSES
type: process
title: Processes
owner: ROL-MD
rows:
  - id: PRC-001
    title: Plating line
    no_conditions:
      - {condition: abnormal, reason: "The line stops for every repair; nothing runs then"}
      - {condition: emergency, reason: "Assessed with the site's fire plan"}
  - id: PRC-002
    title: Haulage of waste
    kind: external
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Filter cake
    process: PRC-001
    impacts: [{text: Landfill}]
    condition: normal
    control: influence
    criteria: {likelihood: 3, severity: 3}
  - id: ASP-002
    title: Detergent of the cleaners
    process: PRC-001
    impacts: [{text: Load of the sewer}]
    condition: normal
    control: influence
    criteria: {likelihood: 1, severity: 1}
```

## How to fix
Add `control_type: […]` (contract-clause, specification, audit, questionnaire, permit-check, site-induction or
influence-only) and `extent: …`: what you can require, and what only ask for.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ProcessRow
from mkdocs_ems.rules.providers import in_use
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each provider that matters and is not controlled, and each outside process without a provider."""
    significant = {aspect.id for _, aspect, assessment in context.assessed if assessment.significant}
    for entry, provider in in_use(context):
        if significant.isdisjoint(provider.aspects):
            continue
        if not provider.control_type:
            what, field = "how it is controlled or influenced", "control_type: […]"
        elif provider.extent is None:
            what, field = "how far its control or influence goes", "extent: …"
        else:
            continue
        named = next(one for one in provider.aspects if one in significant)
        yield Finding(
            f"{called(provider)} bears on the significant aspect {named}, and nothing says {what}",
            place(entry),
            id=provider.id,
            help=f"add `{field}`; where you can only ask, `control_type: [influence-only]` and what you ask",
        )
    for entry, process in context.each(ProcessRow):
        outside = process.kind == "external" and process.status in (None, "active")
        if outside and not context.named_by(process.id, "provider"):
            yield Finding(
                f"{called(process)} is run by others, and no external provider is named for it",
                place(entry),
                id=process.id,
                help=f"add the provider to the register with `processes: [{process.id}]`, `control_type` and "
                "`extent`",
            )


RULE = Rule(
    code="SUP001",
    name="provider-control-missing",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("8.1",),
    clauses_2026=("8.1",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
