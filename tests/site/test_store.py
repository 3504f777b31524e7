from __future__ import annotations

import os
import random
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mkdocs_ems.errors import OutputError
from mkdocs_ems.site import store as stores
from mkdocs_ems.site.part import Part, write_part
from mkdocs_ems.site.part_head import FORMAT
from mkdocs_ems.site.store import Store, usual_store
from support.site_parts import FACTS, FILES, write_files

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = FACTS.key
NOTHING: frozenset[str] = frozenset()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder)


def made(folder: Path, key: str = KEY, *, padding: int = 0) -> Part:
    rendered = folder / f"rendered {key[:4]}"
    write_files(rendered)
    (rendered / "film.mp4").write_bytes(random.Random(key).randbytes(padding))  # noqa: S311 - no secret
    return write_part(folder / f"{key[:4]}.part", replace(FACTS, key=key), rendered)


def kept_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def test_what_was_kept_is_found_by_its_key_alone(store: Store, tmp_path: Path) -> None:
    part = made(tmp_path)
    assert store.find(KEY) is None
    kept = store.keep(part)
    part.path.unlink()
    found = store.find(KEY)
    assert found == kept == Part(kept.path, part.head)
    assert dict(found.files()) == {**FILES, "film.mp4": b""}
    assert store.find("c" * 64) is None


