"""What would come of an act: the event that would land its record, tried at the end of the chain.

The whole history is judged again with that event. So nothing is ever written that would not
count, and a refusal speaks in the judge's own words. What stands on a branch is tried as
landed by one merge together with its records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime

from mkdocs_ems import dataclass
from mkdocs_ems.control.authority import Rules
from mkdocs_ems.control.journal import Completed, Counted, Noted, Step
from mkdocs_ems.control.standpoint import ADDING, LANDING, Standpoint, judged, standing_issue
from mkdocs_ems.control.states import ControlState, DocumentControl
from mkdocs_ems.control.terms import FaultReason, Meaning
from mkdocs_ems.control.values import Act, Pending
from mkdocs_ems.git.batch import blob_id
from mkdocs_ems.git.values import Blobs, Change, Commit, Event, History, Identity, Signatures

_FILE, _NONE = "100644", "000000"


@dataclass(frozen=True, slots=True)
class _WithNew:
    """File contents of the repository, and those that shall come into it."""

    blobs: Blobs
    new: Mapping[str, bytes] = field(repr=False)

    def read(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        wanted = dict.fromkeys(ids)
        old = [one for one in wanted if one not in self.new]
        found = self.blobs.read(old) if old else {}
        return {**found, **{one: self.new[one] for one in wanted if one in self.new}}

    def coming(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        wanted = dict.fromkeys(ids)
        others = self.blobs.coming([one for one in wanted if one not in self.new])
        return ((one, self.new[one]) if one in self.new else next(others) for one in wanted)

    def sizes(self, ids: Iterable[str]) -> Mapping[str, int]:
        wanted = dict.fromkeys(ids)
        found = self.blobs.sizes([one for one in wanted if one not in self.new])
        return {**found, **{one: len(self.new[one]) for one in wanted if one in self.new}}


def tried(
    files: Mapping[str, bytes],
    at: Standpoint,
    *,
    by: Identity,
    now: datetime,
    signatures: Signatures | None = None,
) -> ControlState:
    """What document control says if these files land now; the journal's last event is that landing.

    Args:
        files: new files by path from the top of the repository.
        at: where they land.
        by: author and committer.
        now: when.
        signatures: signatures as evidence, if not as the standpoint has them.
    """
    last = at.history.events[-1]
    form = "sha256" if len(at.history.trust_root) == 64 else "sha1"
    ids = {path: blob_id(data, object_format=form) for path, data in files.items()}
    changes = tuple(Change(path, None, blob, _NONE, _FILE) for path, blob in sorted(ids.items()))
    commit = Commit(
        id=ADDING,
        parents=(last.commit.id,),
        author=by,
        authored=now,
        committer=by,
        committed=now,
        subject="",
        body="",
        trailers=(),
        deltas=(changes,),
    )
    history = _landed_with(commit, at) if at.branch else _followed_by(commit, at, now)
    blobs = _WithNew(at.blobs, {ids[path]: data for path, data in files.items()})
    return judged(history, at.snapshot, blobs, at.day, signatures or at.signatures)


def _followed_by(commit: Commit, at: Standpoint, now: datetime) -> History:
    last = at.history.events[-1]
    event = Event(len(at.history.events), commit, max(last.date, now), commit.deltas[0])
    commits = {**at.history.commits, ADDING: commit}
    return replace(at.history, events=(*at.history.events, event), commits=commits, head=ADDING)


def _landed_with(commit: Commit, at: Standpoint) -> History:
    """The records come with the branch: one merge lands them together with what they are about."""
    *before, landing = at.history.events
    merge = replace(landing.commit, deltas=((*landing.changes, *commit.deltas[0]), commit.deltas[0]))
    event = replace(
        landing,
        commit=merge,
        changes=tuple(sorted(merge.deltas[0], key=lambda change: change.path)),
        brought=(*landing.brought, ADDING),
    )
    head = at.snapshot.commit or landing.commit.parents[-1]
    commits = {**at.history.commits, LANDING: merge, ADDING: replace(commit, parents=(head,))}
    return replace(at.history, events=(*before, event), commits=commits)


# --- what came of it --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the judge makes of one record that was tried."""

    refused: str = ""
    """Why it would not count, as a sentence without its full stop; empty where it counts."""
    reason: FaultReason | None = None
    """The kind of refusal, where the judge names one."""
    act: Act | None = None
    """The act as it would stand in evidence."""
    completes: Completed | None = None
    """What it completes: an issue, a confirmation, a withdrawal."""
    waits: str = ""
    """What is missing after it, as a sentence without its full stop."""
    look: tuple[str, ...] = ()
    """What is to be looked at, though it counts."""


