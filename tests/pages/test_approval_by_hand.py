"""What an auditor types to check an issue without this program: run as it is printed."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mkdocs_ems.compile import controlled_state
from mkdocs_ems.control.by_hand import BEGIN, by_hand
from mkdocs_ems.git import Repository

AS_OF = date(2026, 11, 20)


@pytest.mark.slow
def test_every_issue_of_the_demonstration_stands_up_to_plain_git_and_ssh_keygen(
    demo: Path, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", demo, clone], check=True)
    with Repository.open(demo) as repository:
        state = controlled_state(repository, ref="main", as_of=AS_OF, now=datetime.now(UTC)).control
        checked = 0
        for document in state.documents.values():
            before = None
            for issue in document.issues:
                script = [step.command for step in BEGIN]
                steps = by_hand(issue, before=before, state=state)
                # One shell for an issue, each output told apart by a line that no output holds.
                for number, step in enumerate(steps):
                    script += [f"echo '=== {number}'", step.command]
                done = subprocess.run(
                    ["sh", "-e"],
                    input="\n".join(script),
                    cwd=clone,
                    capture_output=True,
                    text=True,
                    check=False,
                )
                assert done.returncode == 0, (document.id, issue.number, done.stdout, done.stderr)
                outputs = done.stdout.split("=== ")[1:]
                for step, output in zip(steps, outputs, strict=True):
                    for one in step.expected:
                        assert one in output, (document.id, issue.number, step.command, output)
                    checked += len(step.expected)
                before = issue
    assert checked > 200
