"""What a command holds is there until it has ended."""

from __future__ import annotations

from weakref import ref

import click
import pytest

from mkdocs_ems.cli.held import hold


class Made:
    """Something large."""


def test_what_is_held_is_there_when_the_command_leaves() -> None:
    seen: list[ref[Made]] = []

    @click.group()
    def outer() -> None:
        pass

    @outer.command()
    def inner() -> None:
        made = Made()
        seen.append(ref(made))
        hold(made)

    with pytest.raises(SystemExit) as done:
        outer(["inner"])
    assert done.value.code == 0
    assert seen[0]() is not None


def test_outside_of_a_command_nothing_is_held() -> None:
    made = Made()
    seen = ref(made)
    hold(made)
    del made
    assert seen() is None
