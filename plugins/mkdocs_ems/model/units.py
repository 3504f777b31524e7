"""Units compared and converted, as people write them: `mg/l` is `mg/L`, `m³` is `m3`.

Two texts are first brought into one form; pint, which knows how units hang together, is
asked only where they still differ, and imported only then. Names it is handed stand in the
table below: its own reading of a word it does not know (a prefix and a unit, most often) is
nobody's meaning. A unit that is not in the table is comparable to itself alone. Nothing
here raises for a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pint

_LONGEST = 60
_GREATEST = 1e60
"""How many times one unit may go into another."""

_OURS = (
    "ems_ppb = 1e-9",
    "ems_quarter = 3 * month",
    "ems_count = [ems_count]",
    "ems_person = [ems_person]",
    "ems_gram_co2 = [ems_co2]",
    "ems_gram_co2e = [ems_co2e]",
    "ems_norm_m3 = [ems_norm_m3]",
    "ems_decibel = [ems_decibel]",
    "ems_decibel_a = [ems_decibel_a]",
    "ems_turbidity = [ems_turbidity]",
    "ems_odour = [ems_odour]",
)
"""What pint does not know, or knows as something without a dimension."""

_SI: Mapping[str, tuple[str, str]] = {
    # written: what pint calls it, and the prefixes that occur
    "m": ("meter", "n μ u m c d k"),
    "g": ("gram", "n μ u m k M"),
    "L": ("liter", "μ u m c d h k M"),
    "l": ("liter", "μ u m c d h k M"),
    "t": ("metric_ton", "k M"),
    "s": ("second", "m"),
    "W": ("watt", "m k M G T"),
    "Wh": ("watt_hour", "k M G T"),
    "J": ("joule", "k M G T"),
    "Pa": ("pascal", "h k M"),
    "bar": ("bar", "m"),
    "V": ("volt", "m k"),
    "A": ("ampere", "m k"),
    "VA": ("volt_ampere", "k M"),
    "N": ("newton", "k"),
    "Hz": ("hertz", "k M"),
    "S": ("siemens", "μ u m"),
    "mol": ("mole", "μ u m k"),
    "gCO2": ("ems_gram_co2", "k M"),
    "gCO2e": ("ems_gram_co2e", "k M"),
}
_PREFIXES: Mapping[str, str] = {
    "n": "nano",
    "μ": "micro",
    "u": "micro",
    "m": "milli",
    "c": "centi",
    "d": "deci",
    "h": "hecto",
    "k": "kilo",
    "M": "mega",
    "G": "giga",
    "T": "tera",
}
_OTHERS: Mapping[str, str] = {
    **dict.fromkeys(("1", "-", "pH", "ratio"), "1"),
    **dict.fromkeys(("%", "percent", "pct"), "percent"),
    "‰": "permille",
    "ppm": "ppm",
    "ppb": "ems_ppb",
    **dict.fromkeys(("count", "counts", "number", "pcs", "pc", "piece", "pieces", "#"), "ems_count"),
    **dict.fromkeys(("person", "persons", "people", "employee", "employees", "FTE"), "ems_person"),
    **dict.fromkeys(("litre", "litres", "liter", "liters"), "liter"),
    **dict.fromkeys(("tonne", "tonnes"), "metric_ton"),
    "ha": "hectare",
    "lb": "pound",
    "lbs": "pound",
    "oz": "ounce",
    "ft": "foot",
    "in": "inch",
    "yd": "yard",
    "mi": "mile",
    "therm": "therm",
    "therms": "therm",
    **dict.fromkeys(("sec", "second", "seconds"), "second"),
    **dict.fromkeys(("min", "minute", "minutes"), "minute"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "hour"),
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("week", "weeks", "wk"), "week"),
    **dict.fromkeys(("month", "months", "mo"), "month"),
    **dict.fromkeys(("quarter", "quarters"), "ems_quarter"),
    **dict.fromkeys(("year", "years", "yr", "y", "a"), "year"),
    **dict.fromkeys(("°C", "degC"), "degree_Celsius"),
    **dict.fromkeys(("°F", "degF"), "degree_Fahrenheit"),
    "K": "kelvin",
    "MG": "milligram",
    **dict.fromkeys(("mwh", "Mwh", "MWH"), "megawatt_hour"),
    "tCO2e": "megaems_gram_co2e",
    "ktCO2e": "gigaems_gram_co2e",
    "MtCO2e": "teraems_gram_co2e",
    "tCO2": "megaems_gram_co2",
    "ktCO2": "gigaems_gram_co2",
    "MtCO2": "teraems_gram_co2",
    "MWth": "megawatt",
    "kWth": "kilowatt",
    "MWe": "megawatt",
    "kWe": "kilowatt",
    "kWp": "kilowatt",
    "MWhth": "megawatt_hour",
    "kWhth": "kilowatt_hour",
    "Nm3": "ems_norm_m3",
    "m3N": "ems_norm_m3",
    "dB": "ems_decibel",
    "dB(A)": "ems_decibel_a",
    "dBA": "ems_decibel_a",
    "NTU": "ems_turbidity",
    "FNU": "ems_turbidity",
    "OU": "ems_odour",
    "OUE": "ems_odour",
}
"""Other spellings, with what pint calls them, `1` where it is a bare number."""

_NEVER_ADDED = (
    *("1", "percent", "permille", "ppm", "ems_ppb"),
    *("degree_Celsius", "degree_Fahrenheit", "kelvin", "bar", "pascal"),
    *("watt", "volt", "ampere", "volt_ampere", "hertz"),
    *("ems_decibel", "ems_decibel_a", "ems_turbidity", "ems_odour"),
)
"""States, shares and powers: their mean says something, their sum does not."""

_CARBON = re.compile(r"\s*(?:of )?CO2(?:[- ]?(equivalents?|equiv|eq|e)\b\.?)?", re.IGNORECASE)
_FACTOR = re.compile(r"(.*?[^\d^*-])(?:\^|\*\*)?(-?[1-9])?")

Unit = tuple[tuple[str, int], ...]
"""A unit as its factors, each with its exponent, in the order of their names."""


def convertible(one: str, other: str) -> bool | None:
    """Whether a value in one unit can be turned into the other.

    Returns:
        None where one of the two is not known, so that nobody can say; a unit is always
        convertible to itself, however it is spelled.
    """
    first, second = _unit(one), _unit(other)
    if first == second:
        return True
    if not (_known(first) and _known(second)):
        return None
    return _scale(first, second) is not None


def convert(value: float, one: str, other: str) -> float | None:
    """A value of one unit in another; None where that cannot be done, or cannot be said."""
    first, second = _unit(one), _unit(other)
    if first == second:
        return value
    if not (_known(first) and _known(second)):
        return None
    scale = _scale(first, second)
    return None if scale is None else value * scale[0] + scale[1]


def known(unit: str) -> bool:
    """Whether a unit can be compared to others at all."""
    return _known(_unit(unit))


def adds_up(unit: str | None) -> bool:
    """Whether values in a unit add up over time: tonnes do, a rate, a share or a pH does not.

    Without a unit, or with a word that nobody knows, things are counted, and counts add up.
    """
    factors = _unit(unit) if unit else ()
    return not any(power < 0 or name.endswith(_NEVER_ADDED) for name, power in factors)


@lru_cache(maxsize=1024)
def _unit(text: str) -> Unit:
    """A unit in the one form in which it is compared; one that is not understood stays a single word."""
    written = " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split())
    whole = ((written, 1),)
    if len(text) > _LONGEST:
        return ((text, 1),)
    plain = written.replace("µ", "μ").replace("−", "-")  # noqa: RUF001 - the signs that people write
    plain = _CARBON.sub(lambda found: "CO2e" if found[1] else "CO2", plain)
    plain = re.sub(r"\s*(?:/|\bper\b)\s*", "/", plain)
    factors: dict[str, int] = {}
    for index, part in enumerate(plain.split("/")):
        for factor in re.split(r"\s*[·⋅×.]\s*|\s+|(?<!\*)\*(?!\*)", _bare(part)):  # noqa: RUF001 - as above
            name, power = _factor(factor)
            if not name:
                return whole
            factors[name] = factors.get(name, 0) + (power if index == 0 else -power)
    factors.pop("1", None)
    return tuple(sorted((name, power) for name, power in factors.items() if power)) or (("1", 1),)


def _bare(part: str) -> str:
    part = part.strip()
    return part[1:-1].strip() if part.startswith("(") and part.endswith(")") else part


def _factor(text: str) -> tuple[str, int]:
    """One factor: what pint calls it, or the word itself, and its exponent."""
    found = _names().get(text)
    if found:
        return found, 1
    match = _FACTOR.fullmatch(text)
    if match is None:
        return "", 0
    name, power = match[1], int(match[2] or 1)
    names = _names()
    return names.get(name) or _folded().get(name.casefold()) or name, power


@cache
def _names() -> Mapping[str, str]:
    """Every spelling in the table, with what pint calls it."""
    table = dict(_OTHERS)
    for symbol, (name, prefixes) in _SI.items():
        table.setdefault(symbol, name)
        for prefix in prefixes.split():
            table.setdefault(prefix + symbol, _PREFIXES[prefix] + name)
    return MappingProxyType(table)


@cache
def _folded() -> Mapping[str, str]:
    """The same without regard to capitals, where only one unit is meant.

    A capital tells milli from mega, and `MT` is a tonne to some and a million tonnes to others.
    """
    meant: dict[str, set[str]] = {
        f"m{symbol}".casefold(): {"milli", "mega"} for symbol in (*_SI, "tCO2", "tCO2e", "Wth", "We", "Whth")
    }
    meant["nm"] = {"newton meter", "nanometer"}
    for written, name in _names().items():
        meant.setdefault(written.casefold(), set()).add(name)
    return MappingProxyType(
        {written: next(iter(names)) for written, names in meant.items() if len(names) == 1}
    )


def _known(unit: Unit) -> bool:
    return all(name in _understood() for name, _ in unit)


@cache
def _understood() -> frozenset[str]:
    return frozenset(_names().values())


@lru_cache(maxsize=1024)
def _scale(one: Unit, other: Unit) -> tuple[float, float] | None:
    """By what a value is multiplied, and what is added; None where the units are of different things."""
    import pint  # noqa: PLC0415 - costs as much as a whole check, and few contents mix units

    registry = _registry()
    try:
        offset, above = (float(registry.convert(at, _said(one), _said(other))) for at in (0.0, 1.0))
    except (pint.PintError, ArithmeticError, ValueError, TypeError):
        return None
    scale = abs(above - offset)
    # Beyond this two powers of a unit were mixed up, and values would leave the numbers.
    return (above - offset, offset) if 1 / _GREATEST <= scale <= _GREATEST else None


def _said(unit: Unit) -> str:
    """A unit as pint reads it."""
    return " * ".join("dimensionless" if name == "1" else f"{name} ** {power}" for name, power in unit)


@cache
def _registry() -> pint.UnitRegistry[Any]:
    import pint  # noqa: PLC0415 - as above

    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    for line in _OURS:
        registry.define(line)
    return registry
