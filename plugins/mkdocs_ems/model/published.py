"""What an indicator comes to for a period, to be compared with a figure that was given out (7.4.1).

A figure may be the period's own value, or the value that counts at the end of the period: the
twelve months to December, the mean of the three months to June. Nothing here judges.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mkdocs_ems.model.aggregation import counted, in_unit, is_total, known_parts
from mkdocs_ems.model.monitoring import Aggregation, IndicatorRow
from mkdocs_ems.model.series import Period
from mkdocs_ems.model.values import Model

_SLACK = 1e-9
"""Values that differ by less, of one, are the same."""


def computed(
    indicator: IndicatorRow, period: Period, *, unit: str | None, model: Model, as_of: date
) -> tuple[float, ...]:
    """The values that may be given out for a period: its own, and what counts at its end.

    None where there are no readings, or where the unit cannot be turned into the one asked for.
    """
    how: Aggregation = indicator.aggregation or "latest"
    parts = in_unit(known_parts(indicator, how, model=model, as_of=as_of), indicator.unit, unit)
    if not parts:
        return ()
    own = [one.value for one in parts if (one.period.first, one.period.last) == (period.first, period.last)]
    total = is_total(indicator, how, unit)
    ends = [one for one in counted(parts, how, total=total) if one.period.last == period.last]
    return (*own, *(one.value for one in ends))


def agrees(figure: float, value: float) -> bool:
    """Whether a figure is a value, rounded to as many decimals as the figure has."""
    exponent = Decimal(repr(figure)).normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    # Half of the last place, with what a number loses when it is converted.
    return abs(figure - value) <= 0.5 * 10.0**-decimals + _SLACK * max(1.0, abs(value))
