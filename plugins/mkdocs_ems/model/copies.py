"""Paper copies of documents that hang or lie where people work (7.5.3).

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

from typing import Annotated

from pydantic import ConfigDict, Field

from mkdocs_ems.model.fields import AnyRef, Day, OwnerRef, Text, Whole
from mkdocs_ems.model.shapes import Entity


class PostedCopyRow(Entity):
    """A paper copy of a document at a place (7.5.3)."""

    model_config = ConfigDict(title="posted copy")

    document: AnyRef | None = Field(
        None, title="Document", description="The document, or the register, of which it is a copy."
    )
    place: Text | None = Field(
        None, title="Place", description="Where it hangs or lies, such as Wall beside tank 7."
    )
    issue: Annotated[Whole, Field(ge=1)] | None = Field(
        None, title="Issue posted", description="The number of the issue that the copy shows."
    )
    posted_on: Day | None = Field(None, title="Posted on", description="The day this issue was put there.")
    posted_by: OwnerRef | None = Field(None, title="Posted by", description="Who put it there.")
    removed_on: Day | None = Field(
        None, title="Removed on", description="The day it was taken away, where nothing took its place."
    )
    removed_by: OwnerRef | None = Field(
        None, title="Removed by", description="Who took it away and confirms that it is gone."
    )
