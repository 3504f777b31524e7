"""There is no history to judge by, or a part of the content stands outside it

## What it checks
Every file of the content is in git, and the history it is judged by is there and is the one that was
published. Told are: a repository without any commit yet; files of the work tree that git has not been told
of; files that a sparse checkout leaves out of the work tree, which are judged as git has them; a clone
without the main branch, whose own commits are then taken for it; a content folder that stood elsewhere at
the trust root, so that nothing in it was taken over; and annotated tags that lead to a commit which the main
branch had and has no longer: the mark of a history that was rewritten after the tag. A clone that lacks
commits or files is refused before any rule runs (exit 2), and
so is a trust root that is not on the main branch. Files that `.gitignore` leaves out are no content, and
nothing is said of them.

## Why an auditor asks
Who approved what, and when, is read from the history. Without it nothing is shown, and rules that pass for
want of history would be taken for kept.

## Fails
The manual has no commit yet.

`ems/ems.yml`
```yaml
schema: 1
repository: example
organisation: {name: Small Works}  # ← DOC021
standards: [{standard: iso14001, edition: "2026"}]
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
Committed, with everything that belongs to it.

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
- {date: 2026-01-05, by: PER-BEN, message: Adopt the manual, files: [EXAMPLE, ems/procedures/rinse-water.md]}
```

## How to fix
Commit what is not in git yet. Fetch the whole history, protect the main branch from being rewritten, and
where that has happened, put back the branch that the tag belongs to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from posixpath import basename, dirname

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Severity
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.values import AuditContext, Rule
from mkdocs_ems.text import plural, show


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield that there is no history, each folder with files outside git, each tag that leads out of it."""
    here = Anchor(context.model.settings_path, ("organisation",), key=True)
    compilation = context.compilation
    if compilation.control is None:
        reason = compilation.control_reason or "there is no history"
        yield Finding(
            f"nothing can be told of issues and approvals: {reason}",
            here,
            help="commit the content: what stands in the first commit with ems.yml counts as taken over",
        )
    else:
        # Without any commit, that is the fault; after it, what was left out of the commits is.
        yield from _outside(context)
        yield from _left_out(context, here)
        yield from _without_main_branch(context, here)
        for doubt in context.doubts("DOC021"):
            yield Finding(
                doubt.fault.words,
                here,
                help="name the commit from which on the content stands there: `--trust-root COMMIT`",
            )
    yield from _lost(context, here)


def _outside(context: AuditContext) -> Iterator[Finding]:
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(context.compilation.snapshot.untracked):
        folders[dirname(path)].append(path)
    for folder, paths in folders.items():
        names = listed(basename(path) for path in paths)
        yield Finding(
            f"{plural(len(paths), 'file')} of {folder or 'the content'} "
            f"{'is' if len(paths) == 1 else 'are'} not in git: {names}",
            Anchor(paths[0]),
            help="add and commit what belongs to the manual, take away what does not",
            # On the way into git every file is outside it for a moment.
            severity=Severity.WARNING,
        )


def _left_out(context: AuditContext, here: Anchor) -> Iterator[Finding]:
    """What is not on the disk here is judged as git holds it, and nobody sees it while editing."""
    sparse = sorted(context.compilation.snapshot.sparse)
    if sparse:
        yield Finding(
            f"a sparse checkout leaves {plural(len(sparse), 'file')} of the content out of this folder: "
            f"{listed(sparse)}; they are judged as git has them",
            here,
            help="`git sparse-checkout disable` brings them back",
            severity=Severity.INFO,
        )


def _without_main_branch(context: AuditContext, here: Anchor) -> Iterator[Finding]:
    history = context.compilation.history
    if history is not None and history.main is None:
        name = show(context.model.settings.main_branch)
        yield Finding(
            f"there is no branch {name} here, so the commits at hand are taken for those of the main branch: "
            "whatever is merged in this clone counts as an approval",
            here,
            help=f"fetch the branch {name}, or name the main branch in ems.yml: `main_branch: …`",
            severity=Severity.WARNING,
        )


def _lost(context: AuditContext, here: Anchor) -> Iterator[Finding]:
    """Tags that were set on the main branch before its last event and lead to no commit of it."""
    history = context.compilation.history
    landed = [event for event in history.events if not event.proposed] if history is not None else []
    if history is None or not landed:
        return
    last = landed[-1].commit.committed
    for tag in history.tags:
        if (
            tag.annotated
            and tag.target
            and tag.date
            and tag.date <= last
            and tag.target not in history.commits
        ):
            yield Finding(
                f"the tag {tag.name} of {tag.date.date()} leads to commit {tag.target[:10]}, which this "
                "history does not hold: it was rewritten after the tag, or the tag was set on another branch",
                here,
                help="put back the branch that the tag was set on, and protect it; "
                "where the tag was set by mistake, delete it",
            )


RULE = Rule(
    code="DOC021",
    name="history-unavailable",
    severity=Severity.ERROR,
    basis=Basis.PRACTICE,
    clauses_2015=("7.5.3",),
    clauses_2026=("7.5.3",),
    since="0.1.0",
    check=check,
)
