"""What no eye could see: a page names it by number, whoever wrote it into a path, a name or a message."""

from __future__ import annotations

import unicodedata

import pytest

from mkdocs_ems.pages.environment import render
from mkdocs_ems.text import deceives, show, shown_page
from mkdocs_ems.text import unseen as unseen_in

NO_WIDTH = (
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200D),
    (0x2060, 0x2065),
    (0x206A, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF9, 0xFFFB),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
"""Code points that are not shown, and a few that take no room; alone none of them does anything."""
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ODD = "ems/\x1b[2J\u202egnp.md\udcff\n\tend"


def unseen(char: str) -> bool:
    """Whether a terminal or an eye could be misled by it."""
    if any(first <= ord(char) <= last for first, last in NO_WIDTH):
        return True
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


MEANT = {
    "soft hyphen in a long word": "Umwelt\u00admanagement",
    "word that is not joined in Persian": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "half form in Hindi": "\u0915\u094d\u200d\u0937",
    "break in Thai": "\u0e01\u0e32\u0e23\u200b\u0e08\u0e31\u0e14",
    "break in Japanese": "\u74b0\u5883\u200b\u7ba1\u7406",
    "family": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "heart on fire": "\u2764\ufe0f\u200d\U0001f525",
    "keycap": "1\ufe0f\u20e3",
    "trade mark as text": "\u2122\ufe0e",
    "flag of England": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "variant of a Han character": "\u845b\U000e0100",
    "variant in Mongolian": "\u1828\u180b",
    "old Korean": "\u115f\u1161",
    "joined accents": "a\u0308\u034f\u0308",
}
HIDING = {
    "in a name": "Maya\u200b Holm",
    "at its end": "Maya Holm\u2060",
    "joiner between Latin letters": "Ma\u200dya",
    "non-joiner between Latin letters": "Ma\u200cya",
    "joiner after a symbol alone": "\U0001f468\u200d Holm",
    "soft hyphen beside a space": "Maya\u00ad Holm",
    "soft hyphens in a row": "Ma\u00ad\u00adya",
    "selector after a letter": "M\ufe00aya",
    "selectors in a row": "\U0001f600\ufe00\ufe01\ufe02",
    "supplementary selectors after a symbol": "\U0001f600\U000e0101\U000e0102",
    "tags after no flag": "ok\U000e0069\U000e0067\U000e006e\U000e007f",
    "tags behind a flag's end": "\U0001f3f4\U000e0067\U000e007f\U000e0041",
    "a flag that never ends": "\U0001f3f4" + "\U000e0061" * 40,
    "filler of Korean": "\u3164",
    "operators that nobody sees": "2\u20623",
    "mark of bytes": "a\ufeffb",
    "joiner of accents after a letter": "c\u034fh",
}


@pytest.mark.parametrize("text", MEANT.values(), ids=MEANT.keys())
def test_what_a_script_or_an_emoji_needs_is_left_as_it_is(text: str) -> None:
    around = f"\u00fcber {text} und"
    assert (show(around), shown_page(around), deceives(around)) == (around, around, False)


@pytest.mark.parametrize("text", HIDING.values(), ids=HIDING.keys())
def test_what_hides_in_a_text_is_told_and_named_by_its_number(text: str) -> None:
    assert deceives(text)
    spans = list(unseen_in(text))
    for start, end in spans:
        assert all(f"\\u{{{ord(char):x}}}" in show(text) for char in text[start:end])
    left = "".join(char for at, char in enumerate(text) if not any(a <= at < b for a, b in spans))
    assert not deceives(left)


def test_stretches_that_nobody_sees_are_told_each_once() -> None:
    assert list(unseen_in("a\u200b\u2060b\u200bc")) == [(1, 3), (4, 5)]
    assert list(unseen_in("a")) == []
