"""Nothing answers a clause

## What it checks
Each clause of your edition that has no parts is answered: by a document, register or record whose kind
answers it by nature (a register of aspects answers the clause on aspects), or by one that names it, or the
clause above, under `clauses`. What has to be there in writing is judged by DOC012; here are the other
clauses. All that are open are told in one finding.

## Why an auditor asks
The auditor goes from clause to clause and asks what there is. A hole in that list is found on the first
morning.

## Fails
In this small system nothing says how people communicate inside, nor who has which means.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}
standards: [{standard: iso14001, edition: "2026"}]  # ← CLS001
significance:
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
risk_method: {threshold: 12}
```

## Passes
A manual names every main clause, and says how each is met.

`ems/manual.md`
```markdown
---
id: MAN-001
type: manual
title: Manual
owner: ROL-EHS
clauses: ["4", "5", "6", "7", "8", "9", "10"]
---

## All of it

How each part of the system works here.
```

## How to fix
Name the clause in the document or register that answers it: `clauses: ["7.1"]`; where there is none, write
down what you do.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.model import Entity, asked
from mkdocs_ems.model.clauses import clauses, counterparts, find_clause, named_with
from mkdocs_ems.rules.documented import Having
from mkdocs_ems.rules.values import AuditContext, Rule

_NAMED = 6
_ALWAYS = (asked.RULES, asked.REGISTER_OF_DOCUMENTS)
"""What there is wherever there is anything: the settings, and the register of documents."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield one finding that names every clause that nothing answers."""
    edition = context.settings.edition
    if not context.model.settings_readable:
        return
    named, having = _named(context), Having(context)
    open_ = [
        number
        for number, topics in asked.asked(edition).items()
        if not any(topic.documented for topic in topics)
        and not named_with(number, named)
        and not any(_is_there(kind, number, having) for topic in topics for kind in topic.kinds)
    ]
    if open_:
        titles = [f"{number} {clauses(edition)[number].title}" for number in open_[:_NAMED]]
        more = f" and {len(open_) - _NAMED} more" if len(open_) > _NAMED else ""
        own = next((at for at, one in enumerate(context.settings.standards) if one.standard == "iso14001"), 0)
        yield Finding(
            f"no document, register or record answers {', '.join(titles)}{more}",
            Anchor(context.model.settings_path, ("standards", own)),
            help='name the clause in what answers it: `clauses: ["…"]`; clause coverage shows all',
        )


def _named(context: AuditContext) -> set[str]:
    """Every clause of the organisation's edition that something in use names."""
    edition, found = context.settings.edition, set[str]()
    for _, entity in context.each(Entity):
        if not entity.clauses or getattr(entity, "status", None) in ("withdrawn", "cancelled"):
            continue
        for ref in entity.clauses:
            clause = find_clause(ref, edition)
            if clause is not None:
                places = (clause,) if clause.edition == edition else counterparts(clause)
                found.update(one.number for one in places)
    return found


def _is_there(kind: str, number: str, having: Having) -> bool:
    return kind in _ALWAYS or any(True for _ in having.by_word(kind, number))


RULE = Rule(
    code="CLS001",
    name="clause-without-evidence",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=("4.4",),
    clauses_2026=("4.4",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_files=True,
    check=check,
)
