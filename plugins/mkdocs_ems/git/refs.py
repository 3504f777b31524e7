"""Refs as validated text: HEAD, packed and loose refs read by us, never by git.

Letting git list them would let it read the repository's configuration. Names are data:
they are looked up here, and only object ids are ever handed to a command.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.locate import Layout
from mkdocs_ems.git.odd_files import decode, read_regular, text_of
from mkdocs_ems.text import show

LIMIT = 10_000
_PACKED_LIMIT = 64 * 1024 * 1024
_LOOSE_LIMIT = 4096
_CONFIG_LIMIT = 1024**2
_DEPTH = 5  # of symbolic refs, as git
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_NAME = re.compile(r"refs(?:/(?!\.)[^\x00-\x20\x7f~^:?*\[\\/]+)+")


@dataclass(frozen=True, slots=True)
class Refs:
    """All refs of a repository at one moment."""

    ids: Mapping[str, str]
    """Full name to object id, sorted by name."""
    head: str | None
    """The commit that HEAD leads to; None on an unborn branch."""
    head_ref: str | None
    """The ref that HEAD names; None when detached."""


def is_id(text: str) -> bool:
    """Whether this is a whole object id."""
    return _ID.fullmatch(text) is not None


def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and ".." not in name and not name.endswith((".lock", "."))


def _packed(path: Path) -> Iterator[tuple[str, str]]:
    for line in (read_regular(path, limit=_PACKED_LIMIT) or b"").split(b"\n"):
        written, _, name = decode(line).partition(" ")
        if is_id(written) and _is_name(name):
            yield name, written


def _loose(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """Name and text of each loose ref below a folder."""
    waiting = [(folder, name)]
    seen = 0
    while waiting:
        here, prefix = waiting.pop()
        try:
            entries = list(os.scandir(here))
        except OSError:
            continue
        seen += len(entries)
        if seen > 2 * LIMIT:
            raise _too_many()
        for entry in entries:
            full = f"{prefix}/{text_of(entry.name)}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append((Path(entry.path), full))
            elif _is_name(full) and (text := _text(Path(entry.path))) is not None:
                yield full, text


def _text(path: Path) -> str | None:
    """What a ref file says, if it is there; an old-style link to another ref reads as `ref: …`."""
    try:
        if path.is_symlink():
            return f"ref: {path.readlink().as_posix()}"
    except FileNotFoundError:
        return None
    found = read_regular(path, limit=_LOOSE_LIMIT)
    if found is None and not os.path.lexists(path):
        return None
    return decode(found or b"").strip()


def _too_many() -> RepositoryError:
    return RepositoryError(
        f"the repository has more than {LIMIT:,} refs, the most that is read: delete old ones"
    )


def _follow(text: str, texts: Mapping[str, str]) -> str | None:
    for _ in range(_DEPTH):
        if not text.startswith("ref:"):
            break
        text = texts.get(text.removeprefix("ref:").strip(), "")
    return text if is_id(text) else None


def read_refs(layout: Layout) -> Refs:
    """Read all refs; what is damaged or oddly named is no ref, as in git.

    Raises:
        RepositoryError: more refs than the limit.
    """
    head_text = _text(layout.git_dir / "HEAD") or ""
    # git packs a ref before it removes its file: read the other way round, one could be in neither.
    loose = dict(_loose(layout.common / "refs", "refs"))
    texts = {**dict(_packed(layout.common / "packed-refs")), **loose}
    if len(texts) > LIMIT:
        raise _too_many()
    followed = ((name, _follow(texts[name], texts)) for name in sorted(texts))
    ids = {name: found for name, found in followed if found is not None}
    head_ref = head_text.removeprefix("ref:").strip() if head_text.startswith("ref:") else None
    if head_ref is None and not is_id(head_text):
        raise RepositoryError(
            f"{show(str(layout.git_dir / 'HEAD'))} is damaged: it names neither a branch nor a commit"
        )
    return Refs(ids=ids, head=_follow(head_text, texts), head_ref=head_ref)


def object_format(layout: Layout, refs: Refs) -> str:
    """By the length of ids; in a repository without any, by its config read as plain text."""
    known = refs.head or next(iter(refs.ids.values()), None)
    if known is not None:
        return "sha256" if len(known) == 64 else "sha1"
    config = read_regular(layout.common / "config", limit=_CONFIG_LIMIT) or b""
    lines = ("".join(decode(line).split()).lower() for line in config.split(b"\n"))
    return "sha256" if any(line.startswith("objectformat=sha256") for line in lines) else "sha1"
