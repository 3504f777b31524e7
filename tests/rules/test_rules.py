"""Branches of rules that would clutter their pages as examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest

from mkdocs_ems.compile import Compilation, compile_state
from mkdocs_ems.git import Repository
from mkdocs_ems.rules import example_files, run_rules
from support.rule_cases import AS_OF, in_example
from support.story import Story

WASTE = """\
---
id: PRO-002
type: procedure
title: Waste
---

## Skips

"""

ASPECTS = """\
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
"""

ASPECT = """\
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic}]
"""


def messages(code: str, files: dict[str, str]) -> list[str]:
    """What one rule says of files beside the small EMS of the examples."""
    return [one.message for one in run_rules(in_example(files), select=(code,)).diagnostics]


def told(story: Story) -> Compilation:
    """The story's end, compiled as of the examples' day."""
    with Repository.open(story.flush()) as repository:
        return compile_state(repository, ref="main", as_of=AS_OF, now=datetime(2026, 6, 1, tzinfo=UTC))


# --- Links --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/a#b",
        "mailto:ben@small.example",
        "tel:+44123",
        "//example.org/a",
        "#skips",
        "#own",
        "#named",
        "../policy.md#we-keep-the-law",
        "rinse%2Dwater.md",
        "../registers/roles.yml#rol-md",
        "../img/flow.png",
    ],
)
def test_a_link_that_leads_somewhere_or_elsewhere_is_no_finding(target: str) -> None:
    own = '<a id="own"></a>\n\nText\n{: .wide #named }\n'
    files = {"ems/procedures/waste.md": f"{WASTE}See [it]({target}).\n{own}", "ems/img/flow.png": ""}
    assert messages("DOC013", files) == []


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        ("/ems/policy.md", "leads out of the repository"),
        ("../../../etc/passwd", "leads out of the repository"),
        ("file:///etc/passwd", "leads out of the repository"),
        ("../../README.md", "leads to no file of the content"),
        ("missing.png", "leads to no file of the content"),
        ("#skip", "leads to no heading of ems/procedures/waste.md"),
        ("../policy.md#we-obey", "leads to no heading of ems/policy.md"),
    ],
)
def test_a_link_that_leads_nowhere_says_how(target: str, fault: str) -> None:
    files = {"ems/procedures/waste.md": f"{WASTE}See [it]({target}).\n"}
    assert messages("DOC013", files) == [f"the link to {target} {fault}"]


def test_a_dead_picture_is_called_one() -> None:
    files = {"ems/procedures/waste.md": f"{WASTE}![Flow](flow.png)\n"}
    assert messages("DOC013", files) == ["the picture flow.png leads to no file of the content"]


def test_many_dead_links_are_all_found() -> None:
    links = "".join(f"[{number}](gone-{number}.md)\n" for number in range(300))
    assert len(messages("DOC013", {"ems/procedures/waste.md": WASTE + links})) == 300


# --- Placeholders -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["TBD", "tbd", "(TODO)", "xxx", "Lorem ipsum dolor", "[Your company name]", "[DATE]", "<insert name>"],
)
def test_a_remnant_of_a_template_is_found(text: str) -> None:
    assert len(messages("DOC015", {"ems/procedures/waste.md": f"{WASTE}See {text} here.\n"})) == 1


@pytest.mark.parametrize(
    "text",
    [
        "todo el mundo",
        "XXL",
        "`TBD`",
        "<!-- TODO: ask Ben -->",
        "[Site](https://example.org)",
        "[site]: https://example.org",
        "a sitemap, a datebook, a company",
        "~~~\nTODO\n```\nTBD\n~~~",
    ],
)
def test_what_only_looks_like_a_remnant_is_left_alone(text: str) -> None:
    assert messages("DOC015", {"ems/procedures/waste.md": f"{WASTE}{text}\n"}) == []


def test_a_remnant_in_a_nested_field_names_the_row() -> None:
    text = ASPECTS + ASPECT.replace("Toxic", "Toxic TBD")
    assert messages("DOC015", {"ems/registers/aspects.yml": text}) == ["ASP-001 still says TBD"]


# --- Aspects ------------------------------------------------------------------------------


def _conditions(edition: str, condition: str) -> list[str]:
    example = example_files()
    processes = example["ems/registers/processes.yml"].partition("    no_conditions")[0]
    return messages(
        "ASP002",
        {
            "ems/ems.yml": example["ems/ems.yml"].replace('"2026"', f'"{edition}"'),
            "ems/registers/processes.yml": processes,
            "ems/registers/aspects.yml": f"{ASPECTS}{ASPECT}    condition: {condition}\n",
        },
    )


@pytest.mark.parametrize("edition", ["2015", "2026"])
def test_each_edition_asks_for_abnormal_conditions_and_for_emergencies(edition: str) -> None:
    (abnormal,) = _conditions(edition, "emergency")
    assert "no abnormal condition" in abnormal
    (emergency,) = _conditions(edition, "abnormal")
    assert "no emergency condition" in emergency
    (both,) = _conditions(edition, "normal")
    assert "no abnormal and no emergency condition" in both


@pytest.mark.parametrize(("reach", "found"), [("", 1), ("direct", 1), ("influence", 0), ("none", 0)])
def test_an_aspect_that_does_not_say_whose_hands_it_is_in_counts_as_the_works_own(
    reach: str, found: int
) -> None:
    text = f"{ASPECTS}{ASPECT}    criteria: {{likelihood: 3, severity: 3}}\n"
    text += f"    control: {reach}\n" if reach else ""
    assert len(messages("ASP010", {"ems/registers/aspects.yml": text})) == found


def test_a_mistyped_condition_is_not_told_twice() -> None:
    assert _conditions("2026", "emergncy") == []


def test_a_decision_makes_an_aspect_significant_without_a_method() -> None:
    settings = 'schema: 1\norganisation: {name: Works}\nstandards: [{standard: iso14001, edition: "2026"}]\n'
    text = f"{ASPECTS}{ASPECT}    control: direct\n    significant: true\n"
    files = {"ems/ems.yml": settings, "ems/registers/aspects.yml": text}
    (message,) = messages("ASP010", files)
    assert message.startswith("ASP-001 (Nickel in rinse water) is significant")


# --- Others -------------------------------------------------------------------------------


def test_a_mistyped_responsibility_is_not_told_twice() -> None:
    roles = example_files()["ems/registers/roles.yml"].replace("ems-conformity", "ems-conformty")
    example = in_example({"ems/registers/roles.yml": roles})
    report = run_rules(example, select=("SCH", "ROL"), ignore=("ROL006",))
    assert [one.code for one in report.diagnostics] == ["SCH001"]


def test_a_planned_role_holds_no_responsibility_yet() -> None:
    roles = example_files()["ems/registers/roles.yml"] + "    status: planned\n"
    assert len(messages("ROL001", {"ems/registers/roles.yml": roles})) == 2


def test_the_unit_of_an_objective_may_stand_with_its_target() -> None:
    text = """\
