"""Half a million readings: `ems check` and `ems build` against the reading that nobody can avoid.

Forty measurements, hour by hour for seventeen months, one file a parameter and year, landed
month by month as a works does: so the earlier states of the series are in the history too.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bench_runs import AS_OF, Bench, Figure

MEASUREMENTS = 40
READINGS = 500_000
_START = datetime(2025, 6, 1)  # noqa: DTZ001 - readings carry no zone
BASELINE = """
import click, csv, gc, io, pydantic, subprocess, sys, yaml
from mkdocs_ems_log_format import ARGUMENTS
gc.disable()
git = ["git", "-C", sys.argv[1]]
log = subprocess.Popen([*git, "log", *ARGUMENTS, "HEAD"], stdout=subprocess.PIPE)
while log.stdout.read(1 << 20):
    pass
log.wait()
tree = subprocess.run([*git, "ls-tree", "-rz", "HEAD"], capture_output=True, check=True).stdout
ids = b"\\n".join(entry.split()[2] for entry in tree.split(b"\\0") if entry) + b"\\n"
command = [*git, "cat-file", "--batch", "--buffer"]
batch = subprocess.run(command, input=ids, capture_output=True, check=True).stdout
for _line in csv.reader(io.StringIO(batch.decode(), newline="\\n")):
    pass
"""
_SETTINGS = """\
schema: 1
repository: bench-readings
organisation: {name: Hourly Works}
standards: [{standard: iso14001, edition: "2026"}]
"""
_REGISTER = "id: REG-MON\ntype: measurement\ntitle: Monitoring plan\nowner: ROL-EHS\nrows:\n"
_ROW = """\
  - id: MON-{number:03}
    title: Measurement {number}
    what: Point {number}
    method: Probe, logged each hour
    frequency: daily
    when_evaluated: Every Monday
    unit: mg/L
    limits: {{legal_max: 20, alert_max: 15, plausible_min: 0, plausible_max: 100}}
    starts: 2025-06-01
"""
_HEAD = "parameter,period,value,unit,qualifier,n,operator,instrument,comment\n"


def readings_figures(bench: Bench) -> Iterator[Figure]:
    """Time and memory of a check, and time of a build, with half a million readings."""
    repo = str(write_hourly_repository(bench.folder / "hourly"))
    check = ("check", "--repo", repo, "--as-of", AS_OF, "--format", "json")
    bench.interleaved(
        {
            "readings baseline": lambda: bench.python(BASELINE, repo),
            "readings check": lambda: bench.ems(*check),
        }
    )
    memory = bench.peak_megabytes()
    bench.interleaved({"readings build": lambda: bench.ems(*_build(bench, repo))}, min(3, bench.rounds))
    plainly, checked = bench.median("readings baseline"), bench.median("readings check")
    built = bench.median("readings build")
    yield Figure(
        f"ems check with {READINGS:,} readings, against reading their files",
        checked / plainly,
        7.0,
        "x",
        f"{checked:.2f} s, baseline {plainly:.2f} s",
    )
    yield Figure(f"peak memory of ems check with {READINGS:,} readings", memory, 250, "MB", "")
    yield Figure(
        f"ems build with {READINGS:,} readings, against their check",
        built / checked,
        4.0,
        "x",
        f"{built:.2f} s",
    )


def _build(bench: Bench, repo: str) -> tuple[str, ...]:
    site = str(bench.fresh("readings-site"))
    state = ("--state", "draft", "--ref", "main", "--as-of", AS_OF)
    return ("build", "--repo", repo, *state, "--site-dir", site)


def write_hourly_repository(target: Path) -> Path:
    """A repository whose readings landed month by month."""
    chance = random.Random(14001)  # noqa: S311 - readings, not secrets
    folder = target / "ems" / "records" / "readings"
    folder.mkdir(parents=True)
    registers = target / "ems" / "registers"
    registers.mkdir()
    (target / "mkdocs.yml").write_text("site_name: Hourly Works\ndocs_dir: ems\nplugins: [ems]\n")
    (target / "ems" / "ems.yml").write_text(_SETTINGS)
    rows = "".join(_ROW.format(number=number) for number in range(1, MEASUREMENTS + 1))
    (registers / "measurements.yml").write_text(_REGISTER + rows)
    _git(target, "init", "-q", "-b", "main")
    hours = READINGS // MEASUREMENTS
    month = _START.month
    for hour in range(hours):
        moment = _START + timedelta(hours=hour)
        if moment.month != month:
            _land(target, moment)
            month = moment.month
        if moment.hour == 0 or hour == 0:
            _append(folder, moment, min(24, hours - hour), chance)
    _land(target, _START + timedelta(hours=hours))
    return target


def _append(folder: Path, day: datetime, hours: int, chance: random.Random) -> None:
    """One day of every measurement."""
    for number in range(1, MEASUREMENTS + 1):
        path = folder / f"MON-{number:03}-{day.year}.csv"
        new = not path.exists()
        with path.open("a", encoding="utf-8") as out:
            out.write(_HEAD if new else "")
            out.writelines(
                f"MON-{number:03},{day + timedelta(hours=hour):%Y-%m-%dT%H:%M},"
                f"{chance.uniform(8, 13):.2f},mg/L,,,K. Lowe,CAL-003,\n"
                for hour in range(hours)
            )


def _land(target: Path, moment: datetime) -> None:
    date = f"{moment:%Y-%m-%dT%H:%M:%S}+0000"
    _git(target, "add", "-A")
    _git(target, "commit", "-q", "-m", f"Readings up to {moment:%Y-%m-%d}", "--date", date)


def _git(target: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0")
    subprocess.run(["git", "-C", str(target), *who, *arguments], check=True, stdout=subprocess.DEVNULL)
