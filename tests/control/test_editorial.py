"""A change of words alone may be approved by fewer persons; any other change may not."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

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
PERSONS = ("Eve Hart", "Otto Pike")


def changed(before: str, after: str, *, ems: str = MATRIX + TWO, by: str = "ann") -> Chain:
    chain = company(ems=settings(matrix=ems), **{PATH: procedure(before)})
    chain.commit({PATH: procedure(after)}, by=by, on="2026-03-01")
    return chain


def approve(chain: Chain, *, by: str = "eve", **other: object) -> str:
    return land_record(chain, PATH, by=by, on="2026-03-02", **{"issue": 2, "change": "editorial", **other})


def told(before: str, after: str, path: str = PATH) -> str | None:
    one, other = (Texts(path, text.encode(), ()) for text in (before, after))
    return beyond_words(one, other, names=ROLES, persons=PERSONS)


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
        ("Keep the drums here.", "Keep the barrels here."),
        ("Keep 5 drmus here, teh new ones.", "Keep 5 drums here, the new ones."),
        ("Srot the waste.", "Sort the waste."),
        ("Sort the waste.", "Sort the waste carefully."),
        ("Put the drums, then the cans, away.", "Put the drums then the cans away."),
        (
            "Anyone promises an call back, and passes it on within 15 minutes. Nobody guesses.",
            "Anyone promises a call back, and passes it on within 15 minutes. Nobody guesses.",
        ),
        ("| Nickle | 1.5 |", "| Nickel | 1.5 |"),
        ("The operater must not smoke.", "The operator must not smoke."),
        ("You MUST sort.", "You must sort."),
        ("Don\u2019t mix.", "Don't mix."),
        ("See [plan](plan.md).", "See [the plan](plan.md)."),
        ("One\nline.", "One line."),
    ],
)
def test_what_is_words_alone_is_editorial(before: str, after: str) -> None:
    assert told(procedure(before), procedure(after)) is None


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (
            "Keep 5 drums here.",
            "Keep 5 barrels here.",
            "it says barrels, where it said drums; only spelling may",
        ),
        ("| Nickel | 1.5 |\n| Copper | 2.0 |", "| Copper | 1.5 |\n| Nickel | 2.0 |", "it says Copper"),
        ("| Metal | Limit |", "| Metals here | Limit |", "words or marks come or go; only spelling may"),
        ("## Limits for nickel", "## Limits for copper", "it says copper, where it said nickel"),
        (
            "For nickel this holds:\n\n- 5 mg",
            "For copper this holds:\n\n- 5 mg",
            "only spelling may change there",
        ),
        (
            "Open the valve; do not close the lid.",
            "Do not open the valve; close the lid.",
            "a word that obliges or forbids changes: not",
        ),
        ("Fit the valve; do not lift the lid.", "Do not fit the valve; lift the lid.", "it says Do, "),
        ("You must wear goggles and may smoke.", "You must smoke and may wear goggles.", "it says smoke"),
        ("You must wait, here.", "You must, wait here.", "it says ,"),
        ("Stop. Wear a mask.", "Stop.", "a sentence is new or goes"),
        ("Look. Wear a mask.", "Look.", "a sentence is new or goes"),
        ("Look.", "Look. Wear a mask.", "a sentence is new or goes"),
        (
            "Look in it. Wear a mask.",
            "Wear a mask. Look in it.",
            "it begins with Wear, where it began with Look",
        ),
        ("- Rinse pumps.\n- Rinse tubs.", "- Rinse tubs.\n- Rinse pumps.", "a word changes its place: pumps"),
        (
            "A cat sees a dog and a hen sits by it.",
            "A dog sees a cat and a hen sits by it.",
            "begins with dog",
        ),
        ("Look.\n\nWear a mask.", "Look.", "a paragraph, heading, item or row goes: Wear a mask."),
        ("- Look", "- Look\n- Wear a mask", "a paragraph, heading, item or row is new: Wear a mask"),
        ("Look.", "- Look.", "a paragraph, heading, item or row is new, goes, or becomes another"),
        ("Discharge is possible", "Discharge is impossible", "a word with a contrary changes: impossible"),
        ("The water is safe", "The water is unsafe", "a word with a contrary changes: unsafe"),
        ("The water is treated", "The water is untreated", "it says untreated, where it said treated"),
        ("It must be treated.", "It must be intreated.", "it says intreated, where it said treated"),
        (
            "The cans are painless here",
            "The cans are painful here",
            "it says painful, where it said painless",
        ),
        (
            "The operator refuses waste",
            "The operator accepts waste",
            "a word with a contrary changes: accepts",
        ),
        ("Turn the wheel.", "Paint the wheel.", "it begins with Paint, where it began with Turn"),
        ("Nitrate below 5 mg/l.", "Nitrite below 5 mg/l.", "it says Nitrite, where it said Nitrate"),
        ("CO below 5 mg/l.", "Co below 5 mg/l.", "it says Co, where it said CO"),
        ("See nearby here", "    See nearby here", "an indent changes, which may make code of words"),
        ("Wear a mask.", "*[mask]: hat\nWear a mask.", "a paragraph, heading, item or row is new"),
        ("*[mask]: hat", "*[mask]: hut", "what is shown or meant to the letter changes: *[mask]: hut"),
        (
            "```\nrun here\n```",
            "```\nrun there\n```",
            "what is shown or meant to the letter changes: run there",
        ),
        ("Type `run here`.", "Type `run hare`.", "what shows or hides text changes: `run hare`"),
        ("Wear a mask.", "Wear a m\u0430sk.", "a word mixes letters of two alphabets: m\u0430sk"),
        ("Wear a neat mask.", "Wear a \u0430 mask.", "is written in another alphabet"),
        (
            "See [a mask][m]\n\n[m]: x.md",
            "See [a glove][m]\n\n[m]: x.md",
            "it says glove, where it said mask",
        ),
        ("Now call Eve Hart.", "Now call Otto Pike.", "a person changes: Otto, where it said Eve"),
        (
            "Hart\u2019s desk has it.",
            "Pike\u2019s desk has it.",
            "a person changes: Pike, where it said Hart",
        ),
        (
            "The pump, if it leaks, goes away.",
            "The pump, it leaks, goes away.",
            "if comes or goes, and it joins",
        ),
        ("Tidy the hall; wash up.", "Tidy the hall, wash up.", "more than a comma changes in it"),
        (
            "Tidy the hall near the big old gate today.",
            "Tidy up all of it today.",
            "a word that obliges or forbids",
        ),
        (
            "Tidy the hall near the big old gate today.",
            "Tidy the hut of some new site now.",
            "too much changes",
        ),
    ],
)
def test_what_is_obliged_and_what_a_limit_is_of_stays_as_it_was(before: str, after: str, why: str) -> None:
    found = told(procedure(before), procedure(after))
    assert found is not None
    assert why in found


METALS = st.lists(
    st.sampled_from(["Nickel", "Copper", "Zinc", "Lead", "Silver", "Nitrate", "Nitrite", "Chromium"]),
    min_size=2,
    max_size=6,
    unique=True,
)
ORDERS = st.lists(
    st.sampled_from(
        ["Rinse the tub", "Rinse the pump", "Fit a lid", "Wear a mask", "Call Eve Hart", "Tidy up"]
    ),
    min_size=2,
    max_size=6,
    unique=True,
)


@budget(deadline=None)
@given(METALS, st.data())
def test_no_two_rows_and_no_two_substances_change_places(metals: list[str], data: st.DataObject) -> None:
    one, other = sorted(data.draw(st.sets(st.integers(0, len(metals) - 1), min_size=2, max_size=2)))
    swapped = list(metals)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    for form in ("| {1} | {0}.5 |", "- {1}: {0}.5 mg/l", "At most {0}.5 mg/l of {1}.\n", "- {1}"):
        old, new = (
            procedure("\n".join(form.format(at, name) for at, name in enumerate(names)))
            for names in (metals, swapped)
        )
        assert told(old, new) is not None


@budget(deadline=None)
@given(ORDERS, st.data(), st.sampled_from([". ", ".\n\n", ".\n- ", "; "]))
def test_no_order_goes_comes_or_changes_its_place(
    orders: list[str], data: st.DataObject, between: str
) -> None:
    at = data.draw(st.integers(0, len(orders) - 1))
    to = data.draw(st.integers(0, len(orders) - 2))
    fewer = [*orders[:at], *orders[at + 1 :]]
    moved = [*fewer[:to], orders[at], *fewer[to:]]
    texts = [procedure(f"- {between.join(each)}.") for each in (orders, fewer, moved)]
    assert told(texts[0], texts[1]) is not None
    assert told(texts[1], texts[0]) is not None
    assert (told(texts[0], texts[2]) is None) is (moved == orders)


def test_in_a_row_of_a_register_only_spelling_changes() -> None:
    path = "registers/aspects.yml"
    found = told(register("Fume of nickel"), register("Fume of copper"), path)
    assert found == (
        "in “Fume of copper” it says copper, where it said nickel; only spelling may change there: "
        "it is a field"
    )
    assert told(register("Fume of nickle"), register("Fume of nickel"), path) is None


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


@pytest.mark.parametrize(
    "piece", ["a1", "](", ".", ". ", " ", "a ", "- ", "#", "\n", "a.\n", "\u0430", "*", "|"]
)
def test_a_long_text_of_any_kind_is_compared_in_a_moment(piece: str) -> None:
    text = procedure(piece * 10_000)
    began = process_time()
    assert told(text, f"{text}5") is not None
    assert told(text, procedure(f"{piece * 10_000} odd words")) is not None
    assert process_time() - began < 5
