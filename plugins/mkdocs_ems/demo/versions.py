"""The files of the demonstration, each in all its versions.

The last version is the file below `story/files`; every earlier one is made from the
one after it. Readings, which are only ever added, are told by the month instead. An
edit that does not fit exactly is an error of ours and says so: a story that goes on
with the wrong text would be believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, assert_never

import yaml

from mkdocs_ems import dataclass

_RENAMED = {".gitignore": "dot-gitignore"}
"""What git or a packager would obey if it bore its own name here."""

_READINGS = "ems/records/readings"
_ROW = "  - id: "


@dataclass(frozen=True, slots=True)
class Replacement:
    """Text of the later version, and what stood there before."""

    now: str
    was: str
    every: bool
    row: str | None = None
    """The row of a register that is meant; without one, the whole text."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Lines that the earlier version did not have yet."""

    first: str
    until: str | None


Edit = Replacement | Cut


def story() -> Traversable:
    """The folder of the story's data, in the source tree and in an installed package alike."""
    return files("mkdocs_ems.demo").joinpath("story")


def story_data(name: str) -> Any:  # noqa: ANN401  # whatever YAML holds; the callers know its shape
    """One YAML file of the story."""
    return yaml.load(story().joinpath(name).read_bytes(), Loader=yaml.CSafeLoader)


def _month(period: str) -> str:
    """The last month of a period: `2026-06` of `2026-06-16` and of `2026-Q2`."""
    year, _, quarter = period.partition("-Q")
    return f"{year}-{int(quarter) * 3:02}" if quarter else period[:7]


def readings(*, until: str) -> dict[str, bytes]:
    """Every series of readings as it stood when those of a month had come in.

    Series only grow, so that an earlier state is a beginning: it needs no versions.
    """
    folder = story().joinpath("files", *_READINGS.split("/"))
    series: dict[str, bytes] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        head, *lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        come = [line for line in lines if _month(line.split(",")[1]) <= until]
        if come:
            series[f"{_READINGS}/{file.name}"] = "".join((head, *come)).encode("utf-8")
    return series


def _edit(written: Mapping[str, Any]) -> Edit:
    if "cut" in written:
        return Cut(written["cut"], written.get("until"))
    return Replacement(
        written["now"], written.get("was", ""), written.get("every", False), written.get("row")
    )


def undo(text: str, edit: Edit, *, where: str) -> str:
    """The text before an edit was made.

    Raises:
        ValueError: the edit does not fit the text; `where` says which file and version.
    """
    match edit:
        case Replacement():
            start, end = _row(text, edit.row, where=where) if edit.row else (0, len(text))
            meant = text[start:end]
            found = meant.count(edit.now)
            if found == 0 or (found > 1 and not edit.every):
                raise ValueError(f"{where}: {edit.now!r} stands there {found} times")
            return text[:start] + meant.replace(edit.now, edit.was) + text[end:]
        case Cut():
            start = _line(text, edit.first, after=0, where=where)
            if edit.until is None:
                return text[:start].rstrip("\n") + "\n"
            return text[:start] + text[_line(text, edit.until, after=start, where=where) :]
        case _:
            assert_never(edit)


def _row(text: str, name: str, *, where: str) -> tuple[int, int]:
    """Where a row begins and ends."""
    start = _line(text, f"{_ROW}{name}\n", after=0, where=where)
    following = text.find("\n" + _ROW, start)
    return start, following + 1 if following >= 0 else len(text)


def _line(text: str, beginning: str, *, after: int, where: str) -> int:
    at = text.find("\n" + beginning, after)
    if at < 0:
        raise ValueError(f"{where}: no line begins with {beginning!r}")
    return at + 1


class Versions:
    """Every version of every file, by path and number from 1 upward."""

    def __init__(self) -> None:
        written: Mapping[str, Mapping[int, list[Mapping[str, Any]]]] = story_data("versions.yml")
        self._edits = {
            path: {number: tuple(map(_edit, edits)) for number, edits in versions.items()}
            for path, versions in written.items()
        }
        self._known: dict[tuple[str, int], str] = {}

    def last(self, path: str) -> int:
        """The number of a file's last version."""
        return len(self._edits.get(path, ())) + 1

    def read(self, path: str, number: int) -> bytes:
        """One version of a file."""
        return self._text(path, number).encode("utf-8")

    def _text(self, path: str, number: int) -> str:
        if (path, number) not in self._known:
            self._known[path, number] = self._make(path, number)
        return self._known[path, number]

    def _make(self, path: str, number: int) -> str:
        if number > self.last(path):
            raise ValueError(f"{path} has no version {number}")
        if number == self.last(path):
            return story().joinpath("files", _RENAMED.get(path, path)).read_bytes().decode("utf-8")
        text = self._text(path, number + 1)
        for edit in self._edits[path][number]:
            text = undo(text, edit, where=f"{path}, version {number}")
        return text
