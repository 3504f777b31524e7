"""The chain: first-parent commits from the trust root to the head, as events.

Order is ancestry, never dates. A head that is not on the main branch gives main's chain
to where it left it, and then one last event, "proposed"; the work tree likewise. Nothing
here judges what an event says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from mkdocs_ems import dataclass
from mkdocs_ems.git.merges import OwnWriting, is_mode_only
from mkdocs_ems.git.values import Change, Commit, Entry, EntryKind, Event, Identity, Snapshot

WORK_TREE = "work tree"
"""The id of the pseudo commit that stands for uncommitted changes."""
_MODES = {EntryKind.LINK: "120000", EntryKind.SUBMODULE: "160000"}
_NOBODY = Identity("", "")

State = Mapping[str, tuple[str, str]]
"""Path to mode and blob, under the content folder."""


def first_parents(commits: Mapping[str, Commit], head: str) -> list[str]:
    """Ids from the oldest first-parent ancestor to the head."""
    chain = [head]
    while commits[chain[-1]].parents:
        chain.append(commits[chain[-1]].parents[0])
    chain.reverse()
    return chain


def replay(changes: Sequence[Change], state: dict[str, tuple[str, str]]) -> None:
    """Bring a state to the one after the changes."""
    for change in changes:
        if change.new_blob is None:
            state.pop(change.path, None)
        else:
            state[change.path] = (change.new_mode, change.new_blob)


def state_of(commits: Mapping[str, Commit], head: str) -> dict[str, tuple[str, str]]:
    """The content folder at a commit, from the differences along its first parents."""
    state: dict[str, tuple[str, str]] = {}
    for name in first_parents(commits, head):
        replay(commits[name].deltas[0], state)
    return state


def snapshot_state(snapshot: Snapshot, *, like: State) -> State:
    """A snapshot in the form that states are compared in; of an odd name the mode is taken over."""
    return {path: (_mode(entry, like), entry.blob) for path, entry in snapshot.entries.items() if entry.blob}


def _mode(entry: Entry, like: State) -> str:
    if entry.kind is EntryKind.ODD and entry.path in like:
        return like[entry.path][0]
    return _MODES.get(entry.kind, "100755" if entry.executable else "100644")


def difference(before: State, after: State) -> tuple[Change, ...]:
    """What differs between two states, sorted by path; the executable bit alone is nothing."""
    absent: tuple[str, None] = ("000000", None)
    changes = tuple(
        Change(path=path, old_blob=old[1], new_blob=new[1], old_mode=old[0], new_mode=new[0])
        for path in sorted(before.keys() | after.keys())
        if (old := before.get(path, absent)) != (new := after.get(path, absent))
    )
    return _without_modes(changes)


def _without_modes(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Changes of more than the executable bit."""
    if not any(map(is_mode_only, changes)):
        return changes
    return tuple(change for change in changes if not is_mode_only(change))


def brought_by(commits: Mapping[str, Commit], tips: Sequence[str], reached: set[str]) -> tuple[str, ...]:
    """Commits behind the tips that were not reached before, parents first; they are reached from now on."""
    order: list[str] = []
    waiting = [(tip, iter(commits[tip].parents)) for tip in reversed(tips)]
    while waiting:
        name, parents = waiting[-1]
        if name in reached:
            waiting.pop()
            continue
        following = next((one for one in parents if one not in reached), None)
        if following is not None:
            waiting.append((following, iter(commits[following].parents)))
        else:
            waiting.pop()
            reached.add(name)
            order.append(name)
    return tuple(order)


@dataclass(frozen=True, slots=True)
class Chain:
    """Events up to a commit, and what stands at their end."""

    events: tuple[Event, ...]
    root: Mapping[str, str]
    state: State
    reached: set[str]


def walk(commits: Mapping[str, Commit], chain: Sequence[str], *, start: int, merges: OwnWriting) -> Chain:
    """Turn a chain of ids into events, the one at `start` being the trust root."""
    state: dict[str, tuple[str, str]] = {}
    for name in chain[: start + 1]:
        replay(commits[name].deltas[0], state)
    root = {path: blob for path, (_, blob) in state.items()}
    reached: set[str] = set()
    brought_by(commits, [chain[start]], reached)
    first = commits[chain[start]]
    events = [Event(index=0, commit=first, date=first.committed, changes=difference({}, state))]
    own = merges.of(commits[name] for name in chain[start + 1 :] if commits[name].is_merge)
    for name in chain[start + 1 :]:
        commit = commits[name]
        brought = brought_by(commits, commit.parents[1:], reached)
        reached.add(name)
        replay(commit.deltas[0], state)
        events.append(
            Event(
                index=len(events),
                commit=commit,
                date=max(events[-1].date, commit.committed),
                changes=_without_modes(commit.deltas[0]),
                brought=brought,
                own=own.get(name, ()),
            )
        )
    return Chain(events=tuple(events), root=root, state=state, reached=reached)


def propose(
    commits: Mapping[str, Commit], chain: Chain, *, head: str, snapshot: Snapshot | None
) -> Iterator[Event]:
    """The last event for what is not on the chain: the head's branch, and the work tree on top of it."""
    last = chain.events[-1]
    off_chain = head != last.commit.id
    committed: State = state_of(commits, head) if off_chain else chain.state
    now = committed if snapshot is None else snapshot_state(snapshot, like=committed)
    changed = difference(committed, now)
    if not off_chain and not changed:
        return
    commit = _uncommitted(head, changed, last.date) if changed else commits[head]
    brought = brought_by(commits, [head], set(chain.reached))
    yield Event(
        index=len(chain.events),
        commit=commit,
        date=max(last.date, commit.committed),
        changes=difference(chain.state, now),
        brought=tuple(name for name in brought if name != commit.id),
        proposed=True,
    )


def _uncommitted(head: str, changes: tuple[Change, ...], when: datetime) -> Commit:
    return Commit(
        id=WORK_TREE,
        parents=(head,),
        author=_NOBODY,
        authored=when,
        committer=_NOBODY,
        committed=when,
        subject="Uncommitted changes",
        body="",
        trailers=(),
        deltas=(changes,),
    )
