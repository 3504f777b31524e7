"""Lists of versions as JSON: `versions.json` in the form of mike, and what a pipeline asks for beforehand.

`versions.json` stands beside the folders of the versions. The theme's selector reads it and puts each
title into the page as HTML, so titles are escaped there: git takes markup for the name of a tag. What a
pipeline asks for is plain text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from mkdocs_ems.control.versions import Listed

JSON_VERSION = 1


def versions_json(entries: Sequence[Listed]) -> str:
    """The versions that were built, in the order given, as mike lists them: folder, title, aliases."""
    shown = [
        {"version": one.folder, "title": escape(one.title, quote=False), "aliases": list(one.aliases)}
        for one in entries
        if one.built and one.folder
    ]
    return _dumped(shown)


def listing_json(entries: Sequence[Listed]) -> str:
    """Everything that a build would list: `docs/schemas/versions.schema.json`.

    `build` names what there is to build, so that a pipeline can begin a job for each.
    """
    return _dumped(
        {
            "version": JSON_VERSION,
            "build": [one.name for one in entries if one.built],
            "versions": [_entry(one) for one in entries],
        }
    )


def _entry(one: Listed) -> dict[str, object]:
    return {
        "name": one.name,
        "kind": one.kind,
        "folder": one.folder or None,
        "title": one.title,
        "day": one.day.isoformat() if one.day else None,
        "tagger": one.tagger or None,
        "signed": one.signed or None,
        "built": one.built,
        "reason": one.reason or None,
        "doubts": list(one.doubts),
    }


def _dumped(data: object) -> str:
    return json.dumps(data, ensure_ascii=True, indent=2) + "\n"
