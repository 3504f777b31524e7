"""Nothing shows that a provider was told what is required

## What it checks
Every external provider in use that bears on the environment (it names `aspects` or `licences`, or works on
site) was sent your requirements at least once: `requirements_sent`, each with its `date` and the `document`
or the words that were sent. Where you can only influence, nothing is asked. Where no provider was sent
anything, the register is told once.

## Why an auditor asks
A requirement that the provider never heard of controls nothing. The auditor asks for the letter, the contract
or the order in which it stands.

## Fails
Nothing was sent to the first; of what was sent to the second nobody knows when.

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-MD
rows:
  - id: SUP-001  # ← SUP002
    title: Waste carrier
    licences: [{kind: Waste carrier, number: CBDU12345}]
    control_type: [permit-check]
  - id: SUP-002
    title: Maintenance contractor
    on_site: true
    control_type: [site-induction]
    requirements_sent:
      - {text: Rules for contractors}  # ← SUP002
  - id: SUP-003
    title: Laboratory
    aspects: [ASP-001]
    control_type: [specification]
    requirements_sent: [{date: 2026-02-01, text: Order}]
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
```

Nobody was sent anything.

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS  # ← SUP002
type: provider
title: External providers
owner: ROL-MD
rows:
  - {id: SUP-001, title: Waste carrier, licences: [{kind: Waste carrier}], control_type: [permit-check]}
  - {id: SUP-002, title: Contractor, on_site: true, control_type: [site-induction]}
```

## Passes
Sent with its date; only influenced; suspended; and one that bears on nothing.

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-MD
rows:
  - id: SUP-001
    title: Waste carrier
    licences: [{kind: Waste carrier, number: CBDU12345}]
    control_type: [permit-check]
    requirements_sent: [{date: 2026-02-01, document: PRO-001, issue: 1}]
  - {id: SUP-002, title: Nickel mine, aspects: [ASP-001], control_type: [influence-only]}
  - {id: SUP-003, title: Old haulier, status: suspended, licences: [{kind: Waste carrier}]}
  - {id: SUP-004, title: Stationer, what: Paper}
```

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic to river life}]
    criteria: {likelihood: 1, severity: 1}
```

## How to fix
Send what you require and write `requirements_sent: [{date: …, document: …}]`, or in `text` where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Entry, ProviderRow
from mkdocs_ems.rules.providers import in_use, matters
from mkdocs_ems.rules.registers import each_or_register
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each provider that matters and was sent no requirements, or nobody knows when or which."""
    asked = [one for one in in_use(context) if matters(one[1]) and one[1].control_type != ("influence-only",)]
    never = [_never(entry, provider) for entry, provider in asked if not provider.requirements_sent]
    yield from each_or_register(
        context,
        never,
        kind="provider",
        asked=len(asked),
        message=f"nothing shows what any of the {plural(len(asked), 'external provider')} was told to meet",
    )
    for entry, provider in asked:
        for index, sent in enumerate(provider.requirements_sent):
            if sent.date is None or not (sent.document or sent.text):
                missing = "when" if sent.date is None else "what"
                yield Finding(
                    f"{called(provider)} was sent requirements, and nothing says {missing}",
                    place(entry, "requirements_sent", index),
                    id=provider.id,
                    help="add `date: …` and the `document: …`, or in `text` where they stand",
                )


def _never(entry: Entry, provider: ProviderRow) -> Finding:
    return Finding(
        f"nothing shows that {called(provider)} was told what is required",
        place(entry),
        id=provider.id,
        help="send what you require and write `requirements_sent: [{date: …, document: …}]`, or in `text` "
        "where it stands; where you can only ask, `control_type: [influence-only]`",
    )


RULE = Rule(
    code="SUP002",
    name="requirements-not-communicated",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("8.1",),
    clauses_2026=("8.1",),
    since="0.1.0",
    requires=("SCH001",),
    check=check,
)
