"""A manual's site, whole or not at all: where it is written, and who writes what beside whom.

The rows need nothing of the other pages, and of MkDocs, which takes its time to load, nothing
but a shell: they are on their way before anything else is made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.pages import Manual, Page, PageForm
from mkdocs_ems.site import output
from mkdocs_ems.site.apart import Apart
from mkdocs_ems.site.beside import Beside
from mkdocs_ems.site.shown import Shown
from mkdocs_ems.site.standing_site import SiteRecord, WrittenFact, files_of, write_site_record
from mkdocs_ems.site.values import SiteResult, Stamp

RowsKnown = Callable[[Sequence[Page]], None]
"""Told the rows as soon as they are known."""

MakeManual = Callable[[RowsKnown], tuple[Manual, Stamp]]
"""Makes a manual, and what the foot of its pages says."""


def already(manual: Manual, stamp: Stamp) -> MakeManual:
    """A manual that is made already."""

    def make(rows_known: RowsKnown) -> tuple[Manual, Stamp]:
        rows_known([page for page in manual.pages if page.form is PageForm.ROW])
        return manual, stamp

    return make


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was rendered into a folder."""

    manual: Manual
    stamp: Stamp
    warnings: tuple[str, ...]
    """What MkDocs warned of, one line each."""

    @property
    def rows(self) -> int:
        """Pages of rows: other small pages go through their shell too."""
        pages = self.manual.pages
        return sum(page.form is PageForm.ROW and page.path.startswith("registers/") for page in pages)


def load_mkdocs() -> None:
    """Load MkDocs, which takes its time: where something else is waited for, a build does it there."""
    # Material prints an advertisement at import unless this is set.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    import mkdocs_ems.site.builder  # noqa: F401, PLC0415 - only a build needs it


def render_into(  # noqa: PLR0913 - what a site is made of, each by its name
    folder: Path,
    make: MakeManual,
    *,
    config_file: Path | None,
    shipped: Mapping[str, bytes],
    place: str = "",
    facts: dict[str, WrittenFact] | None = None,
) -> Rendered:
    """Render a manual into an empty folder.

    Args:
        folder: where its files are written.
        make: makes the pages and published files, and what the foot of every page says with the date
            that the build takes for the present.
        config_file: the operator's own mkdocs.yml, never one from a ref; None for the packaged look.
        shipped: style sheets and scripts of the pages, by file name.
        place: name of the folder in which it will stand beside other versions; empty where it stands alone.
        facts: takes a fact of each file that was at hand when it was written, for `files_of`.

    Raises:
        UsageError: the configuration cannot be used.
        OutputError: something cannot be written.
    """
    beside = Beside(folder, facts=facts)
    try:
        manual, stamp = make(beside.begin)
        with Apart(partial(_bodies, manual)) as bodies:
            load_mkdocs()
            from mkdocs_ems.site.builder import render_site  # noqa: PLC0415 - brings MkDocs; see above

            shown = Shown(_with_bodies(manual, bodies), stamp, shipped, place)
            warnings = render_site(shown, folder, config_file=config_file, beside=beside)
    finally:
        beside.close()
    return Rendered(manual, stamp, warnings)


def build_site(
    make: MakeManual,
    *,
    config_file: Path | None,
    site_dir: Path,
    shipped: Mapping[str, bytes],
) -> SiteResult:
    """Build the site of one manual; replaced as a whole, or left as it was.

    Args:
        make: as for `render_into`; so are the others.
        config_file: see there.
        site_dir: where the finished site is to stand.
        shipped: see there.

    Raises:
        UsageError: the configuration cannot be used.
        OutputError: the site cannot be written there.
    """
    with output.replaced(site_dir) as folder:
        facts: dict[str, WrittenFact] = {}
        rendered = render_into(folder, make, config_file=config_file, shipped=shipped, facts=facts)
        record = write_site_record(folder, SiteRecord(files_of(folder, written=facts)))
    return SiteResult(
        site_dir=site_dir,
        index=site_dir / "index.html",
        pages=len(rendered.manual.pages),
        rows=rendered.rows,
        assets=len(rendered.manual.assets),
        warnings=rendered.warnings,
        record=record,
    )


def _is_drawn(page: Page) -> bool:
    """Whether the theme gets a body that is yet to be drawn: the tables of registers."""
    return page.form is PageForm.HTML and page.draw is not None


def _bodies(manual: Manual) -> Mapping[str, str]:
    """Those bodies, by the path of their page."""
    return {page.path: page.html for page in manual.pages if _is_drawn(page)}


def _with_bodies(manual: Manual, bodies: Apart[Mapping[str, str]]) -> Manual:
    """The manual with bodies that are drawn elsewhere while MkDocs is loaded and reads documents."""

    def drawn(path: str) -> str:
        return bodies.result()[path]

    pages = (
        replace(page, draw=partial(drawn, page.path)) if _is_drawn(page) else page for page in manual.pages
    )
    return replace(manual, pages=tuple(pages))
