"""The state that a question is about, compiled: what every command has in common that asks one."""

from __future__ import annotations

from dataclasses import replace

from mkdocs_ems.cli.options import Question
from mkdocs_ems.cli.reach import check_declared
from mkdocs_ems.collector import without_collector
from mkdocs_ems.compile import Compilation, Lap, compile_state, no_lap
from mkdocs_ems.control.broken import Earlier
from mkdocs_ems.control.sealing import Ledger
from mkdocs_ems.git import Repository


def with_earlier(compilation: Compilation, repository: Repository, ledger: Ledger) -> Compilation:
    """The same state, to be compared with a ledger that was kept."""
    history = compilation.history
    if history is None:
        return compilation
    last = next(event.commit.id for event in reversed(history.events) if not event.proposed)
    branch = compilation.settings.main_branch
    return replace(compilation, earlier=Earlier(ledger, repository.tree(last), branch))


def _doubtful(compilation: Compilation) -> bool:
    """Whether the settings could not be read as they are meant: that is a finding, and comes first."""
    model = compilation.model
    return model.newer or any(finding.at.path == model.settings_path for finding in model.findings)


def compiled(
    repository: Repository, question: Question, *, known: Compilation | None = None, lap: Lap = no_lap
) -> Compilation:
    """Compile the state that is asked for.

    Args:
        repository: an open repository.
        question: which state, on which day, and trusted from where.
        known: a state of which nothing is read again that both hold.
        lap: told what is done, for who measures.

    Raises:
        UsageError: a store was named that the settings do not declare.
        EmsError: the repository, the ref or the history cannot be used; the message says why.
    """
    with without_collector():
        compilation = compile_state(
            repository,
            ref=question.ref,
            as_of=question.as_of,
            trust_root=question.trust_root,
            now=question.now,
            tags_until=question.tags_until,
            known=known,
            lap=lap,
        )
        if question.evidence and not _doubtful(compilation):
            check_declared(question.evidence, compilation.settings)
        if question.stores:
            compilation = replace(compilation, stores=question.stores)
        if question.against is not None:
            compilation = with_earlier(compilation, repository, question.against)
    return compilation
