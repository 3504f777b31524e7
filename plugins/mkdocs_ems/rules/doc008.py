"""What replaced a document, or why it was withdrawn, cannot be followed

## What it checks
A document that says what replaces it (`superseded_by`) leads to something in use: not round in a circle,
and not to a document that was itself withdrawn and replaced by nothing. Of a document whose withdrawal is
approved it is known what took its place (`superseded_by`, or `supersedes` of the successor) or why it went:
by `withdrawal_reason`, by the `reason` of the approved withdrawal record, or by the message of the commit
that brought that record. A successor that does not exist is told by REF001.

## Why an auditor asks
A record of two years ago names a procedure that is gone. Somebody has to be able to say what has been done
in its place since then, and on whose reasoning.

## Fails
Each of two procedures says that the other has replaced it.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
owner: ROL-EHS
superseded_by: PRO-003
---

## Skips

Keep them closed.
```

`ems/procedures/skips.md`
```markdown
---
id: PRO-003
type: procedure
title: Skips
owner: ROL-EHS
superseded_by: PRO-002  # ← DOC008
---

## Skips

Keep them covered.
```

A form that is said to have been replaced by itself.

`ems/forms/walk.md`
```markdown
---
id: FRM-001
type: form
title: Weekly walk
owner: ROL-EHS
superseded_by: FRM-001  # ← DOC008
---

## Seen

Skips, bunds, drains.
```

## Passes
Two steps, and the last one is in use.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
owner: ROL-EHS
superseded_by: PRO-003
---

## Skips

Keep them closed.
```

`ems/procedures/skips.md`
```markdown
---
id: PRO-003
type: procedure
title: Skips
owner: ROL-EHS
superseded_by: PRO-001
---

## Skips

Keep them covered.
```

Replaced by something that does not exist: that is told by another rule.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste
owner: ROL-EHS
superseded_by: PRO-009  # ← REF001
---

## Skips

Keep them closed.
```

## How to fix
Name in `superseded_by` what is followed today. For a document that is gone, name it under `supersedes` of
what took its place; before withdrawing the next one, write its `withdrawal_reason`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mkdocs_ems.control import DocumentControl, DocumentState
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import Controlled
from mkdocs_ems.rules.obsolete import circle, in_circles, successors
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_NO_REASON = r"(?i)\b(?:approv\w*|delet\w*|documents?|issues?|remov\w*|the|withdraw\w*|\d+)\b"
_ENOUGH = 3
"""So many words that say more than that it was withdrawn are taken for a reason."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each circle, each successor that is withdrawn, and each withdrawal without an explanation."""
    withdrawn = _withdrawn(context)
    followed = successors(context)
    round_about = in_circles(followed)
    circles: set[str] = set()
    for entry, document in context.each(Controlled):
        after = document.superseded_by
        if document.id is None or after is None or document.id in circles:
            continue
        around = circle(document.id, followed) if document.id in round_about else ()
        circles.update(around)
        words = None
        if len(around) == 1:
            words = "is said to be replaced by itself"
        elif around:
            words = f"is replaced in a circle: {' by '.join((*around, document.id))}"
        elif after in withdrawn and after not in followed:
            words = f"is replaced by {after}, which is withdrawn and replaced by nothing"
        if words:
            yield Finding(
                f"{called(document)} {words}",
                place(entry, "superseded_by"),
                id=document.id,
                help="name in `superseded_by` what is followed today",
            )
    replaced = {old for _, one in context.each(Controlled) for old in one.supersedes}
    for identity in withdrawn.keys() - replaced:
        if not _explained(withdrawn[identity]):
            yield _unexplained(withdrawn[identity])


def _withdrawn(context: AuditContext) -> Mapping[str, DocumentControl]:
    """Documents whose withdrawal is approved and that do not say what replaces them."""
    control = context.compilation.control
    return {
        identity: document
        for identity, document in (control.documents.items() if control else ())
        if document.state is DocumentState.WITHDRAWN and not document.superseded_by
    }


def _explained(document: DocumentControl) -> bool:
    if document.withdrawal_reason:
        return True
    known = set(f"{document.id} {document.title}".casefold().split())
    reasons = (re.sub(_NO_REASON, " ", act.reason).casefold() for act in document.withdrawals)
    return any(len(set(re.findall(r"[^\W\d_]{2,}", one)) - known) >= _ENOUGH for one in reasons)


def _unexplained(document: DocumentControl) -> Finding:
    return Finding(
        f"{document.id} ({document.title}) was withdrawn on {document.withdrawn_from}: "
        "it is not said what replaced it, nor why it went",
        Anchor(document.path),
        id=document.id,
        help=f"name {document.id} under `supersedes` of what took its place; where nothing did, "
        "accept this finding with a waiver in ems.yml that gives the reason",
    )


RULE = Rule(
    code="DOC008",
    name="superseded-chain-broken",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
