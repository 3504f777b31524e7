"""What one build shows, and which of its pages reaches the site in which way. Knows nothing of MkDocs."""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.pages import Manual, Page, PageForm
from mkdocs_ems.pages.addresses import NOT_FOUND
from mkdocs_ems.site import files as site_files
from mkdocs_ems.site import navigation
from mkdocs_ems.site.shell import Marks
from mkdocs_ems.site.values import Stamp


@dataclass(frozen=True, slots=True)
class Shown:
    """A manual, and how it is shown."""

    manual: Manual
    stamp: Stamp
    """What the foot of every page says, and the date that the build takes for the present."""
    shipped: Mapping[str, bytes]
    """Style sheets and scripts of the pages, by file name."""
    place: str = ""
    """Name of the folder in which it will stand beside other versions; empty where it stands alone."""
    preview: bool = False
    """The server adds a script of its own to every page, so no policy can forbid it."""

    @property
    def rows(self) -> list[Page]:
        """The pages that never go through the theme."""
        return [page for page in self.manual.pages if page.form is PageForm.ROW]

    @property
    def not_found(self) -> Page | None:
        """The page for what is not found."""
        return next((page for page in self.manual.pages if page.path == NOT_FOUND), None)

    @property
    def themed(self) -> Mapping[str, Page]:
        """All others, by the name under which MkDocs is to know them."""
        return navigation.sources(
            page for page in self.manual.pages if page.form is not PageForm.ROW and page.path != NOT_FOUND
        )

    @property
    def marks(self) -> Marks:
        """Marks for its shells: nothing that stands in one of them looks like these."""
        return Marks.of((self.manual.title, *(page.title for page in self.manual.pages if page.nav)))

    @property
    def files(self) -> Mapping[str, bytes]:
        """What every site gets beside its pages, by path below it.

        Raises:
            OutputError: two files of the site would have one place.
        """
        shipped = site_files.shipped_files(self.shipped)
        pages, assets = self.manual.pages, self.manual.assets
        site_files.check_paths([*(page.path for page in pages), *(asset.path for asset in assets), *shipped])
        return shipped
