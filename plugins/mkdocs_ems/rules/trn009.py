"""An internal audit was made by somebody who was not competent

## What it checks
Everybody in the team of an internal audit held, on the day of the audit, every competence in auditing that
the role of auditor needs: a role with `required_for: [auditor]`. A competence is one in auditing if it names
the clause (`clauses: ["9.2"]`); where a role's competences name none, and the role has no other duty, all of
them are. What such a role needs beside, such as knowing a permit, is not asked of other auditors; where
nobody can tell what is what, the rule is not evaluated. Who holds the role today and lacks something is told
by TRN002, and what the role needs by TRN001. Auditors from outside are named in words and are not judged.

## Why an auditor asks
Internal auditors have to be selected so that the audit can be trusted. The certification body looks at
their certificates before it looks at their findings.

## Fails
The director audited, who was never trained for it.

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Duties under the consent
    required_by_roles: [ROL-EHS]
    legal_basis: [OBL-001]
  - id: CMP-002
    title: Internal auditing
    required_by_roles: [ROL-AUD]
```

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA
    title: Maya Holm
    git_identities: [maya@small.example]
    roles: [{role: ROL-MD}]
  - id: PER-BEN
    title: Ben Okoro
    git_identities: [ben@small.example]
    roles: [{role: ROL-EHS}]
  - id: PER-ANA
    title: Ana Lind
    employer: own
    roles: [{role: ROL-AUD}]
```

`ems/registers/roles.yml`
```yaml
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
    top_management: true
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
  - id: ROL-AUD
    title: Internal auditor
    required_for: [auditor]
```

`ems/records/training/2026.yml`
```yaml
type: training
title: Training of the EHS manager
rows:
  - id: TRN-001
    title: Duties under the consent
    kind: course
    date: 2026-02-10
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
    effectiveness: {method: interview, result: effective, date: 2026-04-01, by: ROL-MD}
  - id: TRN-002
    title: Auditing a management system
    kind: course
    date: 2026-03-16
    by: [ROL-MD]
    people: [PER-ANA]
    competences: [CMP-002]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
    effectiveness: {method: observation, result: effective, date: 2026-04-20, by: ROL-MD}
```

`ems/records/audits/2026.yml`
```yaml
id: AUD-001
type: audit
title: Audit of the line
date: 2026-04-13
by: [PER-ANA]
kind: internal
objectives: [Find out whether the line is run as written]
scope: The plating line
criteria: [PRO-001]
audited_clauses: ["8.1"]
processes: [PRC-001]
method: on-site
team: {lead: PER-MAYA}  # ← TRN009
auditees: [PER-BEN]
no_findings_reason: Twelve checks and three people were sampled.
summary: Everything was as written.
conclusion: The line conforms.
reported_on: 2026-04-20
reported_to: [ROL-MD]
evidence: [{what: Notes in the audit file}]
```

The auditor was trained after her first audit.

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Duties under the consent
    required_by_roles: [ROL-EHS]
    legal_basis: [OBL-001]
  - id: CMP-002
    title: Internal auditing
    required_by_roles: [ROL-AUD]
```

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA
    title: Maya Holm
    git_identities: [maya@small.example]
    roles: [{role: ROL-MD}]
  - id: PER-BEN
    title: Ben Okoro
    git_identities: [ben@small.example]
    roles: [{role: ROL-EHS}]
  - id: PER-ANA
    title: Ana Lind
    employer: own
    roles: [{role: ROL-AUD}]
```

`ems/registers/roles.yml`
```yaml
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
    top_management: true
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
  - id: ROL-AUD
    title: Internal auditor
    required_for: [auditor]
```

`ems/records/training/2026.yml`
```yaml
type: training
title: Training of the EHS manager
rows:
  - id: TRN-001
    title: Duties under the consent
    kind: course
    date: 2026-02-10
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
    effectiveness: {method: interview, result: effective, date: 2026-04-01, by: ROL-MD}
  - id: TRN-002
    title: Auditing a management system
    kind: course
    date: 2026-03-16
    by: [ROL-MD]
    people: [PER-ANA]
    competences: [CMP-002]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
    effectiveness: {method: observation, result: effective, date: 2026-04-20, by: ROL-MD}
```

`ems/records/audits/2026.yml`
```yaml
id: AUD-001
type: audit
title: Audit of the line
date: 2026-03-09
by: [PER-ANA]
kind: internal
objectives: [Find out whether the line is run as written]
scope: The plating line
criteria: [PRO-001]
audited_clauses: ["8.1"]
processes: [PRC-001]
method: on-site
team: {lead: PER-ANA}  # ← TRN009
auditees: [PER-BEN]
no_findings_reason: Twelve checks and three people were sampled.
summary: Everything was as written.
conclusion: The line conforms.
reported_on: 2026-03-20
reported_to: [ROL-MD]
evidence: [{what: Notes in the audit file}]
```

## Passes
She was trained first.

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Duties under the consent
    required_by_roles: [ROL-EHS]
    legal_basis: [OBL-001]
  - id: CMP-002
    title: Internal auditing
    required_by_roles: [ROL-AUD]
```

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA
    title: Maya Holm
    git_identities: [maya@small.example]
    roles: [{role: ROL-MD}]
  - id: PER-BEN
    title: Ben Okoro
    git_identities: [ben@small.example]
    roles: [{role: ROL-EHS}]
  - id: PER-ANA
    title: Ana Lind
    employer: own
    roles: [{role: ROL-AUD}]
```

`ems/registers/roles.yml`
```yaml
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
    top_management: true
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
  - id: ROL-AUD
    title: Internal auditor
    required_for: [auditor]
```

`ems/records/training/2026.yml`
```yaml
type: training
title: Training of the EHS manager
rows:
  - id: TRN-001
    title: Duties under the consent
    kind: course
    date: 2026-02-10
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
    effectiveness: {method: interview, result: effective, date: 2026-04-01, by: ROL-MD}
  - id: TRN-002
    title: Auditing a management system
    kind: course
    date: 2026-03-16
    by: [ROL-MD]
    people: [PER-ANA]
    competences: [CMP-002]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
    effectiveness: {method: observation, result: effective, date: 2026-04-20, by: ROL-MD}
```

`ems/records/audits/2026.yml`
```yaml
id: AUD-001
type: audit
title: Audit of the line
date: 2026-04-13
by: [PER-ANA]
kind: internal
objectives: [Find out whether the line is run as written]
scope: The plating line
criteria: [PRO-001]
audited_clauses: ["8.1"]
processes: [PRC-001]
method: on-site
team: {lead: PER-ANA}
auditees: [PER-BEN]
no_findings_reason: Twelve checks and three people were sampled.
summary: Everything was as written.
conclusion: The line conforms.
reported_on: 2026-04-20
reported_to: [ROL-MD]
evidence: [{what: Notes in the audit file}]
```

The role keeps the consent too; that is not asked of who only audits.

`ems/registers/competences.yml`
```yaml
id: REG-COMPETENCES
type: competence
title: Competences
owner: ROL-EHS
rows:
  - id: CMP-001
    title: Duties under the consent
    required_by_roles: [ROL-EHS, ROL-AUD]
    legal_basis: [OBL-001]
  - id: CMP-002
    title: Internal auditing
    clauses: ["9.2"]
    required_by_roles: [ROL-AUD]
```

`ems/registers/people.yml`
```yaml
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - id: PER-MAYA
    title: Maya Holm
    git_identities: [maya@small.example]
    roles: [{role: ROL-MD}]
  - id: PER-BEN
    title: Ben Okoro
    git_identities: [ben@small.example]
    roles: [{role: ROL-EHS}, {role: ROL-AUD}]
  - id: PER-ANA
    title: Ana Lind
    employer: own
    roles: [{role: ROL-MD}]
```

`ems/registers/roles.yml`
```yaml
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - id: ROL-MD
    title: Managing director
    top_management: true
  - id: ROL-EHS
    title: EHS manager
    required_for: [ems-conformity, performance-reporting]
  - id: ROL-AUD
    title: Internal auditor
    required_for: [auditor, compliance]
```

`ems/records/training/2026.yml`
```yaml
type: training
title: Training of the EHS manager
rows:
  - id: TRN-001
    title: Duties under the consent
    kind: course
    date: 2026-02-10
    by: [ROL-MD]
    people: [PER-BEN]
    competences: [CMP-001]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
    effectiveness: {method: interview, result: effective, date: 2026-04-01, by: ROL-MD}
  - id: TRN-002
    title: Auditing a management system
    kind: course
    date: 2026-03-16
    by: [ROL-MD]
    people: [PER-ANA, PER-BEN]
    competences: [CMP-002]
    result: passed
    evidence: [{what: Certificate in the personnel file}]
    effectiveness: {method: observation, result: effective, date: 2026-04-20, by: ROL-MD}
```

`ems/records/audits/2026.yml`
```yaml
id: AUD-001
type: audit
title: Audit of the line
date: 2026-04-13
by: [PER-ANA]
kind: internal
objectives: [Find out whether the line is run as written]
scope: The plating line
criteria: [PRO-001]
audited_clauses: ["8.1"]
processes: [PRC-001]
method: on-site
team: {lead: PER-ANA}
auditees: [PER-BEN]
no_findings_reason: Twelve checks and three people were sampled.
summary: Everything was as written.
conclusion: The line conforms.
reported_on: 2026-04-20
reported_to: [ROL-MD]
evidence: [{what: Notes in the audit file}]
```

## How to fix
Let somebody else audit who is competent, or train the auditor first. Where the competence was there and the
record is missing, keep it, with the day on which it was proved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AuditRecord, CompetenceRow, PersonRow, RoleRow, TrainingRecord
from mkdocs_ems.model.clauses import find_clause
from mkdocs_ems.model.competence import CompetenceState
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule, called, place

_INTERNAL_AUDIT = "9.2."


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each internal audit with somebody in its team who lacked what an auditor needs."""
    needed = _in_auditing(context)
    if not needed or not any(context.each(TrainingRecord)):
        return
    for entry, audit in context.each(AuditRecord):
        day = audit.period_start or audit.date
        if audit.kind != "internal" or audit.team is None or day is None or day > context.as_of:
            continue
        lacking = [
            called(node.entity)
            for one in dict.fromkeys(audit.team.own)
            for node in (context.graph.nodes.get(one),)
            if node is not None and isinstance(node.entity, PersonRow)
            if any(not context.competence.held_on(one, what, day) for what in needed)
            if not _told(context, one, needed)
        ]
        if lacking:
            yield Finding(
                f"{called(audit)} was made by {listed(lacking)}, of whom no record shows on {day} that they "
                "were competent to audit",
                place(entry, "team"),
                id=audit.id,
                help="train auditors before they audit, and keep the record of it",
            )


