"""`ems.yml` read: its shape, and what a shape cannot say.

Time zone, editions, sites, the types of the approval matrix and the significance method
are judged here, each at its place. Who the roles and people are is the graph's matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from mkdocs_ems.diagnostics import Anchor, Finding, Route
from mkdocs_ems.model.kinds import DOCUMENT_TYPES, ROW_TYPES
from mkdocs_ems.model.method import method_faults
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.reading import read
from mkdocs_ems.model.settings import Organisation, Settings
from mkdocs_ems.model.wording import Fault, quoted
from mkdocs_ems.source import Source

_EDITIONS = {"iso14001": ("2015", "2026"), "iso9001": ("2015", "2026"), "iso45001": ("2018",)}

_LATER_TYPES = ("scope", "plan", "method", "form", "external-document", "manual")
"""Types that an approval matrix may name before this version has a kind for them."""

MATRIX_TYPES = (*DOCUMENT_TYPES, *ROW_TYPES, "rules", *_LATER_TYPES)

NO_NAME = "Organisation without a name"

DEFAULT_SETTINGS = Settings(organisation=Organisation(name=NO_NAME))
"""What holds where there is no `ems.yml`."""


def load_settings(source: Source, *, near: Nearest | None = None) -> tuple[Settings, tuple[Finding, ...]]:
    """Read `ems.yml`; what is at fault in it holds its default. Findings are SCH001."""
    near = near or Nearest()
    reading = read(Settings, source.data, near=near, fallback={"organisation": {"name": NO_NAME}})
    settings, faults = reading.value, list(reading.faults)
    for fault in _judged(settings, near):
        if not any(_within(fault.route, dropped) for dropped in reading.dropped):
            faults.append(fault)
            settings = _without(settings, fault)
    return settings, tuple(schema_finding(fault, source.path) for fault in faults)


def schema_finding(fault: Fault, path: str, *, base: Route = (), entity_id: str | None = None) -> Finding:
    """A fault as a finding, at its place below a base."""
    at = Anchor(path, (*base, *fault.route), key=fault.key)
    return Finding(fault.message, at, id=entity_id, help=fault.help, code="SCH001")


def _within(route: Route, dropped: Route) -> bool:
    """Whether a fault follows from something that was left out near it."""
    shared = route[:2] if route[:1] == ("significance",) else route
    return dropped[: len(shared)] == shared or shared[: len(dropped)] == dropped


def _without(settings: Settings, fault: Fault) -> Settings:
    if fault.route == ("time_zone",):
        return settings.model_copy(update={"time_zone": "UTC"})
    if fault.route[0] == "standards":
        index = fault.route[1]
        stay = tuple(one for place, one in enumerate(settings.standards) if place != index)
        return settings.model_copy(update={"standards": stay})
    return settings


def _judged(settings: Settings, near: Nearest) -> Iterator[Fault]:
    # Standards from the last: leaving one out must not move the places of the others.
    for index, one in reversed(list(enumerate(settings.standards))):
        if one.edition not in _EDITIONS[one.standard]:
            allowed = " or ".join(_EDITIONS[one.standard])
            message = f"{one.standard} has no edition {one.edition}"
            yield Fault(("standards", index, "edition"), message, f"write {allowed}")
    yield from _time_zone(settings.time_zone, near)
    seen: set[str] = set()
    for index, site in enumerate(settings.sites):
        if site.id in seen:
            help_ = "give each site an id of its own"
            yield Fault(("sites", index, "id"), f"{quoted(site.id)} names two sites", help_)
        seen.add(site.id)
    for row, entry in enumerate(settings.approval.matrix):
        for index, name in enumerate(entry.types):
            if name not in MATRIX_TYPES:
                yield _unknown_type(("approval", "matrix", row, "types", index), name, near)
    if settings.significance is not None:
        for fault in method_faults(settings.significance, near):
            yield Fault(("significance", *fault.route), fault.message, fault.help, key=fault.key)


def _time_zone(name: str, near: Nearest) -> Iterator[Fault]:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        meant = near(name, tuple(sorted(available_timezones())))
        message = f"{quoted(name)} is not a time zone" + (f'; did you mean "{meant}"?' if meant else "")
        yield Fault(("time_zone",), message, "write such as Europe/London, or UTC")


def _unknown_type(route: Route, name: str, near: Nearest) -> Fault:
    meant = near(name, MATRIX_TYPES)
    message = f"{quoted(name)} is not a type of document or register"
    known = ", ".join((*DOCUMENT_TYPES, *ROW_TYPES, "rules"))
    return Fault(route, message + (f'; did you mean "{meant}"?' if meant else ""), f"write one of {known}")
