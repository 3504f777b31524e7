"""The readings of indicators that are seen, carried where the plan of monitoring stays in.

An outsider may see how an indicator goes, and not by which meter, whose reading or beside which limit. So
measurements that stay in are stood in for by others that have a unit, values, and nothing else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import field

from mkdocs_ems import dataclass
from mkdocs_ems.model.indicators import indicator_sources
from mkdocs_ems.model.monitoring import IndicatorRow, MeasurementRow
from mkdocs_ems.model.series import Reading
from mkdocs_ems.model.values import Model
from mkdocs_ems.source import Data

_COLUMNS = ("parameter", "period", "value", "unit", "qualifier", "n")


@dataclass(slots=True)
class Carriers:
    """Makes measurements that carry readings, and remembers them."""

    model: Model
    rows: list[Data] = field(default_factory=list)
    readings: dict[str, tuple[Reading, ...]] = field(default_factory=dict)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of those that were made."""
        return frozenset(self.readings)

    def of(self, indicator: IndicatorRow, *, seen: Collection[str]) -> dict[str, Data]:
        """What an indicator says of its measurements, with carriers for those that stay in."""
        found: dict[str, Data] = {}
        sources = indicator_sources(indicator, model=self.model)
        if sources:
            found["source"] = [self._carried(indicator, one, seen) for one in sources]
        entry = self.model.by_id.get(indicator.normaliser or "")
        if entry is not None and isinstance(entry.entity, MeasurementRow):
            found["normaliser"] = self._carried(indicator, entry.entity, seen)
        return found

    def _carried(self, indicator: IndicatorRow, one: MeasurementRow, seen: Collection[str]) -> str:
        if one.id is not None and one.id in seen:
            return one.id
        made = f"{indicator.id}-CARRIED-{len(self.readings) + 1}"
        row: dict[str, Data] = {"id": made, "title": "Readings"}
        row |= {key: value for key in ("unit", "frequency") if (value := getattr(one, key))}
        self.rows.append(row)
        series = self.model.series.get(one.id or "")
        self.readings[made] = series.readings if series is not None else ()
        return made

    def registers(self) -> Mapping[str, Data]:
        """The register of them, by its path."""
        return {"registers/carried.yml": {"type": "measurement", "rows": self.rows}} if self.rows else {}

    def files(self, seen: Collection[str]) -> Mapping[str, bytes]:
        """All readings that are seen, by the path of their file: who read them with what is told nobody."""
        shown = {
            name: one.readings
            for name, one in self.model.series.items()
            if name in seen and self.model.by_id[name].kind == "measurement"
        }
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(_COLUMNS)
        for name, readings in {**shown, **self.readings}.items():
            table.writerows(
                (name, one.period.text, repr(one.value), one.unit or "", one.qualifier, one.count or "")
                for one in readings
            )
        return {"records/readings/shown.csv": text.getvalue().encode()}
