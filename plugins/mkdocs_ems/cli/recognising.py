"""Whether a site is already what a run would build: asked before anything is compiled, or MkDocs imported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.cli.kept import KeptAnswers, rules_are_installed
from mkdocs_ems.git import Repository, usual_folder
from mkdocs_ems.site.finished import Finished, keep_finished, last_finished, run_digest, unchanged
from mkdocs_ems.site.keys import look_digest, tool_digest, unsettled


def may_be_kept() -> bool:
    """Whether all that a build depends on can be told: not where others' code may change unseen."""
    return not rules_are_installed() and not unsettled()


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `ems build` that writes a site."""

    repository: Repository
    site: Path
    ref: str | None
    """None where the work tree is built too."""
    as_of: date | None
    config_file: Path | None
    content: str
    """The content folder of the work tree."""
    options: tuple[object, ...]
    """What else was asked for."""

    def digest(self) -> str:
        """Digest of everything that the run depends on, the day excepted."""
        answers = KeptAnswers(self.repository, ref=self.ref, as_of=self.as_of, options=())
        return run_digest(
            state=answers.state(self.content),
            tool=tool_digest(),
            look=look_digest(self.config_file),
            asked=(str(self.repository.root), self.repository.prefix, self.ref, self.as_of, *self.options),
        )

    def standing(self, digest: str, *, now: datetime) -> Finished | None:
        """The build that wrote the site, if this one would write the same.

        Args:
            digest: what `digest` says.
            now: the present moment.
        """
        found = last_finished(self.site, kept=usual_folder())
        if found is None or not found.is_of(now) or found.content != self.content:
            return None
        return found if unchanged(self.site, found, digest) else None

    def keep(self, before: str, finished: Finished) -> None:
        """Keep what the site was made from, unless that changed meanwhile.

        Args:
            before: what `digest` said before anything was read.
            finished: the build, but for what only this run knows.
        """
        if self.digest() == before:
            found = replace(finished, run=before, content=self.content)
            keep_finished(self.site, found, kept=usual_folder())
