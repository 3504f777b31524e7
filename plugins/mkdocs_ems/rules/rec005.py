"""Evidence is missing, or is not the file that was meant

## What it checks
What a record or a row gives as `evidence` can be had: a `file` lies below the content folder under just
that path, and where its `sha256` is written down it is that file. What is kept in a store outside git, as
`scans:2026/walk.pdf`, names a store that `ems.yml` declares under `evidence_stores`, and has its `sha256`,
since nothing else tells later whether the file is the same. Where the store is within reach (`--evidence
scans=FOLDER`, or EMS_EVIDENCE) the file is looked up and compared; where it is not, what lies there is *not
evaluated*. Of a file that Git LFS keeps elsewhere the sha256 that its pointer names is compared. A path
never leads out of its folder, and no link is followed.

## Why an auditor asks
The certificate is asked for, and the folder is empty or holds another one. Evidence that cannot be shown is
none.

## Fails
One file is not there, one is another than it was, one lies outside, and nobody knows of a store of that name.

`ems/records/inspections/CHK-001.yml`
```yaml
id: CHK-001
type: inspection
title: Walk of 4 May
date: 2026-05-04
by: [PER-BEN]
point: The yard
result: in-order
evidence:
  - file: records/inspections/walk-4-may.txt  # ← REC005
  - file: records/inspections/meter.txt
    sha256: 0000000000000000000000000000000000000000000000000000000000000001  # ← REC005
  - file: ../scans/walk.txt  # ← REC005
  - file: scans:2026/walk.pdf  # ← REC005
```

`ems/records/inspections/meter.txt`
```text
Reading of the meter: 7.2
```

## Passes
The file and the one in Git LFS are as they were. What is in the archive nobody can look at from here: that
is told.

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
retention: [{types: [all], storage: In git, disposition: Stays in the history}]
evidence_stores: [{name: archive, where: Cabinet in the office; Maya Holm has the key}]
approval:
  matrix:
    - {types: [policy, scope, procedure, work-instruction, plan, method, form, rules], roles: [ROL-MD]}
    - {types: [aspect, obligation, control, objective, person, role, process], roles: [ROL-MD]}
    - {types: [context-issue, interested-party, risk, action], roles: [ROL-MD]}
    - {types: [measurement, indicator, emergency-scenario], roles: [ROL-MD]}
```

`ems/records/inspections/CHK-001.yml`
```yaml
id: CHK-001
type: inspection
title: Walk of 4 May
date: 2026-05-04
by: [PER-BEN]
point: The yard
result: in-order
evidence:
  - file: records/inspections/meter.txt
    sha256: 54665bf0aeb1f54c5133c908a200fdc9e078ef0ecccf9cb43ac8bef17c590302
  - file: records/inspections/bund.txt
    sha256: 54665bf0aeb1f54c5133c908a200fdc9e078ef0ecccf9cb43ac8bef17c590302
  - file: archive:2026/walk.pdf
    sha256: 54665bf0aeb1f54c5133c908a200fdc9e078ef0ecccf9cb43ac8bef17c590302
  - what: The sheet itself, in the folder at the gate
```

`ems/records/inspections/meter.txt`
```text
Reading of the meter: 7.2
```

`ems/records/inspections/bund.txt`
```text
version https://git-lfs.github.com/spec/v1
oid sha256:54665bf0aeb1f54c5133c908a200fdc9e078ef0ecccf9cb43ac8bef17c590302
size 27
```

## How to fix
Put the file back where the record looks for it, or name where it is now. Where the file was changed on
purpose, the record it belongs to is another one: keep the old file, and add an amendment that names the new
one.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.git.values import EntryKind
from mkdocs_ems.model.given import evidence_of
from mkdocs_ems.model.records import Evidence
from mkdocs_ems.model.stores import in_store, leads_out, pointed_at
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each piece of evidence that cannot be had, or is another one."""
    for entry, route, piece in evidence_of(context.model.entries):
        fault = _fault(piece, context)
        if fault is not None:
            words, field, help_ = fault
            wrong = place(entry, *route, *([field] if field else []))
            yield Finding(f"{called(entry.entity)} {words}", wrong, id=entry.entity.id, help=help_)


