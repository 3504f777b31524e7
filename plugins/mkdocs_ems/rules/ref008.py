"""What a document refers to has changed since the document was last looked at

## What it checks
A reference leads to something that says the same today as when the document that refers was last approved,
confirmed or reviewed. Of each document with such references one finding is made, for what has not happened is
one look at it; a register is looked at as a whole, with all its rows. All of it is taken from the history, so
nothing is kept by hand.

*Says the same* is asked of what others rely on. In a row that is every field but those in which work is noted
(a status, a result, the day of a drill or a check), those that say how it is kept (its owner, its clauses,
notes), and the ids of other things, each of which is looked at from its own end. In a document it is the text
with its pictures. A change that was approved as editorial makes nothing suspect, nor does one that was taken
back, a draft, or an interim approval.

Where a text merely mentions another document as a whole, whoever follows that reads what is in force; that is
told as a note, once for all such documents together. Nothing is told of a document that waits for approval or
whose review is due, which have their findings and will be looked at for those; of what is withdrawn or
replaced; of translations and posted copies, which have rules of their own; nor of references to roles,
people, processes, actions and nonconformities.

## Why an auditor asks
The limit was changed in the register of controls, and the procedure still names the old one. Nobody was told
to look, and nobody looked.

## Fails
The check of the pH got other limits in March. The procedure speaks of it, and was last looked at in January.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 6 and 9 only ([[OPC-001]]).  <!-- ← REF008 -->
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
    obligations: [OBL-001]
    hierarchy: administrative
    operating_criteria: [{parameter: pH, min: 6.5, max: 8.5}]
    procedure: PRO-001
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-01-06
  by: PER-BEN
  message: Name the control
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
- date: 2026-03-02
  by: PER-BEN
  message: Narrower limits
  files: [ems/registers/controls.yml]
  merged_by: PER-MAYA
```

The other way round: the control is done by the procedure, which was changed after it.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH twice. Discharge between 6 and 9 only.
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
    obligations: [OBL-001]
    hierarchy: administrative
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    procedure: PRO-001  # ← REF008
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/registers/controls.yml]}
- date: 2026-03-02
  by: PER-BEN
  message: Read it twice
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
```

## Passes
The register was confirmed after the procedure had changed.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH twice. Discharge between 6 and 9 only.
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
    obligations: [OBL-001]
    hierarchy: administrative
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    procedure: PRO-001
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/registers/controls.yml]}
- date: 2026-03-02
  by: PER-BEN
  message: Read it twice
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
- date: 2026-03-04
  by: PER-MAYA
  message: The controls still hold
  records: [{of: ems/registers/controls.yml, issue: 1, meaning: confirmation}]
```

Of the control only its owner was changed: whoever relies on it finds what there was.

`ems/registers/controls.yml`
```yaml
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
    owner: ROL-EHS
    obligations: [OBL-001]
    hierarchy: administrative
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    procedure: PRO-001
    policy_commitments: ["#we-protect-the-river", "#we-get-better-every-year"]
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  message: Say who answers for it
  files: [ems/registers/controls.yml]
  merged_by: PER-MAYA
```

## How to fix
Read what the references lead to. Where the document still holds, record a confirmation of it with
`ems approve ID --meaning confirmation`; where not, change it and have it approved. Either clears all its
references. A living register whose rows were rewritten since its last approval takes `--meaning approval`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mkdocs_ems.control import DocumentControl
from mkdocs_ems.diagnostics import Basis, Finding, Related, Severity
from mkdocs_ems.rules.values import AuditContext, Rule, reference

if TYPE_CHECKING:
    from mkdocs_ems.changes.suspects import Suspect

_NAMED = 3
"""So many of the things that have changed stand in the message itself."""
_PLACES = 20
"""So many places are told beside the first."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document that relies on what has changed, then those that merely mention such, together."""
    in_passing: list[Sequence[Suspect]] = []
    for identity, found in context.suspects.by_document.items():
        document = context.control.documents[identity]
        if _will_be_looked_at(document, context):
            continue
        relied = tuple(one for one in found if not one.in_passing)
        if relied:
            yield _finding(document, relied, context)
        else:
            in_passing.append(found)
    if len(in_passing) == 1:
        document = context.control.documents[in_passing[0][0].document]
        yield _finding(document, in_passing[0], context, severity=Severity.INFO)
    elif in_passing:
        yield _mentions(in_passing)


