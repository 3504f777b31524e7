"""The `ems` command: thin; the only room that prints."""

from mkdocs_ems.cli.main import main

__all__ = ["main"]
