"""Where the tests make their files: in memory only where that holds them and lets them run."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from support.scripts import script

PLENTY = 50_000_000_000


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    module = script("dev")
    monkeypatch.setattr(module, "MEMORY", tmp_path)
    monkeypatch.delenv("TMPDIR", raising=False)
    return module


def machine(
    monkeypatch: pytest.MonkeyPatch, *, free: int = PLENTY, available: int = PLENTY, flags: int = 0
) -> None:
    """A machine with so many bytes free in its memory's folder, and so many of memory."""
    facts = SimpleNamespace(f_bavail=free // 4096, f_frsize=4096, f_flag=flags)
    monkeypatch.setattr(os, "statvfs", lambda _: facts)
    told = f"MemTotal:  9 kB\nMemAvailable:   {available // 1024} kB\n"
    usual = Path.read_text
    monkeypatch.setattr(
        Path, "read_text", lambda path, **how: told if path == Path("/proc/meminfo") else usual(path, **how)
    )


def test_with_plenty_of_memory_what_is_made_for_a_while_is_made_there_and_goes(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    machine(monkeypatch)
    with dev._in_memory():
        made = Path(os.environ["TMPDIR"])
        assert made.parent == tmp_path
        (made / "left.txt").touch()
    assert "TMPDIR" not in os.environ
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "short",
    [{"free": 10**9}, {"available": 6 * 10**9}, {"flags": os.ST_NOEXEC}],
    ids=["room", "memory", "programs"],
)
def test_with_little_of_it_or_without_the_right_to_run_programs_there_the_disk_is_used(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, short: dict[str, int]
) -> None:
    machine(monkeypatch, **short)
    with dev._in_memory():
        assert "TMPDIR" not in os.environ


def test_a_folder_that_somebody_names_is_the_one(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    machine(monkeypatch)
    monkeypatch.setenv("TMPDIR", "/named")
    with dev._in_memory():
        assert os.environ["TMPDIR"] == "/named"
    assert not list(tmp_path.iterdir())


def test_a_machine_without_such_a_folder_uses_the_disk(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "MEMORY", tmp_path / "none")
    with dev._in_memory():
        assert "TMPDIR" not in os.environ
