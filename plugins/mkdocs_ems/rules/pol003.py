"""A commitment of the policy is served by no objective and no control

## What it checks
Each commitment that the policy declares is served by something in use. An objective or an operational
control serves those that it names in `policy_commitments`, by the heading's anchor or by the commitment's
name. Beyond that, whatever rests on an obligation serves `compliance`, whatever rests on an aspect serves
`protection_of_environment` and `prevention_of_pollution`, and every objective serves
`continual_improvement`. A commitment of the organisation's own choice, such as `climate`, has to be named.
That an objective names no commitment is told elsewhere.

## Why an auditor asks
The policy is the framework in which objectives are set. A promise that nothing in the system keeps is
words.

## Fails
The policy promises something for the climate, and nothing is done for it.

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
  climate: "#we-burn-less-gas"  # ← POL003
---

## We protect the river

Nothing but clean water leaves the works.

## We keep the law

We know the rules that bind us and check that we meet them.

## We get better every year

We set ourselves objectives and publish the results.

## We burn less gas

Every year a little.
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
    obligations: [OBL-001]
    policy_commitments: ["#we-protect-the-river", continual_improvement]
```

What served two of them is withdrawn.

`ems/policy.md`
```markdown
---
id: POL-001
type: policy
title: Environmental policy
owner: ROL-MD
commitments:
  prevention_of_pollution: "#we-protect-the-river"  # ← POL003
  compliance: "#we-keep-the-law"
  continual_improvement: "#we-get-better-every-year"  # ← POL003
---

## We protect the river

Nothing but clean water leaves the works.

## We keep the law

We know the rules that bind us and check that we meet them.

## We get better every year

We set ourselves objectives and publish the results.
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
    obligations: [OBL-001]
  - id: OPC-002
    title: Second valve
    status: withdrawn
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
```

## Passes
A control that answers an obligation, and one that names the rest.

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
    obligations: [OBL-001]
  - id: OPC-002
    title: Yearly look at the line
    operating_criteria: [{parameter: Drag-out, text: less than last year}]
    procedure: PRO-001
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
```

The obligation and the aspect name the control; the promise to improve is named.

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
    policy_commitments: [continual_improvement]
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
    condition: normal
    criteria: {likelihood: 1, severity: 1}
    controls: [OPC-001]
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
    controls: [OPC-001]
```

## How to fix
Name the commitment in the `policy_commitments` of the objective or control that serves it. Where nothing
does, set an objective, or promise less.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ControlRow, Entry, ObjectiveRow, Policy
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import fold

_BY_LINK = {
    "aspect": ("protection_of_environment", "prevention_of_pollution"),
    "obligation": ("compliance",),
}
"""The commitments that are served by whatever is linked to one of these."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each commitment of a policy that nothing in use serves."""
    policies = [(entry, policy) for entry, policy in context.each(Policy) if not is_over(policy)]
    served = _served(context) if policies else None
    if served is None:
        return
    for entry, policy in policies:
        made = policy.commitments.model_dump(exclude_none=True) if policy.commitments else {}
        for key, anchor in made.items():
            if served.isdisjoint((key, _plain(anchor))):
                yield Finding(
                    f"the commitment `{key}` of {called(policy)} is served by no objective and no control",
                    place(entry, "commitments", key),
                    id=policy.id,
                    help=f'add `policy_commitments: ["{anchor}"]` to the objective or control that serves it',
                )


def _served(context: AuditContext) -> set[str] | None:
    """Commitments that are served, by key or anchor; None where a row names some that cannot be used."""
    served: set[str] = set()
    linked: set[str] = set()
    rows: list[tuple[Entry, ObjectiveRow | ControlRow]] = [*context.each(ObjectiveRow)]
    rows += context.each(ControlRow)
    for entry, row in rows:
        if any(route[0] == "policy_commitments" for route in entry.dropped):
            return None
        # An objective that was reached has served; only one that was given up has not.
        if row.status == "withdrawn":
            continue
        served.update(_plain(one) for one in row.policy_commitments)
        if isinstance(row, ObjectiveRow):
            served.add("continual_improvement")
        if len(linked) < len(_BY_LINK) and row.id is not None:
            linked |= _linked(context, row.id)
    return served.union(*(keys for kind, keys in _BY_LINK.items() if kind in linked))


def _linked(context: AuditContext, id_: str) -> set[str]:
    """Which of aspects and obligations are linked to a row, from either side."""
    graph = context.graph
    others = [edge.target for edge in graph.outgoing.get(id_, ()) if edge.field != "text"]
    others += [edge.source for edge in graph.incoming.get(id_, ()) if edge.field != "text"]
    found = (graph.nodes[other] for other in others)
    return {node.kind for node in found if node.kind in _BY_LINK and not is_over(node.entity)}


def _plain(commitment: str) -> str:
    return fold(commitment.rpartition("#")[2])


RULE = Rule(
    code="POL003",
    name="policy-no-objective-framework",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("5.2", "6.2.1"),
    clauses_2026=("5.2", "6.2.1"),
    since="0.1.0",
    requires=("SCH001", "POL002"),
    needs_all_registers=True,
    check=check,
)
