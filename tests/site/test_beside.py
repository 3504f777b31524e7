"""Rows that are drawn and written beside the work that goes on."""

from __future__ import annotations

import os
import select
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_ems.errors import OutputError
from mkdocs_ems.pages import Page, PageForm
from mkdocs_ems.site.beside import Beside
from mkdocs_ems.site.shell import Marks, Shell, ShellKey, cut
from mkdocs_ems.site.standing_site import WrittenFact, files_of

MARKS = Marks.of(("Manual",))
SHELL: Shell = cut(f"<title>{MARKS.title}</title><main>{MARKS.content}</main>", MARKS)


def row(name: str, draw: Callable[[], str] | None = None, *, folder: str = "rows") -> Page:
    body = draw or (lambda: f"<h1>{name}</h1>")
    return Page(f"{folder}/{name}/index.html", name, PageForm.ROW, draw=body)


def shelved(*pages: Page) -> dict[ShellKey, list[Page]]:
    shelves: dict[ShellKey, list[Page]] = {}
    for page in pages:
        shelves.setdefault(ShellKey.of(page), []).append(page)
    return shelves


def written(site: Path, *pages: Page) -> None:
    beside = Beside(site)
    beside.begin(pages)
    try:
        for key in shelved(*pages):
            beside.give(key, SHELL)
        beside.finish()
    finally:
        beside.close()


def test_every_row_is_there_when_it_is_finished(tmp_path: Path) -> None:
    written(tmp_path, row("A-1"), row("A-2"), row("B-1", folder="others"))
    found = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*.html")}
    assert found == {
        "rows/A-1/index.html": "<title>A-1</title><main><h1>A-1</h1></main>",
        "rows/A-2/index.html": "<title>A-2</title><main><h1>A-2</h1></main>",
        "others/B-1/index.html": "<title>B-1</title><main><h1>B-1</h1></main>",
    }


def test_where_the_system_refuses_a_copy_every_row_is_there_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    written(tmp_path, row("A-1"), row("A-2"))
    assert len(list(tmp_path.rglob("*.html"))) == 2


def test_a_copy_ends_without_a_word_when_it_is_interrupted(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ours = os.getpid()

    def interrupted() -> str:
        if os.getpid() != ours:
            os.kill(os.getpid(), signal.SIGINT)
        return "<h1>A-1</h1>"

    with pytest.raises(OutputError, match="ended from outside"):
        written(tmp_path, row("A-1", interrupted))
    assert capfd.readouterr().err == ""


def test_both_processes_share_many_rows_and_write_each_once(tmp_path: Path) -> None:
    drawn_by = tmp_path / "drawn"
    drawn_by.mkdir()

    def drawing(name: str) -> Callable[[], str]:
        def draw() -> str:
            # Made for the first time, or the test fails where it would be drawn twice.
            (drawn_by / name).mkdir()
            (drawn_by / name / str(os.getpid())).touch()
            return f"<h1>{name}</h1>"

        return draw

    pages = [row(f"A-{number}", drawing(f"A-{number}")) for number in range(200)]
    site = tmp_path / "site"
    written(site, *pages)
    assert {path.parent.name for path in site.rglob("*.html")} == {page.title for page in pages}
    drawers = {path.name for path in drawn_by.glob("*/*")}
    assert len(drawers) == 2, "the copy began, and whoever was free helped"


def test_a_shell_larger_than_a_pipe_does_not_wait_for_the_drawing(tmp_path: Path) -> None:
    large = cut(f"{'x' * 1_000_000}{MARKS.content}", MARKS)
    page = row("A-1")
    beside = Beside(tmp_path)
    beside.begin([page])
    beside.give(ShellKey.of(page), large)
    beside.finish()
    assert (tmp_path / page.path).stat().st_size > 1_000_000


def test_a_path_that_leads_out_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.\./out"):
        written(tmp_path / "site", row("out", folder=".."))
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "rows").write_bytes(b"a file where a folder is wanted")
    with pytest.raises(OutputError) as told:
        written(tmp_path, row("A-1"))
    assert len(str(told.value).splitlines()) == 1


def test_a_copy_that_is_killed_is_told(tmp_path: Path) -> None:
    def killed() -> str:
        os.kill(os.getpid(), signal.SIGKILL)
        return ""

    with pytest.raises(OutputError, match="run the build again"):
        written(tmp_path, row("A-1", killed))


def test_where_threads_are_at_work_nothing_is_forked(tmp_path: Path) -> None:
    here: list[int] = []

    def drawn() -> str:
        here.append(os.getpid())
        return "drawn"

    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        written(tmp_path, row("A-1", drawn))
    finally:
        done.set()
        thread.join()
    assert here == [os.getpid()]


def test_closing_ends_a_copy_that_would_go_on_for_ever(tmp_path: Path) -> None:
    def endless() -> str:
        threading.Event().wait()
        return ""

    beside = Beside(tmp_path)
    beside.begin([row("A-1", endless)])
    beside.close()
    beside.finish()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="where the system cannot fork there is no copy")
def test_the_copy_of_a_build_that_was_killed_ends_by_itself(tmp_path: Path) -> None:
    # The copy keeps this pipe open for as long as it lives.
    alive, held = os.pipe()
    build = os.fork()
    if build == 0:
        os.close(alive)
        Beside(tmp_path).begin([row("A-1")])
        os.kill(os.getpid(), signal.SIGKILL)
    os.close(held)
    os.waitpid(build, 0)
    ended, _, _ = select.select([alive], [], [], 10)
    os.close(alive)
    assert ended, "the copy still waits for a shell that nobody will give"


def test_what_it_says_of_the_rows_is_what_stands_there(tmp_path: Path) -> None:
    rows = [row(f"A-{number}") for number in range(100)]
    facts: dict[str, WrittenFact] = {}
    beside = Beside(tmp_path, facts=facts)
    beside.begin(rows)
    try:
        beside.give(ShellKey.of(rows[0]), SHELL)
        beside.finish()
    finally:
        beside.close()
    assert len(facts) == len(rows)
    assert {path: fact[:2] for path, fact in facts.items()} == files_of(tmp_path)
