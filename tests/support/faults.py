"""Commands of which one call to the system fails, and what may have come of it. `faulting` runs them.

A `Bench` holds a folder as it was before the command (repository, site, caches, all of it), and the same
folder as the command leaves it where nothing fails. Each fault is tried on a copy of its own and
judged: how the command ended, what it said, that what it writes is the old or the new, that nothing
of it goes on, and that the same command afterwards gives what it gives where nothing ever failed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from mkdocs_ems import dataclass
from support.faulting import ANYBODY, COPIES, DIES, GIT, GIT_FAULTS, READS
from support.shell import git

NOW = "2026-03-02T10:00:00+00:00"
_FOLDERS = ("work", "temporary", "home", "cache")


@dataclass(frozen=True, slots=True)
class Call:
    """A call to the system that a command made."""

    process: str
    """`0` is the command itself, `0.1` the first copy that it made of itself."""
    number: int
    kind: str
    what: str
    site: str
    """The last steps of our own code on the way there."""
    fault: str | None
    """How it failed, if it did."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One call that is to fail."""

    process: str = "0"
    """Or `COPIES`, whichever of them comes to it, or `ANYBODY`."""
    number: int = 0
    """The n-th of the process."""
    site: str = ""
    """Or the n-th of those that come from one place; the first steps of the way are enough to name it."""
    occurrence: int = 1
    code: str = ""
    """How; where left out, one of those that fit."""
    sticky: bool = False
    """From then on nothing can be written, as on a full disk; or no git comes to its end."""

    def comes(self, calls: Iterable[Call]) -> bool:
        """Whether it is among the calls of a run."""
        meant = [
            call
            for call in calls
            if self.process in (ANYBODY, call.process) or (self.process == COPIES and call.process != "0")
        ]
        if not self.site:
            return any(call.number == self.number for call in meant)
        return sum(f"{call.site} < ".startswith(f"{self.site} < ") for call in meant) >= self.occurrence

    def said(self) -> Mapping[str, Any]:
        """As the other process reads it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    status: int | None
    """None where it had to be ended."""
    out: str
    err: str
    left: bool
    """Whether a process of it went on running."""
    calls: Sequence[Call]

    @property
    def fired(self) -> Sequence[Call]:
        """The calls that failed."""
        return [call for call in self.calls if call.fault]


class Server:
    """The process that runs them."""

    def __init__(self) -> None:
        tests = Path(__file__).resolve().parents[1]
        mutant = {name: value for name, value in os.environ.items() if name.startswith("EMS_MUTANT_")}
        paths = os.pathsep.join((str(tests), str(tests.parent / "scripts")))
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-m", "support.faulting"],
            cwd=tests,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": paths, "LC_ALL": "C.UTF-8", **mutant},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, folder: Path, arguments: Sequence[str], fault: Fault) -> Ran:
        """Run a command in `work` of a folder, with homes and caches of its own."""
        for name in _FOLDERS:
            (folder / name).mkdir(exist_ok=True)
        files = {name: str(folder.with_name(f"{folder.name}.{name}")) for name in ("out", "err", "log")}
        job = {
            **files,
            "arguments": list(arguments),
            "folder": str(folder / "work"),
            "theirs": str(folder),
            "now": NOW,
            "fault": fault.said(),
            "environment": {
                "PATH": os.environ.get("PATH", os.defpath),
                "HOME": str(folder / "home"),
                "TMPDIR": str(folder / "temporary"),
                "EMS_CACHE_DIR": str(folder / "cache"),
                "GIT_CONFIG_NOSYSTEM": "1",
                "COLUMNS": "80",
                "LC_ALL": "C.UTF-8",
                "NO_MKDOCS_2_WARNING": "1",
            },
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        calls = [Call(*json.loads(line)) for line in Path(files["log"]).read_text("utf-8").splitlines()]
        out, err = (Path(files[name]).read_text("utf-8", "replace") for name in ("out", "err"))
        for path in files.values():
            Path(path).unlink()
        return Ran(answer["status"], out, err, answer["left"], calls)

    def close(self) -> None:
        """End it."""
        self._process.communicate()


@contextmanager
def serving() -> Iterator[Server]:
    """A server while the block runs."""
    server = Server()
    try:
        yield server
    finally:
        server.close()


State = Mapping[str, str]
"""What stands at each path, in a word."""

_APART = ("objects/", "logs/", "index", "COMMIT_EDITMSG")
"""Of a repository: what nothing leads to, git's own notes, and times of files. The index is asked for."""


