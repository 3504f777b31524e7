"""Where each entry of a page of changes leads in either version."""

from __future__ import annotations

import pytest

from mkdocs_ems.changes.comparing import compare
from mkdocs_ems.changes.values import Named
from mkdocs_ems.cli.changed_since import addresses_in
from mkdocs_ems.pages.addresses import places
from support.states import Content, state_of

READINGS = "records/readings/2026.csv"
RECORDS = "records/incidents/2026.yml"
HEAD = "parameter,period,value,unit\n"
BEFORE: Content = {
    "registers/measurements.yml": "id: REG-MON\ntype: measurement\nrows:\n"
    "  - {id: MON-1, title: Nickel}\n  - {id: MON-2, title: Zinc}\n  - {title: Copper}\n",
    READINGS: f"{HEAD}MON-1,2026-01,4,mg/L\n",
    RECORDS: "type: incident\nrows:\n  - {id: INC-1, title: Spill}\n",
    "records/inspections/photo.txt": "A pump",
}
AFTER: Content = {
    **BEFORE,
    "registers/measurements.yml": BEFORE["registers/measurements.yml"].replace("Copper", "Copper and tin"),
    READINGS: f"{HEAD}MON-1,2026-01,5,mg/L\n",
    RECORDS: "type: incident\ntitle: Of the year\nrows:\n  - {id: INC-1, title: Spill of acid}\n",
    "records/inspections/photo.txt": "Another pump",
}
BOTH: Content = {**BEFORE, READINGS: f"{HEAD}MON-1,2026-01,4,mg/L\nMON-2,2026-01,4,mg/L\n"}


def led(before: Content, after: Content) -> dict[str, str | None]:
    """Where everything that changed leads in the later state, by what it is called."""
    old, new = state_of(before), state_of(after)
    address = addresses_in(new, places(new), "../")
    return {one.of.id or one.of.key: address(one.of) for one in compare(old, new).changes}


@pytest.mark.parametrize(
    ("thing", "page"),
    [
        ("INC-1", "records/incidents/INC-1/index.html"),
        (f"file:{RECORDS}", "records/incidents/index.html"),
        (f"file:{READINGS}", "registers/measurements/MON-1/index.html"),
    ],
)
def test_whatever_holds_something_with_a_page_leads_there(thing: str, page: str) -> None:
    assert led(BEFORE, AFTER)[thing] == f"../{page}"


def test_a_row_without_an_id_leads_to_the_page_of_its_register() -> None:
    found = {to for thing, to in led(BEFORE, AFTER).items() if "REG-MON" in thing or "measurements" in thing}
    assert found == {"../registers/measurements/index.html#REG-MON"}


def test_a_file_with_values_of_several_measurements_leads_to_all_of_them() -> None:
    assert led(BEFORE, BOTH)[f"file:{READINGS}"] == "../registers/measurements/index.html"


def test_a_file_that_no_page_shows_leads_nowhere() -> None:
    state = state_of(AFTER)
    photo = Named(
        "file:records/inspections/photo.txt", None, "file", "", None, "records/inspections/photo.txt"
    )
    assert addresses_in(state, places(state), "../")(photo) is None
