"""What ties auditors to what they audit: processes they answer for or work in, documents they wrote.

Whether a tie is a fault, the rule decides. A deputy is tied to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from mkdocs_ems.model import PersonRow, ProcessRow, RoleRow
from mkdocs_ems.rules.duties import listed
from mkdocs_ems.rules.holding import Holding
from mkdocs_ems.rules.values import AuditContext, called


class Ties:
    """The ties of one state, looked up for each audit."""

    def __init__(self, context: AuditContext) -> None:
        self._context = context
        self._holding = Holding(context)
        self._owners = {one.id: one.owner for _, one in context.each(ProcessRow)}
        working: defaultdict[str, set[str]] = defaultdict(set)
        for kind in (RoleRow, PersonRow):
            for _, one in context.each(kind):
                for process in one.processes if one.id else ():
                    working[process].add(one.id or "")
        self._working: Mapping[str, set[str]] = working

    def told(
        self, auditors: Iterable[str], processes: Iterable[str], day: date, documents: Iterable[str]
    ) -> str:
        """Who of them audits what of their own, as words; empty where nobody does."""
        named = tuple(dict.fromkeys(auditors))
        ties: list[str] = []
        for auditor in named:
            keys = self._holding.people((auditor,), day)
            own = [one for one in processes if not keys.isdisjoint(self._answering(one, day))]
            wrote = [one for one in documents if not keys.isdisjoint(self._writers(one, day))]
            said = [f"answers for or works in {listed(map(self._name, own))}"] if own else []
            said += [f"wrote {listed(map(self._name, wrote))}"] if wrote else []
            if said:
                ties.append(f"the auditor {self._name(auditor)} {' and '.join(said)}")
        return "; ".join(ties)

    def _answering(self, process: str, day: date) -> frozenset[str]:
        owner = self._owners.get(process)
        named = self._working.get(process, set()) | ({owner} if owner else set())
        return self._holding.people(named, day)

    def _writers(self, document: str, day: date) -> frozenset[str]:
        control = self._context.compilation.control
        known = control.documents.get(document) if control else None
        return frozenset(
            author.id
            for issue in (known.issues if known else ())
            if issue.effective_from <= day and (issue.effective_to is None or day < issue.effective_to)
            for author in issue.authors
            if author.id
        )

    def _name(self, identity: str) -> str:
        node = self._context.graph.nodes.get(identity)
        return called(node.entity) if node else identity
