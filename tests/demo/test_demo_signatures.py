"""The signatures of the demonstration are those that its keys make of what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mkdocs_ems.demo.signatures import kept_signature
from support.keys import needs_ssh

PROJECT = Path(__file__).parents[2]


@needs_ssh
def test_what_is_kept_is_what_the_story_asks_for() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/demo_signatures.py", "--check"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_signature_that_is_not_kept_is_told() -> None:
    with pytest.raises(ValueError, match="renew them"):
        kept_signature(b"something else", "helen", "git")


def test_every_key_says_that_it_is_worthless() -> None:
    for key in sorted((PROJECT / "scripts" / "demo_keys").glob("*.pub")):
        assert "demonstration only, worthless" in key.read_text()
    listed = (PROJECT / "ems" / "allowed_signers").read_text().splitlines()
    assert all("worthless" in line for line in listed)
