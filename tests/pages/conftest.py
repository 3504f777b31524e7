"""A small manual, compiled in memory, with and without document control."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import (
    Act,
    Content,
    ControlState,
    DocumentControl,
    DocumentState,
    Issue,
    IssueState,
    Level,
    Manifest,
    Meaning,
    Part,
    Pending,
    Person,
    Segregation,
)
from mkdocs_ems.diagnostics import Basis, Diagnostic, NotEvaluated, Report, RuleCase, RuleDoc, Severity, Span
from mkdocs_ems.diagnostics import Waived as WaivedFinding
from mkdocs_ems.git.values import Commit, Event, Identity
from mkdocs_ems.pages import Manual, Page, Permanent, render_manual
from support.rule_cases import compiled

AS_OF = date(2026, 11, 30)

SETTINGS = """\
schema: 1
repository: 6f1c
organisation: {name: Wrenholt Surface Finishing Ltd, site: Alder Way Works, fictional: true}
significance:
  criteria:
    likelihood: {title: Likelihood, values: {1: never, 3: now and then, 5: always}}
    severity: {title: Severity, values: {1: slight, 4: serious, 5: grave}}
  formula: likelihood * severity
  threshold: score >= 12 or severity >= 4
  bands: [{label: low, from: 1}, {label: high, from: 12}]
approval:
  matrix: [{types: [policy, rules], roles: [ROL-MD, ROL-EHS], persons: 2, accepts: [recorded, signed]}]
"""

POLICY = """\
---
id: POL-001
type: policy
title: Environmental policy
owner: ROL-MD
number: VA 5.2
issue_label: Rev C
review_every: 12 months
clauses: ["5.2"]
commitments: {compliance: "#what-we-promise"}
---
# Our policy

