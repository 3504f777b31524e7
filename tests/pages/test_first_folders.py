"""No version's folder can stand in the way of an address that the manual itself had or has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from mkdocs_ems.control.versions import RESERVED
from mkdocs_ems.pages import Page, addresses


class Shown(Protocol):
    pages: Mapping[str, Page]


def test_the_first_folder_of_every_page_is_reserved(approved: Shown, drafted: Shown) -> None:
    first = {path.partition("/")[0] for shown in (approved, drafted) for path in shown.pages}
    assert {"documents", "registers", "histories", "index.html"} <= first
    assert first <= RESERVED


def test_the_first_folder_of_every_address_that_stands_written_is_reserved() -> None:
    written = {value for name, value in vars(addresses).items() if name.isupper() and isinstance(value, str)}
    assert {path.partition("/")[0] for path in written if path.endswith("/index.html")} <= RESERVED


def test_reserved_names_are_compared_without_capitals() -> None:
    assert {name.casefold() for name in RESERVED} == RESERVED
