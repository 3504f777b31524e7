"""A signature, a key, a review or a scan proves nothing

## What it checks
What is to prove an act proves it: a signature verifies and is the approver's own, its key is listed and was
valid at that moment, a record from a forge shows a review that counts, a scan is there with the checksum that
its record names, and every line of `allowed_signers` names one person and one key. What does not hold is
void, and never counts as something less. It is told until the act is done rightly, or the list is mended and
approved; a bad signature stays as information after that.

## Why an auditor asks
A key that fits everybody and a signature that nobody verified are worse than none: they look like proof.

## Fails
The signature beside the record does not verify.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC005
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 5 and 10 only.
```

`ems/records/approvals/PRO-001/2-approval-maya@small.example-1.yml` (record) ← DOC032

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
  texts:
    ems/records/approvals/PRO-001/2-approval-maya@small.example-1.yml.sig: |
      -----BEGIN SSH SIGNATURE-----
      U1NIU0lHAAAAAQ==
      -----END SSH SIGNATURE-----
```

A line of the list lets one key sign for everybody.

`ems/allowed_signers` (record) ← DOC032

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE]
  texts:
    ems/allowed_signers: |
      "*@small.example" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1jBvAc2zbNpYt+4TWuoSA4nOBDzWkOmErZSFyQcP3c
```

## Passes
A record without any signature is what it is: recorded.

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

One person, one key.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Discharge between 6 and 9 only.
```

`history`
```yaml
- date: 2026-01-05
  by: PER-BEN
  message: Adopt the manual
  files: [EXAMPLE, ems/procedures/rinse-water.md]
  texts:
    ems/allowed_signers: |
      maya@small.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1jBvAc2zbNpYt+4TWuoSA4nOBDzWkOmErZSFyQcP3c
```

## How to fix
Sign again with `ems approve --key`, list the key in `allowed_signers` and have that approved first, or let
the job of the forge write its record once more.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.control import FaultReason
from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.rules.values import AuditContext, Rule

_GRAVE = (FaultReason.BAD_SIGNATURE, FaultReason.KEY_NOT_LISTED, FaultReason.KEY_NOT_VALID)


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield what was to prove an act and does not, while the act is still missing."""
    for doubt in context.doubts("DOC032"):
        reason = doubt.fault.reason
        if doubt.settled and reason is not FaultReason.BAD_SIGNATURE:
            continue
        severity = None if reason in _GRAVE else Severity.WARNING
        yield Finding(
            doubt.told,
            doubt.at,
            id=doubt.subject,
            help=_HELP.get(reason, "do the act again with `ems approve`; the record stays as it is"),
            severity=Severity.INFO if doubt.settled else severity,
        )


_HELP = {
    FaultReason.KEY_NOT_LISTED: "list the key in allowed_signers, have that approved, and sign again",
    FaultReason.SIGNERS_LINE: "mend the line and have the list approved, as part of EMS-RULES",
    FaultReason.NOT_ATTESTED: "let the import job of the forge write it again, or approve with `ems approve`",
    FaultReason.SCAN_MISSING: "write a new record that brings its scan: `ems approve --paper SCAN`",
}


RULE = Rule(
    code="DOC032",
    name="proof-unusable",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
