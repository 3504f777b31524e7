"""What every figure is measured with: fresh repositories, whole processes in turn, medians."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_repo import Size, write_repository

AS_OF = "2026-11-20"
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder below it is made by `tempfile`
_ROOM = 8_000_000_000

IMPORTS = "import click, pydantic, yaml\n"
EMS = """
import os, resource, sys
peak, leave = sys.argv.pop(1), os._exit
def tell(code):
    with open(peak, "w") as out:
        out.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
    leave(code)
os._exit = tell
from mkdocs_ems.cli import main
main()
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure beside what it may be."""

    what: str
    measured: float
    allowed: float
    unit: str
    detail: str

    @property
    def line(self) -> str:
        """The figure as a row of the printed table."""
        verdict = "ok  " if self.measured <= self.allowed else "OVER"
        value = f"{self.measured:8.2f} of {self.allowed:8.2f} {self.unit:<3}"
        return f"{verdict} {self.what:<62} {value} {self.detail}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed, and how long it took."""

    output: str
    seconds: float


class Bench:
    """Repositories and timings of one run, all below one temporary folder."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder = folder
        self.rounds = rounds
        self._repositories: dict[Size, Path] = {}
        self._code: dict[str, Path] = {}
        self._times: dict[str, float] = {}
        self._environment: dict[str, str] = {}
        self._always: Mapping[str, str] = {}
        self._newest: dict[str, int] = {}
        from mkdocs_ems.git import LOG_ARGUMENTS  # noqa: PLC0415 - the package is importable only in the venv

        (folder / "mkdocs_ems_log_format.py").write_text(f"ARGUMENTS = {list(LOG_ARGUMENTS)!r}\n")

    def repository(self, size: Size) -> Path:
        """The repository of a size; made once."""
        if size not in self._repositories:
            path = self.folder / f"repo-{size.rows}-{size.documents}-{size.commits}"
            begun = time.monotonic()
            write_repository(path, size)
            print(f"   made {path.name} in {time.monotonic() - begun:.0f} s", flush=True)
            self._repositories[size] = path
        return self._repositories[size]

    def interleaved(self, commands: Mapping[str, Callable[[], list[str]]], rounds: int | None = None) -> None:
        """Time commands in turn, so that noise meets all of them alike; keeps medians by name."""
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds or self.rounds):
            for name, command in commands.items():
                times[name].append(self._time(command()))
        self._times |= {name: statistics.median(found) for name, found in times.items()}

    def median(self, name: str) -> float:
        """Seconds."""
        return self._times[name]

    def python(self, code: str, *arguments: str) -> list[str]:
        """A Python process that runs a piece of code, with compiled modules as in everyday use."""
        if code not in self._code:
            self._code[code] = self.folder / f"code{len(self._code)}.py"
            self._code[code].write_text(code)
        return [sys.executable, str(self._code[code]), *arguments]

    def ems(self, *arguments: str, cache: str = "cold") -> list[str]:
        """The `ems` command, writing its own peak memory beside."""
        self._environment = {"EMS_CACHE_DIR": str(self.folder / f"cache-{cache}")}
        if cache == "cold":
            self._environment = {"EMS_CACHE_DIR": str(self.fresh("cache"))}
        elif cache == "same":
            self._environment = {"EMS_CACHE_DIR": str(self.newest("cache"))}
        return self.python(EMS, str(self.folder / "peak"), *arguments)

    def fresh(self, name: str) -> Path:
        """A folder that is not there yet; `newest` names it again.

        Nothing is deleted before the run is over: ext4 takes up to a millisecond longer for each
        new file while others were deleted a short time ago, and only a build would pay for that.
        """
        self._newest[name] = self._newest.get(name, 0) + 1
        return self.newest(name)

    @contextmanager
    def in_memory(self) -> Iterator[Bench]:
        """A bench with its files in memory, where that has room: for commands that delete much themselves.

        ext4 without a journal takes no place again that was given back in the six minutes before, and
        looks through all of those for each new file: that takes longer than whatever is measured.
        """
        if not _MEMORY.is_dir() or shutil.disk_usage(_MEMORY).free < _ROOM:
            yield self
            return
        with TemporaryDirectory(prefix="ems-bench-", dir=_MEMORY) as folder:
            bench = Bench(Path(folder), self.rounds)
            bench._always = {"TMPDIR": folder}
            yield bench

    def newest(self, name: str) -> Path:
        """The folder that `fresh` named last."""
        return self.folder / f"{name}-{self._newest[name]}"

    def peak_megabytes(self) -> float:
        """Peak memory of the last `ems` process alone, in MB of 1,000,000 bytes."""
        return int((self.folder / "peak").read_text()) * 1024 / 1_000_000

    def _time(self, command: Sequence[str]) -> float:
        return self.answer(command).seconds

    def answer(self, command: Sequence[str]) -> Answer:
        """Run a command, as the method that made it has said, and wait for it."""
        begun = time.perf_counter()
        with self.begin(command) as process:
            output, said = process.communicate()
        elapsed = time.perf_counter() - begun
        if process.returncode not in (0, 1) or "Traceback" in said:
            sys.exit(f"{' '.join(command[:6])} ended with {process.returncode}:\n{said[-2000:]}")
        return Answer(output, elapsed)

    def begin(self, command: Sequence[str]) -> subprocess.Popen[str]:
        """Start a command, as the method that made it has said."""
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            **self._always,
            **self._environment,
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONPATH": str(self.folder),
        }
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True)
