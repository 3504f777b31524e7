"""The small EMS in which the examples of all rules stand

Every example shows only the files that matter to it; these stand beside them. They are judged on
1 June 2026, by the 2026 edition.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
approval:
  matrix:
    - {types: [policy, procedure, work-instruction, rules], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
```

`ems/policy.md`
```markdown
---
id: POL-001
type: policy
title: Environmental policy
owner: ROL-MD
commitments:
  protection_of_environment: "#we-protect-the-river"
  compliance: "#we-keep-the-law"
  continual_improvement: "#we-get-better-every-year"
---

## We protect the river

Nothing but clean water leaves the works.

## We keep the law

We know the rules that bind us and check that we meet them.

## We get better every year

We set ourselves objectives and publish the results.
```

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA
    title: Maya Holm
    git_identities: [maya@small.example]
    roles: [{role: ROL-MD}]
  - id: PER-BEN
    title: Ben Okoro
    git_identities: [ben@small.example]
    roles: [{role: ROL-EHS}]
```

`ems/registers/roles.yml`
```yaml
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
    top_management: true
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
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
```

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    procedure: PRO-001
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
```
"""
