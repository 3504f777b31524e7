from __future__ import annotations

import os
from pathlib import Path

import pytest

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.odd_files import read_regular


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_bytes(b"0123456789")
    return path


@pytest.mark.parametrize("limit", [10, 11, 1000])
def test_a_file_within_the_limit_is_read_whole(file: Path, limit: int) -> None:
    assert read_regular(file, limit=limit) == b"0123456789"


def test_a_file_beyond_the_limit_is_refused(file: Path) -> None:
    with pytest.raises(RepositoryError, match="larger than 9 bytes"):
        read_regular(file, limit=9)


class _Status:
    """What the system said of a file before it grew."""

    def __init__(self, status: os.stat_result, size: int) -> None:
        self.st_mode = status.st_mode
        self.st_size = size


@pytest.mark.parametrize("size", [0, 3, 9])
def test_a_file_that_grows_as_it_is_read_is_read_whole_or_refused(
    file: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = file.stat()
    monkeypatch.setattr(os, "fstat", lambda _: _Status(status, size))
    assert read_regular(file, limit=10) == b"0123456789"
    with pytest.raises(RepositoryError, match="larger than 9 bytes"):
        read_regular(file, limit=9)


def test_what_is_no_regular_file_is_not_read(tmp_path: Path, file: Path) -> None:
    (tmp_path / "link.md").symlink_to(file)
    assert read_regular(tmp_path / "link.md", limit=100) is None
    assert read_regular(tmp_path, limit=100) is None
    assert read_regular(tmp_path / "none.md", limit=100) is None
