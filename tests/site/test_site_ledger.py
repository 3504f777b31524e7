"""The ledger of a site: the file, and its head at the foot of every page."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from mkdocs_ems.control import ControlState
from mkdocs_ems.control.sealing import Ledger
from mkdocs_ems.site import Stamp
from mkdocs_ems.site.ledger import published_ledger, with_ledger
from support.manuals import built, manual

HEAD = "7e" * 32


def test_the_foot_names_the_head_of_the_ledger_whole() -> None:
    stamp = Stamp(date(2026, 11, 30), "6f1c" * 10, "v2026.2", ledger=HEAD)
    assert stamp.words(draft=False).endswith(f"commit 6f1c6f1c6f1c (v2026.2), ledger {HEAD}")


def test_without_a_ledger_the_foot_names_none() -> None:
    assert "ledger" not in Stamp(date(2026, 11, 30)).words(draft=True)
    made = manual()
    assert with_ledger(made, None) is made


def test_the_ledger_is_a_file_of_the_site(tmp_path: Path) -> None:
    ledger = Ledger("4a" * 20, "6f1c", (), (), "4a" * 20, HEAD)
    published = published_ledger(ControlState({}, (), (), "4a" * 20, trust_root_named=True, ledger=ledger))
    assert published is not None
    made = with_ledger(manual(), published)
    built(made, tmp_path / "site")
    text = (tmp_path / "site" / "ledger.json").read_text(encoding="utf-8")
    assert json.loads(text)["head"] == HEAD
