"""Any bytes as YAML, and as front matter: what is read is what YAML says, or something is told."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from mkdocs_ems.source import parse_file
from mkdocs_ems.source.appending import Appended, append_row
from support.fuzz.places import Lines, filled

INSTRUMENTED = ("mkdocs_ems.source",)
LARGEST = 1_000
WORDS = (
    *("---", "...", "? ", "- ", ": ", " #", "|\n", ">\n", "|-2\n", ">+\n", "[", "]", "{", "}", ", ", "<<: "),
    *(
        "!!python/object:",
        "!x ",
        "&a ",
        "*a",
        "%YAML 1.1\n",
        "'",
        '"',
        "''",
        "\\x1b",
        "\\u202e",
        "\\N",
        "\\ ",
    ),
    *("\t", "\r\n", "\r", "\ufeff", "\u2028", "\x85", "\x00", "\u202e", "id: ", "type: ", "rows:\n  - id: "),
    *("<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "version https://git-lfs.github.com/spec/"),
)
_ROW = {"id": "ASP-999", "title": "it's: [new] # one"}


def seeds() -> Iterator[bytes]:
    """What to begin with."""
    from support.fuzz.seeds import written  # noqa: PLC0415 - only the process that hands them out needs them

    yield from written(".yml", ".yaml", most=LARGEST)


def attempt(data: bytes) -> None:
    """Read some bytes; whatever is wrong with how that went raises."""
    source, findings = parse_file("ems/a.yml", data, content="ems")
    assert source.readable or findings
    lines = Lines("ems/a.yml", data)
    assert not (wrong := [*lines.faults(findings)]), wrong
    assert not (wrong := [*lines.value_faults(source)]), wrong
    if findings:
        return
    text = data.decode("utf-8")
    assert filled(dict(source.data)) == yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - it makes texts of everything
    _as_front_matter(data, filled(dict(source.data)))
    longer = append_row("ems/a.yml", text, _ROW)
    if isinstance(longer, Appended):
        after, _ = parse_file("ems/a.yml", longer.text.encode("utf-8"), content="ems")
        rows = after.data["rows"]
        assert isinstance(rows, list)
        assert rows[-1] == _ROW
        assert len(rows) == len(source.data["rows"] or ()) + 1


def _as_front_matter(data: bytes, values: object) -> None:
    if b"---" in data or b"..." in data or not data.endswith(b"\n"):
        return  # it ends the front matter, or stands on the line that does
    whole = b"---\n" + data + b"---\nText.\n"
    source, findings = parse_file("ems/a.md", whole, content="ems")
    assert not (wrong := [*Lines("ems/a.md", whole).faults(findings)]), wrong
    assert filled(dict(source.data)) == values
    assert source.body is not None
    assert source.body.text == "Text.\n"
