"""An earlier ledger against this history: what of it is gone, moved, changed or out of its order.

Compares values and finds words; reads no file and runs no git. A history to which something was
only added gives nothing. Whatever differs is told where it began, by the names that the earlier
ledger has for it, since this history may no longer hold them.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from mkdocs_ems.control.against_rows import added_between, row_differences, tag_differences
from mkdocs_ems.control.broken import NAMED, SHORT, Break, Difference, Earlier, in_a_list
from mkdocs_ems.control.sealing import Ledger, Row
from mkdocs_ems.git.chain import first_parents
from mkdocs_ems.git.values import Event, History
from mkdocs_ems.text import plural


def differences(earlier: Earlier, now: Ledger, history: History) -> tuple[Difference, ...]:
    """Everything of an earlier ledger that this history does not bear out; nothing where all of it stands.

    Args:
        earlier: the ledger that was kept.
        now: the ledger of this history.
        history: the chain, and every commit behind it.
    """
    before = earlier.ledger
    if (before.trust_root, before.repository) != (now.trust_root, now.repository):
        return (_other_beginning(before, now, history),)
    return (*_Rows(earlier, now, history).found(), *tag_differences(before, now))


def _other_beginning(before: Ledger, now: Ledger, history: History) -> Difference:
    root = before.trust_root
    if before.repository != now.repository and (before.repository or root not in history.commits):
        return Difference(
            Break.OTHER_REPOSITORY,
            f"the ledger is one of another repository: it was written for {_repository(before)}, "
            f"and this is {_repository(now)}",
            "name the ledger that was kept of this repository; if its id in ems.yml was changed in the "
            "first commit, the whole history was written anew",
        )
    if root in history.commits:
        return Difference(
            Break.OTHER_TRUST_ROOT,
            f"the ledger begins at the trust root {root[:SHORT]}, and this check at "
            f"{now.trust_root[:SHORT]}: nothing can be compared",
            f"name the same beginning with --trust-root {root}",
        )
    return Difference(
        Break.REWRITTEN,
        f"the history was rewritten from its beginning on: the commit {root} with which the ledger "
        f"begins is gone, and all {plural(len(before.rows), 'row')} with it",
        _PUT_BACK.format(last=before.last),
    )


def _repository(ledger: Ledger) -> str:
    named = f"the repository {ledger.repository}" if ledger.repository else "a repository without an id"
    return f"{named} (trust root {ledger.trust_root[:SHORT]})"


_PUT_BACK = (
    "find a clone that still has the commit {last}, put the main branch back to it there, and forbid "
    "that the branch is rewritten; until then believe no approval that came after the ledger was written"
)


class _Rows:
    """The comparison of the rows, and of the events behind them."""

    def __init__(self, earlier: Earlier, now: Ledger, history: History) -> None:
        self._earlier = earlier
        self._before = earlier.ledger
        self._now = now
        self._history = history
        self._events = {event.commit.id: event for event in history.events if not event.proposed}
        self._told: dict[str, list[Row]] = {}
        for row in self._before.rows:
            self._told.setdefault(str(row["event"]), []).append(row)
        self._told.setdefault(self._before.last, [])

    def found(self) -> Iterator[Difference]:
        if self._before.last in self._events and self._unchanged():
            return
        lost = [event for event in self._told if event not in self._events]
        beside = [event for event in lost if event in self._history.commits]
        gone = [event for event in lost if event not in self._history.commits]
        if gone:
            yield self._gone(gone)
        if beside:
            yield self._foxtrot(beside)
        told = list(row_differences(self._before, self._now, self._events))
        yield from told
        if not (lost or told):
            yield from added_between(self._before, self._now)

    def _unchanged(self) -> bool:
        """Whether all earlier rows are the first rows of today: the hash of the last one says so."""
        count = len(self._before.rows)
        if count > len(self._now.rows):
            return False
        after = self._now.rows[count]["previous"] if count < len(self._now.rows) else self._now.head
        return after == self._before.head

    # --- events that are gone -----------------------------------------------------------

    def _gone(self, gone: Sequence[str]) -> Difference:
        last = next(reversed(self._events.values()))
        where = f"{last.commit.id[:SHORT]} of {last.date.date()}"
        if self._is_prefix(gone):
            return Difference(
                Break.SET_BACK,
                f"this history ends at {where}, and the ledger goes on: {self._named(gone)}",
                "if you asked for an older state, ask for the main branch as it is; otherwise the branch was "
                f"set back: {_PUT_BACK.format(last=self._before.last)}",
            )
        return Difference(
            Break.REWRITTEN,
            f"the history was rewritten: {plural(len(gone), 'event')} that the ledger knows "
            f"{'is' if len(gone) == 1 else 'are'} gone: {self._named(gone)}",
            _PUT_BACK.format(last=self._before.last),
        )

    def _is_prefix(self, gone: Sequence[str]) -> bool:
        """Whether everything that is left of the ledger is all that there is now."""
        known = [event for event in self._told if event in self._events]
        follow = list(self._told)[len(known) :] == list(gone)
        newer = any(str(row["event"]) not in self._told for row in self._now.rows)
        return follow and not newer and len(known) > 0

    def _named(self, events: Sequence[str]) -> str:
        named = "; ".join(self._called(event) for event in events[:NAMED])
        more = len(events) - NAMED
        return f"{named}; and {plural(more, 'more event')}" if more > 0 else named

    def _called(self, event: str) -> str:
        """An event by what the ledger says of it: `6f1c2ab90d31 of 2026-03-02 (issue 2 of PRO-001)`."""
        rows = self._told[event]
        commit = self._history.commits.get(event)
        when = str(rows[0]["date"])[:10] if rows else str(commit.committed.date()) if commit else ""
        what = list(dict.fromkeys(in_a_list(row) for row in rows))
        shown = ", ".join(what[:NAMED]) + (" …" if len(what) > NAMED else "")
        by = f" by {commit.author.name}" if commit else ""
        return f"{event[:SHORT]}{f' of {when}' if when else ''}{by}{f' ({shown})' if shown else ''}"

    # --- events beside the chain --------------------------------------------------------

    def _foxtrot(self, beside: Sequence[str]) -> Difference:
        last = beside[-1]
        merge = next((event for event in self._events.values() if last in event.brought), None)
        tip = next(reversed(self._events))
        cure = f"`git commit-tree {self._earlier.tree} -p {self._old_main(last, merge)} "
        cure += f'-p {tip} -m "Put the main branch back on its chain"`'
        if merge is None:
            how = "something other than it is followed as the main branch now"
        else:
            how = (
                f"the commit {merge.commit.id[:SHORT]} by {merge.commit.author.name} of "
                f"{merge.date.date()} merged the main branch into another one, which then took its place"
            )
        return Difference(
            Break.FOXTROT,
            f"{plural(len(beside), 'event')} that the ledger knows vanished from the main branch's chain, "
            f"and what was approved by them no longer counts: {how} (a foxtrot merge). "
            f"Vanished: {self._named(beside)}",
            f"{cure} prints the id of a commit that has the same files and the old chain; push it with "
            f"`git push origin ID:{shlex.quote(self._earlier.branch)}`, which forces nothing. Then let the "
            "main branch be updated by requests alone",
        )

    def _old_main(self, last: str, merge: Event | None) -> str:
        """The tip of the chain that was left: the merged parent whose first parents lead to it."""
        if merge is not None:
            for parent in merge.commit.parents[1:]:
                if last in first_parents(self._history.commits, parent):
                    return parent
        return last
