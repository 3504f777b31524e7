"""What this package is made with is known: locked with hashes, listed, and asked about strictly."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

from support.scripts import script

ROOT = Path(__file__).parents[2]
_LOCKED = re.compile(r"^([\w.-]+)==(\S+)((?: ;.*?)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


def locked() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Version and hashes of each distribution in the lock file; every line of it belongs to one."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert not _LOCKED.sub("", text).strip()
    return {
        name: (version, frozenset(re.findall(r"sha256:([0-9a-f]{64})", rest)))
        for name, version, rest in _LOCKED.findall(text)
    }


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """`dev.py` in the environment that is there, building into a folder of its own."""
    module = script("dev")
    monkeypatch.setattr(module, "ensure_venv", lambda: None)
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(module, "BUILD", tmp_path)
    return module


def _project() -> Mapping[str, list[str]]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {"": told["dependencies"], **told["optional-dependencies"]}


def test_every_locked_distribution_has_hashes_and_comes_from_no_address() -> None:
    assert len(locked()) > 50


def test_what_the_project_asks_for_is_locked_at_a_version_that_it_allows() -> None:
    found = locked()
    for text in (one for extra in _project().values() for one in extra):
        wanted = Requirement(text)
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        assert name in found, text
        assert wanted.specifier.contains(found[name][0]), text


def test_what_turns_text_into_pages_is_no_older_than_its_mended_faults() -> None:
    floors = {one.name: str(one.specifier) for one in map(Requirement, _project()[""])}
    assert floors["mkdocs-material"] == ">=9.7.7"
    assert floors["pymdown-extensions"] == ">=11.0.2"


def test_the_bill_of_materials_holds_everything_that_is_locked_with_its_hashes(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["dev.py", "sbom"])
    assert dev.main() == 0
    bill = json.loads((tmp_path / "sbom.cdx.json").read_text("utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "mkdocs-ems"
    told = {
        one["name"]: (
            one["version"],
            frozenset(
                digest["content"]
                for reference in one["externalReferences"]
                for digest in reference.get("hashes", ())
                if digest["alg"] == "SHA-256"
            ),
        )
        for one in bill["components"]
    }
    assert told == locked()


def test_an_audit_that_could_not_ask_about_everything_has_not_passed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(dev, "_run", lambda command, **_: ran.append([str(part) for part in command]))
    monkeypatch.setattr(sys, "argv", ["dev.py", "audit"])
    assert dev.main() == 0
    (command,) = ran
    assert {"pip_audit", "--strict", "--require-hashes", "requirements.lock"} <= set(command)
