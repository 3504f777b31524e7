"""What a version is made from, as one digest: equal keys, equal bytes.

A key covers what git holds of the version, what of git may bear on it from outside, how this
program and what is installed beside it work, how the operator's configuration makes the site
look, and what was asked. What does not bear on it is left out, or a version would be built anew
for nothing: no time of a file, no folder, no other version.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import mkdocs_ems
from mkdocs_ems.site.digest import Digest
from mkdocs_ems.site.look import look_digest

__all__ = ["branches_digest", "current_key", "look_digest", "tool_digest", "unsettled", "version_key"]

_FORM = 1
"""Of a key: goes up when it is made otherwise."""
_DISTRIBUTION = re.compile(r".+\.(?:dist|egg)-info")


def tool_digest() -> str:
    """Digest of how this program works: its own files, Python, and what is installed beside it."""
    digest = Digest()
    digest.add(sys.implementation.name, sys.version.partition(" ")[0])
    digest.tree(Path(mkdocs_ems.__file__).parent)
    digest.add(*sorted({path.name for path in _distributions()}))
    return digest.end()


def unsettled() -> tuple[str, ...]:
    """Other distributions whose files may change under the same version: no key covers them."""
    ours = Path(mkdocs_ems.__file__).parent.name
    found = {path.name for path in _distributions() if _is_editable(path)}
    return tuple(sorted(name for name in found if not name.startswith(f"{ours}-")))


def branches_digest(refs: Mapping[str, str]) -> str:
    """Digest of all refs that are no tags: the anchor of a version that is not on the main branch."""
    others = {name: found for name, found in refs.items() if not name.startswith("refs/tags/")}
    return _key("branches", refs=others)


def version_key(  # noqa: PLR0913 - one fact a parameter
    *,
    tag: str,
    name: str,
    folder: str,
    tool: str,
    look: str,
    trust_root: str | None,
    anchor: str,
    known: Iterable[str],
    layout: int,
    options: Sequence[str] = (),
) -> str:
    """The key of a tagged version.

    Args:
        tag: the tag's object; it names the commit, the date and who set it.
        name: of the tag.
        folder: below the site, since pages hold their own address.
        tool: `tool_digest()`.
        look: `look_digest()`.
        trust_root: as the user named it.
        anchor: what of the branches bears on it: `on` where its commit stands on the main branch,
            else `branches_digest()`.
        known: ids of the tags that are known to it.
        layout: of the places in its pages.
        options: what else was asked for.
    """
    facts = {"tag": tag, "name": name, "anchor": anchor, "known": sorted(known)}
    return _key("version", **facts, **_asked(folder, tool, look, trust_root, layout, options))


def current_key(  # noqa: PLR0913 - one fact a parameter
    commit: str,
    *,
    as_of: date,
    folder: str,
    tool: str,
    look: str,
    trust_root: str | None,
    anchor: str,
    known: Iterable[str],
    layout: int,
    options: Sequence[str] = (),
) -> str:
    """The key of the main branch's state on a day.

    Args:
        commit: the main branch's.
        as_of: the day.
        folder: as for `version_key`; so are the others.
        tool: see there.
        look: see there.
        trust_root: see there.
        anchor: see there.
        known: see there.
        layout: see there.
        options: see there.
    """
    facts = {"commit": commit, "as_of": as_of.isoformat(), "anchor": anchor, "known": sorted(known)}
    return _key("current", **facts, **_asked(folder, tool, look, trust_root, layout, options))


def _asked(  # noqa: PLR0913, PLR0917 - as above
    folder: str, tool: str, look: str, trust_root: str | None, layout: int, options: Sequence[str]
) -> dict[str, object]:
    return {
        "folder": folder,
        "tool": tool,
        "look": look,
        "trust_root": trust_root,
        "layout": layout,
        "options": list(options),
    }


def _key(what: str, **facts: object) -> str:
    said = json.dumps({"of": what, "form": _FORM, **facts}, sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _distributions() -> Iterator[Path]:
    for folder in dict.fromkeys(sys.path):
        try:
            yield from (path for path in Path(folder or ".").iterdir() if _DISTRIBUTION.fullmatch(path.name))
        except OSError:
            continue


def _is_editable(distribution: Path) -> bool:
    try:
        said = json.loads((distribution / "direct_url.json").read_bytes())
        return bool(said["dir_info"]["editable"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
