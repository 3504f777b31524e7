"""Those outside who have to know of an emergency were not informed

## What it checks
A scenario names the interested parties (`informs`) and the `providers` that have to know of it before it
happens, or says why nobody does (`no_informing_reason`). Each of them was told within
`intervals: {emergency_information: …}` of `ems.yml`, two years without: by a `communication` whose `about`
names the scenario or its plan, by a `training` that is about it, or by taking part in a drill of it. Where no
scenario names anybody, or nobody was ever told, the register is told once.

## Why an auditor asks
Fire crews that never saw the yard look for the drain valve in the smoke. Informing those who may be touched,
contractors too, is the part of preparedness that is forgotten most.

## Fails
The neighbours were told three years ago, the contractor never.

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - id: EMR-001  # ← EMR008
    title: Fire in the store
    response: [PRO-001]
    roles: [ROL-EHS]
    last_drill: 2026-02-02
    informs: [PTY-001]
    providers: [SUP-001]
```

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-MD
rows:
  - {id: SUP-001, title: Maintenance contractor}
```

`ems/records/communications/2023.yml`
```yaml
type: communication
rows:
  - id: COL-001
    title: What to do when there is smoke
    date: 2023-05-02
    by: [PER-BEN]
    direction: out
    kind: briefing
    parties: [PTY-001]
    about: [EMR-001]
  - id: COL-002
    title: Where the drain covers hang
    date: 2026-04-02
    by: [PER-BEN]
    direction: internal
    kind: briefing
    roles: [ROL-EHS]
```

Nobody outside is named in any scenario.

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES  # ← EMR008
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - {id: EMR-001, title: Spill, response: [PRO-001], roles: [ROL-EHS], last_drill: 2026-02-02}
  - {id: EMR-002, title: Fire, response: [PRO-001], roles: [ROL-EHS], last_drill: 2026-02-02}
```

## Passes
Told by a visit on the plan, by taking part in a drill; and a reason where nobody has to know.

`ems/registers/emergency-scenarios.yml`
```yaml
id: REG-EMERGENCIES
type: emergency-scenario
title: Emergency scenarios
owner: ROL-EHS
rows:
  - id: EMR-001
    title: Fire in the store
    response: [PRO-001]
    roles: [ROL-EHS]
    informs: [PTY-001]
    providers: [SUP-001]
  - id: EMR-002
    title: Spill in the bund
    response: [PRO-001]
    roles: [ROL-EHS]
    last_drill: 2026-02-02
    no_informing_reason: It stays in the bund, and our own people deal with it.
```

`ems/registers/providers.yml`
```yaml
id: REG-PROVIDERS
type: provider
title: External providers
owner: ROL-MD
rows:
  - {id: SUP-001, title: Maintenance contractor}
```

`ems/records/communications/2026.yml`
```yaml
type: communication
rows:
  - id: COL-001
    title: Walk with the crew of the fire station
    date: 2026-02-11
    by: [PER-BEN]
    direction: out
    kind: briefing
    parties: [PTY-001]
    about: [PRO-001]
```

`ems/records/drills/2026.yml`
```yaml
type: drill
rows:
  - id: DRL-001
    title: Fire in the store
    date: 2026-03-02
    by: [PER-BEN]
    scenarios: [EMR-001]
    participants: [ROL-EHS]
    providers: [SUP-001]
    result: effective
    lessons: All were out in three minutes.
    plan_reviewed_on: 2026-03-04
```

## How to fix
Tell them, and keep it as a `communication` with `parties` and `about: [EMR-…]`; or have them take part in the
next drill.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mkdocs_ems.diagnostics import Basis, Finding, Severity
from mkdocs_ems.model import CommunicationRecord, EmergencyScenarioRow, Entry, TrainingRecord
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.registers import each_or_register
from mkdocs_ems.rules.responses import events, scenarios_in_use
from mkdocs_ems.rules.values import AuditContext, Rule, called, place
from mkdocs_ems.text import plural

_Told = Mapping[tuple[str, str], date]
"""The last day on which somebody was told of something: by their id and its id."""

_HELP = (
    "tell them and keep it as a `communication` with `parties` and `about: [EMR-…]`, or have them take part "
    "in the next drill"
)
_NAMING = "add `informs: [PTY-…]` or `providers: [SUP-…]`, or a `no_informing_reason`"


def check(context: AuditContext) -> Iterator[Finding]:
    """Yield each scenario that names nobody outside, and each of which somebody was not told in time."""
    told, kind = _told(context), "emergency-scenario"
    asked = [one for one in scenarios_in_use(context) if one[1].no_informing_reason is None]
    named = [one for one in asked if one[1].informs or one[1].providers]
    unnamed = [
        Finding(
            f"{called(scenario)} does not say who outside has to know of it",
            place(entry),
            id=scenario.id,
            help=_NAMING,
        )
        for entry, scenario in asked
        if not (scenario.informs or scenario.providers)
    ]
    words = f"none of the {plural(len(asked), kind.replace('-', ' '))} says who outside has to know of it"
    yield from each_or_register(context, unnamed, kind=kind, asked=len(asked), message=words)
    untold = [found for entry, scenario in named if (found := _untold(entry, scenario, told, context))]
    words = f"nothing shows that anybody outside was told of the {plural(len(named), kind.replace('-', ' '))}"
    # Where somebody was told of anything, the register is kept: each gap stands for itself.
    together = 0 if told else len(named)
    yield from each_or_register(context, untold, kind=kind, asked=together, message=words)


def _untold(
    entry: Entry, scenario: EmergencyScenarioRow, told: _Told, context: AuditContext
) -> Finding | None:
    outside = (*scenario.informs, *scenario.providers)
    late = [one for one in outside if _is_late(one, scenario, told, context)]
    if not late:
        return None
    were = "was" if len(late) == 1 else "were"
    within = context.settings.intervals.emergency_information
    return Finding(
        f"nothing shows that {listed(late)} {were} told of {called(scenario)} within {within}",
        place(entry),
        id=scenario.id,
        help=_HELP,
    )


def _told(context: AuditContext) -> _Told:
    found: dict[tuple[str, str], date] = {}

    def note(who: Iterable[str], what: Iterable[str], day: date | None) -> None:
        if day is not None and day <= context.as_of:
            things = tuple(what)
            for key in ((one, thing) for one in who for thing in things):
                found[key] = max(day, found.get(key, day))

    for _, said in context.each(CommunicationRecord):
        note(said.parties, said.about, said.date or said.period_end)
    for _, training in context.each(TrainingRecord):
        document = () if training.document is None else (training.document,)
        note(training.providers, (*training.about, *document), training.date or training.period_end)
    for _, record, day in events(context):
        note((*record.parties, *record.providers), record.scenarios, day)
    return found


def _is_late(one: str, scenario: EmergencyScenarioRow, told: _Told, context: AuditContext) -> bool:
    if not context.in_use(one):
        return False
    days = [told.get((one, what)) for what in (scenario.id or "", *scenario.response)]
    last = max((day for day in days if day), default=None)
    every = context.settings.intervals.emergency_information
    return last is None or every.passed(last, on=context.as_of)


RULE = Rule(
    code="EMR008",
    name="interested-parties-not-informed",
    severity=Severity.WARNING,
    basis=Basis.STANDARD,
    clauses_2015=("8.2",),
    clauses_2026=("8.2",),
    since="0.1.0",
    requires=("SCH001",),
    needs_all_files=True,
    check=check,
)
