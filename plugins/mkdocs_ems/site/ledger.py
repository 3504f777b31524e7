"""The ledger as a file of the site, at an address that stays: `ledger.json` beside the first page."""

from __future__ import annotations

from dataclasses import replace

from mkdocs_ems.control.sealing import Ledger
from mkdocs_ems.exports.ledger import ledger_json
from mkdocs_ems.pages import Asset, Manual

ADDRESS = "ledger.json"


def with_ledger(manual: Manual, ledger: Ledger | None) -> Manual:
    """The manual with the ledger among its published files; without one, the manual as it is."""
    if ledger is None:
        return manual
    file = Asset(ADDRESS, ledger_json(ledger).encode("ascii"))
    return replace(manual, assets=(*manual.assets, file))
