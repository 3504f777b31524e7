"""The pages for people who work here: by role and by area."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

from mkdocs_ems.pages import Manual, Page
from mkdocs_ems.pages.addresses import address_parts


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]

SITES = """
sites:
  - {id: ALDER, title: Alder Way Works, areas: [Store, Chemical store, Café, ETP]}
  - {id: ELM, title: Elm Yard, areas: [ETP]}
"""
INSTRUCTION = """\
---
id: WI-01
type: work-instruction
title: Offloading
owner: ROL-EHS
read_by: [ROL-OPS]
areas: [Chemical store]
---
Close the penstock first.
"""
MENTION = """\
---
id: PRO-002
type: procedure
title: Shifts
---
[[ROL-OPS]] decides.
"""
ROLES = """\
id: REG-ROL
type: role
title: Register of roles
rows:
  - id: ROL-OPS
    title: Operations Manager
    responsibilities: ["Runs the lines by [[PRO-002]]"]
    authorities: [May stop a line]
  - {id: ROL-EHS, title: EHS Manager}
  - {id: ROL-OLD, title: Clerk, status: withdrawn}
"""
PEOPLE = """\
id: REG-PER
type: person
title: Register of people
rows:
  - {id: PER-001, title: Ada Wren, roles: [{role: ROL-OPS, from: 2024-01-01}]}
  - {id: PER-002, title: Ben Elm, roles: [{role: ROL-OPS, from: 2020-01-01, to: 2023-12-31}]}
"""
ACTIONS = """\
id: REG-ACT
type: action
title: Register of actions
rows:
  - {id: ACT-001, title: Mend the bund, owner: ROL-OPS, due: 2026-10-31, status: open}
  - {id: ACT-002, title: Paint the bund, owner: PER-001, due: 2027-01-31, status: in-progress}
  - {id: ACT-003, title: Sweep, owner: ROL-OPS, due: 2026-01-31, status: done}
"""
SCENARIOS = """\
id: REG-EMR
type: emergency-scenario
title: Register of scenarios
rows:
  - id: EMR-001
    title: Hose failure
    location: Yard, in front of the chemical store
    roles: [ROL-OPS]
    response: [WI-01]
    aspects: [ASP-001]
    external_contacts: [{who: Fire service, number: 999}]
    equipment: [{name: Spill kit, place: ETP}]
  - {id: EMR-002, title: Fire, location: Whole site}
"""
CONTROLS = """\
id: REG-OPC
type: control
title: Register of controls
rows:
  - {id: OPC-001, title: Bund, where: Chemical store, aspects: [ASP-002], procedure: WI-01}
  - {id: OPC-002, title: Rack, where: "Store, row 2"}
  - {id: OPC-003, title: Skid, where: ETP, site: ELM}
  - {id: OPC-004, title: Hatch, where: Storeroom}
