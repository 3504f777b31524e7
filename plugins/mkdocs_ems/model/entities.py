"""The vocabulary in one place: every kind of thing that a user may write."""

from mkdocs_ems.model.aspects import AspectRow, Impact, Override, Quantity
from mkdocs_ems.model.controls import ControlRow, Criterion, Verification
from mkdocs_ems.model.documents import (
    Commitments,
    Controlled,
    Document,
    Policy,
    Procedure,
    Register,
    WorkInstruction,
)
from mkdocs_ems.model.objectives import Baseline, InterimTarget, ObjectiveRow, Target
from mkdocs_ems.model.obligations import Condition, Evaluation, ObligationRow
from mkdocs_ems.model.organisation import Deputy, HeldRole, NoCondition, PersonRow, ProcessRow, RoleRow
from mkdocs_ems.model.shapes import Entity, Shape

__all__ = [
    "AspectRow",
    "Baseline",
    "Commitments",
    "Condition",
    "ControlRow",
    "Controlled",
    "Criterion",
    "Deputy",
    "Document",
    "Entity",
    "Evaluation",
    "HeldRole",
    "Impact",
    "InterimTarget",
    "NoCondition",
    "ObjectiveRow",
    "ObligationRow",
    "Override",
    "PersonRow",
    "Policy",
    "Procedure",
    "ProcessRow",
    "Quantity",
    "Register",
    "RoleRow",
    "Shape",
    "Target",
    "Verification",
    "WorkInstruction",
]
