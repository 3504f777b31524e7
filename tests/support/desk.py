"""A desk at which somebody approves: a real repository, a user's settings, the command, a fixed moment."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_ems.cli import approve
from mkdocs_ems.cli.main import ems
from mkdocs_ems.compile import controlled_state
from mkdocs_ems.control import ControlState, DocumentControl
from mkdocs_ems.git import Repository
from support.company import PEOPLE, POLICY, ROLES, procedure, settings
from support.shell import git
from support.story import Changes, Story

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
WASTE = "ems/procedures/waste.md"


class Desk:
    """The small company of `support.company`, and one of its people at a computer."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, *, object_format: str = "sha1") -> None:
        for name in [name for name in os.environ if name.startswith(("GIT_", "SSH_", "EMS_"))]:
            patch.delenv(name)
        self._config = folder / "gitconfig"
        self._patch = patch
        patch.setenv("GIT_CONFIG_GLOBAL", str(self._config))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("COLUMNS", "80")
        self.now = NOW
        patch.setattr(approve, "this_moment", lambda: self.now)
        self.story = Story(folder / "repository", object_format=object_format)
        self.sit("eve")

    @property
    def root(self) -> Path:
        """The top of the work tree."""
        return self.story.path

    def sit(self, name: str, *, mail: str | None = None) -> None:
        """Let somebody sit down: their settings are those of the computer from now on."""
        address = mail or f"{name}@example.org"
        self._config.write_text(f"[user]\n\tname = {name.capitalize()}\n\temail = {address}\n")

    def begin(self, *, ems_yml: str | None = None, **files: str | bytes) -> None:
        """Adopt the system: rules, people, roles, the policy, one procedure, and files by path."""
        base: dict[str, str | bytes] = {
            "mkdocs.yml": "docs_dir: ems\n",
            "ems/ems.yml": ems_yml or settings(),
            "ems/registers/people.yml": PEOPLE,
            "ems/registers/roles.yml": ROLES,
            "ems/policy.md": POLICY,
            WASTE: procedure(),
        }
        self.story.commit({**base, **files}, by="ann", message="Adopt the system")

    def change(
        self, changes: Changes | None = None, *, by: str = "ann", message: str = "Sort weekly"
    ) -> None:
        """Commit a change, of the procedure where none is named, and check it out."""
        self.story.commit(changes or {WASTE: procedure("Sort the waste weekly.")}, by=by, message=message)
        self.story.check_out()

    def approve(self, *arguments: object, answer: str | None = None, ask: bool = False) -> Result:
        """Run `ems approve`; with an answer, or `ask`, as at a terminal, else with `--yes`."""
        there = ask or answer is not None
        self._patch.setattr(approve, "_somebody_is_there", lambda: there)
        asked = ["approve", "--repo", str(self.root), *map(str, arguments)]
        asked += [] if there or "--ask" in asked else ["--yes"]
        done = CliRunner().invoke(
            ems, [one for one in asked if one != "--ask"], input=answer, prog_name="ems"
        )
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    def control(self) -> ControlState:
        """Document control of what is committed."""
        with Repository.open(self.root) as repository:
            return controlled_state(repository, ref="HEAD", as_of=self.now.date(), now=self.now).control

    def document(self, identity: str = "PRO-001") -> DocumentControl:
        """One document of what is committed."""
        return self.control().documents[identity]

    def git(self, *arguments: str) -> str:
        """Ask git something about the repository."""
        return git(self.root, *arguments)

    def status(self) -> str:
        """What differs from what is committed."""
        return self.git("status", "--porcelain", "--untracked-files=all")

    def said(self, done: Result) -> str:
        """All that was printed, on one line."""
        return " ".join(done.output.split())
