"""What `ems build` says: lines for people, made harmless."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from mkdocs_ems.control.versions import Listed
from mkdocs_ems.report import CheckResult, Profile
from mkdocs_ems.report.summary import summary
from mkdocs_ems.site import SiteResult
from mkdocs_ems.site.part import Part
from mkdocs_ems.site.versions import Outcome
from mkdocs_ems.text import plural, show


def one_state(made: SiteResult, result: CheckResult) -> Iterator[str]:
    """What came of one state, up to where it stands."""
    yield summary(result)
    broken = result.failing(Profile.DRAFT)
    if broken:
        first = broken[0]
        yield (
            "Some of it cannot be read or connected; `ems check` shows it. "
            f"The first: {show(first.span.path)}:{first.span.line}: {show(first.message)}"
        )
    rows = f", {plural(made.rows, 'row')} among them" if made.rows else ""
    yield f"{plural(made.pages, 'page')}{rows}"


def one_version(part: Part, out: Path) -> str:
    """What came of a version that was built into a file."""
    head = part.head
    if head.failed:
        return f"{show(head.name)} cannot be built, and its part says so: {head.failed}"
    return f"{show(head.name)}, {plural(len(head.pages), 'page')}: {show(str(out))}"


def all_versions(
    listed: Sequence[Listed], outcomes: Sequence[Outcome], *, again: bool = False
) -> Iterator[str]:
    """One line for each version, newest first, and how many there are.

    Args:
        listed: all versions.
        outcomes: what came of those that were to be built.
        again: it will be said by a later run, for which all of them were kept.
    """
    by_folder = {outcome.task.folder: outcome for outcome in outcomes}
    by_name = {outcome.task.name: outcome for outcome in outcomes}
    width = max(len(show(one.name)) for one in listed)
    for one in listed:
        outcome = by_folder.get(one.folder) or by_name.get(one.name)
        yield f"{show(one.name):{width}}  {_said(one, outcome, again=again)}"
    left = sum(not one.built for one in listed)
    yield plural(len(listed), "version") + (f", {left} not built" if left else "")


def _said(one: Listed, outcome: Outcome | None, *, again: bool) -> str:
    if not one.built:
        whole = f" (`ems check --ref {show(shlex.quote(one.name))}` shows all)" if outcome is not None else ""
        return f"not built: {one.reason}{whole}"
    head = outcome.part.head if outcome else None
    if one.kind == "version":
        said = f"{one.day}, {one.signed}" if one.signed else f"{one.day}"
    else:
        said = f"{head.commit[:12]}, as of {head.as_of}" if head and head.commit else "work tree"
    made = "kept" if again or (outcome and outcome.kept) else "built"
    return f"{said}, {plural(one.pages, 'page')}, {made}"


def listing(listed: Sequence[Listed]) -> Iterator[str]:
    """One line for each version that there is to build, and each tag that is none."""
    width = max(len(show(one.name)) for one in listed)
    for one in listed:
        day = f"{one.day}" if one.day else "no date"
        said = f"{day}, {one.signed}" if one.signed else day
        yield (
            f"{show(one.name):{width}}  {said}"
            if one.built
            else f"{show(one.name):{width}}  no version: {one.reason}"
        )
