"""The policy does not make a commitment that is asked for

## What it checks
The policy's front matter says under `commitments` at which heading each commitment stands: to protect
the environment (or to prevent pollution, which is part of it), to meet compliance obligations, and to
improve continually. Each heading exists, those of further commitments too.

## Why an auditor asks
These commitments have to be in the policy. A missing one is the classic finding of a stage 1 audit.

## Fails
One commitment is missing, and another points at a heading that does not exist.

`ems/policy.md`
```markdown
---
id: POL-001
type: policy
title: Environmental policy
owner: ROL-MD
commitments:  # ← POL002
  prevention_of_pollution: "#we-protect-the-river"
  compliance: "#we-obey"  # ← POL002
---

## We protect the river

Nothing but clean water leaves the works.
```

## Passes
All three, and one of the organisation's own choice.

`ems/policy.md`
```markdown
---
id: POL-001
type: policy
title: Environmental policy
owner: ROL-MD
commitments:
  protection_of_environment: "#river-and-law"
  compliance: "#river-and-law"
  continual_improvement: "#better-every-year"
  climate: "#better-every-year"
---

## River and law

Nothing but clean water leaves the works, and we keep the law.

## Better every year

We set ourselves objectives, for the climate as well.
```

## How to fix
Write the commitment under a heading of its own and name its anchor: `compliance: "#we-keep-the-law"`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Policy
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.source import Body
from mkdocs_ems.text import did_you_mean

_ASKED = {
    "to protect the environment": ("protection_of_environment", "prevention_of_pollution"),
    "to meet compliance obligations": ("compliance",),
    "to improve continually": ("continual_improvement",),
}
_SHOWN = 6
"""So many headings are enough to choose from."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield the commitments a policy does not declare, and each declared anchor that is none."""
    for entry, policy in context.each(Policy):
        made = policy.commitments.model_dump(exclude_none=True) if policy.commitments else {}
        missing = {words: keys[0] for words, keys in _ASKED.items() if not any(key in made for key in keys)}
        if missing and not policy.superseded_by:
            yield Finding(
                f"{called(policy)} does not commit {', nor '.join(missing)}",
                place(entry, "commitments", key=True) if policy.commitments else place(entry),
                id=policy.id,
                help="write it under a heading and name its anchor under `commitments`: "
                + ", ".join(f'`{key}: "#…"`' for key in missing.values()),
            )
        body = context.sources.files[entry.anchor.path].body
        anchors = body.anchors if body else frozenset[str]()
        free = [one for one in _headings(body) if one not in made.values()][:_SHOWN]
        for key, anchor in made.items():
            if anchor.removeprefix("#") not in anchors:
                near = did_you_mean(anchor, anchors)
                yield Finding(
                    f"{called(policy)} has no heading {anchor} for the commitment `{key}`",
                    place(entry, "commitments", key),
                    id=policy.id,
                    help=f"did you mean #{near}?"
                    if near
                    else "name the anchor of the heading where it stands now"
                    + (f": {', '.join(free)}" if free else ""),
                )


def _headings(body: Body | None) -> list[str]:
    """Anchors of the headings, in the order of the text."""
    return [f"#{heading.anchor}" for heading in body.headings] if body else []


RULE = Rule(
    code="POL002",
    name="policy-commitment-missing",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("5.2",),
    clauses_2026=("5.2",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
