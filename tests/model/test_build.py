"""Every file is read for what it is; each fault is told once; nothing raises."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.diagnostics import Anchor, Finding
from mkdocs_ems.model import AspectRow, Model, build_model
from mkdocs_ems.source import Data, Source, Sources
from support.content import model_of

ASPECTS = """\
id: REG-ASPECTS
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Mist
    condition: normal
  - id: ASP-002
    title: Rinse water
"""

PROCEDURE = """\
---
id: PRO-001
type: procedure
title: Rinsing
---
# Rinsing
"""


def place(finding: Finding) -> tuple[str, object]:
    if isinstance(finding.at, Anchor):
        return finding.at.path, finding.at.route
    return finding.at.path, finding.at.line


def only(model: Model) -> Finding:
    (finding,) = model.findings
    assert finding.code == "SCH001"
    assert finding.help
    return finding


def kinds(model: Model) -> dict[str | None, str]:
    return {entry.entity.id: entry.kind for entry in model.entries}


def test_documents_registers_and_rows_become_entries_with_their_document() -> None:
    model = model_of({"procedures/rinsing.md": PROCEDURE, "registers/aspects.yml": ASPECTS})
    assert model.findings == ()
    assert [(entry.kind, entry.entity.id, entry.document) for entry in model.entries] == [
        ("procedure", "PRO-001", "PRO-001"),
        ("register", "REG-ASPECTS", "REG-ASPECTS"),
        ("aspect", "ASP-001", "REG-ASPECTS"),
        ("aspect", "ASP-002", "REG-ASPECTS"),
    ]
    assert model.entries[3].anchor == Anchor("ems/registers/aspects.yml", ("rows", 1))


def test_a_row_with_a_bad_field_keeps_the_others_and_says_what_was_dropped() -> None:
    model = model_of({"registers/aspects.yml": ASPECTS.replace("normal", "nromal")})
    finding = only(model)
    assert place(finding) == ("ems/registers/aspects.yml", ("rows", 0, "condition"))
    assert finding.id == "ASP-001"
    entry = model.by_id["ASP-001"]
    assert entry.entity == AspectRow(id="ASP-001", title="Mist")
    assert entry.dropped == {("condition",)}


def test_a_missing_type_is_left_to_the_rule_that_asks_for_it() -> None:
    files = {
        "plain.md": "---\ntitle: Plain\n---\n",
        "policy.md": "---\nid: POL-001\ntitle: Policy\ncommitments: {compliance: '#x'}\n---\n",
        "registers/aspects.yml": ASPECTS.replace("type: aspect\n", ""),
    }
    model = model_of(files)
    assert model.findings == ()
    assert kinds(model) == {None: "document", "POL-001": "document", "REG-ASPECTS": "register"}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("procedrue", '"procedrue" is not a type of document; did you mean "procedure"?'),
        (
            "Work instruction",
            '"Work instruction" is not a type of document; did you mean "work-instruction"?',
        ),
        ("WIN", '"WIN" is not a type of document; did you mean "work-instruction"?'),
        ("document", '"document" is not a type of document'),
        ("aspect", '"aspect" is not a type of document'),
    ],
)
def test_an_unknown_type_of_document_is_told_and_the_rest_is_read(written: str, message: str) -> None:
    model = model_of({"procedures/rinsing.md": PROCEDURE.replace("procedure", written)})
    finding = only(model)
    assert finding.message.startswith(message)
    assert place(finding) == ("ems/procedures/rinsing.md", ("type",))
    assert kinds(model) == {"PRO-001": "document"}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("aspekt", '"aspekt" is not a type of register; did you mean "aspect"?'),
        ("operational-control", '"operational-control" is not a type of register; did you mean "control"?'),
        (
            "Environmental aspects",
            '"Environmental aspects" is not a type of register; did you mean "aspect"?',
        ),
        ("procedure", '"procedure" is not a type of register'),
    ],
)
def test_an_unknown_type_of_register_is_told_once_whatever_its_rows_hold(written: str, message: str) -> None:
    model = model_of({"registers/aspects.yml": ASPECTS.replace("aspect\n", f"{written}\n", 1)})
    assert only(model).message.startswith(message)
    assert kinds(model) == {"REG-ASPECTS": "register"}


@pytest.mark.parametrize(
    ("rows", "route", "message"),
    [
        ("", (), "the register has no rows"),
        ("rows: {ASP-001: {title: Mist}}", ("rows",), "rows takes a list, and this is none"),
        ("rows: none", ("rows",), "rows takes a list, and this is none"),
        ("rows: [ASP-001]", ("rows", 0), "row 1 has no fields"),
        ("rows: [{id: ASP-001}, ]\n", None, ""),
        ("rows:\n  - id: ASP-001\n  -\n", ("rows", 1), "row 2 is empty"),
        ("rows:\n", None, ""),
        ("rows: []", None, ""),
    ],
)
def test_rows_of_another_shape_are_told_once(rows: str, route: object, message: str) -> None:
    model = model_of({"registers/a.yml": f"id: REG-A\ntype: aspect\ntitle: A\n{rows}\n"})
    if route is None:
        assert model.findings == ()
    else:
        assert only(model).message == message
        assert place(only(model)) == ("ems/registers/a.yml", route)
        assert only(model).id == "REG-A"


@pytest.mark.parametrize(
    "path",
    ["other/data.yml", "records/scan.pdf", "registers/a.csv"],
)
def test_a_file_in_no_known_place_is_told(path: str) -> None:
    text = "---\nname: x\n---\n" if path.endswith(".md") else "name: x\n"
    finding = only(model_of({path: text}))
    assert place(finding) == (f"ems/{path}", 1)
    assert finding.help is not None
    assert "known are ems.yml" in finding.help


@pytest.mark.parametrize(
    "path", ["records/approvals/POL-001/1-approval-a-1.yml", "records/approvals/POL-001/1.sig", "img/a.png"]
)
def test_a_file_that_others_read_is_left_to_them(path: str) -> None:
    model = model_of({path: "document: POL-001\n"})
    assert (model.findings, model.entries) == ((), ())


def test_a_register_is_known_by_its_type_wherever_it_stands() -> None:
    assert kinds(model_of({"planning/aspects.yaml": ASPECTS}))["ASP-001"] == "aspect"


def test_of_two_claimants_the_first_by_path_and_position_stands() -> None:
    twice = ASPECTS.replace("ASP-002", "ASP-001")
    model = model_of({"registers/b.yml": ASPECTS, "registers/a.yml": twice.replace("REG-ASPECTS", "REG-A")})
    assert len(model.entries) == 6
    first = model.by_id["ASP-001"]
    assert (first.anchor.path, first.anchor.route) == ("ems/registers/a.yml", ("rows", 0))


def test_an_unknown_site_is_told_and_a_known_one_is_not() -> None:
    known = "schema: 1\norganisation: {name: x}\nsites: [{id: alder-way, title: Alder Way}]\n"
    aspects = ASPECTS.replace("title: Mist", "site: alder-wya").replace(
        "title: Rinse water", "site: alder-way"
    )
    finding = only(model_of({"registers/aspects.yml": aspects}, settings=known))
    assert finding.message == '"alder-wya" is not a site; did you mean "alder-way"?'
    assert place(finding) == ("ems/registers/aspects.yml", ("rows", 0, "site"))


def test_a_file_that_cannot_be_parsed_is_the_readers_finding_alone() -> None:
    model = model_of({"registers/aspects.yml": "rows: [1\n"})
    assert (model.findings, model.entries) == ((), ())


# --- Any mangling of sound data -----------------------------------------------------------

ROW: dict[str, Data] = {
    "id": "ASP-001",
    "title": "Mist",
    "process": "PRC-001",
    "condition": "normal",
    "lifecycle_stage": ["production", "use"],
    "impacts": [{"text": "Air", "polarity": "adverse"}, {"text": "Soil", "scale": "local"}],
    "criteria": {"likelihood": "3", "severity": "5"},
    "override": {"value": "true", "reason": "x", "approved_by": "PER-001"},
    "controls": ["OPC-001", "OPC-002"],
    "quantity": {"value": "1.5", "unit": "t", "year": "2026"},
    "assessed_on": "2026-01-31",
    "review_every": "12 months",
    "clauses": ["6.1.2"],
    "score": "15",
    "significant": "true",
}

JUNK = st.recursive(
    st.one_of(
        st.none(), st.text(max_size=12), st.sampled_from(["null", "~", "yes", "1,5", "OPC-001", "a: b"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


class _NoSpans:
    """Spans for data that stand in no file."""

    def span(self, route: Any, *, key: bool = False) -> Any:  # noqa: ANN401 - never asked
        raise AssertionError((route, key))


def built(data: dict[str, Data]) -> Model:
    ems: dict[str, Data] = {"schema": "1", "organisation": {"name": "x"}}
    files = {
        f"ems/{rel}": Source(f"ems/{rel}", rel, "", one, _NoSpans())
        for rel, one in (("ems.yml", ems), ("registers/a.yml", data))
    }
    return build_model(Sources("ems", files, frozenset(), (), {}))


@settings(max_examples=150, deadline=None)
@given(JUNK, JUNK)
def test_whatever_a_register_holds_is_built_without_an_error(head: Data, row: Data) -> None:
    built(head if isinstance(head, dict) else {"type": head, "rows": head})
    model = built({"id": "REG-A", "type": "aspect", "title": "A", "rows": [row, copy.deepcopy(ROW)]})
    assert model.by_id["ASP-001"].anchor.route == ("rows", 1)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mangled_row_is_built_and_every_other_field_is_kept(data: st.DataObject) -> None:
    row = copy.deepcopy(ROW)
    key = data.draw(st.sampled_from(sorted(set(ROW) - {"id"})))
    row[key] = data.draw(JUNK)
    entry = built({"id": "REG-A", "type": "aspect", "title": "A", "rows": [row]}).by_id["ASP-001"]
    sound = built({"id": "REG-A", "type": "aspect", "title": "A", "rows": [ROW]}).by_id["ASP-001"]
    kept = {name: value for name, value in sound.entity.__dict__.items() if name != key}
    assert {name: value for name, value in entry.entity.__dict__.items() if name != key} == kept


def _renamed(row: dict[str, Data], key: str) -> None:
    row[f"{key}x"] = row.pop(key)


FAULTS: dict[str, Callable[[dict[str, Data]], None]] = {
    "unknown field": lambda row: _renamed(row, "process"),
    "option": lambda row: row.update(condition="nromal"),
    "option in a list": lambda row: row.update(lifecycle_stage=["production", "usage", "use"]),
    "list for a value": lambda row: row.update(process=["PRC-001"]),
    "value for a list": lambda row: row.update(controls="OPC-001"),
    "bad id in a list": lambda row: row.update(controls=["OPC-001", "opc-002"]),
    "needed value missing": lambda row: row.update(impacts=[{"polarity": "adverse"}, {"text": "Soil"}]),
    "needed value bad": lambda row: row.update(quantity={"value": "much", "unit": "t"}),
    "nested option": lambda row: row.update(impacts=[{"text": "Air", "scale": "huge"}]),
    "number": lambda row: row.update(score="1,5"),
    "flag": lambda row: row.update(significant="yes"),
    "day": lambda row: row.update(assessed_on="31.1.2026"),
    "interval": lambda row: row.update(review_every="yearly"),
    "group": lambda row: row.update(override="true"),
    "mapping": lambda row: row.update(criteria=["3", "5"]),
    "clause": lambda row: row.update(clauses=["six"]),
    "id": lambda row: row.update(id="ASP_001"),
}


@settings(deadline=None)
@given(st.sets(st.sampled_from(sorted(FAULTS)), min_size=1))
def test_each_fault_is_one_finding_however_many_there_are(chosen: set[str]) -> None:
    fields = {name: _fields(name) for name in chosen}
    counted = Counter(field for touched in fields.values() for field in touched)
    separate = [name for name in chosen if all(counted[field] == 1 for field in fields[name])]
    row = copy.deepcopy(ROW)
    for name in separate:
        FAULTS[name](row)
    model = built({"id": "REG-A", "type": "aspect", "title": "A", "rows": [row]})
    assert len(model.findings) == len(separate), [finding.message for finding in model.findings]


def _fields(name: str) -> set[str]:
    row = copy.deepcopy(ROW)
    FAULTS[name](row)
    return {key for key in row.keys() | ROW.keys() if row.get(key) != ROW.get(key)}


def test_ten_thousand_rows_are_each_an_entity() -> None:
    rows: list[Data] = [{**ROW, "id": f"ASP-{number:05}"} for number in range(10_000)]
    model = built({"id": "REG-A", "type": "aspect", "title": "A", "rows": rows})
    assert len(model.by_id) == 10_001


CHECKS = """\
type: inspection
rows:
  - id: CHK-001
    title: Scrubber, week 23
    date: 2026-06-05
    control: OPC-001
    result: in-order
  - id: CHK-002
    title: Scrubber, week 24
    date: 2026-06-12
