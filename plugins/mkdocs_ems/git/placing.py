"""Files added to the user's folder, all or none, together with a commit and the index that tell of them.

What is about to be done is noted first, in the lock that one at a time has. An error takes back what
was begun; after a killed process the next one does, or finishes it if the commit was made already.
Nothing that stood there before is ever replaced or removed.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from mkdocs_ems.errors import EmsError, OutputError, RepositoryError
from mkdocs_ems.git.added_file import add, clear_partials, swap
from mkdocs_ems.git.noted import Note, NotedLock
from mkdocs_ems.paths import safe_join
from mkdocs_ems.text import show

_WORKSHOP = "ems-approve-"


class Placing:
    """The one who adds files now. Used as a context manager; without `keep` or a commit nothing stays."""

    def __init__(self, top: Path, git_dir: Path, *, landed: Callable[[str], bool]) -> None:
        self._top = top
        self._git_dir = git_dir
        self._lock = NotedLock(git_dir)
        self._landed = landed
        """Whether a commit is on the branch that stands here."""
        self.note = self._lock.note
        self._kept = False
        self._has_landed = False

    def __enter__(self) -> Self:
        try:
            self._lock.claim(self._settle)
        except OSError as error:
            where = show(str(self._git_dir))
            raise OutputError(f"the approval cannot be written: {error.strerror} (in {where})") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Who is ended in between, or cannot go on, leaves the note, and the next one settles it.
        try:
            self._settle(self.note, keep=self._kept, landed=self._has_landed or None)
            self._lock.release()
        except (OSError, RepositoryError) as fault:
            raise OutputError(self._unsettled(error, fault)) from fault

    def _unsettled(self, error: BaseException | None, fault: Exception) -> str:
        why = show(str(fault))
        if self._has_landed:
            return f"the approval is committed; what is left of it ({why}) the next `ems approve` clears"
        begun = f"{show(str(error))}; and what was begun" if isinstance(error, EmsError) else "what was begun"
        return f"{begun} cannot be taken back now ({why}): the next `ems approve` does it"

    # --- files --------------------------------------------------------------------------

    def write_note(self) -> None:
        """Put down what is about to be done, before it is done."""
        self._lock.write()

    def workshop(self) -> Path:
        """A private folder on the same disk as the git dir; removed at the end."""
        if not self.note.workshop:
            folder = self._git_dir / f"{_WORKSHOP}{os.urandom(8).hex()}"
            self.note.workshop = str(folder)
            self._lock.write()
            folder.mkdir(mode=0o700)
        return Path(self.note.workshop)

    def place(self, files: Mapping[str, bytes]) -> None:
        """Write new files, each whole or not at all.

        Args:
            files: path from the top, with `/`, and bytes.

        Raises:
            OutputError: something stands there already, a link stands in the way, or the disk refuses.
        """
        places = {path: self._place(path) for path in files}
        self.note.files = {path: sha256(data).hexdigest() for path, data in files.items()}
        for place in places.values():
            missing = [folder for folder in place.parents if not folder.exists()]
            named = [folder.relative_to(self._top).as_posix() for folder in reversed(missing)]
            self.note.folders += [folder for folder in named if folder not in self.note.folders]
        try:
            self._lock.write()
            for path, data in files.items():
                places[path].parent.mkdir(parents=True, exist_ok=True)
                add(places[path], data)
        except FileExistsError as error:
            raise OutputError(f"{show(str(error.filename))} is there already: it is left alone") from error
        except OSError as error:
            raise OutputError(f"the approval cannot be written: {error.strerror}") from error

    def intact(self) -> bool:
        """Whether every file still has the bytes that were written."""
        return all(_digest(self._top / path) == digest for path, digest in self.note.files.items())

    def keep(self) -> None:
        """Let the files stay."""
        self._kept = True

    def has_landed(self) -> None:
        """The commit is on the branch: from now on nothing is taken back, and nobody is asked."""
        self._has_landed = True

    def _place(self, path: str) -> Path:
        place = safe_join(self._top, path)
        for above in place.relative_to(self._top).parents:
            if (self._top / above).is_symlink():
                raise OutputError(f"{show(above.as_posix())} is a link: nothing is written beyond it")
        if os.path.lexists(place):
            raise OutputError(f"{show(path)} is there already: it is left alone")
        return place

    # --- the index of the work tree -----------------------------------------------------

    def hold_index(self) -> None:
        """Take git's own lock of the index, so that nobody changes it until the commit is made.

        Raises:
            OutputError: another program holds it.
        """
        if self.note.index:
            return
        # Of one that is empty nobody could tell whose it is: git's own is, until it writes.
        ours = f"ems approve {os.urandom(16).hex()}\n".encode("ascii")
        self.note.index = [sha256(ours).hexdigest()]
        self._lock.write()
        try:
            add(self._index_lock, ours, lock=True)
        except FileExistsError:
            self.note.index = []
            raise OutputError(
                "another program is working with git in this folder: let it finish, or close it, and try "
                f"again; if there is none, delete {show(str(self._index_lock))}"
            ) from None

    def prepare_index(self, data: bytes) -> None:
        """Say what the index shall be; it becomes so when the commit is made."""
        self.note.index.append(sha256(data).hexdigest())
        self._lock.write()
        index = self._git_dir / "index"
        swap(self._index_lock, data, mode=index.stat().st_mode & 0o777 if index.exists() else 0o644)

    def put_index(self) -> None:
        """Let the index be what it was prepared to be; the commit that it tells of is there already."""
        self._index_lock.replace(self._git_dir / "index")
        # Whoever takes the lock of the index from now on has it to themselves.
        self.note.index = []

    @property
    def _index_lock(self) -> Path:
        return self._git_dir / "index.lock"

    # --- the end ------------------------------------------------------------------------

    def _settle(self, note: Note, *, keep: bool = False, landed: bool | None = None) -> None:
        """Finish what a commit holds already, take back everything else.

        Args:
            note: what was begun.
            keep: the files stay, though no commit holds them.
            landed: whether the commit is on the branch; git is asked where that is not known.

        Raises:
            OSError: the system refused; nothing is lost, and it can be tried again.
            RepositoryError: git does not say whether the commit is there.
        """
        if landed is None:
            landed = bool(note.commit) and self._landed(note.commit)
        digest = _digest(self._index_lock)
        if digest is not None and digest in note.index:
            if landed and digest == note.index[-1]:
                self._index_lock.replace(self._git_dir / "index")
            else:
                self._index_lock.unlink(missing_ok=True)
        if not landed and not keep:
            self._take_back(note)
        workshop = Path(note.workshop)
        if workshop.parent == self._git_dir and workshop.name.startswith(_WORKSHOP):
            with suppress(FileNotFoundError):
                shutil.rmtree(note.workshop)
        clear_partials(self._git_dir)

    def _take_back(self, note: Note) -> None:
        """Remove files that were written, as long as they are as they were written, and their folders."""
        for path, expected in note.files.items():
            place = safe_join(self._top, path)
            clear_partials(place.parent)
            if _digest(place) == expected:
                place.unlink(missing_ok=True)
        for folder in reversed(note.folders):
            made = safe_join(self._top, folder)
            if not made.is_dir():  # a disk that takes nothing would refuse to remove it all the same
                continue
            try:
                made.rmdir()
            except OSError as error:
                # Never made, or somebody else has put something there.
                if error.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ENOTEMPTY, errno.EEXIST):
                    raise


def _digest(path: Path) -> str | None:
    """sha256 of a plain file; None where none stands."""
    try:
        return sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else None
    except FileNotFoundError:
        return None
