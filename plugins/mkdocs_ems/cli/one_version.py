"""One state of the manual, from git objects to finished pages: what every form of `ems build` does.

What needs nothing but the compiled state is done apart, by copies of this process: the rules
run while the state that staff may read is put together, and while the pages of this one are made
the ledger is, and the version before is compiled and compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import mkdocs_ems
from mkdocs_ems import dataclass
from mkdocs_ems.cli.changed_since import changed_since, unreadable, with_changes
from mkdocs_ems.cli.compiled import compiled
from mkdocs_ems.cli.judge import judged
from mkdocs_ems.cli.options import Question
from mkdocs_ems.collector import collect_seldom
from mkdocs_ems.compile import Compilation, approved_state, with_names
from mkdocs_ems.errors import CutShortError, EmsError, OutputError, SigningError
from mkdocs_ems.git import Repository, usual_folder, usual_verdicts
from mkdocs_ems.git.for_a_while import FolderForAWhile
from mkdocs_ems.model.publication import Audience
from mkdocs_ems.model.stores import Store
from mkdocs_ems.pages import Manual, Page, Permanent, assets, render_manual
from mkdocs_ems.pages.addresses import places
from mkdocs_ems.pages.values import Since
from mkdocs_ems.pages.versions import with_versions
from mkdocs_ems.report import CheckResult, Profile
from mkdocs_ems.rules import rule_docs
from mkdocs_ems.site.apart import Apart
from mkdocs_ems.site.building import MakeManual, Rendered, RowsKnown, load_mkdocs, render_into
from mkdocs_ems.site.ledger import published_ledger, with_ledger
from mkdocs_ems.site.part import Part, write_part
from mkdocs_ems.site.part_head import PartHead, PartKind
from mkdocs_ems.site.slots import LISTING
from mkdocs_ems.site.values import Stamp
from mkdocs_ems.site.versions import Task
from mkdocs_ems.text import show

UNREADABLE = "it cannot be read any more"
"""Why a version was not built, for an audience that is told nothing else."""

Written = TypeVar("Written")
Doing = Callable[[str], AbstractContextManager[None]]
"""Told what is being done, for who watches."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all versions of a run have in common."""

    repo: Path
    trust_root: str | None
    verify_store: bool
    now: datetime
    config_file: Path | None
    """The operator's own mkdocs.yml; None for the packaged look."""
    stores: Mapping[str, Store] = field(default_factory=dict)
    """Stores of evidence within reach, by name."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What people are called, by their ids, where that is kept outside of history."""
    audience: Audience | None = None
    """Who is to see them; None where they are shown whole."""


def quietly(_: str) -> AbstractContextManager[None]:
    """Nobody watches."""
    return nullcontext()


def show_state(  # noqa: PLR0913 - what is shown, how, and by whom it is written
    repository: Repository,
    head: Compilation,
    question: Question,
    *,
    draft: bool,
    task: Task | None = None,
    permanent: bool = False,
    write: Callable[[MakeManual], Written],
    doing: Doing = quietly,
) -> tuple[Written, CheckResult, Compilation]:
    """Judge a compiled state, make its pages, and have them written.

    Args:
        repository: an open repository.
        head: the state.
        question: how it is judged.
        draft: show it as it stands, not only what is approved of it.
        task: the version that it is, among others; None where it stands alone.
        permanent: of a state that stands alone, make the pages whose addresses stay too.
        write: takes what makes the pages.
        doing: told what is being done.

    Returns:
        What `write` returned, the findings, and the state that is shown.

    Raises:
        EmsError: nothing can be shown, or written.
    """
    if question.audience is not None:
        from mkdocs_ems.cli.edition import show_edition  # noqa: PLC0415 - most builds are for all

        return show_edition(
            repository,
            head,
            question,
            question.audience,
            together=task is not None,
            write=write,
            doing=doing,
        )
    with ExitStack() as apart:
        apart.enter_context(doing("Checking, and writing the pages"))
        rules = apart.enter_context(Apart(partial(judged, head, question)))
        shown = with_names(head if draft else approved_state(head, repository), question.names)
        # The rules take longer than that: what else needs none of their findings is done meanwhile.
        load_mkdocs()
        docs = dict(rule_docs())
        result = rules.result()
        collect_seldom()
        # The ledger reads every text that ever landed, and no page needs more of it than its head. Not
        # before the rules are through: the pages wait for these, and not for it.
        ledger = apart.enter_context(Apart(partial(published_ledger, head.control)))
        changed = (
            Apart(partial(_changed, repository, question, task, head=head, shown=shown, result=result))
            if task is not None
            else None
        )

        def make(rows_known: RowsKnown) -> tuple[Manual, Stamp]:
            manual = render_manual(
                shown,
                report=result.report,
                rule_docs=docs,
                draft=draft,
                blobs=repository.blobs,
                rows_known=rows_known,
                # Beside other versions what stays at its address for good stands once, in what is in force.
                permanent=_permanent(task, alone=permanent),
            )
            if changed is not None:
                manual = with_versions(manual, place=LISTING.decode())
                manual = with_changes(manual, changed.result())
            published = ledger.result()
            stamp = Stamp.of(head, ledger=published.head if published else "")
            return with_ledger(manual, published), stamp

        if changed is not None:
            apart.enter_context(changed)
        return write(make), result, shown


