"""The user's own hooks around a commit that is made for them, as `git commit` would run them."""

from __future__ import annotations

from pathlib import Path

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.own import OwnGit
from mkdocs_ems.text import show


def run_hook(git: OwnGit, name: str, *arguments: str, index: Path | None = None) -> None:
    """Run one of them, if it is there.

    Args:
        git: their repository.
        name: the hook's.
        arguments: what git hands to it; nothing of it comes from content.
        index: what is to be committed.

    Raises:
        RepositoryError: it refused.
    """
    given = ["--", *arguments] if arguments else []
    status, output, said = git.attempt(["hook", "run", "--ignore-missing", name, *given], index=index)
    if status:
        told = " ".join(f"{decode(output)} {said}".split())[:400]
        raise RepositoryError(
            f"the {name} hook of this repository refused the approval, so nothing was written: "
            f"{show(told) or 'it did not say why'}"
        )


def message_after_hooks(git: OwnGit, message: str, *, workshop: Path, index: Path) -> bytes:
    """The message after the hooks that look at messages have seen it.

    Raises:
        RepositoryError: one refused it.
    """
    file = workshop / "COMMIT_EDITMSG"
    file.write_text(message, "utf-8")
    run_hook(git, "prepare-commit-msg", str(file), "message", index=index)
    run_hook(git, "commit-msg", str(file), index=index)
    return file.read_bytes()
