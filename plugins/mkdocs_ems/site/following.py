"""What became of rows of one version in another, by what each version tells of the one before it.

A version names the one that it was compared with, and the rows that went by another id there. From
one to another these steps are gone in order, back to a version that both come from, where neither
comes from the other. A row is followed only as long as each version on the way has it: whoever got
the id of a row that was gone is another. Of a version that was compared with none, nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mkdocs_ems.pages.successor import Became
from mkdocs_ems.site.part_head import PartHead


def followed(heads: Mapping[str, PartHead], *, here: str, there: str) -> Mapping[str, Became]:
    """Find the rows that go by another id in another version, by the id that they have in this one.

    Args:
        heads: what each version says of itself, by its folder.
        here: the folder of this one.
        there: the folder of the other.
    """
    way = _way(_before(heads, here), _before(heads, there))
    found: Mapping[str, Became] = {}
    for at in reversed(range(len(way) - 1)):
        found = _one_step_earlier(found, [heads[folder] for folder in way[at:]])
    return {old: became for old, became in found.items() if not became.stands or became.id != old}


def _one_step_earlier(found: Mapping[str, Became], way: Sequence[PartHead]) -> Mapping[str, Became]:
    """What became of the rows of a version, by what became of those of the next one on the way."""
    this, later = way[0], way[1:]
    pairs = _pairs(this, later[0])
    taken = {*pairs.values()}
    earlier = {
        one: became
        for one, became in found.items()
        if one in this.ids and one not in pairs and one not in taken
    }
    for old, new in pairs.items():
        if old in this.ids:
            earlier[old] = found.get(new) or Became(new, stands=all(new in head.ids for head in later))
    return earlier


def _pairs(this: PartHead, later: PartHead) -> Mapping[str, str]:
    """The ids of rows that go by another in the next version on the way, which may be the one before."""
    if later.since == this.folder:
        return later.renumbered
    return {now: old for old, now in this.renumbered.items()}


def _before(heads: Mapping[str, PartHead], folder: str) -> Sequence[str]:
    """A version, the one that it was compared with, and so on."""
    found: list[str] = []
    while folder in heads and folder not in found:
        found.append(folder)
        folder = heads[folder].since
    return found


def _way(here: Sequence[str], there: Sequence[str]) -> Sequence[str]:
    """The versions from the first of these to the first of those; none where they have none in common."""
    both = next((folder for folder in here if folder in there), None)
    if both is None:
        return ()
    return (*here[: here.index(both) + 1], *reversed(there[: there.index(both)]))
