"""Whether a change is one of words alone, so that it may be approved as editorial.

Compares two texts and nothing else: what is refused here is every change of a number, unit,
id, role, link, date, or a word that obliges or forbids; of a field that is no prose; of what
hides or shows text; and of every embedded file. What it cannot understand it refuses: then
the change needs its ordinary approval, and nothing is lost. The words it knows are in
`telling_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from mkdocs_ems.control.heads import head_of
from mkdocs_ems.control.places import is_markdown
from mkdocs_ems.control.telling_words import told_by
from mkdocs_ems.model.units import known
from mkdocs_ems.source import Data, parse_file
from mkdocs_ems.text import fold

_PROSE = frozenset({"title", "description", "summary", "note", "notes", "comment"})
"""Fields that are prose even where they hold one word."""

_TOKENS = re.compile(
    r"""
      (?P<link>\]\([^)\n]{0,2000}\) | \]\[[^\]\n]{0,200}\] | \[\[[^\]\n]{0,200}\]\]
          | ^\ {0,3}\[[^\]\n]{1,200}\]:[^\n]{0,2000} | [a-z][a-z0-9+.-]{0,20}://[^\s<>"')\]]{1,2000}
          | [^\s<>()@]{1,80}@[^\s<>()@]{1,200} )
    | (?P<markup><!-- | --> | </?[a-z][\w-]{0,30}(?:\s[^>]{0,500})?/?> | ~{2,} | `{3,}
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
_NO_UNITS = frozenset({"in"})
"""Units that are words of everyday language, unless a number stands before them."""


@dataclass(frozen=True, slots=True)
class Texts:
    """One content as it is compared."""

    path: str
    main: bytes
    parts: tuple[tuple[str, str], ...]
    """Target and blob of each embedded file."""


@dataclass(frozen=True, slots=True)
class _Token:
    """Something whose change is more than a change of words."""

    kind: str
    text: str


def beyond_words(before: Texts, after: Texts, *, names: Iterable[str]) -> str | None:
    """What more than words changes between two contents; None where it is words alone.

    Args:
        before: the approved content.
        after: the content that an editorial change made of it.
        names: what roles are called in texts.

    Returns:
        The end of a sentence that begins with what it was compared to.
    """
    if before.parts != after.parts:
        return "an embedded file changes, and nobody can tell what that changes"
    if is_markdown(before.path) != is_markdown(after.path):
        return "a document became a register, or a register a document"
    read = [_read(one) for one in (before, after)]
    old, new = read
    if old is None or new is None:
        return "the text cannot be read, and so not be compared"
    route = _changed_field(old[0], new[0], ())
    if route is not None:
        where = ".".join(str(step) for step in route) or "of the head"
        return f"the field {where} changes, and it is no prose"
    texts = ["\n".join((*_prose(fields), body)) for fields, body in (old, new)]
    role = _first_change(*(_roles(text, names) for text in texts))
    return role or _first_change(*(tuple(_tokens(text)) for text in texts))


def _read(one: Texts) -> tuple[dict[str, Data], str] | None:
    """The fields of a content and the text below them; None where it cannot be read."""
    # Of a document only the head has fields; of a register all of it is fields.
    head = head_of(one.path, one.main) if is_markdown(one.path) else one.main
    source = parse_file(one.path, head, content="")[0]
    try:
        body = one.main[len(head) :].decode()
    except UnicodeDecodeError:
        return None
    return (dict(source.data), body) if source.readable else None


# --- fields -----------------------------------------------------------------------------


def _changed_field(one: Data, other: Data, route: tuple[str | int, ...]) -> tuple[str | int, ...] | None:
    """The first field that says something else and is no prose."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return (*route, str(min(one.keys() ^ other.keys(), key=str)))
        pairs = [(one[key], other[key], (*route, str(key))) for key in one]
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            return route
        pairs = [(a, b, (*route, at)) for at, (a, b) in enumerate(zip(one, other, strict=True))]
    else:
        return None if one == other or _is_prose(one, other, route) else route
    found = (_changed_field(a, b, deeper) for a, b, deeper in pairs)
    return next((field for field in found if field is not None), None)


def _prose(data: Data) -> Iterator[str]:
    """Every text in the fields, in order."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for deeper in data.values() if isinstance(data, dict) else data:
            yield from _prose(deeper)


def _is_prose(one: Data, other: Data, route: tuple[str | int, ...]) -> bool:
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    return bool(route and route[-1] in _PROSE) or all(len(text.split()) > 1 for text in (one, other))


# --- texts ------------------------------------------------------------------------------


def _roles(text: str, names: Iterable[str]) -> tuple[_Token, ...]:
    """Every mention of a role by its name, in order."""
    wanted = sorted((re.escape(name) for name in names), key=len, reverse=True)
    if not wanted:
        return ()
    found = re.finditer(rf"(?<!\w)(?:{'|'.join(wanted)})", text, re.IGNORECASE)
    return tuple(_Token("a role", fold(match[0])) for match in found)


def _tokens(text: str) -> Iterator[_Token]:
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
                yield _Token("a date" if _DATE.fullmatch(said) else "a number", said)
                unit = _UNIT.match(text, at)
                if unit is not None and _is_unit(unit["unit"].rstrip(".")):
                    yield _Token("a unit", unit["unit"].rstrip("."))
                    at = unit.start("unit") + len(unit["unit"].rstrip("."))
            case "id":
                yield _Token("a role" if said.startswith("ROL-") else "an id", said)
            case "link":
                yield _Token("a link", said)
            case "sign":
                yield _Token("a sign", said)
            case _:
                yield _Token("what shows or hides text", said)


@lru_cache(maxsize=4096)
def _word(said: str) -> _Token | None:
    """What a word tells beyond its sound, if anything."""
    plain = fold(said).replace("’", "'")  # noqa: RUF001 - as people write it
    kind = told_by(plain) or next((told for part in plain.split("-") if (told := told_by(part))), None)
    if kind is not None:
        return _Token(kind, plain)
    if len(said) > 1 and plain not in _NO_UNITS and known(said):
        return _Token("a unit", said)
    return None


def _is_unit(said: str) -> bool:
    return bool(said) and (not _UNIT_SIGNS.isdisjoint(said) or known(said))


def _first_change(old: tuple[_Token, ...], new: tuple[_Token, ...]) -> str | None:
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
