"""What `ems build` was asked for, and which of its options do not go together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.cli.reach import given
from mkdocs_ems.errors import UsageError
from mkdocs_ems.text import show


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of one run, as they were given."""

    repo: Path
    ref: str | None
    as_of: date | None
    trust_root: str | None
    verify_store: bool
    now: datetime
    """The present moment, timezone-aware."""
    state: str = "approved"
    site_dir: Path | None = None
    config_file: Path | None = None
    fail_on: str = "broken"
    every: bool = False
    draft: bool = False
    jobs: int | None = None
    store: Path | None = None
    no_store: bool = False
    out: Path | None = None
    join: tuple[Path, ...] = ()
    versions: bool = False
    permanent: bool = False
    form: str = "text"
    evidence: tuple[str, ...] = ()
    people: Path | None = None
    audience: str = "internal"

    @property
    def is_whole(self) -> bool:
        """Whether the manual is shown whole."""
        return self.audience == "internal"

    @property
    def keeps(self) -> bool:
        """Whether anything may be used that was kept.

        Not for who doubts what lies on this machine, nor where files outside git decide: they change unseen,
        and what was built with names of people is kept nowhere else.
        """
        outside = self.people is not None or bool(given(self.evidence))
        return not self.no_store and not self.verify_store and not outside

    def check(self) -> None:
        """Refuse options that contradict each other.

        Raises:
            UsageError: some do.
        """
        for wrong, said in self._wrong():
            if wrong:
                raise UsageError(said)

    def _wrong(self) -> Iterator[tuple[bool, str]]:
        ways = {
            "--all": self.every,
            "--out": self.out is not None,
            "--join": bool(self.join),
            "--versions": self.versions,
        }
        chosen = [name for name, given in ways.items() if given]
        yield len(chosen) > 1, f"{' and '.join(chosen)} are two different things: leave one of them out"
        several = " ".join(name for name in chosen if name != "--out")
        yield bool(several and self.ref), f"{several} takes all versions: leave --ref out"
        yield self.out is not None and not self.ref, "--out takes one version: name it with --ref"
        yield bool(chosen) and self.state == "draft", f"{''.join(chosen)} shows versions: leave --state out"
        yield self.draft and not self.every, "--draft goes with --all; for the work tree alone: --state draft"
        yield (
            self.permanent and bool(chosen),
            f"{''.join(chosen)} has pages at permanent addresses where they belong",
        )
        yield self.form != "text" and not self.versions, "--format goes with --versions"
        unapproved = self.state == "draft" or self.draft
        yield (
            not self.is_whole and unapproved,
            f"--audience {show(self.audience)} shows what is in force: leave the draft out",
        )
        yield (
            not self.is_whole and self.permanent,
            f"--audience {show(self.audience)} shows no earlier issue: leave --permanent out",
        )
        unused = self.store is not None and self.no_store
        yield unused, "--store and --no-store contradict each other: leave one of them out"
