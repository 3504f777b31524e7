"""There is no approved environmental policy

## What it checks
At least one document of the type `policy` is approved and in force.

## Why an auditor asks
Without a policy that top management has adopted there is no commitment to hold the system to: a concern
at stage 1, a nonconformity at stage 2.

## Fails
The manual was adopted without a policy; one has landed, and nobody approved it.

`ems/policy.md`
```markdown
---
id: POL-001  # ← POL001
type: policy
title: Environmental policy
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
- date: 2026-02-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Propose a policy
  files: [ems/policy.md]
```

## Passes
The director merged it, and so approved it.

`ems/policy.md`
```markdown
---
id: POL-001
type: policy
title: Environmental policy
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

## How to fix
Write the policy with the type `policy`, and let top management approve it.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule, evidence


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding where no policy is in force: at the policy that might be, else at the settings."""
    policies = [one for one in context.control.documents.values() if one.type == "policy"]
    if any(one.in_force for one in policies):
        return
    standing = next((one for one in policies if one.path in context.sources.files), None)
    if standing is None:
        yield Finding(
            "no document of the type policy is in force",
            Anchor(context.model.settings_path, ("organisation",), key=True),
            help="write the policy with `type: policy`, and let top management approve it",
        )
        return
    later = [issue.effective_from for issue in standing.issues if issue.effective_from > context.as_of]
    pending = standing.pending
    why = "it is not approved"
    if pending:
        why = f"it {pending.missing}" if pending.content else pending.missing
    yield Finding(
        f"no environmental policy is in force; {standing.id} ({standing.title}): "
        f"{f'it takes effect on {min(later)}' if later else why}",
        Anchor(standing.path, ("id",)),
        id=standing.id,
        help=f"let top management approve {standing.id}"
        if not later
        else "nothing is in force until then: adopt the policy earlier if it is already followed",
        related=evidence(pending, standing.path) if pending else (),
    )


RULE = Rule(
    code="POL001",
    name="policy-missing",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("5.2",),
    clauses_2026=("5.2",),
    since="0.1.0",
    needs_history=True,
    needs_all_files=True,
    check=check,
)
