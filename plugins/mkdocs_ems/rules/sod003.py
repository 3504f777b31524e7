"""Only an author says that somebody else approved

## What it checks
That a second person approved is known from that person, or from a third one. Told is a latest issue, or a
text approved for the interim, where each approval that counted is *declared* or on *paper* by the word of one
of its authors: he wrote the approver's name down, or filed the scan. It ends as soon as one of the approvers
acts himself, by a record, a merge or a signature of his own, or somebody who did not write the text files
the print.

## Why an auditor asks
Not literally asked for; but a second pair of eyes that only the author has seen is a name in a list, and an
auditor rings that person up.

## Fails
Ben wrote it, and wrote the record that names the director as well.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← SOD003
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
approval:
  matrix:
    - {types: [policy, scope, work-instruction, plan, method, rules], roles: [ROL-MD]}
    - {types: [procedure], roles: [ROL-MD], accepts: [declared, paper, recorded]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/ems.yml]}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: PER-BEN
  message: Maya has approved the limits
  records: [{of: ems/procedures/rinse-water.md, approver: maya@small.example}]
```

## Passes
The director landed the record herself.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE]}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: PER-MAYA
  message: Approve the limits
  records: [{of: ems/procedures/rinse-water.md}]
```

Eve, who did not write it, says that the director approved it.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
approval:
  matrix:
    - {types: [policy, scope, work-instruction, plan, method, rules], roles: [ROL-MD]}
    - {types: [procedure], roles: [ROL-MD], accepts: [declared, paper, recorded]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`history`
```yaml
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/ems.yml]}
- date: 2026-03-02
  by: PER-BEN
  committed_by: Forge <noreply@forge.example>
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
- date: 2026-03-04
  by: Eve Marsh <eve@small.example>
  message: Maya has approved the limits
  records: [{of: ems/procedures/rinse-water.md, approver: maya@small.example}]
```

## How to fix
Let the approver act himself: `ems approve ID` at a desk, or *Approve* in the forge. A signed print is filed
by somebody who did not write the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs_ems.control import Act, ControlState, DocumentControl, Person
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Related, Severity
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each approval of which only its authors tell."""
    for document, what, acts in _approvals(context.control):
        at = Anchor(document.path, ("id",))
        tellers = listed(dict.fromkeys(act.told_by.name for act in acts if act.told_by))
        approvers = listed(dict.fromkeys(act.person.name for act in acts))
        yield Finding(
            f"that {approvers} approved {what} of {document.id} ({document.title}) is known only from "
            f"{tellers}, who wrote it",
            at,
            id=document.id,
            help="let the approver act himself: `ems approve` at a desk, or Approve in the forge; let a "
            "signed print be filed by somebody who did not write the text",
            related=tuple(Related(act.sentence, at) for act in acts),
        )


def _approvals(control: ControlState) -> Iterator[tuple[DocumentControl, str, tuple[Act, ...]]]:
    for document in control.documents.values():
        issue, interim = document.issues[-1] if document.issues else None, document.interim
        if issue is not None and not document.withdrawn_from and _hearsay(issue.approvals, issue.authors):
            yield document, f"issue {issue.number}", issue.approvals
        if interim is not None and _hearsay((interim.act,), interim.authors):
            yield document, "the interim text", (interim.act,)


def _hearsay(acts: tuple[Act, ...], authors: Iterable[Person]) -> bool:
    """Whether there is no word but that of authors for any of the acts."""
    known = {one.key for one in authors}
    return bool(acts) and all(act.told_by is not None and act.told_by.key in known for act in acts)


RULE = Rule(
    code="SOD003",
    name="approval-by-authors-word",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
