"""What a reader sees of each kind: every field, or a reason why not."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_ems.model import KINDS, RECORD_TYPES, ROW_TYPES, AspectRow, Entity
from mkdocs_ems.model.entities import Condition, Criterion, HeldRole, Impact, Quantity, Target
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.pages import show
from mkdocs_ems.pages.addresses import Place
from mkdocs_ems.pages.columns import COLUMNS, columns_of
from mkdocs_ems.pages.fields import LEFT_OUT, fields
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.shown import SHOWN

LINKS = Links("../", {"ROL-EHS": Place("registers/roles/ROL-EHS/index.html", "", "EHS manager", "role")})


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_of_every_kind_is_shown_or_left_out_with_a_reason(kind: str) -> None:
    shown = {one.name for one in fields(KINDS[kind])}
    left_out = LEFT_OUT[""].keys() | LEFT_OUT.get(kind, {}).keys()
    assert shown | left_out == set(KINDS[kind].model.model_fields)
    assert not shown & left_out


def test_what_is_left_out_exists() -> None:
    for kind, names in LEFT_OUT.items():
        model: type[Entity] = KINDS[kind].model if kind else Entity
        assert names.keys() <= model.model_fields.keys()
        assert all(names.values())


def test_a_kinds_own_fields_come_before_the_common_ones() -> None:
    names = [one.name for one in fields(KINDS["aspect"])]
    assert names.index("process") < names.index("owner") < names.index("notes")


def test_every_kind_of_row_has_columns() -> None:
    assert not COLUMNS.keys() & SHOWN.keys()
    assert {*COLUMNS, *SHOWN} == {*ROW_TYPES, *RECORD_TYPES}
    for kind in (*ROW_TYPES, *RECORD_TYPES):
        assert len(columns_of(KINDS[kind])) > 1, kind


def test_a_reference_is_shown_as_what_it_means() -> None:
    owner = next(one for one in fields(KINDS["aspect"]) if one.name == "owner")
    assert owner.show("ROL-EHS", LINKS) == (
        '<a href="../registers/roles/ROL-EHS/index.html" title="EHS manager">ROL-EHS</a> '
        '<span class="ems-title">EHS manager</span>'
    )


def test_no_personal_data_but_the_name_and_roles_is_shown_of_a_person() -> None:
    shown = {one.name for one in fields(KINDS["person"])}
    assert "roles" in shown
    assert not shown & {"git_identities", "forge_accounts", "employer", "end_date", "notes"}


@pytest.mark.parametrize(
    ("shown", "value", "expected"),
    [
        (show.number, 12.0, "12"),
        (show.number, 0.5, "0.5"),
        (show.flag, True, "yes"),
        (show.word, "waste-haz", "hazardous waste"),
        (show.word, "at-risk", "at risk"),
        (show.day, date(2026, 2, 3), '<span class="ems-keep">2026-02-03</span>'),
        (show.interval, Interval(months=24, days=0), "2 years"),
        (show.inline, ("production", "end-of-life"), "production, end of life"),
        (
            show.impact,
            Impact(text="Noise", polarity="adverse", scale="local"),
            'Noise <span class="ems-aside">(adverse, local)</span>',
        ),
        (
            show.quantity,
            Quantity(value=410, unit="kg/a", year=2025),
            '410 kg/a <span class="ems-aside">(2025)</span>',
        ),
        (
            show.condition,
            Condition(ref="2.1", text="Nickel", kind="limit", limit=2, unit="mg/L"),
            '<strong>2.1</strong> Nickel <span class="ems-aside">(limit, limit 2 mg/L)</span>',
        ),
        (show.criterion, Criterion(parameter="pH", min=2, max=2.5), "pH: 2 to 2.5"),
        (show.criterion, Criterion(parameter="pH", min=0, max=2.5), "pH: 0 to 2.5"),
        (show.criterion, Criterion(parameter="flow", max=4, unit="m3/h"), "flow: at most 4 m3/h"),
        (show.criterion, Criterion(parameter="bund", text="empty"), "bund; empty"),
        (show.target, Target(value=38, unit="L/m2", date=date(2026, 12, 31)), "38 L/m2 by 2026-12-31"),
    ],
)
def test_a_value_is_shown_in_a_readers_words(shown: show.Show, value: object, expected: str) -> None:
    assert shown(value, LINKS) == expected


def test_a_role_held_says_since_when() -> None:
    held = HeldRole.model_validate({"role": "ROL-EHS", "from": "2024-01-01"})
    assert "(since 2024-01-01)" in show.held_role(held, LINKS)


def test_one_value_of_several_needs_no_list() -> None:
    several = show.many(show.text)
    assert several(("a",), LINKS) == "a"
    assert several(("a", "<b>"), LINKS) == "<ul><li>a</li><li>&lt;b&gt;</li></ul>"


def test_an_empty_aspect_has_a_value_for_every_field() -> None:
    empty = AspectRow()
    assert all(getattr(empty, one.name) in (None, ()) for one in fields(KINDS["aspect"]))
