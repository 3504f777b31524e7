"""Branches of the rules on context, policy, roles, risks and actions that would clutter their pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mkdocs_ems.compile import compile_state
from mkdocs_ems.diagnostics import Basis, Diagnostic, Report
from mkdocs_ems.git import Repository
from mkdocs_ems.rules import example_files, run_rules
from support.rule_cases import AS_OF, compiled
from support.story import Story

EXAMPLE = example_files()
SETTINGS = EXAMPLE["ems/ems.yml"]
CONTEXT = EXAMPLE["ems/registers/context.yml"]
POLICY = EXAMPLE["ems/policy.md"]
SCOPE = EXAMPLE["ems/scope.md"]
EDITION_2015 = {"ems/ems.yml": SETTINGS.replace('edition: "2026"', 'edition: "2015"')}
ASPECTS = "id: REG-ASPECTS\ntype: aspect\ntitle: Aspects\nowner: ROL-EHS\nrows:\n"


def found(code: str, *files: Mapping[str, str], without: str = "") -> tuple[Diagnostic, ...]:
    """What one rule says of files beside the small EMS of the examples, one of which may be left out."""
    everything = dict(EXAMPLE)
    for some in files:
        everything |= some
    everything.pop(without, None)
    return run_rules(compiled(everything), select=(code,)).diagnostics


def messages(code: str, *files: Mapping[str, str]) -> list[str]:
    return [one.message for one in found(code, *files)]


def register(kind: str, *rows: str, head: str = "") -> dict[str, str]:
    """A further register of a kind; each row is one line of YAML."""
    lines = "".join(f"  - {{{row}}}\n" for row in rows)
    text = f"id: REG-MORE-{kind.upper()}\ntype: {kind}\ntitle: More\nowner: ROL-MD\n{head}rows:\n{lines}"
    return {f"ems/registers/more-{kind}.yml": text}


def settings(text: str) -> dict[str, str]:
    """The example's ems.yml with more at its end."""
    return {"ems/ems.yml": SETTINGS + text}


# --- Context ------------------------------------------------------------------------------


def test_an_incomplete_issue_is_a_demand_of_the_standard_only_where_its_explanation_is_missing() -> None:
    whole = "id: ISS-010, title: A, kind: internal, topic: other, relevant: true, "
    whole += "effect_on_outcomes: [compliance]"
    (owner,) = found("CTX001", register("context-issue", f"{whole}, last_reviewed: 2026-02-01"))
    assert (owner.message, owner.basis) == ("ISS-010 (A) lacks owner", Basis.PRACTICE)
    (topic,) = found("CTX001", register("context-issue", whole.replace("topic: other, ", "")))
    assert topic.basis is Basis.STANDARD
    (decided,) = found("CTX001", register("context-issue", whole.replace("relevant: true, ", "")))
    assert decided.message.startswith("ISS-010 (A) lacks relevant, ")
    assert decided.basis is Basis.STANDARD


def test_the_edition_of_2015_asks_for_the_climate_and_for_no_other_condition() -> None:
    without_issues = {"ems/registers/context.yml": CONTEXT.partition("rows:")[0] + "rows: []\n"}
    (climate,) = found("CTX002", EDITION_2015, without_issues)
    assert climate.span.path == "ems/registers/context.yml"
    assert (
        found("CTX003", EDITION_2015, {"ems/registers/context.yml": CONTEXT.replace("both", "we-affect")})
        == ()
    )


def test_without_a_register_of_issues_the_climate_is_asked_for_at_the_settings() -> None:
    (one,) = found("CTX002", without="ems/registers/context.yml")
    assert one.span.path == "ems/ems.yml"
    assert one.help.startswith("begin a register of context issues")
    assert found("CTX003", without="ems/registers/context.yml") == ()


@pytest.mark.parametrize(
    ("old", "new"), [("topic: climate", "topic: climat"), ("relevant: true", "relevant: yes")]
)
def test_a_mistyped_determination_is_not_called_missing(old: str, new: str) -> None:
    mistyped = {"ems/registers/context.yml": CONTEXT.replace(old, new, 1)}
    assert found("CTX002", mistyped) == found("CTX003", mistyped) == ()


