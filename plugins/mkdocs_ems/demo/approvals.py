"""Approval records of the story, computed from the content that they approve.

The form is the one that documents promise to keep: keys in this order, plain scalars,
line feeds. Nothing here judges whether an approval counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from functools import lru_cache
from hashlib import sha256

from mkdocs_ems.demo.steps import Approving
from mkdocs_ems.source import local_parts, read_identity

Tree = Mapping[str, bytes]
"""Path from the repository's root to its bytes."""

_FOLDER = "ems/records/approvals"
_identity = lru_cache(maxsize=None)(read_identity)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _manifest(document: str, tree: Tree) -> tuple[str, Mapping[str, str]] | None:
    """The digest of the document's file, and of each part by its target as written."""
    for path, data in tree.items():
        controlled = path.startswith("ems/") and not path.startswith("ems/records/")
        if controlled and path.endswith((".md", ".yml")) and _identity(path, data) == document:
            parts = {target: _digest(tree[at]) for target, at in local_parts(path, data) if at in tree}
            return _digest(data), dict(sorted(parts.items()))
    return None


def _before(document: str, tree: Tree, past: Sequence[Tree]) -> Tree:
    """The last state of the main branch that did not hold this content yet."""
    manifest = _manifest(document, tree)
    for state in reversed(past):
        if _manifest(document, state) != manifest:
            return state
    return {}


def record(approving: Approving, tree: Tree, *, past: Sequence[Tree], repository: str) -> tuple[str, bytes]:
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
    folder = f"{_FOLDER}/{approving.document}/"
    earlier = _before(approving.document, tree, past)
    previous = sorted(_digest(data) for path, data in earlier.items() if path.startswith(folder))
    main, parts = manifest
    shown = ", ".join(f'"{target}": {digest}' for target, digest in parts.items())
    lines = [
        "schema: ems-approval/1",
        f"repository: {repository}",
        f"document: {approving.document}",
        f"issue: {approving.issue}",
        f"meaning: {approving.meaning}",
        f"manifest: {{main: {main}, parts: {{{shown}}}}}",
        f"previous: [{', '.join(previous)}]",
        f"approver: {approving.approver}",
        f"role: {approving.role}",
        f"authors: [{', '.join(approving.authors)}]",
        f"date: {approving.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    ]
    if approving.effective_from:
        lines.append(f"effective_from: {approving.effective_from}")
    name = f"{approving.issue}-{approving.meaning}-{approving.approver}-1.yml"
    return folder + name, ("\n".join(lines) + "\n").encode("utf-8")
