"""How long documents and records are kept, who may see them, where they are and what becomes of them (7.5.3).

The organisation decides it in `ems.yml`, type by type. What a row leaves out is settled by what is usual
for the type; where a thing is kept and what becomes of it, nobody can guess.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems import dataclass
from mkdocs_ems.model.fields import Text, Whole
from mkdocs_ems.model.shapes import Shape

Since = Literal["made", "replaced", "left"]
Access = Literal["public", "internal", "restricted"]

EVERY = "all"
"""Stands for every type in a row of retention."""

READING = "reading"
"""The type by which rows of retention name the series of readings."""


class RetentionRow(Shape):
    """How things of some types are kept. The last row that says something of a type holds."""

    model_config = ConfigDict(title="row of retention")

    types: tuple[Text, ...] = Field(
        title="Types",
        description="The types of document, register and record it is about; `rules`, `reading`, or `all`.",
    )
    years: Annotated[Whole, Field(ge=0, le=200)] | None = Field(
        None, title="Years", description="How long they are kept; what is usual for the type without."
    )
    since: Since | None = Field(
        None,
        title="Since",
        description="What the years count from: the day a thing was made, was replaced, or a person left.",
    )
    access: Access | None = Field(
        None, title="Access", description="Who may see them; what is usual for the type without."
    )
    storage: Text | None = Field(
        None, title="Storage", description="Where they are kept, and how they are protected there."
    )
    disposition: Text | None = Field(
        None, title="Disposition", description="What becomes of them when the years are over."
    )


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is settled of one type; None where nothing is."""

    years: int | None
    since: Since | None
    access: Access | None
    storage: str | None
    disposition: str | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns of which nothing is settled, in their order."""
        said = {
            "years": self.years,
            "access": self.access,
            "storage": self.storage,
            "disposition": self.disposition,
        }
        return tuple(column for column, value in said.items() if value is None)


_USUAL: tuple[tuple[int, Since, Access, str], ...] = (
    (10, "replaced", "public", "policy scope"),
    (10, "replaced", "restricted", "rules"),
    (5, "replaced", "internal", "manual procedure work-instruction plan method form external-document"),
    (6, "made", "internal", "context-issue interested-party process role risk action objective control"),
    (6, "made", "internal", "emergency-scenario indicator"),
    (6, "left", "restricted", "person"),
    (10, "made", "internal", "aspect obligation measurement instrument nonconformity reading"),
    (10, "made", "internal", "change certification"),
    (6, "made", "internal", "gap-assessment"),
    (3, "made", "internal", "improvement"),
    (10, "made", "internal", "compliance-evaluation analysis"),
    (6, "made", "internal", "provider waste-stream drill inspection"),
    (10, "made", "internal", "chemical incident"),
    (6, "made", "internal", "audit-programme audit finding management-review"),
    (6, "made", "internal", "competence awareness communication-plan communication"),
    (6, "left", "restricted", "training"),
    (2, "made", "internal", "posted-copy"),
)

USUAL: Mapping[str, Keeping] = MappingProxyType(
    {
        kind: Keeping(years, since, access, None, None)
        for years, since, access, kinds in _USUAL
        for kind in kinds.split()
    }
)
"""How long things of a type are usually kept and who sees them. No law of any country is in it."""

_NOTHING = Keeping(None, None, None, None, None)


def keeping(kind: str, rows: Iterable[RetentionRow]) -> Keeping:
    """What is settled of a type: by the last row that says it, else by what is usual.

    A type that no row names is settled by nothing: that it is kept as usual, somebody has to decide.
    """
    own = [row for row in rows if kind in row.types or EVERY in row.types]
    if not own:
        return _NOTHING
    usual = USUAL.get(kind, _NOTHING)
    last = list(reversed(own))
    return Keeping(
        years=next((row.years for row in last if row.years is not None), usual.years),
        since=next((row.since for row in last if row.since), usual.since),
        access=next((row.access for row in last if row.access), usual.access),
        storage=next((row.storage for row in last if row.storage), None),
        disposition=next((row.disposition for row in last if row.disposition), None),
    )
