"""A process in which commands run with one of their calls to the system failing; `support.faults` starts it.

Everything is imported once; each command then runs in a copy of this process, so that it takes
as long as its own work does. What may fail is counted in the copy and in whatever it forks:
audit events tell of opening, renaming, making, removing and linking; writing has none, so files
are opened with a raw layer of ours; programs are started through a subclass of `Popen`.

Must be the first import of its process: who has taken `open` or `Popen` by name before is not seen.
"""

from __future__ import annotations

import builtins
import errno
import io
import itertools
import json
import os
import select
import shlex
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any, Never

PACKAGE = str(Path(__file__).resolve().parents[2] / "plugins" / "mkdocs_ems") + os.sep
LONGEST = 300.0
"""Seconds after which a command counts as hanging."""
LINGERING = 30.0
"""Seconds that what it started may take to see that it has ended."""

COPIES, ANYBODY = "copies", "anybody"
"""Whichever copy of the command comes to the call first, or it too: who does what goes by chance."""

READS, PRINTS, GIT = "read", "print", "git"
DIES = "dies"
"""A copy that the command made of itself is killed at the call."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CODES = {
    "open": ("ENOSPC", "EACCES", "EMFILE", "EROFS"),
    READS: ("EIO", "EACCES", "EMFILE"),
    "write": ("ENOSPC", "EIO", "EDQUOT", "EFBIG"),
    PRINTS: ("ENOSPC", "EPIPE", "EIO"),
    "fsync": ("EIO", "ENOSPC"),
    "rename": ("EACCES", "ENOSPC", "EIO", "EBUSY"),
    "mkdir": ("ENOSPC", "EACCES", "EROFS"),
    "remove": ("EACCES", "EIO", "EBUSY"),
    "rmdir": ("EACCES", "EBUSY"),
    "link": ("ENOSPC", "EMLINK", "EPERM"),
    "symlink": ("ENOSPC", "EPERM"),
    "chmod": ("EPERM", "EROFS"),
    "utime": ("EPERM", "EROFS"),
    "spawn": ("EAGAIN", "ENOMEM", "EMFILE"),
    "fork": ("EAGAIN", "ENOMEM"),
    "pipe": ("EMFILE", "ENFILE"),
}
"""What each kind of call fails with on a machine that is full, worn, read-only or at its limits."""
GIT_FAULTS = ("refuses", "killed", "half", "late")
"""It ends with 128 at once, is killed at once, after half of its answer, or when all is done."""
_OF_EVENTS = {
    "os.rename": "rename",
    "os.mkdir": "mkdir",
    "os.remove": "remove",
    "os.rmdir": "rmdir",
    "os.link": "link",
    "os.symlink": "symlink",
    "os.chmod": "chmod",
    "os.utime": "utime",
    "os.truncate": "write",
    "os.fork": "fork",
    "os.scandir": READS,
    "os.listdir": READS,
}
_PLACES = {"link": 1, "symlink": 1}
"""Which argument of an event is what is touched, where it is not the first."""

_open, _write, _fsync, _pipe, _sendfile = io.open, os.write, os.fsync, os.pipe, os.sendfile
_Popen = subprocess.Popen


class Plan:
    """Which call fails in one process, and how; all of them are counted and written down."""

    def __init__(self, wanted: dict[str, Any], log: int) -> None:
        self.process = "0"
        self._wanted = wanted
        self._log = log
        self._numbers = itertools.count(1)
        self._forks = itertools.count(1)
        self._turns = _turns(wanted.get("occurrence", 1)) if wanted.get("site") else -1
        self._spent = False
        self._broken = self._gone = False
        self._ours = threading.local()

    def forked(self) -> None:
        """This process is a copy, with numbers of its own."""
        self.process = f"{self.process}.{next(self._forks)}"
        self._numbers = itertools.count(1)

    def parent_forked(self) -> None:
        """A copy was made of this process."""
        next(self._forks)

    def reached(self, kind: str, what: object) -> str | None:
        """Count a call; how it is to fail, if it is."""
        if getattr(self._ours, "at_work", False):
            return None
        number, site = next(self._numbers), f"{kind} {_site()}"
        fault = self._fault(kind, number, site)
        told = json.dumps([self.process, number, kind, str(what)[-200:], site, fault])
        _write(self._log, f"{told}\n".encode())
        if fault == DIES:
            os.kill(os.getpid(), signal.SIGKILL)
        return fault

    def _fault(self, kind: str, number: int, site: str) -> str | None:
        wanted = self._wanted
        if self._broken and kind in ("open", "write", "mkdir", "rename", "link", "symlink"):
            return "ENOSPC"
        if self._gone and kind == GIT:
            return "killed"
        if self._spent or not self._is_meant():
            return None
        if number != wanted.get("number") and not self._is_its_turn(site):
            return None
        self._spent = True
        self._gone = bool(wanted.get("sticky")) and kind == GIT
        self._broken = bool(wanted.get("sticky")) and kind != GIT
        codes = GIT_FAULTS if kind == GIT else _CODES[kind]
        code = wanted.get("code")
        # The same for a place each time, whatever was done before it.
        turn = zlib.crc32(wanted["site"].encode()) if wanted.get("site") else number
        return str(code) if code in (*codes, DIES) else codes[turn % len(codes)]

    def _is_meant(self) -> bool:
        whose = self._wanted.get("process", "0")
        return whose in (ANYBODY, self.process) or (whose == COPIES and self.process != "0")

    def _is_its_turn(self, site: str) -> bool:
        """Whether it is the n-th call from the place, of all processes together that are meant."""
        wanted = self._wanted.get("site")
        if not wanted or (site != wanted and not site.startswith(f"{wanted} < ")):
            return False
        return os.read(self._turns, 1) == b"!"

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What this module does itself is not counted."""
        self._ours.at_work = True
        try:
            yield
        finally:
            self._ours.at_work = False


