"""Front matter: the YAML between two lines `---` at the very beginning of a Markdown file.

Finds where it begins and ends, in characters of the file; reads nothing of it.
"""

from __future__ import annotations

import re

from mkdocs_ems import dataclass
from mkdocs_ems.source.faults import Faults, Text

_FIX = "begin the file with a line `---`, the fields (`id: …`, `type: …`, `title: …`), and a line `---`"
_OPENING = re.compile(r"---[ \t]*\r?(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_LATE = re.compile(r"\s+---[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where things stand, in characters from the start of the file."""

    start: int
    """The first character after the opening line."""
    end: int
    """Where the closing line begins."""
    body: int
    """The first character after the closing line."""


def find_front_matter(text: Text, faults: Faults) -> FrontMatter | None:
    """Find the front matter; None, and a fault, where it is missing or not closed."""
    written, begin = text.written, text.begin
    opening = _OPENING.match(written, begin)
    if opening is None:
        late = _LATE.match(written, begin)
        faults.add(
            "the front matter does not begin in the first line" if late else "no front matter",
            at=(begin, begin if late else text.line_end(begin)),
            fix="delete the empty lines and spaces before `---`" if late else _FIX,
        )
        return None
    closing = _CLOSING.search(written, opening.end())
    if closing is None:
        faults.add(
            "the front matter is opened here and never closed",
            at=(begin, begin + 3),
            fix="write a line `---` after its last field",
        )
        return None
    after = written.find("\n", closing.end())
    return FrontMatter(opening.end(), closing.start(), len(written) if after < 0 else after + 1)
