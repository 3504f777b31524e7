"""Where the organisation stands with each compliance obligation on a day (9.1.2): the compliance status.

Of each obligation: when it was last evaluated as a whole, with which result, when it is due
again, and which breaches are open. An evaluation that names conditions covers only these;
the obligation counts as evaluated on the day on which the last of its conditions was. One
that came to `unknown` evaluated nothing: it shows as the result, and what it was to cover stays
to be evaluated. Judges nothing: rules say what is at fault, pages show it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import itemgetter

from mkdocs_ems import dataclass
from mkdocs_ems.model.compliance import ComplianceEvaluationRecord, Result
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.model.improvement import NonconformityRow
from mkdocs_ems.model.monitoring import MeasurementRow
from mkdocs_ems.model.obligations import ObligationRow
from mkdocs_ems.model.reviews import ManagementReviewRecord
from mkdocs_ems.model.values import Entry, Model
from mkdocs_ems.text import fold

_GRAVEST: tuple[Result, ...] = ("non-compliant", "partial", "unknown", "compliant", "not-applicable")
"""What counts where single conditions were evaluated with different results."""
_WHOLE = ""
"""Stands for what no condition names: only an evaluation of the whole obligation covers it."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One evaluation that counts on the day."""

    entry: Entry
    record: ComplianceEvaluationRecord
    on: date
    begins: date | None
    """The first day that it covers; None where neither it says so nor one before it."""

    @property
    def result(self) -> Result:
        """What it came to."""
        assert self.record.result is not None, "one without a result does not count"
        return self.record.result

    @property
    def settles(self) -> bool:
        """Whether it says where the organisation stands; one that came to `unknown` does not."""
        return self.result != "unknown"


@dataclass(frozen=True, slots=True)
class ObligationStatus:
    """Where one obligation stands."""

    entry: Entry
    obligation: ObligationRow
    evaluations: tuple[Evaluated, ...]
    """Those that count, by their days."""
    unfinished: bool
    """Whether a record names it that has no day or no result yet, or whose values could not be read."""
    missing: tuple[str, ...]
    """References of conditions that were never evaluated, while others were."""
    last: date | None
    """The day by which all of it had been evaluated; None where some of it never was."""
    result: Result | None
    """The gravest of the results that count today, `unknown` too; None where nothing was looked at."""
    every: Interval | None
    """How often it is evaluated; None where nobody decided it."""
    due: date | None
    """The day by which it is to be evaluated next."""
    breaches: tuple[str, ...]
    """Open nonconformities that its evaluations name, or that name one of these or a reading for it."""

    @property
    def latest(self) -> Evaluated | None:
        """The evaluation that was made last."""
        return self.evaluations[-1] if self.evaluations else None

    @property
    def settled(self) -> bool:
        """Whether an evaluation ever came to a result, of all of it or of some."""
        return any(one.settles for one in self.evaluations)

    @property
    def left_open(self) -> Evaluated | None:
        """The evaluation that was made last, where it could not say where the organisation stands."""
        latest = self.latest
        return None if latest is None or latest.settles else latest

    def overdue(self, on: date) -> bool:
        """Whether it was to be evaluated before a day, and was not."""
        return self.due is not None and self.due < on


def compliance_status(model: Model, *, as_of: date) -> tuple[ObligationStatus, ...]:
    """The status of every obligation that binds on a day, in the order of the content.

    Args:
        model: everything written.
        as_of: the day; evaluations of later days do not count.
    """
    statuses = _Statuses(model, as_of)
    return tuple(
        statuses.of(entry, entry.entity)
        for entry in model.entries
        if isinstance(entry.entity, ObligationRow) and binds(entry.entity, on=as_of)
    )


@dataclass(frozen=True, slots=True)
class Statement:
    """That somebody said where the organisation stands with all its obligations."""

    entry: Entry
    on: date


def last_statement(model: Model, *, as_of: date) -> Statement | None:
    """The latest statement of the overall status, by an evaluation of that scope or a management review."""
    found = [
        Statement(entry, on)
        for entry in model.entries
        if isinstance(entry.entity, ComplianceEvaluationRecord | ManagementReviewRecord)
        and _states(entry.entity)
        and (on := entry.entity.date or entry.entity.period_end) is not None
        and on <= as_of
    ]
    return max(found, key=lambda one: one.on, default=None)


def _states(record: ComplianceEvaluationRecord | ManagementReviewRecord) -> bool:
    """Whether a record says where the organisation stands with all its obligations."""
    if isinstance(record, ComplianceEvaluationRecord):
        return record.scope == "overall" and record.result not in (None, "unknown")
    told = record.inputs.compliance if record.inputs else None
    return told is not None and bool(told.text)


def binds(obligation: ObligationRow, *, on: date) -> bool:
    """Whether an obligation has to be met on a day."""
    begun = obligation.effective_from is None or obligation.effective_from <= on
    return begun and obligation.status != "pending" and obligation.applies


def day_of(record: ComplianceEvaluationRecord) -> date | None:
    """The day of an evaluation: its date, else the last day that it covers."""
    return record.date or record.period_end


