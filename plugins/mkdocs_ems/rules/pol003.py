"""A commitment of the policy is served by no objective and no control

## What it checks
Each commitment that the policy declares is served by something in use. An objective or an operational
control serves those that it names in `policy_commitments`, by the heading's anchor or by the commitment's
name. Beyond that, whatever rests on an obligation serves `compliance`, whatever rests on an aspect serves
`protection_of_environment` and `prevention_of_pollution`, and every objective serves
`continual_improvement`. A commitment of the organisation's own choice, such as `climate`, has to be named.
What an objective or control in use names is a commitment or a heading of a policy. That an objective names
none is told elsewhere.

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

An objective names a heading that the policy does not have: a slip of the finger, told once.

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
  climate: "#we-burn-less-gas"
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
    policy_commitments:
      - "#we-protect-the-river"
      - Continual_improvement
      - "#we-burn-les-gas"  # ← POL003
      - "#our-neighbours"  # ← POL003
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
Name the commitment in the `policy_commitments` of the objective or control that serves it, as the policy
spells it. Where nothing serves it, set an objective, or promise less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ControlRow, Entry, ObjectiveRow, Policy
from mkdocs_ems.model.wording import quoted
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import did_you_mean, fold

_BY_LINK = {
    "aspect": ("protection_of_environment", "prevention_of_pollution"),
    "obligation": ("compliance",),
}
"""The commitments that are served by whatever is linked to one of these."""

_Row = ObjectiveRow | ControlRow


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each commitment that nothing in use serves, and each that is named and was never made."""
    policies = [(entry, policy) for entry, policy in context.each(Policy) if not is_over(policy)]
    rows = _in_use(context) if policies else None
    if rows is None:
        return
    strays = dict(_strays(context, policies, rows))
    # What was meant by a slip is served: the slip is told, not that nobody serves it.
    served = _served(context, rows) | {_plain(meant) for meant in strays.values() if meant}
    for entry, policy in policies:
        for key, anchor in _made(policy).items():
            if served.isdisjoint((key, _plain(anchor))):
                yield Finding(
                    f"the commitment `{key}` of {called(policy)} is served by no objective and no control",
                    place(entry, "commitments", key),
                    id=policy.id,
                    help=f'add `policy_commitments: ["{anchor}"]` to the objective or control that serves it',
                )
    for entry, row in rows:
        for index, named in enumerate(row.policy_commitments):
            if named in strays:
                meant = strays[named]
                yield Finding(
                    f"{called(row)} serves {quoted(named)}, "
                    "which is no commitment and no heading of the policy",
                    place(entry, "policy_commitments", index),
                    id=row.id,
                    help=f"write {quoted(meant)}"
                    if meant
                    else "name a commitment of the policy, or take it out",
                )


def _in_use(context: AuditContext) -> list[tuple[Entry, _Row]] | None:
    """Objectives and controls that were not given up; None where one names what cannot be used."""
    rows: list[tuple[Entry, _Row]] = [*context.each(ObjectiveRow)]
    rows += context.each(ControlRow)
    if any(route[0] == "policy_commitments" for entry, _ in rows for route in entry.dropped):
        return None
    # An objective that was reached has served; only one that was given up has not.
    return [(entry, row) for entry, row in rows if row.status != "withdrawn"]


def _strays(
    context: AuditContext, policies: list[tuple[Entry, Policy]], rows: list[tuple[Entry, _Row]]
) -> Iterator[tuple[str, str | None]]:
    """What rows name and no policy has, with what was probably meant."""
    known: dict[str, str] = {}
    for entry, policy in policies:
        known |= {_plain(key): key for key in _made(policy)}
        body = context.sources.files[entry.anchor.path].body
        known |= {_plain(heading.anchor): f"#{heading.anchor}" for heading in (body.headings if body else ())}
        known |= {_plain(anchor): anchor for anchor in _made(policy).values()}
    # Of a policy that cannot be read nobody knows what it promises.
    if not all(source.readable for source in context.sources.files.values()):
        return
    for named in dict.fromkeys(one for _, row in rows for one in row.policy_commitments):
        if _plain(named) not in known:
            near = did_you_mean(_plain(named), known)
            yield named, known[near] if near else None


def _made(policy: Policy) -> Mapping[str, str]:
    """What a policy commits to: the name of each commitment with the heading where it stands."""
    return policy.commitments.model_dump(exclude_none=True) if policy.commitments else {}


def _served(context: AuditContext, rows: list[tuple[Entry, _Row]]) -> set[str]:
    """Commitments that are served, by key or anchor."""
    served: set[str] = set()
    linked: set[str] = set()
    for _, row in rows:
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
