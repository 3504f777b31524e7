"""Pages that lead on to another: `latest/`, `in-force/`, and the addresses of before there were versions.

A stub names its target where it is found by machines, by scripts and by people: the part of an
address behind `#` survives where scripts run, and without them nobody is left standing. Nothing
here knows what it leads to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from mkdocs_ems.site.files import write_files
from mkdocs_ems.site.frame import script_hash
from mkdocs_ems.site.standing_site import VersionRecord, write_version_record

# The same in all of them, so that one hash names it.
_LEAD_ON = 'location.replace(document.querySelector("link").href + location.search + location.hash)'
_POLICY = f"default-src 'none'; script-src {script_hash(_LEAD_ON)}; base-uri 'none'; form-action 'none'"
_STUB = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<title>This page has moved</title>\n'
    '<link rel="canonical" href="{address}">\n<meta name="robots" content="noindex">\n'
    f"<script>{_LEAD_ON}</script>\n"
    '<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>\n'
    '</head>\n<body>\n<p>Go on to <a href="{address}">this page</a>.</p>\n</body>\n</html>\n'
)


def stub(address: str) -> bytes:
    """A page that leads to an address, percent-encoded as it stands in links."""
    # The address of a page of ours: quoted, so that no character ends an attribute or a text.
    return _STUB.format(address=address).encode("ascii")


def stubs(pages: Iterable[str], *, to: str, up: str = "") -> Mapping[str, bytes]:
    """A stub for each page, by its path, leading to the page of the same path in another folder.

    Args:
        pages: paths, as they are below both folders.
        to: the other folder's name, below the site.
        up: what leads from the folder that the stubs stand in to the site, such as `../`.
    """
    return {page: stub(f"{'../' * page.count('/')}{up}{to}/{quote(page)}") for page in sorted(pages)}


class StubFolder:
    """A folder that holds nothing but stubs."""

    common = ""
    """Nothing is filled into them."""
    is_known_by_key = True
    """The same key, the same stubs."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    @cached_property
    def key(self) -> str:
        """Under which it is known again: a digest of all that stands there."""
        digest = hashlib.sha256()
        for path, data in self._files.items():
            digest.update(f"{path}\n{len(data)}\n".encode())
            digest.update(data)
        return digest.hexdigest()

    def write(self, folder: Path) -> str:
        """Write the stubs, and their record.

        Args:
            folder: where they are to stand; it is not there yet.

        Returns:
            Nothing that would have to be said.
        """
        write_files(folder, self._files.items())
        facts = {path: (hashlib.sha256(data).hexdigest(), len(data)) for path, data in self._files.items()}
        write_version_record(folder, VersionRecord(facts, self.key))
        return ""

    def patch(self, folder: Path, standing: VersionRecord) -> str:
        """Nothing differs from a folder that stands under the same key, and nothing is to be said."""
        del folder, standing
        return ""
