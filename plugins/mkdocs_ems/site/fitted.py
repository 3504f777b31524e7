"""The operator's configuration, fitted to a manual: what the manual decides and the operator does not.

What the operator asked for stays as it is wherever it is harmless. Knows nothing of MkDocs but the
names that its configuration has.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from markupsafe import escape

from mkdocs_ems.site import files as site_files
from mkdocs_ems.site import guard

Config = Any
"""MkDocs' configuration, which is not known here."""


def fit(config: Config, *, shipped: Iterable[str], foot: str, place: str) -> None:
    """Have a configuration show a manual, safely.

    Args:
        config: changed here.
        shipped: paths of the style sheets and scripts of the pages.
        foot: what the foot of every page says; text.
        place: name of the folder in which the site will stand beside other versions; empty where it
            stands alone.
    """
    config.use_directory_urls = False
    if place:
        _stands_beside_others(config, place)
    config.markdown_extensions = [
        name for name in config.markdown_extensions if name not in guard.READS_FILES
    ]
    # The rules of `ems check` judge links, with a file and a line; twice is once too often.
    for kind in ("not_found", "absolute_links", "unrecognized_links", "anchors"):
        setattr(config.validation.links, kind, logging.DEBUG)
    paths = tuple(shipped)
    config.extra_css += [path for path in paths if path.endswith(".css")]
    config.extra_javascript += [path for path in paths if path.endswith(".js") and path != site_files.WORKER]
    config.copyright = f"{config.copyright}<br>{escape(foot)}" if config.copyright else str(escape(foot))
    if is_material(config):
        config.theme["font"] = False
        asked = config.theme.get("features") or ()
        config.theme["features"] = [name for name in asked if name not in guard.MAKES_HTML]
        fills = [url for url in config.extra.get("polyfills", ()) if "iframe-worker" not in str(url)]
        config.extra["polyfills"] = [*fills, site_files.WORKER]


def is_material(config: Config) -> bool:
    """Whether the site gets the theme that the manual is made for."""
    return bool(config.theme.name == "material")


def take_out(config: Config, plugin: str) -> None:
    """Take a plugin's events away: what it would compile has been compiled."""
    plugins = config.plugins
    named = plugins.get(plugin)
    if named is None:
        return
    for methods in plugins.events.values():
        methods[:] = [method for method in methods if getattr(method, "__self__", None) is not named]


def _stands_beside_others(config: Config, place: str) -> None:
    """A version's pages know their own address, and the theme's selector where the others are listed."""
    if config.site_url:
        config.site_url = f"{config.site_url.rstrip('/')}/{place}/"
    if is_material(config):
        config.extra["version"] = {"provider": "mike"}
