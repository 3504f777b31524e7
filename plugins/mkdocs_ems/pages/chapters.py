"""What is told of each issue of a document: its state and dates, who wrote and approved it, what it changed.

For the page of a document's history and for the page of each issue: both say the same, and it is
gathered once. An approved manual names the texts of approved issues alone; a draft is told of,
never shown. Here is said which texts are compared; nothing compares them.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems import dataclass
from mkdocs_ems.control import Act, Content, DocumentControl, Interim, IssueState, Pending
from mkdocs_ems.control.periods import interim_period, issue_period, issue_state, state_words
from mkdocs_ems.pages import words
from mkdocs_ems.pages.evidence import act_sentence, fault_sentence, level_words
from mkdocs_ems.pages.issue_lines import issue_name, written_by
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.role_work import holders_on
from mkdocs_ems.pages.view import View
from mkdocs_ems.pages.waiting import waits_for

_ISSUES = 40
"""Of so many issues of a document the texts are compared; of older ones `ems history` tells."""


@dataclass(frozen=True, slots=True)
class Change:
    """From which text to which, and what that is called."""

    before: Content | None
    after: Content | None
    words: str
    """What is compared, or why nothing is."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One issue, interim approval or draft with all that is told of it."""

    anchor: str
    title: str
    state: str
    weight: str
    """`strong` for what is in force, `warning` for an interim one, `plain` else."""
    facts: tuple[tuple[str, str], ...]
    approvals: tuple[tuple[str, str], ...]
    """Sentence, and where its evidence is."""
    beside: tuple[str, ...]
    """Reviews, confirmations and withdrawals of it."""
    doubts: tuple[str, ...]
    change: Change
    issue: int | None = None
    """Its number, where it is an issue."""


def changes(control: DocumentControl, view: View) -> Iterator[Change]:
    """Every comparison that a history makes; the newest first, as far as texts are compared."""
    yield _waiting_change(control, view)
    for interim in control.interims:
        yield _interim_change(interim, control, view)
    for at in range(len(control.issues) - 1, -1, -1):
        yield _issue_change(control, at)


def _issue_change(control: DocumentControl, at: int) -> Change:
    issue = control.issues[at]
    if at == 0:
        return Change(None, issue.content, "This is the first issue: there is nothing to compare it with.")
    if len(control.issues) - at > _ISSUES:
        return Change(None, issue.content, "So old an issue is compared by `ems history` alone.")
    before = control.issues[at - 1]
    return Change(before.content, issue.content, f"Compared with issue {before.number}")


def _interim_change(interim: Interim, control: DocumentControl, view: View) -> Change:
    shown = view.draft or interim.state is IssueState.INTERIM
    same = next((one for one in control.issues if one.content.key == interim.content.key), None)
    if same:
        return Change(None, interim.content, f"Its text was approved as issue {same.number}.")
    before = next((one for one in reversed(control.issues) if one.event.index < interim.event.index), None)
    if not shown or before is None:
        return Change(None, interim.content, "Its text is not in force and is not shown.")
    return Change(before.content, interim.content, f"Compared with issue {before.number}")


def _waiting_change(control: DocumentControl, view: View) -> Change:
    """What landed since the last issue: shown in a draft, and of a register that shows what landed."""
    last = control.issues[-1] if control.issues else None
    after = control.landed if control.control == "periodic" else None
    if view.draft and control.pending:
        after = control.pending.content
    if after is None and _is_interim(control):
        said = "It is the text that applies for the interim; what it changed is shown there."
        return Change(None, None, said)
    if after is None:
        return Change(None, None, "Its text is not approved and is not shown.")
    if last is None:
        return Change(None, after, "Nothing of it was approved before: there is nothing to compare it with.")
    return Change(last.content, after, f"Compared with issue {last.number}")


def _is_interim(control: DocumentControl) -> bool:
    """Whether what waits is what applies for the interim meanwhile."""
    waiting = control.pending.content if control.pending else None
    return bool(waiting and control.interim and control.interim.content.key == waiting.key)


def chapters_of(control: DocumentControl, view: View, links: Links) -> tuple[Chapter, ...]:
    """The chapters of a document, made once for all its pages.

    Labels of old issues may have to be read from git: not to be asked for by who draws.
    """
    made = view.chapters.get(control.id)
    if made is None:
        made = view.chapters[control.id] = tuple(_chapters(control, view, links))
    return made


def _chapters(control: DocumentControl, view: View, links: Links) -> Iterator[Chapter]:
    """The newest first: what waits, then interim approvals and issues as they landed."""
    waiting = _waiting_change(control, view)
    if control.pending:
        yield _draft(control, control.pending, waiting, view, links)
    elif waiting.before and waiting.after and waiting.before.key != waiting.after.key:
        yield _since(control, waiting, links)
    told = [
        (one.event.index, 0, _interim(at, one, control, view, links))
        for at, one in enumerate(control.interims, 1)
    ]
    told += [(one.event.index, 1, _issue(at, control, view, links)) for at, one in enumerate(control.issues)]
    yield from (chapter for *_, chapter in sorted(told, key=lambda one: one[:2], reverse=True))


