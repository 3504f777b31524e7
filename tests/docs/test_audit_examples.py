"""What the page on audits and management reviews shows can be written like that."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs_ems.model import build_model
from support.content import sources_of

PAGE = Path(__file__).parents[2] / "docs" / "audits.md"
BLOCK = re.compile(r"^```(yaml|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETTINGS = "schema: 1\norganisation: {name: x}\nsites: [{id: WORKS, title: Works, shifts: [Early, Late]}]\n"


def test_the_examples_are_read_without_a_fault() -> None:
    files = {}
    for number, (language, text) in enumerate(BLOCK.findall(PAGE.read_text(encoding="utf-8"))):
        folder = "registers" if text.startswith("id: REG-") else "records/shown"
        files[f"{folder}/{number}.{'md' if language == 'markdown' else 'yml'}"] = text
    model = build_model(sources_of(files, settings=SETTINGS))
    assert [one.message for one in model.findings] == []
    assert [entry.kind for entry in model.entries if entry.kind != "register"] == [
        *("audit", "finding", "management-review", "audit-programme"),
    ]
