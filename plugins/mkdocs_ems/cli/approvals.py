"""`ems approvals`: the evidence of approvals, fetched from a forge and told step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import click

from mkdocs_ems.cli.lazy import LazyGroup


class _Approvals(LazyGroup):
    """The commands about evidence."""

    modules: ClassVar[Mapping[str, str]] = {"import": "approvals_import", "verify": "approvals_verify"}


@click.group(
    "approvals",
    cls=_Approvals,
    short_help="Evidence of approvals: fetched from a forge, and told step by step.",
)
def approvals_command() -> None:
    """Evidence of approvals.

    \b
    Examples:
      ems approvals import --forge github --key importer.key
      ems approvals verify POL-001
    """
