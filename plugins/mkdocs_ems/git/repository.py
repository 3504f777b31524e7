"""The face of the room: one open repository, and the values it gives.

Opening finds the repository and refuses what cannot be judged. Reading starts git only
through `Plumbing` and writes nothing to the user's repository. All that is handed out is
complete and outlives `close`, except `blobs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.ahead import read_ahead
from mkdocs_ems.git.batch import Batch
from mkdocs_ems.git.chain import propose, walk
from mkdocs_ems.git.digest_file import DigestFile
from mkdocs_ems.git.everywhere import Everywhere, everywhere, merge_base, parted
from mkdocs_ems.git.first_parents import branch_ref, chain_places, listed_first_parents
from mkdocs_ems.git.locate import Layout, locate
from mkdocs_ems.git.log import log_output, read_log
from mkdocs_ems.git.main_chain import first_with_settings, main_chain, named_root
from mkdocs_ems.git.makings import made_outside, with_makings
from mkdocs_ems.git.merges import OwnWriting
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.refs import object_format, read_refs
from mkdocs_ems.git.resolve import Resolved, resolve
from mkdocs_ems.git.store import index_files, object_folders
from mkdocs_ems.git.tags import read_tags
from mkdocs_ems.git.trees import coming_files, read_files, tree_entries
from mkdocs_ems.git.values import (
    Blobs,
    ChainPlace,
    Entry,
    EntryKind,
    History,
    KeptDigests,
    Signatures,
    Snapshot,
    Tag,
)
from mkdocs_ems.git.verdicts import KeptVerdicts, SshSignatures
from mkdocs_ems.git.verified import verified_copy
from mkdocs_ems.git.worktree import read_one, read_work_tree, staged_blobs
from mkdocs_ems.text import show

_ONE_FILE_LIMIT = 50 * 1024**2


class Repository:
    """One open repository. Use it as a context manager: it keeps a process and a private folder."""

    def __init__(
        self,
        layout: Layout,
        *,
        verify_store: bool = False,
        verdicts: KeptVerdicts | None = None,
        kept: Path | None = None,
    ) -> None:
        self._layout = layout
        self._refs = read_refs(layout)
        self.object_format = object_format(layout, self._refs)
        """`sha1` or `sha256`."""
        self._plumbing = Plumbing(
            layout.objects, object_folders=object_folders(layout.objects), object_format=self.object_format
        )
        if verify_store:
            self._verify()
        self._batch = Batch(self._plumbing)
        self._signatures = SshSignatures(self._batch, verdicts, object_format=self.object_format)
        # Who doubts the store does not believe what was kept from it either.
        self._digests = DigestFile(kept, self.root) if kept is not None and not verify_store else None
        merges = kept / "merges" if kept is not None and not verify_store else None
        self._kept_merges = DigestFile(merges, self.root) if merges is not None else None
        self._ahead: tuple[str, Iterator[bytes]] | None = None
        self._fetched: tuple[tuple[str, str], Mapping[str, Entry], Iterator[tuple[str, bytes]]] | None = None
        """Commit and content folder, what stands there, and the contents that are coming."""
        self._own: dict[str, OwnWriting] = {}

    @classmethod
    def open(
        cls,
        start: Path,
        *,
        verify_store: bool = False,
        verdicts: KeptVerdicts | None = None,
        kept: Path | None = None,
    ) -> Self:
        """Open the repository that a folder belongs to.

        Args:
            start: the folder, or one below it.
            verify_store: hash every object again before any is believed; for a folder that did not
                come by clone.
            verdicts: where verdicts on signatures are found and new ones are put.
            kept: a folder in which what is learnt of contents is kept for the next run.

        Raises:
            RepositoryError: there is none, or it is shallow, partial, or of an unsupported form.
        """
        return cls(locate(start), verify_store=verify_store, verdicts=verdicts, kept=kept)

    def _verify(self) -> None:
        """From here on read from a private copy in which every object has the id that its bytes give it."""
        unverified = self._plumbing
        try:
            staged = () if self.bare else staged_blobs(unverified, self._layout)
            ids = (*filter(None, [self._refs.head]), *self._refs.ids.values(), *staged)
            self._plumbing = verified_copy(unverified, ids, object_format=self.object_format)
        finally:
            unverified.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End git's processes and remove the private folder."""
        self._batch.close()
        self._plumbing.close()

    @property
    def root(self) -> Path:
        """The top of the work tree, or the git dir of a bare repository."""
        return self._layout.top or self._layout.git_dir

    @property
    def bare(self) -> bool:
        """Whether there is no work tree."""
        return self._layout.top is None

    @property
    def prefix(self) -> str:
        """Where it was opened, relative to the root, with `/`; empty at the root."""
        return self._layout.prefix

    @property
    def blobs(self) -> Blobs:
        """File contents by object id, while the repository is open."""
        return self._batch

    def signatures(self) -> Signatures:
        """Signatures as evidence, while the repository is open."""
        return self._signatures

    def digests(self) -> KeptDigests | None:
        """What earlier runs learnt of contents; None where nothing is kept."""
        return self._digests

    def head(self) -> str | None:
        """The commit that HEAD leads to; None on an unborn branch."""
        return self._refs.head

    def head_branch(self) -> str | None:
        """The branch that HEAD is on, born or not; None when detached."""
        ref = self._refs.head_ref
        return ref.removeprefix("refs/heads/") if ref is not None and ref.startswith("refs/heads/") else None

    def refs(self) -> Mapping[str, str]:
        """Every ref by its full name, with the object it names."""
        return self._refs.ids

    def state_files(self) -> tuple[Path, ...]:
        """The files of the git dir that decide which files of the work tree count."""
        return (*index_files(self._layout.git_dir), self._layout.common / "info" / "exclude")

    def tags(self) -> tuple[Tag, ...]:
        """Every tag, sorted by name."""
        return self._tags

    @cached_property
    def _tags(self) -> tuple[Tag, ...]:
        return read_tags(self._refs.ids, batch=self._batch)

    def resolve(self, ref: str) -> Resolved:
        """Find what a tag, branch, commit id or `HEAD` means.

        Raises:
            RefError: there is no such thing, or it leads to no commit.
        """
        return resolve(ref, refs=self._refs, batch=self._batch)

    def tree(self, commit: str) -> str:
        """The id of a commit's tree.

        Raises:
            RepositoryError: there is no such commit here.
        """
        found = self._batch.one(f"{commit}^{{tree}}")
        if found is None:
            raise RepositoryError(
                f"the commit {show(commit)} is missing: run `git fsck`, or make a fresh clone"
            )
        return found.id

    def snapshot(self, ref: str, *, content: str) -> Snapshot:
        """The content folder at a commit, tag or branch.

        Raises:
            RefError: the ref leads to no commit.
            RepositoryError: a limit was hit, or objects are missing.
        """
        resolved = self.resolve(ref)
        self.fetch(ref, content=content)
        assert self._fetched is not None, "fetched a moment ago, or before that"
        _, entries, coming = self._fetched
        self._fetched = None
        return Snapshot(
            ref=ref,
            commit=resolved.commit,
            date=resolved.date.date(),
            content=content,
            entries=entries,
            files=read_files(entries, coming, batch=self._batch),
        )

    def work_tree(self, *, content: str) -> Snapshot:
        """The content folder as it stands on the disk: indexed, or untracked and not ignored.

        Raises:
            RepositoryError: the repository is bare, a limit was hit, or a file cannot be read.
        """
        if self.bare:
            raise RepositoryError(
                f"{show(str(self.root))} is bare, so it has no work tree: name a commit with --ref"
            )
        head = self.head()
        tree = read_work_tree(
            self._layout,
            plumbing=self._plumbing,
            batch=self._batch,
            content=content,
            object_format=self.object_format,
        )
        committed = {} if head is None else tree_entries(self._plumbing, head, content=content)
        before = {path: (entry.kind, entry.blob) for path, entry in committed.items()}
        now = {path: (entry.kind, entry.blob) for path, entry in tree.entries.items()}
        return Snapshot(
            ref="work tree",
            commit=head,
            date=None,
            content=content,
            entries=tree.entries,
            files=tree.files,
            dirty=before != now,
            untracked=tree.untracked,
            sparse=tree.sparse,
        )

    def file(self, path: str, *, ref: str | None) -> bytes | None:
        """One file of the repository at a ref, or of the work tree; None where there is no regular file."""
        if ref is None:
            return None if self.bare else read_one(self._layout, path, limit=_ONE_FILE_LIMIT)
        entry = tree_entries(self._plumbing, self.resolve(ref).commit, content=path).get(path)
        if entry is None or entry.kind is not EntryKind.FILE:
            return None
        return self._batch.read([entry.blob])[entry.blob]

    def everywhere(self, *, content: str) -> Everywhere:
        """What every branch and tag holds of the content folder, and what was ever committed there.

        Raises:
            RepositoryError: a limit was hit, or objects are missing.
        """
        return everywhere(self._refs, plumbing=self._plumbing, batch=self._batch, content=content)

    def parted(self, one: str, other: str, *, content: str) -> Mapping[str, str]:
        """The blobs of the content folder where two commits parted, by path; none where they never met."""
        return parted(self._plumbing, one, other, content=content)

    def merge_base(self, one: str, other: str) -> str | None:
        """The commit where two commits parted; None where they never met.

        Args:
            one: the id of a commit.
            other: the id of another.
        """
        return merge_base(self._plumbing, one, other)

    def history(  # noqa: PLR0913 - what a history depends on
        self,
        head: str | None,
        *,
        content: str,
        main_branch: str,
        trust_root: str | None = None,
        proposed: Snapshot | None = None,
        tags: Sequence[Tag] | None = None,
    ) -> History:
        """The chain up to a head, and every commit behind it.

        Args:
            head: a commit or ref; None on an unborn branch, which has no history.
            content: the content folder.
            main_branch: the branch whose first parents are the chain. Looked for as a local branch and as
                one of `origin`; of the two, the one that meets the head latest is taken; without either,
                the head's own first parents are the chain.
            trust_root: a commit or ref on the chain. Without one, the first commit of the chain that holds
                `ems.yml`; where none does, the first commit.
            proposed: the work tree, if its uncommitted changes shall be the last event (its commit has the
                id `work tree`, nobody as author, and the date of the event before it).
            tags: those that the history shall know of; all of the repository without.

        Raises:
            RepositoryError: there is no commit yet, a limit was hit, or objects are missing.
            RefError: the trust root is not on the chain.
        """
        if head is None:
            raise RepositoryError("there is no commit yet, so there is no history: commit something first")
        tip = self.resolve(head).commit
        log = read_log(self._log(tip), content=content)
        commits = log.commits
        chain, main = main_chain(
            commits, tip, main_branch=main_branch, refs=self._refs, plumbing=self._plumbing
        )
        if trust_root is None:
            start = first_with_settings(commits, chain, content=content)
        else:
            start = named_root(trust_root, self.resolve(trust_root).commit, chain)
        merges = self._own.setdefault(content, OwnWriting(self._plumbing, self._kept_merges))
        walked = walk(commits, chain, start=start, merges=merges)
        events = (*walked.events, *propose(commits, walked, head=tip, snapshot=proposed))
        outside = made_outside(self._plumbing, tip, commits, content=content) if log.comes_in() else {}
        events = with_makings(events, outside, commits, root=walked.root)
        behind = (commits[name] for event in events for name in event.brought)
        return History(
            trust_root=chain[start],
            named=trust_root is not None,
            head=tip,
            events=events,
            commits=commits,
            root=walked.root,
            tags=self.tags() if tags is None else tuple(tags),
            own=merges.of(commit for commit in behind if commit.is_merge),
            main=main,
        )

    def branch(self, name: str) -> str | None:
        """The full name of a branch: the local one, else that of `origin`; None where there is neither."""
        return branch_ref(name, refs=self._refs)

    def first_parents(self, ref: str) -> tuple[str, ...]:
        """A commit, or where a ref leads to, and its first parents, oldest first.

        Raises:
            RefError: the ref leads to no commit.
        """
        return listed_first_parents(self.resolve(ref).commit, plumbing=self._plumbing)

    def places(self, commits: Iterable[str], *, chain: Sequence[str]) -> Mapping[str, ChainPlace]:
        """Where each commit stands to a chain that `first_parents` gave."""
        return chain_places(commits, chain=chain, plumbing=self._plumbing, batch=self._batch)

    def changing(self, paths: Sequence[str], *, before: str) -> tuple[str, ...]:
        """Ids of the first-parent ancestors of a commit that changed any of these files, oldest first."""
        parent = self.resolve(f"{before}~1").commit
        return listed_first_parents(parent, plumbing=self._plumbing, paths=paths)

    def read_ahead(self, head: str) -> None:
        """Have git list the history of a commit already, for the `history` that will be asked for."""
        if self._ahead is None or self._ahead[0] != head:
            self._ahead = head, read_ahead(log_output(self._plumbing, [head]))

    def fetch(self, ref: str, *, content: str) -> None:
        """Have git read the content folder at a ref already, for the `snapshot` that will be asked for.

        Raises:
            RefError: the ref leads to no commit.
            RepositoryError: a limit was hit, or objects are missing.
        """
        asked = self.resolve(ref).commit, content
        if self._fetched is None or self._fetched[0] != asked:
            entries = tree_entries(self._plumbing, asked[0], content=content)
            self._fetched = asked, entries, coming_files(entries, batch=self._batch)

    def begin(self, ref: str | None) -> None:
        """Have git list the history that a state will be judged by, while its caller gets ready.

        Args:
            ref: a commit, tag or branch; None for the work tree.

        Raises:
            RefError: the ref leads to no commit.
        """
        head = self.head() if ref is None else self.resolve(ref).commit
        if head is not None:
            self.read_ahead(head)

    def _log(self, tip: str) -> Iterator[bytes]:
        ahead, self._ahead = self._ahead, None
        return ahead[1] if ahead is not None and ahead[0] == tip else log_output(self._plumbing, [tip])
