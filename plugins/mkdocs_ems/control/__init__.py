"""Document control: issues, approvals and states, decided from git objects alone."""

from mkdocs_ems.control.authority import Directory, time_zone
from mkdocs_ems.control.derive import derive_control
from mkdocs_ems.control.overlay import approved_snapshot
from mkdocs_ems.control.places import RULES_ID
from mkdocs_ems.control.states import ControlState, DocumentControl, FormerDocument, FormerRegister
from mkdocs_ems.control.terms import (
    DocumentState,
    Fault,
    FaultReason,
    IssueState,
    Level,
    Meaning,
    Segregation,
)
from mkdocs_ems.control.values import Act, Content, Interim, Issue, Manifest, Part, Pending, Person, Waiting

__all__ = [
    "RULES_ID",
    "Act",
    "Content",
    "ControlState",
    "Directory",
    "DocumentControl",
    "DocumentState",
    "Fault",
    "FaultReason",
    "FormerDocument",
    "FormerRegister",
    "Interim",
    "Issue",
    "IssueState",
    "Level",
    "Manifest",
    "Meaning",
    "Part",
    "Pending",
    "Person",
    "Segregation",
    "Waiting",
    "approved_snapshot",
    "derive_control",
    "time_zone",
]
