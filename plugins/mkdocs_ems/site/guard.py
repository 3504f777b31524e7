"""What is wrong with an operator's mkdocs.yml for a manual, each with the way to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Extensions of Markdown that read files named by content.
READS_FILES = frozenset({"pymdownx.snippets", "pymdownx.b64"})
# Features of Material that make HTML of what stands as a title in a page, whoever wrote it.
MAKES_HTML = frozenset({"content.tooltips"})


def warnings(config: Any, *, shipped: frozenset[str]) -> Iterator[str]:  # noqa: ANN401 - MkDocs' configuration
    """What must be mended; `mkdocs build --strict` fails on each."""
    for option in ("extra_css", "extra_javascript"):
        for entry in map(str, config[option]):
            if entry in shipped:
                continue
            if "//" in entry.partition("?")[0]:
                yield (
                    f"{option} names {entry}: readers' browsers would ask another host; "
                    "put the file into the folder that theme.custom_dir names"
                )
            elif not any((Path(folder) / entry).is_file() for folder in config.theme.dirs):
                yield (
                    f"{option} names {entry}, which is not published: the manual shows only what its "
                    "documents embed; put the file into the folder that theme.custom_dir names"
                )
    for extension in config.markdown_extensions:
        if extension in READS_FILES:
            yield (
                f"markdown_extensions lists {extension}, which reads any file that a document names: "
                "it is left out; remove it from mkdocs.yml"
            )
    for feature in config.theme.get("features") or ():
        if feature in MAKES_HTML:
            yield (
                f"theme.features lists {feature}, which reads titles that people wrote as HTML: "
                "it is left out; remove it from mkdocs.yml"
            )


def notices(config: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """What works, but perhaps not as meant."""
    if config.nav is not None:
        yield "nav in mkdocs.yml is not used: the manual brings its own navigation"
    if config.theme.name != "material":
        yield f"the manual is made for the theme material; with {config.theme.name} it is plain but complete"
    if not any(name.rpartition("/")[2] == "search" for name in config.plugins):
        yield "the manual has no search: add `- search` to plugins in mkdocs.yml"
