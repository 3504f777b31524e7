"""What a text tells that no editorial change may touch: numbers, ids, links, names, words that oblige.

Finds it and says what changed between two texts; whether other words around it may change,
`wording` says. The words it knows are in `telling_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile

from mkdocs_ems import dataclass
from mkdocs_ems.control.telling_words import told_by
from mkdocs_ems.control.wording import words
from mkdocs_ems.model.units import known
from mkdocs_ems.text import fold

_TOKENS = re.compile(
    r"""
      (?P<link>\]\([^)\n]{0,2000}\) | \]\[[^\]\n]{0,200}\] | \[\[[^\]\n]{0,200}\]\]
          | ^\ {0,3}\[[^\]\n]{1,200}\]:[^\n]{0,2000} | [a-z][a-z0-9+.-]{0,20}://[^\s<>"')\]]{1,2000}
          | [^\s<>()@]{1,80}@[^\s<>()@]{1,200} )
    | (?P<markup><!-- | --> | </?[a-z][\w-]{0,30}(?:\s[^>]{0,500})?/?> | ~{2,} | `{3,} | `[^`\n]{1,200}`
          | \{[^}\n]{0,200}\} | \| | ^(?:!!!|\?\?\?|:::|-8<-)[^\n]{0,200} | \[[\ x]\](?=\s)
          | [\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff] )
    | (?P<id>(?<![\w-])(?-i:[A-Z][A-Z0-9]{0,30}(?:-[A-Z0-9]{1,30}){1,9})(?![\w-]) )
    | (?P<number>(?:(?<![\w-])[-+−])?\d+(?:[.,:/×-]\d+)* | [²³¹⁰-₎¼-¾⅐-↋①-⓿] )
    | (?P<sign>[<>≤≥=±≈§%‰°€$£¥¬] | &\#?\w{1,30}; | \\[a-z]{1,30} )
    | (?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)* )
    """,  # noqa: RUF001 - the signs that people write
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
"""Each part is bounded: texts of any size, and of any kind, are compared in time linear in their size."""
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_UNIT = re.compile(r"[ \t\u00a0\u202f]?(?P<unit>[^\s|<>()\[\]{},;:!?\"'*_`]{1,40})")
_UNIT_SIGNS = frozenset("/°%‰³²·€$£¥")
_GENITIVE = re.compile(r"['’]s?\Z")  # noqa: RUF001 - as people write it
_NAME = 3
"""Shortest part of a person's name that is looked for."""
_NO_UNITS = frozenset({"in"})
"""Units that are words of everyday language, unless a number stands before them."""


@dataclass(frozen=True, slots=True)
class Token:
    """Something whose change is more than a change of words."""

    kind: str
    text: str


class Names:
    """What roles and persons are called in texts."""

    def __init__(self, *, roles: Iterable[str], persons: Iterable[str]) -> None:
        wanted = sorted((re.escape(name) for name in roles if name.strip()), key=len, reverse=True)
        self._roles = re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})", re.IGNORECASE) if wanted else None
        # A person is mentioned by a first or a last name too: with a capital, as names are written.
        parts = (part for name in persons for part in words(name))
        self._persons = frozenset(part for part in parts if len(part) >= _NAME and part[0].isupper())

    def roles_in(self, text: str) -> tuple[Token, ...]:
        """Every mention of a role by its name, in order."""
        found = self._roles.finditer(text) if self._roles else ()
        return tuple(Token("a role", fold(match[0])) for match in found)

    def persons_in(self, text: str) -> tuple[Token, ...]:
        """Every mention of a person, in order."""
        if not self._persons:
            return ()
        bare = (_GENITIVE.sub("", word) for word in words(text))
        return tuple(Token("a person", word) for word in bare if word in self._persons)

    def first_in(self, text: str) -> Token | None:
        """The first thing that a sentence tells which counts, if it tells any."""
        return next(iter((*self.roles_in(text), *self.persons_in(text))), None) or next(tokens(text), None)


def tokens(text: str) -> Iterator[Token]:
    """Everything else that counts, in order: numbers, units, dates, ids, links, signs, certain words."""
    at = 0
    while match := _TOKENS.search(text, at):
        at = match.end()
        said = match[0]
        match match.lastgroup:
            case "word":
                token = _word(said)
                if token is not None:
                    yield token
            case "number":
                yield Token("a date" if _DATE.fullmatch(said) else "a number", said)
                unit = _UNIT.match(text, at)
                if unit is not None and _is_unit(unit["unit"].rstrip(".")):
                    yield Token("a unit", unit["unit"].rstrip("."))
                    at = unit.start("unit") + len(unit["unit"].rstrip("."))
            case "id":
                yield Token("a role" if said.startswith("ROL-") else "an id", said)
            case "link":
                yield Token("a link", said)
            case "sign":
                yield Token("a sign", said)
            case _:
                yield Token("what shows or hides text", said)


def first_change(old: tuple[Token, ...], new: tuple[Token, ...]) -> str | None:
    """What the first difference between two texts is, in words; None where they tell the same."""
    if old == new:
        return None
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    gone, come = old[same:], new[same:]
    alike = zip(reversed(gone), reversed(come), strict=False)
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], alike))
    gone, come = gone[: len(gone) - end], come[: len(come) - end]
    if not come:
        return f"{gone[0].kind} goes: {gone[0].text}"
    if not gone:
        return f"{come[0].kind} is new: {come[0].text}"
    return f"{come[0].kind} changes: {come[0].text}, where it said {gone[0].text}"


@lru_cache(maxsize=4096)
def _word(said: str) -> Token | None:
    """What a word tells beyond its sound, if anything."""
    plain = fold(said).replace("’", "'")  # noqa: RUF001 - as people write it
    kind = told_by(plain) or next((told for part in plain.split("-") if (told := told_by(part))), None)
    if kind is not None:
        return Token(kind, plain)
    if len(said) > 1 and plain not in _NO_UNITS and known(said):
        return Token("a unit", said)
    return None


def _is_unit(said: str) -> bool:
    return bool(said) and (not _UNIT_SIGNS.isdisjoint(said) or known(said))