We keep [[ASP-001|the mist]] in hand by [[OPC-001]] and the [procedure](procedures/plating.md#limits).

## What we promise

![Where the mist goes](procedures/img/flow.png) `[[ASP-001]]` [[ASP-404]] [the form](gone.pdf)
"""

PROCEDURE = """\
---
id: PRO-001
type: procedure
title: Plating
owner: ROL-MD
---
## Limits

Keep the bath below 60 °C. ![Flow](img/flow.png) See the [aspects](../registers/aspects.yml).
"""

ASPECTS = """\
id: REG-ASP
type: aspect
title: Register of aspects
owner: ROL-MD
rows:
  - id: ASP-001
    title: Chromium trioxide mist
    status: active
    process: PRC-01
    condition: normal
    topic: waste-haz
    impacts: [{text: Harm to health, scale: local}]
    criteria: {likelihood: 3, severity: 5}
    controls: [OPC-001]
    objective_decision: None this year; see [[OPC-001]].
    notes: |-
      First line.
      Second line.
  - id: ASP-002
    title: Mains water
    process: PRC-01
    criteria: {likelihood: 5, severity: 4}
  - id: ASP-003
    title: Cardboard
    criteria: {likelihood: 1, severity: 1}
"""

CONTROLS = """\
id: REG-OPC
type: control
title: Register of controls
rows:
  - id: OPC-001
    title: Scrubber
    hierarchy: engineering
    procedure: PRO-001
    operating_criteria: [{parameter: pressure difference, min: 8, max: 12, unit: mbar}]
"""

OBLIGATIONS = """\
id: REG-OBL
type: obligation
title: Register of obligations
rows:
  - id: OBL-001
    title: Permit
    url: https://www.legislation.example/uksi/2016/1154
    applicable: yes
"""

PROCESSES = """\
id: REG-PRC
type: process
title: Register of processes
rows:
  - {id: PRC-01, title: Chrome line, kind: core}
"""

PEOPLE = """\
id: REG-PER
type: person
title: Register of people
rows:
  - id: PER-001
    title: Ada Wren
    git_identities: [ada@wrenholt.example]
    roles: [{role: ROL-MD, from: 2024-01-01}]
"""

ROLES = """\
id: REG-ROL
type: role
title: Register of roles
rows:
  - {id: ROL-MD, title: Managing Director, top_management: true}
"""

SMALL: Mapping[str, str] = {
    "ems/ems.yml": SETTINGS,
    "ems/policy.md": POLICY,
    "ems/procedures/plating.md": PROCEDURE,
    "ems/procedures/img/flow.png": "a picture",
    "ems/registers/aspects.yml": ASPECTS,
    "ems/registers/controls.yml": CONTROLS,
    "ems/registers/obligations.yml": OBLIGATIONS,
    "ems/registers/people.yml": PEOPLE,
    "ems/registers/processes.yml": PROCESSES,
    "ems/registers/roles.yml": ROLES,
}

RULE = RuleDoc(
    code="ASP010",
    name="significant-without-control",
    title="A significant aspect has no control",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    clauses_2015=("8.1", "6.1.2"),
    clauses_2026=("8.1",),
    since="0.1.0",
    requires=(),
    broken=False,
    what="Every *significant* aspect names a control. <script>alert(1)</script>",
    why="An auditor follows the thread.",
    fix="Add the control to `controls`, or [read on](https://wrenholt.example).",
    fails=(RuleCase("", {"ems/registers/aspects.yml": "a: 1\nb: 2\n"}, (("ems/registers/aspects.yml", 2),)),),
    passes=(RuleCase("With a control", {"ems/registers/aspects.yml": "a: <b>\n"}, ()),),
)

FINDING = Diagnostic(
    code="ASP010",
    name="significant-without-control",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    message="ASP-002 (Mains water) is significant and has no control",
    help="name a control in `controls`",
    url=None,
    clauses=("6.1.2", "8.1"),
    span=Span("ems/registers/aspects.yml", 21, 5, 21, 10),
    id="ASP-002",
)

REPORT = Report(
    diagnostics=(FINDING,),
    not_evaluated=(NotEvaluated("DOC001", "changed-after-approval", "there is no history"),),
    waived=(
        WaivedFinding(
            replace(FINDING, id="ASP-003", severity=Severity.WARNING, message="ASP-003 has no owner"),
            "waits for the move",
            date(2027, 3, 31),
            "PER-001",
        ),
    ),
    ref="work tree",
    commit="5e" * 20,
    as_of=AS_OF,
    edition="2015",
    counts={"error": 1, "warning": 0, "info": 0, "waived": 1, "rules": 24, "files": 9},
)


def _event(number: int, day: str, subject: str) -> Event:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    author = Identity("Ben Elm", "ben@wrenholt.example")
    commit = Commit(f"{number:040x}", (), author, moment, author, moment, subject, "", (), ((),))
    return Event(number, commit, moment, ())


BEN = Person(None, "Ben Elm", "ben@wrenholt.example")
ADA = Person("PER-001", "Ada W.", "ada@wrenholt.example")


def an_issue(number: int, path: str, *, parts: tuple[Part, ...] = (), **changed: object) -> Issue:
    """An issue that Ben wrote and Ada approved by merging."""
    event = _event(number, "2026-03-02", f"Say it better the {number}th time")
    act = Act(
        principal="ada@wrenholt.example",
        person=ADA,
        role="ROL-MD",
        meaning=Meaning.APPROVAL,
        level=Level.RECORDED,
        done=event.date,
        event=event.commit.id,
        evidence=event.commit.id,
        issue=number,
        sentence="" if number == 1 else "Approved by Ada Wren on 2026-03-02, recorded by the approver.",
    )
    issue = Issue(
        number=number,
        label="Rev C" if number == 2 else None,
        state=IssueState.IN_FORCE,
        content=Content(path, "", parts),
        manifest=Manifest("", {}),
        title="",
        event=event,
        authors=(BEN,),
        level=Level.RECORDED,
        segregation=Segregation.ASSERTED,
        approvals=(act,),
        approved_on=event.date,
        effective_from=date(2026, 3, 2),
        effective_to=None,
        summary=event.commit.subject,
    )
    return replace(issue, **changed)  # type: ignore[arg-type]


def a_document(identity: str, path: str, kind: str, *issues: Issue, **changed: object) -> DocumentControl:
    """A controlled document with these issues, the last one in force."""
    made = DocumentControl(
        id=identity,
        kind="register" if "/registers/" in path else "document",
        type=kind,
        control="issue",
        title=f"Title of {identity}",
        path=path,
        owner="ROL-MD",
        number=None,
        state=DocumentState.IN_FORCE if issues else DocumentState.DRAFT,
        issues=issues,
        in_force=issues[-1] if issues else None,
        pending=None,
        review_due=None,
        last_confirmed=None,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def small_control(state: Compilation) -> ControlState:
    """The policy at its second issue with a draft waiting, a procedure never approved, one withdrawn."""
    plating, aspects = "ems/procedures/plating.md", "ems/registers/aspects.yml"
    picture = "ems/procedures/img/flow.png"
    blob = state.snapshot.entries[picture].blob
    first = an_issue(1, "ems/policy.md", state=IssueState.SUPERSEDED, effective_to=date(2026, 3, 2))
    second = an_issue(2, "ems/policy.md", parts=(Part("procedures/img/flow.png", picture, blob),))
    event = _event(9, "2026-11-20", "Change the limits")
    waiting = Pending(Content("ems/policy.md", "", ()), event, (BEN,), (), "waits for approval by ROL-MD")
    gone = an_issue(1, "ems/old.md", state=IssueState.WITHDRAWN, effective_to=date(2026, 6, 1))
    documents = (
        a_document("EMS-RULES", "ems/ems.yml", "rules", an_issue(1, "ems/ems.yml")),
        a_document(
            "POL-001", "ems/policy.md", "policy", first, second, pending=waiting, review_due=date(2026, 10, 1)
        ),
        a_document("PRO-001", plating, "procedure", an_issue(1, plating)),
        a_document("PRO-002", "ems/procedures/new.md", "procedure", pending=waiting),
        a_document("PRO-009", "ems/old.md", "procedure", gone, state=DocumentState.WITHDRAWN, in_force=None),
        a_document("REG-ASP", aspects, "aspect", an_issue(1, aspects)),
    )
    return ControlState({one.id: one for one in documents}, (), (event,), "7e" * 20, trust_root_named=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A rendered manual and its pages by path."""

    manual: Manual
    pages: Mapping[str, Page]

    def html(self, path: str) -> str:
        """Everything that one page says."""
        page = self.pages[path]
        return page.before + page.html + page.after


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of issues by blob id, as git would read them."""

    known: Mapping[str, str]

    def read(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        return {one: self.known[one].encode() for one in ids if one in self.known}

    def coming(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        return iter(self.read(ids).items())

    def sizes(self, ids: Iterable[str]) -> Mapping[str, int]:
        return {one: len(text.encode()) for one, text in self.known.items() if one in set(ids)}


Show = Callable[..., Shown]


def show(
    files: Mapping[str, str] = SMALL,
    *,
    controlled: bool = False,
    documents: Iterable[DocumentControl] = (),
    draft: bool = True,
    report: Report = REPORT,
    texts: Mapping[str, str] | None = None,
    permanent: Permanent = Permanent.HERE,
) -> Shown:
    """Render files in memory as a manual, with the control of the small one or of these documents."""
    state = compiled(files, as_of=AS_OF)
    if controlled or documents:
        control = small_control(state)
        known = {**control.documents, **{one.id: one for one in documents}}
        state = replace(state, control=replace(control, documents=known), control_reason="")
    manual = render_manual(
        state,
        report=report,
        rule_docs={RULE.code: RULE},
        draft=draft,
        blobs=Texts(texts) if texts is not None else None,
        permanent=permanent,
    )
    return Shown(manual, {page.path: page for page in manual.pages})


@pytest.fixture(scope="session")
def render() -> Show:
    """Renders files as a manual."""
    return show


@pytest.fixture(scope="session")
def approved() -> Shown:
    """The small manual with its issues in force."""
    return show(controlled=True, draft=False)


@pytest.fixture(scope="session")
def drafted() -> Shown:
    """The small manual as the work stands, with no history."""
    return show()


@pytest.fixture(scope="session")
def small() -> Mapping[str, str]:
    """The files of the small manual."""
    return SMALL


@pytest.fixture(scope="session")
def small_report() -> Report:
    """The findings that the small manual is shown with."""
    return REPORT


@pytest.fixture(scope="session")
def issue() -> Callable[..., Issue]:
    """Makes an issue."""
    return an_issue


@pytest.fixture(scope="session")
def document() -> Callable[..., DocumentControl]:
    """Makes a controlled document."""
    return a_document


@pytest.fixture(scope="session")
def pending() -> Pending:
    """A draft that waits for approval."""
    event = _event(9, "2026-11-20", "Change the limits")
    return Pending(Content("ems/policy.md", "", ()), event, (BEN,), (), "waits for approval by ROL-MD")
