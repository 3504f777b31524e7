"""Two states beside each other for `ems diff`: compiled, compared, narrowed, and written in a form.

Imported when git is at work already. Prints nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mkdocs_ems import dataclass
from mkdocs_ems.changes.comparing import compare
from mkdocs_ems.changes.gathering import only_of, titles
from mkdocs_ems.changes.values import Comparison
from mkdocs_ems.cli.bases import parted
from mkdocs_ems.cli.compiled import compiled
from mkdocs_ems.cli.options import Question
from mkdocs_ems.cli.trace import unknown
from mkdocs_ems.compile import Compilation, approved_state
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Repository


@dataclass(frozen=True, slots=True)
class Pair:
    """Two states, and what differs between them."""

    before: Compilation
    after: Compilation
    comparison: Comparison

    def only(self, identities: tuple[str, ...]) -> Pair:
        """The same with what concerns some ids alone.

        Raises:
            UsageError: neither state has such an id.
        """
        if not identities:
            return self
        known = {one for state in (self.before, self.after) for one in _ids(state)}
        for one in identities:
            if one not in known:
                raise unknown(one, self.after, self.after.control)
        return replace(self, comparison=only_of(self.comparison, identities))


def _ids(state: Compilation) -> Mapping[str, object]:
    control = state.control.documents if state.control is not None else {}
    return {**state.graph.nodes, **control}


def compared(
    repository: Repository, a: str | None, question: Question, *, base: str | None, approved: bool
) -> Pair:
    """Two states, and what differs.

    Args:
        repository: an open repository.
        a: the earlier state; None for the newest version of the manual, or with a base.
        question: the later state, on which day both are judged, and trusted from where.
        base: instead of `a`: where the later state and this one parted.
        approved: both as staff read them.

    Raises:
        UsageError: there is no version, or the two have no history in common.
        EmsError: a ref or the history cannot be used; the message says why.
    """
    called = base or a or _newest(repository, question)
    if base is not None:
        states = parted(repository, base, question)
        before, after = states.before, states.after
    else:
        # A branch of the name of the newest version is not meant.
        before, after = _two(repository, a or f"refs/tags/{called}", question)
    if approved:
        before, after = (approved_state(one, repository) for one in (before, after))
    comparison = compare(before, after, approved=approved)
    comparison = replace(comparison, before=replace(comparison.before, ref=called))
    return Pair(before, after, comparison)


def _two(repository: Repository, earlier: str, question: Question) -> tuple[Compilation, Compilation]:
    """Two named states, each on its own day unless one is asked for."""
    after = compiled(repository, question)
    return compiled(repository, replace(question, ref=earlier), known=after), after


def _newest(repository: Repository, question: Question) -> str:
    """The name of the newest version of the manual."""
    from mkdocs_ems.cli.listing import list_versions, main_state  # noqa: PLC0415 - where none is named

    main = main_state(repository, trust_root=question.trust_root, now=question.now)
    chosen = list_versions(repository, main=main).versions.chosen
    if not chosen:
        raise UsageError(
            "there is no version yet to compare with: name a state, as in `ems diff HEAD`, or what this "
            "branch is to be merged into, as in `ems diff --base origin/main`"
        )
    return chosen[0].name


def written(pair: Pair, form: str) -> str:
    """The difference in a form; each brings its own writer only where it is asked for."""
    called = titles(pair.before, pair.after)
    match form:
        case "json":
            from mkdocs_ems.exports.diff_json import diff_json  # noqa: PLC0415 - as above

            return diff_json(pair.comparison)
        case "text":
            from mkdocs_ems.cli.diff_text import diff_text  # noqa: PLC0415 - as above

            kinds = {**pair.before.model.kinds, **pair.after.model.kinds}
            names = {key: kind.title for key, kind in kinds.items()}
            return diff_text(pair.comparison, titles=called, names=names)
        case "markdown":
            from mkdocs_ems.report.diff_markdown import diff_markdown  # noqa: PLC0415 - as above

            return diff_markdown(pair.comparison, titles=called)
        case _:
            from mkdocs_ems.pages.changed import changed_file  # noqa: PLC0415 - as above

            return changed_file(pair.comparison, before=pair.before, after=pair.after)
