from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from mkdocs_ems.errors import OutputError
from mkdocs_ems.git.running import here
from mkdocs_ems.site import output


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(target: Path, text: str) -> None:
    with output.replaced(target) as folder:
        (folder / "index.html").write_text(text)
        (folder / "a").mkdir()
        (folder / "a" / "b.html").write_text(text)


def test_a_new_site_stands_at_its_target_and_nothing_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "build" / "site", "one")
    assert set(contents(tmp_path)) == {
        "build/site/index.html",
        "build/site/a/b.html",
        f"build/site/{output.MARKER}",
    }


def test_the_next_site_replaces_the_one_before_as_a_whole(tmp_path: Path) -> None:
    write(tmp_path / "site", "one")
    (tmp_path / "site" / "left-over.html").write_text("x")
    write(tmp_path / "site", "two")
    assert contents(tmp_path)["site/index.html"] == b"two"
    assert "site/left-over.html" not in contents(tmp_path)
    assert names(tmp_path) == ["site"]


def test_an_empty_folder_may_become_a_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    write(tmp_path / "site", "one")
    assert (tmp_path / "site" / "index.html").read_text() == "one"


@pytest.mark.parametrize(
    "prepare",
    [
        lambda target: (target.mkdir(), (target / "thesis.doc").write_text("mine")),
        lambda target: target.write_text("mine"),
        lambda target: target.symlink_to(target.parent / "elsewhere"),
    ],
    ids=["folder with files", "file", "link"],
)
def test_what_is_not_a_site_of_ours_is_never_replaced(
    tmp_path: Path, prepare: Callable[[Path], object]
) -> None:
    prepare(tmp_path / "site")
    before = contents(tmp_path)
    with pytest.raises(OutputError) as raised:
        write(tmp_path / "site", "one")
    assert "\n" not in str(raised.value)
    assert contents(tmp_path) == before
    assert names(tmp_path) == ["site"]


def test_a_build_that_fails_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    write(tmp_path / "site", "one")
    before = contents(tmp_path)

    def fail() -> None:
        with output.replaced(tmp_path / "site") as folder:
            (folder / "index.html").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert contents(tmp_path) == before


@pytest.mark.parametrize("call", ["rename", "mkdir", "write_bytes", "unlink"])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_whichever_call_fails_the_site_is_the_old_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int
) -> None:
    target = tmp_path / "site"
    write(target, "one")
    old = contents(target)
    real, calls = getattr(Path, call), 0

    def failing(self: Path, *args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls == nth:
            raise OSError(28, "No space left on device")
        return real(self, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(Path, call, failing)
        told = ""
        try:
            write(target, "two")
        except OutputError as fault:
            told = str(fault)
    assert told == "" or ("No space left" in told and "\n" not in told)
    new = {**old, "index.html": b"two", "a/b.html": b"two"}
    assert contents(target) in (old, new)
    for lock in tmp_path.glob("*.ems-lock"):
        lock.unlink()
    write(target, "three")
    assert contents(target)["index.html"] == b"three"
    assert names(tmp_path) == ["site"]


def test_a_run_stopped_between_its_renames_is_put_right_by_the_next(tmp_path: Path) -> None:
    write(tmp_path / "site", "one")
    (tmp_path / "site").rename(tmp_path / ".site.ems-old")
    with pytest.raises(KeyboardInterrupt), output.replaced(tmp_path / "site"):
        raise KeyboardInterrupt
    assert contents(tmp_path)["site/index.html"] == b"one"


@pytest.mark.parametrize("stopped_at", range(4))
def test_a_removal_that_was_stopped_is_gone_on_with_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped_at: int
) -> None:
    write(tmp_path / "site", "one")
    calls = 0

    def stop_at(remove: Callable[..., None]) -> Callable[..., None]:
        def counted(*arguments: object, **more: object) -> None:
            nonlocal calls
            calls += 1
            if calls > stopped_at:
                raise KeyboardInterrupt
            remove(*arguments, **more)

        return counted

    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        for module, name in ((os, "unlink"), (os, "rmdir")):
            patched.setattr(module, name, stop_at(getattr(module, name)))
        write(tmp_path / "site", "two")
    (tmp_path / ".site.ems-lock").unlink(missing_ok=True)
    write(tmp_path / "site", "three")
    assert contents(tmp_path)["site/index.html"] == b"three"
    assert names(tmp_path) == ["site"]


def test_the_whole_disk_is_never_taken_for_a_site() -> None:
    with pytest.raises(OutputError, match="whole disk"):
        write(Path("/"), "one")


def test_a_foreign_folder_under_a_name_that_the_build_needs_is_not_touched(tmp_path: Path) -> None:
    other = tmp_path / ".site.ems-new"
    other.mkdir()
    (other / "thesis.doc").write_text("mine")
    with pytest.raises(OutputError, match="is in the way"):
        write(tmp_path / "site", "one")
    assert (other / "thesis.doc").read_text() == "mine"


def test_a_second_build_of_the_same_site_is_refused(tmp_path: Path) -> None:
    with output.replaced(tmp_path / "site"), pytest.raises(OutputError, match="another build is writing"):
        write(tmp_path / "site", "two")


@pytest.mark.parametrize("held", ["999999999 1 {host}\n", "{pid} 1 {host}\n"], ids=["gone", "number reused"])
def test_the_lock_of_a_process_that_is_no_more_is_taken_over(tmp_path: Path, held: str) -> None:
    lock = tmp_path / ".site.ems-lock"
    lock.write_text(held.format(pid=os.getpid(), host=here()))
    write(tmp_path / "site", "one")
    assert names(tmp_path) == ["site"]


def test_the_lock_of_another_machine_is_respected(tmp_path: Path) -> None:
    (tmp_path / ".site.ems-lock").write_text("1 1 another-machine\n")
    with pytest.raises(OutputError, match=r"delete .*ems-lock if there is none"):
        write(tmp_path / "site", "one")


def test_a_killed_build_leaves_the_old_site_and_does_not_stop_the_next(tmp_path: Path) -> None:
    target = tmp_path / "site"
    write(target, "one")
    program = textwrap.dedent(f"""
        import pathlib, time
        from mkdocs_ems.site import output
        with output.replaced(pathlib.Path({str(target)!r})) as folder:
            (folder / "index.html").write_text("half")
            print("at work", flush=True)
            time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"at work\n"
        process.send_signal(signal.SIGKILL)
    assert contents(target)["index.html"] == b"one"
    write(target, "two")
    assert contents(target)["index.html"] == b"two"
    assert names(tmp_path) == ["site"]
