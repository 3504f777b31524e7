"""What was and what is, for a reviewer: every kind of change has its words, and none is lost."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_ems.changes.values import (
    ABSENT,
    Added,
    ApprovalChanged,
    Change,
    Comparison,
    FieldChanged,
    KeyChange,
    Moved,
    Named,
    PartChanged,
    ReadingChange,
    ReferencesChanged,
    Removed,
    Side,
    StateChanged,
    TextChanged,
    Where,
    Written,
)
from mkdocs_ems.redline import Piece
from mkdocs_ems.report.old_and_new import old_and_new
from mkdocs_ems.report.phrases import Marked, Phrase, Said, Section

SIDE = Side("v1", None, date(2026, 1, 5), "2026", approved=False)
ROW = Named("ASP-001", "ASP-001", "aspect", "Vapour", "REG-ASP", "registers/aspects.yml")
WAS = Named("ASP-009", "ASP-009", "aspect", "Vapour", "REG-OLD", "registers/old.yml")
REGISTER = Named("REG-ASP", "REG-ASP", "register", "Aspects", "REG-ASP", "registers/aspects.yml")
PROCEDURE = Named("PRO-001", "PRO-001", "procedure", "Waste", "PRO-001", "procedures/waste.md")
FILE = Named("file:x.csv", None, "file", "x.csv", None, "x.csv")


def sections(*changes: Change, **other: object) -> tuple[Section, ...]:
    comparison = Comparison(SIDE, SIDE, changes, **other)  # type: ignore[arg-type]  # tuples of several kinds
    return old_and_new(comparison, titles={"PRO-001": "Waste and residues"}, rank=1)


def words(phrase: Phrase) -> str:
    return "".join(map(_words, phrase))


def _words(part: str | Said | Marked) -> str:
    match part:
        case str():
            return part
        case Said():
            return part.text
        case _:
            return "".join(_piece(piece) for piece in part.pieces)


def _piece(piece: Piece) -> str:
    marks = {"went": "[-{}-]", "came": "{{+{}+}}"}
    return marks.get(piece.change.value, "{}").format(piece.text)


def rows(*changes: Change, **other: object) -> list[tuple[str, ...]]:
    return [tuple(map(words, entry)) for one in sections(*changes, **other) for entry in one.entries]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            FieldChanged(ROW, ("criteria", "likelihood"), "2", "3"),
            ("ASP-001 Vapour", "criteria / likelihood", "[-2-]", "{+3+}"),
        ),
        (FieldChanged(ROW, ("owner",), ABSENT, "ROL-1"), ("ASP-001 Vapour", "owner", "—", "{+ROL-1+}")),
        (
            FieldChanged(ROW, ("owner",), "ROL-1", None),
            ("ASP-001 Vapour", "owner", "[-ROL-1-]", "{+(empty)+}"),
        ),
        (
            FieldChanged(REGISTER, ("title",), "Old", "New"),
            ("the register itself", "title", "[-Old-]", "{+New+}"),
        ),
        (
            FieldChanged(ROW, ("note",), "Take it every week from here", "Take it every day from here"),
            ("ASP-001 Vapour", "note", "Take it every [-week-] from here", "Take it every {+day+} from here"),
        ),
        (
            ReferencesChanged(ROW, ("controls",), ["A", "B"], ["B", "C"], ("A",), ("C",)),
            ("ASP-001 Vapour", "controls", "[-A-]", "{+C+}"),
        ),
        (
            ReferencesChanged(ROW, ("controls",), ["A", "B"], ["B", "A"], (), ()),
            ("ASP-001 Vapour", "controls", "[-A, B-]", "{+B, A+}"),
        ),
        (
            ReferencesChanged(
                ROW, ("roles",), [{"role": "A", "to": "1"}], [{"role": "A", "to": "2"}], (), ()
            ),
            ("ASP-001 Vapour", "roles / 1", "role: A; to: [-1-]", "role: A; to: {+2+}"),
        ),
        (
            Added(ROW, Written("aspect", "x.yml", "Vapour", {"title": "Vapour", "owner": "ROL-1"})),
            ("ASP-001 Vapour", "new", "—", "owner: ROL-1"),
        ),
        (
            Removed(ROW, Written("aspect", "x.yml", "Vapour", {"title": "Vapour", "owner": "ROL-1"})),
            ("ASP-001 Vapour", "gone", "owner: ROL-1", "—"),
        ),
        (
            Moved(ROW, WAS, frozenset({Where.ID})),
            ("ASP-001 Vapour", "goes by another id", "ASP-009", "ASP-001"),
        ),
        (Moved(ROW, WAS, frozenset({Where.REGISTER})), ("ASP-001 Vapour", "moved", "REG-OLD", "REG-ASP")),
        (
            Moved(PROCEDURE, WAS, frozenset({Where.PATH})),
            ("the document itself", "moved", "registers/old.yml", "procedures/waste.md"),
        ),
        (
            Moved(ROW, WAS, frozenset({Where.KIND})),
            ("ASP-001 Vapour", "is of another kind", "aspect", "aspect"),
        ),
        (
            Moved(ROW, WAS, frozenset({Where.PLACE})),
            ("ASP-001 Vapour", "stands at another place among the rows", "", ""),
        ),
        (
            PartChanged(PROCEDURE, "img/a.png", "1" * 40, None),
            ("the document itself", "picture or attachment img/a.png", "1" * 10, "—"),
        ),
        (PartChanged(FILE, "", "1" * 40, "2" * 40), ("file:x.csv x.csv", "its file", "1" * 10, "2" * 10)),
    ],
)
def test_each_change_is_told_with_what_was_and_what_is(change: Change, told: tuple[str, ...]) -> None:
    assert rows(change) == [told]


def test_texts_are_told_in_words_and_a_rule_at_their_beginning_is_no_front_matter() -> None:
    (one,) = sections(TextChanged(PROCEDURE, "---\n\nTake it weekly.\n", "---\n\nTake it daily.\n"))
    assert words(one.head) == "PRO-001 Waste and residues: text"
    assert "Take it [-weekly-]{+daily+}." in [words(*entry) for entry in one.entries]


def test_a_new_document_is_told_with_its_text() -> None:
    written = Written("procedure", "p.md", "Waste", {"owner": "ROL-1"}, text="# Waste\n\nSort it.\n")
    table, text = sections(Added(PROCEDURE, written))
    assert [words(cell) for cell in table.entries[0]] == [
        "the document itself",
        "new",
        "—",
        "owner: ROL-1; text of 4 words",
    ]
    assert words(text.head) == "Text of PRO-001"
    assert "new: {+Sort it.+}" in [words(*entry) for entry in text.entries]


def test_what_document_control_says_is_not_told_here() -> None:
    assert (
        sections(ApprovalChanged(ROW, "x", None, {}), StateChanged(ROW, "state", "draft", "in force")) == ()
    )


def test_documents_come_before_files_that_belong_to_none() -> None:
    made = sections(PartChanged(FILE, "", None, "1"), FieldChanged(ROW, ("a",), "1", "2"))
    assert [words(one.head) for one in made] == ["REG-ASP", "x.csv"]


def test_readings_keys_and_files_that_only_look_otherwise_are_told_at_the_end() -> None:
    made = rows(
        measured=(ReadingChange("r.csv", "MON-1", "2026-04", "4.1", "1.4", "mg/L"),),
        keys=(KeyChange("SHA256:x", None, "mary@example.org"), KeyChange("SHA256:y", "eve", "otto")),
        rewritten=("roles.yml",),
        not_paired=3,
    )
    assert made == [
        ("MON-1 2026-04", "another value", "4.1 mg/L", "1.4 mg/L"),
        ("SHA256:x", "new", "—", "mary@example.org"),
        ("SHA256:y", "signs otherwise", "eve", "otto"),
        ("Only differently written (spaces, comments, order of keys): roles.yml",),
        ("3 rows that went or came were too many to be looked for under other ids.",),
    ]
