"""GitPython, told which git is meant before it is loaded.

Loaded as it comes, it starts `git version` by whatever the PATH finds first, which may be a file of the
folder where somebody stands; and where no git is found, it cannot be loaded at all. Nothing else
may import it.
"""

from __future__ import annotations

import os

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.programs import find_program

_TOLD = {"GIT_PYTHON_GIT_EXECUTABLE": find_program("git") or os.devnull, "GIT_PYTHON_REFRESH": "quiet"}
_BEFORE = {name: os.environ.get(name) for name in _TOLD}
os.environ.update(_TOLD)
try:
    from git import Git, GitCommandError, GitCommandNotFound
finally:
    for _name, _value in _BEFORE.items():
        if _value is None:
            del os.environ[_name]
        else:
            os.environ[_name] = _value

__all__ = ["Git", "GitCommandError", "GitCommandNotFound", "not_started"]


def not_started(error: GitCommandNotFound | OSError) -> RepositoryError:
    """What to say where git was found, and the system did not start it."""
    fault = error if isinstance(error, OSError) else error.__cause__
    why = (isinstance(fault, OSError) and fault.strerror) or "it is not there any more"
    return RepositoryError(f"git cannot be started: {why}; try again in a moment")
