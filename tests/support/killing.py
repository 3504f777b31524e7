"""The command in a copy of this process, ended at a chosen point of its work; Linux alone.

A copy has everything imported, so a run costs what the command does. Its work is counted in what
Python tells of itself (audit events: files opened for writing, renames, folders, programs started),
in the command and all its copies together; so a point is the same piece of work in every run, near
enough. Whoever is ended is waited for with every process that it started: who outlives it is told.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import mmap
import os
import pkgutil
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Never

import mkdocs_ems
from mkdocs_ems import dataclass

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
"""When every command runs."""
LONGEST = 300.0
"""Seconds that a command may take."""
LINGERING = 60.0
"""Seconds that a process may take to see that the command was ended."""
_TOLD = {
    "os.rename": "rename",
    "os.mkdir": "mkdir",
    "os.rmdir": "rmdir",
    "os.remove": "remove",
    "os.link": "link",
    "os.symlink": "symlink",
    "os.chmod": "chmod",
    "os.utime": "utime",
    "os.fork": "fork",
    "subprocess.Popen": "program",
    "shutil.rmtree": "rmtree",
    "os.scandir": "look",
    "open": "open",
}
_KINDS = sorted({*_TOLD.values(), "write"})
_MOST = 1 << 16
"""Events that are remembered of one run."""
_HIT, _CHOSEN, _EVENTS = 8, 9, 17
"""After the number of events: whether one of them was the point; how many count for it; and all, by kind."""
_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Kill:
    """Where a run is ended: at its nth event (the first is 0), or a little later."""

    at: int
    later: float = 0.0
    """Seconds after it: what git does meanwhile is no event of ours."""
    whom: str = "all"
    """`all` its processes at once; the `command` alone; or the `copy` of it that comes to the event."""
    kind: str = ""
    """Where named, only events of this kind count, and for a `copy` only those of copies."""
    what: str = ""
    """The end of the path that such an event leads to."""

    def __str__(self) -> str:
        return f"{self.whom} at {self.kind or 'event'} {self.at}, {self.later * 1000:.0f} ms later"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    status: int
    """As of `subprocess`: below zero for a signal."""
    out: str
    err: str
    events: tuple[str, ...]
    """What it did, by kind, in its order."""
    lingering: tuple[int, ...]
    """Processes that were still there when they should have seen that the command was ended."""
    hit: bool
    """Whether somebody came to the point."""
    within: float
    """Seconds after the end of the command until the last of its processes was gone."""

    @property
    def killed(self) -> bool:
        """Whether it was ended from outside."""
        return self.status == -signal.SIGKILL

    def points(self, count: int, *, seed: int) -> tuple[Kill, ...]:
        """Points of its work: each kind of event as likely as any other, and the common ones besides."""
        chance = random.Random(seed)  # noqa: S311 - to be the same each time
        kinds = sorted(set(self.events))
        found = []
        for _ in range(count):
            kind = chance.choice(kinds)
            likely = [at for at, one in enumerate(self.events) if one == kind]
            at = chance.choice([chance.choice(likely), chance.randrange(len(self.events))])
            found.append(Kill(at, chance.choice([0.0, 0.0, chance.uniform(0.0005, 0.02)])))
        return tuple(found)


class Bench:
    """A place to run the command: its own home, cache and folder for what is made for a while."""

    def __init__(self, folder: Path, *, cache: Path | None = None) -> None:
        self.folder = folder
        self.temporary = folder / "tmp"
        self.cache = cache or folder / "cache"
        for made in (self.temporary, folder / "cache", folder / "home"):
            made.mkdir(parents=True)
        (folder / "gitconfig").write_text("[user]\n\tname = Eve\n\temail = eve@example.org\n")

    def run(
        self,
        *arguments: object,
        kill: Kill | None = None,
        before: Callable[[], None] | None = None,
        stdout: Path | None = None,
    ) -> Ended:
        """Run `ems` with these arguments, and wait for all its processes.

        Args:
            arguments: as they are typed.
            kill: where it is ended.
            before: done in the copy, before the command begins: what it may have of the machine.
            stdout: the file that takes what it prints, if not a fresh one.
        """
        heard, said = os.pipe()
        keeper = os.fork()
        if keeper == 0:
            os.close(heard)
            self._keep(list(map(str, arguments)), kill, before, stdout, said)
        os.close(said)
        with os.fdopen(heard, "rb") as answer:
            told = json.loads(answer.read())
        os.waitpid(keeper, 0)
        return Ended(**{**told, "events": tuple(told["events"]), "lingering": tuple(told["lingering"])})

    def _keep(
        self,
        arguments: list[str],
        kill: Kill | None,
        before: Callable[[], None] | None,
        stdout: Path | None,
        said: int,
    ) -> Never:
        """Start the command, end it at its point, wait for all that it started, and tell."""
        try:
            ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
            count = mmap.mmap(-1, _EVENTS + _MOST)
            files = (stdout or self.folder / "out", self.folder / "err")
            command = os.fork()
            if command == 0:
                os.close(said)
                os.setpgid(0, 0)
                self._begin(arguments, files, count, kill, before)
            with suppress(OSError):
                os.setpgid(command, command)
            told = _watched(command, count, kill)
            # What goes to a device is nowhere to be read.
            texts = [file.read_text(errors="replace") if file.is_file() else "" for file in files]
            answer = json.dumps({**told, "out": texts[0], "err": texts[1]})
            with os.fdopen(said, "wb") as end:
                end.write(answer.encode())
        finally:
            os._exit(0)

    def _begin(
        self,
        arguments: list[str],
        files: Sequence[Path],
        count: mmap.mmap,
        kill: Kill | None,
        before: Callable[[], None] | None,
    ) -> Never:
        for name in [name for name in os.environ if name.startswith(("GIT_", "EMS_", "SSH_", "XDG_"))]:
            del os.environ[name]
        os.environ |= {
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.temporary),
            "EMS_CACHE_DIR": str(self.cache),
            "GIT_CONFIG_GLOBAL": str(self.folder / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "COLUMNS": "100",
        }
        # Not looked for: Python would try whether the folder takes a file, and leave that when it is killed.
        tempfile.tempdir = str(self.temporary)
        handles = [os.open(os.devnull, os.O_RDONLY)]
        handles += [os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644) for file in files]
        for number, handle in enumerate(handles):
            os.dup2(handle, number)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as it lives
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
        for name, module in tuple(sys.modules.items()):
            if name.startswith("mkdocs_ems.cli.") and hasattr(module, "this_moment"):
                vars(module)["this_moment"] = lambda: NOW
        try:
            if before is not None:
                before()
            sys.argv = ["ems", *arguments]
            sys.addaudithook(_counting(count, kill))
            importlib.import_module("mkdocs_ems.cli.main").main()
        except BaseException:  # noqa: BLE001 - told as any interpreter would
            sys.excepthook(*sys.exc_info())
            sys.stderr.flush()
        os._exit(70)


def _counting(count: mmap.mmap, kill: Kill | None) -> Callable[[str, tuple[object, ...]], None]:
    """A hook that counts what happens, and ends everybody where that was asked for."""
    command = os.getpid()

    def hook(event: str, given: tuple[object, ...]) -> None:
        kind = _kind(event, given)
        if kind is None:
            return
        at = _counted(count, 0)
        if at < _MOST:
            count[_EVENTS + at] = _KINDS.index(kind)
        if kill is None or kill.later or (kill.whom == "copy" and os.getpid() == command):
            return
        if kill.kind:
            if kind != kill.kind or not any(str(one).endswith(kill.what) for one in given[:2]):
                return
            at = _counted(count, _CHOSEN)
        if at < kill.at or (kill.whom == "copy" and os.getpgrp() != command):
            return
        count[_HIT] = 1
        if kill.whom == "all":
            os.killpg(os.getpgrp(), signal.SIGKILL)
        os.kill(command if kill.whom == "command" else os.getpid(), signal.SIGKILL)

    return hook


def _counted(count: mmap.mmap, place: int) -> int:
    at = int.from_bytes(count[place : place + 8], "big")
    count[place : place + 8] = (at + 1).to_bytes(8, "big")
    return at


def _kind(event: str, given: tuple[object, ...]) -> str | None:
    if event != "open":
        return _TOLD.get(event)
    path, _, flags = given
    if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        return "write"
    return None if str(path).endswith((".py", ".pyc", ".so")) else "open"


def _watched(command: int, count: mmap.mmap, kill: Kill | None) -> dict[str, object]:
    """Wait for the command, then for everybody whom it started."""
    status = _ended(command, count, kill)
    gone = time.monotonic()
    while time.monotonic() - gone < LINGERING and _anybody():
        time.sleep(0.001)
    within = time.monotonic() - gone
    lingering = _left(command)
    with suppress(OSError):
        os.killpg(command, signal.SIGKILL)
    events = [_KINDS[one] for one in count[_EVENTS:][: int.from_bytes(count[:8], "big")]]
    hit = bool(count[_HIT])
    return {"status": status, "events": events, "lingering": lingering, "hit": hit, "within": within}


def _ended(command: int, count: mmap.mmap, kill: Kill | None) -> int:
    began = time.monotonic()
    while True:
        found, status = os.waitpid(command, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if kill is not None and kill.later and int.from_bytes(count[:8], "big") > kill.at:
            time.sleep(kill.later)
            (os.killpg if kill.whom == "all" else os.kill)(command, signal.SIGKILL)
            kill = None
        if time.monotonic() - began > LONGEST:
            os.killpg(command, signal.SIGABRT)
            began += LONGEST
        time.sleep(0.0005)


def _anybody() -> bool:
    """Whether a process is left of those that came to us."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _left(command: int) -> list[int]:
    """The processes of a group that run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, group, *_ = stat.read_text().rpartition(")")[2].split()
            if int(group) == command and state != "Z":
                found.append(int(stat.parent.name))
    return found


def bytes_below(folder: Path, *, without: tuple[str, ...] = ()) -> Mapping[str, bytes]:
    """Every file below a folder by its path, and what each link says; folders that are empty too."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.startswith(without):
            continue
        if path.is_symlink():
            found[name] = os.fsencode(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


def imported() -> None:
    """Import all that a command may need, so that no run has to."""
    for found in pkgutil.walk_packages(mkdocs_ems.__path__, "mkdocs_ems."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    for name in ("mkdocs.commands.build", "material.plugins.search.plugin", "pymdownx.superfences"):
        importlib.import_module(name)
