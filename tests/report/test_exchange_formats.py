"""Reports for other tools, held to the schemas that were published for them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

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
from mkdocs_ems.errors import UsageError
from mkdocs_ems.report import CheckResult, Profile
from mkdocs_ems.report.baseline import baseline_of, read_baseline, without_baseline, write_baseline
from mkdocs_ems.report.fingerprint import fingerprints
from mkdocs_ems.report.gitlab import render_gitlab
from mkdocs_ems.report.junit import render_junit
from mkdocs_ems.report.sarif import render_sarif
from mkdocs_ems.report.summary import summary
from mkdocs_ems.rules import rule_docs

SCHEMAS = Path(__file__).parents[1] / "schemas"
SARIF = Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))
JUNIT = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")
HOSTILE = 'a<b>&"\x00\x1b[31m\u202e\ufffe\ud800 ::error file=x::]]>\r\n'


def finding(code: str = "ASP010", **changed: object) -> Diagnostic:
    made = Diagnostic(
        code=code,
        name=rule_docs()[code].name,
        severity=Severity.ERROR,
        basis=Basis.STANDARD,
        message=f"{code} found something",
        help="mend it",
        url=None,
        clauses=("6.1.2",),
        span=Span("ems/registers/aspects.yml", 12, 9, 12, 16),
        id="ASP-003",
        related=(RelatedPlace("the method", Span("ems/ems.yml", 3, 1, 3, 13)),),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def checked(
    *found: Diagnostic, waived: tuple[Waived, ...] = (), pending: tuple[str, ...] = ()
) -> CheckResult:
    counts = {severity.value: sum(one.severity is severity for one in found) for severity in Severity}
    report = Report(
        diagnostics=found,
        not_evaluated=(NotEvaluated("DOC004", "unapproved-published", "there is no history"),),
        waived=waived,
        ref="work tree",
        commit="a" * 40,
        as_of=date(2026, 11, 20),
        edition="2015",
        counts={**counts, "waived": len(waived), "rules": 3, "files": 12},
        evaluated=("ASP001", "ASP010", "REF001"),
    )
    return CheckResult(report, {}, {}, pending)


WAIVED = (Waived(finding("DOC006", id="P-01"), "It is being rewritten", date(2027, 1, 31), "PER-001"),)
MANY = (
    finding(),
    finding("REF001", id=None, related=(), broken=True, message=HOSTILE, help=HOSTILE),
    finding("REF001", id=None, span=Span(f"ems/{HOSTILE}.yml", 1, 1, 2, 1)),
    finding("DOC006", id="P-09", severity=Severity.WARNING),
    finding("ASP018" if "ASP018" in rule_docs() else "DOC006", id="P-10", severity=Severity.INFO),
)


# --- SARIF --------------------------------------------------------------------------------


@pytest.mark.parametrize("found", [(), MANY], ids=["nothing", "all sorts"])
def test_sarif_is_what_its_schema_says(found: tuple[Diagnostic, ...]) -> None:
    SARIF.validate(json.loads(render_sarif(checked(*found, waived=WAIVED), rule_docs=rule_docs())))


def test_a_sarif_result_names_rule_place_and_remedy() -> None:
    log = json.loads(render_sarif(checked(finding(), waived=WAIVED), rule_docs=rule_docs()))
    (run,) = log["runs"]
    first, waived = run["results"]
    rules = run["tool"]["driver"]["rules"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "ASP010"
    assert first["message"]["text"] == "ASP010 found something. Mend it"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "ems/registers/aspects.yml"
    assert place["region"] == {"startLine": 12, "startColumn": 9, "endLine": 12, "endColumn": 16}
    assert "suppressions" not in first
    assert waived["suppressions"][0]["justification"] == (
        "It is being rewritten (until 2027-01-31; approved by PER-001)"
    )
    (note,) = run["invocations"][0]["toolConfigurationNotifications"]
    assert note["message"]["text"] == "DOC004 was not evaluated: there is no history"


# --- GitLab -------------------------------------------------------------------------------


def test_a_gitlab_report_has_the_fields_that_gitlab_documents() -> None:
    entries = json.loads(render_gitlab(checked(*MANY)))
    assert len(entries) == len(MANY)
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert all(isinstance(entry[key], str) and entry[key] for key in ("description", "check_name"))
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert isinstance(entry["location"]["path"], str)
        assert entry["location"]["lines"]["begin"] >= 1
    assert [entry["severity"] for entry in entries] == ["critical", "blocker", "critical", "minor", "info"]
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    assert json.loads(render_gitlab(checked())) == []


def test_a_whole_line_in_a_gitlab_report_is_one_line() -> None:
    whole = finding(span=Span("ems/records/readings/MON-001.csv", 9, 1, 10, 1))
    (entry,) = json.loads(render_gitlab(checked(whole)))
    assert entry["location"]["lines"] == {"begin": 9, "end": 9}


# --- JUnit --------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("found", [(), MANY], ids=["nothing", "all sorts"])
def test_junit_is_what_its_schema_says(found: tuple[Diagnostic, ...], profile: Profile) -> None:
    text = render_junit(checked(*found, pending=("P-08",)), profile=profile, rule_docs=rule_docs())
    JUNIT.validate(text)


def test_a_rule_is_a_test_case_that_passes_fails_or_is_skipped() -> None:
    text = render_junit(checked(finding(), pending=("P-08",)), profile=Profile.REVIEW, rule_docs=rule_docs())
    (suite,) = ET.fromstring(text)  # noqa: S314 - we wrote it
    cases = {case.get("name", "").split()[0]: [one.tag for one in case] for case in suite}
    assert cases == {"ASP001": [], "ASP010": ["failure"], "DOC004": ["skipped"], "REF001": []}
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "1", "1")


def test_what_does_not_fail_the_profile_is_told_beside_a_test_that_passes() -> None:
    text = render_junit(checked(finding()), profile=Profile.DRAFT, rule_docs=rule_docs())
    (suite,) = ET.fromstring(text)  # noqa: S314 - we wrote it
    case = next(one for one in suite if (one.get("name") or "").startswith("ASP010"))
    assert [one.tag for one in case] == ["system-out"]
    assert "ems/registers/aspects.yml:12:9: error: ASP010 found something. Mend it" in (case[0].text or "")


def test_a_release_has_a_test_case_for_what_waits_for_approval() -> None:
    text = render_junit(checked(pending=("P-08", "P-09")), profile=Profile.RELEASE, rule_docs=rule_docs())
    assert "P-08, P-09 must be approved first" in text
    assert 'failures="1"' in text


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_a_finding_says_every_format_stays_sound(message: str, path: str) -> None:
    found = finding(message=message, help=message, id=path or None, span=Span(path, 1, 1, 1, 2))
    result = checked(found)
    SARIF.validate(json.loads(render_sarif(result, rule_docs=rule_docs())))
    ET.fromstring(  # noqa: S314 - we wrote it
        render_junit(result, profile=Profile.REVIEW, rule_docs=rule_docs()).encode("utf-8")
    )
    json.loads(render_gitlab(result))


# --- Baselines ----------------------------------------------------------------------------


def test_a_finding_keeps_its_name_when_its_line_and_its_words_change() -> None:
    moved = finding(message="186 days ago", span=Span("ems/registers/aspects.yml", 90, 1, 90, 2))
    assert fingerprints([finding()]) == fingerprints([moved])
    assert len(set(fingerprints([finding(), moved, finding(id="ASP-004"), finding("REF001")]))) == 4


def test_what_a_baseline_knows_is_left_out_and_what_is_new_is_told() -> None:
    baseline = baseline_of(checked(finding(), finding("DOC006", id="P-09", severity=Severity.WARNING)))
    now = checked(finding(message="other words"), finding(id="ASP-004"))
    left = without_baseline(now, baseline)
    assert [one.id for one in left.report.diagnostics] == ["ASP-004"]
    assert (left.report.counts["known"], left.report.counts["cured"], left.report.counts["error"]) == (
        1,
        1,
        1,
    )
    assert "1 known from the baseline, 1 of the baseline cured" in summary(left)
    assert left.fails(Profile.REVIEW)
    assert not without_baseline(checked(finding()), baseline).fails(Profile.REVIEW)


def test_a_second_finding_about_what_a_baseline_knows_is_new() -> None:
    baseline = baseline_of(checked(finding()))
    assert len(without_baseline(checked(finding(), finding()), baseline).report.diagnostics) == 1


@given(
    st.lists(st.tuples(st.sampled_from(["ASP010", "REF001"]), st.none() | st.text(min_size=1)), max_size=12)
)
def test_a_baseline_that_was_just_written_leaves_nothing(about: list[tuple[str, str | None]]) -> None:
    result = checked(*(finding(code, id=identity) for code, identity in about))
    written = write_baseline(baseline_of(result)).encode("ascii")
    left = without_baseline(result, read_baseline(written, name="b"))
    assert left.report.diagnostics == ()
    assert left.report.counts["cured"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"version": 1}',
        '{"version": 1, "as_of": "soon", "findings": []}',
        '{"version": 1, "as_of": "2026-01-01", "findings": [1]}',
        '{"version": 1, "as_of": "2026-01-01", "findings": [{"code": 1, "about": "x", "count": 1}]}',
        '{"version": 1, "as_of": "2026-01-01", "findings": [{"code": "x", "about": "x", "count": "1"}]}',
        "[" * 100_000,
        "\xff",
    ],
)
def test_what_is_no_baseline_is_refused_in_words(text: str) -> None:
    with pytest.raises(UsageError, match=r"^b\.json is no baseline; `ems check --write-baseline b\.json`"):
        read_baseline(text.encode("latin-1"), name="b.json")


def test_a_baseline_of_a_later_version_is_refused_in_words() -> None:
    with pytest.raises(UsageError, match="version 2; this program reads 1"):
        read_baseline(b'{"version": 2, "as_of": "2026-01-01", "findings": []}', name="b.json")
