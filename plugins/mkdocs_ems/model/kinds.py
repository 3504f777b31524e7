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
from mkdocs_ems.model.shapes import Entity
from mkdocs_ems.model.values import Kind


def _document(key: str, title: str, plural: str, prefix: str, model: type[Entity]) -> Kind:
    return Kind(key, title, plural, prefix, where="document", control="issue", slug="", model=model)


def _row(key: str, title: str, plural: str, prefix: str, slug: str, model: type[Entity]) -> Kind:
    return Kind(key, title, plural, prefix, where="register", control="issue", slug=slug, model=model)


_TABLE = (
    _document("policy", "Environmental policy", "Environmental policies", "POL", Policy),
    _document("procedure", "Procedure", "Procedures", "PRO", Procedure),
    _document("work-instruction", "Work instruction", "Work instructions", "WIN", WorkInstruction),
    _document("document", "Document", "Documents", "", Document),
    Kind("register", "Register", "Registers", "", where="head", control="issue", slug="", model=Register),
    _row("aspect", "Environmental aspect", "Environmental aspects", "ASP", "aspects", AspectRow),
    _row(
        "obligation", "Compliance obligation", "Compliance obligations", "OBL", "obligations", ObligationRow
    ),
    _row("control", "Operational control", "Operational controls", "OPC", "controls", ControlRow),
    _row(
        "objective", "Environmental objective", "Environmental objectives", "OBJ", "objectives", ObjectiveRow
    ),
    _row("role", "Role", "Roles", "ROL", "roles", RoleRow),
    _row("person", "Person", "People", "PER", "people", PersonRow),
    _row("process", "Process", "Processes", "PRC", "processes", ProcessRow),
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