_MARK = re.compile(
    r"((^|/)\.site\.ems-[a-z]+|(^|/)\.ems-[a-z]+-[0-9a-z]+|\.git/ems-[a-z]+[-.][0-9a-z]+|\.git/index\.lock)$"
)
"""What says that something was begun: the next run knows by it that it has to be put right."""
_UNDOING = ("read", "rename", "remove", "rmdir", "spawn", "git")
"""What it takes to put things right, so that a fault there may leave something for the next run."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A command, and the folder that it is tried in."""

    server: Server
    arguments: Sequence[str]
    base: Path
    """As it was before."""
    room: Path
    """Where copies are made."""
    old: State
    new: State
    """After the command."""
    twice: State
    """After the command was run again."""
    well: Ran
    """The command where nothing fails."""
    well_twice: Ran
    """The same, run again."""
    recovered: set[str]
    """What commands that failed have left, and the next run has put right."""

    @classmethod
    def of(cls, server: Server, arguments: Sequence[str], base: Path, room: Path) -> Bench:
        """Run the command where nothing fails, to know what comes of it and which calls it makes."""
        room.mkdir()
        there = shutil.copytree(base, room / "copy", symlinks=True)
        old = state(there)
        well = server.run(there, arguments, Fault())
        new = state(there)
        well_twice = server.run(there, arguments, Fault())
        twice = state(there)
        shutil.rmtree(there)
        return cls(server, arguments, base, room, old, new, twice, well, well_twice, {everything(base, old)})

    def calls(self, kind: str, what: str = "", site: str = "") -> Sequence[Call]:
        """Those calls of a command where nothing fails that are of a kind, and hold a text."""
        return [one for one in self.well.calls if one.kind == kind and what in one.what and site in one.site]

    def fault_at(self, call: Call, code: str = "", *, sticky: bool = False) -> Fault:
        """That call again, known by where it comes from: a number may be another's the next time."""
        if call.process != "0":
            # The first from its line: how often a copy comes there goes by how fast the others are.
            return Fault(COPIES, site=_line(call), code=code, sticky=sticky)
        alike = [one.number for one in self.well.calls if (one.process, one.site) == ("0", call.site)]
        place = alike.index(call.number) + 1
        return Fault(site=call.site, occurrence=place, code=code, sticky=sticky)

    def tried(self, troubles: Iterable[Fault]) -> tuple[int, Sequence[str]]:
        """Try faults one by one: how many came to pass, and what is wrong with how that was taken."""
        came, wrong = 0, []
        for trouble in troubles:
            fired, found = self.taken(trouble)
            came += bool(fired)
            wrong += [f"{trouble}: {fired}: {one}" for one in found]
        return came, wrong

    def taken(self, trouble: Fault) -> tuple[Sequence[Call], Sequence[str]]:
        """The calls that failed, and what is wrong with how the command took it; nothing, as it should be."""
        # In one place, since what is kept goes by it: what was put right once is known again.
        there = shutil.copytree(self.base, self.room / "copy", symlinks=True)
        try:
            ran = self.server.run(there, self.arguments, trouble)
            missed = (
                [f"{trouble} came, and did not fail"] if not ran.fired and trouble.comes(ran.calls) else []
            )
            return ran.fired, (*missed, *self._found(there, ran))
        finally:
            shutil.rmtree(there)

    def _found(self, there: Path, ran: Ran) -> Iterator[str]:
        after, fired = state(there), ran.fired
        stands = self._stands(after)
        printing = any(call.kind == "print" for call in fired)
        yield from _ended(ran, well=self.well.status)
        here = after.keys() - self.old.keys() - self.new.keys()
        marks = [path for path in here if _MARK.search(path)]
        if marks and not any(call.kind in _UNDOING for call in fired):
            yield f"it leaves {', '.join(sorted(marks))}"
        if stands is None and not marks:
            yield f"the target is neither the old nor the new: {_difference(self.old, after)}"
        elif stands == "old" and ran.status == self.well.status and self.new != self.old and not printing:
            yield "it says that all went well, and nothing was done"
        elif stands == "new" and ran.status == 2 and not printing:
            yield f"all was done, and it says that something failed: {ran.err.strip()}"
        yield from _left_behind(there, fired)
        left = everything(there, after)
        if left in self.recovered and not _ended_outright(fired):
            return
        faults = tuple(self._recovery(there, stands, ran))
        yield from faults
        if not faults:
            self.recovered.add(left)

    def _recovery(self, there: Path, stands: str | None, ran: Ran) -> Iterator[str]:
        again, found = self.server.run(there, self.arguments, Fault()), state(there)
        first, second = (self.new, self.well), (self.twice, self.well_twice)
        # What was half done the next run takes back, and does it; or it finishes that, and has nothing to do.
        wanted = {"old": (first,), "new": (second,), None: (first, second)}[stands]
        ends = [end for to, end in wanted if found == to]
        if not ends:
            yield f"the next run leaves something else: {_difference(wanted[0][0], found)}"
        elif not any((again.status, again.err) == (end.status, end.err) for end in ends):
            yield f"the next run ends with {again.status}: {again.err}"
        if _ended_outright(ran.fired) and (kept := _temporary(there)):
            yield f"what was killed left {', '.join(kept)}, and the next run let it lie"
        yield from _unsound(there)

    def _stands(self, after: State) -> str | None:
        return "new" if after == self.new else "old" if after == self.old else None


