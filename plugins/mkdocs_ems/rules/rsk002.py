"""A high risk is neither treated nor accepted

## What it checks
A risk whose `likelihood` times `consequence` reaches the threshold of your method (`risk_method:
{threshold: …}` in `ems.yml`) is answered: by an action that was not cancelled, an operational control or an
objective in use, whichever side names the other, or by an `acceptance` with `by` and `reason`. A risk that
nothing answers and that was not rated is told as well: nobody can say whether it is high.
Opportunities may be left, closed risks are left alone, and without a threshold nothing is said.

## Why an auditor asks
What has to be addressed needs a plan. A risk that your own method calls high and that nobody acts on was
only listed.

## Fails
Twelve of twenty-five, and nothing is planned.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
rows:
  - id: RSK-010  # ← RSK002
    title: Consent not renewed
    kind: risk
    source: [OBL-001]
    likelihood: 3
    consequence: 4
    owner: ROL-MD
```

Its one action was cancelled, an acceptance without a reason is none, and the last was never rated.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
rows:
  - id: RSK-010  # ← RSK002
    title: Consent not renewed
    kind: risk
    source: [OBL-001]
    likelihood: 3
    consequence: 4
    actions: [ACT-010]
    owner: ROL-MD
  - id: RSK-011
    title: Valve sticks
    kind: risk
    source: [OBL-001]
    likelihood: 5
    consequence: 5
    status: accepted
    acceptance: {by: ROL-MD}  # ← RSK002
    owner: ROL-MD
  - id: RSK-012  # ← RSK002
    title: Analyser fails
    kind: risk
    source: [OBL-001]
    likelihood: 4
    owner: ROL-MD
```

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: Talk to the sewerage company
    owner: ROL-MD
    status: cancelled
```

## Passes
Acted on, accepted, kept down by a control, below the threshold, closed; and an opportunity may be left.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
rows:
  - id: RSK-010
    title: Consent not renewed
    kind: risk
    source: [OBL-001]
    likelihood: 3
    consequence: 4
    owner: ROL-MD
  - id: RSK-011
    title: Valve sticks
    kind: risk
    source: [OBL-001]
    likelihood: 5
    consequence: 5
    acceptance: {by: ROL-MD, date: 2026-01-10, reason: The old valve goes in July}
    owner: ROL-MD
  - id: RSK-012
    title: Probe drifts
    kind: risk
    source: [OBL-001]
    likelihood: 4
    consequence: 4
    owner: ROL-MD
  - id: RSK-013
    title: Ink on the form runs
    kind: risk
    source: [OBL-001]
    likelihood: 5
    consequence: 1
    owner: ROL-MD
  - id: RSK-014
    title: Sold the second line
    kind: risk
    status: closed
    source: [OBL-001]
    likelihood: 5
    consequence: 5
  - id: RSK-015
    title: Warm rinse water for the office
    kind: opportunity
    source: [OBL-001]
    likelihood: 5
    consequence: 3
    owner: ROL-MD
```

`ems/registers/more-actions.yml`
```yaml
id: REG-MORE-ACTIONS
type: action
title: More actions
owner: ROL-MD
rows:
  - id: ACT-010
    title: Talk to the sewerage company
    source: [RSK-010]
    owner: ROL-MD
    due: 2026-08-31
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
    risks: [RSK-012]
```

An action of its own is enough, however high the score.

`ems/registers/more-risks.yml`
```yaml
id: REG-MORE-RISKS
type: risk
title: More risks
owner: ROL-MD
rows:
  - id: RSK-010
    title: Consent not renewed
    kind: risk
    source: [OBL-001]
    likelihood: 5
    consequence: 5
    actions: [ACT-001]
    owner: ROL-MD
```

## How to fix
Plan an action and name it under `actions`, or record who accepts the risk and why: `acceptance: {by: …,
date: …, reason: …}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, RiskRow
from mkdocs_ems.rules.duties import is_over
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ANSWERS = ("action", "control", "objective")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each risk at or above the threshold that nothing answers."""
    method = context.settings.risk_method
    if method is None or method.threshold is None:
        return
    for entry, risk in context.each(RiskRow):
        if risk.kind == "opportunity" or is_over(risk):
            continue
        if risk.likelihood is None or risk.consequence is None:
            if not (entry.dropped or risk.acceptance or _answered(context, risk)):
                yield _unrated(entry, risk)
            continue
        score = risk.likelihood * risk.consequence
        if score < method.threshold or _answered(context, risk):
            continue
        accepted = risk.acceptance
        missing = [one for one in ("by", "reason") if getattr(accepted, one, None) is None]
        if not missing:
            continue
        yield Finding(
            f"{called(risk)} scores {score}; from {method.threshold:g} up your method asks for an answer: "
            + (
                f"its acceptance lacks {', '.join(missing)}" if accepted else "nothing is planned or accepted"
            ),
            place(entry, "acceptance") if accepted else place(entry),
            id=risk.id,
            help="add `actions: [ACT-…]`, or who accepts it, and why: `acceptance: {by: …, reason: …}`",
        )


def _unrated(entry: Entry, risk: RiskRow) -> Finding:
    missing = [one for one in ("likelihood", "consequence") if getattr(risk, one) is None]
    return Finding(
        f"{called(risk)} lacks {' and '.join(missing)}: whether it has to be answered nobody can say, and "
        "nothing is planned or accepted",
        place(entry),
        id=risk.id,
        help=f"add {' and '.join(f'`{one}: …`' for one in missing)}, from 1 to 5",
        severity=Severity.WARNING,
        basis=Basis.OWN_RULE,
    )


def _answered(context: AuditContext, risk: RiskRow) -> bool:
    """Whether anything that was not given up is done about a risk, whichever side says so."""
    nodes = context.graph.nodes
    if risk.id is None:
        return bool(risk.actions)
    # An action that cannot be found has its finding, and is no missing plan.
    if any(action not in nodes for action in risk.actions):
        return True
    planned = context.graph.targets(risk.id, "action")
    live = any(getattr(node.entity, "status", None) != "cancelled" for node in planned)
    return live or context.named_by(risk.id, *_ANSWERS)


RULE = Rule(
    code="RSK002",
    name="risk-untreated",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.1", "6.1.4"),
    clauses_2026=("6.1.4", "6.1.5"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    check=check,
)
