"""Open actions of the last review were not looked at

## What it checks
Each action of the review before the last one that was still open when the last one was held is named in the
last one, best under `inputs: {previous_actions: {data: […]}}`. Its actions are those that it names, those
of its decisions, and those whose `source` it is. What was done by then, or cancelled, is left alone.

## Why an auditor asks
What was decided and not done is decided again, or given up on purpose. Else it is lost between two sets of
minutes.

## Fails
The probe was still open, and nobody asked.

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: New probe
    source: [MRV-000]
    owner: ROL-EHS
    due: 2026-12-31
    status: open
  - id: ACT-011
    title: New valve
    source: [MRV-000]
    owner: ROL-EHS
    due: 2025-12-31
    status: verified
    done_on: 2025-11-30
    evidence: [records/valve.pdf]
    effectiveness: {method: Looked at, result: effective}
```

`ems/records/management-reviews/2026.yml`
```yaml
type: management-review
title: Management reviews
rows:
  - id: MRV-000
    title: Management review 2025
    date: 2025-02-21
    chair: ROL-MD
    attendees: [ROL-MD, ROL-EHS]
    inputs:
      previous_actions: {text: None were open}
      changes_issues: {text: Drier summers}
      changes_parties_obligations: {text: None}
      changes_significant_aspects: {text: None}
      changes_risks_opportunities: {text: Rinse water twice}
      objectives: {text: On their way, data: [KPI-001]}
      ncr_ca: {text: None were raised}
      monitoring_results: {text: pH within limits, data: [MON-001]}
      compliance: {text: All met}
      audits: {text: None since}
      resources: {text: Enough}
      communications_complaints: {text: No complaint}
      improvement_opportunities: {text: A third rinse}
    outputs:
      suitability: Still fits a works of this size
      adequacy: Enough
      effectiveness: The rinse water keeps its limits
      improvement_decisions: A third rinse stage
      ems_changes_resources: None needed
    decisions:
      - {text: A probe and a valve, actions: [ACT-010, ACT-011]}
    approved: {by: ROL-MD, on: 2025-02-27}
  - id: MRV-001
    title: Management review 2026
    date: 2026-02-20
    chair: ROL-MD
    attendees: [ROL-MD, ROL-EHS]
    inputs:  # ← MRV005
      previous_actions: {text: None were open}
      changes_issues: {text: Drier summers}
      changes_parties_obligations: {text: None}
      changes_significant_aspects: {text: None}
      changes_risks_opportunities: {text: Rinse water twice}
      objectives: {text: On their way, data: [KPI-001]}
      ncr_ca: {text: None were raised}
      monitoring_results: {text: pH within limits, data: [MON-001]}
      compliance: {text: All met}
      audits: {text: None since}
      resources: {text: Enough}
      communications_complaints: {text: No complaint}
      improvement_opportunities: {text: A third rinse}
    outputs:
      suitability: Still fits a works of this size
      adequacy: Enough
      effectiveness: The rinse water keeps its limits
      improvement_decisions: A third rinse stage
      ems_changes_resources: None needed
    approved: {by: ROL-MD, on: 2026-02-27}
```

## Passes
Looked at; the valve was done before.

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: New probe
    source: [MRV-000]
    owner: ROL-EHS
    due: 2026-12-31
    status: open
  - id: ACT-011
    title: New valve
    source: [MRV-000]
    owner: ROL-EHS
    due: 2025-12-31
    status: verified
    done_on: 2025-11-30
    evidence: [records/valve.pdf]
    effectiveness: {method: Looked at, result: effective}
```

`ems/records/management-reviews/2026.yml`
```yaml
type: management-review
title: Management reviews
rows:
  - id: MRV-000
    title: Management review 2025
    date: 2025-02-21
    chair: ROL-MD
    attendees: [ROL-MD, ROL-EHS]
    inputs:
      previous_actions: {text: None were open}
      changes_issues: {text: Drier summers}
      changes_parties_obligations: {text: None}
      changes_significant_aspects: {text: None}
      changes_risks_opportunities: {text: Rinse water twice}
      objectives: {text: On their way, data: [KPI-001]}
      ncr_ca: {text: None were raised}
      monitoring_results: {text: pH within limits, data: [MON-001]}
      compliance: {text: All met}
      audits: {text: None since}
      resources: {text: Enough}
      communications_complaints: {text: No complaint}
      improvement_opportunities: {text: A third rinse}
    outputs:
      suitability: Still fits a works of this size
      adequacy: Enough
      effectiveness: The rinse water keeps its limits
      improvement_decisions: A third rinse stage
      ems_changes_resources: None needed
    decisions:
      - {text: A probe and a valve, actions: [ACT-010, ACT-011]}
    approved: {by: ROL-MD, on: 2025-02-27}
  - id: MRV-001
    title: Management review 2026
    date: 2026-02-20
    chair: ROL-MD
    attendees: [ROL-MD, ROL-EHS]
    inputs:
      previous_actions: {text: The probe is late, data: [ACT-010]}
      changes_issues: {text: Drier summers}
      changes_parties_obligations: {text: None}
      changes_significant_aspects: {text: None}
      changes_risks_opportunities: {text: Rinse water twice}
      objectives: {text: On their way, data: [KPI-001]}
      ncr_ca: {text: None were raised}
      monitoring_results: {text: pH within limits, data: [MON-001]}
      compliance: {text: All met}
      audits: {text: None since}
      resources: {text: Enough}
      communications_complaints: {text: No complaint}
      improvement_opportunities: {text: A third rinse}
    outputs:
      suitability: Still fits a works of this size
      adequacy: Enough
      effectiveness: The rinse water keeps its limits
      improvement_decisions: A third rinse stage
      ems_changes_resources: None needed
    approved: {by: ROL-MD, on: 2026-02-27}
```

## How to fix
Say in the review how far each of these actions is, and name them: `inputs: {previous_actions: {data:
[ACT-…]}}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ActionRow
from mkdocs_ems.rules.duties import is_over, listed
from mkdocs_ems.rules.reviews import Review, reviews
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding that names what was open of the review before and is not in the last one."""
    held = reviews(context)
    if len(held) < 2:
        return
    before, last = held[-2:]
    named = {
        edge.target for _, record in last.parts for edge in context.graph.outgoing.get(record.id or "", ())
    }
    still = (action for action in _actions(context, before) if _was_open(action, last))
    left = [action for action in still if action.id not in named]
    if left:
        entry, record = last.entry, last.record
        yield Finding(
            f"{called(record)} does not look at what was open of {called(before.record)}: "
            f"{listed(map(called, left))}",
            place(entry, "inputs", key=True) if record.inputs else place(entry),
            id=record.id,
            help="say how far each is, and name them under `previous_actions`",
        )


def _actions(context: AuditContext, review: Review) -> Iterator[ActionRow]:
    """The actions that a review names, and those that name it as their source."""
    graph, found = context.graph, dict[str, None]()
    for _, record in review.parts:
        found |= dict.fromkeys(record.actions)
        found |= dict.fromkeys(action for one in record.decisions for action in one.actions)
        incoming = graph.incoming.get(record.id or "", ())
        found |= dict.fromkeys(edge.source for edge in incoming if edge.field == "source")
    for identity in found:
        node = graph.nodes.get(identity)
        if node is not None and isinstance(node.entity, ActionRow):
            yield node.entity


def _was_open(action: ActionRow, review: Review) -> bool:
    """Whether an action was still to be done when a review was held."""
    return action.done_on > review.held if action.done_on else not is_over(action)


RULE = Rule(
    code="MRV005",
    name="previous-actions-not-reviewed",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("9.3",),
    clauses_2026=("9.3.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
