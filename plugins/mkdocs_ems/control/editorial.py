"""Whether a change is one of words alone, so that it may be approved as editorial.

Compares two texts and nothing else: what is refused here is every change of a number, unit,
id, role, person, link, date, or a word that obliges or forbids (`telling`), and of the words
around one beyond their spelling (`wording`); of the order and number of sentences, items and
rows (`passages`); of a field that is no prose; of what hides or shows text; and of every
embedded file. What it cannot understand it refuses: then the change needs its ordinary
approval, and nothing is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from mkdocs_ems import dataclass
from mkdocs_ems.control.heads import head_of
from mkdocs_ems.control.passages import Block, blocks, sentences
from mkdocs_ems.control.places import is_markdown
from mkdocs_ems.control.telling import Names, first_change, tokens
from mkdocs_ems.control.wording import moved, rewording, script, spelling, words
from mkdocs_ems.source import Data, parse_file

_PROSE = frozenset({"title", "description", "summary", "note", "notes", "comment"})
"""Fields that are prose even where they hold one word."""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Texts:
    """One content as it is compared."""

    path: str
    main: bytes
    parts: tuple[tuple[str, str], ...]
    """Target and blob of each embedded file."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text within a content, as it was and as it is."""

    old: str
    new: str
    prose: bool = True
    """Words may become better words; of what is no prose, and of a row, only the spelling changes."""
    title: bool = False
    """It is called something, and does not begin with the verb of an order."""


def beyond_words(
    before: Texts, after: Texts, *, names: Iterable[str], persons: Iterable[str] = ()
) -> str | None:
    """What more than words changes between two contents; None where it is words alone.

    Args:
        before: the approved content.
        after: the content that an editorial change made of it.
        names: what roles are called in texts.
        persons: what persons are called in texts.

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
    passages = (*_passages(old[0], new[0], ()), _Passage(old[1], new[1]))
    told = Names(roles=names, persons=persons)
    return _told_otherwise(passages, told) or _worded_otherwise(passages, told)


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


def _passages(one: Data, other: Data, route: tuple[str | int, ...]) -> Iterator[_Passage]:
    """Every text in the fields as it was and as it is, in order."""
    if isinstance(one, str) and isinstance(other, str):
        in_row = any(isinstance(step, int) for step in route)
        prose = bool(route) and route[-1] in _PROSE and not in_row
        title = prose and route[-1] == "title" and len(one.split()) == len(other.split()) == 1
        yield _Passage(one, other, prose=prose, title=title)
    elif isinstance(one, dict) and isinstance(other, dict):
        for key in one:
            yield from _passages(one[key], other[key], (*route, str(key)))
    elif isinstance(one, list) and isinstance(other, list):
        for at, (a, b) in enumerate(zip(one, other, strict=True)):
            yield from _passages(a, b, (*route, at))


def _is_prose(one: Data, other: Data, route: tuple[str | int, ...]) -> bool:
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    return bool(route and route[-1] in _PROSE) or all(len(text.split()) > 1 for text in (one, other))


# --- texts ------------------------------------------------------------------------------


def _told_otherwise(passages: tuple[_Passage, ...], names: Names) -> str | None:
    """What counts, compared as one sequence: the plainest reason, and so the first."""
    texts = ["\n".join(each) for each in zip(*((one.old, one.new) for one in passages), strict=True)]
    return (
        first_change(*(names.roles_in(text) for text in texts))
        or first_change(*(names.persons_in(text) for text in texts))
        or first_change(*(tuple(tokens(text)) for text in texts))
        or _mixed(*texts)
    )


def _mixed(old: str, new: str) -> str | None:
    """A word of two alphabets that is new: it looks like another word, and is none."""
    if new.isascii():
        return None
    known = Counter(word for word in words(old) if " " in script(word))
    odd = Counter(word for word in words(new) if " " in script(word)) - known
    return next((f"a word mixes letters of two alphabets: {word}" for word in odd), None)


def _worded_otherwise(passages: tuple[_Passage, ...], names: Names) -> str | None:
    """What more than its words changes in a sentence, and what changes its place."""
    wording = _Wording(names)
    found = (wording.passage(one) for one in passages if one.old != one.new)
    why = next((why for why in found if why is not None), None)
    if why is not None:
        return why
    # What goes here and comes there makes two rows or two orders change places.
    word = moved(sorted(wording.gone & wording.come))
    return f"a word changes its place: {word}" if word is not None else None


class _Wording:
    """Compares passages, and keeps which words went and came in all of them."""

    def __init__(self, names: Names) -> None:
        self.gone: set[str] = set()
        self.come: set[str] = set()
        self._names = names

    def passage(self, one: _Passage) -> str | None:
        """Why one passage is more than reworded."""
        old, new = blocks(one.old), blocks(one.new)
        for a, b in zip(old, new, strict=False):
            if a == b:
                continue
            if len(old) != len(new) or a.shape[1:] != b.shape[1:]:
                return f"a paragraph, heading, item or row is new, goes, or becomes another: {_short(b.text)}"
            if a.shape != b.shape:
                return f"an indent changes, which may make code of words: {_short(b.text)}"
            why = self._block(a, b, one)
            if why is not None:
                return why
        if len(old) == len(new):
            return None
        odd = max(old, new, key=len)[min(len(old), len(new))]
        how = "is new" if len(new) > len(old) else "goes"
        return f"a paragraph, heading, item or row {how}: {_short(odd.text)}"

    def _block(self, old: Block, new: Block, within: _Passage) -> str | None:
        if old.kind == "shown as written":
            return f"what is shown or meant to the letter changes: {_short(new.text)}"
        before, after = sentences(old.text), sentences(new.text)
        if len(before) != len(after):
            return f"a sentence is new or goes: {_short(new.text)}"
        found = (self._sentence(a, b, old.kind, within) for a, b in zip(before, after, strict=True) if a != b)
        return next((why for why in found if why is not None), None)

    def _sentence(self, old: str, new: str, kind: str, within: _Passage) -> str | None:
        firm = self._firm(old, kind, within)
        found = spelling(old, new) if firm else rewording(old, new, first=not within.title)
        self.gone.update(found.gone)
        self.come.update(found.come)
        if not found.why:
            return None
        return f"in “{_short(new)}” {found.why}" + (
            f"; only spelling may change there: {firm}" if firm else ""
        )

    def _firm(self, old: str, kind: str, within: _Passage) -> str:
        """Why nothing but spelling may change in a sentence, if so."""
        # A heading, a row and a sentence before a list say what the numbers near them are of.
        if not within.prose:
            return "it is a field"
        if kind != "prose":
            return f"it is a {kind}"
        token = self._names.first_in(old)
        if token is not None:
            return f"it holds {token.kind}, {token.text}"
        return "it says what follows" if old.endswith(":") else ""


def _short(text: str) -> str:
    """The beginning of a text, on one line."""
    plain = " ".join(text[: 4 * _SHOWN].split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN].rstrip()}…"
