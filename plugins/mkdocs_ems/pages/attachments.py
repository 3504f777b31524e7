"""Files that a document embeds or attaches: which are published, and under which name.

Published are exactly the blobs of the issue that is shown, and of those only what
is inert in a browser: a page or script that came as an attachment, or a drawing
that carries one, would run with the manual's own rights. Names are made safe; the
link's text still says the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from mkdocs_ems.pages.addresses import asset_file
from mkdocs_ems.pages.values import Asset
from mkdocs_ems.source.inert import is_inert


def published(identity: str, files: Mapping[str, bytes], paths: Iterable[str]) -> Mapping[str, Asset]:
    """The published files of one document, by their path in the repository.

    Args:
        identity: the document's id.
        files: bytes by path.
        paths: the files that the document embeds or attaches; those that are missing
            or not inert are left out.
    """
    found: dict[str, Asset] = {}
    taken: set[str] = set()
    for path in sorted(set(paths)):
        data = files.get(path)
        if data is None or not is_inert(path, data):
            continue
        name = _free(_safe_name(path), taken)
        taken.add(name.casefold())
        found[path] = Asset(asset_file(identity, name), data)
    return found


def _safe_name(path: str) -> str:
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", PurePosixPath(path).name).lstrip(".-")
    return name[-100:] or "file"


def _free(name: str, taken: set[str]) -> str:
    free, count = name, 2
    while free.casefold() in taken:
        free, count = f"{count}-{name}", count + 1
    return free
