"""What rows said after each event: of approved registers by issue, of living ones as they landed."""

from __future__ import annotations

from datetime import date

from mkdocs_ems.control.row_states import RowKey, RowState, row_states
from support.chain import Chain, Work
from support.company import MATRIX, company, land_record, register, settings

PATH = "registers/aspects.yml"
RULES = settings(matrix=MATRIX + "    - {types: [aspect], roles: [ROL-EHS]}\n")
LIVING = "control: periodic\n"


def begun(*, living: bool = False) -> Chain:
    head = LIVING if living else ""
    return company(ems=RULES, **{PATH: register("Oil", "Noise", head=head)})


def states(chain: Chain) -> dict[RowKey, tuple[RowState, ...]]:
    return dict(row_states(chain.control(), blobs=chain.shelf, known={}))


def told(chain: Chain, row: str) -> list[tuple[str, int | None, str]]:
    return [(one.words, one.issue, one.text.strip()) for one in states(chain).get(("aspect", row), ())]


def line(number: int, title: str) -> str:
    return f"- {{id: ASP-{number:03}, title: {title}}}"


def test_a_row_that_never_changed_has_no_states() -> None:
    chain = begun()
    chain.merge(Work({PATH: register("Oil", "Loud noise")}, by="ann"), by="eve")
    assert ("aspect", "ASP-001") not in states(chain)


def test_a_row_is_told_as_it_was_at_first_and_after_each_issue_that_changed_it() -> None:
    chain = begun()
    chain.merge(Work({PATH: register("Oil", "Loud noise")}, by="ann"), by="eve")
    chain.merge(Work({PATH: register("Oily water", "Loud noise")}, by="ann"), by="eve")
    chain.merge(Work({PATH: register("Oily water", "Little noise")}, by="ann"), by="eve")
    assert told(chain, "ASP-002") == [
        ("issue 1", 1, line(2, "Noise")),
        ("issue 2", 2, line(2, "Loud noise")),
        ("issue 4", 4, line(2, "Little noise")),
    ]


def test_a_row_that_came_and_one_that_went_are_told() -> None:
    chain = begun()
    chain.merge(Work({PATH: register("Oil", "Noise", "Dust")}, by="ann"), by="eve")
    chain.merge(Work({PATH: register("Oil", "Noise")}, by="ann"), by="eve")
    assert told(chain, "ASP-003") == [("issue 2", 2, line(3, "Dust")), ("issue 3", 3, "")]


def test_what_nobody_approved_is_in_no_state() -> None:
    chain = begun()
    chain.commit({PATH: register("Oil", "Secret noise")}, by="ann")
    assert states(chain) == {}


def test_of_a_living_register_everything_counts_as_it_landed_and_names_the_issue_that_came() -> None:
    chain = begun(living=True)
    chain.commit({PATH: register("Oil", "Loud noise", head=LIVING)}, by="ann")
    chain.commit({PATH: register("Oil", "Louder noise", head=LIVING)}, by="ben")
    land_record(chain, PATH, by="eve", document="REG-ASPECTS", issue=2)
    chain.commit({PATH: register("Oil", "Loudest noise", head=LIVING)}, by="ann")
    assert told(chain, "ASP-002") == [
        ("as it landed", 1, line(2, "Noise")),
        ("as it landed", None, line(2, "Loud noise")),
        ("as it landed", 2, line(2, "Louder noise")),
        ("as it landed", None, line(2, "Loudest noise")),
    ]


def test_what_was_replaced_before_its_register_was_approved_is_in_no_issue() -> None:
    chain = begun(living=True)
    chain.commit({PATH: register("Oil", "Loud noise", head=LIVING)}, by="ann")
    chain.commit({PATH: register("Oil", "Noise", head=LIVING)}, by="ann")
    chain.commit({PATH: register("Oil", "Noise", "Dust", head=LIVING)}, by="ann")
    land_record(chain, PATH, by="eve", document="REG-ASPECTS", issue=2)
    assert [issue for _, issue, _ in told(chain, "ASP-002")] == [1, None, 2]


