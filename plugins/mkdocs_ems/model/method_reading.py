"""A significance method read from a file of its own: `significance:` with the method below it, or the method.

For a method that is only tried out. Everything wrong is a finding; nothing here raises.
"""

from __future__ import annotations

from mkdocs_ems.diagnostics import Anchor, Finding, Route
from mkdocs_ems.model.method import Significance
from mkdocs_ems.model.method_faults import method_faults
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.reading import read
from mkdocs_ems.model.wording import Fault
from mkdocs_ems.source import Source


def read_method(source: Source) -> tuple[Significance, tuple[Finding, ...]]:
    """The method that a file declares, and what is wrong with it; with a finding it must not be used."""
    base: Route = ("significance",) if "significance" in source.data else ()
    data = source.data["significance"] if base else dict(source.data)
    if not isinstance(data, dict) or not data:
        fault = Fault((), "there is no method here", "write significance: and the method below it")
        return Significance(), (_finding(fault, source.path, base),)
    near = Nearest()
    reading = read(Significance, data, near=near)
    faults = list(reading.faults)
    if not reading.dropped:
        faults += method_faults(reading.value, near)
    return reading.value, tuple(_finding(fault, source.path, base) for fault in faults)


def _finding(fault: Fault, path: str, base: Route) -> Finding:
    return Finding(
        fault.message, Anchor(path, (*base, *fault.route), fault.key), help=fault.help, code="SCH001"
    )
