"""Where commits stand to a branch: on its first parents, or where they left them. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mkdocs_ems.git.batch import Batch
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.refs import Refs
from mkdocs_ems.git.resolve import committed
from mkdocs_ems.git.values import ChainPlace


def branch_ref(branch: str, *, refs: Refs) -> str | None:
    """The full name of a branch: the local one, else that of `origin`; None where there is neither."""
    names = (f"refs/heads/{branch}", f"refs/remotes/origin/{branch}")
    return next((name for name in names if name in refs.ids), None)


def listed_first_parents(tip: str, *, plumbing: Plumbing, paths: Sequence[str] = ()) -> tuple[str, ...]:
    """A commit and its first parents, oldest first; with paths, those that changed any of these files."""
    asked = ("rev-list", "--first-parent", "--reverse", "--end-of-options", tip, "--", *paths)
    return tuple(decode(b"".join(plumbing.stream(*asked))).split())


def chain_places(
    commits: Iterable[str], *, chain: Sequence[str], plumbing: Plumbing, batch: Batch
) -> Mapping[str, ChainPlace]:
    """Where each commit stands to a chain of first parents, oldest first; unknown commits are left out."""
    wanted = list(dict.fromkeys(commits))
    at = {name: order for order, name in enumerate(chain)}
    found = {}
    for name, one in zip(wanted, list(batch.objects(wanted)), strict=True):
        if one is not None and one.type == "commit":
            order = at[name] if name in at else _left(name, chain, plumbing)
            found[name] = ChainPlace(order, name in at, committed(one))
    return found


def _left(commit: str, chain: Sequence[str], plumbing: Plumbing) -> int:
    """The position of the latest commit of a chain that lies behind another one; -1 without any."""
    if not chain:
        return -1
    asked = ("rev-list", "--first-parent", "--count", "--end-of-options", chain[-1], f"^{commit}", "--")
    return len(chain) - 1 - int(b"".join(plumbing.stream(*asked)))
