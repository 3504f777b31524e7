from __future__ import annotations

import pytest

from mkdocs_ems.model import KINDS
from mkdocs_ems.model import asked as module
from mkdocs_ems.model.asked import asked
from mkdocs_ems.model.clauses import EDITIONS, clauses

_WORDS = {
    module.NAMED,
    module.REGISTER,
    module.SIGNIFICANCE,
    module.SIGNIFICANT,
    module.RESPONSE,
    module.READINGS,
    module.DOCUMENTS,
}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_clause_without_parts_asks_for_something_and_no_other_does(edition: str) -> None:
    known = clauses(edition)
    parents = {clause.parent for clause in known.values()}
    assert set(asked(edition)) == set(known) - parents


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_answers_a_clause_is_a_kind_or_a_word_that_is_explained(edition: str) -> None:
    for ones in asked(edition).values():
        for one in ones:
            assert set(one.kinds) <= {*KINDS, module.RULES, module.REGISTER_OF_DOCUMENTS}
            for part in one.documented:
                assert part.form in {"document", "record", "both"}
                assert part.by
                assert set(part.by) <= {*KINDS, *_WORDS}


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_clause_has_a_sentence_that_says_what_to_do(edition: str) -> None:
    for ones in asked(edition).values():
        assert all(one.advice.endswith(".") and one.advice[0].isupper() for one in ones)


def test_a_topic_that_moved_is_asked_for_at_its_own_number_in_each_edition() -> None:
    def places(kind: str, edition: str) -> list[str]:
        return [number for number, ones in asked(edition).items() if any(kind in one.kinds for one in ones)]

    assert places("risk", "2015") == ["6.1.1"]
    assert places("risk", "2026") == ["6.1.4"]
    assert places("action", "2015") == ["6.1.4"]
    assert places("action", "2026") == ["6.1.5"]


def test_an_unknown_edition_asks_for_nothing() -> None:
    assert asked("1996") == {}


def test_documented_information_is_asked_for_where_the_standard_asks_and_nowhere_else() -> None:
    wanted = {
        "2015": "4.3 5.2 6.1.1 6.1.2 6.1.3 6.2.1 7.2 7.4.1 7.5.1 7.5.3 8.1 8.2 9.1.1 9.1.2 9.2.2 9.3 10.2",
        "2026": "4.3 5.2 6.1.1 6.1.2 6.1.3 6.1.4 6.2.1 7.2 7.4.1 7.5.1 7.5.3 8.1 8.2 9.1.1 9.1.2 9.2.2 "
        "9.3.3 10.2",
    }
    for edition, numbers in wanted.items():
        with_writing = {
            number for number, ones in asked(edition).items() if any(one.documented for one in ones)
        }
        assert with_writing == set(numbers.split())
