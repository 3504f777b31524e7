"""Texts without what an audience must not read: names of people, mail addresses, ids of what stays in.

Approximate by nature, and meant to take too much rather than too little: a name is found with initials,
turned round, in any case and with any separators between its parts. What is no name of a person that the
manual or its history knows, nobody can find; `docs/publication.md` says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from mkdocs_ems import dataclass
from mkdocs_ems.text import fold

MAIL_LEFT_OUT = "(mail address left out)"
ANYBODY = "a person"

_BETWEEN = r"(?:[\W_]|&(?:nbsp|ensp|emsp|thinsp|shy);){0,6}"
"""What may stand between the parts of a name: spaces, marks of emphasis, a dot in an address."""
_BEGIN, _END = r"(?<![^\W_])", r"(?![^\W_])"
_HONORIFIC = r"(?:mr|mrs|ms|miss|mx|dr|prof|sir|herr|frau)"
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts that put no spaces between words."""

_MAIL = re.compile(
    r"<?(?:mailto:)?(?<![\w.+%'-])[\w.+%'-]{1,254}\s?(?:@|%40|&commat;|\(at\)|\[at\])\s?"
    r"(?:[\w-]{1,63}\.){1,20}[^\W\d_][\w-]+>?",
    re.IGNORECASE,
)
_ID = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+(?![\w-])", re.IGNORECASE)
_MENTION = re.compile(r"\[\[([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)(?:\|[^\[\]\n]*)?\]\]")
_NUMBERED = re.compile(r"&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));", re.IGNORECASE)
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff\ufffd")
"""What may stand inside a name unseen, and what stands where reading blotted that out."""
_SHORTEST = 4
"""A shorter account is a word that means something else; a shorter name counts only as it is written."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that must not be read, and what stands in its place."""

    words: tuple[str, ...]
    said: str
    keys: tuple[str, ...]
    """Of these, folded, one stands in every text that has the name."""

    def taken_out(self, text: str, folded: str) -> str:
        """The text without it."""
        if not any(key in folded for key in self.keys):
            return text
        said = self.said
        return _pattern(self.words, said).sub(lambda _: said, text)

    def stands_in(self, text: str, folded: str) -> bool:
        """Whether the text has it."""
        found = any(key in folded for key in self.keys)
        return found and _pattern(self.words, self.said).search(text) is not None


@dataclass(frozen=True, slots=True)
class Mask:
    """What no text may say, with the words that are said instead."""

    names: tuple[_Name, ...]
    """People's names, the longest first: `M. Holm` must not cut `M. Holm-Berg`."""
    accounts: re.Pattern[str] | None
    """Accounts and principals."""
    ids: Mapping[str, str]
    """Ids of what stays in, each with what it is called."""
    contacts: frozenset[str]
    """Mail addresses that may be read, folded."""

    @classmethod
    def of(
        cls,
        *,
        names: Mapping[str, str],
        accounts: Iterable[str],
        ids: Mapping[str, str],
        contacts: Iterable[str],
    ) -> Mask:
        """A mask, made ready.

        Args:
            names: people's names, each with what stands in its place.
            accounts: what else people are called by.
            ids: as the field.
            contacts: mail addresses that may be read.
        """
        made = (_name(name, names[name]) for name in sorted(names, key=lambda one: (-len(one), one)))
        tokens = sorted({one for one in accounts if len(one) >= _SHORTEST}, key=lambda one: (-len(one), one))
        ways = "|".join(map(re.escape, tokens))
        pattern = re.compile(rf"(?<![\w-])(?:{ways})(?![\w-])", re.IGNORECASE) if tokens else None
        return cls(
            tuple(one for one in made if one.words), pattern, ids, frozenset(fold(one) for one in contacts)
        )

    def __call__(self, text: str) -> str:
        """The text with all of it replaced."""
        said = _readable(text)
        said = _MENTION.sub(self._mention, said)
        said = _MAIL.sub(self._mail, said)
        folded = said.casefold()
        for name in self.names:
            said = name.taken_out(said, folded)
        if self.accounts is not None:
            said = self.accounts.sub(ANYBODY, said)
        return _ID.sub(self._id, said)

    def names_somebody(self, text: str) -> bool:
        """Whether a text names anybody: for what cannot be said in other words, such as an id."""
        folded = text.casefold()
        account = self.accounts is not None and self.accounts.search(text) is not None
        return account or any(name.stands_in(text, folded) for name in self.names)

    def _mention(self, match: re.Match[str]) -> str:
        said = self.ids.get(match[1])
        return match[0] if said is None else said

    def _mail(self, match: re.Match[str]) -> str:
        bare = match[0].strip("<>").removeprefix("mailto:")
        return match[0] if fold(bare) in self.contacts else MAIL_LEFT_OUT

    def _id(self, match: re.Match[str]) -> str:
        said = self.ids.get(match[0].upper())
        return match[0] if said is None else said


def may_be_a_name(claimed: str) -> bool:
    """Whether what somebody calls himself in git is a name: one word alone is too often a word."""
    return " " in claimed.strip() or _UNSPACED.search(claimed) is not None


def _readable(text: str) -> str:
    """The text as a reader sees it: letters written as numbers, and characters that are never seen."""
    if text.isascii() and "&#" not in text:
        return text
    said = unicodedata.normalize("NFC", text).translate(_UNSEEN)
    return _NUMBERED.sub(_letter, said) if "&#" in said else said


def _letter(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else int(match[2])
    char = chr(number) if number < 0x110000 else ""
    return char if char.isalnum() or char in "@.- \u00a0" else match[0]


def _name(name: str, said: str) -> _Name:
    plain = unicodedata.normalize("NFC", name).translate(_UNSEEN)
    words = tuple(one for one in re.split(r"[\W_]+", plain) if one)
    ends = (words[0], words[-1]) if words else ()
    return _Name(words, said, tuple(dict.fromkeys(one.casefold() for one in ends)))


@cache
def _pattern(words: tuple[str, ...], said: str) -> re.Pattern[str]:
    """The ways to write a name: with initials, turned round, with any separators; in any case."""
    # `Maya Holm, Managing Director` is one person, not two.
    title = rf"(?:,\s*{re.escape(said)}{_END})?"
    if _UNSPACED.search("".join(words)):
        return re.compile(_BETWEEN.join(words) + title, re.IGNORECASE)
    first, last = words[0], words[-1]
    if len(words) == 1:
        ways = [first] if len(first) >= _SHORTEST else [f"(?-i:{first})"]
    else:
        middle = rf"{_BETWEEN}(?:[^\W\d_]\.?{_BETWEEN})?"
        rest = _BETWEEN.join(words[1:])
        ways = [
            middle.join(words),
            rf"{rest}{_BETWEEN}{first}",
            rf"{first}{middle}{last}",
            rf"{last},\s*{first[:1]}\.?",
            rf"{first[:1]}(?:\.\s?|\s)(?:[^\W\d_]\.?\s?)?{rest}",
            rf"{first}\s{last[:1]}\.",
            rf"{_HONORIFIC}\.?\s{rest}",
        ]
    return re.compile(rf"{_BEGIN}(?:{'|'.join(ways)})(?:(?<=\.)|{_END}){title}", re.IGNORECASE)