def test_the_conditions_leave_to_the_climate_rule_what_it_says() -> None:
    open_ = CONTEXT.replace("    rationale: Low water stops the line.\n", "").replace(
        "topic: pollution", "topic: water"
    )
    files = {"ems/registers/context.yml": open_}
    assert len(messages("CTX002", files)) == 1
    assert messages("CTX003", files) == [
        "the context issues do not consider pollution levels (`topic: pollution`)"
    ]


def test_a_direction_that_nobody_looked_in_is_named() -> None:
    files = {"ems/registers/context.yml": CONTEXT.replace("direction: both", "direction: affects-us", 1)}
    assert messages("CTX003", files) == [
        "the context issues consider climate change without what we do to it"
    ]


def test_an_issue_that_a_mistyped_reference_was_meant_for_is_not_called_unanswered() -> None:
    issue = register("context-issue", "id: ISS-010, title: A, relevant: true")
    risk = register("risk", "id: RSK-010, title: B, source: [ISS-01O]")
    assert messages("CTX004", issue, risk) == []
    assert len(messages("CTX004", issue)) == 1


def test_the_interval_of_the_settings_holds_for_context_and_parties() -> None:
    interval = settings("intervals: {context: 3 months}\n")
    context, parties = found("CTX011", interval)
    assert context.message == (
        "the review of REG-CONTEXT (Context issues) with its 4 rows was due on 2026-05-10, 22 days ago"
    )
    assert parties.message == "REG-PARTIES (Interested parties): 1 row without a date of the last review"
    assert context.basis is Basis.OWN_RULE


def test_a_row_that_was_looked_at_later_than_its_register_keeps_its_own_date() -> None:
    rows = ("id: RSK-010, title: A", "id: RSK-011, title: B, last_reviewed: 2026-05-01")
    late = found("RSK005", register("risk", *rows, head="review_every: 1 year\nlast_reviewed: 2024-05-01\n"))
    assert [one.id for one in late] == ["RSK-010"]


def test_a_register_that_sets_its_own_interval_needs_no_date_where_it_is_approved_instead() -> None:
    assert found("RSK005", register("risk", "id: RSK-010, title: A", head="review_every: 1 year\n")) == ()


# --- Scope --------------------------------------------------------------------------------

SITES = "sites: [{id: MILL, title: The mill}, {id: YARD, title: The yard}]\n"


def scope(lines: str) -> dict[str, str]:
    """The example's scope with more in its front matter."""
    return {"ems/scope.md": SCOPE.replace("standard_edition", f"{lines}standard_edition")}


def aspects(line: str = "site: MILL") -> dict[str, str]:
    """One aspect, at a site."""
    return {
        "ems/registers/aspects.yml": f"{ASPECTS}  - {{id: ASP-001, title: Ni, process: PRC-001, {line}}}\n"
    }


def test_a_scope_of_2015_need_not_speak_of_the_life_cycle() -> None:
    text = "".join(line for line in SCOPE.splitlines(keepends=True) if "lifecycle" not in line)
    assert len(messages("CTX008", {"ems/scope.md": text})) == 1
    assert messages("CTX008", {"ems/scope.md": text}, EDITION_2015) == []


def test_a_site_without_aspects_is_told_once_aspects_name_sites() -> None:
    listed = scope("sites: [MILL, YARD]\n")
    assert messages("CTX009", settings(SITES), listed, aspects()) == [
        "the site YARD (The yard) is in SCO-001 (Scope) and has no environmental aspect"
    ]
    assert messages("CTX009", settings(SITES), listed, aspects("notes: Anywhere")) == []
    reason = SITES.replace("title: The yard", "title: The yard, no_aspects_reason: Empty since 2020")
    assert messages("CTX009", settings(reason), listed, aspects()) == []


def test_a_mistyped_site_is_no_sign_that_sites_are_kept_apart() -> None:
    listed = scope("sites: [MILL, YARD]\n")
    assert messages("CTX009", settings(SITES), listed, aspects("site: MILLL")) == []


