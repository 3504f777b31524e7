"""The report for whoever reviews a change: what it does, what it still needs, what it finds and cures.

Put together as sections of sentences, in the order in which a reviewer reads them and with
a rank by which they are filled in where there is little room. Lays out nothing, and makes
nothing harmless: that is up to the forms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.changes.review import Review
from mkdocs_ems.changes.values import Comparison, Side
from mkdocs_ems.diagnostics import Diagnostic, NotEvaluated, Report, Severity
from mkdocs_ems.report.fingerprint import Subject, subject
from mkdocs_ems.report.old_and_new import old_and_new
from mkdocs_ems.report.phrases import Phrase, Said, Section, listed
from mkdocs_ems.report.review_approvals import TITLE as APPROVALS
from mkdocs_ems.report.review_approvals import approval_sections
from mkdocs_ems.report.review_reach import reach_sections
from mkdocs_ems.text import plural

_LOOKED_AT, _ERRORS, _OTHERS, _OLD_AND_NEW, _CURED = 3, 4, 5, 7, 10
"""Their ranks among those of the approvals, which come first, and of what a change reaches."""
_UNAPPROVED = frozenset({"DOC004", "DOC005", "DOC024", "DOC025"})
"""Rules that say of a document that it waits for approval."""
_SUSPECT = "REF008"
"""The rule of links to what has changed: it leaves alone what waits, since an approval is a look."""


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """A change as a reviewer is told of it."""

    comparison: Comparison
    review: Review
    new: tuple[Diagnostic, ...]
    """Findings that the earlier state does not have, but for those that only say what waits for approval."""
    unapproved: tuple[Diagnostic, ...]
    """These: the report tells of what waits, and for whom."""
    cured: tuple[Diagnostic, ...]
    """Findings of the earlier state that are gone, as they were told there."""
    looked_at: tuple[Diagnostic, ...]
    """Findings of suspect links that whoever approves the change says to have looked at."""
    not_evaluated: tuple[NotEvaluated, ...]
    """Rules that could be judged before the change and cannot be any more."""
    titles: Mapping[str, str]
    """What documents are called, by id."""

    @property
    def nothing(self) -> bool:
        """Whether the change does nothing at all."""
        compared = self.comparison
        written = compared.changes or compared.measured or compared.rewritten or compared.records
        found = self.new or self.unapproved or self.cured or self.looked_at or self.not_evaluated
        return not (written or found or self.review.documents)


def review_report(
    review: Review,
    comparison: Comparison,
    *,
    before: Report,
    after: Report,
    titles: Mapping[str, str],
) -> ReviewReport:
    """Put a review beside what was found in both states.

    Args:
        review: what the change needs and touches.
        comparison: what differs.
        before: the findings of the state it starts from, on the day of the other.
        after: the findings of the state that is proposed.
        titles: what documents are called, by id.
    """
    known = {one.code for one in before.not_evaluated}
    waiting = {one.document for one in review.approvals}
    new = _more(after.diagnostics, before.diagnostics)
    unapproved = tuple(one for one in new if one.code in _UNAPPROVED and one.id in waiting)
    cured = _more(before.diagnostics, after.diagnostics)
    looked_at = tuple(one for one in cured if one.code == _SUSPECT and one.id in waiting)
    return ReviewReport(
        comparison=comparison,
        review=review,
        new=tuple(one for one in new if one not in unapproved),
        unapproved=unapproved,
        cured=tuple(one for one in cured if one not in looked_at),
        looked_at=looked_at,
        not_evaluated=tuple(one for one in after.not_evaluated if one.code not in known),
        titles=titles,
    )


def _more(these: Iterable[Diagnostic], those: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What these have and those have not; of several about one subject the last are the surplus."""
    left: Counter[Subject] = Counter(map(subject, those))
    found: list[Diagnostic] = []
    for one in these:
        if left[subject(one)]:
            left[subject(one)] -= 1
        else:
            found.append(one)
    return tuple(found)


# --- the opening ------------------------------------------------------------------------


