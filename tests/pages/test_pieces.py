"""Pieces are put together as `Markup` does it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from mkdocs_ems.pages.pieces import filled

VALUES = st.one_of(st.text(), st.text().map(Markup), st.integers(), st.none())


@given(VALUES, VALUES)
def test_a_form_is_filled_as_markup_fills_it(one: object, other: object) -> None:
    made = filled('<b title="%s">%s</b> 100 %%', one, other)
    assert made == Markup('<b title="%s">%s</b> 100 %%') % (one, other)
    assert type(made) is Markup
