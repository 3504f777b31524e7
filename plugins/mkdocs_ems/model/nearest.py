"""Did-you-mean, with a bound on how often it searches.

A search costs far more than a fault, and a hostile file holds a hundred thousand
faults. After the bound, suggestions stop; the findings themselves never do.
"""

from __future__ import annotations

from mkdocs_ems.text import did_you_mean

_LONGEST = 80


class Nearest:
    """Finds the known word nearest to a mistyped one, so many times, then never again."""

    def __init__(self, *, searches: int = 400) -> None:
        self._left = searches
        self._kept: dict[tuple[str, tuple[str, ...]], str | None] = {}

    def __call__(self, word: str, known: tuple[str, ...]) -> str | None:
        """The nearest of the known words; None where nothing is near, or the bound is reached."""
        if len(word) > _LONGEST:
            return None
        asked = (word, known)
        if asked not in self._kept:
            if self._left <= 0:
                return None
            self._left -= 1
            self._kept[asked] = did_you_mean(word, known)
        return self._kept[asked]
