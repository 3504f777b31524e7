"""Which tags are versions of the manual, in which order, under which folder, and why others are none.

Judges tags by what they are: names, objects, dates and signatures that somebody else read and
verified. Reads no git and no content: whether a version can be built shows only when it is built.
A tag that is none is never dropped: it is listed with a sentence that says why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, tzinfo
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Literal

from mkdocs_ems import dataclass
from mkdocs_ems.control.tag_signatures import NOT_SIGNED, TagSignature
from mkdocs_ems.git.values import ChainPlace, Tag
from mkdocs_ems.text import show

RESERVED = frozenset(
    (
        *("current", "draft", "latest", "in-force", "versions", "changes", "on"),
        *("documents", "document-register", "histories", "how-approval-works", "registers"),
        *("records", "compliance", "audit-coverage", "competence", "records-promised", "nonconformities"),
        *("clauses", "pending", "performance", "readiness", "rules", "significance", "links-to-review"),
        *("traceability", "work", "assets", "search"),
        *("404.html", "index.html", "ledger.json", "sitemap.xml", "sitemap.xml.gz", "versions.json"),
    )
)
"""What stands beside the folders of the versions, or stood there as the first part of a page's address."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_OTHER = re.compile(r"[^A-Za-z0-9._-]+")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that no folder can have on Windows."""
_LONGEST_SLUG = 40
_LONGEST_MESSAGE = 200


class VersionState(StrEnum):
    """What a tag is to the manual."""

    CHOSEN = "chosen"
    LIGHTWEIGHT = "lightweight"
    NO_COMMIT = "no-commit"
    COPY = "copy"
    NO_DATE = "no-date"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Version:
    """A tag that matches, and what it is to the manual."""

    name: str
    """The tag's name as git has it."""
    folder: str
    """The name of its folder in the site; empty where it is left out."""
    tag: Tag
    state: VersionState
    on_main: bool
    """Whether its commit is a first parent of the main branch."""
    order: int
    """Position of its commit on the main branch; beside it, of the commit where it left; -1: never there."""
    reason: str = ""
    """Why it is not built, a sentence."""
    signature: TagSignature = NOT_SIGNED
    doubts: tuple[str, ...] = ()
    """Sentences on a version that is built all the same."""


@dataclass(frozen=True, slots=True)
class Versions:
    """All tags that match, newest first."""

    chosen: tuple[Version, ...] = ()
    left_out: tuple[Version, ...] = ()


