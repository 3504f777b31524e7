"""What is drawn around a row: which things, in which column, and where they stand in the picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Protocol
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.diagnostics import Report
from mkdocs_ems.graph import Graph
from mkdocs_ems.model import KINDS
from mkdocs_ems.pages.drawing import Drawer
from mkdocs_ems.pages.lettering import cut, lines, width
from mkdocs_ems.pages.neighbourhood import MOST, Neighbourhood, Surroundings
from mkdocs_ems.pages.view import view_of
from support.content import graph_of
from support.rule_cases import compiled

SETTINGS = "schema: 1\norganisation: {name: Wrenholt}\n"
REGISTERS = {
    "ISS": "context-issue",
    "OBJ": "objective",
    "ASP": "aspect",
    "OBL": "obligation",
    "RSK": "risk",
    "OPC": "control",
    "MON": "measurement",
    "ROL": "role",
}
FIELDS = {
    "ISS": {"RSK": "leads_to", "ASP": "leads_to", "OBJ": "leads_to", "OBL": "leads_to"},
    "OBJ": {"ASP": "basis", "OBL": "basis", "RSK": "basis"},
    "ASP": {"OBL": "obligations", "OPC": "controls", "MON": "monitoring"},
    "OBL": {"OPC": "controls", "ASP": "aspects"},
    "RSK": {"OBL": "source", "ASP": "source"},
    "OPC": {"ASP": "aspects", "OBL": "obligations", "RSK": "risks"},
    "MON": {"ASP": "why", "OBL": "why", "RSK": "why", "OPC": "why"},
    "ROL": {},
}


class Shown(Protocol):
    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]


def registers(*links: tuple[str, str], titles: Mapping[str, str] | None = None) -> dict[str, str]:
    """Registers in which rows link each other, each by a field that takes the other's kind."""
    rows: dict[str, dict[str, dict[str, list[str]]]] = {}
    for one, other in links:
        for id_ in (one, other):
            rows.setdefault(id_[:3], {}).setdefault(id_, {})
        field = FIELDS[one[:3]].get(other[:3])
        if field:
            rows[one[:3]][one].setdefault(field, []).append(other)
    files: dict[str, str] = {}
    for prefix, ones in rows.items():
        text = f"id: REG-{prefix}\ntype: {REGISTERS[prefix]}\ntitle: T\nrows:\n"
        for id_, fields in ones.items():
            title = (titles or {}).get(id_, f"About {id_}")
            text += f"  - id: {id_}\n    title: {title!r}\n"
            text += "".join(f"    {field}: [{', '.join(ids)}]\n" for field, ids in fields.items())
        files[f"registers/{prefix.lower()}.yml"] = text
    return files


def graph(*links: tuple[str, str]) -> Graph:
    return graph_of(registers(*links))


def around(start: str, *links: tuple[str, str]) -> Neighbourhood:
    found = Surroundings(graph(*links), tuple(KINDS)).of(start)
    assert found is not None
    return found


EMPTY = Report((), (), (), "work tree", None, date(2026, 6, 1), "2015", {})


def drawing(start: str, *links: tuple[str, str], titles: Mapping[str, str] | None = None) -> ET.Element:
    """The picture around an id, read as XML."""
    files = {f"ems/{path}": text for path, text in registers(*links, titles=titles).items()}
    view = view_of(compiled({"ems/ems.yml": SETTINGS, **files}), report=EMPTY, rule_docs={}, draft=True)
    drawer = Drawer(view, view.links("registers/a/b/index.html"), listed="linked")
    found = drawer.neighbourhood(start)
    assert found is not None
    return ET.fromstring(drawer.draw(found))  # noqa: S314 - our own picture


