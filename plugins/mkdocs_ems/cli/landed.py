"""Document control as it stood on a day: with what had landed by then, and with nothing that landed later.

A register of an earlier day lists what was there. So the chain is cut behind that day, in
the organisation's time zone, and judged again up to there; approvals of a later day
belong to a register of that later day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from mkdocs_ems.compile import Controlled, controlled_state
from mkdocs_ems.control import ControlState, time_zone

if TYPE_CHECKING:
    from mkdocs_ems.cli.options import Question
    from mkdocs_ems.git import Event, Repository


def state_on_the_day(repository: Repository, question: Question) -> Controlled:
    """Document control of a state; where a day is named, as it stood on that day.

    Args:
        repository: an open repository.
        question: the state, and the day.

    Raises:
        EmsError: as `controlled_state`.
    """
    whole = _state(repository, question, question.ref)
    if question.as_of is None:
        return whole
    zone = time_zone(whole.time_zone)

    def day(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    events = whole.control.events
    if _there(events[-1], whole.as_of, day, today=day(question.now)):
        return whole
    landed = [event for event in events if not event.proposed and day(event.date) <= whole.as_of]
    if not landed:
        return replace(whole, control=_nothing(whole.control))
    then = _state(repository, question, landed[-1].commit.id)
    return replace(then, snapshot=replace(then.snapshot, ref=whole.snapshot.ref))


def _state(repository: Repository, question: Question, ref: str | None) -> Controlled:
    return controlled_state(
        repository, ref=ref, as_of=question.as_of, trust_root=question.trust_root, now=question.now
    )


def _there(event: Event, asked: date, day: Callable[[datetime], date], *, today: date) -> bool:
    """Whether an event had come by the day; what is not committed yet is of today."""
    uncommitted = event.proposed and not (event.commit.author.name or event.commit.author.mail)
    return (today if uncommitted else day(event.date)) <= asked


def _nothing(control: ControlState) -> ControlState:
    return ControlState({}, (), control.events, control.trust_root, control.trust_root_named)
