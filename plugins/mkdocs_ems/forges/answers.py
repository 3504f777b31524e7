"""Reading an answer of a forge: every field is asked for by name and kind, and missed in words.

An answer is data of a stranger. Nothing here trusts its shape: what is not as the published
interface says ends in one line that names the field, never in a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from mkdocs_ems import dataclass
from mkdocs_ems.forges.values import ForgeError
from mkdocs_ems.text import show

_CO_AUTHOR = re.compile(r"^co-authored-by:[^<\n]*<([^>\n]+)>", re.IGNORECASE | re.MULTILINE)
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_LONGEST = 300
"""Characters of a name that anybody would want to read."""


def coauthors(message: str) -> tuple[str, ...]:
    """The mail addresses of those whom a commit's message names as co-authors."""
    found = (one.strip() for one in _CO_AUTHOR.findall(message))
    return tuple(dict.fromkeys(filter(None, found)))


@dataclass(frozen=True, slots=True)
class Answer:
    """One JSON object, and whose answer to what it is."""

    data: object
    what: str
    """`GitHub's answer about the reviews of owner/name#12`."""

    def fields(self) -> Mapping[str, object]:
        """The object's fields.

        Raises:
            ForgeError: it is none; so for everything here that is not as it should be.
        """
        if not isinstance(self.data, dict):
            raise ForgeError(f"{self.what} is not what the interface promises: {_AGAIN}")
        return self.data

    def entries(self) -> tuple[Answer, ...]:
        """The entries of a list."""
        if not isinstance(self.data, list):
            raise ForgeError(f"{self.what} is not the list that the interface promises: {_AGAIN}")
        return tuple(Answer(entry, self.what) for entry in self.data)

    def part(self, *names: str) -> Answer | None:
        """What stands under a path of names; None where any of them is missing or null."""
        here = self
        for name in names:
            found = here.fields().get(name)
            if found is None:
                return None
            here = Answer(found, self.what)
        return here

    def text(self, *names: str) -> str:
        """A text that must be there."""
        found = self.maybe(*names)
        if found is None:
            raise self._missing(*names)
        return found

    def maybe(self, *names: str) -> str | None:
        """A text, or None where there is none; empty is none."""
        found = self.part(*names)
        if found is None or found.data == "":
            return None
        if not isinstance(found.data, str) or len(found.data) > _LONGEST:
            raise self._missing(*names)
        return found.data

    def loose(self, *names: str) -> str:
        """A text that anybody may have written, of any length; empty where there is none."""
        found = self.part(*names)
        return found.data if found is not None and isinstance(found.data, str) else ""

    def long_text(self, *names: str) -> str:
        """A text of any length that must be there."""
        found = self.part(*names)
        if found is None or not isinstance(found.data, str):
            raise self._missing(*names)
        return found.data

    def commit(self, *names: str) -> str:
        """The id of a commit or another object."""
        found = self.text(*names)
        if not _COMMIT.fullmatch(found):
            raise self._missing(*names)
        return found

    def maybe_commit(self, *names: str) -> str | None:
        """The id of a commit; None where there is none, or all zeros, which means the same."""
        found = self.maybe(*names)
        if found is None or not found.strip("0"):
            return None
        return self.commit(*names)

    def number(self, *names: str) -> int:
        """A whole number that must be there."""
        found = self.part(*names)
        if found is None or not isinstance(found.data, int) or isinstance(found.data, bool):
            raise self._missing(*names)
        return found.data

    def flag(self, *names: str) -> bool:
        """A yes or no that must be there."""
        found = self.part(*names)
        if found is None or not isinstance(found.data, bool):
            raise self._missing(*names)
        return found.data

    def moment(self, *names: str) -> datetime:
        """A moment that must be there; one without a zone is in UTC."""
        found = self.text(*names)
        try:
            moment = datetime.fromisoformat(found)
        except ValueError:
            raise self._missing(*names) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def _missing(self, *names: str) -> ForgeError:
        return ForgeError(f"{self.what} has no usable {show('.'.join(names))!r}: {_AGAIN}")


_AGAIN = (
    "nothing was written; run the command again later, and if it stays so, "
    "see whether the version of the forge is one that this version knows"
)
