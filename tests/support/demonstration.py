"""The demonstration repository, written once for each process that runs tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_ems.demo import write_demo

AS_OF = "2026-11-20"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's repository. Nobody changes it: who wants to, copies it."""
    folder = tmp_path_factory.mktemp("demonstration") / "demo"
    write_demo(folder)
    return folder
