"""Who pushed what a request brought: told in full, or said to be unknown.

A push is the one thing that nobody can do under another's name. So the branch is followed
back from its last commit, push by push, to where it left the main branch; and whoever pushed
any of the request's commits to another branch counts as well. A gap anywhere makes the
pushers unknown, and then nothing is attested.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import islice

from mkdocs_ems import dataclass
from mkdocs_ems.forges.values import Account, Push, Request, Written

_MOST_PUSHES = 10_000
"""Pushes that are looked through for one request; who searches longer reads another system's log."""


@dataclass(frozen=True, slots=True)
class Trunk:
    """What has landed, as far as pushes are told apart by it."""

    branch: str
    """The main branch."""
    project: str
    chain: Mapping[str, int]
    """The commits of the chain and their places."""
    landed: Collection[str]
    """Every commit behind its head."""


class UnknownPusherError(Exception):
    """Who pushed is not known; says why, as a clause."""


def pushers(
    request: Request, commits: Iterable[Written], pushes: Iterable[Push], trunk: Trunk
) -> tuple[Account, ...]:
    """Everybody who pushed any of a request's commits, sorted by name.

    Args:
        request: a merged request.
        commits: all of its commits.
        pushes: the pushes to its source project, newest first.
        trunk: the main branch here.

    Raises:
        UnknownPusherError: any of it is in the dark.
    """
    brought = {commit.id for commit in commits} | {request.head}
    roots = {parent for commit in commits for parent in commit.parents} - brought
    # No commit is older than its parent: before that had landed, nobody can have pushed it.
    begin = min((trunk.chain[root] for root in roots if root in trunk.chain), default=-1)
    wanted: str | None = request.head
    found: set[Account] = set()
    for push in islice(pushes, _MOST_PUSHES):
        if push.branch == trunk.branch and request.source_project in (request.project, trunk.project):
            if wanted is None and trunk.chain.get(push.after, begin + 1) <= begin:
                break
            continue
        link = push.branch == request.source and push.after == wanted
        if not link and push.after not in brought:
            continue
        if push.actor is None:
            raise UnknownPusherError(f"the account that pushed {push.after[:12]} is gone")
        found.add(push.actor)
        if link:
            wanted = _before(push, brought, trunk)
    if wanted is not None:
        raise UnknownPusherError(f"the forge does not tell who pushed {wanted[:12]} to {request.source}")
    return tuple(sorted(found, key=lambda account: account.name))


def _before(push: Push, brought: Collection[str], trunk: Trunk) -> str | None:
    """What the branch held before a push, if that has to be explained too."""
    if push.before is None or (push.before in trunk.landed and push.before not in brought):
        return None
    return push.before
