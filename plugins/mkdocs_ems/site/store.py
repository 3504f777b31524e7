"""Versions that were built before, each under the key of everything it was made from.

Nobody waits for anybody: equal keys have equal content, a part appears whole or not at all, and
whoever comes last wins with the same bytes. What a kill, a full disk or a stranger spoilt counts
as never kept, and is made again. Safe to delete.

A kept part is believed as this machine is: whoever can write here writes the manual. The folder
belongs to one user, and is never shared with a job that builds what others propose.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.errors import OutputError
from mkdocs_ems.git import usual_folder
from mkdocs_ems.git.for_a_while import UNFINISHED, appearing
from mkdocs_ems.site.locking import locked
from mkdocs_ems.site.part import Part, read_part
from mkdocs_ems.site.part_head import FORMAT

MOST = 5 << 30
"""Bytes of all parts together, unless more are needed at once."""
OLDEST = timedelta(days=90)
"""Since a part was last asked for."""

_KEY = re.compile(r"[0-9a-f]{64}")
_SUFFIX = ".part"
_LEFT_BEHIND = timedelta(days=1)
"""After which nobody is still writing a file, or tidying."""


def usual_store() -> Path:
    """The folder in the user's cache; `EMS_STORE` names another."""
    named = os.environ.get("EMS_STORE")
    return Path(named) if named else usual_folder() / "versions"


class Store:
    """The parts kept in one folder."""

    def __init__(self, folder: Path) -> None:
        self._all = folder
        self._folder = folder / f"v{FORMAT}"

    def find(self, key: str) -> Part | None:
        """The part that was kept under a key; its files are checked as they are read.

        Whoever finds one of them spoilt says so with `forget`.
        """
        place = self._place(key)
        if not os.path.lexists(place):
            return None
        try:
            part = read_part(place, whole=False)
        except OutputError:
            self.forget(key)
            return None
        if part.head.key != key:
            self.forget(key)
            return None
        with suppress(OSError):
            os.utime(place)
        return part

    def keep(self, part: Part) -> Part:
        """Keep a part under its key, and return it as it stands in the store.

        Raises:
            OutputError: it could not be kept; the part itself is as good as before.
        """
        place = self._place(part.head.key)
        try:
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with part.path.open("rb") as source, appearing(place) as file:
                shutil.copyfileobj(source, file, 1 << 20)
        except OSError as fault:
            raise OutputError(f"{part.head.name} could not be kept in {self._folder}: {fault}") from fault
        return Part(place, part.head)

    def forget(self, key: str) -> None:
        """Remove what was kept under a key; what cannot be removed is replaced when it is kept again."""
        with suppress(OSError):
            self._place(key).unlink(missing_ok=True)

    def tidy(
        self, *, now: datetime, used: frozenset[str], most: int = MOST, oldest: timedelta = OLDEST
    ) -> None:
        """Remove what nobody asked for in a long time, and what is too much; failing to is no fault.

        Args:
            now: the present, timezone-aware.
            used: keys of parts that stay whatever they weigh.
            most: bytes of all parts together that may stay.
            oldest: for how long a part stays that nobody asks for.
        """
        lock = self._folder / "tidying"
        with suppress(OSError, OutputError):
            # A lock that came here with a copied folder is that of nobody.
            if os.path.lexists(lock) and _age(lock.lstat(), now) > _LEFT_BEHIND:
                lock.unlink()
            with locked(lock, busy="the store is being tidied"):
                self._clear_away(now)
                _remove_surplus(list(self._kept()), now=now, used=used, most=most, oldest=oldest)

    def _place(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"a key has 64 hexadecimal digits, not {key!r}")
        return self._folder / key[:2] / f"{key}{_SUFFIX}"

    def _kept(self) -> Iterator[_Kept]:
        # Those of other forms too: a program of before may still use them, and nobody else removes them.
        for path in self._all.glob(f"v*/??/*{_SUFFIX}"):
            with suppress(OSError):
                facts = path.lstat()
                if _KEY.fullmatch(path.stem) and stat.S_ISREG(facts.st_mode):
                    yield _Kept(path, facts)

    def _clear_away(self, now: datetime) -> None:
        """Remove what killed writers left."""
        for path in self._folder.glob(f"??/.*{UNFINISHED}"):
            with suppress(OSError):
                if _age(path.lstat(), now) > _LEFT_BEHIND:
                    path.unlink()


@dataclass(frozen=True, slots=True)
class _Kept:
    path: Path
    facts: os.stat_result


def _remove_surplus(
    kept: list[_Kept], *, now: datetime, used: frozenset[str], most: int, oldest: timedelta
) -> None:
    total = sum(one.facts.st_size for one in kept)
    for one in sorted(kept, key=lambda one: (one.facts.st_mtime_ns, one.path.name)):
        if one.path.stem in used or (total <= most and _age(one.facts, now) <= oldest):
            continue
        # On Windows a part that somebody reads stays.
        with suppress(OSError):
            one.path.unlink()
            total -= one.facts.st_size


def _age(facts: os.stat_result, now: datetime) -> timedelta:
    return timedelta(seconds=now.timestamp() - facts.st_mtime)
