"""One more row or document: what it would be called, where it would stand, what it would say.

Writes nothing. Whatever stands against it (a register that cannot be read, a place that is
taken) is told in one line by a `UsageError`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import chain, count
from pathlib import PurePosixPath

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation
from mkdocs_ems.errors import UsageError
from mkdocs_ems.exports.claimed import Claimed
from mkdocs_ems.exports.editor import modeline
from mkdocs_ems.exports.templates import document_text, register_text, row_fields, slug
from mkdocs_ems.exports.wanted import Asked, style_here
from mkdocs_ems.model import Kind, Register
from mkdocs_ems.source.appending import Appended, append_row
from mkdocs_ems.text import fold, show

_AT_TOP = {"policy": "policy.md", "scope": "scope.md", "manual": "manual.md"}
"""Documents of which there is one, and its usual place."""
_ONLY_ONE = ("policy", "scope")
_FOLDERS = {"external-document": "external"}
_FOLDER = "procedures"
_REGISTERS = "registers"


@dataclass(frozen=True, slots=True)
class Addition:
    """A file as it would be written."""

    id: str
    path: str
    before: str | None
    """What it says now; None for a new file."""
    text: str
    added: str
    """What is new in it."""
    notes: tuple[str, ...]
    """What was decided on the way, in sentences."""


@dataclass(frozen=True, slots=True)
class Here:
    """What it is added to."""

    compilation: Compilation
    given: Claimed
    project: str
    """The folder that holds mkdocs.yml, from the repository's root."""
    read: Callable[[str], str | None]
    """Hands out the text of a file as it stands on the disk, None where there is none."""


# --- A row ------------------------------------------------------------------------------


def new_row(asked: Asked, id_: str, here: Here) -> Addition:
    """A row at the end of the register of its kind, or the first one of a new register.

    Raises:
        UsageError: no register can take it.
    """
    compilation = here.compilation
    registers = _registers(compilation, asked.kind)
    notes: list[str] = []
    if asked.file is not None:
        path = _named_register(asked, compilation, registers)
    elif registers:
        path = max(registers, key=lambda one: (registers[one], one))
        if len(registers) > 1:
            others = ", ".join(one for one in registers if one != path)
            notes.append(f"It stands in {path}, where most are; --in chooses another: {others}.")
    else:
        return _in_new_register(asked, id_, here)
    before = here.read(path)
    if before is None:
        raise UsageError(f"{show(path)} is not there any more: try again")
    head = next(
        entry.entity
        for entry in compilation.model.entries
        if entry.anchor.path == path and isinstance(entry.entity, Register)
    )
    row = row_fields(asked.kind, id_=id_, title=asked.title, owner=asked.owner or head.owner)
    made = append_row(path, before, row)
    if not isinstance(made, Appended):
        raise UsageError(f"{show(path)} cannot take a row: {made}; `ems check` tells what to mend")
    return Addition(id_, path, before, made.text, made.added, tuple(notes))


def _registers(compilation: Compilation, kind: Kind) -> Mapping[str, int]:
    """The registers of a kind by path, each with how many of its ids have the style."""
    style = style_here(compilation, kind)
    found: Counter[str] = Counter()
    for entry in compilation.model.entries:
        if isinstance(entry.entity, Register):
            if entry.entity.type == kind.key:
                found[entry.anchor.path] += 0
        elif entry.kind == kind.key and entry.entity.id and style.number(entry.entity.id) is not None:
            found[entry.anchor.path] += 1
    return found


def _named_register(asked: Asked, compilation: Compilation, registers: Iterable[str]) -> str:
    named = asked.file or ""
    entry = compilation.model.by_id.get(named)
    content = compilation.snapshot.content
    start = f"{content}/" if content else ""
    tries = (entry.anchor.path if entry else named, named, f"{start}{named}", f"{start}{_REGISTERS}/{named}")
    for path in tries:
        if path in registers:
            return path
    for path in tries:
        for other in compilation.model.entries:
            if other.anchor.path == path and isinstance(other.entity, Register):
                is_of = other.entity.type or "nothing that is known"
                raise UsageError(f"{show(path)} is a register of {show(is_of)}, not of {asked.kind.key}")
    known = ", ".join(registers)
    hint = f"there is {known}" if known else "without --in the first one is made"
    raise UsageError(f"{show(named)} is no register of {asked.kind.plural.lower()}: {hint}")


