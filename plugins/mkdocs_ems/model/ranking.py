"""Places in a ranking of scores: the highest first, equal scores share a place.

Exact: scores are compared as fractions, so that what ties on paper ties here.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from mkdocs_ems.model.assessment import Place
from mkdocs_ems.model.method import Rank
from mkdocs_ems.model.prepared import places


def ranked(scores: Mapping[int, Fraction], rank: Rank) -> Mapping[int, Place]:
    """The place of each score, by its key.

    Of those that share the last significant place all are significant, or none, as `ties` says;
    never some of them: nothing but the score may decide.
    """
    count = len(scores)
    first = places(rank, count)
    found: dict[int, Place] = {}
    ordered = sorted(scores, key=lambda key: scores[key], reverse=True)
    at = 0
    while at < count:
        end = at
        while end < count and scores[ordered[end]] == scores[ordered[at]]:
            end += 1
        among = at < first if rank.ties == "in" else end <= first
        place = Place(rank=at + 1, of=count, sharing=end - at - 1, first=first, among=among)
        found |= dict.fromkeys(ordered[at:end], place)
        at = end
    return found
