"""A responder is not trained for the emergency

## What it checks
A scenario says under `competences` what those who respond have to be able to do. Everybody who acts in one of
its `roles` today, or is named there, holds each of these by a record of training that is still valid. Where a
role asks for the competence of itself, TRN002 and TRN003 tell who lacks it, and nothing is said twice.

## Why an auditor asks
A plan names people; in the night it is they who have to know how the drain is shut. Information and training
for responders are asked for by name.

## Fails
The scenario asks for the spill drill, and the EHS manager's was valid until March.

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - id: EMR-001
    title: Spill in the yard
    response: [PRO-001]
    roles: [ROL-EHS]
    competences: [CMP-001]  # ← EMR007
```

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Containing a spill
    requirement: Shuts the drain and sets the booms within five minutes
    criteria: [training]
    validity_months: 12
  - id: CMP-002
    title: Running the treatment
    requirement: Keeps pH and metals within the consent
    criteria: [experience]
    required_by_roles: [ROL-EHS]
    legal_basis: [OBL-001]
```

`ems/records/training/2025.yml`
```yaml
type: training
rows:
  - id: TRN-001
    title: Containing a spill
    date: 2025-03-02
    by: [PER-MAYA]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    effectiveness: {method: observation, result: effective, date: 2025-03-20}
  - id: TRN-002
    title: Running the treatment
    date: 2025-03-02
    by: [PER-MAYA]
    kind: assessment
    people: [PER-BEN]
    competences: [CMP-002]
    result: passed
    evidence: [{what: Ten years at the plant}]
```

## Passes
Trained in February; and a scenario that asks for nothing of its own.

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - id: EMR-001
    title: Spill in the yard
    response: [PRO-001]
    roles: [ROL-EHS]
    competences: [CMP-001]
  - id: EMR-002
    title: Fire in the store
    response: [PRO-001]
    roles: [ROL-EHS]
```

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Containing a spill
    requirement: Shuts the drain and sets the booms within five minutes
    criteria: [training]
    validity_months: 12
  - id: CMP-002
    title: Running the treatment
    requirement: Keeps pH and metals within the consent
    criteria: [experience]
    required_by_roles: [ROL-EHS]
    legal_basis: [OBL-001]
```

`ems/records/training/2026.yml`
```yaml
type: training
rows:
  - id: TRN-001
    title: Containing a spill
    date: 2026-02-02
    by: [PER-MAYA]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    effectiveness: {method: observation, result: effective, date: 2026-02-20}
  - id: TRN-002
    title: Running the treatment
    date: 2025-03-02
    by: [PER-MAYA]
    kind: assessment
    people: [PER-BEN]
    competences: [CMP-002]
    result: passed
    evidence: [{what: Ten years at the plant}]
```

## How to fix
Train them and keep the record as a `training` with `people` and `competences`; until then name somebody who
is trained.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import EmergencyScenarioRow, PersonRow
from mkdocs_ems.model.competence import CompetenceState
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.responses import scenarios_in_use
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each competence of a scenario that some of its responders do not hold today."""
    for entry, scenario in scenarios_in_use(context):
        for competence in scenario.competences:
            if not _exists(competence, context):
                continue
            lacking = [one for one in _responders(scenario, context) if _lacks(one, competence, context)]
            if lacking:
                yield Finding(
                    f"{listed(lacking)} would respond to {called(scenario)} and "
                    f"{'holds' if len(lacking) == 1 else 'hold'} no valid training in {competence}",
                    place(entry, "competences"),
                    id=scenario.id,
                    help="train them and keep the record as a `training` with `people` and `competences`; "
                    "until then name somebody who is trained",
                )


def _responders(scenario: EmergencyScenarioRow, context: AuditContext) -> list[str]:
    """The people who respond, each once, in the order of the roles."""
    found: dict[str, None] = {}
    for named in scenario.roles:
        node = context.graph.nodes.get(named)
        if node is not None and isinstance(node.entity, PersonRow):
            left = node.entity.end_date is not None and node.entity.end_date < context.as_of
            found |= {} if left else {named: None}
        else:
            found |= dict.fromkeys(context.holders.get(named, ()))
    return list(found)


def _exists(competence: str, context: AuditContext) -> bool:
    return competence in context.graph.nodes and context.in_use(competence)


def _lacks(person: str, competence: str, context: AuditContext) -> bool:
    """Whether somebody does not hold it, and no role of theirs asks for it: then others tell of it."""
    holding = context.competence.holding(person, competence)
    return holding.state is not CompetenceState.HELD and not holding.roles


RULE = Rule(
    code="EMR007",
    name="responders-untrained",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("8.2", "7.2"),
    clauses_2026=("8.2", "7.2"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_files=True,
    check=check,
)
