"""What is to be committed on a user's own repository, on top of what, and what came of it: values only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mkdocs_ems import dataclass
from mkdocs_ems.git.values import Identity


@dataclass(frozen=True, slots=True)
class Head:
    """Where the user stands: the branch, by its full name, and its last commit."""

    ref: str
    commit: str

    @property
    def branch(self) -> str:
        """The branch's name."""
        return self.ref.removeprefix("refs/heads/")


@dataclass(frozen=True, slots=True)
class Commission:
    """What is to be committed, by whom, on top of what."""

    files: Mapping[str, bytes]
    """New files: path from the top of the work tree, with `/`, and bytes."""
    message: str
    by: Identity
    when: datetime
    """Timezone-aware."""
    head: Head
    """Where the user stood when they were asked; if they stand elsewhere now, nothing is done."""


@dataclass(frozen=True, slots=True)
class Made:
    """The commit that holds the new files."""

    id: str
    by_hook: bool = False
    """A hook of the repository made it before we could."""
