"""Data to meaning: the vocabulary of ISO 14001 as frozen models."""

from mkdocs_ems.model.entities import (
    AspectRow,
    Controlled,
    ControlRow,
    Document,
    Entity,
    ObjectiveRow,
    ObligationRow,
    PersonRow,
    Policy,
    Procedure,
    ProcessRow,
    Register,
    RoleRow,
    WorkInstruction,
)
from mkdocs_ems.model.settings import Settings
from mkdocs_ems.model.values import Entry, Kind, Model

__all__ = [
    "AspectRow",
    "ControlRow",
    "Controlled",
    "Document",
    "Entity",
    "Entry",
    "Kind",
    "Model",
    "ObjectiveRow",
    "ObligationRow",
    "PersonRow",
    "Policy",
    "Procedure",
    "ProcessRow",
    "Register",
    "RoleRow",
    "Settings",
    "WorkInstruction",
]
