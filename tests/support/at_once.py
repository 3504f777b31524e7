"""`ems` in several processes at the same time, as when two people and a job work on one repository."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from mkdocs_ems import dataclass


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of one of them."""

    status: int
    output: str
    said: str

    @property
    def refused(self) -> bool:
        """Whether it could not run, and said so in one line; anything worse is no end at all."""
        assert self.status in {0, 1, 2}, self.said
        assert "Traceback" not in self.said, self.said
        if self.status == 2:
            assert self.said.startswith("ems: "), self.said
            assert self.said.count("\n") == 1, self.said
        return self.status == 2


class Desktop:
    """A place with a cache of its own where commands are run."""

    def __init__(self, folder: Path, *, name: str = "Eve", mail: str = "eve@example.org") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        settings = folder / "gitconfig"
        settings.write_text(f"[user]\n\tname = {name}\n\temail = {mail}\n")
        kept = {one: value for one, value in os.environ.items() if not one.startswith(("GIT_", "EMS_"))}
        self._environment = {
            **kept,
            "EMS_CACHE_DIR": str(folder / "checks"),
            "EMS_STORE": str(folder / "store"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "GIT_CONFIG_GLOBAL": str(settings),
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def begin(self, *arguments: object) -> subprocess.Popen[str]:
        """Start a command."""
        return subprocess.Popen(
            [sys.executable, "-m", "mkdocs_ems", *map(str, arguments)],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def at_once(self, *commands: Sequence[object]) -> list[Ended]:
        """Start all of them, and wait for all."""
        with ExitStack() as open_:
            begun = [open_.enter_context(self.begin(*command)) for command in commands]
            said = [process.communicate() for process in begun]
        return [Ended(process.returncode, *told) for process, told in zip(begun, said, strict=True)]

    def alone(self, *command: object) -> Ended:
        """One command, with nobody else about."""
        (ended,) = self.at_once(command)
        return ended


def every_file(folder: Path) -> Mapping[str, bytes]:
    """The bytes of every file below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
