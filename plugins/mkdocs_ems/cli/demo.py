"""`ems demo`: writes the demonstration company with its git history."""

from __future__ import annotations

from pathlib import Path

import click

from mkdocs_ems.demo import write_demo
from mkdocs_ems.text import show


@click.command("demo", short_help="The demonstration company with two years of git history.")
@click.argument("folder", type=click.Path(path_type=Path))
def demo_command(*, folder: Path) -> None:
    """Write the demonstration company into FOLDER, which must not exist or be empty.

    The company and its people are invented. The commits are the same every time.

    \b
    Example:
      ems demo my-demo
      ems build --repo my-demo --as-of 2026-11-20
    """
    write_demo(folder)
    place = show(str(folder))
    click.echo(f"The demonstration company is in {place}. Next:")
    click.echo(f"  ems check --repo {place} --as-of 2026-11-20")
    click.echo(f"  ems build --repo {place} --as-of 2026-11-20")
