from __future__ import annotations

import pytest

from mkdocs_ems.errors import OutputError
from mkdocs_ems.site.slots import LISTING, NOTICE, SELECTOR, filled, has_listing

PAGE = b"<header>" + SELECTOR + b"</header>" + NOTICE + b"<main>text</main>"


def test_each_place_is_filled_with_its_own_text() -> None:
    page = filled(PAGE + LISTING, selector=b"<i>v1</i>", notice=b"<b>old</b>", listing=b"<ul></ul>")
    assert page == b"<header><i>v1</i></header><b>old</b><main>text</main><ul></ul>"


def test_a_page_of_a_single_build_is_as_if_it_had_no_places() -> None:
    assert filled(PAGE) == b"<header></header><main>text</main>"


@pytest.mark.parametrize("mark", [SELECTOR, NOTICE], ids=["selector", "notice"])
@pytest.mark.parametrize("times", [0, 2])
def test_a_page_without_just_one_of_each_place_is_refused_by_its_path(mark: bytes, times: int) -> None:
    with pytest.raises(OutputError, match=r"registers/aspects/index\.html has"):
        filled(PAGE.replace(mark, mark * times), path="registers/aspects/index.html")


def test_a_page_lists_all_versions_once_at_most() -> None:
    assert has_listing(PAGE + LISTING)
    assert not has_listing(PAGE)
    with pytest.raises(OutputError, match="more than once"):
        filled(PAGE + LISTING * 2)


def test_another_comment_is_left_as_it_is() -> None:
    page = b"<!--ems:other-->" + PAGE + b"<!--ems:-->"
    assert filled(page) == b"<!--ems:other--><header></header><main>text</main><!--ems:-->"
