"""What an editor has to be told to check YAML by our schemas: its settings, and a line in each file.

Text only; who writes it down is the command.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath

from mkdocs_ems.exports.schemas import APPROVAL, RECORD, REGISTER, SETTINGS
from mkdocs_ems.source.parse import YAML

FOLDER = ".vscode/ems"
"""Where the schemas lie, below the project."""

FROZEN = (APPROVAL, RECORD)
"""Schemas of files that nothing is added to once they are written: their bytes are evidence."""

EDITOR_SETTINGS = ".vscode/settings.json"

_MODELINE = "# yaml-language-server:"


def schema_of(path: str, *, content: str) -> str | None:
    """The file name of the schema of a YAML file of the content; None for what has none.

    Args:
        path: from the project's folder.
        content: the content folder from there.
    """
    if not path.endswith(YAML):
        return None
    below = PurePosixPath(path).relative_to(content or ".").as_posix()
    if below == "ems.yml":
        return SETTINGS
    if below.startswith("records/approvals/"):
        return APPROVAL
    if below.startswith("records/"):
        return RECORD
    # Anything else may be a file of another tool, or of none.
    return REGISTER if below.startswith("registers/") else None


def modeline(path: str, *, content: str) -> str | None:
    """The line by which an editor finds a file's schema; None for a file that has none.

    Args:
        path: from the project's folder.
        content: the content folder from there.
    """
    schema = schema_of(path, content=content)
    if schema is None or schema == APPROVAL:
        # An approval record is never touched again: its bytes are evidence.
        return None
    up = "../" * (len(PurePosixPath(path).parts) - 1)
    return f"{_MODELINE} $schema={up}{FOLDER}/{schema}\n"


def with_modeline(text: str, line: str) -> str:
    """A file's text, begun with the line; unchanged where it has one."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    written = text.removeprefix(mark)
    if any(one.startswith(_MODELINE) for one in written.splitlines()[:5]):
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    return mark + line.rstrip("\n") + end + written


def editor_settings(*, content: str) -> Mapping[str, object]:
    """What the editor's settings say: which schema is for which files, and how they are indented."""
    start = f"{content}/" if content else ""
    registers, records = (
        [f"{start}{folder}/**/*{ending}" for ending in YAML] for folder in ("registers", "records")
    )
    return {
        "yaml.schemas": {
            f"{FOLDER}/{SETTINGS}": f"{start}ems.yml",
            f"{FOLDER}/{REGISTER}": registers,
            f"{FOLDER}/{RECORD}": [*records, f"!{start}records/approvals/**/*.yml"],
            f"{FOLDER}/{APPROVAL}": f"{start}records/approvals/**/*.yml",
        },
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
    }


def settings_text(*, content: str) -> str:
    """The same as the text of a settings file."""
    return json.dumps(editor_settings(content=content), indent=2) + "\n"
