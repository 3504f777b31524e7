"""Characters that nobody sees, made visible: a change of nothing but such a one must not look like none."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"})


def visible(text: str) -> str:
    r"""The text with control, format and odd space characters as `\u{…}`; the plain space stays."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"\\u{{{ord(char):x}}}" if char != " " and unicodedata.category(char) in _UNSEEN else char
        for char in text
    )