"""


def test_a_file_of_records_holds_one_or_several_of_a_type() -> None:
    one = "---\nid: CHK-003\ntype: inspection\ntitle: Bund 2\ndate: 2026-06-14\n---\nDry.\n"
    model = model_of({"records/inspections/2026.yml": CHECKS, "records/inspections/bund.md": one})
    assert model.findings == ()
    assert [(entry.kind, entry.entity.id, entry.document) for entry in model.entries] == [
        ("inspection", "CHK-001", None),
        ("inspection", "CHK-002", None),
        ("inspection", "CHK-003", None),
    ]
    assert [getattr(entry.entity, "closed", None) for entry in model.entries] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "route", "message"),
    [
        ("id: CHK-001\n", (), "the record has no type"),
        ("type: inspektion\nid: CHK-001\n", ("type",), 'did you mean "inspection"?'),
        ("type: aspect\nid: CHK-001\n", ("type",), '"aspect" is not a type of record'),
        (CHECKS + "by: [PER-001]\n", ("by",), '"by" is said of each record, not of all'),
        ("type: inspection\nrows: none\n", ("rows",), "rows takes a list"),
        (
            "type: inspection\nid: CHK-001\nevidence: [{file: a.pdf, sha256: abc}]\n",
            None,
            "is not the sha256",
        ),
    ],
)
def test_what_cannot_be_read_of_a_record_is_told_once(
    text: str, route: tuple[str, ...] | None, message: str
) -> None:
    finding = only(model_of({"records/inspections/2026.yml": text}))
    assert message in finding.message
    where = ("evidence", 0, "sha256") if route is None else route
    assert place(finding) == ("ems/records/inspections/2026.yml", where)
