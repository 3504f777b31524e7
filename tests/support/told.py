"""The company of `support.company` in a real repository, and what document control makes of it.

For stories that only git itself can tell: what a merge button leaves behind, where a branch took
in the main line, which dates and tags there are. Nothing here asserts anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from mkdocs_ems.control import ControlState, DocumentControl, derive_control
from mkdocs_ems.control.recording import record_bytes, record_name
from mkdocs_ems.control.records import ApprovalRecord
from mkdocs_ems.git import Repository
from support.company import PEOPLE, POLICY, REPOSITORY, ROLES, procedure, settings
from support.story import Story

PATH = "ems/procedures/waste.md"
STEPS = "\n\n".join(f"Step {at}." for at in range(12))
"""Long enough that git merges changes at both its ends."""


def steps(*, first: str = "Step 0.", last: str = "Step 11.") -> str:
    """A procedure of twelve steps, with another first or last one."""
    return procedure(STEPS.replace("Step 0.", first).replace("Step 11.", last))


def begin(story: Story, files: Mapping[str, str] | None = None, *, folder: str = "ems") -> Story:
    """Adopt the rules, the people, the policy and further files by their whole paths."""
    base = {
        f"{folder}/ems.yml": settings(),
        f"{folder}/registers/people.yml": PEOPLE,
        f"{folder}/registers/roles.yml": ROLES,
        f"{folder}/policy.md": POLICY,
    }
    story.commit({**base, **(files or {})}, by="ann", message="Adopt the system")
    return story


def control(
    story: Story, *, as_of: str = "2026-12-31", content: str = "ems", asked: bool = True
) -> ControlState:
    """Document control at the tip of the current branch."""
    story.flush()
    with Repository.open(story.path) as repository:
        snapshot = repository.snapshot(story.head, content=content)
        history = repository.history(story.head, content=content, main_branch="main")
        day = date.fromisoformat(as_of)
        return derive_control(history, snapshot, blobs=repository.blobs, as_of=day, asked=asked)


def document(story: Story, identity: str = "PRO-001", *, as_of: str = "2026-12-31") -> DocumentControl:
    """One document at the tip of the current branch."""
    return control(story, as_of=as_of).documents[identity]


def writers(story: Story, identity: str = "PRO-001") -> set[str | None]:
    """Who wrote what is pending; empty where nothing is."""
    pending = document(story, identity).pending
    return {author.id for author in pending.authors} if pending is not None else set()


def approvers(story: Story, identity: str = "PRO-001") -> list[str | None]:
    """Who approved the issue in force; empty where there is none or it was adopted."""
    issue = document(story, identity).in_force
    return [act.person.id for act in issue.approvals] if issue is not None else []


def record(
    story: Story,
    path: str = PATH,
    *,
    by: str,
    meaning: str = "approval",
    parts: Mapping[str, str] | None = None,
    **other: object,
) -> dict[str, bytes]:
    """An approval record for a file as it stands at the tip; `parts` is target to whole path."""

    def checksum(at: str) -> str:
        return sha256(story.writer.files(story.head)[at].data).hexdigest()

    said = {
        "schema": "ems-approval/1",
        "repository": REPOSITORY,
        "document": "PRO-001",
        "issue": 1,
        "meaning": meaning,
        "manifest": {
            "main": checksum(path),
            "parts": {target: checksum(at) for target, at in (parts or {}).items()},
        },
        "previous": [],
        "approver": f"{by}@example.org",
        "date": story.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    made = ApprovalRecord.model_validate({**said, **other})
    return {f"ems/records/approvals/{record_name(made, 1)}": record_bytes(made)}
