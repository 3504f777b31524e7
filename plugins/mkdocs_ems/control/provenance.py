"""Who made the commits behind a content, and which of them prove it.

Names in commits are claims: whoever is named as author or co-author is one, and so is
whoever signed. Proved is a change only where a known person signed it, or a forge attests to
the accounts behind it; what proves nothing makes authors all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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
            found |= dict.fromkeys(writers(commit))
            signer = self._signer(commit, rules)
            if signer is not None:
                found |= dict.fromkeys(_another(signer, commit, rules))
            landed = self._seals.landing(name) or event
            known = signer is not None and len(rules.directory.holders(signer.mail)) == 1
            changes[name] = (landed.commit.id, known)
        return Hands(tuple(found), changes)

    def _signer(self, commit: Commit, rules: Rules) -> Identity | None:
        seal = self._seals.of_commit(commit.id, rules.signers)
        return identity(seal.principal) if seal is not None else None


def _another(signer: Identity, commit: Commit, rules: Rules) -> Iterator[Identity]:
    """The signer, if the commit names somebody else as its author."""
    if set(rules.directory.keys(signer.mail)) != set(rules.directory.keys(commit.author.mail)):
        yield signer
