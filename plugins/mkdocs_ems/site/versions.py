"""The parts of several versions: those that were kept are found, the others are made and kept.

How a version is made is handed in: it takes everything that compiles and renders, and nothing of
that is needed where all versions are kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.collector import collect_all
from mkdocs_ems.errors import OutputError
from mkdocs_ems.site.fresh import Fresh, not_kept
from mkdocs_ems.site.part import Part
from mkdocs_ems.site.part_head import PartKind
from mkdocs_ems.site.sharing import shared_out
from mkdocs_ems.site.store import Store
from mkdocs_ems.text import show


@dataclass(frozen=True, slots=True)
class Earlier:
    """The version before another."""

    name: str
    ref: str
    """Its full name in git."""
    folder: str
    tags_until: datetime
    """Tags that were set later are unknown to it."""


@dataclass(frozen=True, slots=True)
class Task:
    """One version that is to be made."""

    kind: PartKind
    name: str
    """Of the tag; `current` or `draft`."""
    ref: str | None
    """Its full name in git; None for the work tree."""
    shown: str
    """What the foot of its pages calls that."""
    folder: str
    title: str
    key: str
    day: date
    """On which it is judged, as far as it can be told beforehand."""
    commit: str = ""
    tag: str | None = None
    """The object of the tag."""
    as_of: date | None = None
    """The day that is asked for; None for the tag's own."""
    tags_until: datetime | None = None
    """Tags that were set later are unknown to it."""
    earlier: tuple[Earlier, ...] = ()
    """The versions before, newest first: it tells what changed since the first of them that can be read."""

    @property
    def is_kept(self) -> bool:
        """Whether what comes of it may be kept: the work tree is another each time."""
        return self.kind is not PartKind.DRAFT


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one version."""

    task: Task
    part: Part
    kept: bool
    """It had been made before."""
    fresh: Fresh | None = None
    """Its part is yet to be written: whoever puts it in its place packs it on the way."""
    seconds: float = 0.0
    resident: int = 0
    """Kilobytes of memory of the process that made it, afterwards; 0 where the system does not say."""
    warning: str = ""


MakePart = Callable[[Task, Path, Path | None], Part]
"""Makes a version and writes its part to a file that does not exist yet.

Where a folder is named, its files are left there instead, unless there are none.
"""

Tell = Callable[[Outcome], None]


def build_parts(
    tasks: Sequence[Task], *, make: MakePart, store: Store | None, work: Path, jobs: int
) -> Iterator[Outcome]:
    """Find or make the part of each version; in the order of the tasks, as they are done.

    Args:
        tasks: the versions.
        make: makes one; a function of a module, or `functools.partial` of one.
        store: where parts are kept; None to keep none.
        work: an empty folder for parts that are not.
        jobs: how many processes.

    Raises:
        EmsError: a version could not be made for reasons that are not its own.
    """
    found = {task: _kept(task, store) for task in tasks}
    missing = [task for task, part in found.items() if part is None]
    # Many would take too much room; one is in its place sooner than out of its part.
    leave = len(missing) == 1
    made = shared_out(partial(_made, make, store, work, leave), missing, jobs=jobs, spreads=True)
    for task, part in found.items():
        yield next(made) if part is None else Outcome(task, part, kept=True)


def _kept(task: Task, store: Store | None) -> Part | None:
    return store.find(task.key) if store is not None and task.is_kept else None


def _made(make: MakePart, store: Store | None, work: Path, leave: bool, task: Task) -> Outcome:  # noqa: FBT001 - bound by `partial`
    began = time.monotonic()
    # What the version before this one left in this process.
    collect_all()
    rendered = work / task.folder if leave else None
    part = make(task, work / f"{task.folder}.part", rendered)
    keeps = store if task.is_kept else None
    fresh, warning = None, ""
    if rendered is not None and not part.head.failed:
        fresh = Fresh(part.head, rendered, part.path, keeps)
    elif keeps is not None:
        part, warning = _moved(keeps, part)
    return Outcome(
        task,
        part,
        kept=False,
        fresh=fresh,
        seconds=time.monotonic() - began,
        resident=_resident(),
        warning=warning,
    )


def _moved(store: Store, part: Part) -> tuple[Part, str]:
    try:
        kept = store.keep(part)
    except OutputError as fault:
        return part, not_kept(fault)
    part.path.unlink()
    return kept, ""


def _resident() -> int:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def check_made_from(task: Task, part: Part) -> None:
    """Refuse a part that another job made, unless this repository would make the same here.

    Raises:
        OutputError: it is another.
    """
    if part.head.key != task.key:
        raise OutputError(
            f"{part.path} is not {show(task.name)} as it would be built here: another version of the "
            "program, another configuration, day or state of the repository made it; build it again"
        )
