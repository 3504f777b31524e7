"""Pages of a preview: drawn when somebody asks, of the newest build alone, and never of half a one."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from mkdocs_ems.mkdocs_plugin import drawing
from mkdocs_ems.pages import Page
from mkdocs_ems.site.asked import Asked
from mkdocs_ems.site.shell import Marks, ShellKey, cut
from support.manuals import row

MARKS = Marks.of(("Wrenholt",))
SHELL = cut(f"<title>{MARKS.title}</title><h1>{MARKS.body}</h1>", MARKS)


def built(asked: Asked, *pages: Page) -> None:
    """One build that has these rows."""
    asked.begin(pages)
    asked.emptied()
    for key in {ShellKey.of(page) for page in pages}:
        asked.give(key, SHELL)
    asked.finish()


def test_a_page_is_drawn_when_it_is_asked_for_and_once(tmp_path: Path) -> None:
    drawn: list[str] = []

    def draw() -> str:
        drawn.append("once")
        return "<h1>Mist</h1>"

    page = replace(row("ASP-001", "Mist"), draw=draw)
    asked = Asked()
    built(asked, page, row("ASP-002", "Water"))
    assert drawn == []
    assert asked.write(page.path, tmp_path)
    assert not asked.write(page.path, tmp_path)
    assert drawn == ["once"]
    assert "<h1>Mist</h1>" in (tmp_path / page.path).read_text()
    assert not (tmp_path / "registers/aspects/ASP-002").exists()


def test_another_build_shows_its_own_rows(tmp_path: Path) -> None:
    asked = Asked()
    built(asked, row("ASP-001", "Mist"))
    built(asked, row("ASP-001", "Fog"))
    assert asked.write("registers/aspects/ASP-001/index.html", tmp_path)
    assert "Fog" in (tmp_path / "registers/aspects/ASP-001/index.html").read_text()


def test_what_is_no_row_is_left_to_the_server(tmp_path: Path) -> None:
    asked = Asked()
    built(asked, row("ASP-001", "Mist"))
    assert not asked.write("../../etc/passwd", tmp_path)
    assert not asked.write("index.html", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_who_asks_while_a_build_is_under_way_is_given_the_new_page(tmp_path: Path) -> None:
    asked, begun, go_on = Asked(), threading.Event(), threading.Event()
    built(asked, row("ASP-001", "Old"))

    def build() -> None:
        begun.set()
        assert go_on.wait(10)
        built(asked, row("ASP-001", "New"))

    builder = threading.Thread(target=asked.during(build))
    builder.start()
    assert begun.wait(10)
    asker = threading.Thread(target=asked.write, args=("registers/aspects/ASP-001/index.html", tmp_path))
    asker.start()
    asker.join(0.05)
    assert asker.is_alive()
    go_on.set()
    builder.join(10)
    asker.join(10)
    assert "New" in (tmp_path / "registers/aspects/ASP-001/index.html").read_text()


def test_a_build_that_fails_lets_the_next_who_asks_through(tmp_path: Path) -> None:
    asked = Asked()

    def fail() -> None:
        raise ValueError

    guarded = asked.during(fail)
    for _ in range(2):
        try:
            guarded()
        except ValueError:
            continue
    assert not asked.write("index.html", tmp_path)


def test_requests_name_pages_below_the_place_where_the_site_is_mounted(tmp_path: Path) -> None:
    asked = Asked()
    built(asked, row("ASP-001", "Mist"))
    seen: list[str] = []

    def inner(environ: dict[str, object], _: object) -> list[bytes]:
        seen.append(str(environ["PATH_INFO"]))
        return []

    answer = drawing(inner, asked, root=tmp_path, mount="/manual/")
    page = tmp_path / "registers/aspects/ASP-001/index.html"
    for path in ("/registers/aspects/ASP-001/", "/livereload/1/2", "/manual/registers/aspects/ASP-001"):
        answer({"PATH_INFO": path}, lambda *_: lambda _: None)
        assert not page.exists()
    answer({"PATH_INFO": "/manual/registers/aspects/ASP-001/"}, lambda *_: lambda _: None)
    assert page.exists()
    assert len(seen) == 4
