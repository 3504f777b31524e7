"""Where a fault stands, and the list of those found in one file.

Every reader of this room works on characters counted from the start of the file
and says what is wrong with a start and an end; here that becomes a `Span` and a
`Finding`. One file never yields more than `MOST` findings: a hostile file must
not fill the memory, and nobody reads more.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from mkdocs_ems.diagnostics import Finding, Related, Span
from mkdocs_ems.text import plural

CODE = "SCH001"
_UNSEEN = "SCH003"
"""The code of what nobody sees: it is told and blotted out, and everything else can be read."""
MOST = 100


class Text:
    """The characters of one file, and where its lines begin.

    Attributes:
        path: from the repository's root.
        written: what stands in the file; all positions count in it.
        clean: the same length, with what no parser may see replaced; what is parsed.
        begin: where the content begins: after a byte order mark.
        first_line: the file's line in which the text begins, where it is not the whole file.
    """

    def __init__(self, path: str, written: str, *, first_line: int = 1) -> None:
        self.path = path
        self.first_line = first_line
        self.written = written
        self.clean = written
        self.begin = 1 if written.startswith("\ufeff") else 0

    @cached_property
    def _starts(self) -> list[int]:
        lengths = map(len, self.written.split("\n")[:-1])
        return list(accumulate(map((1).__add__, lengths), initial=0))

    @property
    def lines(self) -> int:
        """How many lines there are; one more where the last ends in a line break."""
        return len(self._starts)

    def line(self, at: int) -> int:
        """The line of this text, from 1, in which a character stands."""
        return bisect_right(self._starts, at)

    def line_start(self, line: int) -> int:
        """Where a line, counted from 1, begins."""
        return self._starts[line - 1]

    def line_end(self, at: int) -> int:
        """Where the line of a character ends: before its line break."""
        end = self.written.find("\n", at)
        end = len(self.written) if end < 0 else end
        return end - 1 if end > at and self.written[end - 1] == "\r" else end

    def span(self, start: int, end: int) -> Span:
        """The place of the characters from start to before end."""
        first = bisect_right(self._starts, start)
        last = bisect_right(self._starts, end)
        return Span(
            self.path,
            first + self.first_line - 1,
            start - self._starts[first - 1] + 1,
            last + self.first_line - 1,
            end - self._starts[last - 1] + 1,
        )


class Faults:
    """Collects the findings of one file, up to the most that are shown.

    Attributes:
        text: in which all places are.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self._found: list[Finding] = []
        self._more = 0

    def __len__(self) -> int:
        return len(self._found) + self._more

    def add(
        self,
        message: str,
        *,
        at: tuple[int, int],
        fix: str,
        related: tuple[tuple[str, tuple[int, int]], ...] = (),
        code: str = CODE,
    ) -> None:
        """Note a fault: what, at which characters, how to mend it, and what else to look at."""
        if len(self._found) >= MOST:
            self._more += 1
            return
        # A text may be read again without what was broken in it.
        if any(found.message == message and found.at == self.text.span(*at) for found in self._found):
            return
        others = tuple(Related(words, self.text.span(*place)) for words, place in related)
        self._found.append(
            Finding(message, self.text.span(*at), help=fix, related=others, code=code),
        )

    def unseen(self, message: str, *, at: tuple[int, int]) -> None:
        """Note what nobody sees."""
        self.add(message, at=at, fix="delete it; it was probably pasted from another program", code=_UNSEEN)

    def in_line(self, at: int) -> bool:
        """Whether something is already said of the line in which a character stands."""
        line = self.text.span(at, at).line
        return any(isinstance(found.at, Span) and found.at.line == line for found in self._found)

    def findings(self) -> tuple[Finding, ...]:
        """All of them in the order of their places; the last says how many are not listed."""
        found = sorted(self._found, key=lambda finding: (finding.at, finding.message))
        if self._more:
            found.append(
                Finding(
                    f"{plural(self._more, 'more fault')} of reading in this file, not listed",
                    found[-1].at,
                    help=f"mend those that are listed; at most {MOST} are shown for one file",
                    code=CODE,
                ),
            )
        return tuple(found)
