"""Rows that nobody can change unseen: each bears the hash of the row before it.

What a ledger is, as a value, and how its rows are sealed. Knows nothing of documents, and neither
reads nor writes a file. Whoever wants to check a row by hand: its canonical JSON has its keys
sorted, no spaces, and everything beyond ASCII escaped; its hash is the sha256 of that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from mkdocs_ems import dataclass

LEDGER_VERSION = 1

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]
Row = Mapping[str, Value]

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


@dataclass(frozen=True, slots=True)
class LedgerTag:
    """A tag as it stood when the ledger was written."""

    name: str
    object: str
    """What its ref names: the tag's own object, or the commit of a lightweight one."""
    target: str | None
    """The commit that it leads to; None where it leads to none."""
    inner: str | None = None
    """The name that an annotated tag gives itself: another one tells a copy."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows of one chain, and the tags of its repository."""

    trust_root: str
    repository: str | None = None
    """The repository's id by the rules of the trust root, if they gave it one."""
    rows: tuple[Row, ...] = ()
    tags: tuple[LedgerTag, ...] = ()
    last: str = ""
    """The last event of the chain, whether or not it has a row."""
    head: str = ""
    """sha256 of the last row, in hex; of the heading where there is no row."""


def row_hash(row: Row) -> str:
    """The sha256 of a row: of its canonical JSON (keys sorted, no spaces, ASCII), in hex."""
    return sha256(_canonical(row).encode("ascii")).hexdigest()


def heading_hash(trust_root: str, repository: str | None) -> str:
    """What the first row bears as the hash of the row before."""
    return row_hash({"version": LEDGER_VERSION, "repository": repository, "trust_root": trust_root})


def chained(rows: Iterable[Row], *, trust_root: str, repository: str | None) -> tuple[tuple[Row, ...], str]:
    """Seal rows: each gets the hash of the one before it as `previous`; they are returned with the head."""
    sealed: list[Row] = []
    head = heading_hash(trust_root, repository)
    for row in rows:
        sealed.append({**row, "previous": head})
        head = row_hash(sealed[-1])
    return tuple(sealed), head