def _turns(occurrence: int) -> int:
    """A pipe from which each call takes its turn; of two copies, too, never two the same."""
    turns, end = _pipe()
    try:
        _write(end, b"." * (occurrence - 1) + b"!")
    finally:
        os.close(end)
    return turns


_PLAN: list[Plan] = []
_STEPS = 3


def _site() -> str:
    """The last steps of our own code on the way to the call."""
    frame: FrameType | None = sys._getframe(2)
    steps: list[str] = []
    while frame is not None and len(steps) < _STEPS:
        name = frame.f_code.co_filename
        if name.startswith(PACKAGE):
            steps.append(f"{name.removeprefix(PACKAGE)}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(steps) or "elsewhere"


def _error(code: str, path: object = None) -> OSError:
    number = getattr(errno, code)
    if isinstance(path, str | bytes | os.PathLike):
        return OSError(number, os.strerror(number), os.fsdecode(path))
    return OSError(number, os.strerror(number))


def _check(kind: str, what: object) -> None:
    if _PLAN and (code := _PLAN[0].reached(kind, what)):
        raise _error(code, what)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _PLAN:
        return
    if event == "open":
        path, _, flags = arguments
        if isinstance(path, int):
            return
        if flags & _WRITING:
            _check("open", path)
        elif _is_theirs(path):
            _check(READS, path)
    elif kind := _OF_EVENTS.get(event):
        what = arguments[_PLACES.get(kind, 0)] if arguments else ""
        if kind != READS or _is_theirs(what):
            _check(kind, what)


_THEIRS = [""]
"""Where the command's own files lie: what is read of an installed package never fails."""


def _is_theirs(path: object) -> bool:
    try:
        return os.path.abspath(os.fsdecode(path)).startswith(_THEIRS[0])  # type: ignore[arg-type]  # noqa: PTH100
    except (TypeError, ValueError):
        return False


def _is_pipe(handle: int) -> bool:
    """Whether a process reads it: that fails where the process has ended, and so it is ended instead."""
    return stat.S_ISFIFO(os.fstat(handle).st_mode)


class _Raw(io.FileIO):
    """A file that may be full: half of what was given is written, then no more of it."""

    kind = "write"
    _full: str | None = None

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        code = self._full
        if code is None and _PLAN and not _is_pipe(self.fileno()):
            code = self._full = _PLAN[0].reached(self.kind, self.name)
            if code is not None:
                with suppress(OSError):
                    super().write(bytes(data)[: len(data) // 2])
        if code is not None:
            raise _error(code, self.name)
        return super().write(data)


class _Printed(_Raw):
    kind = PRINTS


def _opened(  # noqa: PLR0917 - as the one it stands for
    file: Any,  # noqa: ANN401 - as above
    mode: str = "r",
    buffering: int = -1,
    encoding: str | None = None,
    errors: str | None = None,
    newline: str | None = None,
    closefd: bool = True,  # noqa: FBT001, FBT002 - as above
    opener: Callable[[str, int], int] | None = None,
) -> Any:  # noqa: ANN401 - as above
    """`open`, with our own raw layer below what is written."""
    if not _PLAN or not set(mode) & set("wax+"):
        return _open(file, mode, buffering, encoding, errors, newline, closefd, opener)
    raw = _Raw(file, mode.replace("b", "").replace("t", ""), closefd, opener)
    if buffering == 0:
        return raw
    buffered: Any = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
    if "b" in mode:
        return buffered
    text = io.TextIOWrapper(buffered, io.text_encoding(encoding), errors, newline)
    text.mode = mode  # type: ignore[misc]
    return text


def _written(handle: int, data: Any) -> int:  # noqa: ANN401 - any buffer
    if not _is_pipe(handle):
        _check("write", handle)
    return _write(handle, data)


def _synced(handle: Any) -> None:  # noqa: ANN401 - a number, or what has one
    _check("fsync", handle)
    _fsync(handle)


def _piped() -> tuple[int, int]:
    _check("pipe", "")
    return _pipe()


def _sent(*arguments: Any, **named: Any) -> int:  # noqa: ANN401 - as the one it stands for
    _check("write", "sendfile")
    return _sendfile(*arguments, **named)


_FAILING = {
    "refuses": "echo 'fatal: unable to go on: No space left on device' >&2; exit 128",
    "killed": "kill -9 $$",
    "half": "{command} | {{ head -c 20; kill -9 0; }}",
    "late": "{command}; kill -9 $$",
}


class _Started(subprocess.Popen[bytes]):
    """A program that cannot be started, or git that fails."""

    def __init__(self, args: Any, *more: Any, **named: Any) -> None:  # noqa: ANN401 - as the one it stands for
        if _PLAN:
            name = Path(os.fsdecode(args[0])).name
            words = " ".join(os.fsdecode(one) for one in args[1:])
            _check("spawn", f"{name} {words}")
            how = _PLAN[0].reached(GIT, words) if name == "git" else None
            if how is not None:
                command = shlex.join(os.fsdecode(one) for one in args)
                args = ["/bin/sh", "-c", _FAILING[how].format(command=command)]
                if not named.get("start_new_session"):
                    named["process_group"] = 0  # killed together
            with _PLAN[0].apart():
                super().__init__(args, *more, **named)
            return
        super().__init__(args, *more, **named)


def _install() -> None:
    import _io  # noqa: PLC0415 - where `tempfile` takes it from

    for module in (builtins, io, _io):
        setattr(module, "open", _opened)  # noqa: B010 - for mypy, a module is no place to write to
    ours = {"write": _written, "fsync": _synced, "pipe": _piped, "sendfile": _sent}
    for name, stands_in in ours.items():
        setattr(os, name, stands_in)
    setattr(subprocess, "Popen", _Started)  # noqa: B010 - as above
    sys.addaudithook(_audit)
    os.register_at_fork(
        after_in_child=lambda: _PLAN[0].forked() if _PLAN else None,
        after_in_parent=lambda: _PLAN[0].parent_forked() if _PLAN else None,
    )


def _load() -> None:
    """Import whatever a command may import."""
    import importlib  # noqa: PLC0415 - not before `_install`
    import pkgutil  # noqa: PLC0415 - as above

    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    import mkdocs_ems  # noqa: PLC0415 - as above

    for module in pkgutil.walk_packages(mkdocs_ems.__path__, "mkdocs_ems."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("material.plugins", "mkdocs.theme", "pymdownx.superfences", "multiprocessing.popen_fork"):
        importlib.import_module(name)


def _stand_in(name: str, function: Callable[[], object]) -> None:
    for place, module in list(sys.modules.items()):
        if place.startswith("mkdocs_ems.") and hasattr(module, name):
            setattr(module, name, function)


def _run(job: dict[str, Any]) -> Never:
    """Be the command; never comes back."""
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, path in ((1, job["out"]), (2, job["err"])):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(handle, number)
        os.close(handle)
    log = os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644)
    os.environ.clear()
    os.environ.update(job["environment"])
    os.chdir(job["folder"])
    tempfile.tempdir = None
    time.tzset()
    from mkdocs_ems.cli.main import main  # noqa: PLC0415 - imported long ago

    now = datetime.fromisoformat(job["now"])
    _stand_in("this_moment", lambda: now)
    sys.argv = ["ems", *job["arguments"]]
    sys.stdin = _open(os.devnull, encoding="utf-8")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(_Printed(1, "w", closefd=False)), "utf-8")
    sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w", closefd=False)), "utf-8")
    _THEIRS[0] = job["theirs"]
    _PLAN.append(Plan(job["fault"], log))
    try:
        main()
    except BaseException:  # noqa: BLE001 - whatever a command lets through is a traceback to its user
        _PLAN.clear()
        traceback.print_exc(file=sys.stderr)
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def _ended(process: int) -> tuple[int | None, bool]:
    """How the command ended, None where it did not; and whether something of it went on running."""
    handle = os.pidfd_open(process)
    try:
        ready, _, _ = select.select([handle], [], [], LONGEST)
    finally:
        os.close(handle)
    if not ready:
        os.killpg(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    deadline, left = time.monotonic() + LINGERING, True
    while left and time.monotonic() < deadline:
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        try:
            os.killpg(process, 0)
        except ProcessLookupError:
            left = False
        else:
            time.sleep(0.005)
    if left:
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
    return (os.waitstatus_to_exitcode(status) if ready else None), left


def serve() -> None:
    """Do the jobs that come in, one on each line, and answer each with a line."""
    import ctypes  # noqa: PLC0415 - not before `_install`

    _load()
    from mkdocs_ems.site.keys import tool_digest  # noqa: PLC0415 - not before `_install`

    # One program tries all faults, whoever works on its files meanwhile.
    digest = tool_digest()
    _stand_in("tool_digest", lambda: digest)
    # What a command leaves running comes to us, and is seen.
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            _run(json.loads(line))
        status, left = _ended(process)
        answers.write(json.dumps({"status": status, "left": left}) + "\n")
        answers.flush()


if __name__ == "__main__":
    _install()
    if "EMS_MUTANT_MODULE" in os.environ:
        # What changes a module in the tests' process changes it here.
        __import__("mutant_hook")
    serve()
