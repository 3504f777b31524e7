"""Git as tests use it to prepare repositories: with no configuration of the user's."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ann",
    "GIT_AUTHOR_EMAIL": "ann@example.org",
    "GIT_AUTHOR_DATE": "2026-01-05T09:00:00Z",
    "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@example.org",
    "GIT_COMMITTER_DATE": "2026-01-05T09:00:00Z",
    "GIT_ALLOW_PROTOCOL": "file",
    "HOME": os.devnull,
}


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> str:
    """Run git in a folder and return what it prints, without the line feed at its end."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=_ENVIRONMENT, input=stdin, check=True, capture_output=True
    )
    return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")


def raw_commit(folder: Path, *lines: bytes, message: bytes = b"Odd\n", tree: str | None = None) -> str:
    """Write a commit object of these header lines as they are, whatever git would say of them."""
    made = tree or git(folder, "mktree")
    data = b"\n".join((b"tree " + made.encode("ascii"), *lines)) + b"\n\n" + message
    return git(folder, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=data)


def raw_tree(folder: Path, *entries: tuple[str, bytes, str]) -> str:
    """Write a tree object of (mode, name, id), whatever git would say of the names."""
    data = b"".join(
        mode.encode("ascii") + b" " + name + b"\0" + bytes.fromhex(blob) for mode, name, blob in entries
    )
    return git(folder, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=data)


def every_byte(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Mode, time of change and bytes of all that stands below a folder, to see that nothing was touched."""
    found: dict[str, tuple[int, int, bytes]] = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[str(path.relative_to(folder))] = (status.st_mode, status.st_mtime_ns, data)
    return found
