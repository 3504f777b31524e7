"""The kinds of things a manual is made of, as one table.

What `type` may say in front matter or in a register's head, how readers call it, where
it is kept and how it is controlled unless it says otherwise. A prefix is a habit of
ids, never a rule. Nothing here knows pages or rules.
"""

from collections.abc import Mapping
from types import MappingProxyType

from mkdocs_ems.model.aspects import AspectRow
from mkdocs_ems.model.controls import ControlRow
from mkdocs_ems.model.documents import Document, Policy, Procedure, Register, WorkInstruction
from mkdocs_ems.model.objectives import ObjectiveRow
from mkdocs_ems.model.obligations import ObligationRow
from mkdocs_ems.model.organisation import PersonRow, ProcessRow, RoleRow
from mkdocs_ems.model.values import Kind

_TABLE = tuple(
    Kind(key, title, plural, prefix, where, "issue", slug, model)
    for key, title, plural, prefix, where, slug, model in (
        ("policy", "Environmental policy", "Environmental policies", "POL", "document", "", Policy),
        ("procedure", "Procedure", "Procedures", "PRO", "document", "", Procedure),
        ("work-instruction", "Work instruction", "Work instructions", "WIN", "document", "", WorkInstruction),
        ("document", "Document", "Documents", "", "document", "", Document),
        ("register", "Register", "Registers", "", "head", "", Register),
        ("aspect", "Environmental aspect", "Environmental aspects", "ASP", "register", "aspects", AspectRow),
        (
            "obligation",
            "Compliance obligation",
            "Compliance obligations",
            "OBL",
            "register",
            "obligations",
            ObligationRow,
        ),
        ("control", "Operational control", "Operational controls", "OPC", "register", "controls", ControlRow),
        (
            "objective",
            "Environmental objective",
            "Environmental objectives",
            "OBJ",
            "register",
            "objectives",
            ObjectiveRow,
        ),
        ("role", "Role", "Roles", "ROL", "register", "roles", RoleRow),
        ("person", "Person", "People", "PER", "register", "people", PersonRow),
        ("process", "Process", "Processes", "PRC", "register", "processes", ProcessRow),
    )
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