def state(folder: Path) -> State:
    """What stands in `work`, as its owner sees it: files, refs, and what git's index says."""
    work, found = folder / "work", {}
    for place, folders, files in os.walk(work):
        for name in (*files, *folders):
            path = Path(place, name)
            said = path.relative_to(work).as_posix()
            inside = f"/{said}/".partition("/.git/")[2]
            if inside.startswith(_APART) and inside != "index.lock/":
                continue
            if path.is_symlink():
                found[said] = f"link to {path.readlink()}"
            elif path.is_file():
                found[said] = f"{path.stat().st_mode:o} {sha256(path.read_bytes()).hexdigest()}"
            elif not inside:
                found[said] = "folder"
    if (work / ".git").exists():
        found["the index"] = git(work, "ls-files", "--stage")
    return found


def everything(folder: Path, stands: State) -> str:
    """A digest of all that the next run may see: what stands in `work`, and what is kept."""
    kept = {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted((folder / "cache").rglob("*"))
    }
    return sha256(repr((stands, kept)).encode()).hexdigest()


def _difference(one: State, other: State) -> str:
    ways = [
        f"{'+' if path not in one else '-' if path not in other else '~'}{path}"
        for path in sorted(one.keys() | other.keys())
        if one.get(path) != other.get(path)
    ]
    return f"{len(ways)}: {', '.join(ways[:8])}"


def _ended(ran: Ran, *, well: int | None) -> Iterator[str]:
    if ran.status is None:
        yield "it hung"
    elif ran.status not in (well, 2):
        yield f"it ended with {ran.status}: {ran.err}"
    if ran.left:
        yield "something of it went on running"
    lines = ran.err.splitlines()
    if ran.status == 2 and not (len(lines) == 1 and lines[0].startswith("ems: ")):
        yield f"the message is not one line: {ran.err}"
    if ran.status != 2 and any(not line.startswith("warning: ") for line in lines):
        yield f"it says what is no warning: {ran.err}"


def _left_behind(there: Path, fired: Sequence[Call]) -> Iterator[str]:
    left = _temporary(there)
    # What the system does not let go has to stay; it goes the way of all temporary files.
    may_stay = any(call.kind in ("read", "remove", "rmdir") for call in fired) or _ended_outright(fired)
    if left and not may_stay:
        yield f"it leaves {', '.join(left)} in the folder for temporary files"


def _temporary(there: Path) -> Sequence[str]:
    return sorted(path.name for path in (there / "temporary").iterdir())


def _ended_outright(fired: Sequence[Call]) -> bool:
    """Whether a copy was killed: it clears nothing away, and the next run does."""
    return any(call.fault == DIES for call in fired)


def _unsound(there: Path) -> Iterator[str]:
    if (there / "work/.git").exists():
        done = subprocess.run(
            ["git", "-C", there / "work", "fsck", "--strict", "--no-dangling", "--no-progress"],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            yield f"the repository is damaged: {done.stderr}"


def every_call(bench: Bench) -> Iterator[Fault]:
    """The n-th call fails, for every n; git and copies in every way that there is."""
    for call in bench.well.calls:
        for code in GIT_FAULTS if call.kind == GIT else ("",):
            yield Fault(call.process, call.number, code=code)
        if call.process != "0":
            yield Fault(call.process, call.number, code=DIES)


def chosen_calls(bench: Bench, *, within: Sequence[str], spread: int) -> Iterator[Fault]:
    """One call from each line that writes or starts something, and some more in equal steps.

    Each call of git fails in one of the ways, a copy of each kind that the command makes is killed; nothing
    that only reads fails. They are known by where they come from, so that they come again however copies
    share their work; all but those that a copy makes only when it has to wait for the command.

    Args:
        bench: the command.
        within: how the paths of the modules begin whose lines are meant.
        spread: about how many more.
    """
    writing = [call for call in bench.well.calls if call.kind != READS]
    first: dict[tuple[object, ...], Call] = {}
    for call in writing:
        line = _line(call).partition(" ")[2]
        # Whether a file is opened or written, it is the same care that is taken of it.
        kind = "write" if call.kind == "open" else call.kind
        if line.startswith(tuple(within)):
            first.setdefault((_whose(call), kind, line), call)
    for at, call in enumerate(first.values()):
        code = GIT_FAULTS[at % len(GIT_FAULTS)] if call.kind == GIT else ""
        yield Fault(_whose(call), site=_line(call), code=code)
    for at in range(0, len(writing), max(1, len(writing) // spread)):
        line = _line(writing[at])
        yield Fault(ANYBODY, site=line, occurrence=sum(_line(call) == line for call in writing[: at + 1]))
    begins: dict[str, str] = {}
    for call in writing:
        if _whose(call) == COPIES:
            begins.setdefault(call.process, " < ".join(call.site.split(" < ")[:2]))
    for site in dict.fromkeys(begins.values()):
        yield Fault(COPIES, site=site, code=DIES)


def _whose(call: Call) -> str:
    """Who is sure to come to a call."""
    return "0" if call.process == "0" else COPIES


def _line(call: Call) -> str:
    """Where a call comes from; of git, which comes from one line always, the whole way."""
    return call.site if call.kind == GIT else call.site.partition(" < ")[0]
