"""Pages that the theme brings in a shell: one of a folder goes through it, the others get what it drew.

A theme draws the same around all documents but for address, title and table of contents, as it
does around rows, and takes longer for that than Markdown takes for their text. What a theme
draws is known of one alone: Material, as it is shipped, where no plugin and no hook sees a page
or a template before us. Under any other configuration each page goes through the theme by itself.

Nothing here knows MkDocs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import escape

from mkdocs_ems import dataclass
from mkdocs_ems.pages import Page
from mkdocs_ems.site.contents import TocNode
from mkdocs_ems.site.shell import Shell, ShellKey

NOTHING = jinja2.Template("")
"""The template of a page that is put in a shell: what it draws is not looked at."""

_FEW = 2
"""Pages of a folder that are as quickly drawn as its shells."""
_SEEN_BY = (
    "files",
    "nav",
    "env",
    "pre_page",
    "page_read_source",
    "page_markdown",
    "page_content",
    "page_context",
    "post_page",
)
"""Events at which a page or a template can be changed."""
_INDEXER = "material.plugins.search.plugin"
"""Takes no page that is kept out of its index, as all of ours are."""


def draws_alike(config: Any, *, ours: object) -> bool:  # noqa: ANN401 - MkDocs' configuration
    """Whether it is known what the theme draws around a page.

    Args:
        config: the operator's.
        ours: the plugin whose say is known.
    """
    shipped = [_folder_of(name) for name in ("material", "mkdocs")]
    return (
        config.theme.name == "material"
        and all(any(Path(folder).is_relative_to(own) for own in shipped) for folder in config.theme.dirs)
        # A form for feedback has title and address of the page in the address that it asks.
        and not config.extra.get("analytics")
        and _nobody_else(config.plugins.events, ours)
    )


def _folder_of(package: str) -> Path:
    found = find_spec(package)
    assert found is not None, "the theme is a dependency"
    assert found.origin is not None, "and lies in a folder"
    return Path(found.origin).parent


def _nobody_else(events: Mapping[str, Sequence[Callable[..., object]]], ours: object) -> bool:
    said = (method for event in _SEEN_BY for method in events.get(event, ()))
    owners = (getattr(method, "__self__", None) for method in said)
    return all(one is ours or type(one).__module__ == _INDEXER for one in owners)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A page that is finished but for its shell."""

    page: Page
    key: ShellKey
    body: str
    toc: Sequence[TocNode]


class Shelled:
    """The pages outside the navigation whose folder has many of them."""

    def __init__(self, pages: Iterable[Page]) -> None:
        keys = {page.path: _key(page) for page in pages if not page.nav and "/" in page.path}
        held = Counter(keys.values())
        self._keys = {path: key for path, key in keys.items() if held[key] > _FEW}
        both = ((key, replace(key, contents=False)) for key in self._keys.values())
        self.keys = tuple(dict.fromkeys(chain.from_iterable(both)))
        """Which shells they may need: what has a table of contents its Markdown will tell."""
        self._shells: dict[ShellKey, Shell] = {}
        self._waiting: dict[str, _Waiting] = {}

    def take(self, page: Page, *, body: str, toc: Sequence[TocNode]) -> bool:
        """Take a page that is finished but for its shell, and say whether it is one of ours."""
        key = self._keys.get(page.path)
        # Where the first entry is the page's own title, the theme lists what stands below it.
        if key is None or (toc and toc[0].level == 1):
            return False
        self._waiting[page.path] = _Waiting(page, replace(key, contents=bool(toc)), body, toc)
        return True

    def give(self, key: ShellKey, shell: Shell) -> None:
        """Take a shell that the theme drew."""
        self._shells[key] = shell

    def finished(self, page: Page) -> str | None:
        """A page in its shell; None for one that was not taken."""
        one = self._waiting.pop(page.path, None)
        if one is None:
            return None
        shell = self._shells[one.key]
        return shell.around(page, one.body, title=escape(page.title), toc=one.toc).decode()


def _key(page: Page) -> ShellKey:
    return replace(ShellKey.of(page), contents=True)
