"""The corpus of bad and malicious content below `tests/hostile/content/`, as values.

A case is what somebody might write, and what becomes of it: an error that names file and
line, or nothing but words. It stands as data, so that a case costs three lines. Nothing
here asserts anything.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import yaml

from mkdocs_ems import dataclass
from support.company import PEOPLE, POLICY, ROLES, settings

CORPUS = Path(__file__).parent.parent / "hostile" / "content"
MATRIX = """\
    - {types: [policy, rules, person, role, procedure, aspect, obligation, role], roles: [ROL-MD]}
"""
BASE: Mapping[str, str] = {
    "ems/ems.yml": settings(matrix=MATRIX),
    "ems/policy.md": POLICY,
    "ems/registers/people.yml": PEOPLE,
    "ems/registers/roles.yml": ROLES,
}
"""The small company that every case comes to."""

_HEAD = "---\nid: P-@@\ntype: procedure\ntitle: Title of @@\nowner: ROL-EHS\n---\n"
"""Of a case that is nothing but a body; the body begins in line 7."""


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link, and where it leads."""

    target: str


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: its rule and its place."""

    code: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Case:
    """Something bad that somebody wrote."""

    name: str
    files: Mapping[str, bytes | Link]
    """By path from the repository's root; they come to the base, or take the place of its files."""
    finds: tuple[Found, ...]
    """What has to be found; empty where it is accepted, and inert."""
    shown: str
    """Words of it that have to stand in the manual."""
    document: str
    """The document to approve."""
    slow: bool
    """Whether it was made to take long: its time and its memory are measured."""
    alone: bool
    """Whether it replaces files of the base, so that no other case can stand beside it."""

    @property
    def size(self) -> int:
        """Bytes of its files together."""
        return sum(len(content) for content in self.files.values() if isinstance(content, bytes))


def corpus() -> tuple[Case, ...]:
    """Every case, in the order of the files and within them."""
    told = [
        entry for file in sorted(CORPUS.glob("*.yml")) for entry in yaml.safe_load(file.read_text("utf-8"))
    ]
    return tuple(_case(entry, f"{number:03}") for number, entry in enumerate(told, 1))


def _case(entry: Mapping[str, object], number: str) -> Case:
    given = dict(entry)
    name = str(given.pop("name"))
    body = given.pop("body", None)
    written = given.pop("files", None)
    if body is not None:
        written = {"ems/procedures/@@.md": [_HEAD, *(body if isinstance(body, list) else [body]), "\n"]}
    assert isinstance(written, dict), name
    files = {_numbered(path, number): _file(told, number) for path, told in written.items()}
    own = tuple(_found(str(one), number, next(iter(files))) for one in given.pop("finds", ()))  # type: ignore[attr-defined]
    document = given.pop("document", "P-@@" if body is not None else "")
    shown = _numbered(str(given.pop("shown", "")), number)
    slow, alone = bool(given.pop("slow", False)), any(path in BASE for path in files)
    assert not given, f"{name}: {given}"
    return Case(name, files, own, shown, _bytes(document, number).decode(), slow, alone)


def _found(told: str, number: str, first: str) -> Found:
    """`SCH001:3` is that rule in line 3 of the case's first file; another file stands behind a blank."""
    place, _, path = told.partition(" ")
    code, _, line = place.partition(":")
    return Found(code, _numbered(path, number) or first, int(line))


def _numbered(text: str, number: str) -> str:
    return text.replace("@@", number)


def _file(told: object, number: str) -> bytes | Link:
    if isinstance(told, dict) and "link" in told:
        return Link(_numbered(str(told["link"]), number))
    return _bytes(told, number)


def _bytes(told: object, number: str) -> bytes:
    """Text, or pieces of it: `{repeat: x, times: 3}`, `{hex: e4}`."""
    match told:
        case str():
            return _numbered(told, number).encode("utf-8", "surrogatepass")
        case list():
            return b"".join(_bytes(piece, number) for piece in told)
        case {"repeat": str(text), "times": int(times)}:
            return text.encode() * times
        case {"hex": digits}:
            return bytes.fromhex(str(digits))
        case _:
            raise AssertionError(told)


def batches(cases: Iterable[Case]) -> tuple[tuple[Case, ...], ...]:
    """Cases side by side in as few repositories as their files allow."""
    made: list[tuple[list[Case], set[str]]] = []
    for case in cases:
        for together, taken in made:
            if taken.isdisjoint(case.files):
                together.append(case)
                taken.update(case.files)
                break
        else:
            made.append(([case], set(case.files)))
    return tuple(tuple(together) for together, _ in made)


def write(root: Path, files: Mapping[str, bytes | Link]) -> None:
    """Lay files over a folder."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Link):
            file.symlink_to(content.target)
        else:
            file.write_bytes(content)


@contextmanager
def laid_over(root: Path, case: Case) -> Iterator[None]:
    """A case in a work tree that holds the base; afterwards the base stands there again."""
    write(root, case.files)
    try:
        yield
    finally:
        shutil.rmtree(root / "ems")
        write(root, {path: text.encode() for path, text in BASE.items()})
