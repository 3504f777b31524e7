"""A change of words alone may be approved by fewer persons; any other change may not."""

from __future__ import annotations

from time import perf_counter

import pytest

from mkdocs_ems.control import FaultReason, Level, Segregation
from mkdocs_ems.control.editorial import Texts, beyond_words
from support.chain import Chain, Work
from support.company import MATRIX, company, land_record, procedure, register, settings

PATH = "procedures/waste.md"
TWO = (
    "    - {types: [procedure, aspect], roles: [ROL-EHS, ROL-OPS], persons: 2, editorial_persons: 1,\n"
    "       accepts: [declared, recorded]}\n"
)
ROLES = ("EHS manager", "Head of operations")


def changed(before: str, after: str, *, ems: str = MATRIX + TWO, by: str = "ann") -> Chain:
    chain = company(ems=settings(matrix=ems), **{PATH: procedure(before)})
    chain.commit({PATH: procedure(after)}, by=by, on="2026-03-01")
    return chain


def approve(chain: Chain, *, by: str = "eve", **other: object) -> str:
    return land_record(chain, PATH, by=by, on="2026-03-02", **{"issue": 2, "change": "editorial", **other})


def told(before: str, after: str, path: str = PATH) -> str | None:
    one, other = (Texts(path, text.encode(), ()) for text in (before, after))
    return beyond_words(one, other, names=ROLES)


def test_fewer_persons_approve_an_editorial_change_and_nobody_has_to_read_it_again() -> None:
    chain = changed("Sort teh waste.", "Sort the waste.")
    approve(chain)
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert (issue.number, issue.editorial) == (2, True)
    assert [act.editorial for act in issue.approvals] == [True]


def test_an_editorial_change_lowers_neither_level_nor_segregation() -> None:
    only = "    - {types: [procedure], roles: [ROL-EHS], persons: 2, editorial_persons: 1}\n"
    chain = changed("Sort teh waste.", "Sort the waste.", ems=MATRIX + only)
    chain.commit({}, by="ann")
    approve(chain)
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert (issue.level, issue.segregation) == (Level.RECORDED, Segregation.ASSERTED)


def test_the_author_of_an_editorial_change_cannot_approve_it() -> None:
    chain = changed("Sort teh waste.", "Sort the waste.", by="eve")
    approve(chain)
    document = chain.document("PRO-001")
    assert len(document.issues) == 1
    assert [fault.reason for fault in document.faults] == [FaultReason.AUTHOR_APPROVES]


def test_without_a_number_of_its_own_an_editorial_change_takes_as_many_persons_as_any() -> None:
    two = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
    chain = changed("Sort teh waste.", "Sort the waste.", ems=MATRIX + two)
    approve(chain)
    assert len(chain.document("PRO-001").issues) == 1
    approve(chain, by="otto")
    assert chain.document("PRO-001").issues[-1].editorial


def test_a_greater_number_for_editorial_changes_asks_for_no_more_than_other_changes() -> None:
    odd = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 1, editorial_persons: 2}\n"
    chain = changed("Sort teh waste.", "Sort the waste.", ems=MATRIX + odd)
    approve(chain)
    assert chain.document("PRO-001").issues[-1].number == 2


def test_one_who_calls_it_editorial_is_enough_beside_one_who_does_not() -> None:
    chain = changed("Sort teh waste.", "Sort the waste.")
    land_record(chain, PATH, by="otto", on="2026-03-02", issue=2)
    assert len(chain.document("PRO-001").issues) == 1
    approve(chain)
    issue = chain.document("PRO-001").issues[-1]
    assert issue.number == 2
    assert not issue.editorial


