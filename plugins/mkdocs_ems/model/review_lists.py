"""What a management review has to look at and to conclude, by edition (9.3).

Only facts about the standard, in our own words: what a review of the organisation holds is judged
elsewhere. The data stands in `review_lists.json`; its keys are the fields of `reviews`.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from mkdocs_ems import dataclass


@dataclass(frozen=True, slots=True)
class ReviewPoint:
    """One input or result of a review."""

    key: str
    """The field that holds it."""
    words: str
    """What it is, for a sentence."""
    always: bool
    """Whether every review has it; else only where it is called for."""


@cache
def review_inputs(edition: str) -> tuple[ReviewPoint, ...]:
    """What a review looks at in an edition; empty for an unknown one."""
    return _points("inputs", edition)


@cache
def review_results(edition: str) -> tuple[ReviewPoint, ...]:
    """What a review concludes in an edition; empty for an unknown one."""
    return _points("results", edition)


def _points(part: str, edition: str) -> tuple[ReviewPoint, ...]:
    text = resources.files("mkdocs_ems.model").joinpath("review_lists.json").read_text(encoding="utf-8")
    return tuple(
        ReviewPoint(one["key"], one[edition], one.get("always", True))
        for one in json.loads(text)[part]
        if edition in one
    )