def _in_new_register(asked: Asked, id_: str, here: Here) -> Addition:
    kind, compilation = asked.kind, here.compilation
    content = compilation.snapshot.content
    unread = [path for path, one in compilation.sources.files.items() if not one.whole and one.body is None]
    if unread:
        raise UsageError(
            f"{show(unread[0])} cannot be read, and may be the register of {kind.plural.lower()}: "
            "mend it first (`ems check`)"
        )
    path = joined(content, f"{_REGISTERS}/{kind.slug}.yml")
    must_be_free(path, compilation)
    register = _free_register_id(kind, here)
    line = line_of(path, here)
    head = register_text(kind, id_=register, owner=asked.owner, modeline=line)
    row = row_fields(kind, id_=id_, title=asked.title, owner=asked.owner)
    made = append_row(path, head, row)
    assert isinstance(made, Appended), f"a register of our own takes no row: {made}"
    note = f"It is the first of its kind: {register}, its register, is new as well."
    return Addition(id_, path, None, made.text, made.text, (note,))


def _free_register_id(kind: Kind, here: Here) -> str:
    word = kind.prefix or kind.key.upper()
    numbered = (f"REG-{word}-{number}" for number in count(2))
    return next(one for one in chain((f"REG-{word}",), numbered) if here.given.place(one) is None)


# --- A document -------------------------------------------------------------------------


def new_document(asked: Asked, id_: str, here: Here) -> Addition:
    """A document of its type, to be filled in.

    Raises:
        UsageError: there is one already where one is enough, or its place is taken.
    """
    kind, compilation = asked.kind, here.compilation
    there = [entry for entry in compilation.model.entries if entry.kind == kind.key]
    if there and kind.key in _ONLY_ONE:
        one = there[0]
        raise UsageError(
            f"there is a {kind.key} already, {one.entity.id or 'without an id'} in "
            f"{show(one.anchor.path)}: change that one"
        )
    path = _document_path(asked, id_, [entry.anchor.path for entry in there], compilation)
    must_be_free(path, compilation)
    every = compilation.settings.intervals.review_every
    text = document_text(
        kind,
        id_=id_,
        title=asked.title,
        owner=asked.owner,
        review_every=str(every) if every else None,
    )
    return Addition(id_, path, None, text, text, ())


def _document_path(asked: Asked, id_: str, there: list[str], compilation: Compilation) -> str:
    content = compilation.snapshot.content
    if asked.file is not None:
        return _named_place(asked.file, content)
    if not there and asked.kind.key in _AT_TOP:
        return joined(content, _AT_TOP[asked.kind.key])
    folders = Counter(str(PurePosixPath(path).parent) for path in there)
    usual = joined(content, _FOLDERS.get(asked.kind.key, _FOLDER))
    folder = max(folders, key=lambda one: (folders[one], one)) if folders else usual
    words = slug(asked.title)
    return joined(folder, f"{id_}-{words}.md" if words else f"{id_}.md")


def _named_place(path: str, content: str) -> str:
    inside = not content or path.startswith(f"{content}/")
    if not path.lower().endswith(".md") or not inside:
        where = f"below {content}/, " if content else ""
        raise UsageError(f"{show(path)} is no place for a document: name a file {where}that ends in .md")
    if path.startswith(joined(content, "records/")):
        raise UsageError(f"{show(path)} is no place for a document: below records/ stand records")
    if not path.isprintable() or any(part.startswith(".") for part in PurePosixPath(path).parts):
        # Git keeps nothing of a folder that is called .git, and MkDocs shows nothing that is hidden.
        plain = "no name in it begins with a dot or holds a control character"
        raise UsageError(f"{show(path)} is no place for a document: see that {plain}")
    return path


def must_be_free(path: str, compilation: Compilation) -> None:
    """On some machines names that differ in capitals only are one."""
    for other in compilation.snapshot.entries:
        if fold(other) == fold(path):
            raise UsageError(f"{show(other)} is there already: nothing is written over it")


def joined(folder: str, name: str) -> str:
    """A path in a folder, from the repository's root."""
    return name if folder in ("", ".") else f"{folder}/{name}"


def line_of(path: str, here: Here) -> str | None:
    """The line by which an editor finds the schema of a new file."""
    inside, folder = _from(here.project, path), _from(here.project, here.compilation.snapshot.content)
    return modeline(inside, content=folder) if inside is not None and folder is not None else None


def _from(project: str, path: str) -> str | None:
    """A path as the project's folder has it; None where it is not below."""
    if not project:
        return path
    if path == project:
        return ""
    return path.removeprefix(f"{project}/") if path.startswith(f"{project}/") else None
