"""What a forge tells of a merged request, in one form for every forge.

Values only: nothing here asks anybody, and nothing here judges. What a forge leaves out is
None, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, Protocol

from mkdocs_ems import dataclass
from mkdocs_ems.errors import EmsError

ForgeName = Literal["github", "gitlab", "forgejo"]


class ForgeError(EmsError):
    """The forge cannot be asked, or its answer cannot be used; nothing was written."""


class NotThereError(ForgeError):
    """The forge has nothing under this address, or hides it from this token."""


class NotAllowedError(ForgeError):
    """The token may not read this."""


class IncompleteError(ForgeError):
    """The forge does not tell all of one request; what it lands can be approved otherwise."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the forge. One that was deleted is None, wherever an account may stand."""

    name: str
    bot: bool = False
    """Of a program, as far as the forge says so."""


@dataclass(frozen=True, slots=True)
class Request:
    """A merged request."""

    project: str
    """The project that it was merged into, as its interface is asked for it."""
    number: int
    label: str
    """How people call it: `owner/name#12`."""
    target: str
    """The branch that it was merged into."""
    opener: Account | None
    source_project: str | None
    """Where its branch lay; None for a fork that is gone."""
    source: str
    """Its branch."""
    head: str
    """The last commit of its branch."""
    landed: tuple[str, ...]
    """The commits that the merge made on the target, as far as the forge names them."""


@dataclass(frozen=True, slots=True)
class Written:
    """One commit of a request."""

    id: str
    parents: tuple[str, ...]
    account: Account | None
    """Whose the forge takes it for."""
    mail: str
    coauthors: tuple[str, ...] = ()
    """Mail addresses of those whom its message names as co-authors: a squash may lose them."""


@dataclass(frozen=True, slots=True)
class Push:
    """One push to a branch."""

    actor: Account | None
    branch: str
    before: str | None
    """The branch's last commit before; None where the branch began with this push."""
    after: str


@dataclass(frozen=True, slots=True)
class Review:
    """What one reviewer decided."""

    label: str
    """How the record names it; the same whenever it is asked for."""
    reviewer: Account | None
    verdict: Literal["approved", "refused", "dismissed"]
    commit: str | None
    """The commit that was reviewed."""
    done: datetime
    """Timezone-aware."""


class Forge(Protocol):
    """One project on one forge."""

    name: ForgeName
    project: str

    def close(self) -> None:
        """Close the connections."""
        ...

    def requests(self, commit: str) -> tuple[Request, ...]:
        """The merged requests that brought a commit onto a branch; none for what was pushed directly.

        Raises:
            ForgeError: the forge cannot be asked, or its answer cannot be used; so for all of these.
        """
        ...

    def reviews(self, request: Request) -> tuple[Review, ...]:
        """Every decision of every reviewer, oldest first; mere remarks left out."""
        ...

    def commits(self, request: Request) -> tuple[Written, ...]:
        """Every commit of a request."""
        ...

    def pushes(self, project: str) -> Iterator[Push]:
        """Every push to a branch of a project, newest first; asked for page by page."""
        ...

    def file(self, path: str, commit: str) -> bytes | None:
        """A file of the project as it stood at a commit; None where there is none."""
        ...