def test_what_two_persons_approved_of_whom_one_called_it_editorial_is_to_be_read_again() -> None:
    three = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2, editorial_persons: 2}\n"
    chain = changed("Sort teh waste.", "Sort the waste.", ems=MATRIX + three)
    approve(chain)
    land_record(chain, PATH, by="otto", on="2026-03-03", issue=2)
    assert not chain.document("PRO-001").issues[-1].editorial


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("Keep 5 drums.", "Keep 6 drums.", "a number changes: 6, where it said 5"),
        ("Keep two drums.", "Keep three drums.", "a number changes: three, where it said two"),
        ("At most 5 mg/l of oil.", "At most 5 g/l of oil.", "a unit changes: g/l, where it said mg/l"),
        ("Below 5 °C.", "Below 5 °F.", "a unit changes: °F, where it said °C"),
        ("Weigh it in kg.", "Weigh it in tonnes.", "a unit changes: tonnes, where it said kg"),
        ("Oil < 5 %.", "Oil > 5 %.", "a sign changes: >, where it said <"),
        ("See PRO-002.", "See PRO-003.", "an id changes: PRO-003, where it said PRO-002"),
        ("ROL-EHS signs.", "ROL-OPS signs.", "a role changes: ROL-OPS, where it said ROL-EHS"),
        ("The EHS manager signs.", "The head of operations signs.", "a role changes: head of operations, "),
        ("See [the plan](plan.md).", "See [the plan](other.md).", "a link changes: ](other.md), "),
        ("See <https://a.example/x>.", "See <https://a.example/y>.", "a link changes: https://a.example/y"),
        ("Ask ann@a.example.", "Ask ben@a.example.", "a link changes: ben@a.example"),
        (
            "From 2026-03-01 on.",
            "From 2026-04-01 on.",
            "a date changes: 2026-04-01, where it said 2026-03-01",
        ),
        ("On the first Monday.", "On the first Friday.", "a date changes: friday, where it said monday"),
        ("Look weekly.", "Look monthly.", "a date changes: monthly, where it said weekly"),
        ("You must sort.", "You should sort.", "a word that obliges or forbids changes: should, "),
        ("Never mix them.", "Mix them.", "a word that obliges or forbids goes: never"),
        ("Mix them.", "Don\u2019t mix them.", "a word that obliges or forbids is new: don't"),
        ("Das muss getrennt werden.", "Das kann getrennt werden.", "a word that obliges or forbids changes"),
        ("Il est interdit de fumer.", "Il est permis de fumer.", "a word that obliges or forbids changes"),
        ("Sort it.", "<!-- Sort it. -->", "what shows or hides text is new: <!--"),
        ("Sort it.", "~~Sort it.~~", "what shows or hides text is new: ~~"),
        ("Oil &lt; 5.", "Oil &gt; 5.", "a sign changes: &gt;, where it said &lt;"),
        (r"$x \leq 5$", r"$x \geq 5$", r"a sign changes: \geq, where it said \leq"),
        ("Fill it ½.", "Fill it ¼.", "a number changes: ¼, where it said ½"),
        ("- [ ] Sorted", "- [x] Sorted", "what shows or hides text changes: [x], where it said [ ]"),
        ("Sort it.", "Sort\u200b it.", "what shows or hides text is new: \u200b"),
        ("In 10 m² of yard.", "In 10 m³ of yard.", "a unit changes: m³, where it said m²"),
        ("| 5 | |", "| | 5 |", "what shows or hides text changes: |, where it said 5"),
    ],
)
def test_what_is_more_than_words_is_not_editorial(before: str, after: str, why: str) -> None:
    chain = changed(before, after)
    approve(chain)
    document = chain.document("PRO-001")
    (fault,) = document.faults
    assert fault.reason is FaultReason.EDITORIAL_REFUSED
    assert len(document.issues) == 1
    assert fault.words.startswith(f"against issue 1 {why}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sort teh waste.", "Sort the waste."),
        ("Put the drums in the store", "Put the drums into the store."),
        ("Keep 5 drums here.", "Keep 5 barrels here."),
        ("You MUST sort.", "You must sort."),
        ("Don\u2019t mix.", "Don't mix."),
        ("See [plan](plan.md).", "See [the plan](plan.md)."),
        ("One\nline.", "One line."),
    ],
)
def test_what_is_words_alone_is_editorial(before: str, after: str) -> None:
    assert told(procedure(before), procedure(after)) is None


def test_numbers_that_change_places_are_not_editorial() -> None:
    assert told(procedure("Oil 5, water 9."), procedure("Oil 9, water 5.")) is not None


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("review_every: 12 months\n", "review_every: 24 months\n", "a number changes: 24, where it said 12"),
        ("process: sorting\n", "process: burning\n", "the field process changes, and it is no prose"),
        ("", "number: VA 1\n", "the field number changes, and it is no prose"),
    ],
)
def test_a_field_that_is_no_prose_is_not_editorial(before: str, after: str, why: str) -> None:
    assert told(procedure(head=before), procedure(head=after)) == why


def test_the_title_is_prose_even_if_it_is_one_word() -> None:
    assert told(procedure(), procedure().replace("title: Waste", "title: Rubbish")) is None


