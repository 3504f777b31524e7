"""How ids are counted on."""

from __future__ import annotations

import pytest

from mkdocs_ems.exports.numbering import Style, style_of


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([], "ASP-004"),
        (["ROL-EHS", "ROL-MD"], "ASP-004"),
        (["P-01", "P-12"], "P-04"),
        (["WI-01", "WI-100"], "WI-04"),
        (["P-9", "P-10"], "P-4"),
        (["ASP-001", "ASP-002", "EMS-ASP-1"], "ASP-004"),
        (["NCR-2025-07", "NCR-2025-08", "NCR-2026-01"], "NCR-2026-04"),
        (["ASP-99999999999999999999"], "ASP-004"),
    ],
)
def test_an_id_is_written_as_most_ids_of_its_kind_are(ids: list[str], expected: str) -> None:
    assert style_of(ids, prefix="ASP").id(4) == expected


def test_a_number_with_more_digits_than_usual_keeps_them() -> None:
    assert Style("ASP-", 3).id(1000) == "ASP-1000"


def test_ids_of_a_style_are_known_without_case_and_others_are_none() -> None:
    style = Style("ASP-", 3)
    numbers = [
        style.number(one) for one in ("asp-007", "ASP-1", "OBL-007", "ASP-X-1", "ASP-", "ASP-0000000001")
    ]
    assert numbers == [7, 1, None, None, None, None]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["ACT-036", "ACT-037", "ACT-2501", "ACT-2503"], "ACT-038"),
        (["ACT-2501", "ACT-2503"], "ACT-2504"),
        (["ACT-998", "ACT-0001"], "ACT-0999"),
        (["ACT-001", "ACT-999"], "ACT-1000"),
        (["ACT-001", "ACT-999", "ACT-1000"], "ACT-1001"),
        (["P-7", "P-10"], "P-11"),
        (["P-99"], "P-100"),
        ([], "ACT-001"),
    ],
)
def test_counting_goes_on_from_the_last_number_of_the_usual_length(ids: list[str], expected: str) -> None:
    style = style_of(ids, prefix="ACT")
    numbers = [number for one in ids if (number := style.number(one)) is not None]
    assert style.id(style.last(numbers) + 1) == expected