def _will_be_looked_at(document: DocumentControl, context: AuditContext) -> bool:
    """Whether it waits for approval, or its review is due: other rules tell that, and either is a look."""
    waits = document.pending is not None and document.control == "issue"
    due, soon = document.review_due, context.settings.intervals.review_warning_days
    return waits or (due is not None and (due - context.as_of).days <= soon)


def _finding(
    document: DocumentControl,
    found: Sequence[Suspect],
    context: AuditContext,
    *,
    severity: Severity | None = None,
) -> Finding:
    look, targets = found[0].look, {one.edge.target: one for one in found}
    if len(found) == 1:
        edge = found[0].edge
        message = (
            f"{reference(edge.source, edge.field, edge.target)} ({context.graph.nodes[edge.target].title}), "
            f"which has changed since {document.id} was last {look.words}: {_change(found[0])}"
        )
    else:
        told = [f"{target} ({_change(one)})" for target, one in list(targets.items())[:_NAMED]]
        message = (
            f"{document.id} was last {look.words}, and {len(found)} of its references lead to what has "
            f"changed since: {_listed(told, len(targets))}"
        )
    outgrown = document.control == "periodic" and not _approved_as_it_stands(document)
    meaning = "approval" if outgrown else "confirmation"
    return Finding(
        message,
        found[0].edge.at,
        id=document.id,
        severity=severity,
        help=f"read {_listed(list(targets)[:_NAMED], len(targets))}: where {document.id} still holds, record "
        f"`ems approve {document.id} --meaning {meaning}`; where not, change it and have it approved",
        related=_places(found[1:]),
    )


def _mentions(found: Sequence[Sequence[Suspect]]) -> Finding:
    """All texts that merely mention documents which have changed, in one finding."""
    told = [
        f"{ones[0].document} mentions {_listed([one.edge.target for one in ones][:2], len(ones))}"
        for ones in found[:_NAMED]
    ]
    return Finding(
        f"{len(found)} texts mention documents that have changed since those texts were last looked at: "
        f"{_listed(told, len(found), between='; ')}",
        found[0][0].edge.at,
        severity=Severity.INFO,
        help="look whether they still hold when they are next reviewed; the page *Links to look at again* of "
        "the manual lists them all, and a confirmation of a text clears its mentions",
        related=_places([ones[0] for ones in found[1:]]),
    )


def _change(one: Suspect) -> str:
    """What is known of a change: `issue 4 of REG-OPC, in force since 2026-10-06, differs in …`.

    Where several issues came since the look, the day of the newest is not that of the change; that of the
    look stands before.
    """
    of = "" if one.holder == one.edge.target else f" of {one.holder}"
    what = " and ".join(f"`{key}`" for key in one.what) or "its text"
    if one.now and not one.of_one_issue:
        who, other = f"issue {one.now}{of}", f"issue {one.then}" if one.then else "what there was"
        return f"{who} has it, {other} had not" if one.came else f"{who} differs from {other} in {what}"
    who = f"issue {one.now}{of}, in force since {one.since}," if one.now else one.holder
    return f"{who} brought it" if one.came else f"{who} differs in {what}"


def _listed(names: Sequence[str], of: int, *, between: str = ", ") -> str:
    more = of - len(names)
    return between.join(names) + (f" and {more} more" if more > 0 else "")


def _places(found: Sequence[Suspect]) -> tuple[Related, ...]:
    return tuple(
        Related(reference(one.edge.source, one.edge.field, one.edge.target), one.edge.at)
        for one in found[:_PLACES]
    )


def _approved_as_it_stands(document: DocumentControl) -> bool:
    last = document.issues[-1].content if document.issues else None
    return last is not None and document.landed is not None and last.key == document.landed.key


def unjudged(context: AuditContext) -> str | None:
    """Why references cannot be judged: nothing can read earlier contents, or there are too many of them."""
    if context.compilation.blobs is None:
        return "what was written earlier cannot be read here"
    left = context.suspects.not_judged
    if not left:
        return None
    return (
        f"too much was written earlier of what {_listed(left[:_NAMED], len(left))} "
        f"{'refers' if len(left) == 1 else 'refer'} to: more than 64 MB would have to be read"
    )


RULE = Rule(
    code="REF008",
    name="suspect-link",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("6.3", "7.5.3"),
    since="0.1.0",
    requires=("SCH001",),
    needs_history=True,
    unjudged=unjudged,
    check=check,
)
