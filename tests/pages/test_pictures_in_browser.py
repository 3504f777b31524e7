"""Pictures, charts and the matrix in a real browser: letters that fit, sizes for desk and phone, keyboard."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page, expect

from mkdocs_ems.pages import assets
from support.browsing import PATIENCE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium: apt-get install chromium"),
]

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}

OBLIGATIONS = """\
id: REG-OBL
type: obligation
title: Obligations
rows:
  - id: OBL-001
    title: Consent to discharge what we have treated before to the sewer of the town
    aspects: [ASP-001, ASP-002]
    conditions: [{text: Nickel, kind: limit, parameter: MON-001, limit: 2, unit: mg/L}]
"""
MEASUREMENTS = """\
id: REG-MON
type: measurement
title: Monitoring plan
rows:
  - id: MON-001
    title: Nickel
    unit: mg/L
    limits: {legal_max: 2, alert_max: 1.9}
    why: [OBL-001]
    instrument: CAL-001
"""
INSTRUMENTS = """\
id: REG-CAL
type: instrument
title: Instruments
rows:
  - {id: CAL-001, title: Spectrometer}
"""
READINGS = "parameter,period,value,unit\n" + "".join(
    f"MON-001,{2025 + month // 12}-{month % 12 + 1:02},{1.1 + month % 5 / 4},mg/L\n" for month in range(24)
)

TOUCHING = """() => {
  const found = [];
  for (const svg of document.querySelectorAll("svg.ems-chart")) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")]
      .map((one) => [one.textContent, one.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0);
    texts.forEach(([text, box], index) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push(text);
      for (const [other, there] of texts.slice(index + 1))
        if (box.left < there.right && there.left < box.right)
          if (box.top < there.bottom - 3 && there.top < box.bottom - 3) found.push(`${text} on ${other}`);
    });
  }
  return found;
}"""
BEYOND_THEIR_BOX = """() => [...document.querySelectorAll("svg.ems-near g")].flatMap((group) => {
  const box = group.querySelector(".ems-box").getBoundingClientRect();
  return [...group.querySelectorAll("text")]
    .filter((text) => text.getBoundingClientRect().right > box.right)
    .map((text) => text.textContent);
})"""


class Shown(Protocol):
    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def plant(render: Render, small: Mapping[str, str]) -> Shown:
    return render(
        {
            **small,
            "ems/registers/obligations.yml": OBLIGATIONS,
            "ems/registers/measurements.yml": MEASUREMENTS,
            "ems/registers/instruments.yml": INSTRUMENTS,
            "ems/records/readings/nickel.csv": READINGS,
        }
    )


@pytest.fixture
def opened(browser: Browser, plant: Shown, tmp_path: Path) -> Iterator[Open]:
    """Opens a page as a file, with our style sheets and script and no theme."""
    contexts: list[Any] = []

    def open_(path: str, size: Mapping[str, int]) -> Page:
        for name, data in assets().items():
            (tmp_path / name).write_bytes(data)
        styles = "".join(f'<link rel="stylesheet" href="{one}">' for one in assets() if one.endswith(".css"))
        # The theme's own measure: a rem is twenty pixels.
        head = (
            f'<!doctype html><meta charset="utf-8"><style>html{{font:20px Roboto,sans-serif}}</style>{styles}'
        )
        body = f'<body class="md-typeset">{plant.html(path)}<script src="ems.js"></script>'
        page = tmp_path / "page.html"
        page.write_text(head + body, encoding="utf-8")
        context = browser.new_context(viewport={"width": size["width"], "height": size["height"]})
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        tab = context.new_page()
        tab.goto(page.as_uri())
        return tab

    yield open_
    for context in contexts:
        context.close()


MEASUREMENT = "registers/measurements/MON-001/index.html"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_label_of_a_chart_touches_another_or_leaves_the_picture(
    opened: Open, size: Mapping[str, int]
) -> None:
    tab = opened(MEASUREMENT, size)
    assert tab.evaluate(TOUCHING) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_desk_and_a_phone_each_see_one_chart(opened: Open) -> None:
    for size, seen in ((DESK, "wide"), (PHONE, "narrow")):
        charts = opened(MEASUREMENT, size).locator("svg.ems-chart:visible")
        expect(charts).to_have_count(1)
        expect(charts).to_have_class(f"ems-chart ems-chart--{seen}")


def test_a_chart_is_a_picture_with_a_name_and_a_description(opened: Open) -> None:
    chart = opened(MEASUREMENT, DESK).get_by_role("img", name="Readings of MON-001")
    expect(chart).to_be_visible()
    expect(chart).to_have_accessible_description(re.compile("24 readings from Jan 2025 to Dec 2026"))


def test_words_stay_within_their_boxes(opened: Open) -> None:
    for path in ("registers/obligations/OBL-001/index.html", "registers/aspects/ASP-001/index.html"):
        assert opened(path, DESK).evaluate(BEYOND_THEIR_BOX) == []


def test_a_picture_on_a_phone_begins_where_its_own_row_stands(opened: Open) -> None:
    tab = opened("registers/obligations/OBL-001/index.html", PHONE)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    own = tab.locator(".ems-box--own").bounding_box()
    assert own is not None
    assert own["x"] >= 0
    assert own["x"] + own["width"] <= PHONE["width"]


def test_a_box_is_reached_and_followed_by_keyboard(opened: Open) -> None:
    tab = opened("registers/obligations/OBL-001/index.html", DESK)
    link = tab.locator("svg.ems-near").get_by_role("link", name="Aspect ASP-001 Chromium trioxide mist")
    link.focus()
    expect(link).to_be_focused()
    thick = "getComputedStyle(document.activeElement.querySelector('.ems-box')).strokeWidth"
    assert tab.evaluate(thick) == "2px"


def test_the_matrix_keeps_heads_and_ids_in_sight(opened: Open) -> None:
    tab = opened("traceability/index.html", {"width": 390, "height": 300})
    box = tab.locator(".ems-tall").first
    box.evaluate("box => { box.scrollTop = 120; box.scrollLeft = 200; }")
    frame = box.bounding_box()
    head = box.locator("thead th").first.bounding_box()
    first = box.locator("tbody th").last.bounding_box()
    assert frame is not None
    assert head is not None
    assert first is not None
    assert abs(head["y"] - frame["y"]) < 2
    assert abs(first["x"] - frame["x"]) < 2
