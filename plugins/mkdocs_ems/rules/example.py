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
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
retention: [{types: [all], storage: In git, disposition: Stays in the history}]
approval:
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, rules], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
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

`ems/methods/significance.md`
```markdown
---
id: MET-001
type: method
title: How we judge significance
owner: ROL-EHS
---

## Rating

We rate how often it happens and how much it does, each from 1 to 3, and multiply.
```

`ems/scope.md`
```markdown
---
id: SCO-001
type: scope
title: Scope
owner: ROL-MD
statement: Plating of small parts at the works
activities: [{text: Plating, processes: [PRC-001]}]
products_services: [{text: Plated parts, processes: [PRC-001]}]
organisational_units: [The whole company]
physical_boundary: The fence of the works
control_and_influence: We run the line; of suppliers we can ask.
lifecycle_considered: From the anodes we buy to the parts that come back for recycling.
lifecycle_decisions: [{stages: [design, procurement, distribution, use, end-of-life], decision: None of ours}]
available_at: https://small.example/scope
standard_edition: "2026"
---

## What is in

Everything inside the fence.
```

`ems/registers/context.yml`
```yaml
id: REG-CONTEXT
type: context-issue
title: Context issues
owner: ROL-MD
rows:
  - id: ISS-001
    title: Hotter, drier summers
    kind: external
    topic: climate
    description: The river runs low in late summer and the sewer takes less.
    direction: both
    relevant: true
    rationale: Low water stops the line.
    effect_on_outcomes: [performance]
    owner: ROL-MD
    last_reviewed: 2026-02-10
    leads_to: [RSK-001]
  - id: ISS-002
    title: Metals in the river
    kind: external
    topic: pollution
    description: The river already carries metals from upstream.
    direction: both
    relevant: false
    rationale: Nothing of ours reaches the river; rinse water goes to the sewer.
    effect_on_outcomes: [compliance]
    owner: ROL-MD
    last_reviewed: 2026-02-10
  - id: ISS-003
    title: Nickel on the market
    kind: external
    topic: resource-availability
    description: Nickel anodes have got scarce twice in ten years.
    direction: both
    relevant: false
    rationale: We hold a year's stock.
    effect_on_outcomes: [objectives]
    owner: ROL-MD
    last_reviewed: 2026-02-10
  - id: ISS-004
    title: Meadow behind the works
    kind: external
    topic: biodiversity-ecosystem
    description: A protected meadow begins at the fence.
    direction: both
    relevant: false
    rationale: Nothing of ours drains or blows there.
    effect_on_outcomes: [performance]
    owner: ROL-MD
    last_reviewed: 2026-02-10
```

`ems/registers/parties.yml`
```yaml
id: REG-PARTIES
type: interested-party
title: Interested parties
owner: ROL-MD
rows:
  - id: PTY-001
    title: Sewerage company
    group: regulator
    needs:
      - {text: Metals within the consent, becomes_obligation: true, obligation: OBL-001}
```

`ems/registers/risks.yml`
```yaml
id: REG-RISKS
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
    treatment: reduce
    actions: [ACT-001]
    owner: ROL-MD
  - id: RSK-002
    title: Rinse water used twice
    kind: opportunity
    source: [ISS-001]
    likelihood: 2
    consequence: 3
    treatment: pursue
    actions: [ACT-001]
    owner: ROL-MD
```

`ems/registers/actions.yml`
```yaml
id: REG-ACTIONS
type: action
title: Actions
owner: ROL-MD
rows:
  - id: ACT-001
    title: Third rinse stage
    source: [RSK-001]
    owner: ROL-EHS
    due: 2026-12-31
    status: open
```

`ems/registers/measurements.yml`
```yaml
id: REG-MEASUREMENTS
type: measurement
title: Monitoring plan
owner: ROL-EHS
rows:
  - id: MON-001
    title: pH at the outlet
    what: pH of the treated rinse water at the outlet
    method: Probe, verified weekly
    frequency: daily
    when_evaluated: Every Monday
    who: ROL-EHS
    unit: "1"
    limits: {legal_min: 6, legal_max: 10}
    no_readings: In the log book at the outlet
```

`ems/registers/indicators.yml`
```yaml
id: REG-INDICATORS
type: indicator
title: Indicators
owner: ROL-EHS
rows:
  - id: KPI-001
    title: Water by area plated
    definition: Litres of mains water for each square metre plated
    unit: L/m2
    direction: decrease
    aggregation: rolling3
    frequency: monthly
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
    obligations: [OBL-001]
    hierarchy: administrative
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    procedure: PRO-001
    verification: {method: The log is read each month, records_kept: In the log book at the outlet}
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
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
    no_conditions_reason: Its limits stand with the measurements.
    processes: [PRC-001]
    evaluation: {frequency_months: 12, method: sampling}
```

`ems/records/compliance-evaluations/2026.yml`
```yaml
type: compliance-evaluation
title: Evaluations of compliance in 2026
rows:
  - id: EVC-001
    title: Trade effluent consent, spring of 2026
    obligation: OBL-001
    date: 2026-03-10
    by: [ROL-MD]
    method: sampling
    result: compliant
    evidence: [{what: Report 2026/114 of the laboratory}]
  - id: EVC-002
    title: Where we stand, spring of 2026
    scope: overall
    date: 2026-03-10
    by: [ROL-MD]
    method: records
    result: compliant
    evidence: [{what: Minutes of 10 March}]
```
"""
