"""`ems.yml` read: its shape, and what a shape cannot say.

Time zone, editions, sites, the types of the approval matrix and the significance method
are judged here, each at its place. Who the roles and people are is the graph's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Anchor, Finding, Route
from mkdocs_ems.model.kinds import DOCUMENT_TYPES, RECORD_TYPES, ROW_TYPES
from mkdocs_ems.model.method_faults import method_faults
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.own import own_faults
from mkdocs_ems.model.reading import read, written_indices
from mkdocs_ems.model.retention import EVERY, READING
from mkdocs_ems.model.settings import Organisation, Settings
from mkdocs_ems.model.upgrades import NEWEST, form_of, is_newer, upgraded_settings
from mkdocs_ems.model.wording import Fault, quoted
from mkdocs_ems.source import Source
from mkdocs_ems.text import fold

Value = TypeVar("Value")

_EDITIONS = {"iso14001": ("2015", "2026"), "iso9001": ("2015", "2026"), "iso45001": ("2018",)}

MATRIX_TYPES = (*DOCUMENT_TYPES, *ROW_TYPES, "rules")

_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
"""A name or an address; who sees what is published there nobody can tell from a pattern."""

NO_NAME = "Organisation without a name"


@cache
def default_settings() -> Settings:
    """What holds where there is no `ems.yml`."""
    return Settings(organisation=Organisation(name=NO_NAME))


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """What came of an `ems.yml`."""

    settings: Settings
    findings: tuple[Finding, ...]
    dropped: frozenset[Route]


def load_settings(source: Source) -> tuple[Settings, tuple[Finding, ...]]:
    """Read `ems.yml`; what is at fault in it holds its default. Findings are SCH001."""
    done = read_settings(source, near=Nearest())
    return done.settings, done.findings


def read_settings(source: Source, *, near: Nearest) -> ReadSettings:
    """The same, and what was left out."""
    if is_newer(source.data):
        newer = schema_finding(_newer(form_of(source.data)), source.path)
        return ReadSettings(default_settings(), (newer,), frozenset({("schema",)}))
    data = upgraded_settings(source.data)
    reading = read(Settings, data, near=near, fallback={"organisation": {"name": NO_NAME}})
    settings, dropped, faults = reading.value, reading.dropped, list(reading.faults)
    faults += [fault for fault in _judged(settings, dropped, near) if not _follows(fault.route, dropped)]
    if any(fault.route == ("time_zone",) for fault in faults):
        settings = settings.model_copy(update={"time_zone": "UTC"})
    sound = tuple(one for one in settings.standards if one.edition in _EDITIONS[one.standard])
    if len(sound) < len(settings.standards):
        settings = settings.model_copy(update={"standards": sound})
    findings = tuple(schema_finding(fault, source.path) for fault in faults)
    return ReadSettings(settings, findings, dropped)


def _newer(form: int | None) -> Fault:
    return Fault(
        ("schema",),
        f"the content was made for a newer version of this tool: it has schema {form}, and this one "
        f"knows {NEWEST}",
        "install the version that the content was made for, or a later one",
    )


def schema_finding(fault: Fault, path: str, *, base: Route = (), entity_id: str | None = None) -> Finding:
    """A fault as a finding, at its place below a base."""
    at = Anchor(path, (*base, *fault.route), key=fault.key)
    return Finding(fault.message, at, id=entity_id, help=fault.help, code="SCH001")


def _follows(route: Route, dropped: frozenset[Route]) -> bool:
    """Whether a fault may follow from what was left out: anything of the method, for the method."""
    if route[:1] == ("significance",):
        return any(one[:1] == ("significance",) for one in dropped)
    return any(route[: len(one)] == one for one in dropped)


def _judged(settings: Settings, dropped: frozenset[Route], near: Nearest) -> Iterator[Fault]:
    yield from _time_zone(settings.time_zone, near)
    for index, one in _places(dropped, ("standards",), settings.standards):
        if one.edition not in _EDITIONS[one.standard]:
            allowed = " or ".join(_EDITIONS[one.standard])
            message = f"{one.standard} has no edition {one.edition}"
            yield Fault(("standards", index, "edition"), message, f"write {allowed}")
    seen: set[str] = set()
    for index, site in _places(dropped, ("sites",), settings.sites):
        if site.id in seen:
            help_ = "give each site an id of its own"
            yield Fault(("sites", index, "id"), f"{quoted(site.id)} names two sites", help_)
        seen.add(site.id)
    yield from _stores(settings, dropped)
    yield from _types(settings, dropped, near)
    yield from _versions(settings, dropped)
    for fault in own_faults(settings, near):
        yield Fault(_as_written(fault.route, dropped), fault.message, fault.help)
    if settings.significance is not None:
        for fault in method_faults(settings.significance, near):
            yield Fault(("significance", *fault.route), fault.message, fault.help, key=fault.key)


def _stores(settings: Settings, dropped: frozenset[Route]) -> Iterator[Fault]:
    """Stores of one name, however it is written: evidence in one would be sought in the other."""
    seen: set[str] = set()
    for index, store in _places(dropped, ("evidence_stores",), settings.evidence_stores):
        if fold(store.name) in seen:
            help_ = "give each store a name of its own, that differs in more than capitals"
            yield Fault(("evidence_stores", index, "name"), f"{quoted(store.name)} names two stores", help_)
        seen.add(fold(store.name))


def _places(dropped: frozenset[Route], route: Route, values: Sequence[Value]) -> Iterator[tuple[int, Value]]:
    return zip(written_indices(dropped, route, len(values)), values, strict=True)


def _as_written(route: Route, dropped: frozenset[Route]) -> Route:
    """A route below what was kept, by the indices that stand in the file."""
    written: Route = ()
    for step in route:
        at = written_indices(dropped, written, step + 1)[step] if isinstance(step, int) else step
        written = (*written, at)
    return written


def _types(settings: Settings, dropped: frozenset[Route], near: Nearest) -> Iterator[Fault]:
    known = (*MATRIX_TYPES, *(one.type for one in settings.own_registers))
    for row, entry in _places(dropped, ("approval", "matrix"), settings.approval.matrix):
        route: Route = ("approval", "matrix", row, "types")
        for index, name in _places(dropped, route, entry.types):
            if name not in known:
                yield _unknown_type((*route, index), name, known, near)
    kept_types = (*known, *RECORD_TYPES, READING, EVERY)
    for row, kept in _places(dropped, ("retention",), settings.retention):
        route = ("retention", row, "types")
        for index, name in _places(dropped, route, kept.types):
            if name not in kept_types:
                yield _unknown_type((*route, index), name, kept_types, near)


def _versions(settings: Settings, dropped: frozenset[Route]) -> Iterator[Fault]:
    patterns: Route = ("versions", "tags")
    if not settings.versions.tags and not any(route[:2] == patterns for route in dropped):
        yield Fault(patterns, "no tag would be a version of the manual", 'write such as ["v*"]')
    for index, pattern in _places(dropped, patterns, settings.versions.tags):
        if not pattern.isprintable():
            message = f"{quoted(pattern)} has characters that no tag's name can have"
            yield Fault((*patterns, index), message, "write such as v*")
    hosts: Route = ("publication", "private_hosts")
    for index, host in _places(dropped, hosts, settings.publication.private_hosts):
        if not _HOST.fullmatch(host):
            message = f"{quoted(host)} is not the name of a host"
            yield Fault((*hosts, index), message, "write the name alone, such as git.example.org")


def _time_zone(name: str, near: Nearest) -> Iterator[Fault]:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        meant = near(name, tuple(sorted(available_timezones())))
        message = f"{quoted(name)} is not a time zone" + (f'; did you mean "{meant}"?' if meant else "")
        yield Fault(("time_zone",), message, "write such as Europe/London, or UTC")


def _unknown_type(route: Route, name: str, known: tuple[str, ...], near: Nearest) -> Fault:
    meant = near(name, known)
    message = f"{quoted(name)} is not a type of document or register"
    return Fault(
        route, message + (f'; did you mean "{meant}"?' if meant else ""), f"write one of {', '.join(known)}"
    )
