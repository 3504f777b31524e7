"""`--evidence NAME=DIR` and EMS_EVIDENCE: which stores of evidence are within reach, and where.

Content never says where on a machine a store is: only who runs the command does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkdocs_ems.errors import UsageError
from mkdocs_ems.text import show

if TYPE_CHECKING:
    from mkdocs_ems.model import Settings
    from mkdocs_ems.model.stores import Store

VARIABLE = "EMS_EVIDENCE"


def evidence_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--evidence NAME=DIR`, as often as there are stores."""
    return click.option(
        "--evidence",
        multiple=True,
        metavar="NAME=DIR",
        help="The folder on this machine of a store of evidence that ems.yml declares; once for each. "
        f"{VARIABLE} says the same, with `;` between several.",
    )(command)


def given(options: Sequence[str]) -> tuple[str, ...]:
    """What was said of stores, each as NAME=DIR: by options, and without any by the variable."""
    said = options or os.environ.get(VARIABLE, "").split(";")
    return tuple(filter(None, map(str.strip, said)))


def within_reach(options: Sequence[str]) -> Mapping[str, Store]:
    """The stores within reach, by name.

    The variable belongs to the machine, which may reach a store today and not tomorrow: then its files are
    not evaluated.

    Args:
        options: each as NAME=DIR; without any, the variable says.

    Raises:
        UsageError: one is not written so, or an option names no folder.
    """
    return dict(_folders(given(options), by_hand=bool(options)))


def check_declared(options: Sequence[str], settings: Settings) -> None:
    """Refuse stores that were named by hand and that the settings do not declare.

    The variable may name those of other repositories too.

    Raises:
        UsageError: one is not declared.
    """
    declared = [store.name for store in settings.evidence_stores]
    for one in options:
        name = one.partition("=")[0].strip()
        if name and name not in declared:
            known = f"only {', '.join(declared)}" if declared else "none at all"
            raise UsageError(
                f"--evidence {show(name)}=… names a store that ems.yml does not declare; it declares {known} "
                "under evidence_stores"
            )


def _folders(said: Sequence[str], *, by_hand: bool) -> Iterator[tuple[str, Store]]:
    for one in said:
        # Imported here: most runs reach for no store.
        from mkdocs_ems.cli.evidence import Folder  # noqa: PLC0415

        name, _, folder = (part.strip() for part in one.partition("="))
        if not (name and folder):
            raise UsageError(f"{show(one)!r} names no store of evidence: write --evidence NAME=DIR")
        path = _expanded(folder)
        if not path.is_dir():
            if not by_hand:
                continue
            raise UsageError(
                f"the store {show(name)} is not within reach: {show(str(path))} is no folder on this machine"
            )
        yield name, Folder(path.resolve())


def _expanded(folder: str) -> Path:
    """A folder of this machine; `~` stays as it is written where there is nobody of that name."""
    try:
        return Path(folder).expanduser()
    except RuntimeError:
        return Path(folder)
