"""From a name that a user typed to a commit. Names are looked up in our own list of refs."""

from __future__ import annotations

import re
from datetime import datetime

from mkdocs_ems import dataclass
from mkdocs_ems.errors import RefError
from mkdocs_ems.git.batch import Batch, Found
from mkdocs_ems.git.log import moment
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.refs import Refs, is_id
from mkdocs_ems.git.tags import PREFIX, read_tags
from mkdocs_ems.git.values import Tag
from mkdocs_ems.text import did_you_mean, show

_STEPS = re.compile(r"(.*?)((?:[~^][0-9]*)*)", re.DOTALL)
_SHORT_ID = re.compile(r"[0-9a-f]{4,64}")
_PLACES = ("{}", "refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a ref means: the commit, and the tag that named it."""

    name: str
    commit: str
    tag: Tag | None
    date: datetime
    """The tagger's date for an annotated tag, else the committer's."""


def _lookup(name: str, refs: Refs) -> tuple[str, str] | None:
    """The ref's full name (empty for an id) and the object it names."""
    if name in ("HEAD", "@"):
        return None if refs.head is None else ("HEAD", refs.head)
    if is_id(name):
        return "", name
    for place in _PLACES:
        full = place.format(name)
        if full in refs.ids:
            return full, refs.ids[full]
    return ("", name) if _SHORT_ID.fullmatch(name) else None


def _unknown(ref: str, refs: Refs) -> RefError:
    if ref in ("HEAD", "@") and refs.head is None:
        return RefError("HEAD has no commit yet: commit something first")
    short = [name.split("/", 2)[2] for name in refs.ids if name.count("/") > 1]
    near = did_you_mean(ref, short)
    return RefError(
        f"there is no tag, branch or commit {show(ref)!r} in this repository"
        + (
            f": did you mean {show(near)!r}?"
            if near
            else ": `git tag` and `git branch -a` list what there is"
        )
    )


def committed(commit: Found) -> datetime:
    """The committer's date of a commit object."""
    head = decode(commit.data.partition(b"\n\n")[0])
    line = next((line for line in head.split("\n") if line.startswith("committer ")), "")
    return moment(line.rpartition("> ")[2])


def resolve(ref: str, *, refs: Refs, batch: Batch) -> Resolved:
    """Find what a tag, branch, commit id or `HEAD` means, also with `~1` or `^2` behind it.

    Raises:
        RefError: there is no such thing, or it leads to no commit.
    """
    match = _STEPS.fullmatch(ref)
    name, steps = match.groups() if match else (ref, "")
    found = _lookup(name, refs)
    if found is None:
        raise _unknown(ref, refs)
    full, made = found
    commit = batch.one(f"{made}{steps}^{{commit}}")
    if commit is None:
        if not full and not steps:
            raise _unknown(ref, refs)
        raise RefError(f"{show(ref)!r} leads to no commit of this repository")
    tag = None
    if full.startswith(PREFIX) and not steps:
        (tag,) = read_tags({full: made}, batch=batch)
    date = tag.date if tag is not None and tag.date is not None else committed(commit)
    return Resolved(name=ref, commit=commit.id, tag=tag, date=date)
