"""The ledger as a file of the site, at an address that stays: `ledger.json` beside the first page."""

from __future__ import annotations

from dataclasses import replace

from mkdocs_ems import dataclass
from mkdocs_ems.control import ControlState
from mkdocs_ems.exports.ledger import ledger_json
from mkdocs_ems.pages import Asset, Manual

ADDRESS = "ledger.json"


@dataclass(frozen=True, slots=True)
class PublishedLedger:
    """A ledger as a site bears it."""

    head: str
    """For the foot of every page."""
    text: bytes
    """The file."""


def published_ledger(control: ControlState | None) -> PublishedLedger | None:
    """The ledger of a chain; None where there is no history to judge by.

    Reads every content that ever landed: to be asked for while the repository is open.
    """
    if control is None:
        return None
    return PublishedLedger(control.ledger.head, ledger_json(control.ledger).encode("ascii"))


def with_ledger(manual: Manual, ledger: PublishedLedger | None) -> Manual:
    """The manual with the ledger among its published files; without one, the manual as it is."""
    if ledger is None:
        return manual
    return replace(manual, assets=(*manual.assets, Asset(ADDRESS, ledger.text)))
