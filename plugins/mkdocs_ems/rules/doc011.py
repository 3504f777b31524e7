"""An external document is not under control

## What it checks
A document of external origin (`type: external-document`) says who issues it and where it is had from
(`source`), which edition is used (`edition`), and when somebody last made sure that this is the current one
(`checked_on`). One that has been replaced (`superseded_by`) is not asked any more.

## Why an auditor asks
A data sheet three editions old, found at the tank, is worse than none. The standard asks that documents from
outside are identified and controlled, as your own are.

## Fails
The permit is there, and nobody says which edition it is or whether it is still the right one.

`ems/external/consent.md`
```markdown
---
id: EXT-001  # ← DOC011
type: external-document
title: Trade effluent consent
owner: ROL-EHS
obligations: [OBL-001]
source: Sewerage company, trade effluent office
---

## Where it is

In the office.
```

Nothing but a title.

`ems/external/consent.md`
```markdown
---
id: EXT-001  # ← DOC011
type: external-document
title: Trade effluent consent
owner: ROL-EHS
obligations: [OBL-001]
---

## Where it is

In the office.
```

## Passes
All three are there.

`ems/external/consent.md`
```markdown
---
id: EXT-001
type: external-document
title: Trade effluent consent
owner: ROL-EHS
obligations: [OBL-001]
source: Sewerage company, trade effluent office
edition: Consent 14/2019 of 3 May 2019
checked_on: 2026-02-10
---

## Where it is

In the office.
```

The consent before it is kept for the record.

`ems/external/consent-2009.md`
```markdown
---
id: EXT-001
type: external-document
title: Trade effluent consent of 2009
owner: ROL-EHS
superseded_by: EXT-002
links: [OBL-001]
---

## Where it is

In the archive.
```

`ems/external/consent.md`
```markdown
---
id: EXT-002
type: external-document
title: Trade effluent consent
owner: ROL-EHS
supersedes: [EXT-001]
obligations: [OBL-001]
source: Sewerage company, trade effluent office
edition: Consent 14/2019 of 3 May 2019
checked_on: 2026-02-10
---

## Where it is

In the office.
```

## How to fix
Write `source`, `edition` and `checked_on` into the document's head.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import ExternalDocument
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_ASKED = {
    "source": "who issues it and where it is had from (`source`)",
    "edition": "which edition is used (`edition`)",
    "checked_on": "when it was last found to be current (`checked_on`)",
}


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each external document that does not say where it comes from or whether it is current."""
    for entry, document in context.each(ExternalDocument):
        if document.superseded_by is not None:
            continue
        missing = [
            field for field in _ASKED if getattr(document, field) is None and (field,) not in entry.dropped
        ]
        if missing:
            yield Finding(
                f"{called(document)} does not say {listed(_ASKED[one] for one in missing)}",
                place(entry),
                id=document.id,
                help=f"add {listed(f'`{one}: …`' for one in missing)} to its head",
            )


RULE = Rule(
    code="DOC011",
    name="external-document-uncontrolled",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    check=check,
)