def outcome(
    before: DocumentControl, state: ControlState, path: str, *, meaning: Meaning, rules: Rules
) -> Outcome:
    """What came of a record at a path.

    Args:
        before: its document, before the record landed.
        state: document control with the record landed, as `tried` gives it.
        path: the record.
        meaning: what it says.
        rules: by which it was judged.
    """
    last = state.events[-1].index
    steps = [step for step in state.journal if step.event.index == last and step.document == before.id]
    faults = [step.fault for step in steps if isinstance(step, Noted) and step.fault.path == path]
    completes = next(
        (step for step in steps if isinstance(step, Completed) and _holds(step.acts, path)), None
    )
    after = state.documents[before.id]
    act = next((one for one in _acts(steps) if one.evidence == path), None)
    if act is None:
        return (
            Outcome(refused=faults[0].words, reason=faults[0].reason) if faults else Outcome(_silent(after))
        )
    pointless = _pointless(before, act, completes)
    if pointless:
        return Outcome(refused=pointless)
    waits = "" if completes or meaning in (Meaning.REVIEW, Meaning.INTERIM) else _waits(after, meaning, rules)
    return Outcome(act=act, completes=completes, waits=waits, look=tuple(fault.words for fault in faults))


def _holds(acts: Iterable[Act], path: str) -> bool:
    return any(act.evidence == path for act in acts)


def _acts(steps: Iterable[Step]) -> Iterator[Act]:
    for step in steps:
        if isinstance(step, Completed):
            yield from step.acts
        elif isinstance(step, Counted):
            yield step.act


def _silent(after: DocumentControl) -> str:
    return after.pending.missing if after.pending else "nothing would come of it"


def _pointless(before: DocumentControl, act: Act, completes: Completed | None) -> str:
    """Why an act that counts would change nothing."""
    issue = standing_issue(before)
    if act.meaning is Meaning.APPROVAL and issue is not None:
        if completes is None or completes.level <= issue.level:
            return (
                f"its text is issue {issue.number}, which is approved already ({issue.level.word}); "
                "`--meaning confirmation` says that it was looked at and is still right"
            )
    elif act.meaning is Meaning.APPROVAL and before.pending is not None:
        earlier = [
            one for one in before.pending.acts if one.person.key == act.person.key and one.level >= act.level
        ]
        if earlier and completes is None:
            return f"{act.person.name} has approved this text already; {before.pending.missing}"
    return ""


def _missing(pending: Pending) -> str:
    """What is missing, with the names of those who could do it; why and since when was shown before."""
    names = dict.fromkeys(person.name for one in pending.waits_for for person in one.candidates)
    wanted, *_ = pending.missing.split("; ")
    return f"{wanted} ({', '.join(names)})" if names else wanted


def _waits(after: DocumentControl, meaning: Meaning, rules: Rules) -> str:
    if meaning is Meaning.APPROVAL and after.pending is not None:
        return f"{after.id} {_missing(after.pending)}"
    mandate = rules.mandate(after.type)
    persons = f"{mandate.persons} persons" if mandate else "more persons"
    return (
        f"the approval matrix asks {persons} for {after.id}, and it takes effect when they have all done so"
    )
