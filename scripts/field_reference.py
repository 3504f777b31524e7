"""Writes docs/fields.md, the reference of everything that can be written, from the models themselves.

`--check` only compares.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from mkdocs_ems.model import KINDS, Kind, Settings
from mkdocs_ems.model.columns import Column, columns
from mkdocs_ems.model.shapes import Entity, Shape

PAGE = Path(__file__).resolve().parent.parent / "docs" / "fields.md"
HEAD = """\
# What can be written

Every field of every kind, from the models that check them (`scripts/field_reference.py` writes this
page). A field that is not listed is an error, with the nearest one that is. Hardly any field is
compulsory for the file to be read: what an auditor misses is the finding of a rule, which says why.

How values are written:

| form | write |
|---|---|
| text | plain words; in quotes where they hold `: ` or begin with a sign such as `[`, `{`, `*`, `&` or `@` |
| id | capitals, digits and hyphens: `ASP-001` |
| reference | the id of something: `OPC-004`; several: `[OPC-004, OPC-007]` |
| clause | a clause number of your edition, in quotes: `"6.1.2"`; of another edition: `"2026:6.1.4"` |
| number, whole | `12`, `0.5`; no thousands separators, no unit |
| flag | `true` or `false` |
| day | `2026-01-31` |
| interval | `12 months`, `2 years`, `90 days`, `1 week` |
| choice | one of the words listed |
| cells | a table: under each word of the first criterion the words of the next, down to the result |
| group | fields of its own, listed below it |
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD, "\n".join(_settings()), "\n".join(_common())]
    parts += ["\n".join(_kind(key)) for key in KINDS if key != "document"]
    return "\n\n".join(parts) + "\n"


def _settings() -> Iterator[str]:
    yield "## ems.yml"
    yield ""
    yield "What the organisation decides. It is approved together with `allowed_signers`, as `EMS-RULES`."
    yield ""
    yield from _table(Settings, common=True)


def _common() -> Iterator[str]:
    yield "## Fields that everything has"
    yield ""
    yield "Documents, registers and rows alike."
    yield ""
    yield from _table(Entity, common=True)


def _kind(key: str) -> Iterator[str]:
    kind = KINDS[key]
    yield f"## {kind.title}"
    yield ""
    match kind.where:
        case "document":
            yield f"Front matter of a Markdown file with `type: {kind.key}`; {_habit(kind)}"
        case "head":
            yield "The fields beside `rows:` in a file under `registers/`; `type` says what its rows are."
        case _:
            yield f"Rows of a register with `type: {kind.key}`; {_habit(kind)}"
    yield ""
    yield from _table(kind.model, common=False)


def _habit(kind: Kind) -> str:
    return f"ids usually begin with `{kind.prefix}-`."


def _table(model: type[Shape], *, common: bool) -> Iterator[str]:
    shown = [column for column in columns(model).values() if common or not column.common]
    yield "| field | form | what it says |"
    yield "|---|---|---|"
    for column in shown:
        yield from _rows(column, "")


def _rows(column: Column, above: str) -> Iterator[str]:
    name = f"{above}{column.key}"
    yield f"| `{name}` | {_form(column)} | {_words(column)} |"
    if column.shape is not None:
        inside = f"{name}.<name>." if column.mapped else f"{name}[]." if column.many else f"{name}."
        for inner in columns(column.shape).values():
            yield from _rows(inner, inside)


def _form(column: Column) -> str:
    form = column.form
    if form == "reference":
        form = "reference to " + (" or ".join(column.refers or ()) or "anything")
    if form == "choice":
        form = ", ".join(f"`{option}`" for option in column.options)
    if column.many:
        form = f"list: {form}"
    return f"{form}, by name" if column.mapped else form


def _words(column: Column) -> str:
    text = f"{column.label}. {column.description}".replace("|", "\\|").replace("\n", " ").strip()
    return text if text.endswith(".") else f"{text}."


def main() -> int:
    """Write the page, or with `--check` say whether it is current."""
    text = page()
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            print("docs/fields.md is not current; run scripts/field_reference.py in the virtual environment")
            return 1
        return 0
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
