"""Which files of a document are published, and as what."""

from __future__ import annotations

import pytest

from mkdocs_ems.pages.attachments import published
from mkdocs_ems.source.inert import is_inert

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><title>Flow</title><rect width="4" height="4"/></svg>'


def in_drawing(inner: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inner}</svg>'.encode()


@pytest.mark.parametrize("path", ["a/flow.png", "a/flow.PNG", "list.csv", "form.pdf", "sheet.xlsx"])
def test_pictures_and_office_files_are_published(path: str) -> None:
    assert is_inert(path, b"\x89PNG")


@pytest.mark.parametrize(
    "path",
    ["page.html", "page.htm", "run.js", "page.xhtml", "feed.xml", "noending", "look.css"],
)
def test_what_a_browser_runs_is_not_published(path: str) -> None:
    assert not is_inert(path, b"<p>hello</p>")


def test_a_plain_drawing_is_published() -> None:
    assert is_inert("flow.svg", DRAWING)


@pytest.mark.parametrize(
    "inner",
    [
        '<use href="#a"/>',
        '<rect style="fill:url(#g)" fill="url(#g)"/>',
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
        "<style>.a { fill: #123456; marker-end: url(#arrow) }</style>",
    ],
)
def test_a_drawing_may_refer_to_itself_and_hold_pictures(inner: str) -> None:
    assert is_inert("flow.svg", in_drawing(inner))


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<rect onclick="alert(1)"/>',
        '<rect ONLOAD="alert(1)"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<a xlink:href="&#106;avascript:alert(1)"><text>x</text></a>',
        '<a href="https://elsewhere.example/"><text>x</text></a>',
        '<image href="https://elsewhere.example/pixel.png"/>',
        '<use href="other.svg#a"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
        '<g xml:base="https://elsewhere.example/a.svg"><use href="#a"/></g>',
        "<foreignObject><p>x</p></foreignObject>",
        '<set attributeName="href" to="javascript:alert(1)"/>',
        "<style>@import 'https://elsewhere.example/a.css';</style>",
        "<style>rect { fill: url(https://elsewhere.example/a) }</style>",
        '<rect style="fill: url( https://elsewhere.example/a )"/>',
        r"<style>rect { fill: \75rl(https://elsewhere.example/a) }</style>",
        "<style>rect { background: u<!-- -->rl(https://elsewhere.example/a) }</style>",
        '<style><![CDATA[@im]]><![CDATA[port "https://elsewhere.example/a.css";]]></style>',
    ],
)
def test_a_drawing_that_acts_or_asks_another_host_is_not_published(inner: str) -> None:
    assert not is_inert("flow.svg", in_drawing(inner))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no drawing",
        b'<?xml-stylesheet href="https://elsewhere.example/a.css"?>' + DRAWING,
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING,
        DRAWING[:-3],
    ],
)
def test_a_drawing_that_is_broken_or_declares_entities_is_not_published(data: bytes) -> None:
    assert not is_inert("flow.svg", data)


def test_files_get_safe_names_below_their_document() -> None:
    files = {"ems/img/Flow chart (v2).png": b"1", "ems/img/.hidden.png": b"2", "ems/ümlaut.png": b"3"}
    found = published("POL-001", files, files)
    assert sorted(asset.path for asset in found.values()) == [
        "documents/POL-001/files/Flow-chart-v2-.png",
        "documents/POL-001/files/hidden.png",
        "documents/POL-001/files/mlaut.png",
    ]


def test_two_files_of_one_name_stay_two_even_where_case_does_not_count() -> None:
    files = {"ems/a/plan.png": b"1", "ems/b/Plan.png": b"2", "ems/c/plan.png": b"3"}
    found = published("POL-001", files, files)
    assert [found[path].path.rpartition("/")[2] for path in sorted(files)] == [
        "plan.png",
        "2-Plan.png",
        "3-plan.png",
    ]


def test_a_missing_file_is_left_out() -> None:
    assert published("POL-001", {}, ["ems/gone.png"]) == {}
