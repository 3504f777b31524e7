"""Branches of the rules on documents, references and history that would clutter their pages."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mkdocs_ems.compile import Compilation
from mkdocs_ems.diagnostics import Diagnostic, Severity
from mkdocs_ems.git.values import Tag
from mkdocs_ems.graph import link
from mkdocs_ems.model import build_model
from mkdocs_ems.rules import example_files, run_rules
from mkdocs_ems.rules.obsolete import in_circles
from mkdocs_ems.source import parse_sources
from support.chain import Chain
from support.company import company, procedure, record
from support.rule_cases import compiled

EXAMPLE = example_files()
SETTINGS = EXAMPLE["ems/ems.yml"]
WASTE = "procedures/waste.md"


def found(code: str, *files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """What one rule says of files beside the small EMS of the examples."""
    everything = dict(EXAMPLE)
    for some in files:
        everything |= some
    return run_rules(compiled(everything), select=(code,)).diagnostics


def messages(code: str, *files: Mapping[str, str]) -> list[str]:
    return [one.message for one in found(code, *files)]


def document(
    identity: str, text: str = "Words.", *, head: str = "", kind: str = "procedure"
) -> dict[str, str]:
    """A document of its own; `head` adds lines to its front matter."""
    front = f"id: {identity}\ntype: {kind}\ntitle: Paper {identity}\nowner: ROL-EHS\n{head}"
    return {f"ems/more/{identity.lower()}.md": f"---\n{front}---\n\n## Part\n\n{text}\n"}


def controls(*rows: str) -> dict[str, str]:
    """The register of controls; each row is what follows its id, in braces."""
    lines = "".join(f"  - {{id: OPC-{at:03}, {row}}}\n" for at, row in enumerate(rows, 1))
    head = "id: REG-CONTROLS\ntype: control\ntitle: Controls\nowner: ROL-EHS\nrows:\n"
    return {"ems/registers/controls.yml": head + lines}


def state(chain: Chain, **changed: object) -> Compilation:
    """A chain compiled on 1 June 2026; `changed` replaces fields of its history or of its snapshot."""
    snapshot, history = chain.snapshot(), chain.history()
    told_of = {name: changed[name] for name in ("tags", "main") if name in changed}
    history = replace(history, **told_of)  # type: ignore[arg-type]  # fields of the history
    outside = {name: changed[name] for name in ("untracked", "sparse") if name in changed}
    snapshot = replace(snapshot, **outside)  # type: ignore[arg-type]  # fields of the snapshot
    sources = parse_sources(snapshot)
    model = build_model(sources)
    day = date(2026, 6, 1)
    control = chain.control("2026-06-01")
    return Compilation(snapshot, sources, model, link(model, sources), day, control, history=history)


def told(code: str, chain: Chain, **changed: object) -> list[str]:
    return [one.message for one in run_rules(state(chain, **changed), select=(code,)).diagnostics]


# --- Owners -------------------------------------------------------------------------------


def test_an_owner_that_was_written_and_cannot_be_used_is_not_missing() -> None:
    unreadable = {"ems/more/a.md": "---\nid: PRO-009\ntype: procedure\ntitle: A\nowner: {role: EHS}\n---\n"}
    assert found("DOC003", unreadable) == ()


def test_a_file_that_is_no_document_yet_is_not_asked_for_its_owner() -> None:
    assert found("DOC003", {"ems/more/a.md": "# Notes\n"}) == ()


# --- Obsolete documents -------------------------------------------------------------------


def test_the_method_is_not_explained_by_a_document_that_was_replaced() -> None:
    replaced = EXAMPLE["ems/methods/significance.md"].replace("owner:", "superseded_by: PRO-001\nowner:")
    (one,) = found("DOC007", {"ems/methods/significance.md": replaced})
    assert one.message == "the significance method names MET-001, which is superseded by PRO-001"
    assert one.span.path == "ems/ems.yml"


@pytest.mark.parametrize(
    "row",
    [
        "title: A, status: withdrawn, procedure: PRO-002",
        "title: A, procedure: PRO-001",
    ],
)
def test_what_is_given_up_may_lead_to_what_was_replaced(row: str) -> None:
    assert found("DOC007", document("PRO-002", head="superseded_by: PRO-001\n"), controls(row)) == ()


def test_a_finished_action_may_name_the_instruction_that_held_at_its_time() -> None:
    def actions(status: str) -> dict[str, str]:
        row = f"{{id: ACT-009, title: A, status: {status}, integrated_into: [PRO-002]}}"
        text = f"id: REG-MORE\ntype: action\ntitle: More\nowner: ROL-MD\nrows:\n  - {row}\n"
        return {"ems/registers/more.yml": text}

    old = document("PRO-002", head="superseded_by: PRO-001\n")
    assert found("DOC007", old, actions("verified")) == ()
    assert len(found("DOC007", old, actions("open"))) == 1


def test_a_link_of_a_document_to_itself_is_no_use_of_it() -> None:
    old = document("PRO-002", "See [above](pro-002.md#part).", head="superseded_by: PRO-001\n")
    assert found("DOC007", old) == ()


def test_references_into_a_circle_of_replacements_are_not_told_beside_the_circle() -> None:
    circle = document("PRO-002", head="superseded_by: PRO-003\n")
    circle |= document("PRO-003", head="superseded_by: PRO-002\n")
    files = (circle, document("PRO-004", "See [[PRO-002]] and [[PRO-003]]."))
    assert found("DOC007", *files) == ()
    assert messages("DOC008", *files) == [
        "PRO-002 (Paper PRO-002) is replaced in a circle: PRO-002 by PRO-003 by PRO-002"
    ]


def withdrawn(*, head: str = "", message: str = "Withdraw it", more: str = "", **said: object) -> Chain:
    """A procedure that is withdrawn by a record, in a commit of this message, and then deleted."""
    other = {
        "procedures/other.md": procedure(more or "Sort.", identity="PRO-002", head=said.pop("other", ""))
    }
    chain = company(**{WASTE: procedure(head=head), **other})
    withdrawal = record(chain, WASTE, by="eve", meaning="withdrawal", **said)
    chain.commit(withdrawal, by="eve", message=message)
    chain.commit({WASTE: None}, by="ann", message="Delete it")
    return chain


def test_a_mention_of_a_withdrawn_document_is_told_as_obsolete() -> None:
    chain = withdrawn(more="As [[PRO-001]] says.")
    assert told("DOC007", chain) == ["PRO-002 mentions PRO-001, which is withdrawn"]
    assert told("REF001", chain) == told("REF003", chain) == []


def test_a_withdrawal_that_nobody_explained_is_told() -> None:
    (message,) = told("DOC008", withdrawn())
    assert message.startswith("PRO-001 (Waste) was withdrawn on 2026-")
    assert message.endswith("it is not said what replaced it, nor why it went")


@pytest.mark.parametrize(
    "message", ["Withdraw PRO-001", "Remove the document", "Withdrawal of issue 1: Waste"]
)
def test_a_message_that_only_says_that_it_was_withdrawn_is_no_reason(message: str) -> None:
    assert len(told("DOC008", withdrawn(message=message))) == 1


def test_a_withdrawal_is_explained_by_its_record_its_commit_or_its_last_content() -> None:
    assert told("DOC008", withdrawn(message="Withdraw PRO-001, there is no skip here any more")) == []
    assert told("DOC008", withdrawn(reason="There is no skip here any more")) == []
    assert told("DOC008", withdrawn(head="withdrawal_reason: No skips here any more\n")) == []
    assert told("DOC008", withdrawn(head="superseded_by: PRO-002\n")) == []
    assert told("DOC008", withdrawn(other="supersedes: [PRO-001]\n")) == []


def test_a_document_replaced_by_one_that_is_withdrawn_leads_nowhere() -> None:
    chain = withdrawn(reason="There is no skip here any more", other="superseded_by: PRO-001\n")
    assert told("DOC008", chain) == [
        "PRO-002 (Waste) is replaced by PRO-001, which is withdrawn and replaced by nothing"
    ]


# --- What has to be in writing ------------------------------------------------------------


def missing(*files: Mapping[str, str]) -> set[str]:
    return {message.removeprefix("nothing holds ") for message in messages("DOC012", *files)}


def test_what_is_asked_for_is_told_with_the_clause_of_the_edition() -> None:
    risks = {"ems/registers/risks.yml": "id: REG-RISKS\ntype: risk\ntitle: Risks\nowner: ROL-MD\nrows: []\n"}
    old = {"ems/ems.yml": SETTINGS.replace('edition: "2026"', 'edition: "2015"')}
    assert "the risks and opportunities that have to be dealt with (6.1.4)" in missing(risks)
    assert "the risks and opportunities that have to be dealt with (6.1.1)" in missing(risks, old)


def test_rows_that_are_withdrawn_hold_nothing() -> None:
    row = "{id: ASP-001, title: A, status: withdrawn}"
    text = f"id: REG-ASPECTS\ntype: aspect\ntitle: Aspects\nowner: ROL-EHS\nrows:\n  - {row}\n"
    assert "the aspects and their impacts (6.1.2)" in missing({"ems/registers/aspects.yml": text})
    assert "the significant aspects (6.1.2)" not in missing({"ems/registers/aspects.yml": text})


def test_an_external_document_is_asked_for_only_where_a_permit_applies() -> None:
    words = "the external documents that are needed, identified and controlled (7.5.3)"
    register = EXAMPLE["ems/registers/obligations.yml"]
    law = {"ems/registers/obligations.yml": register.replace("type: consent", "type: legislation")}
    assert words in missing()
    assert words not in missing(law)


def test_planning_is_not_described_by_a_document_of_somebody_else() -> None:
    words = "the processes of planning, as far as needed to trust that they run as planned (6.1.1)"
    outside = document("EXT-001", head='clauses: ["6.1.3"]\n', kind="external-document")
    assert words in missing(outside)
    assert words not in missing(document("PRO-002", head='clauses: ["6.1"]\n'))


def test_the_policy_and_the_criteria_are_left_to_their_own_rules() -> None:
    assert not any("policy" in words or "criteria" in words for words in missing())


def test_nothing_is_said_while_a_file_cannot_be_read() -> None:
    report = run_rules(compiled({**EXAMPLE, "ems/more/a.yml": "a: [\n"}), select=("DOC012",))
    assert [one.code for one in report.not_evaluated] == ["DOC012"]


def test_a_register_of_which_nothing_was_approved_is_told_once() -> None:
    chain = company(**{WASTE: procedure()})
    row = "{id: OBL-001, title: Consent}"
    text = f"id: REG-OBL\ntype: obligation\ntitle: Obligations\nowner: ROL-EHS\nrows:\n  - {row}\n"
    chain.commit({"registers/obligations.yml": text}, by="ann", message="List the obligations")
    diagnostics = run_rules(state(chain), select=("DOC012", "DOC004")).diagnostics
    assert [(one.code, one.message) for one in diagnostics if one.id == "REG-OBL"] == [
        (
            "DOC012",
            "no issue of REG-OBL (Obligations) is in force, which holds the compliance obligations (6.1.3)",
        )
    ]


# --- What nothing leads to ----------------------------------------------------------------


def test_a_file_is_held_by_a_row_that_names_it_by_the_map_of_a_site_and_by_nothing_of_the_records() -> None:
    row = "title: A, procedure: PRO-001, notes: see trial.pdf, links: [../more/curve.png]"
    files = {
        "ems/more/trial.pdf": "x",
        "ems/more/curve.png": "x",
        "ems/more/map.svg": "x",
        "ems/records/checks/photo.jpg": "x",
        "ems/more/.gitkeep": "",
        "ems/ems.yml": SETTINGS + "sites: [{id: S, title: S, map: more/map.svg}]\n",
    }
    assert found("DOC014", files, controls(row)) == ()


def test_loose_files_of_a_folder_are_told_together() -> None:
    files = {f"ems/more/{name}.png": "x" for name in "abcdefg"}
    assert messages("DOC014", files) == [
        "no document shows or links a.png, b.png, c.png, d.png, e.png and 2 more"
    ]


def test_a_document_does_not_lead_to_itself() -> None:
    text = "See [above](pro-002.md#part), [[PRO-002]]."
    (one,) = found("DOC014", document("PRO-002", text))
    assert one.id == "PRO-002"


@pytest.mark.parametrize(
    "head", ["areas: [Yard]\n", "read_by: [ROL-EHS]\n", 'clauses: ["8.1"]\n', "superseded_by: PRO-001\n"]
)
def test_a_document_that_says_where_it_belongs_is_found(head: str) -> None:
    assert found("DOC014", document("PRO-002", head=head)) == ()


# --- Titles of roles ----------------------------------------------------------------------


def named(text: str, *, kind: str = "procedure", settings: str = "") -> list[str]:
    """The titles that the rule finds in a text."""
    files = (document("PRO-002", text, kind=kind), {"ems/ems.yml": SETTINGS + settings})
    told = messages("DOC016", *files)
    return [one.partition(" names the ")[2].partition(", a role")[0] for one in told]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("The Night Shift Supervisor reads it.", ["Night Shift Supervisor"]),
        ("Ask a QA technician.", ["QA technician"]),
        ("**Yard operator:** closes it.", ["Yard operator"]),
        ("Told to the Head of Production.", ["Head of Production"]),
        ("Plant Engineers and the Plant Engineer.", ["Plant Engineers"]),
        ("Co-ordination is with the Site Co-ordinator.", ["Site Co-ordinator"]),
        ("| Who | Does |\n|---|---|\n| Yard operator | it |", ["Yard operator"]),
        ("| Does | By whom |\n|:--|--:|\n| it | **Yard operators** |", ["Yard operators"]),
    ],
)
def test_a_title_that_nobody_here_has_is_found(text: str, titles: list[str]) -> None:
    assert named(text) == titles


@pytest.mark.parametrize(
    "text",
    [
        "The EHS Managers and each EHS manager.",
        "Tell EHS Manager. The Acting Managing Director does.",
        "Managers decide. The Manager and the Operator agree. Every Operator knows.",
        "The shift leader is told; a yard operator helps, and the pump operator too.",
        "| Part | What |\n|---|---|\n| Yard operator | it |",
        "| Site Manager | Plant Engineer |\n|---|---|\n| a | b |",
        "## What the Site Manager did",
        "> The Site Manager shall do it.",
        'The letter of the "Site Manager" and of the \u201cPlant Engineer\u201d.',
        "`Site Manager` and [Site Manager](https://example.org) and [[PRO-001|Site Manager]].",
        "```text\nThe Site Manager\n```",
        "The Crane Operator Manual and the Boiler Operator Panel.",
        "Sewerage company officers; Line Manager.",
        "Managerial work, a Leadership Engineering programme, Operators-only.",
    ],
)
def test_what_is_no_title_or_somebody_s_here_is_left_alone(text: str) -> None:
    assert named(text) == []


def test_words_of_your_own_and_roles_elsewhere_are_taken_from_the_settings() -> None:
    own = "role_names: {endings: [Meister], outside: [Fire Safety Officer]}\n"
    text = "Gerufen wird vom Galvano Meister der Fire Safety Officer."
    assert named(text, settings=own) == ["Galvano Meister"]
    assert named(text) == ["Fire Safety Officer"]


def test_only_documents_that_people_work_by_are_read_for_roles() -> None:
    text = "The Site Manager does it."
    assert named(text, kind="work-instruction") == named(text, kind="plan") == ["Site Manager"]
    assert named(text, kind="form") == named(text, kind="manual") == []


def test_a_title_is_told_once_for_each_document_with_the_nearest_known_one() -> None:
    (one,) = found(
        "DOC016", document("PRO-002", "An EHS Managers' list.\n\nAn EMS Manager. The EMS Manager.")
    )
    assert (one.message.partition(",")[0], one.span.line) == ("PRO-002 names the EMS Manager", 12)
    assert one.help.startswith("did you mean EHS manager?")


# --- History ------------------------------------------------------------------------------


def tag(day: str, target: str, *, annotated: bool = True) -> tuple[Tag, ...]:
    when = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    assert when.tzinfo is UTC
    return (Tag("v1", "f" * 40, target, annotated=annotated, date=when),)


def test_a_tag_that_leads_out_of_the_history_is_told_unless_it_is_later_than_the_main_branch() -> None:
    chain = company(**{WASTE: procedure()})
    chain.commit({WASTE: procedure("More.")}, by="ann", on="2026-05-04")
    (message,) = told("DOC021", chain, tags=tag("2026-05-01", "e" * 40))
    assert message.startswith("the tag v1 of 2026-05-01 leads to commit eeeeeeeeee, which this history")
    assert told("DOC021", chain, tags=tag("2026-05-05", "e" * 40)) == []
    assert told("DOC021", chain, tags=tag("2026-05-01", chain.head)) == []
    assert told("DOC021", chain, tags=tag("2026-05-01", "e" * 40, annotated=False)) == []


def test_files_outside_git_are_told_by_folder_and_as_a_warning() -> None:
    paths = ["ems/b/one.md", "ems/a/two.md", "ems/a/three.md"]
    chain = company(**{WASTE: procedure()})
    report = run_rules(state(chain, untracked=frozenset(paths)), select=("DOC021",))
    assert [(one.span.path, one.severity, one.message) for one in report.diagnostics] == [
        ("ems/a/three.md", Severity.WARNING, "2 files of ems/a are not in git: three.md and two.md"),
        ("ems/b/one.md", Severity.WARNING, "1 file of ems/b is not in git: one.md"),
    ]


def test_a_clone_without_the_main_branch_is_warned_of() -> None:
    (message,) = told("DOC021", company(**{WASTE: procedure()}), main=None)
    assert message.startswith("there is no branch main here")


def test_what_a_sparse_checkout_leaves_out_is_named() -> None:
    chain = company(**{WASTE: procedure()})
    report = run_rules(state(chain, sparse=frozenset({"ems/b/one.md"})), select=("DOC021",))
    (one,) = report.diagnostics
    assert one.severity is Severity.INFO
    assert "leaves 1 file of the content out of this folder: ems/b/one.md" in one.message


# --- Ids ----------------------------------------------------------------------------------


def rows(*written: str, kind: str = "control", identity: str = "REG-ROWS") -> dict[str, str | None]:
    """A register with these rows, each as lines."""
    listed = "".join(f"  - {row.replace('; ', chr(10) + '    ')}\n" for row in written)
    return {"registers/rows.yml": f"id: {identity}\ntype: {kind}\ntitle: Rows\nrows:\n{listed}"}


BUND = "id: OPC-001; title: Bund of the acid tank; where: Under tank number four"
ALARM = "id: OPC-001; title: Level alarm; where: On the sump of the yard"


def changed(before: Mapping[str, str | None], after: Mapping[str, str | None], **more: object) -> list[str]:
    """What the rule says of a register that was adopted in one state and stands in another."""
    chain = company(**{path: text for path, text in before.items() if text is not None})
    chain.commit(after, by="ann", message="Renew the register")
    return told("REF005", chain, **more)


def test_an_id_with_another_title_and_no_words_kept_stands_for_something_else() -> None:
    assert changed(rows(BUND), rows(ALARM)) == [
        "OPC-001 was Bund of the acid tank when the system was begun, and is Level alarm now"
    ]


@pytest.mark.parametrize(
    "now",
    [
        "id: OPC-001; title: Bunds under all tanks; where: Anywhere else at all",
        "id: OPC-001; title: Catch basin; where: Under tank number four",
        "id: OPC-001; title: Level alarm",
        "id: OPC-001; title: >-; Bund of the acid tank; where: Elsewhere than it was",
        "title: 'Bund of the acid tank' # reworded; id: \"OPC-001\"",
    ],
)
def test_a_title_that_is_reworded_is_the_same_thing(now: str) -> None:
    assert changed(rows(BUND), rows(now.replace(">-; ", ">-\n      "))) == []


def test_rows_in_braces_and_with_windows_line_ends_are_seen() -> None:
    before = rows("{id: OPC-001, title: 'Bund of the acid tank', where: Under tank number four}")
    windows = {path: (text or "").replace("\n", "\r\n") for path, text in rows(BUND).items()}
    assert len(changed(before, rows(ALARM))) == 1
    assert len(changed(windows, rows(ALARM))) == 1


def test_an_id_of_another_kind_stands_for_something_else() -> None:
    other = {
        "registers/rows.yml": None,
        "registers/others.yml": rows("id: OPC-001; title: Level alarm", kind="aspect")["registers/rows.yml"],
    }
    assert len(changed(rows(BUND), other)) == 1


def test_an_id_that_was_gone_in_between_and_came_back_is_found_even_where_little_is_written() -> None:
    chain = company(**{path: text or "" for path, text in rows("id: OPC-001; title: Bund").items()})
    chain.commit(rows("id: OPC-002; title: Lid"), by="ann", on="2026-02-02")
    gone = chain.head
    chain.commit(rows("id: OPC-001; title: Alarm", "id: OPC-002; title: Lid"), by="ann", on="2026-03-02")
    assert told("REF005", chain) == []
    chain_tags = tag("2026-02-03", gone)
    history = replace(chain.history(), tags=chain_tags)
    chain.history = lambda: history  # type: ignore[method-assign]
    assert told("REF005", chain) == ["OPC-001 was Bund when the system was begun, and is Alarm now"]


def test_a_row_under_a_new_id_is_told_where_most_of_it_is_kept() -> None:
    renamed = BUND.replace("OPC-001", "OPC-010")
    assert changed(rows(BUND), rows(renamed)) == [
        "OPC-010 (Bund of the acid tank) was OPC-001 when the system was begun; OPC-001 is nothing now"
    ]
    assert (
        changed(rows(BUND), rows("id: OPC-010; title: Bund of the acid tank; where: At the new hall")) == []
    )


def test_a_document_that_came_back_as_another_is_told() -> None:
    chain = company(**{WASTE: procedure()})
    chain.commit({WASTE: None}, by="ann", message="Delete it")
    noise = procedure().replace("title: Waste", "title: Noise at night")
    chain.commit({"procedures/noise.md": noise}, by="ann", message="Write of noise")
    assert told("REF005", chain) == [
        "PRO-001 was Waste before it was gone for a time, and is Noise at night now"
    ]


def test_a_document_that_came_back_as_itself_is_fine() -> None:
    chain = company(**{WASTE: procedure()})
    chain.commit({WASTE: None}, by="ann", message="Delete it")
    chain.commit({"procedures/skips.md": procedure("Sort it well.")}, by="ann", message="Bring it back")
    assert told("REF005", chain) == []


def test_no_more_old_registers_are_read_than_the_limit_says(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = company(**{path: text or "" for path, text in rows(BUND).items()})
    assert [one.words for one in state(chain).control.former] == []  # type: ignore[union-attr]
    for at in range(3):
        chain.commit(rows(ALARM, f"id: OPC-01{at}; title: Lid {at}"), by="ann")
        accepted = record(
            chain, "registers/rows.yml", by="eve", document="REG-ROWS", issue=at + 2, repository="6f1c0a7e"
        )
        chain.commit(accepted, by="eve")
    words = {one.words for one in state(chain).control.former}  # type: ignore[union-attr]
    assert "when the system was begun" in words
    monkeypatch.setattr("mkdocs_ems.control.formerly.MOST_BYTES", 0)
    words = {one.words for one in state(chain).control.former}  # type: ignore[union-attr]
    assert words == {"when the system was begun"}


# --- Traces -------------------------------------------------------------------------------


def test_a_control_of_a_withdrawn_aspect_or_of_none_is_not_asked_to_lead_further() -> None:
    bare = "title: Lid, hierarchy: engineering, aspects: [ASP-001]"
    head = "id: REG-ASPECTS\ntype: aspect\ntitle: Aspects\nowner: ROL-EHS\nrows:\n"
    used = {"ems/registers/aspects.yml": f"{head}  - {{id: ASP-001, title: A}}\n"}
    given_up = {"ems/registers/aspects.yml": f"{head}  - {{id: ASP-001, title: A, status: withdrawn}}\n"}
    assert len(found("REF006", controls(bare), used)) == 1
    assert found("REF006", controls(bare), given_up) == ()
    assert found("REF006", controls(bare.replace(", aspects: [ASP-001]", "")), used) == ()


def test_a_measurement_of_a_control_leads_further() -> None:
    head = "id: REG-ASPECTS\ntype: aspect\ntitle: Aspects\nowner: ROL-EHS\nrows:\n"
    aspects = {"ems/registers/aspects.yml": f"{head}  - {{id: ASP-001, title: A, controls: [OPC-001]}}\n"}
    plan = EXAMPLE["ems/registers/measurements.yml"].replace("    what:", "    why: [OPC-001]\n    what:")
    bare = controls("title: Lid, hierarchy: engineering")
    assert len(found("REF006", bare, aspects)) == 1
    assert found("REF006", bare, aspects, {"ems/registers/measurements.yml": plan}) == ()


def test_where_there_are_no_settings_nothing_is_said_of_what_an_edition_asks() -> None:
    report = run_rules(compiled({"ems/policy.md": example_files()["ems/policy.md"]}), select=("DOC012",))
    assert report.diagnostics == ()


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ({}, ""),
        ({"A": "A"}, "A"),
        ({"A": "B", "B": "A", "C": "A"}, "AB"),
        ({"A": "B", "B": "C"}, ""),
        ({"D": "A", "A": "B", "B": "C", "C": "B", "E": "D"}, "BC"),
        ({"A": "Z", "B": "B", "C": "D", "D": "E", "E": "C"}, "BCDE"),
    ],
)
def test_only_what_leads_back_to_itself_is_in_a_circle(after: dict[str, str], found: str) -> None:
    assert in_circles(after) == set(found)


def test_a_long_chain_of_replacements_is_followed_once() -> None:
    count = 20_000
    after = {f"P-{at}": f"P-{at + 1}" for at in range(count)}
    began = time.process_time()
    assert in_circles(after) == frozenset()
    assert len(in_circles({**after, f"P-{count}": "P-0"})) == count + 1
    assert time.process_time() - began < 2
