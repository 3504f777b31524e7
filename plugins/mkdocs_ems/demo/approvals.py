"""Approval records of the story, computed from the content that they approve.

Written as everybody writes them (`control.recording`). Nothing here judges whether an
approval counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from functools import lru_cache
from hashlib import sha256

from mkdocs_ems import dataclass
from mkdocs_ems.control import RULES_ID
from mkdocs_ems.control.recording import record_bytes, record_name
from mkdocs_ems.control.records import ApprovalRecord
from mkdocs_ems.demo.steps import Approving
from mkdocs_ems.source import local_parts, read_identity

Tree = Mapping[str, bytes]
"""Path from the repository's root to its bytes."""

FOLDER = "ems/records/approvals"
_RULES, _SIGNERS = "ems/ems.yml", "ems/allowed_signers"
_identity = lru_cache(maxsize=None)(read_identity)


@dataclass(frozen=True, slots=True)
class State:
    """One state of the main branch."""

    commit: str
    tree: Tree


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _manifest(document: str, tree: Tree) -> tuple[str, Mapping[str, str]] | None:
    """The digest of the document's file, and of each part by its target as written."""
    if document == RULES_ID:
        if _RULES not in tree:
            return None
        parts = {"allowed_signers": _digest(tree[_SIGNERS])} if _SIGNERS in tree else {}
        return _digest(tree[_RULES]), parts
    for path, data in tree.items():
        controlled = path.startswith("ems/") and not path.startswith("ems/records/")
        if controlled and path.endswith((".md", ".yml")) and _identity(path, data) == document:
            parts = {target: _digest(tree[at]) for target, at in local_parts(path, data) if at in tree}
            return _digest(data), dict(sorted(parts.items()))
    return None


def _before(document: str, tree: Tree, past: Sequence[State]) -> tuple[Tree, str]:
    """The last state of the main branch without this content, and the commit that brought it."""
    manifest = _manifest(document, tree)
    landed = ""
    for state in reversed(past):
        if _manifest(document, state.tree) != manifest:
            return state.tree, landed
        landed = state.commit
    return {}, landed


def record(approving: Approving, tree: Tree, *, past: Sequence[State], repository: str) -> tuple[str, bytes]:
    """Path and bytes of one approval record.

    Args:
        approving: who approves what, as the story has it.
        tree: the state that the record lands in.
        past: the states of the main branch so far.
        repository: the repository's id in `ems.yml`.
    """
    manifest = _manifest(approving.document, tree)
    if manifest is None:
        raise ValueError(f"{approving.document} is approved at {approving.at} and is not there")
    folder = f"{FOLDER}/{approving.document}/"
    earlier, landed = _before(approving.document, tree, past)
    main, parts = manifest
    said: dict[str, object] = {
        "schema": "ems-approval/1",
        "repository": repository,
        "document": approving.document,
        "issue": approving.issue,
        "meaning": approving.meaning,
        "manifest": {"main": main, "parts": dict(parts)},
        "previous": sorted(
            _digest(data)
            for path, data in earlier.items()
            if path.startswith(folder) and path.endswith(".yml")
        ),
        "approver": approving.approver,
        "role": approving.role,
        "authors": approving.authors,
        "date": f"{approving.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        **approving.more,
    }
    if approving.scan is not None:
        said["source"] = {"scan": approving.scan, "sha256": _digest(tree[folder + approving.scan])}
    elif approving.review is not None:
        said["source"] = {**approving.review, "event": landed}
    made = ApprovalRecord.model_validate({key: value for key, value in said.items() if value is not None})
    return f"{FOLDER}/{record_name(made, approving.n)}", record_bytes(made)
