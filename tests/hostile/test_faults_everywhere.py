"""The n-th write, fsync, rename, start of a program or call of git fails: what stands then, and what is said.

Each command runs once to count its calls; then anew for every fault on a copy of the same folder, and once
more where nothing fails (`support.faults` says what is judged). `new` fails at each of its calls. Of the
others, whose calls are hundreds or thousands, here fail: for each line that writes or starts something the
first call from there, each call of git that comes another way, and some more calls in equal steps; and of
each kind of copy that the command makes of itself one is killed. A line that several commands come to fails
in the quickest of them: that is what `LINES` says.

EMS_FAULTS=every lets every call of every command fail, reading too, and git and the copies in every way
that there is: that takes hours.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.fault_companies import bench_for
from support.faults import Server, chosen_calls, every_call, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are told apart as Linux does"),
]

EVERY = os.environ.get("EMS_FAULTS") == "every"
SPREAD = {"new": 1000, "approve": 6, "build": 3, "build --all": 1, "publish": 6, "demo": 1}
_OF_ALL = ("assembling", "sharing", "store", "version_folder", "versions")
LINES = {
    "build": ("site/", "cli/build"),
    "build --all": ("cli/joined", *(f"site/{name}" for name in _OF_ALL)),
    "demo": ("demo/", "git/write", "git/fast_import", "cli/demo"),
}
"""Of which modules, where a command is slow; of all, where it is not named."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


@pytest.mark.parametrize("command", SPREAD)
def test_a_call_that_fails_leaves_the_old_or_the_new_and_is_told_in_one_line(
    server: Server, tmp_path: Path, command: str
) -> None:
    bench = bench_for(server, command, tmp_path)
    chosen = chosen_calls(bench, within=LINES.get(command, ("",)), spread=SPREAD[command])
    faults = list(every_call(bench) if EVERY else chosen)
    came, wrong = bench.tried(faults)
    assert not wrong, "\n".join(wrong)
    # What copies do when they have to wait for one another does not come in every run.
    assert came >= 0.8 * len(faults)
