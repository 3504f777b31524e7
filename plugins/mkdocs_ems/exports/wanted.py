"""What somebody wants to add: which kind, called what, owned by whom, under which id.

What a person types is taken as it is meant, as far as that is certain. Whatever is not (a
kind that nobody knows, an id that was given before) is told in one line by a `UsageError`.
"""

from __future__ import annotations

import re

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation
from mkdocs_ems.errors import UsageError
from mkdocs_ems.exports.claimed import Claimed
from mkdocs_ems.exports.numbering import Style, style_of
from mkdocs_ems.model import Kind
from mkdocs_ems.model.fields import ID_LENGTH, ID_PATTERN, TITLE_LENGTH
from mkdocs_ems.text import did_you_mean, fold, has_bidi, plural, show


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to have."""

    kind: Kind
    title: str
    id: str | None
    """The id that was asked for; without, the next one that is free."""
    owner: str | None
    file: str | None
    """The file it shall stand in, from the repository's root, or the id of a register."""


def kind_named(word: str, compilation: Compilation) -> Kind:
    """The kind that somebody means: by its key, title, plural, the beginning of its ids, or its address.

    Raises:
        UsageError: none is called so.
    """
    kinds = {
        key: kind
        for key, kind in compilation.model.kinds.items()
        if kind.where in ("document", "register", "record") and key != "document"
    }
    called: dict[str, Kind] = {}
    for kind in kinds.values():
        for name in (kind.key, kind.title, kind.plural, kind.prefix, kind.slug):
            called.setdefault(_plain(name), kind)
    # What ids of a kind begin with here, where that is no other's habit.
    for kind in kinds.values():
        own = style_here(compilation, kind).prefix.rstrip("-")
        called.setdefault(_plain(own), kind)
    called.pop("", None)
    found = called.get(_plain(word))
    if found is not None:
        return found
    if _plain(word) in ("register", "registers"):
        raise UsageError("a register is made with its first row: name the kind of its rows")
    near = did_you_mean(_plain(word), called)
    hint = f"did you mean {called[near].key}?" if near else f"known are {', '.join(kinds)}"
    raise UsageError(f"no kind of document, row or record is called {show(word)!r}; {hint}")


def _plain(word: str) -> str:
    return fold(re.sub(r"[\s_-]+", " ", word))


def title_of(words: str) -> str:
    """A title on one line.

    Raises:
        UsageError: it is empty, too long, or holds what nobody can see.
    """
    title = " ".join(words.split())
    if not title:
        raise UsageError("the title is empty: say in a few words what it is")
    if len(title) > TITLE_LENGTH:
        raise UsageError(f"the title has {len(title)} characters; {TITLE_LENGTH} are the most")
    if has_bidi(title) or show(title) != title or not title.isprintable():
        raise UsageError("the title holds a character that cannot be seen: write it again by hand")
    return title


def owner_of(word: str, compilation: Compilation) -> str:
    """The id of the role or person that is meant, by id or title.

    Raises:
        UsageError: there is none.
    """
    nodes = list(compilation.graph.of_kind("role", "person"))
    for node in nodes:
        if fold(word) in (fold(node.id), fold(node.title)):
            return node.id
    names = [name for node in nodes for name in (node.id, node.title)]
    near = did_you_mean(word, names)
    hint = f"did you mean {show(near)}?" if near else "an owner is a role or person of your registers"
    raise UsageError(f"there is no role or person {show(word)!r}; {hint}")


# --- Which id ---------------------------------------------------------------------------


def style_here(compilation: Compilation, kind: Kind) -> Style:
    """How the ids of a kind are written in this state; the kind's habit where there are none."""
    ids = [entry.entity.id for entry in compilation.model.entries if entry.kind == kind.key]
    return style_of(filter(None, ids), prefix=kind.prefix or kind.key.upper())


def style_for(compilation: Compilation, kind: Kind, given: Claimed) -> Style:
    """How ids of a kind are written here; where there are none, as they were once."""
    style = style_here(compilation, kind)
    if any(entry.kind == kind.key for entry in compilation.model.entries):
        return style
    return style_of([id_ for id_ in given.ids() if style.number(id_) is not None], prefix=style.prefix[:-1])


def choose_id(asked: Asked, style: Style, given: Claimed) -> tuple[str, tuple[str, ...]]:
    """The id that was asked for, or the next one; with what there is to say about it.

    Raises:
        UsageError: it is none, or was given before.
    """
    if asked.id is not None:
        return _asked_id(asked.id, given), ()
    numbers = {number: id_ for id_ in given.ids() if (number := style.number(id_)) is not None}
    last = style.last(numbers)
    made = style.id(last + 1)
    if len(made) > ID_LENGTH:
        raise UsageError(f"the next id would be {made}, which is too long: choose one with --id")
    notes: list[str] = []
    words = sorted(id_ for id_ in given.now if id_.startswith(style.prefix.upper()))
    if words and not last:
        notes.append(f"Ids of this kind are words here, such as {words[0]}: --id chooses one.")
    if last and numbers[last] not in given.now:
        notes.append(f"{numbers[last]} is passed over: it stands in {given.place(numbers[last])}.")
        if numbers[last] not in given.elsewhere:
            notes[-1] = (
                f"{numbers[last]} is passed over: it stood in {given.place(numbers[last])}, "
                "and no id is given twice."
            )
    if given.unread:
        notes.append(
            f"{plural(given.unread, 'very old state')} of files could not be looked through for ids."
        )
    return made, tuple(notes)


def _asked_id(id_: str, given: Claimed) -> str:
    if not re.fullmatch(ID_PATTERN, id_, re.ASCII) or len(id_) > ID_LENGTH:
        shape = f"capitals, digits and hyphens, such as ASP-001, {ID_LENGTH} characters at most"
        raise UsageError(f"{show(id_[:80])!r} cannot be an id: write {shape}")
    place = given.place(id_)
    if place is not None:
        raise UsageError(f"{id_} is taken: it is in {show(place)}; an id is never given twice")
    return id_