def _issue(at: int, control: DocumentControl, view: View, links: Links) -> Chapter:
    issue = control.issues[at]
    state, said = issue_state(issue, control), state_words(issue, control)
    facts = [
        *([("State", said)] if said != state else []),
        ("In force", issue_period(issue, control)),
        ("What changed", issue.summary),
        ("Written by", written_by(issue.authors, links)),
        ("Landed on", words.day(issue.event.date.date())),
        ("Level", level_words(issue)),
    ]
    if issue.editorial:
        facts.append(("Kind of change", "editorial: nobody is asked to read it again"))
    others = (*control.reviews, *control.confirmations, *control.withdrawals)
    return Chapter(
        anchor=f"issue-{issue.number}",
        title=f"Issue {issue_name(issue)}",
        state=state,
        weight="strong" if issue.state is IssueState.IN_FORCE and not control.interim else "plain",
        facts=tuple(facts),
        approvals=tuple(_approval(act, view, links) for act in issue.approvals)
        or ((words.LEVELS[issue.level.word], ""),),
        beside=tuple(act_sentence(act, links) for act in others if act.issue == issue.number),
        doubts=tuple(fault_sentence(fault) for fault in issue.faults),
        change=_issue_change(control, at),
        issue=issue.number,
    )


def _approval(act: Act, view: View, links: Links) -> tuple[str, str]:
    """The sentence, and where its evidence is, for who looks it up."""
    # A record's name holds a mail address, and of people only names and roles are published.
    place = act.evidence.replace(act.principal, "…") if act.principal else act.evidence
    said = [f"evidence: {place}" if "/" in place else f"evidence: commit {place[:12]}"]
    if act.role:
        said.append(f"role {act.role}" + (f", as deputy {_deputised(act, view)}" if act.deputy_for else ""))
    said += [one for one in (act.review, f"key {act.key}" if act.key else "") if one]
    if act.reason:
        said.append(f"reason: {act.reason.rstrip('.')}")
    return act_sentence(act, links), f"Level {act.level.word}; {'; '.join(said)}."


def _deputised(act: Act, view: View) -> str:
    """For whom somebody stood in: the role's holders on that day, by name."""
    held = holders_on(act.done.date(), act.deputy_for or "", view)
    names = [view.graph.nodes[one].title for one in held if one != act.person.id]
    return f"of {words.listed(names)}" if names else "of a role that nobody else held on that day"


def _interim(at: int, interim: Interim, control: DocumentControl, view: View, links: Links) -> Chapter:
    return Chapter(
        anchor=f"interim-{at}",
        title=f"Interim approval of {words.day(interim.valid_from)}",
        state=interim.state.value,
        weight="warning" if interim.state is IssueState.INTERIM else "plain",
        facts=(
            ("In force", interim_period(interim)),
            ("What changed", interim.summary),
            ("Written by", written_by(interim.authors, links)),
            ("Landed on", words.day(interim.event.date.date())),
        ),
        approvals=(_approval(interim.act, view, links),),
        beside=(),
        doubts=(),
        change=_interim_change(interim, control, view),
    )


def _draft(control: DocumentControl, pending: Pending, change: Change, view: View, links: Links) -> Chapter:
    title = f"Draft of issue {control.next_issue}" if pending.content else "Withdrawal"
    facts = [
        ("Waits for", waits_for(pending, links)),
        ("Written by", written_by(pending.authors, links)),
        (_begun(pending), words.day(pending.waits_since)),
    ]
    if not pending.content:
        change = Change(None, None, "")
    return Chapter(
        anchor="pending",
        title=title,
        state="not approved",
        weight="warning",
        facts=tuple(facts),
        approvals=tuple(_approval(act, view, links) for act in pending.acts),
        beside=tuple(act_sentence(act, links) for act in control.reviews if act.issue == control.next_issue),
        doubts=tuple(fault_sentence(fault) for fault in pending.faults),
        change=change,
    )


def _begun(pending: Pending) -> str:
    if pending.since:
        return "Waits since"
    return "Proposed on" if pending.event.proposed else "Landed on"


def _since(control: DocumentControl, change: Change, links: Links) -> Chapter:
    """What landed in a register since it was last approved as a whole."""
    landed = control.landed_event
    return Chapter(
        anchor="since",
        title=f"Since issue {control.issues[-1].number}",
        state="shown as it landed, not approved as a whole yet",
        weight="plain",
        facts=(("Last landed on", words.day(landed.date.date())),) if landed else (),
        approvals=(),
        beside=tuple(act_sentence(act, links) for act in control.reviews if act.issue == control.next_issue),
        doubts=(),
        change=change,
    )
