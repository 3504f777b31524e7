"""A state beside the one that it started from: what `--base REF` means, for every command that has it.

Both are judged on the day of the later one, so that the calendar alone changes nothing.
Prints nothing.
"""

from __future__ import annotations

from dataclasses import replace

from mkdocs_ems import dataclass
from mkdocs_ems.changes.comparing import compare
from mkdocs_ems.changes.values import Comparison
from mkdocs_ems.cli.compiled import compiled
from mkdocs_ems.cli.options import Question
from mkdocs_ems.compile import Compilation, compile_state
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Repository


@dataclass(frozen=True, slots=True)
class Parted:
    """A state, and the one where it and some ref parted."""

    ref: str
    """As the user named it."""
    commit: str
    """Where they parted."""
    before: Compilation
    after: Compilation

    def comparison(self) -> Comparison:
        """What differs, the earlier state called as the user called it."""
        found = compare(self.before, self.after)
        return replace(found, before=replace(found.before, ref=self.ref))


def parted(repository: Repository, base: str, question: Question) -> Parted:
    """Compile the state that is asked for, and the one where it parted from a ref.

    Args:
        repository: an open repository.
        base: a commit, tag or branch, such as the one that a request is to be merged into.
        question: the state, its day and its trust root.

    Raises:
        UsageError: the two have no history in common.
        EmsError: a ref or the history cannot be used; the message says why.
    """
    commit = _met(repository, base, question.ref)
    after = compiled(repository, question)
    before = compile_state(
        repository,
        ref=commit,
        as_of=after.as_of,
        asked=question.as_of is not None,
        trust_root=question.trust_root,
        now=question.now,
        known=after,
    )
    return Parted(base, commit, before, after)


def _met(repository: Repository, base: str, ref: str | None) -> str:
    named = repository.resolve(base).commit
    head = repository.head() if ref is None else repository.resolve(ref).commit
    if head is None:
        raise UsageError("there is no commit yet that could be compared with anything")
    met = repository.merge_base(named, head)
    if met is None:
        told = "the work tree" if ref is None else repr(ref)
        raise UsageError(
            f"{base!r} and {told} have no history in common: fetch the whole history (fetch-depth: 0)"
        )
    return met
