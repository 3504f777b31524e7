"""A group of commands whose modules are imported when a command is asked for, and not before.

`ems check` never pays for `ems build`. Knows no command by itself.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import ClassVar

import click

from mkdocs_ems.text import show


class LazyGroup(click.Group):
    """Commands by name, each in a module of this room that holds it as `⟨name⟩_command`."""

    modules: ClassVar[Mapping[str, str]] = {}
    """The module of each command, by the command's name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every name, sorted; nothing is imported."""
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, imported now; None where there is none."""
        module = self.modules.get(cmd_name)
        if module is None:
            return None
        command = getattr(importlib.import_module(f"mkdocs_ems.cli.{module}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but what was typed is printed only after it has been made harmless."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(show(error.message), ctx) from None
