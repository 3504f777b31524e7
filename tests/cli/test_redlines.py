from __future__ import annotations

import click

from mkdocs_ems.cli.redlines import redline_terminal
from mkdocs_ems.redline import redline


def test_a_redline_reads_without_colour() -> None:
    before = "# Bays\n\nStore drums in bay 3.\n\nOld.\n"
    after = "# Bays\n\nStore drums in bay 4.\n\n- New\n"
    assert click.unstyle(redline_terminal(redline(before, after))) == (
        "  # Bays\n~ Store drums in bay [-3-]{+4+}.\n- Old.\n+ - New\n"
    )


def test_rows_are_told_with_their_fields() -> None:
    before = "rows:\n  - id: A\n    title: x\n    due: 1\n  - id: B\n    title: y\n"
    said = click.unstyle(redline_terminal(redline(before, before.replace("due: 1", "due: 2")), indent="  "))
    assert "  ~ A x\n" in said
    assert "  ~   due: [-1-]{+2+}\n" in said
    assert "  … 1 row unchanged\n" in said


def test_a_terminal_gets_no_control_character_of_a_document() -> None:
    said = click.unstyle(redline_terminal(redline("a \x1b[2J b c\n", "a \x1b[2J b \x1b]0;x\x07\n")))
    assert "\x1b" not in said
    assert "\x07" not in said
