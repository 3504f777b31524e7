"""Options that several commands share, and the one way in which a command opens its repository."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkdocs_ems import dataclass

if TYPE_CHECKING:
    from mkdocs_ems.control.sealing import Ledger
    from mkdocs_ems.model.publication import Audience
    from mkdocs_ems.model.stores import Store

Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What a command was asked to judge: which state, when, trusted from where, by which rules."""

    ref: str | None
    as_of: date | None
    trust_root: str | None
    now: datetime
    """The present moment, timezone-aware."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    against: Ledger | None = None
    """A ledger that was kept."""
    stores: Mapping[str, Store] = field(default_factory=dict)
    """Stores of evidence within reach, by name."""
    evidence: tuple[str, ...] = ()
    """The stores that were named by hand, each as NAME=DIR: the settings have to declare them."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What people are called on pages, by their ids, where that is kept outside of history."""
    tags_until: datetime | None = None
    """Only tags that had been set by then are known of; every tag without."""
    audience: Audience | None = None
    """Who is to see what is built; None where it is shown whole."""


class Day(click.ParamType[date]):
    """A date as 2026-01-31."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or fail in words."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no date; write it as 2026-01-31", param, ctx)


def repo_option(command: Command) -> Command:
    """`--repo DIR`."""
    return click.option(
        "--repo",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        envvar="EMS_REPO",
        show_default="this folder",
        help="The repository, or the folder in it that holds mkdocs.yml.",
    )(command)


def state_options(command: Command) -> Command:
    """`--ref`, `--as-of`, `--trust-root`, `--verify-store`: which state, judged when, trusted from where."""
    for option in (
        click.option(
            "--verify-store",
            is_flag=True,
            help="Hash every object of the repository again; for a folder that did not come by clone.",
        ),
        click.option(
            "--trust-root",
            metavar="COMMIT",
            envvar="EMS_TRUST_ROOT",
            help="The commit whose content counts as approved (default: the first with ems.yml).",
        ),
        click.option(
            "--as-of",
            type=Day(),
            metavar="DATE",
            envvar="EMS_AS_OF",
            help="Judge as of this date (default: today; for a tag or commit, its own date).",
        ),
        click.option("--ref", metavar="REF", help="A commit, tag or branch instead of the work tree."),
    ):
        command = option(command)
    return command


def this_moment() -> datetime:
    """The present moment: the only clock of the command line."""
    return datetime.now(tz=UTC)
