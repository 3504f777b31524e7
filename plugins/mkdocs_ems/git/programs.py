"""Programs other than git's plumbing: found by absolute path, run with an environment from nothing.

Which programs those are, their callers say: ssh-keygen, ssh-add, and git where it tells the
user's own settings. Nothing that content names is ever among them.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from threading import Timer
from typing import IO

from mkdocs_ems import dataclass
from mkdocs_ems.errors import RepositoryError, SigningError
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.text import show

_MOST_PRINTED = 64 * 1024
_MOST_SAID = 4096
_PACKAGES = {
    "git": "git 2.38 or later",
    "ssh-keygen": "OpenSSH 9.1 or later (package openssh-client)",
    "ssh-add": "OpenSSH 9.1 or later (package openssh-client)",
}


def search_path() -> list[str]:
    """The folders of the PATH that are named from the root: any other could be one of the repository."""
    return [
        entry for entry in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(entry).is_absolute()
    ]


def find_program(name: str) -> str | None:
    """The absolute path of a program, or None where it is not installed."""
    file = f"{name}.exe" if os.name == "nt" else name
    for folder in search_path():
        candidate = Path(folder) / file
        if os.access(candidate, os.X_OK) and candidate.is_file():
            return str(candidate)
    return None


def git_program() -> str:
    """The absolute path of git.

    Raises:
        RepositoryError: it is not installed.
    """
    found = find_program("git")
    if found is None:
        raise RepositoryError(f"git is not installed, or not on the PATH: install {_PACKAGES['git']}")
    return found


def system_variables() -> dict[str, str]:
    """Variables without which Windows starts nothing; none elsewhere."""
    names = ("SYSTEMROOT", "TEMP", "TMP") if os.name == "nt" else ()
    return {name: os.environ[name] for name in names if name in os.environ}


@dataclass(frozen=True, slots=True)
class Done:
    """A program that has ended: its status, and the beginning of what it printed and complained of."""

    status: int
    out: bytes
    said: bytes

    @property
    def complaint(self) -> str:
        """The last line of what it complained of, safe to print."""
        lines = [line.strip() for line in decode(self.said).splitlines() if line.strip()]
        return show(lines[-1] if lines else "it said nothing")


class Programs:
    """Runs programs in one private folder, each for so many seconds at the most."""

    def __init__(self, folder: Path, *, seconds: float, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self._seconds = seconds
        self._environment = {
            "PATH": os.pathsep.join(search_path()),
            "HOME": str(folder),
            "LC_ALL": "C",
            "TZ": "UTC",
            **system_variables(),
            **(environment or {}),
        }

    def run(self, program: str, *arguments: str, given: bytes = b"") -> Done:
        """Run one program to its end.

        Raises:
            SigningError: it is not installed, or was not done in time.
        """
        found = find_program(program)
        if found is None:
            raise SigningError(
                f"{program} is not installed, or not on the PATH: install {_PACKAGES[program]}"
            )
        with (
            tempfile.TemporaryFile(dir=self.folder) as stdin,
            tempfile.TemporaryFile(dir=self.folder) as said,
        ):
            # Files, and one pipe: neither side can wait for the other.
            stdin.write(given)
            stdin.seek(0)
            status, out = self._ended(program, [found, *arguments], stdin, said)
            said.seek(0)
            return Done(status, out, said.read(_MOST_SAID))

    def _ended(
        self, program: str, command: list[str], stdin: IO[bytes], stderr: IO[bytes]
    ) -> tuple[int, bytes]:
        try:
            process = subprocess.Popen(
                command,
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=stderr,
                cwd=self.folder,
                env=self._environment,
            )
        except OSError as error:
            raise SigningError(f"{program} cannot be started: {error.strerror}") from error
        watch = Timer(self._seconds, process.kill)
        watch.daemon = True
        watch.start()
        with process:
            assert process.stdout is not None
            try:
                out = process.stdout.read(_MOST_PRINTED)
                if len(out) == _MOST_PRINTED:
                    process.kill()
                status = process.wait()
            except BaseException:
                process.kill()
                raise
        late = not watch.is_alive()
        watch.cancel()
        if status and late:
            raise SigningError(f"{program} was not done within {self._seconds:g} seconds")
        return status, out
