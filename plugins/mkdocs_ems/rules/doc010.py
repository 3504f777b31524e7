"""Nobody wrote down what changed in the latest issue

## What it checks
The latest issue of a document says what changed in it: in the message of the commit or merge request that
brought the change, or in the `reason` of the record that approved it. Words that any change could bear
(*Update*, *Merge branch 'work'*, *Edit rinse-water.md*) say nothing. Asked of revisions only: a first issue
changes nothing. What was adopted, and living logs, are not asked; nor are the issues before, since their
messages cannot be mended.

## Why an auditor asks
Readers want to know what is new before they read eight pages again, and so does who has to train them.

## Fails
The change landed as "Update rinse-water.md", and the director merged it.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC010
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
  message: Update rinse-water.md
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
```

The change was called a change, and the record that approved it says nothing either.

`ems/procedures/rinse-water.md`
```markdown
---
id: PRO-001  # ← DOC010
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
- {date: 2026-03-02, by: PER-BEN, message: Minor changes, files: [ems/procedures/rinse-water.md]}
- {date: 2026-03-03, by: PER-MAYA, message: Approve it, records: [{of: ems/procedures/rinse-water.md}]}
```

## Passes
The message says it in two words.

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
  message: Wider limits
  files: [ems/procedures/rinse-water.md]
  merged_by: PER-MAYA
```

The director wrote it into the record.

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
- {date: 2026-03-02, by: PER-BEN, message: Update, files: [ems/procedures/rinse-water.md]}
- date: 2026-03-03
  by: PER-MAYA
  message: Approve it
  records: [{of: ems/procedures/rinse-water.md, reason: The consent of February allows pH 5 to 10}]
```

## How to fix
Say what changed in the `reason` of an approval record, and next time in the message of the change itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from mkdocs_ems.control import DocumentControl, Issue, Level
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.git import Commit
from mkdocs_ems.rules.values import AuditContext, Rule


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each document whose latest issue came without a word on what changed."""
    history = context.compilation.history
    for document in context.control.documents.values():
        issue = _latest_revision(document)
        if issue is None or not _says_nothing(issue.summary):
            continue
        if history is not None and not _silent(issue, history.commits):
            continue
        said = f'only "{issue.summary}"' if issue.summary.strip() else "nothing"
        yield Finding(
            f"what changed in issue {issue.number} of {document.id} ({document.title}) is written nowhere: "
            f"the change says {said}",
            Anchor(document.path, ("id",)),
            id=document.id,
            help="say it in the `reason` of an approval record, and next time in the message of the change",
        )


def _latest_revision(document: DocumentControl) -> Issue | None:
    issue = document.issues[-1] if len(document.issues) > 1 and document.control == "issue" else None
    return None if issue is None or issue.level is Level.ADOPTED or document.withdrawn_from else issue


def _silent(issue: Issue, commits: Mapping[str, Commit]) -> bool:
    """Whether neither the bodies of the messages nor the reasons of the records say what changed."""
    if any(
        commits[one].body.strip() for one in (issue.event.commit.id, *issue.event.brought) if one in commits
    ):
        return False
    for act in issue.approvals:
        landed = commits.get(act.event)
        own = act.evidence.endswith(".yml") and (landed is None or act.reason != landed.subject)
        if own and not _says_nothing(act.reason):
            return False
    return True


_EMPTY = (
    r"(?:(?:merge|squash)\b.*|revert|wip|fix(?:e[sd])?|draft|revision|issue|(?:new )?version|stuff|misc\w*|"
    r"(?:(?:some|minor|small|various|more|further|a few)\s+)*"
    r"(?:updates?d?|changes?d?|edits?|edited|add(?:ed|s)?|creat(?:e|es|ed)|modif(?:y|ies|ied)|rewor(?:k|ks|ked)|"
    r"corrections?|amend(?:s|ed|ments?)?)"
    r"(?:\s+(?:to\s+|of\s+|the\s+)*(?:file|document|procedure|register|text|\S+\.(?:md|ya?ml|csv)))?)[.!]*"
)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_EMPTY, re.IGNORECASE)


def _says_nothing(summary: str) -> bool:
    """Whether any change could bear these words."""
    return all(_pattern().fullmatch(" ".join(one.split())) for one in summary.split(";") if one.strip())


RULE = Rule(
    code="DOC010",
    name="change-note-missing",
    severity=Severity.INFO,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    needs_history=True,
    check=check,
)
