"""Older forms of content read as the newest: in memory, before anything is typed.

`schema:` in `ems.yml` says which form the content of a state has. An upgrade takes what one file
holds from one form to the next; the file stays as it was written, and so does every place in it.
Changes data, judges nothing. There has been one form so far, so no upgrade stands here yet.

An upgrade keeps to this, so that a tag that once built stays buildable:

- What is in the newer form already it leaves as it is: of two registers one may have been approved
  before `ems.yml` was, and one after it.
- It never touches what decides about control: the heads' `id`, `type` and `control`, and the columns of
  persons and roles by which approvals are judged. What stands in a ledger was judged as it was written.
- It keeps the order of rows and the number of them.

Where rules and pages look back at what one file held before (a row that changed, an id that got another
meaning), they compare what was written: a column that an upgrade renames is a change there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from mkdocs_ems.source import Data, Source, Sources

NEWEST = 1
"""The form that the models have."""

Written = Mapping[str, Data]
"""What one file holds: `ems.yml`, a register with its rows, or the front matter of a document."""

Upgrade = Callable[[str, Written], Written]
"""From the path below the content folder, and what the file holds, to what it holds in the next form."""

_LONGEST = 9
"""Digits of a number that some form may have one day."""

UPGRADES: Mapping[int, Upgrade] = {}
"""By the form that they start from."""


def form_of(settings: Written) -> int | None:
    """The form that an `ems.yml` names; the newest where it names none, None where that is no number."""
    said = settings.get("schema") or str(NEWEST)
    number = isinstance(said, str) and said.isascii() and said.isdigit() and len(said) <= _LONGEST
    return int(said) if isinstance(said, str) and number else None


def is_newer(settings: Written) -> bool:
    """Whether an `ems.yml` says that its content was made for a later version of this tool."""
    form = form_of(settings)
    return form is not None and form > NEWEST


def upgraded(
    data: Written, *, rel: str, written: int | None, upgrades: Mapping[int, Upgrade] = UPGRADES
) -> Written:
    """What a file holds, in the newest form.

    Args:
        data: what it holds.
        rel: its path below the content folder.
        written: the form it is in; None or one that nothing leads on from leaves it as it is.
        upgrades: every step, by the form it starts from.
    """
    for form in _steps(written, upgrades):
        data = upgrades[form](rel, data)
    return data


def upgraded_settings(data: Written, *, upgrades: Mapping[int, Upgrade] = UPGRADES) -> Written:
    """The same for `ems.yml`, which then names the newest form."""
    steps = _steps(form_of(data), upgrades)
    if not steps:
        return data
    return {**upgraded(data, rel="ems.yml", written=steps[0], upgrades=upgrades), "schema": str(NEWEST)}


def upgraded_sources(
    sources: Sources, *, approved: bool = False, upgrades: Mapping[int, Upgrade] = UPGRADES
) -> Sources:
    """All files of a state in the newest form; `ems.yml` itself stays as it is, for who reads settings.

    Args:
        sources: the parsed files.
        approved: the files were put together from issues in force, each in the form of its own day:
            every upgrade there is may have to be made.
        upgrades: every step, by the form it starts from.
    """
    if not upgrades:
        return sources
    settings = f"{sources.content}/ems.yml" if sources.content else "ems.yml"
    own = sources.files.get(settings)
    written = min(upgrades) if approved else form_of(own.data if own is not None else {})
    if not _steps(written, upgrades):
        return sources

    def newest(files: Iterable[Source]) -> Iterable[Source]:
        for source in files:
            data = upgraded(source.data, rel=source.rel, written=written, upgrades=upgrades)
            yield source if source.path == settings else replace(source, data=data)

    return replace(sources, files={source.path: source for source in newest(sources.files.values())})


def _steps(written: int | None, upgrades: Mapping[int, Upgrade]) -> tuple[int, ...]:
    """The forms from which it goes on to the newest; none where a step is missing."""
    forms = tuple(range(written, NEWEST)) if written is not None and written < NEWEST else ()
    return forms if all(form in upgrades for form in forms) else ()