"""


@pytest.fixture(scope="module")
def works(render: Render, small: Mapping[str, str]) -> Shown:
    return render(
        {
            **small,
            "ems/ems.yml": small["ems/ems.yml"] + SITES,
            "ems/procedures/offloading.md": INSTRUCTION,
            "ems/procedures/shifts.md": MENTION,
            "ems/registers/roles.yml": ROLES,
            "ems/registers/people.yml": PEOPLE,
            "ems/registers/actions.yml": ACTIONS,
            "ems/registers/scenarios.yml": SCENARIOS,
            "ems/registers/controls.yml": CONTROLS,
        }
    )


OPS = "work/roles/ROL-OPS/index.html"


def test_the_start_page_leads_to_every_role_and_area_that_one_can_choose(works: Shown) -> None:
    start = works.html("index.html")
    assert f'<a href="{OPS}">Operations Manager</a>' in start
    assert "work/roles/ROL-OLD" not in start
    for area in ("store", "chemical-store", "cafe", "etp"):
        assert f'href="work/areas/alder/{area}/index.html"' in start
    assert 'href="work/areas/elm/etp/index.html"' in start


def test_too_many_roles_for_the_start_page_stand_on_a_page_of_choices(
    render: Render, small: Mapping[str, str]
) -> None:
    rows = "".join(f"  - {{id: ROL-{number:02}, title: Role {number}}}\n" for number in range(25))
    roles = f"id: REG-ROL\ntype: role\ntitle: Roles\nrows:\n{rows}"
    shown = render({**small, "ems/registers/roles.yml": roles})
    assert '<a href="work/index.html">Choose your role or your area</a>' in shown.html("index.html")
    assert 'href="../work/roles/ROL-24/index.html"' in shown.html("work/index.html")


def test_a_role_reads_first_what_it_has_to_know(works: Shown) -> None:
    page = works.html(OPS)
    reading = page[page.index('id="read"') : page.index('id="emergency"')]
    assert reading.index("WI-01") < reading.index("Also names this role") < reading.index("PRO-002")
    assert 'href="../../../documents/WI-01/index.html"' in reading


def test_what_another_document_has_replaced_is_not_read_any_more(
    render: Render, small: Mapping[str, str]
) -> None:
    old = INSTRUCTION.replace("WI-01", "WI-00").replace("owner: ROL-EHS", "owner: ROL-EHS\nsuperseded_by: {}")
    files = {**small, "ems/registers/roles.yml": ROLES, "ems/procedures/offloading.md": INSTRUCTION}
    replaced = render({**files, "ems/procedures/old.md": old.format("WI-01")})
    assert "WI-00" not in replaced.html(OPS)
    assert "WI-01" in replaced.html(OPS)
    # As long as the successor is nowhere, the old one is all that there is.
    alone = render({**files, "ems/procedures/old.md": old.format("WI-09")})
    assert "WI-00" in alone.html(OPS)


def test_a_role_finds_the_plan_and_whom_to_call_in_an_emergency(works: Shown) -> None:
    page = works.html(OPS)
    part = page[page.index('id="emergency"') : page.index('id="duties"')]
    assert "EMR-001" in part
    assert "WI-01" in part
    assert "Fire service: 999" in part
    assert "EMR-002" not in part


def test_a_role_answers_for_what_is_open_and_sees_what_is_late(works: Shown) -> None:
    page = works.html(OPS)
    part = page[page.index('id="duties"') : page.index('id="role"')]
    assert part.index("ACT-001") < part.index("overdue") < part.index("ACT-002")
    assert "as Ada Wren, due 2027-01-31" in part
    assert "ACT-003" not in part
    assert part.count("overdue") == 1


def test_only_who_holds_a_role_today_is_named(works: Shown) -> None:
    page = works.html(OPS)
    assert "Held by Ada Wren." in page
    assert "Ben Elm" not in page
    assert "Nobody is named who holds it." in works.html("work/roles/ROL-EHS/index.html")


def test_the_page_of_a_withdrawn_role_stays_and_says_so(works: Shown) -> None:
    assert "<strong>Withdrawn.</strong>" in works.html("work/roles/ROL-OLD/index.html")


def test_words_of_a_role_are_escaped_and_their_mentions_linked(works: Shown) -> None:
    assert '<a href="../../../documents/PRO-002/index.html"' in works.html(OPS)


def test_an_area_shows_what_is_used_and_placed_there(works: Shown) -> None:
    page = works.html("work/areas/alder/chemical-store/index.html")
    assert "WI-01" in page[page.index('id="read"') : page.index('id="emergency"')]
    emergency = page[page.index('id="emergency"') : page.index('id="controls"')]
    assert "EMR-001" in emergency
    controls = page[page.index('id="controls"') : page.index('id="hazards"')]
    assert "OPC-001" in controls
    assert "OPC-002" not in controls
    hazards = page[page.index('id="hazards"') :]
    assert hazards.index("ASP-001") < hazards.index("ASP-002")


def test_an_area_within_the_name_of_another_is_not_meant(works: Shown) -> None:
    page = works.html("work/areas/alder/store/index.html")
    assert "OPC-002" in page
    assert "OPC-001" not in page
    assert "OPC-004" not in page


def test_areas_of_one_name_at_two_sites_are_kept_apart(works: Shown) -> None:
    assert "OPC-003" in works.html("work/areas/elm/etp/index.html")
    assert "OPC-003" not in works.html("work/areas/alder/etp/index.html")


def test_what_is_placed_at_the_whole_site_belongs_to_every_area(works: Shown) -> None:
    for page in ("alder/cafe", "alder/etp", "elm/etp"):
        assert "EMR-002" in works.html(f"work/areas/{page}/index.html")


def test_equipment_is_shown_where_it_is_kept(works: Shown) -> None:
    assert "Spill kit" in works.html("work/areas/alder/etp/index.html")


def test_without_roles_and_areas_there_is_no_page_of_choices(render: Render) -> None:
    shown = render({"ems/ems.yml": "schema: 1\norganisation: {name: Wrenholt}\n"})
    assert "work/index.html" not in shown.pages
    assert "Choose your" not in shown.html("index.html")


def test_names_become_parts_of_addresses_that_stay() -> None:
    assert address_parts(["Café", "Yard & goods-in", "yard goods in", "化学"]) == (
        "cafe",
        "yard-goods-in",
        "yard-goods-in-102a8617",
        "0316d311",
    )
