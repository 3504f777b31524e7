"""Who made the commits behind a content, and which of them prove it.

Names in commits are claims: whoever is named as author or co-author is one, and so is
whoever signed. Proved is a change only where a known person signed it, or a forge attests to
the accounts behind it; what proves nothing makes authors all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.control.authority import Rules
from mkdocs_ems.control.authorship import identity, is_somebody, writers
from mkdocs_ems.control.seals import Seals
from mkdocs_ems.git.values import Commit, Event, History, Identity


@dataclass(frozen=True, slots=True)
class Hands:
    """Who had a hand in a content by some commits."""

    writers: tuple[Identity, ...]
    changes: Mapping[str, tuple[str, bool]]
    """For each commit the event that brought it, and whether a known person signed it."""


NO_HANDS = Hands((), {})


class Provenance:
    """Tells the people behind commits."""

    def __init__(self, history: History, seals: Seals) -> None:
        self._commits = history.commits
        self._seals = seals

    def of(self, commits: Iterable[str], event: Event, rules: Rules) -> Hands:
        """Who had a hand in a content by these commits.

        Args:
            commits: ids of commits that came with the event, or with one before it.
            event: the event that is judged.
            rules: the rules in force before it.
        """
        found: dict[Identity, None] = {}
        changes: dict[str, tuple[str, bool]] = {}
        for name in commits:
            commit = self._commits.get(name, event.commit)
            if event.proposed and not is_somebody(commit.author):
                continue
            for writer in writers(commit):
                found[writer] = None
            signer = self._signer(commit, rules) if rules.signers.by_key else None
            if signer is not None and _is_another(signer, commit, rules):
                found[signer] = None
            landed = self._seals.landing(name) or event
            known = signer is not None and len(rules.directory.holders(signer.mail)) == 1
            changes[name] = (landed.commit.id, known)
        return Hands(tuple(found), changes) if changes else NO_HANDS

    def _signer(self, commit: Commit, rules: Rules) -> Identity | None:
        seal = self._seals.of_commit(commit.id, rules.signers)
        return identity(seal.principal) if seal is not None else None


def _is_another(signer: Identity, commit: Commit, rules: Rules) -> bool:
    """Whether the signer is somebody else than the author whom the commit names."""
    return set(rules.directory.keys(signer.mail)) != set(rules.directory.keys(commit.author.mail))
