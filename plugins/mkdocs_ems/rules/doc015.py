"""Text of a template was never filled in

## What it checks
No document and no register carries remnants of a template or of a draft: `TBD`, `TODO`, `xxx`, lorem
ipsum, `[Company]`, `<insert …>`. Code in backticks and comments are left alone.

## Why an auditor asks
A placeholder in an approved document shows that nobody read it before approving. Auditors look for them.

## Fails
A name and an interval that nobody filled in; a responsibility that is still open.

`ems/procedures/waste.md`
```markdown
---
id: PRO-002
type: procedure
title: Waste at [Company]  # ← DOC015
---

## Skips

The skips of [Company Name] are emptied <insert interval>. <!-- ← DOC015 -->
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
    operating_criteria: [{parameter: pH, min: 6, max: 9}]
    maintenance: TBD  # ← DOC015
```

## Passes
Words that only look like it, code, and a link.

`ems/procedures/waste.md`
````markdown
---
id: PRO-002
type: procedure
title: Waste
---

## Skips

Todos los contenedores, size XXL. Write `TBD` nowhere. See [Company](https://example.org).

```text
TODO
```
````

## How to fix
Write what belongs there, or take the sentence out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Route, Severity, Span
from mkdocs_ems.model.wording import short
from mkdocs_ems.rules.values import AuditContext, Rule
from mkdocs_ems.source import Data, Source

_REMNANT = (
    r"\b(?:TBD|tbd|TODO|xxx+|XXX+)\b"
    r"|(?i:\blorem\s{1,5}ipsum\b)"
    r"|(?i:\[(?:company|organi[sz]ation|your [a-z ]{1,40}|site|name|date|insert [^\]\n]{1,60})(?: name)?\])"
    r"(?![(\[:])"
    r"|(?i:<(?:insert|your|company)\b[^<>\n]{0,60}>)"
)
_CODE = r"`[^`]*`"
_NEEDLES = (b"tbd", b"todo", b"xxx", b"lorem")
_IN_BRACKETS = (b"company", b"organi", b"your ", b"site", b"name", b"date", b"insert")
"""With the needles, all that a remnant can begin with, in small letters."""


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each field and each line of prose with a remnant."""
    for path, source in context.sources.files.items():
        # Nearly every file is clean: seen fastest in its bytes.
        raw = context.sources.raw[path].lower()
        if any(needle in raw for needle in _NEEDLES) or _opens(raw, b"[") or _opens(raw, b"<"):
            identity = source.data.get("id")
            yield from _in_fields(source.data, (), path, identity if isinstance(identity, str) else None)
            yield from _in_prose(source, identity if isinstance(identity, str) else None)


def _opens(raw: bytes, bracket: bytes) -> bool:
    """Whether a bracket opens a remnant anywhere; they are few, so each is looked at by itself."""
    at = raw.find(bracket)
    while at >= 0:
        if raw.startswith(_IN_BRACKETS, at + 1):
            return True
        at = raw.find(bracket, at + 1)
    return False


def _in_fields(data: Data | object, route: Route, path: str, identity: str | None) -> Iterator[Finding]:
    if isinstance(data, str):
        if match := re.search(_REMNANT, data):
            yield _finding(match[0], Anchor(path, route), identity)
    elif isinstance(data, list):
        for position, value in enumerate(data):
            own = value.get("id") if isinstance(value, dict) else None
            yield from _in_fields(value, (*route, position), path, own if isinstance(own, str) else identity)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _in_fields(value, (*route, key), path, identity)


def _in_prose(source: Source, identity: str | None) -> Iterator[Finding]:
    """One finding a line; a line inside a fence or a comment is no prose."""
    fence = ""
    for number, line in enumerate(source.body.text.split("\n") if source.body else ()):
        mark = line.lstrip(" >")[:3]
        if mark in ("```", "~~~") and fence in ("", mark):
            fence = "" if fence else mark
        elif not fence and mark != "<!-":
            match = re.search(_REMNANT, re.sub(_CODE, _blank, line) if "`" in line else line)
            if match:
                yield _finding(match[0], source.body_span(number, *match.span()), identity)


def _blank(code: re.Match[str]) -> str:
    return " " * len(code[0])


def _finding(remnant: str, at: Anchor | Span, identity: str | None) -> Finding:
    remnant = short(remnant)
    return Finding(
        f"{identity or 'this document'} still says {remnant}",
        at,
        id=identity,
        help=f"write what belongs in place of {remnant}, or take the sentence out",
    )


RULE = Rule(
    code="DOC015",
    name="placeholder-text",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.2",),
    clauses_2026=("7.5.2",),
    since="0.1.0",
    check=check,
)
