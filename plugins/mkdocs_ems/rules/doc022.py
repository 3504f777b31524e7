"""A text looks copied out of a standard

## What it checks
Three signs, none of which is a text of a standard itself: a note of copyright or of a licence as the
printed standards and their files carry it; three sentences or more that oblige “the organization” as
standards do; and such a sentence with a lettered list of three items or more below it. Nothing is compared
with a standard, since none is kept here: a passage that was copied without these signs is not seen, and one
that only sounds like a standard may be named. A number with a title of a clause is no copy.

## Why an auditor asks
The text of a standard belongs to who publishes it, and putting it into a manual infringes that. It does not
help either: what the organization is obliged to do is known; how you do it is asked.

## Fails
The line at the foot of each page came along.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH.

© ISO 2015, all rights reserved  <!-- ← DOC022 -->
```

The terms of the shop where the file was bought.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH. Single-user licence only, copying and networking prohibited.  <!-- ← DOC022 -->
```

## Passes
It says what is done here, and names the clause that asks for it.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001
type: procedure
title: Treating rinse water
owner: ROL-EHS
---

## Before discharge

Read the pH (8.1). Discharge between 6 and 9 only. The operator has to

a) close the valve,

b) call the shift leader.
```

## How to fix
Say in your own words what you do, and name the clause in `clauses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import Controlled
from mkdocs_ems.rules.values import AuditContext, Rule, called
from mkdocs_ems.source import Source

_NOTE = re.compile(
    r"(?:©|copyright)\s*(?:by\s*)?(?:ISO|IEC|CEN|BSI|DIN)\b|"
    # (c) may be the third item of a list that names a standard: what stands for © has a year behind it.
    r"\(c\)\s*(?:by\s*)?(?:ISO|IEC|CEN|BSI|DIN),?\s+(?:19|20)\d\d\b|copyright protected document|"
    r"copying and networking prohibited|single[- ]user licen[cs]e",
    re.IGNORECASE,
)
_DUTY = re.compile(r"\bthe organi[sz]ation(?:'s top management)? shall\b", re.IGNORECASE)
_SIGNS = ("copy", "©", "(c)", "user l", "the organ")
"""One of these stands in each of them, folded: looked for in a tenth of the time."""
_LETTERED = re.compile(r"[ \t>*-]*[a-z]\)[ \t]")
_SENTENCES = 3
_LETTERS = 3


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield for each document the first passage that looks copied."""
    for entry, document in context.each(Controlled):
        source = context.sources.files.get(entry.anchor.path)
        found = _first(source) if source is not None and source.body is not None else None
        if source is not None and found is not None:
            line, begin, end, why = found
            yield Finding(
                f"{called(document)} {why}",
                source.body_span(line, begin, end),
                id=document.id,
                help="say in your own words what you do, and name the clause in `clauses`",
            )


def _first(source: Source) -> tuple[int, int, int, str] | None:
    """Line, beginning and end of the first sign, and what it is."""
    text = source.body.text if source.body is not None else ""
    folded = text.casefold()
    # Most documents have none of it anywhere.
    if not any(sign in folded for sign in _SIGNS) or not (_NOTE.search(text) or _DUTY.search(text)):
        return None
    lines = text.split("\n")
    for number, line in enumerate(lines):
        note = _NOTE.search(line)
        if note is not None:
            return number, *note.span(), "carries the note of copyright or licence of a standard"
    duties = [(number, duty) for number, line in enumerate(lines) for duty in _DUTY.finditer(line)]
    for number, duty in duties:
        if len(duties) >= _SENTENCES or _letters_below(lines, number) >= _LETTERS:
            return number, *duty.span(), "is worded as a standard is, and may be copied from one"
    return None


def _letters_below(lines: Sequence[str], number: int) -> int:
    """How many items of a lettered list follow a line, empty lines and wrapped items among them."""
    count = 0
    for line in lines[number + 1 :]:
        if _LETTERED.match(line):
            count += 1
        elif line.strip() and not line.startswith((" ", "\t")):
            break
    return count


RULE = Rule(
    code="DOC022",
    name="standard-text-copied",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    check=check,
)
