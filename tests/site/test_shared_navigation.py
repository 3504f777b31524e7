"""What is drawn once for many pages is what each of them would have got."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from mkdocs_ems.pages import Page, PageForm
from mkdocs_ems.site import builder, shared_navigation
from support.manuals import built, document, manual

PAGES = (
    *(document(f"PRO-{number:03}", title=f"Procedure {number}") for number in range(2, 6)),
    # Outside the navigation too, but deeper, or below another entry.
    Page("registers/odd/ODD-1/note/index.html", "Deep", PageForm.HTML, "<p>Deep.</p>"),
    Page("registers/aspects/note/index.html", "Beside", PageForm.HTML, "<p>Beside.</p>"),
    Page("note/index.html", "Below nothing", PageForm.HTML, "<p>Alone.</p>"),
)


def digests(folder: Path) -> Mapping[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_every_page_is_byte_for_byte_what_it_is_when_nothing_is_shared(
    theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "mkdocs.yml"
    features = "\n  features: [navigation.tabs, navigation.sections]" if theme == "material" else ""
    config.write_text(f"site_name: Works\ntheme:\n  name: {theme}{features}\nplugins: [search]\n")
    built(manual(*PAGES), tmp_path / "shared", config_file=config)
    monkeypatch.setattr(builder, "share_navigation", lambda _: None)
    built(manual(*PAGES), tmp_path / "alone", config_file=config)
    shared, alone = digests(tmp_path / "shared"), digests(tmp_path / "alone")
    assert shared == alone
    assert len(shared) > len(PAGES)


def test_pages_outside_the_navigation_share_what_is_drawn_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    keep = shared_navigation.SharedNavigation.keep

    def counted(self: shared_navigation.SharedNavigation, page: object, html: str) -> str:
        drawn.append(str(getattr(page, "url", "")))
        return keep(self, page, html)

    monkeypatch.setattr(shared_navigation.SharedNavigation, "keep", counted)
    built(manual(*PAGES), tmp_path / "site")
    assert len([url for url in drawn if url.startswith("documents/")]) == 1


def test_entries_that_a_page_is_not_in_are_drawn_once_for_all_from_which_ways_part_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    drawn: list[tuple[str, str]] = []
    share = shared_navigation.SharedEntries.__call__

    def counted(
        self: shared_navigation.SharedEntries,
        render: Callable[..., str],
        page: object,
        entry: object,
        *rest: object,
    ) -> str:
        names = str(getattr(page, "url", "")), str(getattr(entry, "title", ""))
        asked.append(names)

        def noting(*handed: object) -> str:
            drawn.append(names)
            return render(*handed)

        return share(self, noting, page, entry, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(shared_navigation.SharedEntries, "__call__", counted)
    entries = [
        Page(
            f"registers/r{number}/index.html",
            f"R{number}",
            PageForm.HTML,
            "",
            nav=("Registers", f"R{number}"),
        )
        for number in range(9)
    ]
    built(manual(*PAGES, *entries), tmp_path / "site")
    assert (
        asked.count(("registers/r8/index.html", "R1")) == drawn.count(("registers/r8/index.html", "R8")) == 1
    )
    assert len([url for url, title in drawn if title == "R1" and url.startswith("registers/r")]) <= 3


def test_where_there_is_no_page_nothing_is_shared() -> None:
    assert not shared_navigation._is_outside(None)
