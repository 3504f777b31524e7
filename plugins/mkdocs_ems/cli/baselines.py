"""`--baseline` and `--write-baseline`: the findings that a check begins with, in a file of the user's."""

from __future__ import annotations

from pathlib import Path

from mkdocs_ems.cli.outputs import must_not_be_gits
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
        UsageError: what stands there is git's, and no baseline.
    """
    from mkdocs_ems.git.tracked import is_tracked  # noqa: PLC0415 - only where a file is written

    if str(path) == "-":
        raise UsageError("a baseline is kept in a file: name one, such as ems-baseline.json")
    place = must_not_be_gits(path)
    if is_tracked(place):
        load(path)  # only another baseline is written anew
    made = baseline_of(result)
    Writer(path.parent.resolve()).write(path.name, write_baseline(made))
    shown, count = show(str(path)), plural(sum(made.known.values()), "finding")
    return f"{count} written to {shown}. `ems check --baseline {shown}` tells new ones only."
