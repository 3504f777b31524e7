"""Git as a process, deaf to the repository: the only module that starts it for reading.

Every command runs against a private GIT_DIR with our own configuration and in an
environment built from nothing, so that nothing the repository or the user's shell says
can start a program, ask a question or change an answer. Objects are read from theirs;
what a command writes (the trees of `merge-tree`) goes to a private object folder. Only
plumbing is run, only object ids and the content folder are arguments, never a shell.
"""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from threading import Timer
from typing import IO

from mkdocs_ems.errors import CutShortError, RepositoryError
from mkdocs_ems.git.for_a_while import FolderForAWhile
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.programs import git_program, search_path, system_variables
from mkdocs_ems.text import show

_NOTHING = "/dev/null"  # git for Windows knows it by this name too
_CHUNK = 1 << 20
_CLOSED = "the repository was closed before all of it was read"
_CONFIG = """\
[core]
\trepositoryformatversion = {version}
\tcommitGraph = false
\tmultiPackIndex = false
\tfsmonitor = false
\tuntrackedCache = false
\tpreloadIndex = false
\tsplitIndex = false
\thooksPath = /dev/null
\tattributesFile = /dev/null
\texcludesFile = /dev/null
\tlogAllRefUpdates = false
\tprecomposeUnicode = false
\tfileMode = true
\tsymlinks = true
\tbigFileThreshold = 16m
\tdeltaBaseCacheLimit = 256m
[extensions]
\tobjectFormat = {object_format}
[advice]
\tgraftFileDeprecated = false
[gpg]
\tprogram = /dev/null
[gpg "openpgp"]
\tprogram = /dev/null
[gpg "x509"]
\tprogram = /dev/null
[gpg "ssh"]
\tprogram = /dev/null
\tdefaultKeyCommand = /dev/null
[log]
\tshowSignature = false
\tmailmap = false
[gc]
\tauto = 0
[maintenance]
\tauto = false
[protocol]
\tallow = never
[merge]
\trenames = true
\trenameLimit = 7000
\tconflictStyle = merge
"""


_OF_COMMANDS = {"log": ("-c", "core.deltaBaseCacheLimit=32m")}
"""What one command is told besides. A log goes from tree to tree, each made of the one before: it never
comes back to what it remembers from long ago, and memory for that takes a tenth of its time.
"""


_OF_THE_MACHINE = (
    "Out of memory",
    *(os.strerror(code) for code in (errno.ENOSPC, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.EAGAIN)),
    *(os.strerror(code) for code in (errno.EDQUOT, errno.EROFS)),
)
"""What git says where it is not the repository that is at fault."""


class TooLongError(Exception):
    """A command was ended because it took too long; who set it a time says what to do."""