def _changed(  # noqa: PLR0913 - two states, and how each is come by
    repository: Repository,
    question: Question,
    task: Task,
    *,
    head: Compilation,
    shown: Compilation,
    result: CheckResult,
) -> tuple[Page, Since] | None:
    """The page of what changed since the version before, if there is one."""
    return changed_since(
        repository,
        task.earlier,
        head=head,
        shown=shown,
        called="what is in force" if task.kind is PartKind.CURRENT else task.name,
        report=result.report,
        trust_root=question.trust_root,
        now=question.now,
    )


def _permanent(task: Task | None, *, alone: bool) -> Permanent:
    if task is None:
        return Permanent.HERE if alone else Permanent.NOWHERE
    return Permanent.HERE if task.kind is PartKind.CURRENT else Permanent.ABOVE


def make_part(setting: Setting, task: Task, target: Path, rendered: Path | None = None) -> Part:
    """Make one version, and write its part to a file.

    A version whose content is the fault has a part too, which says so.

    Args:
        setting: what all versions have in common.
        task: the version.
        target: the file.
        rendered: a folder to make, in which its files are left, and no part is written of them; None to
            write one.

    Raises:
        EmsError: the fault is another: the configuration, the disk.
    """
    verdicts, kept = usual_verdicts(), usual_folder()
    with (
        Repository.open(
            setting.repo, verify_store=setting.verify_store, verdicts=verdicts, kept=kept
        ) as repository,
        FolderForAWhile("version") as folder,
    ):
        head, site = _head(task), rendered or folder / "site"
        site.mkdir()
        question = Question(
            task.ref,
            task.as_of,
            setting.trust_root,
            setting.now,
            stores=setting.stores,
            names=setting.names,
            tags_until=task.tags_until,
            audience=setting.audience,
        )
        try:
            state = compiled(repository, question)
        except (CutShortError, OutputError, SigningError):
            # That is the machine's fault, and no fact of the version: kept, it would be told for ever.
            raise
        except EmsError as error:
            if task.kind is not PartKind.VERSION:
                raise
            failed = show(str(error)) if setting.audience is None else UNREADABLE
            return write_part(target, replace(head, failed=failed), site)
        state = replace(state, snapshot=replace(state.snapshot, ref=task.shown))
        fault = unreadable(state)
        if fault and task.kind is PartKind.VERSION:
            failed = fault if setting.audience is None else UNREADABLE
            return write_part(target, replace(head, failed=failed), site)
        written, result, shown = show_state(
            repository,
            state,
            question,
            draft=task.kind is PartKind.DRAFT,
            task=task,
            write=partial(
                render_into, site, config_file=setting.config_file, shipped=assets(), place=task.folder
            ),
        )
        whole = replace(_whole(head, written, result, shown), pages=_pages(written.manual, site))
        return write_part(target, whole, site) if rendered is None else Part(target, whole)


def _head(task: Task) -> PartHead:
    """What is known of a part before it is made."""
    return PartHead(
        key=task.key,
        kind=task.kind,
        name=task.name,
        folder=task.folder,
        title=task.title,
        commit=task.commit,
        as_of=task.as_of or task.day,
        tool=mkdocs_ems.__version__,
        tag=task.tag,
    )


def _whole(head: PartHead, rendered: Rendered, result: CheckResult, shown: Compilation) -> PartHead:
    since = rendered.manual.since
    return replace(
        head,
        as_of=shown.as_of,
        trust_root=shown.history.trust_root if shown.history else "",
        ledger=rendered.stamp.ledger,
        findings=_counts(result),
        warnings=rendered.warnings,
        rows=rendered.rows,
        ids={identity: place.page for identity, place in places(shown).items() if not place.anchor},
        issues=_issues(shown),
        since=since.folder if since else "",
        renumbered=since.renumbered if since else {},
    )


def _counts(result: CheckResult) -> Mapping[str, int]:
    counts = result.report.counts
    found = {level: counts.get(level, 0) for level in ("error", "warning", "info")}
    return {**found, "broken": len(result.failing(Profile.DRAFT))}


def _pages(manual: Manual, site: Path) -> tuple[str, ...]:
    """The manual's pages, and those that the theme brings itself, such as the one for what is missing."""
    assets = {asset.path for asset in manual.assets}
    brought = {path.name for path in site.glob("*.html")} - assets
    return tuple(sorted({*(page.path for page in manual.pages), *brought}))


def _issues(shown: Compilation) -> Mapping[str, int]:
    documents = shown.control.documents.values() if shown.control else ()
    return {one.id: one.in_force.number for one in documents if one.in_force is not None}
