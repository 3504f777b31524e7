"""Whether another process of this computer still runs: what its lock or its unfinished work is judged by."""

from __future__ import annotations

import os
from pathlib import Path

UNKNOWN = "-"
"""Where it cannot be told when a process began."""
_ENDED = frozenset("ZXx")
"""States of a process that is no more, and only not yet asked by its parent what came of it."""


def is_running(process: int) -> bool:
    """Whether a process of this computer still runs; where that cannot be told, it does."""
    if os.name == "nt":
        # Signal 0 is no question on Windows but an interrupt.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return _ENDED.isdisjoint(_facts(process)[:1])


def began(process: int) -> str:
    """When a process began, in ticks since the start of the machine: numbers of processes come again."""
    facts = _facts(process)
    return facts[19] if facts else UNKNOWN


def _facts(process: int) -> list[str]:
    """What the system says of a process, from its state on; empty where it says nothing."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return stat.rpartition(")")[2].split()