def test_an_aspect_is_at_the_site_of_its_process() -> None:
    processes = EXAMPLE["ems/registers/processes.yml"].replace(
        "title: Plating line", "title: Line\n    site: MILL"
    )
    at_mill = {"ems/registers/processes.yml": processes}
    assert messages("CTX009", settings(SITES), scope("sites: [MILL]\n"), at_mill, aspects("notes: x")) == []


def test_an_aspect_whose_process_cannot_be_read_may_be_the_one_that_is_missed() -> None:
    text = f"{ASPECTS}  - {{id: ASP-001, title: Nickel, process: the line}}\n"
    assert messages("CTX009", {"ems/registers/aspects.yml": text}) == []


def test_the_absence_of_aspects_is_told_once_for_all_scopes() -> None:
    second = {"ems/second.md": SCOPE.replace("SCO-001", "SCO-002")}
    assert len(messages("CTX009", second)) == 1


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("sites: [YARD]\n", "the site MILL is not in the scope, and is in use: 1 entry"),
        (
            "exclusions: [{what: Mill, sites: [MILL]}]\n",
            "the site MILL is left out of the scope, and is in use: 1 entry",
        ),
    ],
)
def test_a_site_outside_the_scope_that_is_in_use_is_found(lines: str, said: str) -> None:
    assert messages("CTX010", settings(SITES), scope(lines), aspects()) == [said]
    assert messages("CTX010", settings(SITES), scope(lines), aspects("site: MILL, status: withdrawn")) == []


def test_what_uses_a_process_outside_the_scope_is_shown_up_to_five_places() -> None:
    process = register("process", "id: PRC-010, title: Paint shop, upstream: [PRC-001]")
    rows = [f"id: ASP-{number:03}, title: Paint {number}, process: PRC-010" for number in range(10, 20)]
    (one,) = found("CTX010", process, register("aspect", *rows))
    assert one.message == "PRC-010 (Paint shop) is in no part of the scope, and is in use: 10 references"
    assert len(one.related) == 5
    assert messages("CTX010", process) == []


# --- Policy -------------------------------------------------------------------------------


def controls(line: str) -> dict[str, str]:
    """The one control of the example, with what it says of itself."""
    head = EXAMPLE["ems/registers/controls.yml"].partition("rows:")[0]
    return {"ems/registers/controls.yml": f"{head}rows:\n  - {{id: OPC-001, title: Valve, {line}}}\n"}


def unserved(*files: Mapping[str, str]) -> list[str]:
    return [one.message.split("`")[1] for one in found("POL003", *files)]


def test_a_commitment_is_served_by_its_name_by_its_anchor_or_by_what_a_row_rests_on() -> None:
    everything = ["protection_of_environment", "compliance", "continual_improvement"]
    assert unserved(controls("notes: Nothing")) == everything
    assert unserved(controls("policy_commitments: [compliance]")) == everything[::2]
    assert unserved(controls('policy_commitments: ["#we-keep-the-law"]')) == everything[::2]
    assert unserved(controls("aspects: [ASP-001]"), aspects("notes: x")) == everything[1:]
    assert (
        unserved(controls("notes: Nothing"), register("objective", "id: OBJ-001, title: A")) == everything[:2]
    )
    assert unserved(controls("policy_commitments: {a: b}")) == []


def test_a_policy_that_was_replaced_promises_nothing() -> None:
    old = POLICY.replace("POL-001", "POL-000").replace("owner:", "superseded_by: POL-001\nowner:")
    assert unserved({"ems/old.md": old}) == []


def policy_judged(path: Path, *, roles: str, later: str | None = None) -> Report:
    """Judge a policy that Maya merged under some roles, which may have changed since."""
    story = Story(path / "repository")
    ben, maya = "Ben Okoro <ben@small.example>", "Maya Holm <maya@small.example>"
    adopted = {name: text for name, text in EXAMPLE.items() if name != "ems/policy.md"}
    story.commit({**adopted, "ems/registers/roles.yml": roles}, by=ben)
    for number, change in enumerate(
        ({"ems/policy.md": POLICY}, later and {"ems/registers/roles.yml": later})
    ):
        if change:
            story.branch(f"change-{number}")
            story.commit(change, by=ben)
            story.switch()
            story.merge(f"change-{number}", by=maya)
    with Repository.open(story.flush()) as repository:
        state = compile_state(repository, ref="main", as_of=AS_OF, now=datetime(2026, 6, 1, tzinfo=UTC))
    return run_rules(state, select=("POL004",))


