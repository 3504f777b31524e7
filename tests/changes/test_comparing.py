"""Two states to what differs between them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from mkdocs_ems.changes.comparing import compare
from mkdocs_ems.changes.values import (
    ABSENT,
    Added,
    Change,
    Comparison,
    FieldChanged,
    Moved,
    PartChanged,
    ReferencesChanged,
    Removed,
    TextChanged,
    Where,
)
from support.keys import signer
from support.states import document, register, state_of

A, B = "registers/a.yml", "registers/b.yml"
NICKEL = {"id": "ASP-1", "title": "Nickel in rinse water"}
NOISE = {"id": "ASP-2", "title": "Noise of the fans"}
LIGHT = {"id": "ASP-3", "title": "Light at night"}


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> Comparison:
    return compare(state_of(before), state_of(after))


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    return list(compared(before, after).changes)


def keys(found: list[Change], kind: type[Change]) -> list[str]:
    return [one.of.key for one in found if isinstance(one, kind)]


def moves(found: list[Change]) -> dict[str, set[str]]:
    return {one.of.key: {where.value for where in one.what} for one in found if isinstance(one, Moved)}


# --- what came, went and moved --------------------------------------------------------------


def test_a_new_row_is_told_with_the_row_before_it() -> None:
    (found,) = changes({A: register("REG-1", NICKEL)}, {A: register("REG-1", NICKEL, NOISE)})
    assert isinstance(found, Added)
    assert (found.of.key, found.of.document, found.after) == ("ASP-2", "REG-1", "ASP-1")
    assert found.written.fields == {"title": "Noise of the fans"}


def test_a_row_that_is_gone_is_told_as_it_was() -> None:
    (found,) = changes({A: register("REG-1", NICKEL, NOISE)}, {A: register("REG-1", NICKEL)})
    assert isinstance(found, Removed)
    assert (found.of.title, found.written.title) == ("Noise of the fans", "Noise of the fans")


def test_a_row_under_another_id_is_told_as_the_same() -> None:
    found = changes({A: register("REG-1", NICKEL)}, {A: register("REG-1", {**NICKEL, "id": "ASP-30"})})
    (moved,) = found
    assert isinstance(moved, Moved)
    assert (moved.was.id, moved.of.id, moved.what) == ("ASP-1", "ASP-30", {Where.ID})


def test_what_else_differs_in_a_row_under_another_id_is_told_too() -> None:
    impact = "nickel and chromium in the rinse water of the plating line reach the drain"
    found = changes(
        {A: register("REG-1", {**NICKEL, "impact": impact})},
        {A: register("REG-1", {**NICKEL, "id": "ASP-30", "impact": impact.replace("drain", "river")})},
    )
    assert moves(found) == {"ASP-30": {"id"}}
    assert keys(found, FieldChanged) == ["ASP-30"]


def test_a_row_that_went_to_another_register_is_told_as_moved() -> None:
    found = changes(
        {A: register("REG-1", NICKEL, NOISE), B: register("REG-2")},
        {A: register("REG-1", NICKEL), B: register("REG-2", NOISE)},
    )
    (moved,) = found
    assert isinstance(moved, Moved)
    assert (moved.was.document, moved.of.document, moved.what) == ("REG-1", "REG-2", {Where.REGISTER})


def test_rows_of_a_register_that_moved_say_nothing() -> None:
    (found,) = changes({A: register("REG-1", NICKEL)}, {B: register("REG-1", NICKEL)})
    assert isinstance(found, Moved)
    assert (found.was.path, found.of.path, found.what) == (A, B, {Where.PATH})


def test_a_row_at_another_place_is_told_and_those_that_make_room_are_not() -> None:
    found = changes(
        {A: register("REG-1", NICKEL, NOISE, LIGHT)}, {A: register("REG-1", NOISE, LIGHT, NICKEL)}
    )
    (moved,) = found
    assert isinstance(moved, Moved)
    assert (moved.of.key, moved.after, moved.what) == ("ASP-1", "ASP-3", {Where.PLACE})


def test_a_row_that_was_copied_is_new() -> None:
    found = changes({A: register("REG-1", NICKEL)}, {A: register("REG-1", NICKEL, {**NICKEL, "id": "ASP-9"})})
    assert keys(found, Added) == ["ASP-9"]
    assert len(found) == 1


def test_a_document_with_another_id_is_another_document() -> None:
    found = changes({"a.md": document("PRO-1", "Sort.")}, {"a.md": document("PRO-2", "Sort.")})
    assert (keys(found, Added), keys(found, Removed)) == (["PRO-2"], ["PRO-1"])


def test_a_document_that_took_the_id_of_a_row_is_another_thing() -> None:
    found = changes({A: register("REG-1", NICKEL)}, {A: register("REG-1"), "a.md": document("ASP-1")})
    assert (keys(found, Added), keys(found, Removed)) == (["ASP-1"], ["ASP-1"])


def test_a_file_that_moved_is_told_with_both_places() -> None:
    (found,) = changes({"a.md": document("PRO-1")}, {"sub/a.md": document("PRO-1")})
    assert isinstance(found, Moved)
    assert (found.was.path, found.of.path) == ("a.md", "sub/a.md")


def test_a_plan_that_was_a_procedure_is_the_same_document_of_another_kind() -> None:
    found = changes({"a.md": document("PRO-1")}, {"a.md": document("PRO-1", type="plan")})
    assert moves(found) == {"PRO-1": {"kind"}}
    assert keys(found, FieldChanged) == ["PRO-1"]


def test_rows_of_a_register_that_changed_its_type_are_the_same_rows_of_another_kind() -> None:
    found = changes({A: register("REG-1", NICKEL)}, {A: register("REG-1", NICKEL, type="risk")})
    assert moves(found) == {"ASP-1": {"kind"}}


def test_a_kind_of_the_organisations_own_moves_nothing_when_it_is_declared() -> None:
    rules = "schema: 1\norganisation: {name: Wrenholt}\n"
    own = f"{rules}registers:\n  hazard: {{title: Hazard, plural: Hazards, fields: {{}}}}\n"
    text = register("REG-1", NICKEL, type="hazard")
    found = changes({"ems.yml": rules, A: text}, {"ems.yml": own, A: text})
    assert {one.of.key for one in found} == {"EMS-RULES"}


# --- repeated, missing and odd ids ---------------------------------------------------------------


def test_whoever_has_an_id_to_himself_again_goes_by_it() -> None:
    twice = {A: register("REG-1", NICKEL), B: register("REG-2", {**NOISE, "id": "ASP-1"})}
    found = changes(twice, {**twice, A: register("REG-1")})
    assert keys(found, Removed) == [f"ASP-1@{B}:0"]
    assert moves(found) == {"ASP-1": {"register"}}


def test_a_row_without_an_id_that_only_changed_its_place_is_told_as_moved() -> None:
    nameless = {"title": "Solvent vapour at the degreaser"}
    found = changes({A: register("REG-1", nameless)}, {A: register("REG-1", NICKEL, nameless)})
    assert keys(found, Added) == ["ASP-1"]
    assert moves(found) == {f"{A}:1": {"place"}}
    assert len(found) == 2


def test_a_row_that_got_an_id_is_the_same_row() -> None:
    nameless = {"title": "Solvent vapour at the degreaser"}
    found = changes({A: register("REG-1", nameless)}, {A: register("REG-1", {"id": "ASP-9", **nameless})})
    assert moves(found) == {"ASP-9": {"id"}}


# --- texts, parts, files -------------------------------------------------------------------------


def test_a_text_is_told_with_the_ids_that_it_mentions_no_more_and_for_the_first_time() -> None:
    (found,) = changes(
        {"a.md": document("PRO-1", "See [[ASP-1]] and [[ASP-2]].")},
        {"a.md": document("PRO-1", "See [[ASP-2]], [[ASP-3]] and again [[ASP-3]].")},
    )
    assert isinstance(found, TextChanged)
    assert (found.mentions_went, found.mentions_came) == (("ASP-1",), ("ASP-3",))


def test_a_picture_that_changed_is_a_part_of_whoever_shows_it() -> None:
    text = document("PRO-1", "![Flow](img/flow.png)")
    (found,) = changes({"a.md": text, "img/flow.png": "one"}, {"a.md": text, "img/flow.png": "two"})
    assert isinstance(found, PartChanged)
    assert (found.of.key, found.target) == ("PRO-1", "img/flow.png")
    assert found.old
    assert found.new


def test_a_picture_that_is_shown_for_the_first_time_is_no_file_of_its_own_any_more() -> None:
    flow = {"flow.png": "one"}
    found = changes({"a.md": document("PRO-1"), **flow}, {"a.md": document("PRO-1", "![](flow.png)"), **flow})
    assert keys(found, Removed) == ["file:flow.png"]
    assert keys(found, PartChanged) == ["PRO-1"]


def test_a_file_that_is_nothing_else_is_told_by_its_bytes() -> None:
    (found,) = changes({"records/drill.md": "one"}, {"records/drill.md": "two"})
    assert isinstance(found, PartChanged)
    assert (found.of.key, found.of.document, found.target) == ("file:records/drill.md", None, "")


def test_a_register_that_cannot_be_read_any_more_is_a_file_that_came() -> None:
    found = changes({A: register("REG-1", NICKEL)}, {A: "rows: [\n"})
    assert keys(found, Added) == [f"file:{A}"]
    assert sorted(keys(found, Removed)) == ["ASP-1", "REG-1"]


def test_a_row_that_cannot_be_read_makes_its_register_differ() -> None:
    text = "id: REG-1\ntype: aspect\nrows:\n- id: ASP-1\n- id: [ASP-2\n- id: ASP-3\n"
    found = changes({A: text}, {A: text.replace("[ASP-2", "[ASP-4")})
    assert keys(found, PartChanged) == ["REG-1"]


# --- rules and keys ---------------------------------------------------------------------------------


def test_the_rules_are_compared_field_by_field() -> None:
    rules = "schema: 1\norganisation: {name: Wrenholt}\n"
    (found,) = changes({"ems.yml": rules}, {"ems.yml": f"{rules}time_zone: Europe/Berlin\n"})
    assert isinstance(found, FieldChanged)
    assert (found.of.key, found.of.document, found.route) == ("EMS-RULES", "EMS-RULES", ("time_zone",))
    assert (found.old, found.new) == (ABSENT, "Europe/Berlin")


def test_references_in_the_rules_are_told_as_references() -> None:
    rules = "schema: 1\norganisation: {name: Wrenholt}\n"
    matrix = f"{rules}approval: {{matrix: [{{types: [policy], roles: [ROL-1]}}]}}\n"
    (found,) = changes({"ems.yml": matrix}, {"ems.yml": matrix.replace("ROL-1", "ROL-2")})
    assert isinstance(found, ReferencesChanged)
    assert (found.route, found.went, found.came) == (("approval", "matrix"), ("ROL-1",), ("ROL-2",))


def test_keys_that_may_sign_are_told_by_their_fingerprints() -> None:
    before = f"{signer('ann')}\n{signer('eve')}\n"
    until = 'valid-before="20270101Z"'
    after = f"{signer('eve', options=until)}\n{signer('mary')}\n"
    found = compared({"allowed_signers": before}, {"allowed_signers": after})
    (part,) = found.changes
    assert isinstance(part, PartChanged)
    assert part.target == "allowed_signers"
    told = {(one.old, one.new) for one in found.keys}
    assert told == {
        ("ann@example.org", None),
        ("eve@example.org", 'eve@example.org valid-before="20270101Z"'),
        (None, "mary@example.org"),
    }
    assert all(one.fingerprint.startswith("SHA256:") for one in found.keys)


# --- what makes no change -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        'type: aspect\nid: "REG-1"\nrows: [{title: Noise, id: ASP-1}]\n',
        "# by hand\nid: REG-1\ntype: aspect\nrows:\n  - id:    ASP-1\n    title: 'Noise'\n",
    ],
)
def test_what_is_only_written_in_another_way_is_told_as_that(written: str) -> None:
    found = compared({A: "id: REG-1\ntype: aspect\nrows:\n- {id: ASP-1, title: Noise}\n"}, {A: written})
    assert found.changes == ()
    assert found.rewritten == (A,)


def test_what_differs_is_not_told_as_written_in_another_way() -> None:
    found = compared({A: register("REG-1", NICKEL)}, {A: register("REG-1", {**NICKEL, "title": "Zinc"})})
    assert found.rewritten == ()


def test_the_folder_of_the_content_makes_no_difference() -> None:
    files = {
        A: register("REG-1", NICKEL),
        "a.md": document("PRO-1", "![](img/a.png)"),
        "img/a.png": "a",
        "records/readings/2026.csv": "parameter,period,value,unit\nMON-1,2026-01,4,mg/L\n",
        "allowed_signers": f"{signer('ann')}\n",
    }
    found = compare(state_of(files), state_of(files, folder="site/manual"))
    assert (found.changes, found.measured, found.rewritten, found.keys) == ((), (), (), ())


def test_a_file_that_became_a_link_with_the_same_bytes_is_told() -> None:
    files = {"records/note.md": "../secret", "records/readings/a.csv": "b.csv", "x.png": "y.png"}
    found = compare(state_of(files), state_of(files, links=files))
    told = {one.of.path: one.new for one in found.changes if isinstance(one, PartChanged)}
    assert told.keys() == files.keys()
    assert all(new is not None and new.startswith("link:") for new in told.values())


@pytest.mark.parametrize("path", ["records/approvals/PRO-1/plan.svg", "records/approvals/note.md"])
def test_a_file_beside_records_of_approval_is_told_as_any_other(path: str) -> None:
    document_ = document("PRO-1", f"![]({path})")
    (found,) = changes({"a.md": document_, path: "one"}, {"a.md": document_, path: "two"})
    assert isinstance(found, PartChanged)
    assert found.of.path == path


@pytest.mark.parametrize("path", ["PRO-1/1-approval-a-1.yml", "PRO-1/1-approval-a-1.yml.sig", "x.YAML"])
def test_a_record_of_approval_that_differs_and_changes_no_approval_is_named(path: str) -> None:
    path = f"records/approvals/{path}"
    assert compared({}, {path: "a: 1"}).records == (path,)
    assert compared({path: "a: 1"}, {path: "a: 2"}).records == (path,)
    assert compared({path: "a: 1"}, {}).records == (path,)
    assert compared({path: "a: 1"}, {path: "a: 1"}).records == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: One\ntitle: Two\n", "title: One\ntitle: Three\n"),
        ("title: One\n---\ntitle: Two\n", "title: One\n---\ntitle: Three\n"),
        ("title: One\n<<: {a: b}\n", "title: One\n<<: {a: c}\n"),
        ("title: One\n? [a]\n: b\n", "title: One\n? [a]\n: c\n"),
        ("title: !a One\n", "title: !b One\n"),
    ],
    ids=["a second field", "a second document", "a merge key", "a list as a name", "a tag"],
)
def test_what_is_left_out_of_a_file_as_it_is_read_never_differs_unseen(before: str, after: str) -> None:
    head = "id: REG-1\ntype: aspect\n"
    found = compared({A: head + before}, {A: head + after})
    assert [type(one) for one in found.changes] == [PartChanged]
    assert found.rewritten == ()


def test_a_reference_that_went_is_told() -> None:
    (found,) = changes(
        {A: register("REG-1", {**NICKEL, "controls": ["OPC-1", "OPC-2"]})},
        {A: register("REG-1", {**NICKEL, "controls": ["OPC-2"]})},
    )
    assert isinstance(found, ReferencesChanged)
    assert found.went == ("OPC-1",)


# --- order and headers ------------------------------------------------------------------------------


def test_changes_stand_by_document_and_kind_and_files_come_last() -> None:
    fans = {**NOISE, "title": "Fans"}
    found = changes(
        {A: register("REG-2", NOISE), "b.md": document("PRO-1", "One"), "x.png": "1"},
        {A: register("REG-2", fans, NICKEL), "b.md": document("PRO-1", "Two"), "x.png": "2"},
    )
    assert [(one.of.key, type(one)) for one in found] == [
        ("PRO-1", TextChanged),
        ("ASP-1", Added),
        ("ASP-2", FieldChanged),
        ("file:x.png", PartChanged),
    ]


def test_the_headers_say_what_was_compared() -> None:
    found = compare(state_of({}), state_of({}), approved=True)
    assert (found.before.ref, found.before.edition, found.after.approved) == ("example", "2015", True)


_SCRIPT = """\
from support.states import document, register, state_of
from mkdocs_ems.changes.comparing import compare
rows = [{"id": f"ASP-{n}", "title": f"Title {n}", "controls": [f"OPC-{n}", "OPC-9"]} for n in range(9)]
other = [{**row, "id": row["id"] + "0", "controls": ["OPC-8"]} for row in reversed(rows)]
before = {"a.yml": register("REG-1", *rows), "b.md": document("PRO-1", "[[ASP-1]] [[ASP-2]] [[ASP-3]]")}
after = {"c.yml": register("REG-1", *rows[4:], *other), "b.md": document("PRO-1", "[[ASP-4]] [[ASP-5]]")}
found = compare(state_of(before), state_of(after))
for one in found.changes:
    print(type(one).__name__, one.of, sorted(getattr(one, "what", ())), repr(one).split("what=")[0])
"""


def test_the_same_states_give_the_same_bytes_whatever_the_seed_of_hashes() -> None:
    said = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
        said.add(subprocess.check_output([sys.executable, "-c", _SCRIPT], env=environment))
    assert len(said) == 1
    assert said.pop()