id: REG-OBJECTIVES
type: objective
title: Objectives
rows:
  - id: OBJ-001
    title: Less water
    kpi: KPI-001
    baseline: {value: 46}
    target: {value: 38, unit: L}
"""
    assert messages("OBJ001", {"ems/registers/objectives.yml": text}) == []


OBLIGATION = """\
id: REG-OBLIGATIONS
type: obligation
title: Obligations
owner: ROL-EHS
rows:
  - id: OBL-001
    title: Waste duty of care
    citation: Environmental Protection Act 1990 s 34
    type: legislation
    jurisdiction: GB-ENG
    owner: ROL-EHS
    how_it_applies: We hand our waste to licensed carriers only.
"""


@pytest.mark.parametrize(
    ("column", "basis"),
    [
        ("title", "the standard asks"),
        ("citation", "the standard asks"),
        ("type", "good practice"),
        ("jurisdiction", "good practice"),
        ("owner", "good practice"),
    ],
)
def test_the_standard_is_said_to_ask_of_an_obligation_only_what_it_asks(column: str, basis: str) -> None:
    head, rows, row = OBLIGATION.partition("rows:\n")
    lines = row.replace("  - id: OBL-001\n", "").splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith(f"    {column}:"))
    files = {"ems/registers/obligations.yml": f"{head}{rows}  - id: OBL-001\n{kept}"}
    (one,) = run_rules(in_example(files), select=("OBL001",)).diagnostics
    assert one.basis.words == basis


def test_the_standard_is_not_said_to_ask_where_an_objective_began() -> None:
    text = """\
id: REG-OBJECTIVES
type: objective
title: Objectives
rows:
  - id: OBJ-001
    title: Less nickel
    kpi: KPI-001
    unit: mg/L
    target: {value: 1}