class Plumbing:
    """Git on one object store, or on a new one of its own. `close` ends it and removes the private folder."""

    def __init__(self, objects: Path | None, *, object_folders: Sequence[Path], object_format: str) -> None:
        self._git = git_program()
        self._folder = FolderForAWhile("git")
        self._private = self._folder.path
        self._objects = objects or self._private / "objects"
        self._closed = False
        self._running: list[subprocess.Popen[bytes]] = []
        version = 0 if object_format == "sha1" else 1
        config = _CONFIG.format(version=version, object_format=object_format)
        if not version:
            config = config.replace("[extensions]\n\tobjectFormat = sha1\n", "")
        self._write("config", config)
        self._write("HEAD", "ref: refs/heads/none\n")
        for folder in ("refs", "info", "objects/info", "objects/pack"):
            (self._private / folder).mkdir(parents=True)
        self._write("objects/info/alternates", "".join(f"{_quoted(folder)}\n" for folder in object_folders))

    def _write(self, name: str, text: str) -> None:
        (self._private / name).write_bytes(os.fsencode(text))

    def adopt(self, name: str, data: bytes) -> None:
        """Place a copy of one of their files (the index, `info/exclude`) into the private GIT_DIR."""
        (self._private / name).write_bytes(data)

    def _environment(self, *, work_tree: Path | None, private_objects: bool) -> dict[str, str]:
        objects = self._private / "objects" if private_objects else self._objects
        environment = {
            "PATH": os.pathsep.join(search_path()),
            "HOME": str(self._private),
            "XDG_CONFIG_HOME": str(self._private),
            "LC_ALL": "C",
            "TZ": "UTC",
            "GIT_DIR": str(self._private),
            "GIT_OBJECT_DIRECTORY": str(objects),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": _NOTHING,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_GRAFT_FILE": _NOTHING,
            "GIT_LITERAL_PATHSPECS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_PAGER": "",
            "GIT_EDITOR": _NOTHING,
            "GIT_SSH_COMMAND": _NOTHING,
            "GIT_ADVICE": "0",
        }
        if work_tree is not None:
            environment["GIT_WORK_TREE"] = str(work_tree)
        return environment | system_variables()

    def start(
        self,
        *arguments: str,
        stderr: IO[bytes],
        stdin: int | IO[bytes] = subprocess.DEVNULL,
        work_tree: Path | None = None,
        private_objects: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Start one command; it ends with `close` at the latest."""
        try:
            process = subprocess.Popen(
                [self._git, *_OF_COMMANDS.get(arguments[0], ()), *arguments],
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=stderr,
                pipesize=_CHUNK,
                cwd=work_tree or self._private,
                env=self._environment(work_tree=work_tree, private_objects=private_objects),
            )
        except OSError as error:
            raise CutShortError(
                f"git cannot be started: {error.strerror}; close other programs, and try again"
            ) from error
        self._running.append(process)
        if self._closed:  # meanwhile, while a thread was on its way here
            end(process)
            raise RepositoryError(_CLOSED)
        return process

    def error_file(self) -> IO[bytes]:
        """A file for what a command says on its standard error."""
        if self._closed:
            raise RepositoryError(_CLOSED)
        return tempfile.TemporaryFile(dir=self._private)

    def stream(
        self,
        *arguments: str,
        work_tree: Path | None = None,
        private_objects: bool = False,
        ends: Sequence[int] = (0,),
        within: float | None = None,
        given: bytes = b"",
    ) -> Iterator[bytes]:
        """Run one command and yield its output in chunks; leaving early kills it.

        Args:
            arguments: the command and what it is given.
            work_tree: for the commands that look at the work tree.
            private_objects: write new objects to the private folder and read theirs beside them.
            ends: statuses that are no failure.
            within: the seconds after which it is ended, where content can make it run for ever.
            given: what it reads as its input.

        Raises:
            TooLongError: it was not done in time.
            RepositoryError: it ended with another status.
        """
        with self.error_file() as stderr, tempfile.TemporaryFile(dir=self._private) as stdin:
            # A file, not a pipe: neither side can wait for the other.
            stdin.write(given)
            stdin.seek(0)
            process = self.start(
                *arguments,
                stderr=stderr,
                stdin=stdin,
                work_tree=work_tree,
                private_objects=private_objects,
            )
            stdout = process.stdout
            assert isinstance(stdout, BufferedReader)
            complete = False
            watch = Timer(within or 0, process.kill)
            watch.daemon = True
            if within is not None:
                watch.start()
            try:
                while chunk := stdout.read1(_CHUNK):
                    yield chunk
                complete = True
            finally:
                if not complete:
                    process.kill()
                stdout.close()
                status = process.wait()
                self._running.remove(process)
                late = within is not None and not watch.is_alive()
                watch.cancel()
            if status not in ends and late:
                raise TooLongError(f"git {arguments[0]} was not done within {within:g} seconds")
            if status not in ends:
                raise failure(arguments[0], stderr)

    def run(
        self,
        *arguments: str,
        work_tree: Path | None = None,
        private_objects: bool = False,
        ends: Sequence[int] = (0,),
    ) -> bytes:
        """Run one command and return all it prints; for answers that are known to be small."""
        return b"".join(
            self.stream(*arguments, work_tree=work_tree, private_objects=private_objects, ends=ends)
        )

    def close(self) -> None:
        """End what still runs and remove the private folder."""
        self._closed = True
        for process in tuple(self._running):  # a thread that reads one takes it off the list
            end(process)
        self._folder.close()


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and close its pipes, in whatever state it is."""
    if process.poll() is None:
        process.kill()
    if process.stdin is not None:
        with suppress(BrokenPipeError):  # what was not yet sent is not wanted any more
            process.stdin.close()
    if process.stdout is not None:
        process.stdout.close()
    process.wait()


def failure(command: str, stderr: IO[bytes]) -> RepositoryError:
    """What a command that failed has said, as one line with the cure."""
    stderr.seek(0)
    lines = [line.strip() for line in decode(stderr.read(4096)).splitlines() if line.strip()]
    if not lines:
        return CutShortError(
            f"git {command} was ended before it was done, perhaps for want of memory: close other programs, "
            "and try again"
        )
    said = show(lines[0])
    if any("usage:" in line or "unknown option" in line for line in lines):
        return RepositoryError(
            f"git {command} does not know what it is asked ({said}): install git 2.38 or later"
        )
    if any(word in line for word in _OF_THE_MACHINE for line in lines):
        return CutShortError(
            f"git {command} failed ({said}): make room, or close other programs, and try again"
        )
    return RepositoryError(
        f"git {command} failed ({said}): objects are missing or damaged; "
        "run `git fsck`, or make a fresh clone"
    )


def _quoted(folder: Path) -> str:
    plain = str(folder).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'
