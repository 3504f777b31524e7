"""Where the traceability page marks a gap, and where none is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

ASPECT = """\
id: REG-ASP
type: aspect
title: Aspects
rows:
  - id: ASP-901
    title: Nickel from ore
    impacts: [{text: Loss of habitat}]
    significant: true
    objective_decision: None; we only ask.
"""

CONTROL = """\
id: REG-OPC
type: control
title: Controls
rows:
  - id: OPC-901
    title: Asking suppliers
    status: withdrawn
    aspects: [ASP-901]
"""


class Shown(Protocol):
    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]


def page(render: Render, small: Mapping[str, str], aspect: str, control: str = "") -> str:
    kept = {path: text for path, text in small.items() if "/registers/" not in path}
    files = {**kept, "ems/registers/aspects.yml": aspect}
    if control:
        files["ems/registers/controls.yml"] = control
    return render(files=files).html("traceability/index.html")


def test_an_aspect_that_can_only_be_influenced_is_no_gap(render: Render, small: Mapping[str, str]) -> None:
    said = page(render, small, f"{ASPECT}    control: influence\n")
    assert "influence only" in said
    assert "gap: no control" not in said


def test_a_withdrawn_control_closes_no_gap(render: Render, small: Mapping[str, str]) -> None:
    said = page(render, small, f"{ASPECT}    control: direct\n", CONTROL)
    assert "gap: no control" in said
