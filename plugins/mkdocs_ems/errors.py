"""Faults of the environment or of usage: one line on stderr, exit 2.

What a user wrote in the content never raises; it becomes a finding. What stands
here is the other half: there is no repository, the ref does not exist, an option
makes no sense. Each message says what is wrong, where, and what to do next.
"""

from __future__ import annotations


class EmsError(Exception):
    """The command cannot go on; ``str(error)`` is the one line that is shown."""


class RepositoryError(EmsError):
    """The repository is missing, of an unsupported form, or not wholly there."""


class CutShortError(RepositoryError):
    """The machine did not let git go on, which says nothing of the repository: another run may go well."""


class RefError(EmsError):
    """A ref or commit that was named does not exist or is not usable."""


class UsageError(EmsError):
    """Options or settings of the command contradict each other or the content."""


class OutputError(EmsError):
    """The output cannot be written where it was asked for."""


class SigningError(EmsError):
    """Signatures cannot be made or verified here: a program or a key is missing."""
