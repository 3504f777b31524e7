"""Changes in words: short where little changed, complete where much did, in an order that can be read."""

from __future__ import annotations

import pytest

from mkdocs_ems.changes.redlining import lines, readings, value_words
from mkdocs_ems.changes.telling import acts, counted, facts, key_sentence, sentences
from mkdocs_ems.changes.values import (
    ABSENT,
    Added,
    ApprovalChanged,
    Change,
    FieldChanged,
    KeyChange,
    Moved,
    Named,
    PartChanged,
    ReadingChange,
    ReferencesChanged,
    Removed,
    StateChanged,
    TextChanged,
    Value,
    Where,
    Written,
)
from mkdocs_ems.redline import Line
from mkdocs_ems.redline.matching import Work
from mkdocs_ems.source import Data

ROW = Named("ASP-1", "ASP-1", "aspect", "Vapour", "REG-1", "registers/a.yml")
WAS = Named("ASP-9", "ASP-9", "risk", "Vapour", "REG-2", "registers/b.yml")


def shown(line: Line) -> str:
    """A line as a terminal shows it, without its mark."""
    marks = {"same": "{}", "went": "[-{}-]", "came": "{{+{}+}}"}
    return f"{line.label}: " + "".join(marks[one.change.value].format(one.text) for one in line.pieces)


def field(old: Value, new: Value) -> list[str]:
    return [shown(one) for one in lines(FieldChanged(ROW, ("notes",), old, new), work=Work())]


def said(change: Change) -> list[str]:
    return [one.told(str) for one in sentences(change)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2", "3", ["notes: [-2-] {+3+}"]),
        (ABSENT, "3", ["notes: {+3+}"]),
        ("2", ABSENT, ["notes: [-2-]"]),
        (None, "3", ["notes: [-(empty)-] {+3+}"]),
        ("one two three four", "one two three five", ["notes: one two three [-four-]{+five+}"]),
        (
            "one two three four",
            "quite another text here",
            ["notes: [-one two three four-] {+quite another text here+}"],
        ),
        (["a", "b"], ["a"], ["notes: [-a, b-] {+a+}"]),
        ({"a": "1"}, "x", ["notes: [-a: 1-] {+x+}"]),
    ],
)
def test_a_value_is_told_whole_and_prose_word_by_word(old: Value, new: Value, told: list[str]) -> None:
    assert field(old, new) == told


def test_of_a_list_of_mappings_only_those_are_told_that_differ() -> None:
    one, two, three = ({"role": name, "persons": "1"} for name in ("A", "B", "C"))
    assert field([one, two, three], [one, {**two, "persons": "2"}, three]) == [
        "notes / 2: role: B; persons: [-1-]{+2+}"
    ]
    assert field([one, three], [one, two, three]) == ["notes / 2: {+role: B; persons: 1+}"]
    assert field([one, two, three], [one, three]) == ["notes / 2: [-role: B; persons: 1-]"]


def test_a_list_that_differs_in_what_nobody_sees_is_told_all_the_same() -> None:
    assert field([{"a": None}], [{"a": ""}]) != []


def test_references_are_told_by_what_went_and_came_and_what_stands_beside_them() -> None:
    plain = ReferencesChanged(ROW, ("controls",), ["A", "B"], ["B", "C"], ("A",), ("C",))
    assert [shown(one) for one in lines(plain, work=Work())] == ["controls: [-A-] {+C+}"]
    held: list[Data] = [{"role": "A", "from": "2026"}]
    beside = ReferencesChanged(ROW, ("roles",), held, [{"role": "B", "from": "2027"}], ("A",), ("B",))
    (line,) = lines(beside, work=Work())
    assert "2027" in shown(line)


def test_a_new_thing_is_told_with_its_fields_but_not_twice_with_its_title() -> None:
    written = Written(
        "aspect",
        "a.yml",
        "Vapour",
        {"title": "Vapour", "criteria": {"severity": "4"}, "notes": None},
        text="a b",
    )
    assert [shown(one) for one in lines(Added(ROW, written), work=Work())] == [
        "criteria / severity: {+4+}",
        "text: {+2 words+}",
    ]


def test_a_text_that_begins_like_yaml_or_with_a_rule_is_prose() -> None:
    for before in ("Note: one\nrows:\n  - a\n", "---\nid: x\n---\nold\n", "id: A\n"):
        found = lines(TextChanged(ROW, before, f"{before}\nmore words\n"), work=Work())
        assert {line.form.value for line in found} <= {"text", "heading", "list item", "unchanged", "spacing"}


def test_what_moved_says_from_where_in_every_respect() -> None:
    assert said(Moved(ROW, WAS, frozenset(Where))) == [
        "goes by another id, it was ASP-9",
        "moved here from REG-2",
        "moved: registers/b.yml → registers/a.yml",
        "of another type: risk before, aspect now",
        "stands at another place among the rows",
    ]


def test_files_are_told_by_what_they_are_to_the_document() -> None:
    assert said(PartChanged(ROW, "a.png", None, "1" * 40)) == ["picture or attachment a.png is new"]
    assert said(PartChanged(ROW, "a.png", "1" * 40, None)) == ["picture or attachment a.png is gone"]
    assert said(PartChanged(ROW, "", "1" * 40, "2" * 40)) == [
        "the file is another one: 1111111111 before, 2222222222 now"
    ]
    assert said(PartChanged(ROW, "", None, "1" * 40)) == ["the file cannot be read as a whole any more"]
    assert said(PartChanged(ROW, "", "1" * 40, None)) == ["the file can be read as a whole now"]


