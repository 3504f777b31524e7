from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_ems.errors import OutputError
from mkdocs_ems.site.fresh import Fresh
from mkdocs_ems.site.part import Packing, read_part, write_part
from mkdocs_ems.site.store import Store
from support.site_parts import FACTS, FILES, write_files


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def fresh(tmp_path: Path, store: Store) -> Fresh:
    write_files(tmp_path / "rendered")
    return Fresh(FACTS, tmp_path / "rendered", tmp_path / "v2026.1.part", store)


def test_packed_on_the_way_a_version_is_the_part_that_is_made_of_its_folder(
    fresh: Fresh, store: Store, tmp_path: Path
) -> None:
    there = write_part(tmp_path / "other.part", FACTS, fresh.folder)
    packing = Packing()
    assert dict(fresh.files(fresh.folder, packing)) == FILES
    assert not fresh.keep(packing)
    found = store.find(FACTS.key)
    assert found is not None
    assert found.path.read_bytes() == there.path.read_bytes() == fresh.packed()[0].path.read_bytes()


def test_its_files_come_from_wherever_they_were_moved(fresh: Fresh, tmp_path: Path) -> None:
    fresh.folder.rename(tmp_path / "moved")
    assert dict(fresh.files(tmp_path / "moved", None)) == FILES


def test_what_cannot_be_kept_is_said_and_stands_in_its_part(
    fresh: Fresh, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OutputError("v2026.1 could not be kept: no space left on device")

    monkeypatch.setattr(store, "keep", full)
    part, warning = fresh.packed()
    assert warning == "v2026.1 could not be kept: no space left on device; it will be built again next time"
    assert dict(read_part(part.path).files()) == FILES


def test_a_link_among_its_files_is_refused(fresh: Fresh) -> None:
    (fresh.folder / "secret.html").symlink_to("/etc/hostname")
    with pytest.raises(OutputError, match="neither a file nor a folder"):
        list(fresh.files(fresh.folder, None))
