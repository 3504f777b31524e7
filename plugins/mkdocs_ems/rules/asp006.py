"""An aspect that is always significant is kept out by an override or a judgement

## What it checks
Your method may name conditions that make an aspect significant whatever its score (`always_significant`
in `ems.yml`): a legal limit, a past incident, a concern of neighbours. Where one of them holds, neither
an `override` nor a declared `significant` says otherwise.

## Why an auditor asks
You laid down that such aspects are significant. One that is voted out again shows that the method is kept
only where it is convenient, and that where the law has set a limit.

## Fails
The consent sets a limit for nickel, and an override takes the aspect out again.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
    incident: {values: {"yes": there was one, "no": there was none}}
  formula: likelihood * severity
  threshold: score >= 6
  always_significant:
    - {when: limits > 0, title: A legal limit applies}
    - {when: incident == "yes", title: It led to an incident}
```

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: yes
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    conditions: [{text: Nickel in each sample, kind: limit, parameter: MON-001, limit: 2}]
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: influence
    criteria: {likelihood: 1, severity: 2, incident: "no"}
    obligations: [OBL-001]
    override:
      value: false  # ← ASP006
      reason: We have always kept the limit
      approved_by: PER-MAYA
```

The row declares what the method contradicts; a spill last year makes it significant.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
    incident: {values: {"yes": there was one, "no": there was none}}
  formula: likelihood * severity
  threshold: score >= 6
  always_significant:
    - {when: limits > 0, title: A legal limit applies}
    - {when: incident == "yes", title: It led to an incident}
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Spill of plating solution
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: influence
    criteria: {likelihood: 1, severity: 2, incident: "yes"}
    significant: false  # ← ASP006
```

## Passes
The first follows the method; the second is overridden where no condition holds; the third is withdrawn.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
    incident: {values: {"yes": there was one, "no": there was none}}
  formula: likelihood * severity
  threshold: score >= 6
  always_significant:
    - {when: limits > 0, title: A legal limit applies}
    - {when: incident == "yes", title: It led to an incident}
```

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: yes
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    conditions: [{text: Nickel in each sample, kind: limit, parameter: MON-001, limit: 2}]
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: influence
    criteria: {likelihood: 1, severity: 2, incident: "no"}
    obligations: [OBL-001]
  - id: ASP-002
    title: Noise of the fans
    process: PRC-001
    impacts: [{text: Nuisance}]
    control: influence
    criteria: {likelihood: 3, severity: 2, incident: "no"}
    override: {value: false, reason: Fans replaced; rating to follow, approved_by: PER-MAYA}
  - id: ASP-003
    title: Cyanide baths
    status: withdrawn
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 3, incident: "yes"}
    override: {value: false, reason: No longer used, approved_by: PER-MAYA}
```

The limit stands in an obligation that does not apply here, so the condition does not hold.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
    incident: {values: {"yes": there was one, "no": there was none}}
  formula: likelihood * severity
  threshold: score >= 6
  always_significant:
    - {when: limits > 0, title: A legal limit applies}
    - {when: incident == "yes", title: It led to an incident}
```

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Trade effluent consent
    citation: Consent 14/2019
    type: consent
    jurisdiction: GB-ENG
    owner: ROL-EHS
    applicable: no
    reason: Nothing is discharged since the line was closed
    how_it_applies: Rinse water goes to the sewer; metals and pH have limits.
    conditions: [{text: Nickel in each sample, kind: limit, parameter: MON-001, limit: 2}]
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    control: influence
    criteria: {likelihood: 1, severity: 2, incident: "no"}
    obligations: [OBL-001]
    override: {value: false, reason: The line was closed, approved_by: PER-MAYA}
```

## How to fix
Delete the override or the declared `significant`. Where the condition goes too far, change the method in
`ems.yml`, with the approval that takes: `ems significance --method FILE` shows what that would change.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each aspect that is always significant by the method and not significant by decision."""
    for entry, aspect, assessment in context.assessed:
        if not assessment.always:
            continue
        if aspect.override is not None:
            kept_out, said, at = not aspect.override.value, "an override", place(entry, "override", "value")
        else:
            kept_out, said, at = aspect.significant is False, "the row", place(entry, "significant")
        if kept_out:
            yield Finding(
                f"{called(aspect)} is significant whatever its score, and {said} says it is not: "
                f"{' and '.join(assessment.always)}",
                at,
                id=aspect.id,
                help=f"delete the {'override' if aspect.override else '`significant: false`'}, or change "
                "`always_significant` in ems.yml, with the approval that takes",
            )


RULE = Rule(
    code="ASP006",
    name="legal-override-ignored",
    severity=Severity.ERROR,
    basis=Basis.OWN_RULE,
    clauses_2015=("6.1.2", "6.1.3"),
    clauses_2026=("6.1.2", "6.1.3"),
    since="0.1.0",
    requires=("SCH001", "ASP008"),
    check=check,
)
