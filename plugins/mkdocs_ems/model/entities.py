"""The vocabulary in one place: every kind of thing that a user may write."""

from mkdocs_ems.model.analyses import AnalysisRecord
from mkdocs_ems.model.aspects import AspectRow, Impact, Override, Quantity
from mkdocs_ems.model.audits import (
    AuditFindingRecord,
    AuditProgrammeRow,
    AuditRecord,
    AuditTeam,
    PlannedAudit,
)
from mkdocs_ems.model.certification import (
    CertificationEvent,
    CertificationRow,
    GapAssessmentRow,
    Transition,
)
from mkdocs_ems.model.changes import ChangeReview, ChangeRow, Screened, Screening
from mkdocs_ems.model.communications import CommunicationRecord, PlannedCommunicationRow
from mkdocs_ems.model.competences import AwarenessRow, CompetenceRow
from mkdocs_ems.model.compliance import ComplianceEvaluationRecord
from mkdocs_ems.model.context import ContextIssueRow, InterestedPartyRow, Need
from mkdocs_ems.model.controls import ControlRow, Criterion, Upkeep, Verification
from mkdocs_ems.model.documents import (
    Commitments,
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
from mkdocs_ems.model.emergencies import EmergencyEquipment, EmergencyScenarioRow, ExternalContact
from mkdocs_ems.model.figures import Figure
from mkdocs_ems.model.improvement import (
    Cause,
    CausingReading,
    Correction,
    EmsChanges,
    ImprovementRow,
    NonconformityRow,
)
from mkdocs_ems.model.inspections import Answer, InspectionRecord
from mkdocs_ems.model.instruments import Calibration, InstrumentRow
from mkdocs_ems.model.monitoring import IndicatorRow, Limits, MeasurementRow
from mkdocs_ems.model.objectives import Baseline, InterimTarget, ObjectiveRow, Target
from mkdocs_ems.model.obligations import Condition, Evaluation, ObligationRow, Reporting
from mkdocs_ems.model.organisation import Deputy, HeldRole, NoCondition, PersonRow, ProcessRow, RoleRow
from mkdocs_ems.model.providers import (
    ChemicalRow,
    Consignment,
    Licence,
    ProviderEvaluation,
    ProviderRow,
    RequirementsSent,
    SafetyDataSheet,
    WasteStreamRow,
)
from mkdocs_ems.model.records import Amendment, Evidence, Record
from mkdocs_ems.model.responses import DrillRecord, IncidentRecord, ResponseRecord, Step, Told
from mkdocs_ems.model.reviews import (
    ManagementReviewRecord,
    ReviewApproval,
    ReviewDecision,
    ReviewInput,
    ReviewInputs,
    ReviewOutputs,
)
from mkdocs_ems.model.risks import Acceptance, ActionRow, Effectiveness, RiskRow
from mkdocs_ems.model.scope import Exclusion, Scope, ScopePart, StageDecision
from mkdocs_ems.model.shapes import Entity, Shape
from mkdocs_ems.model.training import TrainingEffectiveness, TrainingRecord

__all__ = [
    "Acceptance",
    "ActionRow",
    "Amendment",
    "AnalysisRecord",
    "Answer",
    "AspectRow",
    "AuditFindingRecord",
    "AuditProgrammeRow",
    "AuditRecord",
    "AuditTeam",
    "AwarenessRow",
    "Baseline",
    "Calibration",
    "Cause",
    "CausingReading",
    "CertificationEvent",
    "CertificationRow",
    "ChangeReview",
    "ChangeRow",
    "ChemicalRow",
    "Commitments",
    "CommunicationRecord",
    "CompetenceRow",
    "ComplianceEvaluationRecord",
    "Condition",
    "Consignment",
    "ContextIssueRow",
    "ControlRow",
    "Controlled",
    "Correction",
    "Criterion",
    "Deputy",
    "Document",
    "DrillRecord",
    "Effectiveness",
    "EmergencyEquipment",
    "EmergencyScenarioRow",
    "EmsChanges",
    "Entity",
    "Evaluation",
    "Evidence",
    "Exclusion",
    "ExternalContact",
    "ExternalDocument",
    "Figure",
    "Form",
    "GapAssessmentRow",
    "HeldRole",
    "Impact",
    "ImprovementRow",
    "IncidentRecord",
    "IndicatorRow",
    "InspectionRecord",
    "InstrumentRow",
    "InterestedPartyRow",
    "InterimTarget",
    "Licence",
    "Limits",
    "ManagementReviewRecord",
    "Manual",
    "MeasurementRow",
    "Method",
    "Need",
    "NoCondition",
    "NonconformityRow",
    "ObjectiveRow",
    "ObligationRow",
    "Override",
    "PersonRow",
    "Plan",
    "PlannedAudit",
    "PlannedCommunicationRow",
    "Policy",
    "Procedure",
    "ProcessRow",
    "ProviderEvaluation",
    "ProviderRow",
    "Quantity",
    "Record",
    "Register",
    "Reporting",
    "RequirementsSent",
    "ResponseRecord",
    "ReviewApproval",
    "ReviewDecision",
    "ReviewInput",
    "ReviewInputs",
    "ReviewOutputs",
    "RiskRow",
    "RoleRow",
    "SafetyDataSheet",
    "Scope",
    "ScopePart",
    "Screened",
    "Screening",
    "Shape",
    "StageDecision",
    "Step",
    "Target",
    "Told",
    "TrainingEffectiveness",
    "TrainingRecord",
    "Transition",
    "Upkeep",
    "Verification",
    "WasteStreamRow",
    "WorkInstruction",
]
