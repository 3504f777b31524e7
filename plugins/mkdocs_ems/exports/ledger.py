"""The ledger as a file, and back: what is written, kept elsewhere, and checked against later.

The form is `docs/schemas/ledger.schema.json`. One row a line, so that any tool shows what came
later. A file that is read here has been kept by somebody: its own chain of hashes is worked out
again, so a ledger that was itself changed is no yardstick.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from mkdocs_ems.control.sealing import LEDGER_VERSION, Ledger, LedgerTag, Row, heading_hash, row_hash

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_ROWS = ("content", "evidence", "issue")


class LedgerError(ValueError):
    """A text is no ledger that could be used; the message says why, to be read after the file's name."""


def ledger_json(ledger: Ledger) -> str:
    """The ledger as JSON: heading, rows, tags."""
    heading = (
        ("version", LEDGER_VERSION),
        ("repository", ledger.repository),
        ("trust_root", ledger.trust_root),
        ("last_event", ledger.last),
        ("head", ledger.head),
    )
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in heading]
    lines.append(f'  "rows": {_listed(ledger.rows)}')
    lines.append(f'  "tags": {_listed(_tag(tag) for tag in ledger.tags)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _listed(entries: Iterable[Mapping[str, object]]) -> str:
    lines = [f"    {json.dumps(entry, ensure_ascii=True)}" for entry in entries]
    return "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"


def _tag(tag: LedgerTag) -> Mapping[str, object]:
    return {"name": tag.name, "object": tag.object, "target": tag.target, "inner": tag.inner}


def read_ledger(text: str) -> Ledger:
    """Read a ledger back.

    Raises:
        LedgerError: it is no ledger, of a later version, or its rows do not follow from one another.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LedgerError(
            "is no JSON, so it is no ledger: write one with `ems ledger --output FILE`"
        ) from error
    if not isinstance(data, dict) or "trust_root" not in data or "rows" not in data:
        raise LedgerError("is no ledger: write one with `ems ledger --output FILE`")
    if data.get("version") != LEDGER_VERSION:
        raise LedgerError(
            f"is a ledger of version {data.get('version')!r}, and this program reads version "
            f"{LEDGER_VERSION}: use the program that wrote it, or a newer one"
        )
    return _checked(data)


def _checked(data: Mapping[str, object]) -> Ledger:
    repository = data.get("repository")
    heading = {key: _text(data, key) for key in ("trust_root", "last_event", "head")}
    if repository is not None and not isinstance(repository, str):
        raise LedgerError("is damaged: its repository is no text; use another copy")
    rows = tuple(_rows(data.get("rows")))
    _follow(rows, first=heading_hash(heading["trust_root"], repository), head=heading["head"])
    return Ledger(
        trust_root=heading["trust_root"],
        repository=repository,
        rows=rows,
        tags=tuple(_tags(data.get("tags"))),
        last=heading["last_event"],
        head=heading["head"],
    )


def _text(data: Mapping[str, object], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise LedgerError(f"is damaged: its {key} is missing or no id; use another copy")
    return value


def _rows(written: object) -> Iterator[Row]:
    if not isinstance(written, list):
        raise LedgerError("is damaged: its rows are no list; use another copy")
    for number, row in enumerate(written, 1):
        sound = isinstance(row, dict) and row.get("row") in _ROWS
        if not sound or not all(isinstance(row.get(key), str) for key in ("event", "document", "previous")):
            raise LedgerError(f"is damaged: row {number} is no row of a ledger; use another copy")
        yield row


def _follow(rows: tuple[Row, ...], *, first: str, head: str) -> None:
    """Every row must bear the hash of the one before it, and the head that of the last."""
    expected = first
    for number, row in enumerate(rows, 1):
        if row["previous"] != expected:
            before = "its heading" if number == 1 else f"row {number - 1}"
            raise LedgerError(
                f"was changed after it was written: row {number} does not follow from {before}; "
                "use another copy"
            )
        expected = row_hash(row)
    if head != expected:
        raise LedgerError(
            "was changed after it was written: its head is not the hash of its last row; use another copy"
        )


def _tags(written: object) -> Iterator[LedgerTag]:
    if not isinstance(written, list):
        raise LedgerError("is damaged: its tags are no list; use another copy")
    for tag in written:
        try:
            name, made, target, inner = (tag[key] for key in ("name", "object", "target", "inner"))
        except (TypeError, KeyError) as error:
            raise LedgerError("is damaged: it lists something that is no tag; use another copy") from error
        known = isinstance(name, str) and isinstance(made, str)
        if not known or not all(value is None or isinstance(value, str) for value in (target, inner)):
            raise LedgerError("is damaged: it lists something that is no tag; use another copy")
        yield LedgerTag(name, made, target, inner)