@dataclass(frozen=True, slots=True)
class Placed:
    """A box of the picture."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def boxes(svg: ET.Element) -> list[Placed]:
    found: list[Placed] = []
    for group in svg.iter("g"):
        left, top = (float(one) for one in re.findall(r"-?[0-9.]+", group.get("transform", "")))
        paths = [path for path in group.iter("path") if "ems-box" in path.get("class", "")]
        rows, documents = "a3.5 3.5 0 0 1 3.5 3.5V([0-9.]+)", "L[0-9.]+ 10V([0-9.]+)"
        path = paths[0].get("d", "")
        wide = float(re.search("H([0-9.]+)", path)[1])  # type: ignore[index]  # every box has a side
        high = float(re.search(f"{rows}|{documents}", path)[1] or 0)  # type: ignore[index]
        found.append(Placed(left, top, left + wide + 4, top + high + 4, "".join(group.itertext())))
    return found


def test_what_leads_to_a_thing_stands_before_it_and_what_it_leads_to_behind_it() -> None:
    found = around(
        "OBL-1",
        ("ISS-1", "ASP-1"),
        ("ASP-1", "OBL-1"),
        ("OPC-1", "OBL-1"),
        ("MON-1", "OPC-1"),
        ("ROL-1", "ROL-2"),
    )
    assert (found.back.far.ids, found.back.near.ids) == (("ISS-1",), ("ASP-1",))
    assert (found.on.near.ids, found.on.far.ids) == (("OPC-1",), ("MON-1",))
    assert found.back.edges == found.on.edges == ((0, 0),)


def test_a_thing_stands_where_the_shortest_way_leads() -> None:
    found = around("ASP-1", ("ASP-1", "OBL-1"), ("OBL-1", "OPC-1"), ("ASP-1", "OPC-1"))
    assert found.on.near.ids == ("OBL-1", "OPC-1")
    assert found.on.far.ids == ()


def test_nothing_is_drawn_of_what_is_in_no_chain() -> None:
    made = graph(("OBJ-1", "ASP-1"), ("ROL-1", "ROL-2"))
    assert Surroundings(made, tuple(KINDS)).of("ROL-1") is None


def test_a_full_column_keeps_some_of_every_kind_and_counts_the_rest() -> None:
    many = [("ASP-1", f"OPC-{number}") for number in range(1, 15)]
    found = around("ASP-1", *many, ("ASP-1", "OBL-1"), ("ASP-1", "MON-1"))
    assert len(found.on.near.ids) == MOST - 1
    assert {"OBL-1", "MON-1"} < set(found.on.near.ids)
    assert found.on.near.hidden == 16 - (MOST - 1)


def test_lines_do_not_cross_where_they_need_not() -> None:
    ways = [("ASP-1", "OBL-1"), ("ASP-1", "OBL-2"), ("ASP-1", "OBL-3")]
    found = around("ASP-1", *ways, ("OBL-1", "OPC-3"), ("OBL-2", "OPC-2"), ("OBL-3", "OPC-1"))
    assert all(one[1] <= other[1] for one, other in pairwise(sorted(found.on.edges)))


def test_every_box_but_its_own_is_a_link_that_says_everything() -> None:
    svg = drawing("ASP-1", ("ASP-1", "OBL-1"), titles={"OBL-1": "A consent " + "with a very long name " * 5})
    links = list(svg.iter("a"))
    assert [link.get("href") for link in links] == ["../../../registers/obligations/OBL-1/index.html"]
    assert links[0].findtext("title", "").startswith("Obligation OBL-1 A consent with a very long name")
    assert any(text.endswith("…") for text in links[0].itertext())


def test_the_picture_has_a_title_a_description_and_asks_nothing_of_a_style() -> None:
    svg = drawing("ASP-1", ("ASP-1", "OBL-1"))
    assert svg.get("role") == "group"
    ids = {one.get("id"): one.tag for one in svg if one.get("id")}
    assert ids == {svg.get("aria-labelledby"): "title", svg.get("aria-describedby"): "desc"}
    assert all(one.get("style") is None for one in svg.iter())


def test_what_has_ended_says_so_in_words(render: Render, small: Mapping[str, str]) -> None:
    path = "ems/registers/controls.yml"
    files = {**small, path: small[path].replace("hierarchy:", "status: withdrawn\n    hierarchy:")}
    said = render(files).html("registers/aspects/ASP-001/index.html")
    assert "Control, withdrawn" in said


def test_the_lists_below_the_picture_name_everything_in_it(drafted: Shown) -> None:
    page = drafted.html("registers/aspects/ASP-001/index.html")
    picture, _, lists = page.partition("</svg>")
    drawn = set(re.findall(r'href="([^"#]+)"', picture.partition("<svg")[2]))
    assert drawn
    assert all(f'href="{address}"' in lists for address in drawn)


def test_a_document_shows_what_leads_to_it(drafted: Shown) -> None:
    page = drafted.html("documents/PRO-001/index.html")
    assert "Control OPC-001 Scrubber" in page
    assert 'href="../../registers/controls/OPC-001/index.html"' in page


NODES = st.sampled_from([f"{prefix}-{number}" for prefix in REGISTERS for number in range(1, 6)])
LINKS = st.lists(st.tuples(NODES, NODES), min_size=1, max_size=60)


@settings(deadline=None)
@given(LINKS, NODES)
def test_columns_hold_no_more_than_they_may_and_nothing_twice(
    links: list[tuple[str, str]], start: str
) -> None:
    made = graph(*links)
    if start not in made.nodes:
        return
    found = Surroundings(made, tuple(KINDS)).of(start)
    if found is None:
        return
    shown = [start]
    for side in (found.back, found.on):
        for column in (side.near, side.far):
            shown += column.ids
            assert len(column.ids) + bool(column.hidden) <= MOST
        assert all(one < len(side.near.ids) and other < len(side.far.ids) for one, other in side.edges)
        assert {other for _, other in side.edges} == set(range(len(side.far.ids)))
        assert set(side.far.ids) <= set(side.beyond)
    assert len(shown) == len(set(shown))


@settings(deadline=None, max_examples=40)
@given(LINKS, NODES, st.text("abc WmI.", min_size=1, max_size=120).filter(str.strip))
def test_boxes_lie_in_the_frame_and_never_on_each_other(
    links: list[tuple[str, str]], start: str, title: str
) -> None:
    made = graph(*links)
    if start not in made.nodes or Surroundings(made, tuple(KINDS)).of(start) is None:
        return
    svg = drawing(start, *links, titles={start: f"x{title}", "OPC-1": f"x{title}"})
    _, _, wide, high = (float(one) for one in svg.get("viewBox", "").split())
    placed = boxes(svg)
    assert wide <= 680
    for box in placed:
        assert box.left >= 0
        assert box.top >= 0
        assert box.right <= wide + 0.5
        assert box.bottom <= high
    for index, one in enumerate(placed):
        for other in placed[index + 1 :]:
            apart = one.right <= other.left or other.right <= one.left
            assert apart or one.bottom < other.top or other.bottom < one.top, (one, other)


@given(st.text(max_size=200), st.floats(30, 300), st.floats(0, 80))
def test_lines_keep_to_their_room(text: str, room: float, indent: float) -> None:
    made = lines(text, room, 12, most=3, indent=indent)
    assert 1 <= len(made) <= 3
    assert all(width(line, 12) <= room + 0.001 for line in made)
    assert width(made[0], 12) <= max(room - indent, 0) + 0.001 or not made[0].strip()


@given(st.text(max_size=100), st.floats(12, 300))
def test_a_cut_text_keeps_to_its_room_and_says_that_it_is_cut(text: str, room: float) -> None:
    made = cut(text, room, 12)
    assert width(made, 12) <= room + 0.001
    assert made == text or made.endswith("…")
