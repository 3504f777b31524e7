"""What contradicts an evaluation that says compliant: readings beyond a limit by law, a permit that ended.

Only what lies in the days that the evaluation covers counts: from its `period_start`, else
from the day after the evaluation before it, else from so long before as the obligation is
evaluated, up to its last day. Judges nothing itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.model import Entry, ObligationRow
from mkdocs_ems.model.compliance_status import Evaluated, ObligationStatus
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.rules.excesses import Bound, Excess, Limit
from mkdocs_ems.text import fold

_A_YEAR = Interval(12, 0)
PERMITS = frozenset({"permit", "licence", "registration", "consent"})
"""Types of obligation without which something may not be run."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One evaluation that says compliant, and what says otherwise."""

    entry: Entry
    evaluated: Evaluated
    obligation: ObligationRow
    excesses: tuple[Excess, ...]
    expired_on: date | None
    """The last day of the permit, where that had passed."""


def contradictions(
    statuses: Iterable[ObligationStatus], excesses: Iterable[Excess]
) -> Iterator[Contradiction]:
    """Yield each evaluation that says compliant while its readings or the permit's day say otherwise."""
    beyond = _by_obligation(excesses)
    for status in statuses:
        found = beyond.get(status.obligation.id or "", ())
        for one in status.evaluations:
            if one.result != "compliant":
                continue
            inside = tuple(
                excess for excess, bound in found if _covers(one, status, excess) and _looked_at(one, bound)
            )
            expired = _expired(status.obligation, one.on)
            if inside or expired:
                yield Contradiction(one.entry, one, status.obligation, inside, expired)


def _by_obligation(excesses: Iterable[Excess]) -> Mapping[str, Sequence[tuple[Excess, Bound]]]:
    """The readings beyond a limit by law, by the obligations that it comes from, each once."""
    found: defaultdict[str, list[tuple[Excess, Bound]]] = defaultdict(list)
    for one in excesses:
        seen: set[str] = set()
        for bound in one.passed:
            if bound.limit is Limit.LEGAL:
                # A limit that the measurement itself states is that of the obligations it is taken for.
                names = (bound.obligation,) if bound.obligation else one.measurement.why
                for name in names:
                    if name not in seen:
                        seen.add(name)
                        found[name].append((one, bound))
    return found


def _covers(one: Evaluated, status: ObligationStatus, excess: Excess) -> bool:
    last = one.record.period_end or one.on
    return excess.period.last <= last and excess.period.last >= _begins(one, status)


def _begins(one: Evaluated, status: ObligationStatus) -> date:
    """The first day that an evaluation covers."""
    if one.begins is not None:
        return one.begins
    months = (status.every or _A_YEAR).months or _A_YEAR.months
    year, month = divmod(one.on.year * 12 + one.on.month - 1 - months, 12)
    return date(max(1, year), month + 1, 1)


def _looked_at(one: Evaluated, bound: Bound) -> bool:
    """Whether an evaluation of single conditions looked at the one whose limit was passed."""
    named = {fold(name) for name in one.record.conditions}
    return not named or bound.condition is None or fold(bound.condition) in named


def _expired(permit: ObligationRow, on: date) -> date | None:
    """The last day of a permit that had ended; a day before it began is a slip with a finding of its own."""
    last, first = permit.valid_to, permit.effective_from
    if permit.type not in PERMITS or last is None or (first is not None and last < first):
        return None
    return last if last < on else None