def _records(model: Model) -> Mapping[str, Sequence[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in model.entries:
        record = entry.entity
        if isinstance(record, ComplianceEvaluationRecord) and record.obligation and record.scope != "overall":
            found[record.obligation].append(entry)
    return found


@dataclass(frozen=True, slots=True)
class _Open:
    """A nonconformity that is open, with what it takes up."""

    id: str
    evaluations: frozenset[str]
    measurements: frozenset[str]


def _open_ones(model: Model) -> Iterator[_Open]:
    for entry in model.entries:
        row = entry.entity
        if not isinstance(row, NonconformityRow) or row.id is None:
            continue
        if row.status != "closed" and row.closed_on is None:
            measured = frozenset(one.measurement for one in row.readings)
            yield _Open(row.id, frozenset(row.evaluations), measured)


def measured_for(model: Model) -> Mapping[str, frozenset[str]]:
    """The obligations that each measurement watches: its own `why`, and the conditions that name it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for entry in model.entries:
        row = entry.entity
        if isinstance(row, MeasurementRow) and row.id is not None:
            found[row.id].update(row.why)
        elif isinstance(row, ObligationRow) and row.id is not None:
            for one in row.conditions:
                if one.parameter is not None:
                    found[one.parameter].add(row.id)
    return {measurement: frozenset(names) for measurement, names in found.items()}


class _Statuses:
    """One model and day; makes the status of each obligation."""

    def __init__(self, model: Model, as_of: date) -> None:
        self._as_of = as_of
        self._usual = model.settings.intervals.evaluations
        self._records = _records(model)
        self._by_evaluation: defaultdict[str, list[str]] = defaultdict(list)
        self._by_obligation: defaultdict[str, list[str]] = defaultdict(list)
        self._open: set[str] = set()
        watched = measured_for(model)
        for one in _open_ones(model):
            self._open.add(one.id)
            for evaluation in one.evaluations:
                self._by_evaluation[evaluation].append(one.id)
            for obligation in {id_ for name in one.measurements for id_ in watched.get(name, ())}:
                self._by_obligation[obligation].append(one.id)

    def of(self, entry: Entry, obligation: ObligationRow) -> ObligationStatus:
        """The status of one obligation."""
        records = self._records.get(obligation.id or "", ())
        counting = _in_order(records, self._as_of)
        latest: dict[str, Evaluated] = {}
        settled: dict[str, Evaluated] = {}
        parts = tuple(_parts(obligation))
        for one in counting:
            named = {fold(name) for name in one.record.conditions}
            covered = dict.fromkeys([part for part in parts if not named or fold(part) in named], one)
            latest |= covered
            if one.settles:
                settled |= covered
        missing = tuple(part for part in parts if part not in settled)
        last = min((one.on for one in settled.values()), default=None) if not missing else None
        plan = obligation.evaluation
        every = Interval(plan.frequency_months, 0) if plan and plan.frequency_months else self._usual
        results = {one.result for one in latest.values()}
        return ObligationStatus(
            entry=entry,
            obligation=obligation,
            evaluations=counting,
            unfinished=any(not _finished(one) for one in records),
            missing=missing if settled else (),
            last=last,
            result=next((one for one in _GRAVEST if one in results), None),
            every=every,
            due=_due(obligation, last, every, promising=(*settled.values(), *latest.values())),
            breaches=tuple(sorted(self._breaches(obligation, counting))),
        )

    def _breaches(self, obligation: ObligationRow, evaluations: Sequence[Evaluated]) -> set[str]:
        found = set(self._by_obligation.get(obligation.id or "", ()))
        for one in evaluations:
            found.update(self._by_evaluation.get(one.record.id or "", ()))
            found.update(name for name in one.record.nonconformities if name in self._open)
        return found


def _finished(entry: Entry) -> bool:
    """Whether a record says enough to count: its day and its result, and nothing of it was lost."""
    record = entry.entity
    assert isinstance(record, ComplianceEvaluationRecord), "only these are gathered"
    return record.result is not None and day_of(record) is not None and not entry.dropped


def _in_order(records: Sequence[Entry], as_of: date) -> tuple[Evaluated, ...]:
    """The evaluations that count on a day, by their days; each begins where the one before it ended."""
    found: list[tuple[date, Entry, ComplianceEvaluationRecord]] = []
    for entry in records:
        record = entry.entity
        assert isinstance(record, ComplianceEvaluationRecord), "only these are gathered"
        on = day_of(record)
        if on is not None and on <= as_of and record.result is not None:
            found.append((on, entry, record))
    found.sort(key=itemgetter(0))
    before: date | None = None
    evaluated: list[Evaluated] = []
    for on, entry, record in found:
        begins = record.period_start or (before + timedelta(days=1) if before and before < on else None)
        evaluated.append(Evaluated(entry, record, on, begins))
        before = record.period_end or on
    return tuple(evaluated)


def _parts(obligation: ObligationRow) -> Iterator[str]:
    """What an evaluation of the whole covers: each condition by its reference, or the obligation itself."""
    refs = [one.ref for one in obligation.conditions]
    if not refs or None in refs:
        yield _WHOLE
    yield from dict.fromkeys(one for one in refs if one is not None)


def _due(
    obligation: ObligationRow, last: date | None, every: Interval | None, *, promising: Iterable[Evaluated]
) -> date | None:
    """When it is due next: what an evaluation promised, if that is sooner than the interval.

    What has come to no result yet is due as if nobody had looked: a promise makes nothing later.
    """
    promised = [
        one.record.next_due
        for one in promising
        if one.record.next_due is not None and (one.settles or last is not None)
    ]
    begins = last or obligation.effective_from
    if every is not None and begins is not None:
        promised.append(every.after(begins))
    return min(promised, default=None)
