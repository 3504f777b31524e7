"""A register is judged by the head that it is published with, whatever YAML makes of its lines."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mkdocs_ems.control import DocumentState
from mkdocs_ems.control.heads import Head, head_of, read_head
from mkdocs_ems.source import parse_file
from support.company import company

QUOTED = """\
id: REG-LOG
title: "A
rows: B"
type: aspect
description: "
type: context-issue
note: "
owner: ROL-EHS
rows:
  - {id: ASP-901, title: Spill}
z: " #"
"""
"""Read whole it is a register of aspects; cut off at the first `rows:` and read again behind it, none."""
FLOW = "id: REG-LOG\nx: [a,\nrows: b,\n'\ntype: context-issue\n']\ntype: aspect\nrows: []\n"
BRACES = '{id: REG-LOG, title: "A\nrows: B",\n  type: aspect, rows: []}\n'
BLOCK = "id: REG-LOG\nx: >\n  a\n\nrows: []\ntype: aspect\n"

VALUES = """\
REG-1|aspect|risk|a's|"a|'a|"|'|[a|{a: b|>-|>1||"a" # "|'it''s'|"\\"|[]|[']', b]|&a b|*a|# '|a # ]|? a"""
LINES = """\
rows:~rows:\t~  - id: A-1~- id: A-1~  more~  'more~ "~"~'~]~}~# '~#]~---~...~%YAML 1.1~--- {id: REG-2}
-type: x~? rows~: x~~ ~\ufeff~\t~  x: 'a~   b'~\rtype: risk~\x85type: risk~\u2028type: risk~rows
z: " #"~z: ' #'~{id: REG-3,~type: risk}~x: |"""
NAMES = ("id", "type", "title", "owner", "control", "rows", "x", "'y'", "rows ")
FIELD = st.builds("{}: {}".format, st.sampled_from(NAMES), st.sampled_from(VALUES.split("|")))
LINE = st.one_of(FIELD, FIELD, st.sampled_from(LINES.replace("\n", "~").split("~")))


@given(st.lists(LINE, max_size=12).map("\n".join))
@settings(max_examples=400, deadline=None)
@example(QUOTED)
@example(FLOW)
@example(BLOCK)
@example(BRACES)
@example('id: REG-1\nx: "\nrows: "\ntype: aspect\ny: "\ntype: risk\n"')
@example("id: REG-1\nx: [\"'\" , '\nrows: ']\ntype: aspect\ny: '\ntype: risk\n'")
@example("id: REG-1\nrows: []\ntype: aspect\n")
@example('id: REG-1\nrows: "\ntype: aspect\n"\ntype: risk\n')
@example("id: REG-1\nrows: []\rtype: aspect\n")
@example("id: REG-1\r\ntype: aspect\r\nrows:\r\n  - id: A-1\r\n")
@example("{id: REG-1,\nrows: [],\ntype: aspect}\n")
@example("---\nid: REG-1\n---\r")
def test_the_head_is_that_of_the_whole_file(text: str) -> None:
    data = text.encode()
    for path, written in (("a.yml", data), ("a.md", b"---\n" + data + b"\n---\n# T\n"), ("a.md", data)):
        if parse_file(path, written, content="")[0].readable:
            assert read_head(path, head_of(path, written)) == read_head(path, written), path


def test_of_an_ordinary_register_the_head_alone_is_read() -> None:
    head = b"# All of them\nid: REG-1\ntype: aspect\ntitle: The site's \"aspects\"\ndescription: >\n  It's\n"
    assert head_of("a.yml", head + b'rows:\n  - id: ASP-1\n    title: "x\n') == head


def test_a_register_that_breaks_in_its_rows_keeps_its_head() -> None:
    assert read_head("a.yml", head_of("a.yml", b"id: REG-1\ntype: aspect\nrows: [[[\n")) == Head(
        "REG-1", "aspect"
    )


@pytest.mark.parametrize("text", [QUOTED, FLOW, BRACES])
def test_no_quotation_mark_makes_a_controlled_register_a_living_log(text: str) -> None:
    chain = company()
    chain.commit({"registers/log.yml": text}, by="ann")
    assert chain.document("REG-LOG").state is DocumentState.DRAFT


@pytest.mark.parametrize(("length", "kept"), [(300, True), (301, False)])
def test_what_is_too_long_for_a_title_is_none(length: int, *, kept: bool) -> None:
    data = f"id: REG-001\ntitle: {'T' * length}\n".encode()
    assert bool(read_head("ems/registers/a.yml", head_of("ems/registers/a.yml", data)).title) is kept
