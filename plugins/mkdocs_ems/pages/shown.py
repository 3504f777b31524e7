"""Which fields a table of each kind shows, by name, where the fields' own words and forms will do.

Data only. A kind whose table shows something worked out has its columns in `columns`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SHOWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "improvement": ("title", "proposed_on", "owner", "benefit", "status"),
        "change": ("title", "kind", "requested_on", "approved_on", "implemented_on", "owner", "status"),
        "gap-assessment": ("clause", "title", "status", "priority", "owner", "due", "progress"),
        "certification": ("title", "standard", "edition", "body", "expires_on", "status"),
        "inspection": ("title", "date", "control", "point", "by", "result"),
        "provider": ("title", "what", "aspects", "control_type", "owner", "status"),
        "waste-stream": ("title", "code", "hazardous", "treatment", "carriers", "destinations", "status"),
        "chemical": ("title", "hazards", "max_stock", "location", "reach_status", "used_in", "status"),
        "drill": ("title", "date", "scenarios", "kind", "result", "plan_reviewed_on"),
        "incident": ("title", "date", "kind", "location", "scenarios", "medium", "nonconformity"),
    }
)
"""The fields of each kind in reading order, after the id."""