def _in_auditing(context: AuditContext) -> frozenset[str]:
    """The competences that whoever audits has to hold."""
    named = _naming_the_clause(context)
    found: set[str] = set()
    for role, needs in _auditors(context):
        marked = named.intersection(needs)
        found.update(marked or (needs if len(role.required_for) == 1 else ()))
    return frozenset(found)


def _auditors(context: AuditContext) -> Iterator[tuple[RoleRow, tuple[str, ...]]]:
    """The roles that audit, each with all the competences that it needs."""
    for _, role in context.each(RoleRow):
        needs = context.competence.required.get(role.id or "", ())
        if "auditor" in role.required_for and needs:
            yield role, needs


def _naming_the_clause(context: AuditContext) -> frozenset[str]:
    """The competences that say they are about internal audits, which all these standards number alike."""
    edition = context.settings.edition
    return frozenset(
        row.id
        for _, row in context.each(CompetenceRow)
        for clause in (find_clause(one, edition) for one in row.clauses)
        if row.id is not None and clause is not None and f"{clause.number}.".startswith(_INTERNAL_AUDIT)
    )


def _unjudged(context: AuditContext) -> str | None:
    """A role that audits among other things does not say which of its competences are for auditing."""
    roles = [role for role, _ in _auditors(context)]
    if (
        not roles
        or _in_auditing(context)
        or not any(one.kind == "internal" for _, one in context.each(AuditRecord))
    ):
        return None
    return (
        f"{called(roles[0])} has other duties beside auditing, and none of its competences names clause 9.2: "
        "nobody can tell which of them an auditor needs"
    )


def _told(context: AuditContext, person: str, needed: Collection[str]) -> bool:
    """Whether it is told already that the person lacks it today, in the role."""
    cells = (context.competence.holding(person, one) for one in needed)
    return any(one.roles and one.state is not CompetenceState.HELD for one in cells)


RULE = Rule(
    code="TRN009",
    name="auditor-not-competent",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("7.2", "9.2"),
    clauses_2026=("7.2", "9.2"),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_registers=True,
    unjudged=_unjudged,
    check=check,
)
