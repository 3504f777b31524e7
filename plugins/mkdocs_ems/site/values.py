"""Values of the site room: what a build is marked with, and what came of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_ems import dataclass

if TYPE_CHECKING:
    # To see that a site still stands as it was built takes nothing of what compiles one.
    from mkdocs_ems.compile import Compilation


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a site says of itself at the foot of every page, and the only clock of its build."""

    as_of: date
    commit: str | None = None
    """None in an unborn branch."""
    ref: str = ""
    """As the user named it; `work tree` for the work tree."""
    committed: datetime | None = None
    """The commit's date, timezone-aware."""
    ledger: str = ""
    """The head of the ledger; empty where none is published."""

    @classmethod
    def of(cls, head: Compilation, *, ledger: str = "") -> Stamp:
        """The stamp of a compiled state, and of the ledger that is published with it, by its head."""
        last = head.history.commits.get(head.snapshot.commit or "") if head.history else None
        committed = last.committed if last else None
        return cls(head.as_of, head.snapshot.commit, head.snapshot.ref, committed, ledger)

    @property
    def epoch(self) -> int:
        """Seconds for SOURCE_DATE_EPOCH: the commit's date, else midnight of the as-of date in UTC."""
        moment = self.committed or datetime.combine(self.as_of, time(), tzinfo=UTC)
        return max(0, int(moment.timestamp()))

    @property
    def day(self) -> date:
        """The day of that moment in UTC."""
        return datetime.fromtimestamp(self.epoch, tz=UTC).date()

    def words(self, *, draft: bool) -> str:
        """The line at the foot: `As of 2026-11-30, issues in force, commit 6f1c2ab90d31 (v2026.2)`."""
        shown = "work that is not approved included" if draft else "issues in force"
        line = f"As of {self.as_of.isoformat()}, {shown}"
        if self.commit:
            line += f", commit {self.commit[:12]}"
        line += f" ({self.ref})" if self.ref else ""
        return f"{line}, ledger {self.ledger}" if self.ledger else line


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What was written where."""

    site_dir: Path
    index: Path
    """The page to open first."""
    pages: int
    """Pages of the manual, rows included."""
    rows: int
    """Pages made from a shell."""
    assets: int
    """Pictures and attachments of documents."""
    warnings: tuple[str, ...]
    """What MkDocs warned of, one line each; none in a sound build."""
    record: str = ""
    """Digest of what the site says of itself."""
