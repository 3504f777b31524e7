"""Texts without what an audience must not read: names of people, mail addresses, ids of what stays in.

Approximate by nature, and meant to take too much rather than too little: a name is found with initials,
turned round, in any case and with any separators between its parts. What is no name of a person that the
manual or its history knows, nobody can find; `docs/publication.md` says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.text import fold

MAIL_LEFT_OUT = "(mail address left out)"

_BETWEEN = r"(?:[\W_]|&(?:nbsp|ensp|emsp|thinsp|shy);){0,6}"
"""What may stand between the parts of a name: spaces, marks of emphasis, a dot in an address."""
_BEGIN, _END = r"(?<![^\W_])", r"(?![^\W_])"
_HONORIFIC = r"(?:mr|mrs|ms|miss|mx|dr|prof|sir|herr|frau)"

_MAIL = re.compile(
    r"<?(?:mailto:)?(?<![\w.+%'-])[\w.+%'-]{1,254}\s?(?:@|%40|&commat;|\(at\)|\[at\])\s?"
    r"(?:[\w-]{1,63}\.){1,20}[^\W\d_][\w-]+>?",
    re.IGNORECASE,
)
_ID = re.compile(r"(?<![\w-])[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+(?![\w-])", re.IGNORECASE)
_MENTION = re.compile(r"\[\[([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)(?:\|[^\[\]\n]*)?\]\]")
_NUMBERED = re.compile(r"&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));", re.IGNORECASE)
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
_SHORTEST = 4
"""A shorter account is a word that means something else."""


@dataclass(frozen=True, slots=True)
class Mask:
    """What no text may say, with the words that are said instead."""

    names: Mapping[str, str]
    """People's names, each with what stands in its place."""
    accounts: frozenset[str]
    """Accounts and principals."""
    ids: Mapping[str, str]
    """Ids of what stays in, each with what it is called."""
    contacts: frozenset[str]
    """Mail addresses that may be read, folded."""
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()

    @classmethod
    def of(
        cls,
        *,
        names: Mapping[str, str],
        accounts: Iterable[str],
        ids: Mapping[str, str],
        contacts: Iterable[str],
    ) -> Mask:
        """A mask, made ready: see the fields."""
        tokens = frozenset(one for one in accounts if len(one) >= _SHORTEST)
        grouped: dict[str, list[str]] = {}
        for name in sorted(names, key=lambda one: (-len(one), one)):
            grouped.setdefault(names[name], []).extend(_spellings(name))
        # First all whole names, then what is shorter than one: `M. Holm` must not cut `M. Holm-Berg`.
        found = [(_any(ways, said), said) for said, ways in grouped.items() if ways]
        if tokens:
            ways = "|".join(map(re.escape, sorted(tokens, key=lambda one: (-len(one), one))))
            found.append((re.compile(rf"(?<![\w-])(?:{ways})(?![\w-])", re.IGNORECASE), "a person"))
        return cls(names, tokens, ids, frozenset(map(fold, contacts)), tuple(found))

    def __call__(self, text: str) -> str:
        """The text with all of it replaced."""
        said = _readable(text)
        said = _MENTION.sub(self._mention, said)
        said = _MAIL.sub(self._mail, said)
        for pattern, words in self.patterns:
            said = pattern.sub(words, said)
        return _ID.sub(self._id, said)

    def called(self, identity: str) -> str | None:
        """What something is called that stays in; None for what is seen, or unknown."""
        return self.ids.get(identity)

    def _mention(self, match: re.Match[str]) -> str:
        said = self.ids.get(match[1])
        return match[0] if said is None else said

    def _mail(self, match: re.Match[str]) -> str:
        bare = match[0].strip("<>").removeprefix("mailto:")
        return match[0] if fold(bare) in self.contacts else MAIL_LEFT_OUT

    def _id(self, match: re.Match[str]) -> str:
        said = self.ids.get(match[0].upper())
        return match[0] if said is None else said


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


def _spellings(name: str) -> list[str]:
    """The ways to write a name, as patterns; one word alone is found only as it is."""
    words = [re.escape(one) for one in re.split(r"[\W_]+", unicodedata.normalize("NFC", name)) if one]
    if not words:
        return []
    if len(words) == 1:
        return [rf"{words[0]}"] if len(words[0]) >= _SHORTEST else []
    first, last = words[0], words[-1]
    middle = rf"{_BETWEEN}(?:[^\W\d_]\.?{_BETWEEN})?"
    rest = _BETWEEN.join(words[1:])
    return [
        middle.join(words),
        rf"{rest}{_BETWEEN}{first}",
        rf"{first}{middle}{last}",
        rf"{last},\s*{first[:1]}\.?",
        rf"{first[:1]}(?:\.\s?|\s)(?:[^\W\d_]\.?\s?)?{rest}",
        rf"{first}\s{last[:1]}\.",
        rf"{_HONORIFIC}\.?\s{rest}",
    ]


def _any(ways: list[str], said: str) -> re.Pattern[str]:
    # `Maya Holm, Managing Director` is one person, not two.
    title = rf"(?:,\s*{re.escape(said)}{_END})?"
    return re.compile(rf"{_BEGIN}(?:{'|'.join(ways)})(?:(?<=\.)|{_END}){title}", re.IGNORECASE)
