"""No opportunity is recorded

## What it checks
Where risks are recorded, at least one opportunity is, in whichever register; one that is closed counts. A row
without `kind` is taken for a risk. It is told once, at the register.

## Why an auditor asks
Opportunities are to be determined along with the risks. A list of threats alone shows that only half of the
question was asked.

## Fails
Nothing but threats.

`ems/registers/risks.yml`
```yaml
id: REG-RISKS  # ← RSK004
type: risk
title: Risks and opportunities
owner: ROL-MD
rows:
  - id: RSK-001
    title: Line stops for want of water
    kind: risk
    source: [ISS-001]
    likelihood: 2
    consequence: 4
    actions: [ACT-001]
    owner: ROL-MD
```

Two registers, told at the first.

`ems/registers/risks.yml`
```yaml
id: REG-RISKS  # ← RSK004
type: risk
title: Risks
owner: ROL-MD
rows:
  - id: RSK-001
    title: Line stops for want of water
    kind: risk
    source: [ISS-001]
    likelihood: 2
    consequence: 4
    actions: [ACT-001]
    owner: ROL-MD
```

`ems/registers/site-risks.yml`
```yaml
id: REG-SITE-RISKS
type: risk
title: Risks of the site
owner: ROL-MD
rows:
  - id: RSK-010
    title: Flood
    kind: risk
    source: [ISS-001]
    owner: ROL-MD
```

Nobody says of anything what it is.

`ems/registers/risks.yml`
```yaml
id: REG-RISKS  # ← RSK004
type: risk
title: Risks and opportunities
owner: ROL-MD
rows:
  - id: RSK-001
    title: Consent not renewed
    source: [OBL-001]
    owner: ROL-MD
    likelihood: 1
    consequence: 1
```

## Passes
The opportunities have a register of their own.

`ems/registers/risks.yml`
```yaml
id: REG-RISKS
type: risk
title: Risks
owner: ROL-MD
rows:
  - id: RSK-001
    title: Line stops for want of water
    kind: risk
    source: [ISS-001]
    likelihood: 2
    consequence: 4
    actions: [ACT-001]
    owner: ROL-MD
```

`ems/registers/chances.yml`
```yaml
id: REG-CHANCES
type: risk
title: Opportunities
owner: ROL-MD
rows:
  - id: RSK-010
    title: Rinse water used twice
    kind: opportunity
    status: closed
    source: [ISS-001]
```

No risk was recorded yet: that is no register of threats.

`ems/registers/risks.yml`
```yaml
id: REG-RISKS
type: risk
title: Risks and opportunities
owner: ROL-MD
rows: []
```

`ems/registers/context.yml`
```yaml
id: REG-CONTEXT  # ← CTX003
type: context-issue
title: Context issues
owner: ROL-MD
last_reviewed: 2026-02-10
rows:
  - {id: ISS-001, title: Heat, kind: external, topic: climate, direction: both, relevant: false,
     rationale: It stays cool, owner: ROL-MD}
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows: []
```

## How to fix
Ask of each issue, aspect and obligation what could be gained, and record it with `kind: opportunity`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import RiskRow
from mkdocs_ems.rules.registers import head_of
from mkdocs_ems.rules.values import AuditContext, Rule, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding where risks are recorded and no opportunity."""
    risks = list(context.each(RiskRow))
    if any(route[0] == "kind" for entry, _ in risks for route in entry.dropped):
        return  # what was meant there is told by SCH001, and may be an opportunity
    # Whatever is not called an opportunity is judged as a risk by the other rules too.
    threats = [entry for entry, risk in risks if risk.kind != "opportunity"]
    if threats and len(threats) == len(risks):
        at = head_of(context, "risk") or threats[0]
        yield Finding(
            f"{plural(len(threats), 'risk')} and no opportunity are recorded",
            place(at),
            id=at.entity.id,
            help="record what could be gained as well: a row with `kind: opportunity`",
        )


RULE = Rule(
    code="RSK004",
    name="no-opportunity-recorded",
    severity=Severity.INFO,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.1",),
    clauses_2026=("6.1.4",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
