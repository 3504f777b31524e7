"""Remotes of the user's own repository: to which hosts a push goes, and the push itself.

Whether a host is private nobody can see from here; this module only says which one it is.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Sequence

from mkdocs_ems.errors import RepositoryError, UsageError
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.own import OwnGit
from mkdocs_ems.text import did_you_mean, show

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_HELPER = re.compile(r"[A-Za-z0-9+.-]+::")
_SHORT = re.compile(r"[^/]*?:")
"""As ssh is written short: `git@host:path`; what has a slash before its colon is a path."""
_NAME = r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)"
_SHORT_HOST = re.compile(rf"(?:[A-Za-z0-9._+-]+@)?{_NAME}:")
_WEB_HOST = re.compile(rf"https?://(?:[^/?#@\\\[\]\s]*@)?{_NAME}(?::[0-9]*)?(?:[/?#]|\Z)")
_HOST = re.compile(
    rf"(?:git|ssh|git\+ssh|ssh\+git|ftps?)://(?:[A-Za-z0-9._+-]+@)?{_NAME}(?::[0-9]*)?(?:/|\Z)"
)
"""No more than this: git decodes `%2F` before it looks for the host, and takes the first brackets for it,
so what is written otherwise may lead elsewhere than it seems to."""
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_UNKNOWN = "?"


def push_hosts(git: OwnGit, remote: str) -> Sequence[str | None]:
    """The hosts that a push to a remote goes to; None for this machine, `?` where that cannot be told.

    Raises:
        UsageError: there is no such remote.
    """
    known = decode(git.run("remote")).split("\n")[:-1]
    if remote not in known:
        near = did_you_mean(remote, known)
        hint = f"did you mean {show(near)}?" if near else "`git remote -v` lists them"
        raise UsageError(f"there is no remote {show(remote)!r} here: {hint}")
    if git.setting(f"remote.{remote}.vcs") is not None:
        # A program of that name gets the address, and does with it what it likes.
        return (_UNKNOWN,)
    addresses = decode(git.run("remote", "get-url", "--push", "--all", remote)).split("\n")[:-1]
    return tuple(dict.fromkeys(host_of(address) for address in addresses))


def pushed(git: OwnGit, remote: str, branch: str) -> None:
    """Send a branch to a remote that `push_hosts` knows.

    Raises:
        RepositoryError: it was not taken; the message says why.
    """
    ref = f"refs/heads/{branch}"
    status, _, said = git.attempt(["push", "--quiet", "--no-follow-tags", remote, f"{ref}:{ref}"])
    if not status:
        return
    if "non-fast-forward" in said or "fetch first" in said:
        raise RepositoryError(
            f"{show(remote)} has a newer {show(branch)} than the one here: "
            f"run `git fetch {show(remote)}`, and publish again"
        )
    told = show(" ".join(line.strip() for line in said.splitlines() if line.strip())[:400])
    raise RepositoryError(f"the branch {show(branch)} could not be sent to {show(remote)}: {told}")


def host_of(address: str) -> str | None:
    """The host that an address of git leads to; None for this machine, `?` where that cannot be told."""
    if _HELPER.match(address):
        return _UNKNOWN
    if _SCHEME.match(address):
        if address.startswith("file://"):
            return None
        found = _WEB_HOST.match(address) or _HOST.match(address)
        return _remote(found["host"].strip("[]")) if found else _UNKNOWN
    if os.name == "nt" and _DRIVE.match(address):
        return None
    if not _SHORT.match(address):
        return None
    short = _SHORT_HOST.match(address)
    return _remote(short["host"].strip("[]")) if short else _UNKNOWN


def _remote(host: str) -> str | None:
    name = host.casefold().rstrip(".")
    if name == "localhost":
        return None
    try:
        return None if ipaddress.ip_address(name).is_loopback else name
    except ValueError:
        return name or _UNKNOWN
