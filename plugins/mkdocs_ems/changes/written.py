"""What is written in a state, entity by entity, as data: what is compared, and what is exported.

Taken from the files as they were read, not from the models, so that nothing is lost that a
model drops: scalars are text, fields that nobody knows are kept. What cannot be read stands
for itself by the id of its bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from mkdocs_ems.changes.layout import RECORD_FILE, Layout, layout, usable_id
from mkdocs_ems.changes.values import Named, Written, WrittenState
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control.places import RULES_ID
from mkdocs_ems.model.build import SETTINGS
from mkdocs_ems.model.readings import FOLDER as READINGS_FOLDER
from mkdocs_ems.source import Data, Source

REGISTER = "register"
LISTS = (REGISTER, RECORD_FILE)
"""Kinds of files that hold rows."""
RULES = "rules"
FILE = "file"
READINGS = "readings"
ROW = "row"
"""A row of a register that does not say what its rows are."""
RULES_TITLE = "Rules of the system"

_NO_TEXT = (b"", b"---", b"...")
"""What may stand on the last line of a file without a text: the end of the front matter."""
_NO_KIND_OF_ROWS = frozenset(("", "document", REGISTER, RECORD_FILE, RULES, FILE, READINGS))


def written_state(compilation: Compilation, *, only: Collection[str] | None = None) -> WrittenState:
    """Everything that is written in a state, or in some of its files.

    Args:
        compilation: the state.
        only: the files to look at, from below the content folder on; all without.
    """
    return written_in(compilation, layout(compilation), only=only)


def written_in(
    compilation: Compilation, where: Layout, *, only: Collection[str] | None = None
) -> WrittenState:
    """The same, where it is known how everything stands."""
    content = compilation.sources.content
    prefix = f"{content}/" if content else ""
    entities: dict[str, Written] = {}
    for path in where.blobs if only is None else sorted(only):
        if path in where.blobs:
            entities.update(_in_file(compilation, prefix, path, where))
    return WrittenState(entities)


def named(state: WrittenState, key: str) -> Named:
    """Of whom a change of this entity speaks."""
    one = state.entities[key]
    document = one.document or (None if one.kind in (FILE, READINGS) else key)
    register = state.entities.get(one.document) if one.document else None
    clauses = _clauses(one.fields) or (_clauses(register.fields) if register else ())
    return Named(key, one.id, one.kind, one.title, document, one.path, clauses)


def _in_file(
    compilation: Compilation, prefix: str, path: str, where: Layout
) -> Iterator[tuple[str, Written]]:
    source = compilation.sources.files.get(prefix + path)
    if source is not None and source.readable and path == SETTINGS:
        yield (
            RULES_ID,
            Written(
                kind=RULES,
                path=path,
                title=RULES_TITLE,
                fields=source.data,
                id=RULES_ID,
                parts=where.parts.get(path, {}),
                blob="" if source.whole and source.kept else where.blobs[path],
            ),
        )
    elif source is not None and path in where.kinds:
        raw = compilation.sources.raw.get(source.path, b"")
        yield from _entities(source, where, where.blobs[path] if _lost(source, raw) else "")
    elif path not in where.attached:
        kind = READINGS if path.startswith(READINGS_FOLDER) and path.lower().endswith(".csv") else FILE
        parts = where.parts.get(path, {})
        yield f"file:{path}", Written(kind, path, path, {}, parts=parts, blob=where.blobs[path])


def _entities(source: Source, where: Layout, blob: str) -> Iterator[tuple[str, Written]]:
    """What a document, a register or a file of records holds."""
    kind, path = where.kinds[source.rel], source.rel
    rows = source.data.get("rows") if kind in LISTS else None
    listed = list(_rows(source, where, rows)) if isinstance(rows, list) else []
    identity = usable_id(source.data.get("id"))
    key = _key(identity, (path, None), where)
    left_out = {"id"} if identity is not None else set()
    if isinstance(rows, list):
        left_out.add("rows")
    yield (
        key,
        Written(
            kind=kind,
            path=path,
            title=_title(source.data, identity or path),
            fields={name: value for name, value in source.data.items() if name not in left_out},
            id=identity,
            text=source.body.text if source.body is not None else None,
            parts=where.parts.get(path, {}),
            rows=tuple([row_key for row_key, _ in listed]) if kind in LISTS else None,
            blob=blob,
        ),
    )
    said = source.data.get("type")
    row_kind = said if isinstance(said, str) and said not in _NO_KIND_OF_ROWS else ROW
    for row_key, (row_id, row) in listed:
        # What is no mapping is kept as it stands, under no name.
        fields = row if isinstance(row, dict) else {"": row}
        if row_id is not None:
            fields = {name: value for name, value in fields.items() if name != "id"}
        title = _title(fields, row_id or row_key)
        yield row_key, Written(row_kind, path, title, fields, id=row_id, document=key)


def _rows(source: Source, where: Layout, rows: list[Data]) -> Iterator[tuple[str, tuple[str | None, Data]]]:
    for index, row in enumerate(rows):
        identity = usable_id(row.get("id")) if isinstance(row, dict) else None
        yield _key(identity, (source.rel, index), where), (identity, row)


def _key(identity: str | None, claim: tuple[str, int | None], where: Layout) -> str:
    path, index = claim
    if identity is not None and where.claims[identity][0] == claim:
        return identity
    at = path if index is None else f"{path}:{index}"
    if identity is not None:
        return f"{identity}@{at}"
    return f"file:{path}" if index is None else at


def _lost(source: Source, raw: bytes) -> bool:
    """Whether something is written that is not in the data: a row, or a text that is rendered by nobody."""
    if not (source.whole and source.kept):
        return True
    body = source.body
    if body is None or body.text:
        return False
    lines = raw.split(b"\n", body.first_line - 1)
    return len(lines) == body.first_line and lines[-1].strip() not in _NO_TEXT


def _title(fields: Mapping[str, Data], otherwise: str) -> str:
    title = fields.get("title")
    return title if isinstance(title, str) and title.strip() else otherwise


def _clauses(fields: Mapping[str, Data]) -> tuple[str, ...]:
    listed = fields.get("clauses")
    return tuple(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()
