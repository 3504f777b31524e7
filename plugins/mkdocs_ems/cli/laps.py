"""How long each stage and each rule of a check took, for `--timings`: a stop-watch, and its table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from time import perf_counter

from mkdocs_ems import dataclass

_SLOWEST = 12
"""Rules that are told by name."""


@dataclass(slots=True)
class Laps:
    """A stop-watch that is told the name of each piece of work when it is done."""

    clock: Callable[[], float] = perf_counter
    """Seconds from any beginning."""
    taken: list[tuple[str, float]] = field(default_factory=list)
    """Names with seconds, in order."""
    _last: float = field(init=False)

    def __post_init__(self) -> None:
        self._last = self.clock()

    def lap(self, name: str) -> None:
        """Note that a piece of work is done."""
        now = self.clock()
        self.taken.append((name, now - self._last))
        self._last = now

    def table(self) -> str:
        """Stages in their order, then the slowest rules, with milliseconds and shares of the whole."""
        whole = sum(seconds for _, seconds in self.taken) or 1.0
        stages = [(name, seconds) for name, seconds in self.taken if not _is_code(name)]
        rules = [(name, seconds) for name, seconds in self.taken if _is_code(name)]
        slowest = sorted(rules, key=lambda one: (-one[1], one[0]))[:_SLOWEST]
        total = sum(seconds for _, seconds in rules)
        rest = total - sum(seconds for _, seconds in slowest)
        lines = [_line(name, seconds, whole) for name, seconds in stages]
        lines.append(_line(f"{len(rules)} rules", total, whole))
        lines += [_line(f"  {name}", seconds, whole) for name, seconds in slowest]
        if len(rules) > len(slowest):
            lines.append(_line(f"  the {len(rules) - len(slowest)} others", rest, whole))
        return "\n".join(["", *lines, _line("together", whole, whole)]) + "\n"


def _is_code(name: str) -> bool:
    return len(name) == 6 and name.isupper() and name[3:].isdigit()


def _line(name: str, seconds: float, whole: float) -> str:
    return f"{name:<32}{seconds * 1000:>9.1f} ms {seconds / whole:>6.1%}"