"""
    (one,) = run_rules(in_example({"ems/registers/objectives.yml": text}), select=("OBJ001",)).diagnostics
    assert (one.message.partition(") ")[2], one.basis.words) == (
        "does not say where it begins: it lacks baseline",
        "good practice",
    )


def test_a_bare_clause_of_something_tagged_with_other_standards_is_not_judged() -> None:
    front = WASTE.replace("title: Waste", 'title: Waste\nstandards: [iso14001, iso9001]\nclauses: ["8.3"]')
    assert messages("REF004", {"ems/procedures/waste.md": front}) == []
    assert messages("REF004", {"ems/procedures/waste.md": front.replace('"8.3"', '"2026:8.3"')}) != []


def test_saying_what_supersedes_a_document_is_no_reference_to_something_obsolete() -> None:
    old = WASTE.replace("title: Waste", "title: Waste\nsuperseded_by: PRO-003")
    new = WASTE.replace("PRO-002", "PRO-003").replace("title: Waste", "title: Waste\nsupersedes: [PRO-002]")
    files = {"ems/procedures/old.md": old, "ems/procedures/new.md": new}
    assert messages("DOC007", files) == []
    files["ems/policy.md"] = example_files()["ems/policy.md"] + "\nSee [[PRO-002]].\n"
    assert messages("REF003", files) == []
    assert messages("DOC007", files) == ["POL-001 mentions PRO-002, which is superseded by PRO-003"]


def test_a_policy_that_is_approved_for_later_is_found_with_its_day(story: Story) -> None:
    story.commit(dict(example_files()), date="2026-01-05")
    state = told(story)
    assert state.control is not None
    policy = state.control.documents["POL-001"]
    issue = replace(policy.issues[0], effective_from=date(2026, 7, 1))
    later = replace(policy, issues=(issue,), in_force=None)
    documents = MappingProxyType({**state.control.documents, "POL-001": later})
    state = replace(state, control=replace(state.control, documents=documents))
    (one,) = run_rules(state, select=("POL001",)).diagnostics
    assert one.message == (
        "no environmental policy is in force; POL-001 (Environmental policy): it takes effect on 2026-07-01"
    )


def test_where_no_policy_stands_the_settings_are_pointed_at(story: Story) -> None:
    files = {path: text for path, text in example_files().items() if path != "ems/policy.md"}
    story.commit(files, date="2026-01-05")
    (one,) = run_rules(told(story), select=("POL001",)).diagnostics
    assert (one.message, one.span.path, one.span.line) == (
        "no document of the type policy is in force",
        "ems/ems.yml",
        3,
    )


def test_an_unapproved_change_of_the_rules_is_found_at_the_settings(story: Story) -> None:
    story.commit(dict(example_files()), date="2026-01-05")
    changed = example_files()["ems/ems.yml"].replace("Small Works", "Larger Works")
    story.commit({"ems/ems.yml": changed}, date="2026-02-05", by="Ben Okoro <ben@small.example>")
    (one,) = run_rules(told(story), select=("DOC005",)).diagnostics
    assert (one.id, one.span.path) == ("EMS-RULES", "ems/ems.yml")


def test_evidence_that_did_not_count_is_shown_beside_what_waits_for_approval(story: Story) -> None:
    ben, maya = "Ben Okoro <ben@small.example>", "Maya Holm <maya@small.example>"
    story.commit(dict(example_files()), date="2026-01-05", by=maya)
    story.branch("change")
    story.commit({"ems/procedures/waste.md": WASTE}, date="2026-02-05", by=maya)
    story.switch()
    story.merge("change", by=ben)
    (one,) = run_rules(told(story), select=("DOC004",)).diagnostics
    assert one.id == "PRO-002"
    assert any("Ben Okoro" in place.message for place in one.related)


# --- What to type instead -----------------------------------------------------------------


def test_nobody_is_told_to_refer_to_what_a_file_saved_as_utf_16_holds() -> None:
    register = "id: REG-B\ntype: control\ntitle: B\nrows:\n  - id: OPC-100\n    title: B\n"
    aspects = ASPECTS + ASPECT + "    controls: [OPC-100]\n"
    files = {"ems/registers/b.yml": "\0".join(register), "ems/registers/aspects.yml": aspects}
    assert not messages("REF001", files)


def test_the_headings_of_a_policy_are_named_where_a_commitment_has_lost_its_own() -> None:
    policy = example_files()["ems/policy.md"].replace("## We keep the law", "## Our duties")
    (one,) = run_rules(in_example({"ems/policy.md": policy}), select=("POL002",)).diagnostics
    assert one.help.startswith("name the anchor of the heading where it stands now: ")
    assert "#our-duties" in one.help
    assert "#we-keep-the-law" not in one.help
