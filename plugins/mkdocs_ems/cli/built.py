"""What `ems build` does with one state: where it is written, and how it looks."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.cli.compiled import compiled
from mkdocs_ems.cli.held import hold
from mkdocs_ems.cli.one_version import Doing, show_state
from mkdocs_ems.cli.options import Question
from mkdocs_ems.compile import Compilation
from mkdocs_ems.git import Repository
from mkdocs_ems.pages import Manual, assets
from mkdocs_ems.report import CheckResult
from mkdocs_ems.site import SiteResult
from mkdocs_ems.site.building import MakeManual, RowsKnown, build_site
from mkdocs_ems.site.values import Stamp


@dataclass(frozen=True, slots=True)
class Look:
    """What of a state is shown, how, and where."""

    draft: bool
    site_dir: Path
    config_file: Path | None
    """The operator's own mkdocs.yml; None for the packaged look."""
    permanent: bool = False
    """With a page for each issue and each changed row."""


def built(
    repository: Repository, question: Question, look: Look, *, doing: Doing
) -> tuple[SiteResult, CheckResult, Compilation]:
    """Build the manual of one state.

    Args:
        repository: an open repository.
        question: which state, and how it is judged.
        look: what is shown of it, and where.
        doing: told what is being done, for who watches.

    Returns:
        What was written, the findings, and the state that is shown.

    Raises:
        EmsError: the repository, the configuration or the target cannot be used.
    """
    with doing("Reading the history"):
        head = compiled(repository, question)

    def write(make: MakeManual) -> SiteResult:
        return build_site(
            partial(_held, make, head),
            config_file=look.config_file,
            site_dir=look.site_dir,
            shipped=assets(),
        )

    return show_state(
        repository,
        head,
        question,
        draft=look.draft,
        permanent=look.permanent,
        write=write,
        doing=doing,
    )


def _held(make: MakeManual, head: Compilation, rows_known: RowsKnown) -> tuple[Manual, Stamp]:
    """The manual; what it is made from, and shows, is held with it until the command ends."""
    made = make(rows_known)
    hold((head, made))
    return made