_Fault = tuple[str, str, str]
"""What is wrong, at which field, and what to do."""


def _fault(piece: Evidence, context: AuditContext) -> _Fault | None:
    if piece.file is None:
        if piece.sha256 is not None:
            return "gives the sha256 of no file", "sha256", "add `file: …`"
        if piece.record is None and piece.what is None:
            return "gives evidence that says nothing", "", "name a `file`, a `record`, or say `what` it is"
        return None
    stored = in_store(piece.file)
    # One letter before a colon is a drive of one machine, and no store.
    if stored is not None and len(stored[0]) > 1:
        return _in_store(piece, *stored, context)
    return _outside(piece.file) if leads_out(piece.file) else _in_tree(piece, piece.file, context)


def _in_tree(piece: Evidence, file: str, context: AuditContext) -> _Fault | None:
    snapshot = context.compilation.snapshot
    path = f"{snapshot.content}/{file}" if snapshot.content else file
    entry = snapshot.entries.get(path)
    prefix = f"{snapshot.content}/"
    if entry is None and snapshot.content and file.startswith(prefix):
        inside = file.removeprefix(prefix)
        return f"gives {file} as evidence, from the wrong folder on", "file", f"write `file: {inside}`"
    if entry is None or entry.kind is not EntryKind.FILE:
        why = "is not there" if entry is None else "is a link, which is not followed"
        return _missing(file, why)
    if piece.sha256 is None:
        return None
    data = snapshot.files[path]
    found = pointed_at(data) or sha256(data).hexdigest()
    return _compared(piece, file, found)


def _in_store(piece: Evidence, name: str, path: str, context: AuditContext) -> _Fault | None:
    file = f"{name}:{path}"
    if path.startswith("//"):
        return f"gives the address {file} as a file", "file", "write it under `links`, or as `what: …`"
    if name not in {store.name for store in context.settings.evidence_stores}:
        return (
            f"names the store {name}, and ems.yml declares none of that name",
            "file",
            f"declare it: `evidence_stores: [{{name: {name}, where: …}}]`",
        )
    if leads_out(path):
        return _outside(file)
    if piece.sha256 is None:
        return (
            f"gives {file} without its sha256, by which alone it is known again",
            "file",
            "add `sha256: …`, as `sha256sum FILE` prints it",
        )
    store = context.compilation.stores.get(name)
    found = store.find(path) if store is not None else None
    if found is None:
        return None
    return _missing(file, found.why) if found.sha256 is None else _compared(piece, file, found.sha256)


def _outside(file: str) -> _Fault:
    words = f"gives {file} as evidence, and evidence lies below the content folder or in a store"
    return (
        words,
        "file",
        "write its path from the content folder on, without `..`, or a store and a path in it",
    )


def _missing(file: str, why: str) -> _Fault:
    return (
        f"gives {file} as evidence, and that file {why}",
        "file",
        f"put {file} back, or name where it is now",
    )


def _compared(piece: Evidence, file: str, found: str) -> _Fault | None:
    if piece.sha256 is None or piece.sha256.lower() == found:
        return None
    words = f"gives {file} as evidence, and that file is another one than it was (sha256 {found[:12]}…)"
    return words, "sha256", "put the file back as it was; a new one is added beside it, with an amendment"


def _unseen(context: AuditContext) -> str | None:
    """Stores that are declared, are asked for, and are not within reach."""
    counts: dict[str, int] = {}
    declared = {store.name for store in context.settings.evidence_stores} - context.compilation.stores.keys()
    for _, _, piece in evidence_of(context.model.entries) if declared else ():
        stored = in_store(piece.file) if piece.file is not None else None
        if stored is not None and stored[0] in declared:
            counts[stored[0]] = counts.get(stored[0], 0) + 1
    if not counts:
        return None
    told = ", ".join(f"{plural(count, 'file')} of the store {name}" for name, count in counts.items())
    return (
        f"{told} cannot be looked at from here: `--evidence {next(iter(counts))}=FOLDER` says where they are"
    )


RULE = Rule(
    code="REC005",
    name="evidence-missing-or-hash-mismatch",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    requires=("SCH001",),
    unseen=_unseen,
    check=check,
)
