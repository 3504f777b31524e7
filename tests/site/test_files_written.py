from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_ems.site.files import write_files


@pytest.mark.parametrize("data", [b"", b"less", b"as much as", b"more than there was"])
def test_written_over_a_file_is_what_was_written_last(tmp_path: Path, data: bytes) -> None:
    write_files(tmp_path, [("a/page.html", b"as much as")])
    write_files(tmp_path, [("a/page.html", data)], over=True)
    assert (tmp_path / "a/page.html").read_bytes() == data


def test_only_a_file_that_stands_there_is_written_over(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_files(tmp_path, [("page.html", b"text")], over=True)
