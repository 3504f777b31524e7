"""Writes the file of a new rule and adds it to the catalogue: `dev.py new-rule ASP021 aspect-without-owner`.

The file is complete in form: it imports, it is listed by `ems rules`, and its examples
run. They fail until the check finds what they mark, which is where the work begins.
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

from mkdocs_ems import __version__
from mkdocs_ems.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
_WIDTH = 100
"""Of a line of the catalogue."""

ROOM = ROOT / "plugins" / "mkdocs_ems" / "rules"

TEMPLATE = '''"""{title}

## What it checks
Say in one or two sentences what is right. Name the fields in backticks.

## Why an auditor asks
Say what goes wrong in practice where this is missing, in one or two sentences of your own.

## Fails
Say what is at fault here; the mark names the line that the finding points at.

`ems/registers/aspects.yml`
```yaml
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001  # ← {code}
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{{text: Toxic to river life}}]
    criteria: {{likelihood: 1, severity: 1}}
```

## Passes
Say why this is fine.

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
    impacts: [{{text: Toxic to river life}}]
    criteria: {{likelihood: 1, severity: 1}}
    notes: The very thing that the other one lacks.
```

## How to fix
Say what to write and where. The first sentence is shown where a finding brings no help of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import AspectRow
from mkdocs_ems.rules.values import AuditContext, Rule, called, place


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each aspect that …"""
    for entry, aspect in context.each(AspectRow):
        if aspect.id is None:
            yield Finding(
                f"{{called(aspect)}} says plainly what is wrong",
                place(entry, "notes"),
                id=aspect.id,
                help="add `notes: …`",
            )


RULE = Rule(
    code="{code}",
    name="{name}",
    severity=Severity.WARNING,
    basis=Basis.PRACTICE,
    clauses_2015=(),
    clauses_2026=(),
    since="{version}",
    requires=("SCH001",),
    check=check,
)
'''


def fault(code: str, name: str) -> str | None:
    """What keeps a rule from getting this code and name, or None."""
    if not re.fullmatch(r"[A-Z]{3}\d{3}", code):
        return f"a code is three capitals and three digits, such as ASP021; this is {code!r}"
    if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", name):
        return f"a name says the fault in words with hyphens, such as aspect-without-owner; this is {name!r}"
    if code in RULES:
        return f"{code} is {RULES[code].name} already; codes are never used twice"
    taken = next((rule.code for rule in RULES.values() if rule.name == name), None)
    return f"{name} is the name of {taken} already" if taken else None


def rule_text(code: str, name: str) -> str:
    """The text of the rule's file."""
    title = name.replace("-", " ").capitalize()
    return TEMPLATE.format(code=code, name=name, title=title, version=__version__)


def with_rule(catalogue: str, code: str) -> str:
    """The catalogue's text with the rule added to its list, in order; each group has lines of its own."""
    found = re.search(r'^_ALL = """\n(.*?)\n"""', catalogue, re.MULTILINE | re.DOTALL)
    assert found is not None, "the catalogue has no list of rules"
    groups: dict[str, list[str]] = {}
    for one in sorted({*found[1].split(), code.lower()}):
        groups.setdefault(one[:3], []).append(one)
    lines = "\n".join(textwrap.fill(" ".join(group), _WIDTH) for group in groups.values())
    return f"{catalogue[: found.start(1)]}{lines}{catalogue[found.end(1) :]}"


def main() -> int:
    """Write the file and the catalogue; 0 done, 1 refused."""
    if len(sys.argv) != 3:
        print("usage: dev.py new-rule CODE NAME, such as ASP021 aspect-without-owner", file=sys.stderr)
        return 1
    code, name = sys.argv[1], sys.argv[2]
    refused = fault(code, name)
    if refused:
        print(f"new-rule: {refused}", file=sys.stderr)
        return 1
    file, catalogue = ROOM / f"{code.lower()}.py", ROOM / "catalogue.py"
    file.write_text(rule_text(code, name), encoding="utf-8")
    catalogue.write_text(with_rule(catalogue.read_text("utf-8"), code), encoding="utf-8")
    print(f"Wrote {file.relative_to(ROOT)} and added it to {catalogue.relative_to(ROOT)}.")
    print(f"Next: fill it in, and run its examples: .venv/bin/pytest -q tests/rules -k {code}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