ROLES = EXAMPLE["ems/registers/roles.yml"]
NOBODY_DIRECTS = ROLES.replace("    top_management: true\n", "")


def test_top_management_is_who_was_when_the_policy_was_approved(tmp_path: Path) -> None:
    assert policy_judged(tmp_path, roles=ROLES, later=NOBODY_DIRECTS).diagnostics == ()


def test_a_flag_that_came_after_the_approval_does_not_heal_it(tmp_path: Path) -> None:
    (one,) = policy_judged(tmp_path, roles=NOBODY_DIRECTS, later=ROLES).diagnostics
    assert one.message == (
        "issue 1 of POL-001 (Environmental policy) was approved by Maya Holm (ROL-MD): "
        "nobody of top management"
    )


def test_a_policy_that_was_taken_over_is_not_judged_and_not_passed(tmp_path: Path) -> None:
    story = Story(tmp_path / "repository")
    story.commit(dict(EXAMPLE))
    with Repository.open(story.flush()) as repository:
        state = compile_state(repository, ref="main", as_of=AS_OF, now=datetime(2026, 6, 1, tzinfo=UTC))
    report = run_rules(state, select=("POL004",))
    assert report.diagnostics == ()
    assert [one.reason for one in report.not_evaluated] == [
        "issue 1 of POL-001 was taken over when the system was begun; who approved it is not in evidence"
    ]


# --- Roles --------------------------------------------------------------------------------


def leaver(more: str = "") -> dict[str, str]:
    return register("person", f"id: PER-ANA, title: Ana, end_date: 2026-03-31{more}")


def test_a_leaver_is_told_with_all_that_is_open_and_five_places() -> None:
    rows = [f"id: ACT-{number:03}, title: A, owner: PER-ANA" for number in range(10, 20)]
    (one,) = found("ROL003", leaver(), register("action", *rows))
    assert one.message == (
        "PER-ANA (Ana) left on 2026-03-31 and still has 10 open duties: "
        "ACT-010, ACT-011, ACT-012, ACT-013, ACT-014 and 5 more"
    )
    assert len(one.related) == 5


@pytest.mark.parametrize(
    "row",
    [
        ("measurement", "id: MON-010, title: A, who: PER-ANA"),
        ("objective", "id: OBJ-010, title: A, responsible: PER-ANA, status: at-risk"),
        ("emergency-scenario", "id: EMR-010, title: A, roles: [PER-ANA]"),
        ("role", "id: ROL-NEW, title: A, deputies: [{person: PER-ANA, to: 2026-12-31}]"),
        ("risk", "id: RSK-010, title: A, owner: PER-ANA, status: treated"),
    ],
)
def test_every_open_duty_of_a_leaver_counts(row: tuple[str, str]) -> None:
    assert len(messages("ROL003", leaver(), register(*row))) == 1


@pytest.mark.parametrize(
    "row",
    [
        ("objective", "id: OBJ-010, title: A, responsible: PER-ANA, status: achieved"),
        ("obligation", "id: OBL-010, title: A, owner: PER-ANA, status: repealed"),
        ("role", "id: ROL-NEW, title: A, deputies: [{person: PER-ANA, to: 2026-03-31}]"),
        ("aspect", "id: ASP-010, title: A, assessed_by: [PER-ANA]"),
        ("risk", "id: RSK-010, title: A, acceptance: {by: PER-ANA, reason: B}"),
    ],
)
def test_what_a_leaver_did_or_what_is_over_is_no_open_duty(row: tuple[str, str]) -> None:
    assert messages("ROL003", leaver(), register(*row)) == []


