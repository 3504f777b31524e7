"""The sections that some kinds of rows have on their pages beside fields and links, by kind.

A page's table of contents is made before the page is drawn, so a section says by itself,
and quickly, whether a row has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Node
from mkdocs_ems.model import Record
from mkdocs_ems.pages.compliance import conditions_section, has_conditions
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.measurements import (
    calibrations,
    is_calibrated,
    is_used,
    measured_with,
    readings_section,
)
from mkdocs_ems.pages.progress import progress_section, values_section
from mkdocs_ems.pages.record_files import files_section, has_files
from mkdocs_ems.pages.view import View


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a kind's pages."""

    title: str
    anchor: str
    has: Callable[[Node, View], bool]
    """Whether a row has it; asked of every row before any is drawn."""
    draw: Callable[[Node, View, Links], Markup]
    leads: bool = False
    """Stands before the fields: it is what a reader opens the page for."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A section of one row's page."""

    title: str
    anchor: str
    body: Markup
    leads: bool


def _always(_node: Node, _view: View) -> bool:
    return True


SECTIONS: Mapping[str, tuple[Section, ...]] = {
    "obligation": (Section("How it is met", "met", has_conditions, conditions_section),),
    "objective": (Section("Progress", "progress", _always, progress_section, leads=True),),
    "indicator": (Section("Values", "values", _always, values_section, leads=True),),
    "measurement": (Section("Readings", "readings", _always, readings_section),),
    "instrument": (
        Section("Calibrations", "calibrations", is_calibrated, calibrations),
        Section("Measured with it", "measured", is_used, measured_with),
    ),
}
"""The sections of each kind, in the order in which they stand."""

OF_RECORDS = (Section("Files", "files", has_files, files_section),)
"""The sections that records of every kind have."""


FACTS = ("What is written", "facts")
"""The heading of the fields, where a section stands before them."""


def sections_of(node: Node, view: View) -> Iterator[tuple[str, str]]:
    """Titles and anchors of a row's sections, and of its fields where those come second."""
    for one in _sections(node):
        if one.has(node, view):
            yield one.title, one.anchor
            if one.leads:
                yield FACTS


def _sections(node: Node) -> tuple[Section, ...]:
    own = SECTIONS.get(node.kind, ())
    return (*own, *OF_RECORDS) if isinstance(node.entity, Record) else own


def drawn(node: Node, *, view: View, links: Links) -> tuple[Drawn, ...]:
    """The sections of a row; most kinds have none."""
    return tuple(
        Drawn(one.title, one.anchor, one.draw(node, view, links), one.leads)
        for one in _sections(node)
        if one.has(node, view)
    )
