from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from mkdocs_ems.errors import OutputError
from mkdocs_ems.site.placing import Placing, replaced_by
from mkdocs_ems.site.standing_site import (
    MARKER,
    VERSION_MARKER,
    SiteRecord,
    VersionRecord,
    files_of,
    is_whole,
    stands_whole,
    version_record,
    write_site_record,
    write_version_record,
)
from support.killing import LONGEST


def contents(folder: Path) -> dict[str, bytes]:
    """Every file, those aside that are there while a build is at work."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def version(site: Path, name: str, files: dict[str, str]) -> None:
    write(site / name, files)
    write_version_record(site / name, VersionRecord(files_of(site / name), key="a" * 64))


def sealed(site: Path, *folders: str) -> None:
    write_site_record(site, SiteRecord(files_of(site, without=folders), folders))


def first(target: Path) -> None:
    """A site with two versions."""
    with replaced_by(target) as placing:
        for name in ("v1", "v2"):
            version(placing.folder, name, {"index.html": f"{name}: newest is v2", "rows/a/index.html": name})
        write(placing.folder, {"index.html": "to v2", "latest/index.html": "to v2"})
        sealed(placing.folder, "v1", "v2")


def second(target: Path) -> None:
    """A third version comes: both others stay, but for their start page and something new in one."""
    with replaced_by(target) as placing:
        version(placing.folder, "v3", {"index.html": "v3: newest is v3"})
        for name in ("v1", "v2"):
            placing.take_over(name)
            patch = placing.patch(name)
            write(patch, {"index.html": f"{name}: newest is v3"})
        write(patch, {"changes/index.html": "to v3", "rows/b.html": "new"})
        write(placing.folder, {"index.html": "to v3", "latest/index.html": "to v3"})
        (placing.folder / MARKER).write_text("{}")


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power cut is made here."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    first(tmp_path / "site")
    return tmp_path / "site"


def after(old: dict[str, bytes]) -> dict[str, bytes]:
    new = {
        "index.html": b"to v3",
        "latest/index.html": b"to v3",
        "v1/index.html": b"v1: newest is v3",
        "v2/index.html": b"v2: newest is v3",
        "v2/changes/index.html": b"to v3",
        "v2/rows/b.html": b"new",
        "v3/index.html": b"v3: newest is v3",
        MARKER: b"{}",
    }
    record = {"files": {"index.html": [sha256(b"v3: newest is v3").hexdigest(), 16]}}
    said = {"note": json.loads(old[f"v1/{VERSION_MARKER}"])["note"], "version": 1, "key": "a" * 64}
    more = {"common": "", "exceptions": {}}
    new[f"v3/{VERSION_MARKER}"] = json.dumps(said | record | more, sort_keys=True).encode() + b"\n"
    return old | new


def failing(
    real: Callable[..., object], nth: int, *, lasting: bool, calls: list[object]
) -> Callable[..., object]:
    """A call that fails when its turn comes, and from then on if it is to last."""

    def call(*arguments: object, **named: object) -> object:
        calls.append(arguments)
        if len(calls) == nth or (lasting and len(calls) > nth):
            raise OSError(28, "No space left on device")
        return real(*arguments, **named)

    return call


def test_a_folder_is_taken_over_with_the_files_in_it_that_change(site: Path) -> None:
    old = contents(site)
    kept = (site / "v1" / "rows" / "a" / "index.html").stat()
    second(site)
    assert contents(site) == after(old)
    now = (site / "v1" / "rows" / "a" / "index.html").stat()
    assert (now.st_ino, now.st_mtime_ns) == (kept.st_ino, kept.st_mtime_ns)
    assert names(site.parent) == ["site"]


def test_a_folder_that_was_taken_over_can_be_taken_over_again(site: Path) -> None:
    for turn in ("one", "two", "three"):
        with replaced_by(site) as placing:
            standing = version_record(site / "v1")
            assert standing is not None
            assert is_whole(site / "v1", standing.files)
            patch = placing.patch("v1")
            write(patch, {"index.html": turn, f"changes/{turn}.html": turn})
            write_version_record(patch, VersionRecord({**standing.files, **files_of(patch)}, key="a" * 64))
            placing.take_over("v1")
            sealed(placing.folder, "v1")
    assert (site / "v1" / "index.html").read_text() == "three"
    assert (site / "v1" / "changes" / "one.html").is_file()


def test_a_file_may_take_the_place_of_a_folder_and_a_folder_that_of_a_file(site: Path) -> None:
    with replaced_by(site) as placing:
        placing.take_over("v1")
        write(placing.patch("v1"), {"rows": "no more rows", "index.html/x": "odd"})
        (placing.folder / "index.html").write_text("")
    assert (site / "v1" / "rows").read_text() == "no more rows"
    assert (site / "v1" / "index.html" / "x").read_text() == "odd"


@pytest.mark.parametrize("name", ["v9", "../elsewhere", "v1/rows", "index.html", "", "."])
def test_only_a_folder_of_the_standing_site_is_taken_over(site: Path, name: str) -> None:
    before = contents(site)
    with pytest.raises(OutputError), replaced_by(site) as placing:
        placing.take_over(name)
    assert contents(site) == before


def test_a_folder_is_not_taken_over_beside_a_new_one_of_its_name_or_through_a_link(site: Path) -> None:
    (site / "v9").symlink_to(site / "v1")
    with pytest.raises(OutputError, match="cannot be taken over"), replaced_by(site) as placing:
        placing.take_over("v9")
    with replaced_by(site) as placing:
        (placing.folder / "v1").mkdir()
        placing.take_over("v2")
        for name in ("v1", "v2"):
            with pytest.raises(OutputError, match="cannot be taken over"):
                placing.take_over(name)


def test_a_build_that_fails_leaves_all_folders_where_they_were(site: Path) -> None:
    before = contents(site)

    def fail(placing: Placing) -> None:
        placing.take_over("v1")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), replaced_by(site) as placing:
        fail(placing)
    assert contents(site) == before
    assert names(site.parent) == ["site"]


@pytest.mark.parametrize(
    ("module", "call"),
    [
        (Path, "rename"),
        (Path, "mkdir"),
        (Path, "unlink"),
        (Path, "replace"),
        (os, "fsync"),
        (os, "utime"),
        (Path, "write_bytes"),
    ],
)
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
def test_whichever_call_fails_the_old_or_the_new_site_stands_at_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, call: str, *, lasting: bool
) -> None:
    for nth in range(1, 40):
        target = tmp_path / f"{nth}" / "site"
        first(target)
        old = contents(target)
        calls: list[object] = []
        with monkeypatch.context() as patch:
            patch.setattr(module, call, failing(getattr(module, call), nth, lasting=lasting, calls=calls))
            with suppress(OSError, OutputError):
                second(target)
        if not lasting:
            assert contents(target) in (old, after(old))
        (target.parent / ".site.ems-lock").unlink(missing_ok=True)
        with pytest.raises(KeyboardInterrupt), replaced_by(target):
            raise KeyboardInterrupt
        assert contents(target) in (old, after(old))
        assert names(target.parent) == ["site"]
        if len(calls) < nth:
            break
    else:
        pytest.fail("there were more calls than this test counts to")


def killed_at(nth: int, work: Callable[[], object]) -> bool:
    """Do the work in a copy of this process, killed at its nth step on the disk if it has so many."""
    child = os.fork()
    if child == 0:
        left = nth

        def watch(event: str, _: object) -> None:
            nonlocal left
            if event in {"os.symlink", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.utime", "open"}:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(watch)
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.slow
def test_a_build_killed_anywhere_leaves_the_old_or_the_new_site_to_the_next(tmp_path: Path) -> None:
    nth, at_work = 0, True
    stood = {"old": 0, "new": 0}
    while at_work:
        nth += 1
        target = tmp_path / f"{nth}" / "site"
        first(target)
        old = contents(target)
        at_work = killed_at(nth, partial(second, target))
        with pytest.raises(KeyboardInterrupt), replaced_by(target):
            raise KeyboardInterrupt
        assert contents(target) in (old, after(old)), nth
        assert names(target.parent) == ["site"]
        stood["old" if contents(target) == old else "new"] += 1
    assert stood["old"] > 20
    assert stood["new"] > 5


def test_of_two_builds_at_once_one_writes_a_whole_site_and_the_other_is_told(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from mkdocs_ems.errors import OutputError
from mkdocs_ems.site.placing import replaced_by
try:
    with replaced_by(Path(sys.argv[1])) as placing:
        for name in ("index.html", "a.html"):
            (placing.folder / name).write_text(sys.argv[2])
        sys.stdin.read()
except OutputError as fault:
    sys.exit(f"refused: {fault}")
"""
    target = tmp_path / "site"
    builds = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(target), text],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for text in ("one", "two")
    ]
    # Whoever writes goes on doing so until the other has been told.
    last = time.monotonic() + LONGEST
    while time.monotonic() < last and all(build.poll() is None for build in builds):
        time.sleep(0.01)
    told = [build.communicate()[1] for build in builds]
    codes = sorted(build.returncode for build in builds)
    stands = {path.read_text() for path in target.glob("*.html")}
    assert codes == [0, 1]
    assert len(stands) == 1
    assert any("another build is writing" in line for line in told)
    assert names(tmp_path) == ["site"]


