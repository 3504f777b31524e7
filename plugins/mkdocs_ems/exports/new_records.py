"""One more record: in a file of its own below `records/`, or behind those that stand in one file.

Writes nothing. Its day is the day on which it is asked for: whoever records what was done before
puts that right. Whatever stands against it is told in one line by a `UsageError`.
"""

from __future__ import annotations

from mkdocs_ems.errors import UsageError
from mkdocs_ems.exports.additions import Addition, Here, joined, line_of, must_be_free
from mkdocs_ems.exports.templates import record_text
from mkdocs_ems.exports.wanted import Asked
from mkdocs_ems.source.appending import Appended, append_row, plain_or_quoted
from mkdocs_ems.text import show

_RECORDS = "records"
_OTHERS = ("records/approvals/", "records/readings/")
"""Where no record may stand."""


def new_record(asked: Asked, id_: str, here: Here) -> Addition:
    """A record of its kind, begun with its day.

    Raises:
        UsageError: its place is taken, or is none for a record.
    """
    compilation, kind = here.compilation, asked.kind
    day = compilation.as_of.isoformat()
    content = compilation.snapshot.content
    if asked.file is None:
        path = joined(content, f"{_RECORDS}/{kind.slug}/{id_}.yml")
    else:
        path = _named(asked.file, content)
        before = here.read(path)
        if before is not None:
            return _behind(asked, id_, path, before, day)
    must_be_free(path, compilation)
    by = f"[{asked.owner}]" if asked.owner else None
    head = {"id": id_, "type": kind.key, "title": plain_or_quoted(asked.title), "date": day, "by": by}
    text = record_text(kind, head, modeline=line_of(path, here))
    return Addition(id_, path, None, text, text, _shared(asked, here) if asked.file is None else ())


def _named(path: str, content: str) -> str:
    below = path if not content else path.removeprefix(f"{content}/")
    inside = below.startswith(f"{_RECORDS}/") and not below.startswith(_OTHERS)
    if not inside or not path.isprintable() or not path.endswith(".yml"):
        where = joined(content, f"{_RECORDS}/")
        raise UsageError(
            f"{show(path)} is no place for a record: name a file below {where} that ends in .yml"
        )
    return path


def _behind(asked: Asked, id_: str, path: str, before: str, day: str) -> Addition:
    """One more record in a file of several."""
    row = {"id": id_, "title": asked.title, "date": day}
    made = append_row(path, before, row)
    if not isinstance(made, Appended):
        raise UsageError(f"{show(path)} cannot take a record: {made}; without --in it gets a file of its own")
    return Addition(id_, path, before, made.text, made.added, ())


def _shared(asked: Asked, here: Here) -> tuple[str, ...]:
    """That there is a file with several of its kind."""
    held = (one for one in here.compilation.model.entries if one.kind == asked.kind.key and one.anchor.route)
    path = max((one.anchor.path for one in held), default=None)
    return (f"Several of its kind stand in {path}: --in adds it there.",) if path else ()
