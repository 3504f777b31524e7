"""The stream of `git fast-import`: values in, object ids out.

Exists so that made repositories are the same bytes and ids on every machine. Git is
started through GitPython, which hands the whole environment on; whatever there could
steer git is therefore overridden by name. Never for reading, and never with names
that come from content. `GitCommand` is for repositories that we make ourselves only.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from subprocess import PIPE
from typing import Never, Protocol

from mkdocs_ems import dataclass
from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.git_python import Git, GitCommandError, GitCommandNotFound, not_started
from mkdocs_ems.git.programs import git_program
from mkdocs_ems.git.values import Identity

_SETTINGS = (
    "core.autocrlf=false",
    "core.logAllRefUpdates=false",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.attributesFile=/dev/null",
    "core.fileMode=true",
    "core.precomposeUnicode=false",
    "i18n.commitEncoding=utf-8",
)


@dataclass(frozen=True, slots=True)
class File:
    """What stands at a path: bytes, and git's mode (`120000` a link, `160000` a submodule's commit id)."""

    data: bytes
    mode: str = "100644"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who did it and when, with a time zone; the committer and his time are the author's where left out."""

    who: Identity
    when: datetime
    committer: Identity | None = None
    committed: datetime | None = None


def _signature(who: Identity, when: datetime) -> bytes:
    return f"{who.name} <{who.mail}> {int(when.timestamp())} {when:%z}".encode("utf-8", "surrogateescape")


def _data(text: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(text), text)


def _quoted(path: str) -> bytes:
    plain = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'.encode("utf-8", "surrogateescape")


class GitCommand:
    """Git on one repository that we made, deaf to the user's configuration and environment."""

    def __init__(self, target: Path, *, bare: bool) -> None:
        # Git is started in the target, so a relative name would be looked for below itself.
        target = target.absolute()
        self.git_dir = target if bare else target / ".git"
        self._git = Git(str(target))
        self._environment = {
            "GIT_DIR": str(self.git_dir),
            "GIT_COMMON_DIR": str(self.git_dir),
            "GIT_OBJECT_DIRECTORY": str(self.git_dir / "objects"),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
            "GIT_INDEX_FILE": str(self.git_dir / "index"),
            "GIT_NAMESPACE": "",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_COUNT": "0",
            "GIT_CONFIG_PARAMETERS": "",
            "GIT_TRACE": "0",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_TERMINAL_PROMPT": "0",
        }
        if not bare:
            self._environment["GIT_WORK_TREE"] = str(target)

    def _command(self, arguments: Sequence[str]) -> list[str]:
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        return [git_program(), *settings, *arguments]

    def run(self, *arguments: str) -> str:
        """Run one command and return what it prints."""
        try:
            return str(self._git.execute(self._command(arguments), env=self._environment))
        except (GitCommandNotFound, OSError) as error:
            raise not_started(error) from error
        except GitCommandError as error:
            detail = " ".join(str(error.stderr).split())
            raise RepositoryError(f"git {arguments[0]} failed in {self.git_dir}: {detail}") from error

    def read(self, *arguments: str, given: bytes | None = None) -> bytes:
        """Run one command and return the bytes that it prints.

        Raises:
            RepositoryError: it failed, or was ended before all of it was there.
        """
        process = self.start(*arguments)
        answer: bytes = process.communicate(input=given)[0]
        if process.returncode:
            raise RepositoryError(
                f"git {arguments[0]} failed in {self.git_dir}: it ended with {process.returncode}"
            )
        return answer

    def write_object(self, kind: str, data: bytes) -> str:
        """Write one object and return its id."""
        answer = self.read("hash-object", "-t", kind, "-w", "--stdin", given=data)
        return answer.decode("ascii").strip()

    def start(self, *arguments: str) -> Git.AutoInterrupt:
        """Start one command with its input and output as pipes."""
        try:
            process = self._git.execute(
                self._command(arguments), env=self._environment, istream=PIPE, as_process=True
            )
        except (GitCommandNotFound, OSError) as error:
            raise not_started(error) from error
        assert isinstance(process, Git.AutoInterrupt)
        return process


class Starting(Protocol):
    """Git in one repository, as far as a stream needs it."""

    git_dir: Path

    def start(self, *arguments: str) -> Git.AutoInterrupt:
        """Start one command with its input and output as pipes."""
        ...


