"""A command that is suggested can be pasted into a shell, whatever a name in it holds."""

from __future__ import annotations

import shlex
from datetime import date
from typing import cast

from mkdocs_ems.cli.build_text import all_versions
from mkdocs_ems.control.versions import Listed
from mkdocs_ems.site.part import Part
from mkdocs_ems.site.part_head import PartKind
from mkdocs_ems.site.versions import Outcome, Task

NAME = "v1;touch$IFS'x'`touch${IFS}y`$(touch${IFS}z)"


def test_a_version_that_cannot_be_read_is_named_as_one_word_of_a_command() -> None:
    one = Listed(NAME, "v1", NAME, date(2026, 1, 1), "version", built=False, reason="ems/ems.yml:1: broken")
    task = Task(PartKind.VERSION, NAME, f"refs/tags/{NAME}", NAME, "v1", NAME, "0" * 64, date(2026, 1, 1))
    told = "\n".join(all_versions([one], [Outcome(task, cast("Part", None), kept=False)]))
    command = told.partition(" (`")[2].rpartition("` shows all)")[0]
    assert shlex.split(command) == ["ems", "check", "--ref", NAME]
