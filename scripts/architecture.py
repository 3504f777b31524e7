"""Writes the layer table of ARCHITECTURE.md from the import contract and the rooms' own first lines.

`--check` only compares. Standard library only.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "plugins" / "mkdocs_ems"
BEGIN, END = "<!-- layers: begin -->", "<!-- layers: end -->"


def table() -> str:
    """The table, highest layer first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers: list[str] = contracts["contracts"][0]["layers"]
    lines = ["| layer | room | what it is |", "|---|---|---|"]
    for number, layer in enumerate(layers, start=1):
        rooms = layer.split(" | ")
        lines += [f"| {number} | `{_path(room)}` | {_first_line(room)} |" for room in rooms]
    return "\n".join(lines)


def _path(room: str) -> str:
    folder = PACKAGE / room
    return f"{room}/" if folder.is_dir() else f"{room}.py"


def _first_line(room: str) -> str:
    folder = PACKAGE / room
    module = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return docstring.splitlines()[0] if docstring else ""


def main() -> int:
    """Rewrite the table, or with `--check` say whether it is current."""
    page = ROOT / "ARCHITECTURE.md"
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    written = f"{before}{BEGIN}\n{table()}\n{END}{after}"
    if "--check" in sys.argv[1:]:
        if written != text:
            print("ARCHITECTURE.md: the layer table is not current; run scripts/architecture.py")
            return 1
        return 0
    page.write_text(written, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
