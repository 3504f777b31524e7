"""A company whose procedures, controls and risks refer to one another, told event by event in memory.

Eve approves by merging what Ann wrote. Nothing here asserts anything.
"""

from __future__ import annotations

from datetime import date

from mkdocs_ems.compile import Compilation
from mkdocs_ems.graph import link
from mkdocs_ems.model import build_model
from mkdocs_ems.source import parse_sources
from support.chain import Chain, Files, Work
from support.company import company, settings

WASTE, CONTROLS, RISKS = "procedures/waste.md", "registers/controls.yml", "registers/risks.yml"

MATRIX = """\
    - {types: [policy, rules, person, role], roles: [ROL-MD]}
    - {types: [procedure, control, risk, aspect], roles: [ROL-EHS, ROL-OPS]}
"""


def procedure(text: str = "Sort by [[OPC-001]].", *, identity: str = "PRO-001", head: str = "") -> str:
    """A procedure that mentions a control."""
    return (
        f"---\nid: {identity}\ntype: procedure\ntitle: Waste {identity}\nowner: ROL-EHS\n{head}---\n"
        f"# Waste\n\n{text}\n"
    )


def control(where: str = "Yard", *, identity: str = "OPC-001", **more: str) -> str:
    """A row of a register of controls; further fields as they are written."""
    said = {"title": f"Bins {identity}", "where": where, **more}
    return f"  - id: {identity}\n" + "".join(f"    {key}: {value}\n" for key, value in said.items())


def risk(treatment: str = "Train", *, identity: str = "RSK-001", **more: str) -> str:
    """A row of the living register of risks."""
    said = {"title": f"Fire {identity}", "treatment": treatment, **more}
    return f"  - id: {identity}\n" + "".join(f"    {key}: {value}\n" for key, value in said.items())


def register(*rows: str, identity: str = "REG-CONTROLS", kind: str = "control") -> str:
    """A register of rows as `control` and `risk` write them."""
    return f"id: {identity}\ntype: {kind}\ntitle: {identity}\nowner: ROL-EHS\nrows:\n{''.join(rows)}"


def begin(**files: str) -> Chain:
    """The company with one procedure that mentions one control, both adopted."""
    base = {WASTE: procedure(), CONTROLS: register(control())}
    return company(ems=settings(matrix=MATRIX), **{**base, **files})


def approved(chain: Chain, files: Files, *, on: str | None = None) -> str:
    """Land a change that Eve approves by her merge."""
    return chain.merge(Work(files), by="eve", on=on)


def compiled(chain: Chain, *, as_of: str | None = None) -> Compilation:
    """The head of a chain, with something to read earlier contents with."""
    snapshot = chain.snapshot()
    sources = parse_sources(snapshot)
    model = build_model(sources)
    day = date.fromisoformat(as_of) if as_of else chain.now.date()
    return Compilation(
        snapshot,
        sources,
        model,
        link(model, sources),
        day,
        chain.control(as_of),
        history=chain.history(),
        blobs=chain.shelf,
    )