Kind = Literal["current", "version", "draft"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list of versions, as pages, `versions.json` and the command show it."""

    name: str
    """`current`, `draft`, or the tag's name as git has it: escape it, and print it through `show`."""
    folder: str
    """Empty where it has none."""
    title: str
    """What a reader chooses by; safe to print."""
    day: date | None
    kind: Kind
    aliases: tuple[str, ...] = ()
    built: bool = True
    reason: str = ""
    """Why it is not built, a sentence."""
    pages: int = 0
    tagger: str = ""
    """The name that the tag claims; empty for what is no tag."""
    signed: str = ""
    """What there is to say of its signature, in words; empty for what is no tag."""
    message: str = ""
    """The first line of what was written with the tag, cut where it is long: escape it too."""
    doubts: tuple[str, ...] = field(default=())


def matching(tags: Iterable[Tag], patterns: Sequence[str]) -> tuple[Tag, ...]:
    """The tags whose names match one of the patterns."""
    return tuple(tag for tag in tags if any(fnmatchcase(tag.name, pattern) for pattern in patterns))


def versions_of(  # noqa: PLR0913 - what a tag is judged by, each by its name
    tags: Iterable[Tag],
    *,
    patterns: Sequence[str],
    places: Mapping[str, ChainPlace],
    signatures: Mapping[str, TagSignature],
    signed_only: bool = False,
    reserved: frozenset[str] = RESERVED,
) -> Versions:
    """Choose the tags that are versions of the manual.

    Args:
        tags: all tags of the repository.
        patterns: as a shell matches names; a `/` is a character like others.
        places: where the commits of tags stand to the main branch, by their ids.
        signatures: what became of the tags' signatures, by the tags' names; the others bear none.
        signed_only: whether only tags are versions whose signature holds.
        reserved: names that no folder of a version may have, folded.
    """
    found = [
        _judged(
            tag,
            places.get(tag.target or ""),
            signature=signatures.get(tag.name, NOT_SIGNED),
            signed_only=signed_only,
        )
        for tag in matching(tags, patterns)
    ]
    found.sort(key=_age)
    chosen = [one for one in found if one.state is VersionState.CHOSEN]
    # By the day they were set: a tag that is set later, on whatever commit, renames none.
    folders = _folders(sorted(chosen, key=_set_at), reserved)
    named = [replace(one, folder=folders[one.name]) for one in chosen]
    left_out = [one for one in found if one.state is not VersionState.CHOSEN]
    return Versions(tuple(reversed(named)), tuple(reversed(left_out)))


def _age(version: Version) -> tuple[int, float, str]:
    return version.order, *_set_at(version)


def _set_at(version: Version) -> tuple[float, str]:
    return version.tag.date.timestamp() if version.tag.date else 0.0, version.name


def _judged(tag: Tag, place: ChainPlace | None, *, signature: TagSignature, signed_only: bool) -> Version:
    state, reason = _state(tag, signature, signed_only=signed_only)
    on_main, order = (place.on_chain, place.order) if place else (False, -1)
    return Version(
        name=tag.name,
        folder="",
        tag=tag,
        state=state,
        on_main=on_main,
        order=order,
        reason=reason,
        signature=signature,
        doubts=tuple(_doubts(tag.date, place)),
    )


def _state(tag: Tag, signature: TagSignature, *, signed_only: bool) -> tuple[VersionState, str]:
    if not tag.annotated:
        told = "it has no date and nobody's name: delete it and make it again with `git tag -a`"
        return VersionState.LIGHTWEIGHT, told
    if tag.target is None:
        return VersionState.NO_COMMIT, "it leads to a file or folder, not to a commit: tag the commit itself"
    if tag.inner != tag.name:
        told = f"it is a copy of the tag {show(tag.inner or '')} under another name"
        return VersionState.COPY, told
    if tag.date is None:
        return VersionState.NO_DATE, "it does not say who made it and when: make it again with `git tag -a`"
    if signed_only and not signature.principal:
        return VersionState.UNSIGNED, f"ems.yml asks for signed tags, and it {signature.words}"
    return VersionState.CHOSEN, ""


def _doubts(dated: datetime | None, place: ChainPlace | None) -> Iterable[str]:
    if place is not None and not place.on_chain:
        if place.order < 0:
            yield "it shares no history with the main branch"
        else:
            yield "it is not on the main branch, and shows what that had approved where they parted"
    if place is not None and dated is not None and dated < place.committed:
        yield f"its date lies before that of its commit, {place.committed.date()}"


def _folders(chosen: Sequence[Version], reserved: frozenset[str]) -> Mapping[str, str]:
    """A folder for each by its name, in the order given: no two alike where capitals do not count."""
    taken = {*reserved}
    folders = {}
    for version in chosen:
        folder = version.name if _can_be_folder(version.name) else ""
        length = 8
        while not folder or folder.casefold() in taken:
            folder = f"{_slug(version.name)}-{version.tag.object[:length]}"
            length += 1
        taken.add(folder.casefold())
        folders[version.name] = folder
    return folders


def _can_be_folder(name: str) -> bool:
    return bool(_PLAIN.fullmatch(name)) and not name.endswith(".") and not _DEVICE.fullmatch(name)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    slug = _OTHER.sub("-", plain)[:_LONGEST_SLUG].strip("-._")
    return "version" if not slug or _DEVICE.fullmatch(slug) else slug


def listed_versions(versions: Versions, *, zone: tzinfo) -> tuple[Listed, ...]:
    """One line for each tag that matches, newest first; nothing is built yet.

    Args:
        versions: the tags, judged.
        zone: the time zone in which a tag's moment becomes a day.
    """
    found = sorted((*versions.chosen, *versions.left_out), key=_age, reverse=True)
    return tuple(_listed(version, zone) for version in found)


def _listed(version: Version, zone: tzinfo) -> Listed:
    tag = version.tag
    day = _day(tag.date, zone) if tag.date is not None else None
    return Listed(
        name=version.name,
        folder=version.folder,
        title=f"{show(version.name)} ({day})" if day else show(version.name),
        day=day,
        kind="version",
        built=version.state is VersionState.CHOSEN,
        reason=version.reason,
        tagger=tag.tagger.name or tag.tagger.mail if tag.tagger else "",
        signed=version.signature.words,
        message=_first_line(tag.message),
        doubts=version.doubts,
    )


def _first_line(message: str) -> str:
    # Cut beforehand too: a message may be as long as anybody likes.
    line, *_ = message.strip()[: 2 * _LONGEST_MESSAGE].splitlines() or [""]
    return line if len(line) <= _LONGEST_MESSAGE else f"{line[: _LONGEST_MESSAGE - 1]}…"


def _day(when: datetime, zone: tzinfo) -> date:
    try:
        return when.astimezone(zone).date()
    except OverflowError:  # on the first or last day of the calendar
        return when.date()


def aliased(entries: Sequence[Listed], *, as_of: date) -> tuple[Listed, ...]:
    """The same list with `in-force` and `latest` at those that they mean now.

    `in-force` is what the main branch has in force; where that is not built, the newest version that is
    not dated later than the day of the build. `latest` is the newest version.

    Args:
        entries: newest first.
        as_of: the day of the build.
    """
    built = [one for one in entries if one.built and one.kind == "version"]
    current = next((one for one in entries if one.built and one.kind == "current"), None)
    past = (one for one in built if one.day is not None and one.day <= as_of)
    means = {"in-force": current or next(past, None), "latest": next(iter(built), None)}
    return tuple(
        replace(one, aliases=tuple(alias for alias, meant in means.items() if meant is one))
        for one in entries
    )
