"""The readers of what others write, fuzzed for a moment: the same inputs each time. Longer: `dev.py fuzz`."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FUZZ = ROOT / "scripts" / "fuzz.py"
RUNS = {
    "content": 60,
    "evidence": 600,
    "expressions": 1_500,
    "git": 900,
    "markdown": 250,
    "pages": 180,
    "people": 400,
    "series": 600,
    "yaml": 500,
}
"""Inputs of each target, so that none takes more than two seconds; what to begin with comes first."""


def fuzz(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(FUZZ), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.parametrize("target", sorted(RUNS))
def test_nothing_is_found_at_random(target: str, tmp_path: Path) -> None:
    done = fuzz(target, "--plain", "--runs", RUNS[target], "--seconds", 600, "--folder", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Done {RUNS[target]} runs" in done.stdout


@pytest.mark.parametrize("target", ["evidence", "git", "markdown", "yaml"])
def test_nothing_is_found_where_what_was_covered_leads_the_way(target: str, tmp_path: Path) -> None:
    # Where there is no atheris the same inputs are changed at random.
    done = fuzz(target, "--runs", 2 * RUNS[target], "--seconds", 10, "--seed", 7, "--folder", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    led = "stat::number_of_executed_units" in done.stdout
    assert led == (importlib.util.find_spec("atheris") is not None)


def test_a_find_is_written_down_and_told_with_how_to_run_it_again(tmp_path: Path) -> None:
    broken = tmp_path / "support" / "fuzz"
    broken.mkdir(parents=True)
    (broken / "expressions.py").write_text(
        "INSTRUMENTED = ('fractions',)\nLARGEST = 100\nWORDS = ('a',)\n"
        "def seeds():\n    yield b'good'\n    yield b'bad'\n"
        "def attempt(data):\n    assert data != b'bad', 'it is bad'\n"
    )
    for plain in (("--plain",), ()):
        folder = tmp_path / f"found-{len(plain)}"
        done = fuzz("expressions", *plain, "--runs", 50, "--folder", folder, "--below", tmp_path)
        assert done.returncode == 1
        assert "AssertionError: it is bad" in done.stdout
        (found,) = {file.read_bytes() for file in (folder / "expressions").glob("*-*")}
        assert found == b"bad"
        again = fuzz(
            "expressions", "--input", next((folder / "expressions").glob("*-*")), "--below", tmp_path
        )
        assert again.returncode == 1
        assert "it is bad" in again.stderr
