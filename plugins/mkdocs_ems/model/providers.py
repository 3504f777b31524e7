"""External providers and what they take away or bring: waste streams and chemicals (8.1).

When a provider is evaluated next is derived from its last evaluation, never typed. How often
something was carried or bought stands with the row; what was measured stands in the series.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mkdocs_ems.model.aspects import Quantity
from mkdocs_ems.model.fields import (
    AnyRef,
    AspectRef,
    Checksum,
    Day,
    Every,
    Flag,
    MonitoredByRef,
    Number,
    ObligationRef,
    OwnerRef,
    ProcessRef,
    ProviderRef,
    Text,
    Whole,
)
from mkdocs_ems.model.organisation import RowStatus
from mkdocs_ems.model.shapes import Entity, Shape

_STATUS = "Whether it is planned, active or withdrawn."


class Licence(Shape):
    """What a provider has to hold for what it does."""

    model_config = ConfigDict(title="licence")

    kind: Text = Field(title="Kind", description="What it is, such as waste carrier registration or permit.")
    number: Text | None = Field(None, title="Number", description="Its number.")
    valid_to: Day | None = Field(
        None, title="Valid to", description="The last day it holds; open without, where it has no end."
    )
    checked_on: Day | None = Field(
        None, title="Checked on", description="The day somebody last looked it up with the authority."
    )


class RequirementsSent(Shape):
    """What was asked of a provider, and when."""

    model_config = ConfigDict(title="statement of requirements")

    date: Day | None = Field(None, title="Date", description="The day they were sent or agreed.")
    document: AnyRef | None = Field(None, title="Document", description="The document that holds them.")
    issue: Annotated[Whole, Field(ge=1)] | None = Field(
        None, title="Issue", description="The number of the issue that was sent."
    )
    text: Text | None = Field(
        None, title="In words", description="What was asked, or where it stands: an order, a contract."
    )


class ProviderEvaluation(Shape):
    """One look at how a provider does."""

    model_config = ConfigDict(title="evaluation of a provider")

    date: Day = Field(title="Date", description="The day it was evaluated.")
    by: OwnerRef | None = Field(None, title="By", description="Who evaluated it.")
    score: Text | None = Field(None, title="Score", description="How it did, by your own scale: 82, B.")
    result: Text | None = Field(None, title="Result", description="What was found and decided.")


class ProviderRow(Entity):
    """An external provider of a process, product or service (8.1)."""

    model_config = ConfigDict(title="external provider")

    status: Literal["approved", "conditional", "suspended", "withdrawn"] | None = Field(
        None, title="Status", description="Whether it may be used, or is used no more."
    )
    what: Text | None = Field(None, title="What", description="What it provides.")
    kind: Literal["process", "product", "service"] | None = Field(
        None, title="Kind", description="Whether that is a process, a product or a service."
    )
    aspects: tuple[AspectRef, ...] = Field(
        (), title="Aspects", description="The aspects on which it bears: what makes it relevant."
    )
    control_type: tuple[
        Literal[
            "contract-clause",
            "specification",
            "audit",
            "questionnaire",
            "permit-check",
            "site-induction",
            "influence-only",
        ],
        ...,
    ] = Field((), title="Control", description="How it is controlled or influenced.")
    extent: Text | None = Field(
        None, title="Extent", description="How far that goes: what you can require, and what only ask for."
    )
    on_site: Flag | None = Field(
        None, title="Works on site", description="Whether its people work on your premises."
    )
    licences: tuple[Licence, ...] = Field(
        (), title="Licences", description="What it has to hold for what it does, and how long that is valid."
    )
    requirements_sent: tuple[RequirementsSent, ...] = Field(
        (), title="Requirements sent", description="What was asked of it, each time, the latest last."
    )
    evaluated_every: Every | None = Field(
        None, title="Evaluated every", description="How often it is evaluated again."
    )
    evaluations: tuple[ProviderEvaluation, ...] = Field(
        (), title="Evaluations", description="Each evaluation, the latest last."
    )
    contact: Text | None = Field(
        None, title="Contact", description="Whom to call there: an office rather than a person."
    )


class Consignment(Shape):
    """One load of waste that went away, by its note."""

    model_config = ConfigDict(title="consignment")

    date: Day = Field(title="Date", description="The day it left.")
    note: Text | None = Field(
        None, title="Note", description="The number of its transfer or consignment note."
    )
    tonnes: Number | None = Field(None, title="Tonnes", description="How much it was, in tonnes.")
    carrier: ProviderRef | None = Field(None, title="Carrier", description="Who carried it.")
    destination: ProviderRef | None = Field(None, title="Destination", description="Who took it in.")


class WasteStreamRow(Entity):
    """A stream of waste, from its container to where it ends (8.1)."""

    model_config = ConfigDict(title="waste stream")

    status: RowStatus | None = Field(None, title="Status", description=_STATUS)
    code: Text | None = Field(
        None,
        title="Code",
        description="Its code in the list of wastes that applies, such as 11 01 09* or F006.",
    )
    hazardous: Flag | None = Field(None, title="Hazardous", description="Whether it is hazardous waste.")
    aspects: tuple[AspectRef, ...] = Field((), title="Aspects", description="The aspects it comes from.")
    obligations: tuple[ObligationRef, ...] = Field(
        (), title="Compliance obligations", description="The obligations that bear on it."
    )
    container: Text | None = Field(
        None, title="Container", description="What it is kept in, how it is marked, and where it stands."
    )
    storage_limit: Text | None = Field(
        None, title="Storage limit", description="How much of it, or how long, may be stored."
    )
    carriers: tuple[ProviderRef, ...] = Field((), title="Carriers", description="Who may carry it.")
    destinations: tuple[ProviderRef, ...] = Field(
        (), title="Destinations", description="The sites or firms that take it in."
    )
    treatment: Literal["reuse", "recycle", "recover", "landfill", "incinerate"] | None = Field(
        None, title="Treatment", description="What becomes of it."
    )
    tonnes_per_month: Number | None = Field(
        None, title="Tonnes a month", description="How much arises in a usual month, in tonnes."
    )
    monitoring: tuple[MonitoredByRef, ...] = Field(
        (), title="Monitored by", description="The measurements and indicators that count it."
    )
    consignments: tuple[Consignment, ...] = Field(
        (), title="Consignments", description="Each load that left, by its note, the latest last."
    )


class SafetyDataSheet(Shape):
    """The safety data sheet in use."""

    model_config = ConfigDict(title="safety data sheet")

    revision: Text | None = Field(None, title="Revision", description="Its revision as the supplier has it.")
    date: Day | None = Field(None, title="Date", description="The day of that revision.")
    file: Text | None = Field(None, title="File", description="Where it is kept.")
    sha256: Checksum | None = Field(
        None, title="SHA-256", description="The checksum of the file, by which it is known again."
    )


class ChemicalRow(Entity):
    """A chemical that is bought, stored or used (8.1)."""

    model_config = ConfigDict(title="chemical")

    status: RowStatus | None = Field(None, title="Status", description=_STATUS)
    suppliers: tuple[ProviderRef, ...] = Field((), title="Suppliers", description="Who supplies it.")
    cas: Text | None = Field(None, title="CAS number", description="Its CAS number, where it has one.")
    sds: SafetyDataSheet | None = Field(
        None, title="Safety data sheet", description="The revision of the data sheet that is in use."
    )
    hazards: tuple[Text, ...] = Field(
        (), title="Hazards", description="Its classification: hazard statements such as H350, H410."
    )
    max_stock: Quantity | None = Field(
        None, title="Greatest stock", description="How much may be on the premises at any time."
    )
    location: Text | None = Field(None, title="Where it is stored", description="The store, tank or rack.")
    bund: Text | None = Field(
        None, title="Bund", description="What holds it when its container leaks, and how much that takes."
    )
    reach_status: (
        Literal["registered", "exempt", "restricted", "authorisation", "candidate", "not-subject"] | None
    ) = Field(None, title="REACH", description="How it stands under REACH or its like.")
    reach_note: Text | None = Field(
        None,
        title="Note on REACH",
        description="Number, holder and use of the authorisation; the restriction.",
    )
    used_in: tuple[ProcessRef, ...] = Field((), title="Used in", description="The processes that use it.")
    aspects: tuple[AspectRef, ...] = Field((), title="Aspects", description="The aspects it causes.")
    obligations: tuple[ObligationRef, ...] = Field(
        (), title="Compliance obligations", description="The obligations that bear on it."
    )
