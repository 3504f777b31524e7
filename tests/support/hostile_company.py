"""Hostile repositories: each is a sound one of a small company, spoilt in one way.

The ways stand in `hostile_programs`, `hostile_entries` and `hostile_damage`, one function each; importing
them fills the list. A program that must never run is a canary beside the repository.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from mkdocs_ems import dataclass
from support.company import PEOPLE, POLICY, ROLES, procedure, register, settings
from support.story import Story

Reads = Literal["same", "refused", "refused from git", "somehow"]
Spoil = Callable[[Path], None]

MATRIX = """\
    - {types: [policy, rules, person, role], roles: [ROL-MD]}
    - {types: [procedure, aspect], roles: [ROL-EHS, ROL-OPS], accepts: [declared, recorded]}
"""
_WASTE, _ASPECTS = "ems/procedures/waste.md", "ems/registers/aspects.yml"
_PICTURE = "ems/procedures/flow.png"


@dataclass(frozen=True)
class Hostile:
    """One way to spoil a repository."""

    name: str
    spoil: Spoil
    reads: Reads
    """Whether all that is told of it is what is told of the sound one, all is refused, or either.

    What only says what to run, or what to overlook, changes nothing; what is not all there is refused,
    unless the work tree is asked about, which may hold what git has lost.
    """

    builds: bool
    """Whether a manual is built of it in the tests: seconds, so only where a build could be led astray."""


HOSTILE: list[Hostile] = []


def hostile(reads: Reads, *, builds: bool = False) -> Callable[[Spoil], Spoil]:
    """Take a way to spoil a repository into the list."""

    def noted(spoil: Spoil) -> Spoil:
        HOSTILE.append(Hostile(spoil.__name__.strip("_"), spoil, reads, builds))
        return spoil

    return noted


def program_of(folder: Path) -> Path:
    """The canary that stands beside a repository."""
    return folder.parent / "canary.sh"


def company(path: Path) -> Path:
    """A sound repository: two versions, a branch that parted, and a change that waits for approval."""
    story = Story(path)
    story.commit(
        {
            "ems/ems.yml": settings(matrix=MATRIX),
            "ems/registers/people.yml": PEOPLE,
            "ems/registers/roles.yml": ROLES,
            _ASPECTS: register("Solvents", "Noise"),
            "ems/policy.md": POLICY,
            _WASTE: procedure("Sort the waste. See ![flow](flow.png)."),
            _PICTURE: b"\x89PNG\r\n\x1a\n",
        },
        message="Adopt the system",
    )
    story.tag("v1", message="One")
    story.branch("work")
    story.commit({_ASPECTS: register("Solvents", "Noise", "Dust")}, message="See the dust")
    story.switch()
    story.commit({"ems/policy.md": POLICY.replace("protect", "spare")}, message="Other words")
    story.merge("work", by="eve")
    story.tag("v2", message="Two", by="mary")
    story.commit({_WASTE: procedure("Sort the waste weekly.")}, by="ann", message="Sort weekly")
    return story.check_out()