def test_what_is_only_proposed_has_not_landed() -> None:
    chain = begun(living=True)
    chain.commit({PATH: register("Oil", "Loud noise", head=LIVING)}, by="ann", proposed=True)
    assert states(chain) == {}


def test_a_row_that_moves_to_another_register_of_its_kind_has_one_history() -> None:
    chain = begun()
    other = "registers/more.yml"
    both = {PATH: register("Oil"), other: register("Oil", identity="REG-MORE").replace("ASP-001", "ASP-009")}
    chain.merge(Work(both, by="ann"), by="eve")
    moved = both[other] + "  - {id: ASP-002, title: Noise}\n"
    chain.merge(Work({other: moved}, by="ann"), by="eve")
    found = states(chain)["aspect", "ASP-002"]
    assert [(one.register, bool(one.text)) for one in found] == [
        ("REG-ASPECTS", True),
        ("REG-ASPECTS", False),
        ("REG-MORE", True),
    ]


def test_a_row_that_moved_is_there_at_last_whichever_register_it_came_from() -> None:
    chain = begun()
    other = "registers/more.yml"
    both = {
        PATH: register("Oil"),
        other: register("Noise", identity="REG-MORE").replace("ASP-001", "ASP-009"),
    }
    chain.merge(Work(both, by="ann"), by="eve")
    back = {
        PATH: f"{both[PATH]}  - {{id: ASP-009, title: Noise}}\n",
        other: both[other].partition("  - ")[0].replace("rows:", "rows: []"),
    }
    chain.merge(Work(back, by="ann"), by="eve")
    found = states(chain)["aspect", "ASP-009"]
    assert [(one.register, bool(one.text)) for one in found] == [
        ("REG-MORE", True),
        ("REG-MORE", False),
        ("REG-ASPECTS", True),
    ]


def test_the_order_of_rows_and_comments_between_them_change_no_row() -> None:
    chain = begun()
    turned = register("Oil", "Noise").split("rows:\n")
    lines = turned[1].splitlines()
    text = f"{turned[0]}rows:\n{lines[1]}\n  # a comment\n\n{lines[0]}\n"
    chain.merge(Work({PATH: text}, by="ann"), by="eve")
    assert states(chain) == {}


def test_a_key_behind_the_rows_is_no_part_of_the_last_row() -> None:
    chain = begun()
    chain.merge(Work({PATH: register("Oil", "Noise") + "summary: Changed\n"}, by="ann"), by="eve")
    assert states(chain) == {}


def test_a_register_that_comes_back_to_an_earlier_text_is_read_again() -> None:
    chain = begun()
    for title in ("Loud", "Noise", "Loud"):
        chain.merge(Work({PATH: register("Oil", title)}, by="ann"), by="eve")
    assert [text for *_, text in told(chain, "ASP-002")] == [
        line(2, "Noise"),
        line(2, "Loud"),
        line(2, "Noise"),
        line(2, "Loud"),
    ]


def test_every_state_of_the_days_that_are_asked_for_is_told() -> None:
    chain = begun()
    for title in ("Loud noise", "Little noise", "No noise"):
        chain.merge(Work({PATH: register("Oil", title)}, by="ann"), by="eve")
    everything = states(chain)["aspect", "ASP-002"]
    for day in {one.event.date.date() for one in everything[1:]}:
        asked = row_states(chain.control(), blobs=chain.shelf, known={}, spans={(day, day)})
        told = [one for one in asked["aspect", "ASP-002"] if one.event.date.date() == day]
        assert told == [one for one in everything if one.event.date.date() == day]


def test_of_days_on_which_nothing_counted_nothing_is_told() -> None:
    chain = begun()
    chain.merge(Work({PATH: register("Oil", "Loud noise")}, by="ann"), by="eve")
    assert not row_states(
        chain.control(), blobs=chain.shelf, known={}, spans={(date(1999, 1, 1), date(1999, 1, 2))}
    )
