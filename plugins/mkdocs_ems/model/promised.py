"""What a document promises to keep: records of a kind, so and so often (7.5.3, 8.1, 9.1.1).

Only the shape of it; which periods have a record is worked out in `promises`.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import AnyRef, Day, Every, OwnerRef, Text
from mkdocs_ems.model.shapes import Shape


class PromisedRecord(Shape):
    """Records that a document promises: a walk each week, a check of each bund each month."""

    model_config = ConfigDict(title="promised record")

    type: Text = Field(title="Type", description="The kind of record, such as inspection.")
    every: Every = Field(title="Every", description="How often one is made, such as 1 week or 3 months.")
    of: tuple[AnyRef, ...] = Field(
        (),
        title="Of",
        description="One record for each of these: forms, controls, scenarios. The document itself without.",
    )
    by: OwnerRef | None = Field(None, title="By", description="Who sees to it.")
    since: Day | None = Field(
        None,
        title="Since",
        description="The first day for which it is promised; that of the first record without.",
    )
    until: Day | None = Field(None, title="Until", description="Its last day, where it has ended.")