class FastImport:
    """One running `git fast-import`; refs and objects are in place after `close`."""

    def __init__(self, command: Starting) -> None:
        self._git_dir = command.git_dir
        self._process = command.start("fast-import", "--quiet", "--done", "--date-format=raw", "--force")
        self._mark = 0
        self._marks: dict[str, int] = {}

    def _say(self, *lines: bytes) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.writelines(lines)
        except BrokenPipeError:
            self._fail()

    def _fail(self) -> Never:
        """Say why it did not go on; it is ended, whatever it was about to do."""
        process = self._process.proc
        if process is not None:
            process.kill()
        stderr = self._process.stderr
        detail = stderr.readline().decode("utf-8", "replace").strip() if stderr else ""
        raise RepositoryError(f"git fast-import refused what was to be written: {detail or 'it was ended'}")

    def _id(self) -> str:
        self._say(b"get-mark :%d\n" % self._mark)
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.flush()
        except BrokenPipeError:
            self._fail()
        line: bytes = stdout.readline()
        # Half an id would be taken for another object's.
        if not line.endswith(b"\n"):
            self._fail()
        answer = line.decode("ascii").strip()
        self._marks[answer] = self._mark
        return answer

    def _named(self, commit: str) -> bytes:
        # What this stream has made has no other name yet than its mark.
        mark = self._marks.get(commit)
        return commit.encode("ascii") if mark is None else b":%d" % mark

    def commit(
        self,
        changes: Iterable[tuple[str, File | None]],
        *,
        ref: str,
        parents: Sequence[str],
        by: Stamp,
        message: bytes,
    ) -> str:
        """Write one commit on a ref; its tree is the first parent's with the changes made."""
        self._mark += 1
        name = os.fsencode(ref)
        author = _signature(by.who, by.when)
        committer = _signature(by.committer or by.who, by.committed or by.when)
        if not parents:
            self._say(b"reset %b\n" % name)
        self._say(
            b"commit %b\nmark :%d\nauthor %b\ncommitter %b\n" % (name, self._mark, author, committer),
            _data(message),
        )
        for word, parent in zip([b"from", *[b"merge"] * len(parents)], parents, strict=False):
            self._say(b"%b %b\n" % (word, self._named(parent)))
        for path, file in changes:
            if file is None:
                self._say(b"D %b\n" % _quoted(path))
            elif file.mode == "160000":
                self._say(b"M 160000 %b %b\n" % (file.data, _quoted(path)))
            else:
                self._say(b"M %b inline %b\n" % (file.mode.encode("ascii"), _quoted(path)), _data(file.data))
        self._say(b"\n")
        return self._id()

    def tag(self, name: str, *, target: str, by: Stamp, message: bytes) -> str:
        """Write one annotated tag."""
        self._mark += 1
        self._say(
            b"tag %b\nmark :%d\nfrom %b\n" % (os.fsencode(name), self._mark, self._named(target)),
            b"tagger %b\n" % _signature(by.who, by.when),
            _data(message),
        )
        return self._id()

    def point(self, ref: str, *, target: str) -> None:
        """Let a ref point at a commit."""
        self._say(b"reset %b\nfrom %b\n\n" % (os.fsencode(ref), self._named(target)))

    def forget(self, ref: str, *, nothing: str) -> None:
        """Let no ref stay of this name; `nothing` is the id of no object."""
        self._say(b"reset %b\nfrom %b\n\n" % (os.fsencode(ref), nothing.encode("ascii")))

    def abort(self) -> None:
        """Stop without writing any ref; whatever state it is in."""
        process = self._process.proc
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream is not None:
                    with suppress(BrokenPipeError):  # what was not yet sent is not wanted any more
                        stream.close()
            process.wait()
            # What it tells those who mend git itself, in the folder of people who do not.
            with suppress(OSError):
                (self._git_dir / f"fast_import_crash_{process.pid}").unlink(missing_ok=True)

    def close(self) -> None:
        """End the stream: objects and refs are written."""
        self._say(b"done\n")
        stdin, stdout, stderr = self._process.stdin, self._process.stdout, self._process.stderr
        assert stdin is not None
        try:
            stdin.close()
        except BrokenPipeError:
            self._fail()
        detail = stderr.read().decode("utf-8", "replace").strip() if stderr else ""
        try:
            self._process.wait()
        except GitCommandError as error:
            raise RepositoryError(f"git fast-import failed: {detail or 'it was ended'}") from error
        finally:
            for stream in (stdout, stderr):
                if stream is not None:
                    stream.close()
