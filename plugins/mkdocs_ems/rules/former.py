"""A closer look at rows of earlier registers: whether an id stands for something else, or a row got another.

Asked only of rows whose title differs; then the old register is parsed, once. Whether
that is a finding, the rule decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache

from mkdocs_ems.changes.row_texts import parsed_rows
from mkdocs_ems.control import FormerRegister
from mkdocs_ems.diagnostics import Anchor
from mkdocs_ems.model import Entry
from mkdocs_ems.model.likeness import alike, same_words, shares_words
from mkdocs_ems.rules.values import AuditContext
from mkdocs_ems.source import Data
from mkdocs_ems.text import fold


class Looking:
    """What it takes to look closer at a row whose title differs: parsed once, and only then."""

    def __init__(self, context: AuditContext) -> None:
        self._context = context
        self._old = cache(parsed_rows)
        self._called: Mapping[tuple[str, str], list[str]] | None = None
        self._counts: dict[tuple[str, int], Counter[str]] = {}

    def reused(self, entry: Entry, register: FormerRegister, identity: str) -> bool:
        """Whether an id that had one row stands for another thing now."""
        title = register.rows[identity]
        if same_words(title, entry.entity.name):
            return False
        if entry.kind != register.kind:
            return bool(register.kind)
        elsewhere = [one for one in self._named(register.kind, title) if one not in register.rows]
        if elsewhere or self._was_gone(register, identity):
            return True
        old, new = self._row(register, identity), self._today(entry)
        return shares_words(old, new) is False

    def renamed(self, register: FormerRegister, identity: str) -> Entry | None:
        """The row that is the same as one that is gone but for its id, if there is just one."""
        title = register.rows[identity]
        named = [one for one in self._named(register.kind, title) if one not in register.rows]
        if len(named) != 1 or self._titles(register)[title] != 1:
            return None
        entry = self._context.model.by_id[named[0]]
        if not alike(self._row(register, identity), self._today(entry)):
            return None
        return entry

    def _named(self, kind: str, title: str) -> list[str]:
        if self._called is None:
            called = defaultdict[tuple[str, str], list[str]](list)
            for identity, entry in self._context.model.by_id.items():
                called[entry.kind, fold(entry.entity.name)].append(identity)
            self._called = called
        return self._called.get((kind, fold(title)), [])

    def _titles(self, register: FormerRegister) -> Counter[str]:
        """How often each title stands in an earlier register."""
        state = register.path, register.at
        if state not in self._counts:
            self._counts[state] = Counter(register.rows.values())
        return self._counts[state]

    def _was_gone(self, register: FormerRegister, identity: str) -> bool:
        """Whether a later state of the same register did not have it."""
        states = (one for one in self._context.control.former if one.path == register.path)
        return any(one.at > register.at and identity not in one.rows for one in states)

    def _row(self, register: FormerRegister, identity: str) -> Data:
        return self._old(register.path, register.data).get(identity)

    def _today(self, entry: Entry) -> Data:
        return _at(self._context.sources.files[entry.anchor.path].data, entry.anchor)


def _at(data: object, anchor: Anchor) -> Data:
    for step in anchor.route:
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
    return dict(data) if isinstance(data, Mapping) else None
