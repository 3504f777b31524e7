"""Who signed a tag, by the keys that were approved at its date: said in words, never a bare tick.

A tag decides about no approval. What its signature adds is who vouches that this name leads to
this commit; so a signature that does not hold is told, and takes nothing away.
"""

from __future__ import annotations

from mkdocs_ems import dataclass


@dataclass(frozen=True, slots=True)
class TagSignature:
    """What became of a tag's signature."""

    words: str
    """A predicate of the tag: `is signed by anna@example.org`."""
    principal: str = ""
    """Whose listed key made it; empty where it does not hold."""


NOT_SIGNED = TagSignature("is not signed")
