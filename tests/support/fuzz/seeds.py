"""What fuzzing begins with: the corpus of hostile content and the demonstration, file by file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from support.hostile_cases import corpus

ROOT = Path(__file__).parents[3]


def written(*endings: str, most: int, below: str = "") -> Iterator[bytes]:
    """What files that end so say, cut off where they are longer, with nothing said twice.

    Args:
        endings: of their names.
        most: so many bytes of each.
        below: a folder of the content that they have to lie in.
    """
    seen: set[bytes] = set()
    for data in _files(endings, below):
        # A file of megabytes is there for its size alone, and its beginning says nothing of it.
        cut = data[:most].rpartition(b"\n")[0] + b"\n" if len(data) > most else data
        if cut not in seen:
            seen.add(cut)
            yield cut


def _files(endings: tuple[str, ...], below: str) -> Iterator[bytes]:
    for case in corpus():
        for path, content in case.files.items():
            if path.endswith(endings) and below in path and isinstance(content, bytes):
                yield content
    for file in sorted((ROOT / "ems").rglob("*")):
        if file.name.endswith(endings) and below in file.as_posix():
            yield file.read_bytes()
