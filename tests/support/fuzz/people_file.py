"""Any bytes as a list of names kept outside of git: names that can be shown, or one line that says why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs_ems.cli.people import names_of
from mkdocs_ems.errors import UsageError
from mkdocs_ems.text import show

INSTRUMENTED = ("mkdocs_ems.cli.people",)
LARGEST = 500
WORDS = (
    *("id,name\n", "PER-001", "PER-002", "Maya Holm", ",", '"', '""', "\n", "\r\n", "\r", ": ", "- ", "\t"),
    *("{", "}", "[", "]", "\ufeff", "\x00", "\u202e", "\x1b[31m", "\u2028", "&a ", "*a", "!!x ", "<<: ", "'"),
)
_FOLDER = TemporaryDirectory(prefix="ems-people-")


def seeds() -> Iterator[bytes]:
    """What to begin with."""
    yield b'id,name\nPER-001,Maya Holm\nPER-002,"Holm, Bo"\n'
    yield b"name;id\n"
    yield b"PER-001: Maya Holm\nPER-002: 'Bo'\n"
    yield b"{PER-001: Maya, PER-002: |\n  Bo\n}\n"


def attempt(data: bytes) -> None:
    """Read some bytes as either form; whatever is wrong with how that went raises."""
    for name in ("people.csv", "people.yml"):
        path = Path(_FOLDER.name) / name
        path.write_bytes(data)
        found, refused = _read(path)
        # Nobody is told in more than one line, nor in characters that a terminal acts on.
        assert show(refused) == refused
        for identity, called in found.items():
            assert re.fullmatch(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+", identity)
            assert called
            assert show(called) == called == " ".join(called.split())


def _read(path: Path) -> tuple[dict[str, str], str]:
    try:
        return dict(names_of(path)), ""
    except UsageError as error:
        return {}, str(error)
