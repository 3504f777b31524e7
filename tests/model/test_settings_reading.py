"""ems.yml is read as far as it goes, and each fault is told at its place."""

from __future__ import annotations

import pytest

from mkdocs_ems.diagnostics import Anchor, Route
from mkdocs_ems.model import Model
from support.content import EMS, model_of

METHOD = """
significance:
  criteria:
    likelihood: {values: {1: rare, 2: often}}
    severity: {values: {1: slight, 2: grave}}
  formula: FORMULA
  threshold: THRESHOLD
"""


def with_settings(text: str) -> Model:
    return model_of({}, settings=EMS + text)


def only(text: str) -> tuple[Route, str]:
    (finding,) = with_settings(text).findings
    assert finding.code == "SCH001"
    assert isinstance(finding.at, Anchor)
    assert finding.at.path == "ems/ems.yml"
    return finding.at.route, finding.message


def test_sound_settings_have_no_findings() -> None:
    model = with_settings("time_zone: Europe/London\nstandards: [{standard: iso14001, edition: 2026}]\n")
    assert model.findings == ()
    assert (model.settings.time_zone, model.settings.edition) == ("Europe/London", "2026")
    assert model.settings_readable


def test_a_fault_in_the_settings_leaves_the_others() -> None:
    model = with_settings(
        "time_zone: Europe/London\nmain_brunch: trunk\nintervals: {review_warning_days: many}\n"
    )
    assert len(model.findings) == 2
    assert model.settings.time_zone == "Europe/London"
    assert model.settings.intervals.review_warning_days == 30


def test_two_stores_of_one_name_are_told_however_it_is_written() -> None:
    route, message = only("evidence_stores: [{name: scans, where: A}, {name: Scans, where: B}]\n")
    assert (route, message) == (("evidence_stores", 1, "name"), '"Scans" names two stores')


def test_an_organisation_without_a_name_is_told_once() -> None:
    (finding,) = model_of({}, settings="schema: 1\norganisation: {site: here}\n").findings
    assert finding.message == 'an organisation needs "name"'
    (finding,) = model_of({}, settings="schema: 1\n").findings
    assert finding.message == 'ems.yml needs "organisation"'


def test_a_newer_schema_is_told() -> None:
    (finding,) = model_of({}, settings="schema: 2\norganisation: {name: x}\n").findings
    assert finding.message == (
        "the content was made for a newer version of this tool: it has schema 2, and this one knows 1"
    )
    (finding,) = model_of({}, settings="schema: one\norganisation: {name: x}\n").findings
    assert finding.message == '"schema" cannot be "one"'


def test_versions_are_tags_that_begin_with_v_unless_the_settings_say_otherwise() -> None:
    assert with_settings("").settings.versions.tags == ("v*",)
    said = with_settings("versions: {tags: [manual/*, r-20??], signed_only: true}\n")
    assert said.findings == ()
    assert (said.settings.versions.tags, said.settings.versions.signed_only) == (("manual/*", "r-20??"), True)


@pytest.mark.parametrize(
    ("text", "route", "message"),
    [
        ("versions: {tags: []}\n", ("versions", "tags"), "no tag would be a version of the manual"),
        (
            'versions: {tags: ["v*", "v\\xadx"]}\n',
            ("versions", "tags", 1),
            '"v\xadx" has characters that no tag\'s name can have',
        ),
        (
            'publication: {private_hosts: [git.example.org, "https://git.example.org/ems"]}\n',
            ("publication", "private_hosts", 1),
            '"https://git.example.org/ems" is not the name of a host',
        ),
        (
            'publication: {private_hosts: ["*.example.org"]}\n',
            ("publication", "private_hosts", 0),
            '"*.example.org" is not the name of a host',
        ),
    ],
)
def test_a_pattern_or_host_that_cannot_be_meant_is_told(text: str, route: Route, message: str) -> None:
    assert only(text) == (route, message)


@pytest.mark.parametrize("host", ["git.example.org", "localhost", "10.0.0.7", "fe80::1", "build_host"])
def test_hosts_are_named_by_name_or_address(host: str) -> None:
    model = with_settings(f'publication: {{private_hosts: ["{host}"]}}\n')
    assert model.findings == ()
    assert model.settings.publication.private_hosts == (host,)


def test_an_unknown_time_zone_is_told_and_utc_holds() -> None:
    model = with_settings("time_zone: Europe/Lodnon\n")
    assert [finding.message for finding in model.findings] == [
        '"Europe/Lodnon" is not a time zone; did you mean "Europe/London"?'
    ]
    assert model.settings.time_zone == "UTC"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/localtime", "Europe", "a\\0b", "x" * 500])