def test_of_a_file_that_no_register_can_be_read_from_it_is_said_so() -> None:
    # The rows that it held are told as gone: nobody is to believe that somebody took them out.
    broken, picture = (Written("file", path, path, {}, blob="1") for path in ("registers/a.yml", "a.png"))
    of = Named("file:registers/a.yml", None, "file", "registers/a.yml", None, "registers/a.yml")
    why = "be read from it; `ems check` of that state says why"
    assert said(Added(of, broken)) == [f"no register, document or record can {why}"]
    assert said(Removed(of, broken)) == [f"no register, document or record could {why}"]
    assert said(Added(of, picture)) == []


def act(issue: str, **other: str) -> dict[str, Data]:
    return {
        "person": "Ann (PER-1)",
        "role": None,
        "meaning": "approval",
        "level": "recorded",
        "date": "2026-01-05",
        "issue": issue,
        **other,
    }


def test_approvals_are_told_in_the_order_of_their_issues() -> None:
    found = acts(
        (
            ApprovalChanged(ROW, "c", None, act("10")),
            ApprovalChanged(ROW, "b", act("2", role="ROL-A"), None),
            ApprovalChanged(ROW, "a", act("3", level="declared"), act("3")),
            ApprovalChanged(ROW, "d", None, act("3", meaning="confirmation")),
        )
    )
    assert [one.told(str) for one in found] == [
        "stands no longer: issue 2 approved by Ann (PER-1) as ROL-A, 2026-01-05 (recorded)",
        "issue 3 confirmed by Ann (PER-1), 2026-01-05 (recorded)",
        "issue 3 approved by Ann (PER-1), 2026-01-05 (recorded); before: level declared",
        "issue 10 approved by Ann (PER-1), 2026-01-05 (recorded)",
    ]
    assert [one.fate.value for one in found] == ["went", "came", "changed", "came"]


def test_what_control_says_is_told_fact_by_fact_and_nothing_is_told_of_nothing() -> None:
    draft: Data = {"issue": "2", "blob": "1", "waits_for": "waits for approval"}
    leaving: Data = {"issue": None, "blob": None, "waits_for": "P.md was deleted by Ann"}
    found = facts(
        (
            StateChanged(ROW, "pending", draft, leaving),
            StateChanged(ROW, "editorial", None, "true"),
            StateChanged(ROW, "level", ABSENT, None),
            StateChanged(ROW, "segregation", ABSENT, "self"),
            StateChanged(ROW, "issue", "1", "2"),
        ),
        work=Work(),
    )
    assert [shown(one) for one in found] == [
        "issue in force: [-1-] {+2+}",
        "author and approver: {+the approver is also an author+}",
        "editorial change: {+yes+}",
        "pending: [-draft of issue 2, which waits for approval-] {+withdrawal: P.md was deleted by Ann+}",
    ]


def test_what_changes_in_a_living_register_is_told_to_apply_at_once() -> None:
    draft: Data = {"issue": "5", "blob": "1", "waits_for": "waits for approval", "at_once": "true"}
    (line,) = facts((StateChanged(ROW, "pending", None, draft),), work=Work())
    assert shown(line) == "pending: {+applies as soon as it lands+}"


def test_another_draft_that_waits_for_the_same_is_told() -> None:
    draft = {"issue": "2", "blob": "1", "waits_for": "waits"}
    (line,) = facts((StateChanged(ROW, "pending", {**draft}, {**draft, "blob": "2"}),), work=Work())
    assert "(for another text)" in shown(line)


def test_values_that_came_together_stand_on_one_line_and_another_value_by_itself() -> None:
    def reading(period: str, old: str | None, new: str | None) -> ReadingChange:
        return ReadingChange("r.csv", "MON-1", period, old, new, "mg/L")

    found = readings(
        (
            reading("2026-01", "4", "1"),
            reading("2026-02", None, "2"),
            reading("2026-03", None, "3"),
            reading("2026-04", "9", None),
        )
    )
    assert [shown(one) for one in found] == [
        "MON-1, mg/L: {+2026-02: 2; 2026-03: 3+}",
        "MON-1, mg/L, 2026-01: [-4-] {+1+}",
        "MON-1, mg/L, 2026-04: [-9-]",
    ]


def test_keys_are_told_with_their_owners_only_where_these_may_be_named() -> None:
    came, went = KeyChange("SHA256:x", None, "a@b"), KeyChange("SHA256:x", "a@b", None)
    assert key_sentence(came).told(str) == "key SHA256:x may sign now: a@b"
    assert key_sentence(went, whose=False).told(str) == "key SHA256:x may sign no longer"
    both = KeyChange("SHA256:x", "a@b", "c@d")
    assert key_sentence(both).told(str) == "key SHA256:x may sign otherwise: a@b before, c@d now"
    assert "@" not in key_sentence(both, whose=False).told(str)


def test_changes_are_counted_by_kind() -> None:
    changes: tuple[Change, ...] = (
        FieldChanged(ROW, ("a",), "1", "2"),
        FieldChanged(ROW, ("b",), "1", "2"),
        StateChanged(ROW, "state", "a", "b"),
        Moved(ROW, WAS, frozenset({Where.ID})),
    )
    assert counted(changes) == "1 moved or renumbered, 2 fields, 1 fact of document control"


def test_a_value_is_on_one_line() -> None:
    assert value_words({"a": ["1", {"b": None}], "c": "x"}) == "a: 1, b: ; c: x"
    assert value_words(ABSENT) == ""
