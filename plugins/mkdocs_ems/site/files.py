"""Files of the site that MkDocs does not write: row pages, attachments, what we ship.

Every path is joined safely; two files for one place, or two that differ in case alone,
are refused before anything is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from importlib import resources
from pathlib import Path

from mkdocs_ems.errors import OutputError
from mkdocs_ems.pages import Page
from mkdocs_ems.paths import safe_path
from mkdocs_ems.site.standing_site import WrittenFact

ASSETS = "assets"
WORKER = f"{ASSETS}/iframe-worker.js"


def shipped_files(by_name: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """What every site gets, by path below the site: the pages' files and this room's, licences with them."""
    folder = resources.files("mkdocs_ems.site") / "assets"
    ours = ("ems-site.css", "iframe-worker.js", "iframe-worker.LICENSE")
    files = {name: (folder / name).read_bytes() for name in ours} | dict(by_name)
    return {f"{ASSETS}/{name}": files[name] for name in sorted(files)}


def check_paths(paths: Iterable[str]) -> None:
    """Raise OutputError where two files would have one place, on any file system."""
    seen: dict[str, str] = {}
    for path in paths:
        other = seen.get(path.casefold())
        if other is not None:
            raise OutputError(f"two files of the site would have one place: {other!r} and {path!r}")
        seen[path.casefold()] = path


def make_folders(site: Path, paths: Iterable[str]) -> None:
    """Make the folders that files below the site will stand in."""
    top = os.fspath(site)
    for folder in dict.fromkeys(_folder(safe_path(top, path)) for path in paths):
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - thousands of them; path objects cost more


def write_files(
    site: Path,
    files: Iterable[tuple[str, bytes]],
    *,
    facts: dict[str, WrittenFact] | None = None,
    over: bool = False,
) -> None:
    """Write files below the site.

    Args:
        site: its folder.
        files: path and content of each.
        facts: takes a fact of each file, where a record of the site will need it.
        over: they all stand there, and nobody needs what they are. A file that is not emptied first
            is written over in a fourth of the time: its room is not given back to be taken again.
    """
    made: set[str] = set()
    mode, top = "r+b" if over else "wb", os.fspath(site)
    for path, data in files:
        target = safe_path(top, path)
        folder = _folder(target)
        if folder not in made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
            made.add(folder)
        # Without a buffer, which a page is larger than anyway.
        with open(target, mode, buffering=0) as file:  # noqa: PTH123 - as above
            left = memoryview(data)
            while left:
                left = left[file.write(left) :]
            if over:
                file.truncate()
            if facts is not None:
                time = os.fstat(file.fileno()).st_mtime_ns
                facts[path] = sha256(data).hexdigest(), len(data), time


def _folder(path: str) -> str:
    return path.rpartition(os.sep)[0]


def headed(body: str, title: str) -> str:
    """The body with a first heading: its own, or the title."""
    return body if "<h1" in body else f"<h1>{escape(title)}</h1>\n{body}"


def framed(body: str, page: Page) -> str:
    """A document's page: its title, the control block, the text, what follows."""
    body = body if "<h1" in page.before else headed(body, page.title)
    title, end, rest = body.partition("</h1>")
    if end and title.lstrip().startswith("<h1"):
        return f"{title}{end}\n{page.before}\n{rest}\n{page.after}"
    return f"{page.before}\n{body}\n{page.after}"
