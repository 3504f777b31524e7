"""The figure of the preview: from the moment at which a row is saved to the one at which it is seen."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench_repo import SIZES
from bench_runs import Bench, Figure

_REGISTER, _ROW = "ems/registers/aspects-01.yml", "registers/aspects/ASP-00250/index.html"
_TITLE = "Aspect 250 of the line"
_LONGEST = 120
"""Seconds after which nothing more is waited for."""


def serve_figures(bench: Bench) -> Iterator[Figure]:
    """A change of one row at M, 2,000 rows and records in all, until its page says it."""
    repo = bench.fresh("served")
    shutil.copytree(bench.repository(SIZES["M"].in_all), repo)
    register = repo / _REGISTER
    text = register.read_text(encoding="utf-8")
    taken: list[float] = []
    with _serving(repo, bench.fresh("cache")) as server:
        begun = _seen(server + _ROW, _TITLE, time.perf_counter())
        for number in range(max(3, bench.rounds)):
            words = f"Said anew, time {number}"
            register.write_text(text.replace(_TITLE, words, 1), encoding="utf-8")
            taken.append(_seen(server + _ROW, words, time.perf_counter()))
    yield Figure(
        "one row changed at M, until the preview shows it",
        statistics.median(taken),
        3.0,
        "s",
        f"slowest {max(taken):.2f} s, first page after {begun:.2f} s",
    )


@contextmanager
def _serving(repo: Path, cache: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs_ems", "serve", "--repo", str(repo), "--address", address]
    environment = {**os.environ, "EMS_CACHE_DIR": str(cache)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield f"http://{address}/"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _seen(url: str, words: str, since: float) -> float:
    """Seconds until the page says these words."""
    while time.perf_counter() < since + _LONGEST:
        try:
            with urllib.request.urlopen(url, timeout=_LONGEST) as answer:  # noqa: S310 - our own server
                if words in answer.read().decode():
                    return time.perf_counter() - since
        except OSError:
            pass  # not there yet
        time.sleep(0.02)
    raise SystemExit(f"{url} never said {words!r}")
