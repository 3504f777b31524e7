"""Which reviews approve, and whose: the rules by which a forge's word is taken for evidence.

Pure: everything that the forge and the approved register of persons say is handed in. Whether
a record counts in the end, document control decides; here is only refused what no importer
may sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mkdocs_ems import dataclass
from mkdocs_ems.control import Person
from mkdocs_ems.control.authority import Directory
from mkdocs_ems.forges.values import Account, Request, Review, Written
from mkdocs_ems.text import fold


class RefusedError(Exception):
    """A review that nothing is written for; says why, as a clause."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Everybody who had a hand in a request, as the forge tells it."""

    opener: Account
    pushers: tuple[Account, ...]
    authors: tuple[str, ...]
    """Accounts of the commits' authors; mail addresses where a commit has no account, and of co-authors."""
    mails: tuple[str, ...]
    """Mail addresses of the commits' authors and co-authors."""


def standing(reviews: Iterable[Review]) -> Mapping[str, tuple[Review, ...]]:
    """The approvals that stand, newest first, by the reviewer's account in lower case.

    One that was dismissed stands no more, nor does any earlier one of its reviewer, nor any from
    before its reviewer asked for changes. Accounts that are gone stand under an empty name.
    """
    found: dict[str, list[Review]] = {}
    for review in sorted(reviews, key=lambda review: review.done):
        name = fold(review.reviewer.name) if review.reviewer else ""
        kept = found.setdefault(name, [])
        if review.verdict == "approved":
            kept.append(review)
        elif name:
            kept.clear()
    return {name: tuple(reversed(kept)) for name, kept in found.items() if kept}


def hands(request: Request, commits: Iterable[Written], pushed: tuple[Account, ...]) -> Hands:
    """Gather who had a hand in a request.

    Raises:
        RefusedError: any of them is not known.
    """
    if request.opener is None:
        raise RefusedError(
            "the account that opened it is gone, so nobody can say that somebody else approved"
        )
    authors: dict[str, None] = {}
    mails: dict[str, None] = {}
    for commit in commits:
        name = commit.account.name if commit.account else commit.mail
        if not name.strip():
            raise RefusedError(f"nobody is named as the author of its commit {commit.id[:12]}")
        for one in (name, *commit.coauthors):
            authors.setdefault(one)
        for one in filter(None, (commit.mail, *commit.coauthors)):
            mails.setdefault(one)
    if not authors:
        raise RefusedError("the forge lists none of its commits")
    return Hands(request.opener, pushed, tuple(sorted(authors)), tuple(sorted(mails)))


def entitled(review: Review, of: Hands, directory: Directory) -> Person:
    """The person who approved.

    Raises:
        RefusedError: nobody's, a program's, or somebody's who had a hand in it.
    """
    account = review.reviewer
    if account is None:
        raise RefusedError("the account that approved is gone")
    if account.bot:
        raise RefusedError(f"{account.name} is a program, and programs approve nothing")
    holders = directory.by_account(account.name)
    if not holders:
        raise RefusedError(
            f"no approved person lists the account {account.name}: add it to forge_accounts of its person in "
            "the register of persons, and have the register approved"
        )
    if len(holders) > 1:
        names = " and ".join(one.id or "" for one in holders)
        raise RefusedError(f"{names} both list the account {account.name}: it is one person's alone")
    (person,) = holders
    for what, keys in _parts(of, directory):
        if person.id in keys or fold(account.name) in keys:
            raise RefusedError(f"{account.name} {what} and cannot approve it")
    return person


def _parts(of: Hands, directory: Directory) -> Iterable[tuple[str, frozenset[str]]]:
    yield "opened the request", _keys([of.opener.name], directory)
    yield "pushed to its branch", _keys([one.name for one in of.pushers], directory)
    written = [key for mail in of.mails for key in directory.keys(mail)]
    yield "wrote at the change", _keys(of.authors, directory) | frozenset(written)


def _keys(names: Sequence[str], directory: Directory) -> frozenset[str]:
    """Accounts in lower case, and the persons who list them."""
    listed = (person.id or "" for name in names for person in directory.by_account(name))
    return frozenset((*map(fold, names), *listed))