def test_a_role_that_was_withdrawn_is_not_held_any_more() -> None:
    held = leaver(", roles: [{role: ROL-OLD}]")
    assert len(messages("ROL003", held, register("role", "id: ROL-OLD, title: A"))) == 1
    assert messages("ROL003", held, register("role", "id: ROL-OLD, title: A, status: withdrawn")) == []


def test_a_role_whose_only_holder_left_is_vacant() -> None:
    role = register("role", "id: ROL-NEW, title: A, required_for: [compliance]")
    assert messages("ROL004", role, leaver(", roles: [{role: ROL-NEW}]")) == [
        "ROL-NEW (A) is held by nobody on 2026-06-01, and is needed by the duty compliance"
    ]


def test_a_holder_that_cannot_be_read_may_be_the_one_who_is_missed() -> None:
    role = register("role", "id: ROL-NEW, title: A, required_for: [compliance]")
    assert messages("ROL004", role, register("person", "id: PER-NEW, title: B, roles: [{role: new}]")) == []


# --- Risks and actions --------------------------------------------------------------------

HIGH = "id: RSK-010, title: A, likelihood: 5, consequence: 5"


def test_without_a_threshold_no_risk_is_called_high() -> None:
    files = {"ems/ems.yml": SETTINGS.replace("risk_method: {threshold: 12}\n", "")}
    assert messages("RSK002", register("risk", HIGH)) == [
        "RSK-010 (A) scores 25; from 12 up your method asks for an answer: nothing is planned or accepted"
    ]
    assert messages("RSK002", register("risk", HIGH), files) == []


def test_an_objective_that_rests_on_a_risk_answers_it() -> None:
    objective = register("objective", "id: OBJ-010, title: A, basis: [RSK-010]")
    given_up = register("objective", "id: OBJ-010, title: A, basis: [RSK-010], status: withdrawn")
    assert messages("RSK002", register("risk", HIGH), objective) == []
    assert len(messages("RSK002", register("risk", HIGH), given_up)) == 1


def test_a_risk_whose_action_cannot_be_found_has_that_fault_alone() -> None:
    assert messages("RSK002", register("risk", f"{HIGH}, actions: [ACT-999]")) == []


def test_a_mistyped_kind_may_be_the_opportunity_that_is_missed() -> None:
    risks = EXAMPLE["ems/registers/risks.yml"]
    assert (
        len(messages("RSK004", {"ems/registers/risks.yml": risks.replace("kind: opportunity", "kind: risk")}))
        == 1
    )
    assert (
        messages("RSK004", {"ems/registers/risks.yml": risks.replace("kind: opportunity", "kind: chance")})
        == []
    )


DONE = "id: ACT-010, title: A, status: done, evidence: [b.pdf]"


@pytest.mark.parametrize(
    ("judged", "faults"),
    [
        ("", 1),
        (", effectiveness: {method: B}", 1),
        (", effectiveness: {method: B, due: 2026-05-31}", 1),
        (", effectiveness: {method: B, due: 2026-06-01}", 0),
        (", effectiveness: {method: B, result: not-effective, due: 2026-01-01}", 0),
    ],
)
def test_an_evaluation_may_wait_for_its_day(judged: str, faults: int) -> None:
    assert len(messages("ACT004", register("action", DONE + judged))) == faults


@pytest.mark.parametrize(
    ("link", "said"), [("corrective_actions: [ACT-010]", ""), ("", ", source: [NCR-001]")]
)
def test_the_evaluation_of_a_nonconformity_counts_for_its_actions(link: str, said: str) -> None:
    action = register("action", DONE + said)
    case = f"id: NCR-001, title: A, {link or 'notes: B'}"
    evaluated = f"{case}, effectiveness: {{method: Audit, result: effective}}"
    assert messages("ACT004", action, register("nonconformity", evaluated)) == []
    assert len(messages("ACT004", action, register("nonconformity", case))) == 1


def test_an_action_that_a_mistyped_reference_was_meant_for_is_no_orphan() -> None:
    action = register("action", "id: ACT-010, title: A")
    risk = register("risk", "id: RSK-010, title: B, actions: [ACT-01O]")
    assert messages("ACT006", action, risk) == []
    assert len(messages("ACT006", action)) == 1
