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
        "competence": ("title", "required_by_roles", "criteria", "validity_months", "legal_basis", "status"),
        "awareness": ("title", "audience", "roles", "method", "date", "repeat", "status"),
        "communication-plan": ("title", "direction", "audience", "when", "how", "who", "status"),
        "audit-programme": ("title", "cycle_from", "cycle_to", "frequency", "owner", "status"),
        "training": ("title", "date", "kind", "people", "competences", "result", "valid_to"),
        "communication": ("title", "date", "direction", "kind", "parties", "responded_on"),
        "analysis": ("title", "period_end", "measurements", "indicators", "verdict", "by"),
        "compliance-evaluation": ("title", "date", "obligation", "method", "evaluator", "result"),
        "audit": ("title", "date", "kind", "audited_clauses", "conclusion", "reported_on"),
        "finding": ("title", "audit", "grade", "criterion_clauses", "nonconformity", "accepted"),
        "management-review": ("title", "date", "chair", "attendees", "approved"),
        "incident": ("title", "date", "kind", "location", "scenarios", "medium", "nonconformity"),
    }
)
"""The fields of each kind in reading order, after the id."""
