"""What `ems build` does once git is at work: compile, judge, make the pages, write the site.

What needs nothing but the compiled state is done apart, by copies of this process: the rules
run and the ledger is made while the state that staff may read is put together.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.cli.judge import compiled, judged
from mkdocs_ems.cli.options import Question
from mkdocs_ems.collector import collect_seldom
from mkdocs_ems.compile import approved_state
from mkdocs_ems.errors import OutputError
from mkdocs_ems.git import Repository
from mkdocs_ems.pages import Manual, assets, render_manual
from mkdocs_ems.report import CheckResult
from mkdocs_ems.rules import rule_docs
from mkdocs_ems.site import SiteResult, Stamp
from mkdocs_ems.site.apart import Apart
from mkdocs_ems.site.building import RowsKnown, build_site
from mkdocs_ems.site.ledger import published_ledger, with_ledger


@dataclass(frozen=True, slots=True)
class Look:
    """What of a state is shown, how, and where."""

    draft: bool
    site_dir: Path | None
    """None for `site`, beside mkdocs.yml."""
    config_file: Path | None
    """None for the mkdocs.yml of the work tree."""


def built(
    repository: Repository,
    question: Question,
    look: Look,
    *,
    doing: Callable[[str], AbstractContextManager[None]],
) -> tuple[SiteResult, CheckResult]:
    """Build the manual of one state.

    Args:
        repository: an open repository.
        question: which state, and how it is judged.
        look: what is shown of it, and where.
        doing: told what is being done, for who watches.

    Raises:
        EmsError: the repository, the configuration or the target cannot be used.
    """
    with doing("Reading the history"):
        head = compiled(repository, question)
    project = (repository.root / head.snapshot.content).parent
    config = look.config_file or _existing(project / "mkdocs.yml", bare=repository.bare)
    target = look.site_dir or (Path.cwd() if repository.bare else project) / "site"
    _keep_apart(target, repository, content=head.snapshot.content)
    rules = Apart(partial(judged, head, question))
    # The ledger reads every text that ever landed, and no page needs more of it than its head.
    ledger = Apart(partial(published_ledger, head.control))
    with rules, ledger, doing("Checking, and writing the pages"):
        shown = head if look.draft else approved_state(head, repository)
        result = rules.result()
        collect_seldom()

        def make(rows_known: RowsKnown) -> tuple[Manual, Stamp]:
            manual = render_manual(
                shown,
                report=result.report,
                rule_docs=rule_docs(),
                draft=look.draft,
                blobs=repository.blobs,
                rows_known=rows_known,
            )
            published = ledger.result()
            stamp = Stamp.of(head, ledger=published.head if published else "")
            return with_ledger(manual, published), stamp

        return build_site(make, config_file=config, site_dir=target, shipped=assets()), result


def _keep_apart(target: Path, repository: Repository, *, content: str) -> None:
    """The manual must not become a part of what it is made from, nor of git's own files."""
    root = repository.root
    sources = {root: "the repository itself"}
    if not repository.bare:
        sources = {root / ".git": "git's own folder", root / content: "the content folder"}
    for folder, what in sources.items():
        if target.resolve().is_relative_to(folder.resolve()):
            raise OutputError(f"{target} lies in {what}; name a folder outside with --site-dir")


def _existing(path: Path, *, bare: bool) -> Path | None:
    return path if not bare and path.is_file() else None
