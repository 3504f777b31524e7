"""The policy was not approved by top management

## What it checks
Among those who approved the issue of the policy that is in force, at least one held a role flagged
`top_management` on that day, by the registers of people and roles that were in force then; as a deputy is
enough. A policy that was taken over when the system was begun shows no approver: while that issue is in
force the rule says that it is not evaluated.

## Why an auditor asks
Top management has to establish the policy. One that the EHS manager signed is not theirs.

## Fails
The matrix lets the EHS manager approve policies, and he did.

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
    - {types: [policy], roles: [ROL-MD, ROL-EHS]}
    - {types: [scope, procedure, rules], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`ems/policy.md`
```markdown
---
id: POL-001  # ← POL004
type: policy
title: Environmental policy
owner: ROL-MD
commitments:
  protection_of_environment: "#our-promise"
  compliance: "#our-promise"
  continual_improvement: "#our-promise"
---

## Our promise

We protect the river, keep the law and get better every year.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt it, files: [EXAMPLE, ems/ems.yml], delete: [ems/policy.md]}
- {date: 2026-02-02, by: PER-MAYA, message: Propose a policy, files: [ems/policy.md], merged_by: PER-BEN}
```

The director approved it, and no role says that she directs.

`ems/registers/roles.yml`
```yaml
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
```

`ems/policy.md`
```markdown
---
id: POL-001  # ← POL004
type: policy
title: Environmental policy
owner: ROL-MD
commitments:
  protection_of_environment: "#our-promise"
  compliance: "#our-promise"
  continual_improvement: "#our-promise"
---

## Our promise

We protect the river, keep the law and get better every year.
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/registers/roles.yml]
  delete: [ems/policy.md]
- {date: 2026-02-02, by: PER-BEN, message: Propose a policy, files: [ems/policy.md], merged_by: PER-MAYA}
```

## Passes
The director merged it, and so approved it.

`ems/policy.md`
```markdown
---
id: POL-001
type: policy
title: Environmental policy
owner: ROL-MD
commitments:
  protection_of_environment: "#our-promise"
  compliance: "#our-promise"
  continual_improvement: "#our-promise"
---

## Our promise

We protect the river, keep the law and get better every year.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE], delete: [ems/policy.md]}
- {date: 2026-02-02, by: PER-BEN, message: Propose a policy, files: [ems/policy.md], merged_by: PER-MAYA}
```

Taken over with the manual: who approved it is not in evidence here.

`ems/policy.md`
```markdown
---
id: POL-001
type: policy
title: Environmental policy
owner: ROL-MD
commitments:
  protection_of_environment: "#our-promise"
  compliance: "#our-promise"
  continual_improvement: "#our-promise"
---

## Our promise

We protect the river, keep the law and get better every year.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/policy.md]}
```

## How to fix
Let somebody in top management approve the policy; give the role that directs the organisation
`top_management: true`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import DocumentControl, Issue
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import RoleRow
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each policy in force that nobody of top management approved."""
    directs = any(role.top_management for _, role in context.each(RoleRow))
    for policy, issue in _in_force(context):
        if not issue.approvals or any(act.top_management for act in issue.approvals):
            continue
        who = [f"{act.person.name} ({act.role})" if act.role else act.person.name for act in issue.approvals]
        yield Finding(
            f"issue {issue.number} of {policy.id} ({policy.title}) was approved by {listed(who)}: "
            "nobody of top management" + ("" if directs else "; no role is flagged as top management"),
            Anchor(policy.path, ("id",)),
            id=policy.id,
            help=f"let somebody in top management approve {policy.id}"
            if directs
            else "give the role that directs the organisation `top_management: true`, get that approved, "
            f"and let its holder approve {policy.id}",
        )


def unjudged(context: AuditContext) -> str | None:
    """Why it cannot be told who approved the policy in force; None where it can, or where there is none."""
    known = list(_in_force(context))
    if not known or any(issue.approvals for _, issue in known):
        return None
    policy, issue = known[0]
    taken = f"issue {issue.number} of {policy.id} was taken over when the system was begun"
    return f"{taken}; who approved it is not in evidence"


def _in_force(context: AuditContext) -> Iterator[tuple[DocumentControl, Issue]]:
    for document in context.control.documents.values():
        if document.type == "policy" and document.in_force is not None:
            yield document, document.in_force


RULE = Rule(
    code="POL004",
    name="policy-not-top-management",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("5.1", "5.2"),
    clauses_2026=("5.1", "5.2"),
    since="0.1.0",
    needs_history=True,
    unjudged=unjudged,
    check=check,
)
