from __future__ import annotations

import pytest
from markupsafe import Markup

from mkdocs_ems.pages.fillable import Fillable

LINE = Markup('<a href="{}">{}</a>')


@pytest.mark.parametrize("said", ["plain", '<b>"&', Markup("<b>bold</b>"), 7, "{}", ""])
def test_what_is_filled_in_is_what_markup_makes_of_it(said: object) -> None:
    assert Fillable(LINE).filled("x", said) == LINE.format("x", said)
    assert isinstance(Fillable(LINE).filled("x", said), Markup)


def test_more_or_less_than_there_are_places_for_is_refused() -> None:
    for said in ((), ("one",), ("one", "two", "three")):
        with pytest.raises(ValueError, match="zip"):
            Fillable(LINE).filled(*said)
