"""Git on the user's own repository, with the user's own settings: for writing alone.

Started through GitPython in the top of their work tree, found by git's own rules, so that a
folder that git does not trust is refused by git. Whatever in the environment would lead it
elsewhere is overridden by name. No name that comes from content is ever an argument:
paths and messages go through standard input.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import PIPE

from mkdocs_ems.errors import RepositoryError, UsageError
from mkdocs_ems.git.git_python import Git, GitCommandNotFound, not_started
from mkdocs_ems.git.locate import Layout
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.programs import git_program
from mkdocs_ems.git.values import Identity
from mkdocs_ems.text import show

_UNTRUSTED = "dubious ownership"
_DEAF = ("-c", "core.fsmonitor=false")
"""Which files have changed is never asked, so no program is needed that would tell."""


class OwnGit:
    """Git in one work tree of the user's."""

    def __init__(self, layout: Layout) -> None:
        if layout.top is None:
            raise RepositoryError("a bare repository has no files to add to: use a clone with files")
        self.top = layout.top
        self.git_dir = layout.git_dir
        self._git = Git(str(layout.top))
        told = {
            "GIT_DIR": str(layout.git_dir),
            "GIT_COMMON_DIR": str(layout.common),
            "GIT_WORK_TREE": str(layout.top),
            "GIT_OBJECT_DIRECTORY": str(layout.objects),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
            "GIT_INDEX_FILE": str(layout.git_dir / "index"),
            "GIT_NAMESPACE": "",
        }
        # Named only where the environment names another: named, git asks no more whose folder it is.
        self._environment = {name: value for name, value in told.items() if name in os.environ}
        self._environment |= {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_TRACE": "0", "GIT_EDITOR": ":"}

    def run(
        self,
        *arguments: str,
        given: bytes = b"",
        index: Path | None = None,
        also: Mapping[str, str] | None = None,
    ) -> bytes:
        """Run one command and return what it prints.

        Args:
            arguments: the command; nothing of it comes from content.
            given: what it reads as its input.
            index: the index that it works on, instead of theirs.
            also: further variables of its environment.

        Raises:
            RepositoryError: it failed; the message carries what it said.
        """
        status, output, said = self.attempt(arguments, given=given, index=index, also=also)
        if status:
            raise RepositoryError(_failure(arguments, said))
        return output

    def answer(self, *arguments: str) -> bytes | None:
        """Ask a question, and return what it prints; None where it says no, which is not that it failed.

        Raises:
            RepositoryError: it failed, so the answer is not known.
        """
        status, output, said = self.attempt(arguments)
        if status not in (0, 1):
            raise RepositoryError(_failure(arguments, said))
        return output if status == 0 else None

    def attempt(
        self,
        arguments: Sequence[str],
        *,
        given: bytes = b"",
        index: Path | None = None,
        also: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes, str]:
        """Run one command; its status, what it printed, and what it said on its standard error."""
        environment = {**self._environment, **(also or {})}
        if index is not None:
            environment["GIT_INDEX_FILE"] = str(index)
        with tempfile.TemporaryFile() as stdin:
            stdin.write(given)
            stdin.seek(0)
            try:
                done = self._git.execute(
                    [git_program(), *_DEAF, *arguments],
                    istream=stdin,
                    with_extended_output=True,
                    with_exceptions=False,
                    stdout_as_string=False,
                    strip_newline_in_stdout=False,
                    env=environment,
                )
            except (GitCommandNotFound, OSError) as error:
                raise not_started(error) from error
        assert isinstance(done, tuple), "asked for status, output and errors"
        status, output, said = done
        assert isinstance(output, bytes), "asked for bytes"
        return status, output, said

    def start(self, *arguments: str) -> Git.AutoInterrupt:
        """Start one command with its input and output as pipes.

        Raises:
            RepositoryError: git is not installed, or the system does not start it.
        """
        try:
            process = self._git.execute(
                [git_program(), *_DEAF, *arguments], env=self._environment, istream=PIPE, as_process=True
            )
        except (GitCommandNotFound, OSError) as error:
            raise not_started(error) from error
        assert isinstance(process, Git.AutoInterrupt), "asked for the process"
        return process

    def setting(self, key: str, *, kind: str | None = None) -> str | None:
        """One of the user's settings; None where it is not set.

        Raises:
            RepositoryError: git refuses the folder or the settings.
        """
        form = [f"--type={kind}"] if kind else []
        return decode(self.answer("config", *form, "--get", key) or b"").rstrip("\n") or None

    def identity(self) -> Identity:
        """Who the user is, by the name and mail address in their settings.

        Raises:
            UsageError: one of the two is not set.
        """
        name, mail = self.setting("user.name"), self.setting("user.email")
        if name is None or mail is None:
            raise UsageError(
                "this computer does not know your name and mail address yet: set both once with "
                '`git config --global user.name "Your Name"` and '
                "`git config --global user.email you@company.example` (the address that the register "
                "of persons lists for you)"
            )
        return Identity(name, mail)


def _failure(arguments: Sequence[str], said: str) -> str:
    command = next(one for one in arguments if not one.startswith("-") and "=" not in one)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = show(" ".join(lines[:3])[:400]) if lines else "it said nothing"
    if _UNTRUSTED in said:
        return f"git does not work in this folder, because it belongs to somebody else: {told}"
    return f"git {command} failed: {told}"
