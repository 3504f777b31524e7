"""A finished site onto a branch of the user's own repository, without a checkout.

The bytes go through one `git fast-import`; only what differs from the branch is sent, and folders
that are the same keep their trees. Index, work tree and HEAD are never touched. The branch moves
last, in one step, and only if it still leads where it did: whoever is ended before that has
published nothing, and left nothing but objects that git clears away.

What stands on the branch is compared by content, never believed by what it says of itself.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha1, sha256
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.errors import OutputError, RepositoryError, UsageError
from mkdocs_ems.git.fast_import import FastImport, File, Stamp
from mkdocs_ems.git.locate import locate
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.own import OwnGit
from mkdocs_ems.git.remotes import push_hosts, pushed
from mkdocs_ems.git.values import Identity
from mkdocs_ems.text import show

MARKER = ".ems-site"
"""The file by which a branch is known as one that holds a site of ours."""
_NOT_FOR_JEKYLL = ".nojekyll"
"""Tells GitHub Pages to show the files as they are, those with a `_` or `.` before their names too."""
_KEPT = ("CNAME", ".domains")
"""What hosts keep on the branch themselves: the name under which they show it."""
_PLAIN = b"100644"


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to stand on a branch."""

    branch: str
    """Its short name."""
    files: Mapping[str, Path]
    """Everything that shall stand there, by its path with `/`, and where it lies."""
    message: str
    by: Identity
    when: datetime
    remote: str | None = None
    """The remote whose branch of this name it goes on from, where that is further."""


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it."""

    commit: str | None
    """The new commit; None where the branch showed this site already."""
    changed: int
    """Files that are new, others or gone."""
    files: int


class Publisher:
    """The user's repository, as somebody who publishes from it sees it."""

    def __init__(self, start: Path) -> None:
        self._git = OwnGit(locate(start))

    def identity(self) -> Identity:
        """Who the user is, by their settings.

        Raises:
            UsageError: their settings do not say.
        """
        return self._git.identity()

    def hosts(self, remote: str) -> Sequence[str | None]:
        """The hosts that a push to a remote goes to; None for this machine.

        Raises:
            UsageError: there is no such remote.
        """
        return push_hosts(self._git, remote)

    def push(self, remote: str, branch: str) -> None:
        """Send a branch to a remote.

        Raises:
            RepositoryError: it was not taken; the message says why.
        """
        pushed(self._git, remote, branch)

    def publish(self, wanted: Publication) -> Published:
        """Let a branch show a site, and nothing else.

        Raises:
            UsageError: the branch is no place for it.
            OutputError: there is something in the site that cannot be published.
            RepositoryError: git failed, or the branch was changed meanwhile.
        """
        ref = self._ref(wanted.branch)
        old = self._commit(ref)
        parent = self._parent(wanted, old)
        standing = self._standing(parent) if parent is not None else {}
        if parent is not None and MARKER not in standing:
            raise UsageError(
                f"the branch {show(wanted.branch)} holds no site that `ems publish` put there, and all of it "
                "would be replaced: name another with --branch"
            )
        files = {_NOT_FOR_JEKYLL: Path(os.devnull), **wanted.files}
        ids = _ids(files, object_format=self._object_format())
        changed = [path for path, blob in ids.items() if standing.get(path) != (_PLAIN, blob)]
        gone = [path for path in standing if path not in ids and path not in _KEPT]
        if parent is not None and not changed and not gone:
            return Published(None, 0, len(ids))
        made = self._made(wanted, parent, {path: files[path] for path in changed}, gone)
        self._move(wanted.branch, ref, made, old)
        return Published(made, len(changed) + len(gone), len(ids))

    # --- where to -----------------------------------------------------------------------

    def _ref(self, branch: str) -> str:
        ref = f"refs/heads/{branch}"
        if self._git.answer("check-ref-format", ref) is None:
            raise UsageError(f"{show(branch)!r} cannot be the name of a branch")
        listed = self._git.run("worktree", "list", "--porcelain", "-z").split(b"\0")
        if f"branch {ref}" in (decode(line) for line in listed):
            raise UsageError(
                f"the branch {show(branch)} is checked out, and its files would not follow: "
                "name another with --branch, such as gh-pages"
            )
        return ref

    def _commit(self, ref: str) -> str | None:
        found = self._git.answer("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        return None if found is None else found.decode("ascii").strip()

    def _parent(self, wanted: Publication, here: str | None) -> str | None:
        """What the new commit comes after: the branch, or that of the remote where it is further."""
        there = self._commit(f"refs/remotes/{wanted.remote}/{wanted.branch}") if wanted.remote else None
        if there is None or here is None:
            return here or there
        if self._is_behind(there, here):
            return here
        if self._is_behind(here, there):
            return there
        branch, remote = show(wanted.branch), show(wanted.remote or "")
        raise RepositoryError(
            f"the branch {branch} here and the one of {remote} have parted: "
            f"delete the one here with `git branch -D {branch}` to go on from that of {remote}"
        )

    def _is_behind(self, one: str, other: str) -> bool:
        return self._git.answer("merge-base", "--is-ancestor", one, other) is not None

    # --- what ---------------------------------------------------------------------------

    def _object_format(self) -> str:
        return decode(self._git.run("rev-parse", "--show-object-format")).strip()

    def _standing(self, commit: str) -> Mapping[str, tuple[bytes, str]]:
        """Mode and id of every file of a commit, by path."""
        found = {}
        for line in self._git.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]:
            facts, _, path = line.partition(b"\t")
            mode, _, blob = facts.split(b" ")
            found[decode(path)] = mode, blob.decode("ascii")
        return found

    def _made(
        self, wanted: Publication, parent: str | None, changed: Mapping[str, Path], gone: Sequence[str]
    ) -> str:
        """Write the commit; no ref leads to it yet."""
        ref = f"refs/ems/publish-{os.getpid()}-{secrets.token_hex(4)}"
        stream = FastImport(self._git)

        def changes() -> Iterator[tuple[str, File | None]]:
            for path in gone:
                yield path, None
            for path, file in changed.items():
                yield path, File(_read(file))

        try:
            made = stream.commit(
                changes(),
                ref=ref,
                parents=[parent] if parent is not None else [],
                by=Stamp(wanted.by, wanted.when),
                message=wanted.message.encode("utf-8", "replace"),
            )
            # Its objects stay when the stream ends, and its name does not.
            stream.forget(ref, nothing="0" * len(made))
            stream.close()
        except BaseException:
            stream.abort()
            raise
        return made

    def _move(self, branch: str, ref: str, made: str, old: str | None) -> None:
        before = old or "0" * len(made)
        # Were the branch only another name of one, that other one would be moved.
        order = f"option no-deref\0update {ref}\0{made}\0{before}\0".encode("utf-8", "surrogateescape")
        status, _, said = self._git.attempt(["update-ref", "-m", "publish", "-z", "--stdin"], given=order)
        # It may have been ended when all was done.
        if not status or (now := self._commit(ref)) == made:
            return
        if now != old:
            raise RepositoryError(
                f"the branch {show(branch)} was changed meanwhile, so nothing was published: "
                "run the command again"
            )
        told = show(" ".join(said.split())[:400])
        told = told or "git was ended"
        raise RepositoryError(f"the branch {show(branch)} did not take what was to be published: {told}")


def files_below(site: Path) -> Mapping[str, Path]:
    """Every file below a folder by its path there, sorted.

    Raises:
        OutputError: there is a link, or something else that is no file.
    """
    found = {}
    for folder, folders, names in os.walk(site):
        for name in (*folders, *names):
            place = Path(folder, name)
            mode = place.lstat().st_mode
            if stat.S_ISREG(mode):
                found[place.relative_to(site).as_posix()] = place
            elif not stat.S_ISDIR(mode):
                raise OutputError(f"{place} is a link or no file, so it cannot be published: build again")
    return dict(sorted(found.items()))


def _ids(files: Mapping[str, Path], *, object_format: str) -> Mapping[str, str]:
    """The id that git gives each file's bytes, by path."""
    hashing = sha256 if object_format == "sha256" else sha1

    def one(file: Path) -> str:
        data = _read(file)
        digest = hashing(b"blob %d\0" % len(data), usedforsecurity=False)
        digest.update(data)
        return digest.hexdigest()

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return dict(zip(files, pool.map(one, files.values(), chunksize=64), strict=True))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise OutputError(f"{file} cannot be read: {error.strerror}") from error
