"""An environmental condition was not considered

## What it checks
By the edition of 2026: for each of the topics `climate`, `pollution`, `resource-availability` and
`biodiversity-ecosystem` some context issue says whether it is `relevant`, and the issues on it look in both
directions: what it does to the organisation (`affects-us`) and what the organisation does to it
(`we-affect`, or `both` in one issue). That climate change is left open altogether is told by CTX002. A
system that has recorded no context issue at all is told so there as well.

## Why an auditor asks
The edition of 2026 names these conditions. Audits of the transition look for each of them, and for the
direction that is usually forgotten: what the site does to them.

## Fails
Biodiversity is missing, and of pollution only one direction was looked at.

`ems/registers/context.yml`
```yaml
id: REG-CONTEXT  # ← CTX003
type: context-issue
title: Context issues
owner: ROL-MD
last_reviewed: 2026-02-10
rows:
  - id: ISS-001
    title: Hotter, drier summers
    kind: external
    topic: climate
    direction: both
    relevant: true
    rationale: Low water stops the line.
    effect_on_outcomes: [performance]
    owner: ROL-MD
    leads_to: [RSK-001]
  - id: ISS-002
    title: Metals in the river
    kind: external
    topic: pollution
    direction: we-affect
    relevant: false
    rationale: Nothing of ours reaches the river.
    owner: ROL-MD
  - id: ISS-003
    title: Nickel on the market
    kind: external
    topic: resource-availability
    direction: both
    relevant: false
    rationale: We hold a year's stock.
    owner: ROL-MD
```

The issue on biodiversity was withdrawn, and with it the answer.

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
  - {id: ISS-002, title: River, kind: external, topic: pollution, direction: both, relevant: false,
     rationale: It stays clean, owner: ROL-MD}
  - {id: ISS-003, title: Nickel, kind: external, topic: resource-availability, direction: both,
     relevant: false, rationale: There is enough, owner: ROL-MD}
  - {id: ISS-004, title: Meadow, topic: biodiversity-ecosystem, status: withdrawn, relevant: false,
     rationale: Too far, direction: both}
```

## Passes
Two issues look at the climate, one in each direction.

`ems/registers/context.yml`
```yaml
id: REG-CONTEXT
type: context-issue
title: Context issues
owner: ROL-MD
last_reviewed: 2026-02-10
rows:
  - {id: ISS-001, title: Heat, kind: external, topic: climate, direction: affects-us, relevant: false,
     rationale: It stays cool, owner: ROL-MD}
  - {id: ISS-002, title: Our gas, kind: internal, topic: climate, direction: we-affect, relevant: false,
     rationale: The boiler is small, owner: ROL-MD}
  - {id: ISS-003, title: River, kind: external, topic: pollution, direction: both, relevant: false,
     rationale: It stays clean, owner: ROL-MD}
  - {id: ISS-004, title: Nickel, kind: external, topic: resource-availability, direction: both,
     relevant: false, rationale: There is enough, owner: ROL-MD}
  - {id: ISS-005, title: Meadow, kind: external, topic: biodiversity-ecosystem, direction: both,
     relevant: false, rationale: Nothing drains there, owner: ROL-MD}
```

Without any context issue the register is to be begun: that is told once, with the climate.

`ems/registers/context.yml`
```yaml
id: REG-CONTEXT  # ← CTX002
type: context-issue
title: Context issues
owner: ROL-MD
rows: []
```

`ems/registers/risks.yml`
```yaml
id: REG-RISKS
type: risk
title: Risks and opportunities
owner: ROL-MD
rows: []
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
Add a context issue for each condition that the finding names, relevant or not, with its reason and its
`direction`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.conditions import CONDITIONS, is_determined, issues, misread, where
from mkdocs_ems.rules.values import AuditContext, Rule

_WAYS = {"affects-us": "what it does to us", "we-affect": "what we do to it"}


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding that names the conditions, and the directions, that nobody looked at."""
    if context.settings.edition != "2026" or misread(context):
        return
    looked_at: defaultdict[str, set[str]] = defaultdict(set)
    climate = False
    for _, issue in issues(context):
        if issue.topic in CONDITIONS and issue.relevant is not None:
            looked_at[issue.topic].update(_WAYS if issue.direction == "both" else (issue.direction or "",))
            climate = climate or (issue.topic == "climate" and is_determined(issue))
    if not any(issues(context)):
        return
    asked = {topic: words for topic, words in CONDITIONS.items() if topic != "climate" or climate}
    missing = [f"{words} (`topic: {topic}`)" for topic, words in asked.items() if topic not in looked_at]
    halves = [
        f"{words} without {' and '.join(text for way, text in _WAYS.items() if way not in ways)}"
        for topic, words in asked.items()
        if (ways := looked_at.get(topic)) and not ways.issuperset(_WAYS)
    ]
    told = [f"do not consider {', nor '.join(missing)}"] if missing else []
    told += [f"consider {', and '.join(halves)}"] if halves else []
    if told:
        at, register = where(context)
        yield Finding(
            f"the context issues {'; they '.join(told)}",
            at,
            id=register,
            help="add an issue for each, relevant or not, with `rationale` and `direction: both`, "
            "or one for each direction",
        )


RULE = Rule(
    code="CTX003",
    name="environmental-condition-not-considered",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("4.1",),
    clauses_2026=("4.1",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
