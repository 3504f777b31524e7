"""Two years of records for measuring, each as it is written down on its day.

A yearly check of each control, an evaluation of each obligation, training of everybody in sessions of
ten, communications, drills, incidents, analyses, management reviews. Most stand as rows of a file for a
month or a year, the rarer ones in files of their own. Many are written down twice: a training until it
is known whether it worked, an incident until it is investigated. Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bench_planning import MEASUREMENTS, SCENARIOS
from bench_rows import COMPETENCES, Counts, people

ADOPTED = date(2024, 11, 20)
"""The first day of the history."""
SPAN = 725
"""So many days later the last records are made."""
READ_EACH = 50
"""Every so many procedures one is read by everybody."""
_INPUTS = [
    "previous_actions",
    "changes_issues",
    "changes_parties_obligations",
    "changes_significant_aspects",
    "changes_risks_opportunities",
    "objectives",
    "ncr_ca",
    "monitoring_results",
    "compliance",
    "audits",
    "resources",
    "communications_complaints",
    "improvement_opportunities",
]
_RESULTS = [
    "suitability",
    "adequacy",
    "effectiveness",
    "improvement_decisions",
    "ems_changes_resources",
    "actions_on_missed_objectives",
    "integration_opportunities",
    "strategic_implications",
]


@dataclass(frozen=True, slots=True)
class Written:
    """One record or row as it is written down on a day."""

    day: date
    path: str
    key: str
    """Its id, where it is a row of its file; empty where the file is its own."""
    text: str

    @property
    def lot(self) -> str:
        """What is written down together: the records of a kind, or a register."""
        return self.path if self.path.startswith("ems/registers/") else self.path.rsplit("/", 1)[0]


def after(days: int) -> date:
    """A day of the history, by its number."""
    return ADOPTED + timedelta(days=days)


def spread(number: int, of: int, *, begin: int = 0, end: int = SPAN) -> int:
    """The day of the one with this number, from 0 on, where so many are spread evenly."""
    return begin + number * (end - begin) // max(1, of)


def inspections(many: Counts) -> Iterator[Written]:
    """One check of each control in the second year, each fortieth with an amendment."""
    everybody = people(many)
    for number in range(1, many.controls + 1):
        day = after(spread(number, many.controls, begin=365))
        amended = f"    amendments: [{{date: {day + timedelta(10)}, text: The gauge was read again}}]\n"
        row = (
            f"  - id: CHK-{number:05}\n    title: Check {number}\n    date: {day}\n"
            f"    by: [{everybody[number % len(everybody)]}]\n    control: OPC-{number:05}\n    answers:\n"
            f"      - {{question: pH of the water, answer: in range, value: {6 + number % 3}.5, unit: pH}}\n"
            f"      - {{question: Flow, answer: in range, value: {number % 12}, unit: m3/h}}\n"
            f"    result: in-order\n"
        )
        path = f"ems/records/inspections/{day:%Y-%m}.yml"
        yield Written(day + timedelta(1), path, str(number), row)
        if number % 40 == 0:
            yield Written(day + timedelta(10), path, str(number), row + amended)


def evaluations(many: Counts) -> Iterator[Written]:
    """One evaluation of each obligation."""
    for number in range(1, many.obligations + 1):
        day = after(spread(number, many.obligations))
        row = (
            f"  - id: EVC-{number:05}\n    title: Evaluation {number}\n    obligation: OBL-{number:05}\n"
            f"    date: {day}\n    by: [ROL-OPS]\n    method: records\n    result: compliant\n"
            f"    comment: All returns of the period are there and within what is asked.\n"
            f"    evidence: [{{what: Folder {number}}}]\n"
        )
        yield Written(
            day + timedelta(3), f"ems/records/compliance-evaluations/{day:%Y-%m}.yml", str(number), row
        )


def trainings(many: Counts, documents: int) -> Iterator[Written]:
    """Sessions of ten for each competence, evaluated two months later; some procedures read by everybody."""
    everybody = people(many)
    groups = [everybody[begin : begin + 10] for begin in range(0, len(everybody), 10)]
    sessions = [(one, group) for one in range(1, COMPETENCES + 1) for group in groups]
    for number, (competence, group) in enumerate(sessions):
        day = after(spread(number, len(sessions), end=600))
        row = (
            f"  - id: TRN-{number + 1:04}\n    title: Session {number + 1}\n    kind: on-the-job\n"
            f"    date: {day}\n    by: [ROL-EHS]\n    people: [{', '.join(group)}]\n"
            f"    competences: [CMP-{competence:03}]\n    result: passed\n"
            f"    evidence: [{{what: List in the training file}}]\n"
        )
        later = day + timedelta(60)
        worked = f"    effectiveness: {{method: test, result: effective, date: {later}, by: ROL-EHS}}\n"
        path = f"ems/records/training/{day.year}.yml"
        yield Written(day + timedelta(2), path, f"{number}", row)
        yield Written(later, path, f"{number}", row + worked)
    for number in range(READ_EACH, documents, READ_EACH):
        row = (
            f"  - id: TRN-R{number:04}\n    title: Procedure {number} read\n    kind: read-understood\n"
            f"    date: {after(20)}\n    by: [ROL-EHS]\n    people: [{', '.join(everybody)}]\n"
            f"    document: PRO-{number:04}\n    evidence: [{{what: Confirmations on the screen}}]\n"
        )
        yield Written(after(21), "ems/records/training/read-2024.yml", f"r{number}", row)


def communications(many: Counts) -> Iterator[Written]:
    """What was said and asked; a third came in, and was answered later."""
    for number in range(1, many.communications + 1):
        day = after(spread(number, many.communications))
        asked = number % 3 == 0
        row = (
            f"  - id: COL-{number:05}\n    subject: Subject {number}\n"
            f"    direction: {'in' if asked else 'out'}\n    kind: {'enquiry' if asked else 'notice'}\n"
            f"    date: {day}\n    by: [ROL-EHS]\n    parties: [PTY-{number % 8 + 1:03}]\n"
            f"    plan: COP-{number % 8 + 1:03}\n"
        )
        path = f"ems/records/communications/{day.year}.yml"
        yield Written(day + timedelta(1), path, str(number), row)
        if asked:
            answered = day + timedelta(9)
            answer = f"    responded_on: {answered}\n    response: Answered by letter\n"
            yield Written(answered, path, str(number), row + answer)


def drills() -> Iterator[Written]:
    """Two drills of each scenario, each in a file of its own."""
    for number in range(SCENARIOS * 2):
        day = after(spread(number, SCENARIOS * 2, end=700))
        text = (
            f"id: DRL-{number + 1:03}\ntype: drill\ntitle: Drill {number + 1}\ndate: {day}\nby: [ROL-EHS]\n"
            f"scenarios: [EMR-{number % SCENARIOS + 1:03}]\nkind: practical\nparticipants: [ROL-OPS]\n"
            f'timeline:\n  - {{at: "14:00", what: Alarm}}\n  - {{at: "14:09", what: All out}}\n'
            f"result: effective\nevaluated_on: {day + timedelta(7)}\nevaluated_by: [ROL-EHS]\n"
            f"lessons: The way out was free. Nothing has to change.\nplan_reviewed_on: {day + timedelta(7)}\n"
        )
        yield Written(day + timedelta(8), f"ems/records/drills/DRL-{number + 1:03}.yml", "", text)


def incidents(many: Counts) -> Iterator[Written]:
    """Incidents as documents of their own, investigated later."""
    for number in range(1, many.incidents + 1):
        day = after(spread(number, many.incidents, end=700))
        met = number % 4 == 0
        head = (
            f"---\nid: INC-{number:04}\ntype: incident\ntitle: Incident {number}\ndate: {day}\n"
            "by: [ROL-OPS]\n"
            f"kind: spill\ndescription: A valve was left open; all of it stayed in the bund.\n"
            f"location: Store\naspects: [ASP-{number % many.aspects + 1:05}]\nsubstance: Cleaner\n"
            f"quantity: {{value: 15, unit: L}}\nmedium: contained\nnotifiable: false\n"
            + (f"scenarios: [EMR-{number % SCENARIOS + 1:03}]\n" if met else "")
        )
        later = day + timedelta(12)
        found = (
            f"investigated_on: {later}\ncause: Two people decant, each thought of the other.\n"
            "result: effective\nlessons: Couplings shut by themselves; nothing else has to change.\n"
            f"plan_reviewed_on: {later}\nno_action_reason: Was in hand already.\n"
        )
        body = f"---\n\n# Incident {number}\n\nIt was seen at once and taken up with the kit.\n"
        path = f"ems/records/incidents/INC-{number:04}.md"
        yield Written(day + timedelta(1), path, "", head + body)
        yield Written(later, path, "", head + found + body)


def analyses() -> Iterator[Written]:
    """One analysis a quarter."""
    looked = ", ".join(f"MON-{number:03}" for number in range(1, MEASUREMENTS + 1))
    for number in range(1, 9):
        end = after(number * 88)
        row = (
            f"  - id: ANA-{number:03}\n    title: Quarter {number}\n"
            f"    period_start: {after(number * 88 - 87)}\n"
            f"    period_end: {end}\n    date: {end + timedelta(5)}\n    by: [ROL-EHS]\n"
            f"    measurements: [{looked}]\n    indicators: [KPI-001, KPI-002]\n"
            f"    shows: Steady, and far from any limit.\n    verdict: as-planned\n"
        )
        yield Written(end + timedelta(6), f"ems/records/analyses/{end.year}.yml", str(number), row)


def reviews() -> Iterator[Written]:
    """Two management reviews, approved later."""
    for number, day in enumerate((after(22), after(380)), 1):
        inputs = "".join(
            f"  {name}:\n    text: Looked at, and nothing had to be decided.\n" for name in _INPUTS
        )
        outputs = "".join(f"  {name}: As it should be.\n" for name in _RESULTS)
        text = (
            f"id: MRV-{number:03}\ntype: management-review\ntitle: Review {number}\nowner: ROL-EHS\n"
            f"date: {day}\nby: [PER-001]\nchair: PER-001\nattendees: [PER-001, PER-002]\n"
            f"inputs:\n{inputs}outputs:\n{outputs}decisions:\n"
            f"  - {{text: Nothing has to change, no_action_reason: Nothing was added or given up}}\n"
        )
        path = f"ems/records/management-reviews/MRV-{number:03}.yml"
        later = day + timedelta(7)
        yield Written(day + timedelta(1), path, "", text)
        yield Written(later, path, "", f"{text}approved: {{by: PER-001, on: {later}}}\n")
