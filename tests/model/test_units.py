"""Units: the spellings people use, what hangs together, and what nobody can say."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mkdocs_ems.model.units import convert, convertible, known


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("m3", "m³"),
        ("mg/L", "mg/l"),
        ("mg / l", "MG/L"),
        ("kWh/m2", "kWh/m²"),
        ("kWh/m2", "kWh per m^2"),
        ("tCO2e", "t CO₂e"),
        ("tCO2e", "t CO2-eq"),
        ("µg/L", "μg/l"),
        ("t/month", "tonnes/month"),
        ("kWh", "KWH"),
        ("%", "percent"),
        ("1", "pH"),
        ("m3/h", "m3·h-1"),
        ("count", "pcs"),
        ("widgets", " widgets "),
        ("Bq/widget", "Bq / widget"),
    ],
)
def test_one_unit_written_in_two_ways_needs_no_conversion(one: str, other: str) -> None:
    before = "pint" in sys.modules
    assert convertible(one, other) is True
    assert convert(3.25, one, other) == 3.25
    assert ("pint" in sys.modules) is before


@pytest.mark.parametrize(
    ("value", "one", "other", "result"),
    [
        (2.2, "mg/L", "g/m3", 2.2),
        (2.2, "mg/L", "µg/L", 2200),
        (1, "m3", "L", 1000),
        (1, "m3/m2", "L/m2", 1000),
        (1, "MWh", "kWh", 1000),
        (3.6, "MJ", "kWh", 1),
        (1, "t", "kg", 1000),
        (12, "t/year", "t/month", 1),
        (1290, "tCO2e", "kgCO2e", 1_290_000),
        (0.75, "1", "%", 75),
        (5, "ppm", "%", 0.0005),
        (20, "°C", "°F", 68),
        (1, "kWh/t", "kWh/kg", 0.001),
        (1.4, "MWth", "kW", 1400),
        (1, "year", "quarter", 4),
        (1, "μS/cm", "mS/m", 0.1),
    ],
)
def test_values_are_turned_from_one_unit_into_another(
    value: float, one: str, other: str, result: float
) -> None:
    assert convertible(one, other) is True
    assert convert(value, one, other) == pytest.approx(result)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kg", "m3"),
        ("t", "tCO2e"),
        ("tCO2", "tCO2e"),
        ("count", "%"),
        ("m3", "Nm3"),
        ("kWh", "kW"),
        ("dB", "dB(A)"),
        ("mg/L", "mg/kg"),
    ],
)
def test_units_of_different_things_are_not_turned_into_each_other(one: str, other: str) -> None:
    assert convertible(one, other) is False
    assert convert(1, one, other) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("widgets", "kg"),
        ("kg", "mg/L Ni"),
        ("", "kg"),
        ("kg", "/"),
        ("kg/", "kg"),
        ("spills", "count"),
        ("m" * 10_000, "kg"),
        ("kg", "__import__('os')"),
        ("[x]", "kg**99"),
        ("mW", "MWh²³"),
        ("\x00", "\ud800"),
        ("1e9999", "10**10**10"),
        ("kg % m", "{"),
    ],
)
def test_of_a_unit_that_nobody_knows_nothing_is_said_and_nothing_raised(one: str, other: str) -> None:
    assert convertible(one, other) is None
    assert convert(1, one, other) is None
    assert not (known(one) and known(other))


def test_capitals_that_tell_units_apart_are_kept() -> None:
    assert convert(1, "MW", "mW") == pytest.approx(1e9)


@pytest.mark.parametrize(
    ("value", "one", "other", "result"),
    [
        (1, "ML", "m3", 1000),
        (1, "mL", "ML", 1e-9),
        (1, "Mg", "t", 1),
        (1, "MWH", "kWh", 1000),
        (1, "MG/L", "g/m3", 1),
    ],
)
def test_a_capital_m_is_a_million_where_people_write_it_so(
    value: float, one: str, other: str, result: float
) -> None:
    assert convert(value, one, other) == pytest.approx(result)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MT", "t"),
        ("mt", "t"),
        ("MTCO2e", "tCO2e"),
        ("mtCO2e", "tCO2e"),
        ("mpa", "Pa"),
        ("NM3", "m3"),
        ("gal", "L"),
    ],
)
def test_what_is_one_unit_to_some_and_another_to_others_is_none(one: str, other: str) -> None:
    assert convertible(one, other) is None


def test_no_scale_between_two_units_leaves_the_numbers() -> None:
    assert convert(1e30, "kg·kg9·kg9·kg9", "ng·ng9·ng9·ng9") is None


def test_every_unit_of_the_table_is_one_that_the_library_knows() -> None:
    script = (
        "import warnings; warnings.simplefilter('error')\n"
        "from mkdocs_ems.model import units\n"
        "registry = units._registry()\n"
        "for name in units._understood() - {'1'}:\n"
        "    registry.parse_units(name)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
