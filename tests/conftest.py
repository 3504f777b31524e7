"""Fixtures that every room's tests may use."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from support.story import Story, tell

pytest_plugins = ["support.browsing", "support.demonstration", "support.no_skips"]

# A machine that is busy must not fail a test: what takes how long is measured elsewhere. Nor must chance
# where everything must run: the examples are the same there each time, and others on every desk.
_same = hypothesis.settings().derandomize or bool(os.environ.get("EMS_NO_SKIPS"))
hypothesis.settings.register_profile("untimed", deadline=None, derandomize=_same)
hypothesis.settings.load_profile("untimed")

# Shells begin what runs in the background with this ignored; servers that tests begin are ended by it.
signal.signal(signal.SIGINT, signal.default_int_handler)

REPOS = Path(__file__).parent / "repos"


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed goes into a pipe, whatever terminal the tests were started from."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """An empty repository to tell history in; ids are the same every time."""
    return Story(tmp_path / "repository")


@pytest.fixture
def told(tmp_path: Path) -> Callable[[str], Story]:
    """Turn the story of a folder below tests/repos into a repository."""
    return lambda name: tell(REPOS / name, tmp_path / name)