def test_the_site_of_an_older_version_of_the_program_is_ours_all_the_same(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(
        site,
        {
            "index.html": "old",
            MARKER: "Made by mkdocs-ems. The next build replaces this folder as a whole.\n",
        },
    )
    assert not stands_whole(site)
    first(site)
    assert (site / "v1" / "index.html").is_file()


def test_files_that_are_the_same_keep_their_times(tmp_path: Path) -> None:
    def build(start: str) -> None:
        with replaced_by(tmp_path / "site") as placing:
            version(placing.folder, "v1", {"index.html": start, "a.css": "same"})
            write(placing.folder, {"index.html": "to v1", "b.css": start})
            sealed(placing.folder, "v1")

    build("one")
    early = {str(path): path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()}
    time.sleep(0.02)
    build("two")
    now = {str(path): path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()}
    same = {Path(path).relative_to(tmp_path / "site").as_posix() for path in now if now[path] == early[path]}
    assert same == {"index.html", "v1/a.css"}
    time.sleep(0.02)
    build("two")
    again = {str(path): path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()}
    assert again == now
    assert stands_whole(tmp_path / "site")


def test_a_page_that_was_edited_loses_the_time_of_the_edit(tmp_path: Path) -> None:
    def build() -> None:
        with replaced_by(tmp_path / "site") as placing:
            write(placing.folder, {"index.html": "as built"})
            sealed(placing.folder)

    build()
    page = tmp_path / "site" / "index.html"
    os.utime(page, ns=(1, 1))
    time.sleep(0.02)
    page.write_text("by hand!")
    edited = page.stat().st_mtime_ns
    time.sleep(0.02)
    build()
    assert page.read_text() == "as built"
    assert page.stat().st_mtime_ns > edited


def _foreign(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.doc").write_text("mine")


@pytest.mark.parametrize("role", ["new", "old", "moves"])
@pytest.mark.parametrize(
    "make", [_foreign, lambda path: path.symlink_to("/"), lambda path: path.write_text("")]
)
def test_nothing_of_somebody_elses_is_taken_for_what_a_build_left(
    site: Path, role: str, make: Callable[[Path], object]
) -> None:
    make(site.with_name(f".site.ems-{role}"))
    before = contents(site.parent)
    with pytest.raises(OutputError, match="is in the way of the build and is not ours"):
        second(site)
    assert contents(site.parent) == before
