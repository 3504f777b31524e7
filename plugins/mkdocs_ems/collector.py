"""Python's garbage collector, held still while values are made in bulk.

Compiling makes a million objects and no cycles: looking for some, again and again over
all that was made so far, takes from a third to two thirds of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Hold the collector still for the block; nested blocks are one."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
