"""Whether another process of this computer still runs: what its lock or its unfinished work is judged by.

Numbers of processes mean something only where they were given, and come again. Whatever cannot be told
counts as at work: a lock that is left is deleted by hand, one that is believed left wrongly costs work.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

UNKNOWN = "-"
"""Where it cannot be told when a process began."""
_ENDED = frozenset("ZXx")
"""States of a process that is no more, and only not yet asked by its parent what came of it."""
_NUMBERS = Path("/proc/self/ns/pid")
_OF_THE_MACHINE = "pid:[4026531836]"
"""What Linux calls the numbers of the machine itself, on every machine."""


def here() -> str:
    """Where the numbers of processes are ours: this computer, or a container on it that has its own."""
    host = socket.gethostname()
    try:
        numbers = str(_NUMBERS.readlink())
    except OSError:
        return host
    return host if numbers == _OF_THE_MACHINE else f"{host}/{numbers}"


def is_at_work(process: int, *, since: str) -> bool:
    """Whether the process still runs that began then; not another that has its number by now."""
    return is_running(process) and (since == UNKNOWN or began(process) in (UNKNOWN, since))


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
