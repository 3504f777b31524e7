"""What the last build of a site was made from, in the user's cache folder: it is not built a second time.

Kept under the place of the site: a digest of everything asked and found, the digest of the
site's record, and what the command said. It is not kept in the site, since it names what only
this clone has (its other branches, its work tree), and equal sites are to be equal bytes. It is
asked before anything is compiled, and safe to delete.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mkdocs_ems import dataclass
from mkdocs_ems.git.kept_file import read_kept, write_kept
from mkdocs_ems.site.standing_site import MARKER, WORKING, beside, stands_whole

_LARGEST = 1 << 20
_MOST_KEPT = 60


@dataclass(frozen=True, slots=True)
class Finished:
    """A build that wrote a site."""

    run: str
    """`run_digest` of everything that was asked and found."""
    content: str
    """The content folder, which `run` takes to work out."""
    as_of: str
    """The day that the site is about."""
    time_zone: str
    """In which that day was today; empty where it was asked for, or is that of a ref."""
    told: tuple[str, ...]
    """What the command said, line by line."""
    status: int
    """What it ended with."""
    record: str
    """Digest of the site's record, as `write_site_record` returned it."""

    def is_of(self, now: datetime) -> bool:
        """Whether the day that it is about is still the one that is meant."""
        return not self.time_zone or self.as_of == _today(now, self.time_zone).isoformat()


def run_digest(*, state: str, tool: str, look: str, asked: Sequence[object]) -> str:
    """Digest of everything that a build depends on, the day excepted.

    Args:
        state: digest of HEAD, all refs and, where the work tree is built, all of that.
        tool: `tool_digest()`.
        look: `look_digest()`.
        asked: the options, as plain values.
    """
    said = json.dumps({"state": state, "tool": tool, "look": look, "asked": [repr(one) for one in asked]})
    return hashlib.sha256(said.encode()).hexdigest()


def last_finished(site: Path, *, kept: Path) -> Finished | None:
    """The build that wrote a site last, as far as is known here; None for none.

    Args:
        site: where it stands.
        kept: the user's cache folder.
    """
    try:
        said = json.loads(read_kept(_place(site, kept), largest=_LARGEST))
        texts = {name: said[name] for name in ("run", "content", "as_of", "time_zone", "record")}
        told, status = said["told"], said["status"]
        if not isinstance(status, int) or not isinstance(told, list):
            return None
        if not all(isinstance(text, str) for text in (*texts.values(), *told)):
            return None
        found = Finished(told=tuple(told), status=status, **texts)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    # It is joined to a folder: what was tampered with must not lead out of it.
    if ".." in found.content.split("/") or found.content.startswith("/"):
        return None
    return found


def keep_finished(site: Path, finished: Finished, *, kept: Path) -> None:
    """Keep what a site was made from, for the next build of it; failing to is no fault.

    Whoever calls this has worked out `run` before anything was read, and again now: what changed
    meanwhile would be taken for what was built.

    Args:
        site: where it stands.
        finished: the build that wrote it.
        kept: the user's cache folder.
    """
    place = _place(site, kept)
    said = {one.name: getattr(finished, one.name) for one in fields(finished)}
    write_kept(place, json.dumps(said).encode())
    _prune(place.parent)


def unchanged(site: Path, finished: Finished, run: str) -> bool:
    """Whether a site is what this run would build: made by an equal one, and still as it was written.

    One beside which the build before has left something is built anew, which clears that away.
    """
    if finished.run != run or not finished.record == _record(site) != "":
        return False
    there = Path(os.path.abspath(site))  # noqa: PTH100 - links are not followed
    return not any(os.path.lexists(beside(there, role)) for role in WORKING) and stands_whole(site)


def _record(site: Path) -> str:
    try:
        return hashlib.sha256((site / MARKER).read_bytes()).hexdigest()
    except OSError:
        return ""


def _place(site: Path, kept: Path) -> Path:
    return kept / "builds" / f"{hashlib.sha256(os.fsencode(os.path.abspath(site))).hexdigest()}.json"  # noqa: PTH100 - links are not followed


def _prune(folder: Path) -> None:
    try:
        there = sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime_ns, reverse=True)
        for one in there[_MOST_KEPT:]:
            one.unlink(missing_ok=True)
    except OSError:
        return


def _today(now: datetime, zone: str) -> date:
    try:
        return now.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return now.astimezone(UTC).date()