def test_rows_of_a_register_come_and_go_by_no_editorial_change() -> None:
    path = "registers/aspects.yml"
    assert told(register("Fume"), register("Fumes"), path) is None
    assert told(register("Fume"), register("Fume", "Noise"), path) == (
        "the field rows changes, and it is no prose"
    )


def test_a_text_that_cannot_be_read_cannot_be_compared() -> None:
    one, other = Texts(PATH, procedure().encode(), ()), Texts(PATH, b"\xff\xfe", ())
    assert beyond_words(one, other, names=()) == "the text cannot be read, and so not be compared"
    assert told(procedure(), "---\nid: [\n---\n") == "the text cannot be read, and so not be compared"


def test_a_changed_picture_is_not_editorial() -> None:
    text = procedure("![Flow](flow.png)")
    chain = company(ems=settings(matrix=MATRIX + TWO), **{PATH: text, "procedures/flow.png": "one"})
    chain.commit({"procedures/flow.png": "two"}, by="ann", on="2026-03-01")
    approve(chain, parts={"flow.png": "procedures/flow.png"})
    (fault,) = chain.document("PRO-001").faults
    assert fault.words.endswith("an embedded file changes, and nobody can tell what that changes")


def test_the_first_issue_is_no_editorial_change() -> None:
    chain = company(ems=settings(matrix=MATRIX + TWO))
    chain.commit({PATH: procedure()}, by="ann", on="2026-03-01")
    approve(chain, issue=1)
    (fault,) = chain.document("PRO-001").faults
    assert fault.words == "PRO-001 has no issue before this one that it could be compared with"


def test_all_that_changed_since_the_last_issue_is_compared_not_the_last_change_alone() -> None:
    chain = changed("Keep 5 drums.", "Keep 6 drums.")
    chain.commit({PATH: procedure("Keep 6 barrels.")}, by="ann", on="2026-03-02")
    approve(chain)
    assert [fault.reason for fault in chain.document("PRO-001").faults] == [FaultReason.EDITORIAL_REFUSED]


def test_a_change_is_called_editorial_where_it_is_approved_and_nowhere_else() -> None:
    chain = changed("Sort teh waste.", "Sort the waste.")
    approve(chain, meaning="interim", valid_until="2026-03-10")
    (fault,) = chain.document("PRO-001").faults
    assert fault.reason is FaultReason.EDITORIAL_REFUSED


def test_rules_persons_and_roles_admit_no_editorial_change() -> None:
    chain = company()
    text = chain.shelf.blobs[chain.tree["ems/ems.yml"][1]].decode()
    chain.commit({"ems.yml": f"{text}# words\n"}, by="ann", on="2026-03-01")
    said = {"document": "EMS-RULES", "issue": 2, "change": "editorial"}
    land_record(chain, "ems.yml", by="mary", on="2026-03-02", **said)
    (fault,) = chain.document("EMS-RULES").faults
    assert fault.reason is FaultReason.EDITORIAL_REFUSED
    assert "no change of rules, persons and roles is editorial" in fault.words


def test_a_merge_calls_nothing_editorial() -> None:
    chain = company(ems=settings(matrix=MATRIX + TWO), **{PATH: procedure("Sort teh waste.")})
    chain.merge(Work({PATH: procedure("Sort the waste.")}, by="ann"), by="eve")
    document = chain.document("PRO-001")
    assert document.pending is not None
    assert document.pending.missing.startswith("waits for one more approval")


def test_what_everybody_so_far_called_editorial_waits_for_the_fewer_persons() -> None:
    three = (
        "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS, ROL-MD], persons: 3, editorial_persons: 2}\n"
    )
    chain = changed("Sort teh waste.", "Sort the waste.", ems=MATRIX + three)
    approve(chain)
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert [(one.persons, [who.id for who in one.candidates]) for one in pending.waits_for] == [
        (1, ["PER-DAN", "PER-MARY", "PER-OTTO"])
    ]


def test_the_sentence_of_an_approval_says_that_the_change_was_editorial() -> None:
    chain = changed("Sort teh waste.", "Sort the waste.")
    approve(chain)
    (act,) = chain.document("PRO-001").issues[-1].approvals
    assert act.sentence.startswith("Eve Hart approved it as an editorial change on 2026-03-02 and landed")


@pytest.mark.parametrize("piece", ["a1", "]("])
def test_a_long_text_without_any_space_is_compared_in_a_moment(piece: str) -> None:
    text = procedure(piece * 10_000)
    began = perf_counter()
    assert told(text, f"{text}5") is not None
    assert perf_counter() - began < 5