def test_a_time_zone_that_is_a_path_is_only_unknown(name: str) -> None:
    route, message = only(f'time_zone: "{name}"\n')
    assert route == ("time_zone",)
    assert "is not a time zone" in message


def test_an_edition_that_a_standard_does_not_have_is_told() -> None:
    route, message = only(
        "standards: [{standard: iso45001, edition: 2018}, {standard: iso14001, edition: 2018}]\n"
    )
    assert route == ("standards", 1, "edition")
    assert message == "iso14001 has no edition 2018"


def test_two_sites_of_one_id_are_told_at_the_second() -> None:
    route, message = only("sites: [{id: works, title: A}, {id: works, title: B}]\n")
    assert route == ("sites", 1, "id")
    assert message == '"works" names two sites'


def test_a_type_in_the_matrix_that_is_none_is_told() -> None:
    route, message = only(
        "approval: {matrix: [{types: [policy, procedrue, rules, scope], roles: [ROL-MD]}]}\n"
    )
    assert route == ("approval", "matrix", 0, "types", 1)
    assert message == '"procedrue" is not a type of document or register; did you mean "procedure"?'


def test_records_are_kept_by_their_kind_and_never_approved_by_the_matrix() -> None:
    assert with_settings("retention: [{types: [training, reading], years: 6}]\n").findings == ()
    route, message = only("approval: {matrix: [{types: [training], roles: [ROL-MD]}]}\n")
    assert route == ("approval", "matrix", 0, "types", 0)
    assert message.startswith('"training" is not a type of document or register')


@pytest.mark.parametrize(
    ("formula", "threshold", "field", "words"),
    [
        ("likelihood * ", "score >= 2", "formula", "it ends where"),
        ("likelyhood * severity", "score >= 2", "formula", 'did you mean "likelihood"?'),
        ("likelihood > 1", "score >= 2", "formula", "it gives no number"),
        ("likelihood * severity", "score", "threshold", "it is no comparison"),
        ("likelihood * severity", "scoer >= 2", "threshold", 'did you mean "score"?'),
        ("likelihood * severity", "condition == 'emergncy'", "threshold", 'did you mean "emergency"?'),
    ],
)
def test_a_broken_expression_is_told_at_its_place(
    formula: str, threshold: str, field: str, words: str
) -> None:
    text = METHOD.replace("FORMULA", f'"{formula}"').replace("THRESHOLD", f'"{threshold}"')
    route, message = only(text)
    assert route == ("significance", field)
    assert words in message


@pytest.mark.parametrize(
    ("criteria", "route", "words"),
    [
        ("legal-limit: {values: {1: x}}", ("legal-limit",), "cannot be used in a formula"),
        ("score: {values: {1: x}}", ("score",), "has a meaning of its own"),
        ("min: {values: {1: x}}", ("min",), "has a meaning of its own"),
        ("risk: {values: {}}", ("risk", "values"), "has no values"),
        ("risk: {values: {1: x, high: y}}", ("risk", "values", "high"), "has no points"),
        ("risk: {values: {low: x}, points: {lwo: 1}}", ("risk", "points", "lwo"), 'did you mean "low"?'),
        ("risk: {titel: x, values: {1: x}}", ("risk", "titel"), 'did you mean "title"?'),
        ("risk: {title: x}", ("risk",), 'a scale needs "values"'),
    ],
)
def test_a_criterion_that_fits_no_formula_is_told_once(criteria: str, route: Route, words: str) -> None:
    text = f"significance:\n  criteria:\n    {criteria}\n  formula: unknown + 1\n"
    found, message = only(text)
    assert found == ("significance", "criteria", *route)
    assert words in message


def test_without_settings_there_is_one_finding_and_defaults_hold() -> None:
    model = model_of({}, settings=None)
    assert [finding.message for finding in model.findings] == [
        "there is no ems.yml, so nothing is known of the organisation"
    ]
    assert not model.settings_readable
    assert model.settings.edition == "2015"


def test_settings_of_another_ending_are_told_to_be_renamed() -> None:
    (finding,) = model_of({"ems.yaml": EMS}, settings=None).findings
    assert finding.help == "rename ems.yaml to ems.yml"


def test_settings_that_cannot_be_parsed_are_the_readers_finding() -> None:
    model = model_of({}, settings="schema: [1\n")
    assert model.findings == ()
    assert not model.settings_readable
