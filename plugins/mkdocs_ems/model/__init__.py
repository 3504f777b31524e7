"""Data to meaning: the vocabulary of ISO 14001 as frozen models."""

from mkdocs_ems.model.analyses import AnalysisRecord
from mkdocs_ems.model.aspects import AspectRow
from mkdocs_ems.model.audits import AuditFindingRecord, AuditProgrammeRow, AuditRecord
from mkdocs_ems.model.build import build_model
from mkdocs_ems.model.certification import CertificationRow, GapAssessmentRow
from mkdocs_ems.model.changes import ChangeRow
from mkdocs_ems.model.columns import Column, column_at, columns
from mkdocs_ems.model.communications import CommunicationRecord, PlannedCommunicationRow
from mkdocs_ems.model.competences import AwarenessRow, CompetenceRow
from mkdocs_ems.model.compliance import ComplianceEvaluationRecord
from mkdocs_ems.model.context import ContextIssueRow, InterestedPartyRow
from mkdocs_ems.model.controls import ControlRow
from mkdocs_ems.model.copies import PostedCopyRow
from mkdocs_ems.model.documents import (
    Controlled,
    Document,
    ExternalDocument,
    Form,
    Manual,
    Method,
    Plan,
    Policy,
    Procedure,
    Register,
    WorkInstruction,
)
from mkdocs_ems.model.emergencies import EmergencyScenarioRow
from mkdocs_ems.model.improvement import ImprovementRow, NonconformityRow
from mkdocs_ems.model.inspections import InspectionRecord
from mkdocs_ems.model.instruments import InstrumentRow
from mkdocs_ems.model.kinds import DOCUMENT_TYPES, KINDS, RECORD_TYPES, ROW_TYPES
from mkdocs_ems.model.monitoring import IndicatorRow, MeasurementRow
from mkdocs_ems.model.objectives import ObjectiveRow
from mkdocs_ems.model.obligations import ObligationRow
from mkdocs_ems.model.organisation import PersonRow, ProcessRow, RoleRow
from mkdocs_ems.model.own import kinds_of
from mkdocs_ems.model.providers import ChemicalRow, ProviderRow, WasteStreamRow
from mkdocs_ems.model.records import Record
from mkdocs_ems.model.responses import DrillRecord, IncidentRecord, ResponseRecord
from mkdocs_ems.model.reviews import ManagementReviewRecord
from mkdocs_ems.model.risks import ActionRow, RiskRow
from mkdocs_ems.model.scope import Scope
from mkdocs_ems.model.series import Period, Reading, Series
from mkdocs_ems.model.settings import Settings
from mkdocs_ems.model.settings_reading import default_settings, load_settings
from mkdocs_ems.model.shapes import Entity, Shape
from mkdocs_ems.model.training import TrainingRecord
from mkdocs_ems.model.values import Entry, Kind, Model

__all__ = [
    "DOCUMENT_TYPES",
    "KINDS",
    "RECORD_TYPES",
    "ROW_TYPES",
    "WHEN",
    "WHO",
    "ActionRow",
    "AnalysisRecord",
    "AspectRow",
    "AuditFindingRecord",
    "AuditProgrammeRow",
    "AuditRecord",
    "AwarenessRow",
    "CertificationRow",
    "ChangeRow",
    "ChemicalRow",
    "Column",
    "CommunicationRecord",
    "CompetenceRow",
    "ComplianceEvaluationRecord",
    "ContextIssueRow",
    "ControlRow",
    "Controlled",
    "Document",
    "DrillRecord",
    "EmergencyScenarioRow",
    "Entity",
    "Entry",
    "ExternalDocument",
    "Form",
    "GapAssessmentRow",
    "ImprovementRow",
    "IncidentRecord",
    "IndicatorRow",
    "InspectionRecord",
    "InstrumentRow",
    "InterestedPartyRow",
    "Kind",
    "ManagementReviewRecord",
    "Manual",
    "MeasurementRow",
    "Method",
    "Model",
    "NonconformityRow",
    "ObjectiveRow",
    "ObligationRow",
    "Period",
    "PersonRow",
    "Plan",
    "PlannedCommunicationRow",
    "Policy",
    "PostedCopyRow",
    "Procedure",
    "ProcessRow",
    "ProviderRow",
    "Reading",
    "Record",
    "Register",
    "ResponseRecord",
    "RiskRow",
    "RoleRow",
    "Scope",
    "Series",
    "Settings",
    "Shape",
    "TrainingRecord",
    "WasteStreamRow",
    "WorkInstruction",
    "build_model",
    "column_at",
    "columns",
    "default_settings",
    "kinds_of",
    "load_settings",
]
