"""What no eye could see: a page names it by number, whoever wrote it into a path, a name or a message."""

from __future__ import annotations

import unicodedata

import pytest

from mkdocs_ems.pages.environment import render
from mkdocs_ems.text import show, shown_page

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ODD = "ems/\x1b[2J\u202egnp.md\udcff\n\tend"


def unseen(char: str) -> bool:
    """Whether a terminal or an eye could be misled by it."""
    return char in BIDI or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")


def test_a_page_names_every_character_that_nobody_could_see_by_its_number() -> None:
    told = render("edition-note.html", edition={"title": "Draft", "note": ODD})
    assert r"ems/\u{1b}[2J\u{202e}gnp.md\u{dcff}" in told
    assert "\n\tend" in told


@pytest.mark.parametrize(("kept", "shown"), [("", show), ("\n\t", shown_page)])
def test_just_what_cannot_be_seen_is_written_out(kept: str, shown: object) -> None:
    assert callable(shown)
    every = [chr(code) for code in range(0x110000)]
    named = {char for char in every if shown(char) != char}
    assert named == {char for char in every if unseen(char)} - set(kept)