def test_what_was_changed_after_it_was_kept_leaves_what_is_kept_alone(store: Store, tmp_path: Path) -> None:
    part = made(tmp_path)
    store.keep(part)
    part.path.write_bytes(b"edited")
    found = store.find(KEY)
    assert found is not None
    assert found.head == part.head


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-10]),
        lambda path: path.write_bytes(b"<html>" * 100),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), path.symlink_to("/nowhere")),
        lambda path: (path.unlink(), os.mkfifo(path)),
    ],
    ids=["empty", "cut off", "foreign", "folder", "dangling link", "pipe"],
)
def test_what_was_spoilt_counts_as_never_kept(
    store: Store, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    spoil(store.keep(made(tmp_path)).path)
    assert store.find(KEY) is None


def test_what_was_spoilt_is_replaced_when_it_is_kept_again(store: Store, tmp_path: Path) -> None:
    store.keep(made(tmp_path)).path.write_bytes(b"spoilt")
    store.keep(made(tmp_path))
    assert store.find(KEY) is not None


def test_a_part_under_the_key_of_another_is_not_believed(store: Store, tmp_path: Path) -> None:
    other = "b" * 64
    store.keep(made(tmp_path, other))
    place = store.keep(made(tmp_path)).path
    place.write_bytes(store.keep(made(tmp_path, other)).path.read_bytes())
    assert store.find(KEY) is None
    assert not place.exists()


def test_a_spoilt_file_in_a_part_is_told_when_it_is_read_and_can_be_forgotten(
    store: Store, tmp_path: Path
) -> None:
    place = store.keep(made(tmp_path, padding=5_000)).path
    data = bytearray(place.read_bytes())
    data[300] ^= 1
    place.write_bytes(data)
    found = store.find(KEY)
    assert found is not None
    with pytest.raises(OutputError, match="is spoilt"):
        dict(found.files())
    store.forget(KEY)
    assert store.find(KEY) is None


def test_a_key_never_leads_out_of_the_store(store: Store) -> None:
    for key in ("../../etc/passwd", "", "a" * 63, "A" * 64, "a" * 63 + "/"):
        with pytest.raises(ValueError, match="a key has 64"):
            store.find(key)


def test_a_full_disk_leaves_what_was_kept_and_no_half_of_anything(
    store: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep(made(tmp_path))
    before = kept_files(folder)
    part = made(tmp_path, "b" * 64)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stores.shutil, "copyfileobj", full)
    with pytest.raises(OutputError, match=r"v2026\.1 could not be kept .* No space left on device"):
        store.keep(part)
    assert kept_files(folder) == before
    assert dict(part.files())


def test_a_store_belongs_to_its_user_alone(store: Store, tmp_path: Path) -> None:
    place = store.keep(made(tmp_path)).path
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_the_store_is_in_the_users_cache_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMS_CACHE_DIR", "/cache")
    monkeypatch.delenv("EMS_STORE", raising=False)
    assert usual_store() == Path("/cache/versions")
    monkeypatch.setenv("EMS_STORE", "/store")
    assert usual_store() == Path("/store")


def aged(store: Store, tmp_path: Path, key: str, days: float, *, size: int = 0) -> None:
    place = store.keep(made(tmp_path, key, padding=size)).path
    moment = (NOW - timedelta(days=days)).timestamp()
    os.utime(place, (moment, moment))


def test_tidying_removes_what_nobody_asked_for_and_keeps_what_is_used(store: Store, tmp_path: Path) -> None:
    for key, days in (("a", 91), ("b", 91), ("c", 89)):
        aged(store, tmp_path, key * 64, days)
    store.tidy(now=NOW, used=frozenset(["b" * 64]))
    assert [key for key in "abc" if store.find(key * 64)] == ["b", "c"]


def test_tidying_removes_the_longest_unused_first_where_there_is_too_much(
    store: Store, tmp_path: Path
) -> None:
    for key, days in (("a", 1), ("b", 3), ("c", 2), ("d", 4)):
        aged(store, tmp_path, key * 64, days, size=10_000)
    store.tidy(now=NOW, used=frozenset(["d" * 64]), most=25_000)
    assert [key for key in "abcd" if store.find(key * 64)] == ["a", "d"]


def test_parts_of_another_form_are_tidied_away_too(store: Store, folder: Path, tmp_path: Path) -> None:
    aged(store, tmp_path, KEY, 91)
    aged(store, tmp_path, "b" * 64, 1)
    (folder / f"v{FORMAT}").rename(folder / "v1")
    aged(store, tmp_path, "c" * 64, 1)
    store.tidy(now=NOW, used=NOTHING)
    assert kept_files(folder) == [f"{key * 64}.part" for key in "bc"]


def test_to_be_asked_for_keeps_a_part_young(store: Store, tmp_path: Path) -> None:
    aged(store, tmp_path, KEY, 91)
    assert store.find(KEY) is not None
    store.tidy(now=datetime.now(UTC), used=NOTHING)
    assert store.find(KEY) is not None


def test_tidying_clears_away_what_killed_writers_left_and_nothing_of_strangers(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    place = store.keep(made(tmp_path)).path
    for name, days in ((".a.part.1-0.unfinished", 2), (".b.part.2-0.unfinished", 0.5), ("notes.txt", 900)):
        path = place.with_name(name)
        path.write_text("")
        moment = (NOW - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))
    os.utime(place, (NOW.timestamp(), NOW.timestamp()))
    store.tidy(now=NOW, used=NOTHING)
    assert kept_files(folder) == [".b.part.2-0.unfinished", place.name, "notes.txt"]


def test_only_one_tidies_at_a_time_and_the_lock_of_yesterday_holds_nobody_up(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    aged(store, tmp_path, KEY, 91)
    lock = folder / f"v{FORMAT}" / "tidying"
    lock.write_text("1 1 another-machine\n")
    os.utime(lock, (NOW.timestamp(), NOW.timestamp()))
    store.tidy(now=NOW, used=NOTHING)
    assert kept_files(folder) == [f"{KEY}.part", "tidying"]
    store.tidy(now=NOW + timedelta(days=2), used=NOTHING)
    assert kept_files(folder) == []
    assert socket.gethostname() != "another-machine"


def test_a_store_that_is_not_there_is_tidy(store: Store, folder: Path) -> None:
    store.tidy(now=NOW, used=NOTHING)
    assert not folder.exists()


def test_a_part_that_is_read_while_it_is_removed_is_read_whole_or_told(store: Store, tmp_path: Path) -> None:
    aged(store, tmp_path, KEY, 0, size=100_000)
    found = store.find(KEY)
    assert found is not None
    files = found.files()
    next(files)
    store.tidy(now=NOW + timedelta(days=999), used=NOTHING)
    assert len(list(files)) == len(FILES)
    with pytest.raises(OutputError, match="build it again"):
        list(found.files())


def begin(work: Callable[[], object]) -> int:
    """Do the work in a copy of this process; its number."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def at_work(store: Store, part: Part, turns: int) -> None:
    for turn in range(turns):
        store.keep(part)
        found = store.find(KEY)
        assert found is None or len(dict(found.files())) == len(FILES) + 1
        if turn % 5 == 4:
            store.tidy(now=datetime.now(UTC), used=NOTHING, oldest=timedelta(days=1))


def test_two_processes_may_keep_one_key_at_once(store: Store, folder: Path, tmp_path: Path) -> None:
    part = made(tmp_path, padding=50_000)
    children = [begin(lambda: at_work(store, part, 60)) for _ in range(2)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    found = store.find(KEY)
    assert found is not None
    assert found.path.read_bytes() == part.path.read_bytes()
    assert kept_files(folder) == [f"{KEY}.part"]


def test_a_kill_at_any_moment_leaves_a_whole_part_or_none(store: Store, folder: Path, tmp_path: Path) -> None:
    part = made(tmp_path, padding=200_000)
    chance = random.Random(5)  # noqa: S311 - no secret
    for _ in range(25):
        child = begin(lambda: at_work(store, part, 100_000))
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        found = store.find(KEY)
        if found is not None:
            assert found.path.read_bytes() == part.path.read_bytes()
    store.keep(part)
    store.tidy(now=datetime.now(UTC) + timedelta(days=2), used=frozenset([KEY]))
    assert kept_files(folder) == [f"{KEY}.part"]
