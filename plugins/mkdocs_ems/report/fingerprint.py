"""What makes a finding the same one as yesterday's: its rule and what it is about, never its line.

Messages name dates and counts, and lines move with every edit; neither is part of it.
Several findings of one rule about the same thing are told apart by their order.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from mkdocs_ems.diagnostics import Diagnostic

Subject = tuple[str, str]
"""A rule's code, and the id or else the path that a finding of it is about."""


def subject(one: Diagnostic) -> Subject:
    """What a finding is about."""
    return one.code, one.id or one.span.path


def fingerprints(found: Iterable[Diagnostic]) -> tuple[str, ...]:
    """A name for each finding that stays as long as the finding does: 64 hexadecimal digits."""
    seen: Counter[Subject] = Counter()
    made: list[str] = []
    for one in found:
        about = subject(one)
        text = "\0".join((*about, str(seen[about])))
        seen[about] += 1
        made.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    return tuple(made)
