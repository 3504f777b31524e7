"""What a command has made, held until it ends: freeing a million values one by one takes time.

Nothing is read from here again.
"""

from __future__ import annotations

import click


def hold(made: object) -> None:
    """Hold a value for as long as the whole command lasts; the system takes the memory back at once."""
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta[__name__] = made
