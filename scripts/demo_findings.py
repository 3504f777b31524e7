"""Checks that the demonstration has exactly the findings of `tests/demo-findings.json`.

The planted defects are part of the demonstration: a finding that vanishes is as wrong as
one that appears. `--check` compares and says what differs; without it the file is written.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "tests" / "demo-findings.json"
AS_OF = "2026-11-20"
KEYS = ("code", "severity", "id", "path", "line", "message")


def findings() -> list[dict[str, object]]:
    """The findings of a fresh demonstration, each with what a reader would notice."""
    with tempfile.TemporaryDirectory(prefix="ems-demo-") as folder:
        demo = str(Path(folder) / "demo")
        _ems("demo", demo)
        report = json.loads(_ems("check", "--repo", demo, "--as-of", AS_OF, "--format", "json", "--no-cache"))
    return [{key: one[key] for key in KEYS} for one in report["diagnostics"]]


def _ems(*arguments: str) -> str:
    command = [sys.executable, "-m", "mkdocs_ems", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"ems {arguments[0]} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def _words(one: dict[str, object]) -> str:
    return f"{one['path']}:{one['line']} {one['severity']}[{one['code']}] {one['message']}"


def main() -> int:
    """Write the expected findings, or with `--check` compare them."""
    found = findings()
    if "--check" not in sys.argv[1:]:
        EXPECTED.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{len(found)} findings written to {EXPECTED.relative_to(ROOT)}")
        return 0
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    gone = [one for one in expected if one not in found]
    new = [one for one in found if one not in expected]
    for title, some in (("no longer found", gone), ("found and not expected", new)):
        for one in some:
            print(f"{title}: {_words(one)}")
    if found != expected:
        print("The demonstration's findings differ. If that is meant: python scripts/demo_findings.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