def opening(report: ReviewReport) -> Phrase:
    """What the change does, in one or two sentences."""
    compared = report.comparison
    where = (*_state(compared.before), ", ", *_head(compared.after))
    day = f", as of {compared.after.as_of.isoformat()}."
    if report.nothing:
        # What stands outside of it, such as the settings of a site, is not compared.
        inside = (" in ", Said(f"{compared.content}/")) if compared.content else ()
        return ("Nothing differs", *inside, ": ", *where, day)
    told = (
        f"{_counted(_documents(report), 'document changes', 'documents change')}, "
        f"{_counted(len(report.new), 'finding is', 'findings are')} new, "
        f"{_counted(len(report.cured), 'is', 'are')} cured. Against "
    )
    return (told, *where, day)


def _counted(number: int, one: str, many: str) -> str:
    return plural(number, one, many) if number else f"no {one}" if " " in one else f"none {one}"


def _documents(report: ReviewReport) -> int:
    changed = {one.of.document for one in report.comparison.changes} - {None}
    return len(changed | set(report.review.documents))


def _state(side: Side) -> Phrase:
    return (Said(side.ref), " at ", Said(side.commit[:12])) if side.commit else (Said(side.ref),)


def _head(side: Side) -> Phrase:
    if side.dirty:
        return ("head ", *_state(side), " with changes that are not committed yet")
    return ("head ", Said(side.commit[:12] if side.commit else side.ref))


# --- the sections -----------------------------------------------------------------------


def sections(report: ReviewReport) -> tuple[Section, ...]:
    """Every section that has something to tell, in reading order."""
    return (
        *approval_sections(report.review),
        *_looked_at(report),
        *old_and_new(report.comparison, titles=report.titles, rank=_OLD_AND_NEW),
        *_findings(report),
        *reach_sections(report.review),
    )


def _looked_at(report: ReviewReport) -> Iterator[Section]:
    """Links that an approval clears: whoever gives it is told what he says with it."""
    entries = tuple(
        (
            (
                "Whoever approves ",
                Said(one.id or one.span.path),
                " says with it that its links still hold: ",
                Said(one.message),
            ),
        )
        for one in report.looked_at
    )
    if entries:
        yield Section(APPROVALS, _LOOKED_AT, entries, "note")


def _findings(report: ReviewReport) -> Iterator[Section]:
    errors = [one for one in report.new if one.severity is Severity.ERROR]
    others = [one for one in report.new if one.severity is not Severity.ERROR]
    title = "Findings"
    if errors:
        head: Phrase = (f"New errors ({len(errors)})",)
        yield Section(title, _ERRORS, tuple((_new(one),) for one in errors), "finding", head)
    if others:
        head = (f"New warnings and notes ({len(others)})",)
        yield Section(title, _OTHERS, tuple((_new(one),) for one in others), "finding", head)
    if report.unapproved:
        number = plural(len(report.unapproved), "finding says", "findings say")
        documents = listed(dict.fromkeys(one.id or "" for one in report.unapproved))
        entry: Phrase = (f"{number} that what waits is not approved yet: ", *documents)
        yield Section(title, _OTHERS, ((entry,),), "note")
    if report.not_evaluated:
        entries = tuple(
            ((Said(one.code), " cannot be judged any more: ", Said(one.reason)),)
            for one in report.not_evaluated
        )
        yield Section(title, _OTHERS, entries, "note")
    if report.cured:
        head = (f"Cured ({len(report.cured)})",)
        yield Section(title, _CURED, tuple((_cured(one),) for one in report.cured), "finding", head)


def _new(one: Diagnostic) -> Phrase:
    place = f"{one.span.path}:{one.span.line}"
    told: Phrase = (f"{one.severity.value} ", Said(one.code), " at ", Said(place), ": ", Said(one.message))
    return (*told, "; to mend it: ", Said(one.help)) if one.help else told


def _cured(one: Diagnostic) -> Phrase:
    return (f"{one.severity.value} ", Said(one.code), ": ", Said(one.message))
