"""A small company in three versions, between which everything changes that can change. Asserts nothing."""

from __future__ import annotations

from support.company import MATRIX, PEOPLE, POLICY, ROLES, procedure, settings
from support.story import Story

ASPECTS = """\
id: REG-ASPECTS
type: aspect
title: Environmental aspects
owner: ROL-EHS
clauses: ["6.1.2"]
rows:
  - {id: ASP-001, title: Nickel in rinse water, owner: ROL-EHS, activity: Plating, criteria: {likelihood: 2}}
  - {id: ASP-002, title: Noise at the gate, owner: ROL-OPS, activity: Deliveries}
  - {id: ASP-003, title: Solvent vapour at the degreaser, owner: ROL-OPS, activity: Degreasing of brass,
     media: air, controls: [OPC-001]}
  - {id: ASP-004, title: Waste oil, owner: ROL-OPS, activity: Maintenance}
"""
ASPECTS_AFTER = """\
# Reviewed in spring.
id: REG-ASPECTS
type: aspect
title: Environmental aspects
owner: ROL-EHS
clauses: ["6.1.2"]
rows:
  - {id: ASP-004, title: Waste oil, owner: ROL-OPS, activity: Maintenance}
  - {id: ASP-001, title: Nickel in rinse water, owner: ROL-EHS, activity: Plating, criteria: {likelihood: 3},
     controls: [OPC-001]}
  - {id: ASP-030, title: Solvent vapour at the degreaser, owner: ROL-OPS, activity: Degreasing of brass,
     media: air, controls: [OPC-001]}
  - {id: ASP-031, title: "Refrigerant loss\\u202e from chiller 2", owner: ROL-EHS, activity: Cooling}
"""
CONTROLS = """\
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-OPS
rows:
  - {id: OPC-001, title: Extraction, owner: ROL-OPS}
  - {id: OPC-002, title: Bund, owner: ROL-OPS}
"""
CONTROLS_AFTER = """\
id: REG-CONTROLS
type: control
owner: ROL-OPS
title: Operational controls
rows:
  - {id: OPC-001, title: Extraction, owner: ROL-OPS}
"""
YARD = """\
id: REG-YARD
type: control
title: Controls of the yard
owner: ROL-OPS
rows:
  - {id: OPC-002, title: Bund, owner: ROL-OPS}
"""
READINGS = "parameter,period,value,unit\nMON-001,2026-01,4.1,mg/L\n"
HOSTILE = "<script>alert(1)</script> @everyone | {+x+} \x1b[31m"
WATER = "ems/procedures/water.md"
MOVED = "ems/procedures/waste-water.md"
TEXT = "Take a sample every week before discharge.\n\n![flow](flow.svg)\n\nSee [[OPC-001]].\n"
TEXT_AFTER = "Take a sample every day before discharge.\n\n![flow](flow.svg)\n\nSee [[OPC-002]].\n"
FLOW = "<svg xmlns='http://www.w3.org/2000/svg'/>"


def three_versions(story: Story) -> None:
    """v1, v2 with every kind of change, v3 where only spaces differ; tags on the main branch."""
    story.commit(
        {
            "ems/ems.yml": settings(),
            "ems/registers/people.yml": PEOPLE,
            "ems/registers/roles.yml": ROLES,
            "ems/registers/aspects.yml": ASPECTS,
            "ems/registers/controls.yml": CONTROLS,
            "ems/policy.md": POLICY,
            WATER: procedure(TEXT),
            "ems/procedures/flow.svg": FLOW,
            "ems/records/readings/2026.csv": READINGS,
        },
        by="ann",
        date="2026-01-05",
    )
    story.tag("v1", message="First version", by="mary", date="2026-01-06")
    story.branch("work")
    story.commit(
        {
            "ems/ems.yml": settings(matrix=MATRIX + "    - {types: [control], roles: [ROL-OPS]}\n"),
            "ems/registers/aspects.yml": ASPECTS_AFTER,
            "ems/registers/controls.yml": CONTROLS_AFTER,
            "ems/registers/yard.yml": YARD,
            "ems/registers/people.yml": PEOPLE.replace("dan@example.org", "dan.frost@example.org"),
            WATER: None,
            MOVED: procedure(TEXT_AFTER),
            "ems/procedures/flow.svg": FLOW.replace("/>", "><path d='M0 0'/></svg>"),
            "ems/procedures/new.md": procedure("Lift with care.", identity="PRO-002").replace(
                "title: Waste", f'title: "{_quoted(HOSTILE)}"'
            ),
            "ems/records/readings/2026.csv": READINGS.replace("4.1", "1.4") + "MON-001,2026-02,2.0,mg/L\n",
            "ems/notes.txt": "Only a note.\n",
        },
        by="ann",
        date="2026-03-02",
    )
    story.switch("main")
    story.merge("work", by="eve", date="2026-03-03")
    story.commit({"ems/policy.md": POLICY.replace("protect", "guard")}, by="ben", date="2026-03-04")
    story.tag("v2", message="Second version", by="mary", date="2026-03-31")
    story.commit({"ems/registers/roles.yml": f"# Roles.\n{ROLES}"}, by="ben", date="2026-04-01")
    story.tag("v3", message="Third version", by="mary", date="2026-04-02")


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\x1b", "\\e")
