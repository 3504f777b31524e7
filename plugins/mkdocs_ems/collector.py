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


def collect_seldom() -> None:
    """Let the collector work again for what MkDocs leaves behind, seldom enough not to be felt.

    What is there is no garbage and is not looked through again. MkDocs makes objects by the
    million and cycles by the thousand: after every 700 objects, as Python does by itself,
    the collector takes an eighth of a build; after 50,000 it takes a hundredth, and the
    peak of memory is the same.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


def collect_all() -> None:
    """Free what a finished piece of work has left behind, before the next of its size begins.

    What was there when the collector began to work seldom is looked through too: by now most of it is
    garbage.
    """
    gc.unfreeze()
    gc.collect()
