"""Finished pieces of HTML put together: the one place where text becomes markup unseen.

Templates escape whatever is not `Markup`; where thousands of pieces are already
escaped, looking at each again is what a page costs. Only `Markup` may come in here.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup


def joined(pieces: Iterable[Markup]) -> Markup:
    """Pieces one after the other, as they are."""
    return Markup("".join(pieces))  # noqa: S704 - every piece is Markup, by its type


def within(before: Markup, pieces: Iterable[Markup], between: Markup, after: Markup) -> Markup:
    """Pieces with a mark between them, between two others: a list, a row of cells."""
    return Markup(f"{before!s}{str(between).join(pieces)}{after!s}")  # noqa: S704 - as above
