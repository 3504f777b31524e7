"""What is added beside a user's own: whole or not at all, on disks that know links and on others."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest

from mkdocs_ems.git.added_file import add, swap


@pytest.fixture(params=[None, errno.EPERM, errno.ENOTSUP, errno.ENOSYS], ids=["links", "no", "none", "never"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> object:
    """A disk with links, and those that refuse them, each in its own words."""

    def refused(*_: object) -> None:
        raise OSError(request.param, os.strerror(request.param))

    if request.param:
        monkeypatch.setattr(os, "link", refused)
    return request.param


@pytest.mark.usefixtures("links")
@pytest.mark.parametrize("lock", [False, True], ids=["file", "lock"])
def test_what_is_added_is_whole_and_replaces_nothing(tmp_path: Path, *, lock: bool) -> None:
    place = tmp_path / "record"
    add(place, b"first", lock=lock)
    with pytest.raises(FileExistsError) as told:
        add(place, b"second", lock=lock)
    assert told.value.filename == str(place)
    assert place.read_bytes() == b"first"
    swap(place, b"third")
    assert place.read_bytes() == b"third"
    assert list(tmp_path.iterdir()) == [place]


def test_a_lock_that_found_no_room_for_what_it_says_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    written = os.fdopen

    def opened(handle: int, how: str) -> io.IOBase:
        if list(tmp_path.glob("lock")):
            os.close(handle)
            return Full()
        return written(handle, how)

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(os, "fdopen", opened)
    with pytest.raises(OSError, match="No space left"):
        add(tmp_path / "lock", b"who", lock=True)
    assert list(tmp_path.iterdir()) == []
