"""What every record carries: the date of evidence, who made it, what shows it, what was added later.

A record is evidence: it stands as it landed, and from the moment at which it says what its
kind has to say (`closed`) it does not change any more, except by amendments added behind it.
A file below `records/` holds one record, or several of one type under `rows:`; a company with
a check each week keeps a year of them in one file.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from mkdocs_ems import dataclass
from mkdocs_ems.model.fields import AnyRef, Checksum, Day, FormRef, OwnerRef, Text, Whole
from mkdocs_ems.model.retention import Access
from mkdocs_ems.model.shapes import Entity, Shape


@dataclass(frozen=True, slots=True)
class Essential:
    """Something without which a record of a kind is no evidence; where it is missing, REC003 tells it.

    A kind names its own in `essentials`. What another rule asks for is none of them: one fault, one finding.
    """

    what: str
    """As it is told that it is missing: `no result`, `nobody who attended`."""
    fields: tuple[str, ...]
    """The fields that say it: any of them will do."""

    def missing(self, record: "Record") -> bool:
        """Whether none of the fields says anything."""
        return not any(getattr(record, field) not in (None, "", ()) for field in self.fields)


WHEN = Essential("no date", ("date", "period_end"))
"""The day, or the days, of which it is evidence."""

WHO = Essential("nobody who made it", ("by",))
"""Who did it, and answers for what it says."""


class Amendment(Shape):
    """What was added to a record after it was closed: nothing that stood there is touched."""

    model_config = ConfigDict(title="amendment")

    date: Day = Field(title="Date", description="The day it was added.")
    by: OwnerRef | None = Field(None, title="By", description="Who added it.")
    text: Text = Field(title="What", description="What is added or put right, and why.")


class Evidence(Shape):
    """Something that shows what is said: a file, another record, or what is kept elsewhere."""

    model_config = ConfigDict(title="piece of evidence")

    file: Text | None = Field(
        None,
        title="File",
        description="A file below the content folder, or in a store outside it, such as scans:2026/0614.pdf.",
    )
    sha256: Checksum | None = Field(
        None, title="SHA-256", description="The checksum of the file, by which it is known again."
    )
    record: AnyRef | None = Field(None, title="Record", description="Another record that shows it.")
    what: Text | None = Field(
        None, title="What", description="What it is, or where it is kept, where it is no file."
    )


class Record(Entity):
    """A record of any kind (7.5.3): evidence of what was done or found."""

    model_config = ConfigDict(title="record")

    essentials: ClassVar[tuple[Essential, ...]] = (WHEN, WHO)
    """What every record of the kind has to say (7.5.2); a kind adds its subject and its result."""

    type: Text | None = Field(None, title="Type", description="The kind of record.")
    date: Day | None = Field(
        None, title="Date", description="The day of what it is evidence of, not the day it was written down."
    )
    period_start: Day | None = Field(
        None, title="From", description="The first day that it covers, where that is more than one."
    )
    period_end: Day | None = Field(None, title="To", description="The last day that it covers.")
    by: tuple[OwnerRef, ...] = Field((), title="By", description="Who did it, and made the record.")
    form: FormRef | None = Field(None, title="Form", description="The form it was made on.")
    form_issue: Annotated[Whole, Field(ge=1)] | None = Field(
        None, title="Issue of the form", description="The number of the issue of the form that was used."
    )
    evidence: tuple[Evidence, ...] = Field((), title="Evidence", description="What shows it.")
    amendments: tuple[Amendment, ...] = Field(
        (), title="Amendments", description="What was added after it was closed, in order."
    )
    access: Access | None = Field(
        None, title="Access", description="Who may see it; as is settled for its type without."
    )

    @property
    def day(self) -> Day | None:
        """The day of which it is evidence; of what took several, the last."""
        return self.date or self.period_end

    @property
    def closed(self) -> bool:
        """Whether it says what its kind has to say: from then on it is frozen."""
        return self.day is not None
