"""What of `ems.yml` an audience sees: whose system it is, by which standards and in which time zone."""

from __future__ import annotations

import json
from collections.abc import Collection

from mkdocs_ems.model.masking import Mask
from mkdocs_ems.model.values import Model
from mkdocs_ems.source import Data, Sources


def settings_of(model: Model, sources: Sources, *, kinds: Collection[str], mask: Mask) -> bytes:
    """The settings that an excerpt is read by.

    Args:
        model: the whole.
        sources: its files.
        kinds: the kinds that are seen: what the organisation declared of its own is needed to read these.
        mask: what no text may say.
    """
    settings = model.settings
    organisation = settings.organisation
    written = sources.files[model.settings_path].data if model.settings_readable else {}
    own = written.get("own_registers")
    fields = written.get("own_fields")
    data: dict[str, Data] = {
        "schema": "1",
        "organisation": {
            "name": mask(organisation.name),
            "site": None if organisation.site is None else mask(organisation.site),
            "fictional": "true" if organisation.fictional else "false",
        },
        "time_zone": settings.time_zone,
        "sites": [{"id": mask(one.id), "title": mask(one.title)} for one in settings.sites],
        "standards": [{"standard": one.standard, "edition": one.edition} for one in settings.standards],
        "intervals": {"reading_grace_days": str(settings.intervals.reading_grace_days)},
        "own_registers": [_masked(one, mask) for one in _of(own, "type", kinds)],
        "own_fields": [_masked(one, mask) for one in _of(fields, "of", kinds)],
    }
    return json.dumps(data, ensure_ascii=True).encode("ascii")


def _of(declared: Data, key: str, kinds: Collection[str]) -> list[Data]:
    """The declarations that are about kinds which are seen."""
    if not isinstance(declared, list):
        return []
    found: list[Data] = []
    for one in declared:
        about = one.get(key) if isinstance(one, dict) else None
        names = about if isinstance(about, list) else [about]
        if any(name in kinds for name in names):
            found.append(one)
    return found


def _masked(data: Data, mask: Mask) -> Data:
    match data:
        case str():
            return mask(data)
        case list():
            return [_masked(one, mask) for one in data]
        case dict():
            return {key: _masked(one, mask) for key, one in data.items()}
        case _:
            return None
