"""Many signed approvals and one forged among them: each is verified, and that one counts for nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_ems.cli.main import ems
from mkdocs_ems.git.signing import Verifier
from support.company import procedure
from support.desk import Desk
from support.keys import needs_ssh, private_key, signature, signer

pytestmark = [pytest.mark.slow, needs_ssh]

MANY = int(os.environ.get("EMS_LOAD_RECORDS", "60"))
"""A signature is a process of ssh-keygen; so is each look at one. The thousand are asked for by name."""
IDS = tuple(f"PRO-{number}" for number in range(1_001, 1_001 + MANY))
FORGED = IDS[MANY // 2]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Eve has signed what Ann changed; of one record the signature is Otto's."""
    desk = Desk(tmp_path, monkeypatch)
    monkeypatch.setenv("EMS_CACHE_DIR", str(tmp_path / "checks"))
    desk.begin(**{"ems/allowed_signers": signer("eve") + signer("otto")}, **saying("Sort the waste."))
    desk.change(saying("Sort the waste weekly."))
    done = desk.approve("--base", "HEAD~1", "--key", private_key("eve"), "--no-commit")
    assert done.exit_code == 0, done.output
    (record,) = (desk.root / "ems/records/approvals" / FORGED).glob("*.yml")
    record.with_name(f"{record.name}.sig").write_bytes(signature(record.read_bytes(), by="otto"))
    desk.git("add", "ems/records")
    eve = ("-c", "user.name=Eve", "-c", "user.email=eve@example.org")
    desk.git(*eve, "commit", "-q", "-m", "Approve", "--author", "Eve <eve@example.org>")
    return desk


def saying(text: str) -> dict[str, str]:
    return {f"ems/procedures/{one}.md": procedure(text, identity=one) for one in IDS}


def register(desk: Desk) -> dict[str, tuple[int, str, bool]]:
    """Issue and level of each procedure, and whether something waits, as `ems register` tells them."""
    asked = ["register", "--format", "json", "--repo", str(desk.root), "--as-of", "2026-03-02"]
    done = CliRunner().invoke(ems, asked, prog_name="ems")
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)["documents"]
    return {
        one["id"]: (one["issue"], one["level"], one["pending"] is not None)
        for one in rows
        if one["id"] in IDS
    }


def test_of_many_signatures_only_the_forged_one_counts_for_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = register(desk)
    assert found.pop(FORGED) == (1, "adopted", True)
    assert found == dict.fromkeys((one for one in IDS if one != FORGED), (2, "signed", False))

    # What was found is kept, also of the forged one: nobody asks ssh-keygen again.
    monkeypatch.setattr(Verifier, "verify", lambda *_: pytest.fail("it was asked again"))
    again = register(desk)
    assert again.pop(FORGED) == (1, "adopted", True)
    assert again == found
