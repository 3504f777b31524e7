"""Reports: what people and machines read of a check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from mkdocs_ems.diagnostics import (
    Basis,
    Diagnostic,
    NotEvaluated,
    RelatedPlace,
    Report,
    Severity,
    Span,
    Waived,
)
from mkdocs_ems.report import (
    CheckResult,
    Profile,
    check_result,
    freeze,
    render_concise,
    render_github,
    render_json,
    thaw,
)
from mkdocs_ems.report.full import render_full

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"

ERROR = Diagnostic(
    code="ASP010",
    name="significant-without-control",
    severity=Severity.ERROR,
    basis=Basis.STANDARD,
    message="ASP-003 is significant and no control is linked",
    help="Add `controls: [OPC-…]` to ASP-003.",
    url=None,
    clauses=("6.1.2", "8.1"),
    span=Span("ems/registers/aspects.yml", 12, 9, 12, 16),
    id="ASP-003",
    related=(RelatedPlace("the method stands here", Span("ems/ems.yml", 3, 1, 3, 13)),),
)
WARNING = replace(
    ERROR,
    code="DOC006",
    name="review-overdue",
    severity=Severity.WARNING,
    basis=Basis.OWN_RULE,
    message="P-01 was due for review on 2026-10-01",
    span=Span("ems/procedures/p-01.md", 1, 1, 1, 4),
    id="P-01",
    related=(),
)
BROKEN = replace(WARNING, code="SCH001", severity=Severity.ERROR, broken=True, message="not readable")
LINES: Mapping[tuple[str, int], str] = {
    ("ems/registers/aspects.yml", 12): "  - id: ASP-003",
    ("ems/ems.yml", 3): "significance:",
    ("ems/procedures/p-01.md", 1): "---",
}


def result(
    *diagnostics: Diagnostic, pending: tuple[str, ...] = (), waived: tuple[Waived, ...] = ()
) -> CheckResult:
    counts = {severity.value: sum(one.severity is severity for one in diagnostics) for severity in Severity}
    report = Report(
        diagnostics=diagnostics,
        not_evaluated=(NotEvaluated("DOC004", "unapproved-published", "there is no history"),),
        waived=waived,
        ref="work tree",
        commit="a" * 40,
        as_of=date(2026, 11, 20),
        edition="2015",
        counts={**counts, "waived": len(waived), "rules": 27, "files": 12},
    )
    why = {"ASP010": "An aspect that matters must be controlled.", "DOC006": "You set the interval yourself."}
    return CheckResult(report, LINES, why, pending)


def test_a_line_with_many_faults_is_read_once() -> None:
    asked: list[tuple[str, int]] = []

    def text_line(path: str, line: int) -> str:
        asked.append((path, line))
        return "x"

    check_result(result(*[ERROR] * 500).report, text_line=text_line, rule_docs=dict, pending=())
    assert asked == [("ems/registers/aspects.yml", 12), ("ems/ems.yml", 3)]


def test_a_full_report_shows_place_line_reason_and_remedy(snapshot: SnapshotAssertion) -> None:
    waived = (Waived(WARNING, "The procedure is being rewritten", date(2027, 1, 31), "PER-001"),)
    shown = render_full(result(WARNING, ERROR, pending=("P-08",), waived=waived), profile=Profile.REVIEW)
    assert shown == snapshot


def test_the_caret_stands_under_the_value_also_after_wide_characters() -> None:
    wide = replace(ERROR, span=Span("wide.yml", 1, 7, 1, 10), related=())
    made = result(wide)
    made = replace(made, lines={("wide.yml", 1): "名前: 鉛 ASP"})
    lines = render_full(made, profile=Profile.DRAFT).splitlines()
    source, caret = next((one, two) for one, two in pairwise(lines) if "^" in two)
    assert cell_len(source[: source.index("ASP")]) == caret.index("^")
    assert caret.count("^") == 3


def test_a_line_that_is_no_text_is_not_shown() -> None:
    made = result(replace(ERROR, span=Span("saved.yml", 1, 1, 1, 10), related=()))
    made = replace(made, lines={("saved.yml", 1): "\0".join("id: REG-1")})
    shown = render_full(made, profile=Profile.DRAFT)
    assert "saved.yml:1:1\n  why:" in shown


def test_a_draft_fails_on_broken_data_alone() -> None:
    assert not result(ERROR).fails(Profile.DRAFT)
    assert result(BROKEN).fails(Profile.DRAFT)


def test_a_review_fails_on_every_error_and_on_no_warning() -> None:
    assert result(ERROR).fails(Profile.REVIEW)
    assert not result(WARNING, pending=("P-08",)).fails(Profile.REVIEW)


def test_a_release_fails_on_what_waits_for_approval() -> None:
    assert result(pending=("P-08",)).fails(Profile.RELEASE)
    assert not result().fails(Profile.RELEASE)


def test_concise_gives_one_line_a_finding_and_a_summary() -> None:
    lines = render_concise(result(WARNING, ERROR)).splitlines()
    assert lines[0].startswith("ems/procedures/p-01.md:1:1: warning[DOC006] ")
    assert lines[1].startswith("ems/registers/aspects.yml:12:9: error[ASP010] ")
    assert len(lines) == 3


def test_json_keeps_to_its_published_schema() -> None:
    schema = json.loads((SCHEMAS / "check.schema.json").read_text(encoding="utf-8"))
    waived = (Waived(WARNING, "being rewritten", date(2027, 1, 31), None),)
    data = json.loads(render_json(result(ERROR, BROKEN, waived=waived, pending=("P-08",))))
    Draft202012Validator(schema).validate(data)
    assert data["diagnostics"][0]["related"][0]["path"] == "ems/ems.yml"


def test_github_annotations_escape_what_would_be_a_command() -> None:
    nasty = replace(
        ERROR,
        message="50% off\n::error::gotcha\x1b[31m\u202e",
        span=Span("ems/a,b:c.md", 3, 2, 3, 5),
    )
    (line,) = render_github(result(nasty)).splitlines()
    assert line.startswith(
        "::error file=ems/a%2Cb%3Ac.md,line=3,endLine=3,title=ASP010 significant-without-control,"
    )
    assert "50%25 off" in line
    assert "\x1b" not in line
    assert "\u202e" not in line


def test_an_annotation_of_a_whole_line_ends_in_that_line() -> None:
    whole = replace(ERROR, span=Span("ems/records/readings/MON-001.csv", 9, 1, 10, 1))
    assert ",line=9,endLine=9," in render_github(result(whole))


def test_a_remedy_after_a_question_begins_without_a_full_stop() -> None:
    asked = replace(ERROR, message='"offise" is unknown; did you mean "office"?', help="write office")
    assert '"office"? Write office' in render_github(result(asked))


@pytest.mark.parametrize("payload", ["\x1b[2J", "\u202egnp", "\r\n::set-output::", "\u2028", "\x9b31m"])
def test_no_format_prints_control_or_bidi_characters(payload: str) -> None:
    nasty = replace(
        ERROR, message=f"a{payload}b", help=payload, span=Span(f"ems/{payload}.md", 1, 1, 1, 2), id=payload
    )
    made = replace(result(nasty), lines={(f"ems/{payload}.md", 1): payload})
    for text in (
        render_full(made, profile=Profile.DRAFT),
        render_concise(made),
        render_github(made),
        render_json(made),
    ):
        assert not set(text) & set("\x1b\u202e\u2028\x9b\r")


def test_a_kept_result_is_the_result() -> None:
    waived = (Waived(WARNING, "being rewritten", date(2027, 1, 31), "PER-001"),)
    made = result(ERROR, BROKEN, pending=("P-08",), waived=waived)
    assert thaw(freeze(made)) == made


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b'{"kept": 1}', b'{"kept": 2, "report": {}}', b"\xff", b"null"]
)
def test_anything_else_is_not_taken_for_a_kept_result(data: bytes) -> None:
    assert thaw(data) is None
