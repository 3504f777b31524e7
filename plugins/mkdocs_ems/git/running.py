"""Whether another process of this computer still runs: what its lock or its unfinished work is judged by."""

from __future__ import annotations

import os


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
    return True
