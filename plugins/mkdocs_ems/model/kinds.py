"""The kinds of things a manual is made of, as one table.

What `type` may say in front matter or in a register's head, how readers call it, where
it is kept and how it is controlled unless it says otherwise. A prefix is a habit of
ids, never a rule. Nothing here knows pages or rules.
"""

from collections.abc import Mapping
from types import MappingProxyType

from mkdocs_ems.model.analyses import AnalysisRecord
from mkdocs_ems.model.aspects import AspectRow
from mkdocs_ems.model.audits import AuditFindingRecord, AuditProgrammeRow, AuditRecord
from mkdocs_ems.model.certification import CertificationRow, GapAssessmentRow
from mkdocs_ems.model.changes import ChangeRow
from mkdocs_ems.model.communications import CommunicationRecord, PlannedCommunicationRow
from mkdocs_ems.model.competences import AwarenessRow, CompetenceRow
from mkdocs_ems.model.compliance import ComplianceEvaluationRecord
from mkdocs_ems.model.context import ContextIssueRow, InterestedPartyRow
from mkdocs_ems.model.controls import ControlRow
from mkdocs_ems.model.copies import PostedCopyRow
from mkdocs_ems.model.documents import (
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
from mkdocs_ems.model.monitoring import IndicatorRow, MeasurementRow
from mkdocs_ems.model.objectives import ObjectiveRow
from mkdocs_ems.model.obligations import ObligationRow
from mkdocs_ems.model.organisation import PersonRow, ProcessRow, RoleRow
from mkdocs_ems.model.providers import ChemicalRow, ProviderRow, WasteStreamRow
from mkdocs_ems.model.records import Record
from mkdocs_ems.model.responses import DrillRecord, IncidentRecord
from mkdocs_ems.model.reviews import ManagementReviewRecord
from mkdocs_ems.model.risks import ActionRow, RiskRow
from mkdocs_ems.model.scope import Scope
from mkdocs_ems.model.shapes import Entity
from mkdocs_ems.model.training import TrainingRecord
from mkdocs_ems.model.values import Kind

_DOCUMENTS: tuple[tuple[str, str, str, str, type[Document]], ...] = (
    ("policy", "Environmental policy", "Environmental policies", "POL", Policy),
    ("scope", "Scope of the system", "Scopes of the system", "SCO", Scope),
    ("manual", "Manual", "Manuals", "MAN", Manual),
    ("procedure", "Procedure", "Procedures", "PRO", Procedure),
    ("work-instruction", "Work instruction", "Work instructions", "WIN", WorkInstruction),
    ("plan", "Plan", "Plans", "PLN", Plan),
    ("method", "Method", "Methods", "MET", Method),
    ("form", "Form", "Forms", "FRM", Form),
    ("external-document", "External document", "External documents", "EXT", ExternalDocument),
    ("document", "Document", "Documents", "", Document),
)
"""Key, title, plural, prefix and model of what is written in Markdown."""

_ROWS: tuple[tuple[str, str, str, str, str, str, type[Entity]], ...] = (
    ("context-issue", "Context issue", "Context issues", "ISS", "periodic", "context", ContextIssueRow),
    (
        "interested-party",
        "Interested party",
        "Interested parties",
        "PTY",
        "periodic",
        "interested-parties",
        InterestedPartyRow,
    ),
    ("process", "Process", "Processes", "PRC", "issue", "processes", ProcessRow),
    ("role", "Role", "Roles", "ROL", "issue", "roles", RoleRow),
    ("person", "Person", "People", "PER", "issue", "people", PersonRow),
    ("competence", "Competence", "Competences", "CMP", "issue", "competences", CompetenceRow),
    ("awareness", "Awareness", "Awareness matrix", "AWR", "periodic", "awareness", AwarenessRow),
    (
        "communication-plan",
        "Planned communication",
        "Communication plan",
        "COP",
        "issue",
        "communication-plan",
        PlannedCommunicationRow,
    ),
    ("aspect", "Environmental aspect", "Environmental aspects", "ASP", "issue", "aspects", AspectRow),
    (
        "obligation",
        "Compliance obligation",
        "Compliance obligations",
        "OBL",
        "issue",
        "obligations",
        ObligationRow,
    ),
    ("risk", "Risk or opportunity", "Risks and opportunities", "RSK", "periodic", "risks", RiskRow),
    (
        "objective",
        "Environmental objective",
        "Environmental objectives",
        "OBJ",
        "issue",
        "objectives",
        ObjectiveRow,
    ),
    ("action", "Action", "Actions", "ACT", "periodic", "actions", ActionRow),
    ("control", "Operational control", "Operational controls", "OPC", "issue", "controls", ControlRow),
    (
        "provider",
        "External provider",
        "External providers",
        "SUP",
        "periodic",
        "providers",
        ProviderRow,
    ),
    ("waste-stream", "Waste stream", "Waste streams", "WST", "periodic", "waste-streams", WasteStreamRow),
    ("chemical", "Chemical", "Chemicals", "CHM", "periodic", "chemicals", ChemicalRow),
    (
        "emergency-scenario",
        "Emergency scenario",
        "Emergency scenarios",
        "EMR",
        "issue",
        "emergency-scenarios",
        EmergencyScenarioRow,
    ),
    (
        "measurement",
        "Measurement",
        "Monitoring and measurement",
        "MON",
        "issue",
        "measurements",
        MeasurementRow,
    ),
    ("indicator", "Indicator", "Indicators", "KPI", "issue", "indicators", IndicatorRow),
    ("instrument", "Instrument", "Instruments", "CAL", "periodic", "instruments", InstrumentRow),
    (
        "nonconformity",
        "Nonconformity",
        "Nonconformities",
        "NCR",
        "periodic",
        "nonconformities",
        NonconformityRow,
    ),
    ("improvement", "Improvement", "Improvements", "IMP", "periodic", "improvements", ImprovementRow),
    ("change", "Change", "Changes", "CHG", "periodic", "changes", ChangeRow),
    (
        "gap-assessment",
        "Gap assessment",
        "Gap assessments",
        "GAP",
        "periodic",
        "gap-assessments",
        GapAssessmentRow,
    ),
    (
        "certification",
        "Certification",
        "Certifications",
        "CRT",
        "periodic",
        "certifications",
        CertificationRow,
    ),
    (
        "audit-programme",
        "Audit programme",
        "Audit programmes",
        "AUP",
        "issue",
        "audit-programmes",
        AuditProgrammeRow,
    ),
    ("posted-copy", "Posted copy", "Posted copies", "CPY", "periodic", "posted-copies", PostedCopyRow),
)
"""Key, title, plural, prefix, control, slug and model of what is written as rows of a register."""

_RECORDS: tuple[tuple[str, str, str, str, str, type[Record]], ...] = (
    ("training", "Training record", "Training records", "TRN", "training", TrainingRecord),
    ("communication", "Communication", "Communication log", "COL", "communications", CommunicationRecord),
    ("inspection", "Inspection", "Inspections", "CHK", "inspections", InspectionRecord),
    ("drill", "Drill", "Drills", "DRL", "drills", DrillRecord),
    ("incident", "Incident", "Incidents", "INC", "incidents", IncidentRecord),
    ("analysis", "Analysis", "Analyses", "ANA", "analyses", AnalysisRecord),
    (
        "compliance-evaluation",
        "Compliance evaluation",
        "Compliance evaluations",
        "EVC",
        "compliance-evaluations",
        ComplianceEvaluationRecord,
    ),
    ("audit", "Audit", "Audits", "AUD", "audits", AuditRecord),
    ("finding", "Audit finding", "Audit findings", "FND", "findings", AuditFindingRecord),
    (
        "management-review",
        "Management review",
        "Management reviews",
        "MRV",
        "management-reviews",
        ManagementReviewRecord,
    ),
)
"""Key, title, plural, prefix, slug and model of what is kept as evidence below records/."""

_TABLE = (
    *(
        Kind(key, title, plural, prefix, "document", "issue", "", model)
        for key, title, plural, prefix, model in _DOCUMENTS
    ),
    Kind("register", "Register", "Registers", "", "head", "issue", "", Register),
    *(
        Kind(key, title, plural, prefix, "register", control, slug, model)
        for key, title, plural, prefix, control, slug, model in _ROWS
    ),
    *(
        Kind(key, title, plural, prefix, "record", "record", slug, model)
        for key, title, plural, prefix, slug, model in _RECORDS
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.key: kind for kind in _TABLE})
"""Every kind by its key, in the order in which readers meet them.

`document` and `register` are nobody's written `type`: the one is a Markdown document whose
type is missing or unknown, the other the head of a register.
"""

DOCUMENT_TYPES = tuple(kind.key for kind in _TABLE if kind.where == "document" and kind.model is not Document)
"""What `type` may say in a document's front matter."""

ROW_TYPES = tuple(kind.key for kind in _TABLE if kind.where == "register")
"""What `type` may say in a register's head."""

RECORD_TYPES = tuple(kind.key for kind in _TABLE if kind.where == "record")
"""What `type` may say in a file below records/."""
