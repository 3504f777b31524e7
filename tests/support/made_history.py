"""Histories made up at random: told in memory and in git, and judged by a reference of a few lines.

The reference knows one rule: a procedure's content is approved by the first entitled person who merges it,
or who lands a record of it, and who wrote nothing of it since the issue before. Everything else that
document control does must agree with that wherever nothing else was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from hypothesis import strategies as st

from mkdocs_ems.control import ControlState
from support.chain import Chain, Work
from support.company import land_record, procedure

PATHS = {"PRO-001": "procedures/waste.md", "PRO-002": "procedures/water.md"}
_ENTITLED = {"eve": date.max, "otto": date.max, "lea": date(2026, 2, 28)}
"""Who may approve a procedure, and until when: as the registers of `support.company` say."""
_PEOPLE = ("ann", "ben", "eve", "otto", "lea", "mary", "zed")
_DAYS = ("2026-01-20", "2026-02-27", "2026-03-02", "2026-04-01")


@dataclass(frozen=True)
class Step:
    """One thing that somebody does to a procedure, or beside it."""

    what: Literal["write", "merge", "record", "move", "unrelated", "wait"]
    document: str
    text: str
    by: str
    """Who writes, or records."""
    merger: str


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(
            ("write", "merge", "merge", "merge", "record", "record", "move", "unrelated", "wait")
        ),
        st.sampled_from(tuple(PATHS)),
        st.sampled_from(("Sort.", "Sort it.", "Wash.", "Burn nothing.")),
        st.sampled_from(_PEOPLE),
        st.sampled_from(_PEOPLE),
    ),
    min_size=1,
    max_size=10,
)

Told = dict[str, tuple[tuple[tuple[int, str, str], ...], bool]]
"""By document: number, text and approver of each issue, and whether anything waits."""


@dataclass
class _Reference:
    """What has become of one procedure."""

    text: str = ""
    writers: set[str] = field(default_factory=set)
    issues: list[tuple[int, str, str]] = field(default_factory=list)

    waits: bool = False

    def write(self, text: str, by: str) -> None:
        # Also where it is the text of an earlier issue: a revert needs evidence of its own.
        self.text, self.waits = text, True
        self.writers.add(by)

    def approve(self, by: str, day: date) -> None:
        if self.waits and by not in self.writers and day <= _ENTITLED.get(by, date.min):
            self.issues.append((len(self.issues) + 1, self.text, by))
            self.writers.clear()
            self.waits = False


class Teller:
    """Tells steps to a chain, and to the reference."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.paths = dict(PATHS)
        self._known = {one: _Reference() for one in PATHS}
        self._days = iter(_DAYS)
        self._written = 0

    def tell(self, steps: Sequence[Step]) -> None:
        """Do the steps, leaving out those that cannot be done."""
        for step in steps:
            known, path = self._known[step.document], self.paths[step.document]
            today = self.chain.now.date()
            match step.what:
                case "write" if step.text != known.text:
                    self.chain.commit({path: _file(step)}, by=step.by)
                    known.write(step.text, step.by)
                case "merge" if step.text != known.text:
                    self.chain.merge(Work({path: _file(step)}, by=step.by), by=step.merger)
                    known.write(step.text, step.by)
                    known.approve(step.merger, self.chain.now.date())
                case "record" if known.waits:
                    number = len(known.issues) + 1
                    self._written += 1
                    land_record(
                        self.chain, path, by=step.by, document=step.document, issue=number, n=self._written
                    )
                    known.approve(step.by, today)
                case "move" if known.text:
                    self._move(step.document)
                case "unrelated":
                    self.beside(step.by)
                case "wait":
                    day = next(self._days, "")
                    if day and date.fromisoformat(day) > today:
                        self.chain.commit({"notes.txt": day}, by=step.by, on=day)
                case _:
                    pass

    def beside(self, by: str, *, merged_by: str = "") -> None:
        """Something lands on the same day that has nothing to do with any of it."""
        self._written += 1
        files = {f"other/{self._written}.txt": "x"}
        on = self.chain.now.isoformat()
        if merged_by:
            self.chain.merge(Work(files, by=by), by=merged_by, on=on)
        else:
            self.chain.commit(files, by=by, on=on)

    def _move(self, document: str) -> None:
        old = self.paths[document]
        self._written += 1
        self.paths[document] = new = f"procedures/moved-{self._written}.md"
        text = self.chain.shelf.blobs[self.chain.tree[f"ems/{old}"][1]]
        self.chain.commit({old: None, new: text}, by="ben")

    @property
    def expected(self) -> Told:
        """What the reference says."""
        return {name: (tuple(one.issues), one.waits) for name, one in self._known.items() if one.text}

    @property
    def found(self) -> Told:
        """What document control says."""
        return told(self.chain.control(), self.chain)


def _file(step: Step) -> str:
    return procedure(step.text, identity=step.document)


def told(control: ControlState, chain: Chain) -> Told:
    """The issues of the procedures, in the reference's words."""
    found: Told = {}
    for name in PATHS:
        document = control.documents.get(name)
        if document is None:
            continue
        issues = tuple(
            (
                one.number,
                _text(chain, one.content.blob),
                ",".join(act.principal.partition("@")[0] for act in one.approvals),
            )
            for one in document.issues
        )
        found[name] = issues, document.pending is not None
    return found


def _text(chain: Chain, blob: str) -> str:
    return chain.shelf.blobs[blob].decode().rstrip().rpartition("\n")[2]
