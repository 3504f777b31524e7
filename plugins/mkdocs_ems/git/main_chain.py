"""Which commits are the chain: the main branch's first parents, as far as the head has them, and their start.

Reads refs and commits that somebody else has read; asks git only how far a main branch that
went on agrees with the head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mkdocs_ems.errors import RefError, RepositoryError
from mkdocs_ems.git.chain import first_parents
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.refs import Refs
from mkdocs_ems.git.values import Commit
from mkdocs_ems.text import show


def main_chain(
    commits: Mapping[str, Commit], tip: str, *, main_branch: str, refs: Refs, plumbing: Plumbing
) -> tuple[Sequence[str], str | None]:
    """First parents from the oldest to the head, or to where it left the main branch; and that ref.

    Raises:
        RepositoryError: the head and the main branch share no history.
    """
    names = (f"refs/heads/{main_branch}", f"refs/remotes/origin/{main_branch}")
    tips = {name: refs.ids[name] for name in names if name in refs.ids}
    here = next((name for name, one in tips.items() if one == tip), None)
    if not tips or here is not None:
        return first_parents(commits, tip), here
    met = {name: _meeting(one, commits, plumbing=plumbing) for name, one in tips.items()}
    chains = [(first_parents(commits, one), name) for name, one in met.items() if one is not None]
    if not chains:
        raise RepositoryError(
            f"the head and the branch {show(main_branch)!r} share no history: name the main branch in ems.yml"
        )
    return max(chains, key=lambda found: len(found[0]))


def _meeting(main: str, commits: Mapping[str, Commit], *, plumbing: Plumbing) -> str | None:
    """The latest commit on main's chain that lies behind the head."""
    if main in commits:
        return main
    listing = plumbing.stream("rev-list", "--first-parent", "--end-of-options", main, "--")
    rest = b""
    for chunk in listing:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            if (name := line.decode("ascii")) in commits:
                return name
    return None


def named_root(name: str, commit: str, chain: Sequence[str]) -> int:
    """Where the trust root that was named stands on the chain.

    Raises:
        RefError: it is not on the chain.
    """
    try:
        return chain.index(commit)
    except ValueError:
        raise RefError(
            f"the trust root {show(name)!r} ({commit[:12]}) is not on the main branch's chain of "
            "first parents up to here: name a commit that is, or fetch the branch it was taken from"
        ) from None


def first_with_settings(commits: Mapping[str, Commit], chain: Sequence[str], *, content: str) -> int:
    """Where the chain has its first `ems.yml`; at its beginning where it never has one."""
    settings = f"{content}/ems.yml" if content else "ems.yml"
    for at, name in enumerate(chain):
        if any(change.path == settings and change.new_blob for change in commits[name].deltas[0]):
            return at
    return 0
