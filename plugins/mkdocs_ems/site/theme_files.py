"""The files of a theme, listed without those that no site gets.

MkDocs lists everything in a theme's folders and then leaves out what lies in a folder whose name
begins with a dot. Material keeps ten thousand icons in one: looking at them takes as long as
rendering a dozen documents. Templates still find them. Knows nothing of MkDocs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jinja2


class _Listed(jinja2.FileSystemLoader):
    """A theme's folders; what is hidden in them is found by its name, and not listed."""

    def list_templates(self) -> list[str]:
        """Every file that stands in no hidden folder, in order."""
        found: set[str] = set()
        for top in self.searchpath:
            for above, folders, names in os.walk(top, followlinks=self.followlinks):
                if above == top:
                    folders[:] = [name for name in folders if not name.startswith(".")]
                below = above[len(top) :].strip(os.sep).replace(os.sep, "/")
                found.update(f"{below}/{name}" if below else name for name in names)
        return sorted(found)


@contextmanager
def listed_quickly(theme: Any) -> Iterator[None]:  # noqa: ANN401 - MkDocs' theme, which is not known here
    """Have the environments that a theme makes in this block list its files in this way."""
    make = theme.get_env

    def made() -> jinja2.Environment:
        env: jinja2.Environment = make()
        usual = env.loader
        # Another loader has its own reasons.
        if type(usual) is jinja2.FileSystemLoader:
            env.loader = _Listed(usual.searchpath, usual.encoding, usual.followlinks)
        return env

    theme.get_env = made
    try:
        yield
    finally:
        del theme.get_env
