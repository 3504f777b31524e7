"""An obligation lacks what identifies it

## What it checks
Every compliance obligation has a title, a citation, a type, a jurisdiction and an owner. The standard
asks which obligations there are; type, jurisdiction and owner are good practice.

## Why an auditor asks
A register that is a list of law titles cannot be kept current: nobody knows which text is meant, where
it applies and who watches it.

## Fails
Only a title; what is missing is said once.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001  # ← OBL001
    title: Waste duty of care
    how_it_applies: We hand our waste to licensed carriers only.
```

## Passes
The text, the place and the person are known.

`ems/registers/obligations.yml`
```yaml
id: REG-OBLIGATIONS
type: obligation
title: Compliance obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Waste duty of care
    citation: Environmental Protection Act 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We hand our waste to licensed carriers only.
```

## How to fix
Fill in the columns that the finding names: the citation down to the section, the jurisdiction as
country and region, the owner as a role.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ObligationRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_IDENTIFIES = frozenset({"title", "citation"})
"""Without these nobody knows which obligation is meant."""

_ASKED = ("title", "citation", "type", "jurisdiction", "owner")


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding for each obligation that lacks any of the columns."""
    for entry, obligation in context.each(ObligationRow):
        values = (
            obligation.title,
            obligation.citation,
            obligation.type,
            obligation.jurisdiction,
            obligation.owner,
        )
        missing = [column for column, value in zip(_ASKED, values, strict=True) if value is None]
        if missing:
            yield Finding(
                f"{called(obligation)} lacks {', '.join(missing)}",
                place(entry),
                id=obligation.id,
                help=f"add {', '.join(f'`{column}: …`' for column in missing)}",
                basis=None if _IDENTIFIES.intersection(missing) else Basis.PRACTICE,
            )


RULE = Rule(
    code="OBL001",
    name="obligation-incomplete",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("6.1.3",),
    clauses_2026=("6.1.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
