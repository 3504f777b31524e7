"""`--baseline` and `--write-baseline`: the findings that a check begins with, in a file of the user's."""

from __future__ import annotations

from pathlib import Path

from mkdocs_ems.cli.writing import Writer
from mkdocs_ems.errors import UsageError
from mkdocs_ems.report import CheckResult
from mkdocs_ems.report.baseline import Baseline, baseline_of, read_baseline, write_baseline
from mkdocs_ems.text import plural, show


def load(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        UsageError: it cannot be read, or is none.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    return read_baseline(data, name=str(path))


def store(path: Path, result: CheckResult) -> str:
    """Write down what a check found, and return what to say of it.

    Raises:
        OutputError: it cannot be written there.
    """
    made = baseline_of(result)
    Writer(path.parent.resolve()).write(path.name, write_baseline(made))
    place, count = show(str(path)), plural(sum(made.known.values()), "finding")
    return f"{count} written to {place}. `ems check --baseline {place}` tells new ones only."
