"""What the judge did, step by step: what landed, what counted, what did not and why, what it made.

The ledger and the explanation of one issue are both told from these steps, so neither can say
anything that was not decided. Written only by the forward pass, in the order of the chain;
decides nothing, reads nothing, and costs a run that asks for none of it a list of small values.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.control.authority import Mandate, Rules
from mkdocs_ems.control.terms import Fault, Level, Meaning, Segregation
from mkdocs_ems.control.values import Act, Content, Person
from mkdocs_ems.git.values import Event, Identity


@dataclass(frozen=True, slots=True)
class Landed:
    """A document has another content, or none any more."""

    event: Event
    document: str
    content: Content | None
    """None: its file is gone."""
    authors: tuple[Identity, ...]
    """Who wrote what this event changed, as commits name them; of the trust root nobody is known."""
    rules: Rules
    """The rules in force before the event, as for every step."""
    restored: bool = False
    """It is the issue in force again, after a deletion that nobody had approved."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An act counts for a content from this event on."""

    event: Event
    document: str
    content: Content
    act: Act
    rules: Rules


@dataclass(frozen=True, slots=True)
class Noted:
    """Evidence that did not count, or that somebody should look at; the fault says why."""

    event: Event
    document: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Completed:
    """Content and evidence met: an issue was made, confirmed, withdrawn, or stands on stronger evidence."""

    event: Event
    document: str
    type: str
    meaning: Meaning
    """`APPROVAL` also where it was adopted, or approved once more."""
    number: int
    content: Content
    landed: Event
    """The event that landed the content."""
    level: Level
    segregation: Segregation | None
    """None where it was adopted, and for a withdrawal or confirmation."""
    acts: tuple[Act, ...]
    """What counted; empty where it was adopted."""
    authors: tuple[Person, ...]
    """All who wrote at it since its last full approval."""
    from_: date
    """The first day on which it is in force, confirmed or withdrawn."""
    rules: Rules
    asked: tuple[Mandate, ...]
    """What the rules asked for, for each type that had to be satisfied."""


Step = Landed | Counted | Noted | Completed


class Journal:
    """The steps so far. One for each walk along the chain."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._counted: set[tuple[str, int, str, str, Meaning, Level]] = set()

    def landed(self, step: Landed) -> None:
        """Another content landed: the one hook that every event may pass."""
        self.steps.append(step)

    def counted(
        self, document: str, content: Content, acts: Iterable[Act], *, event: Event, rules: Rules
    ) -> None:
        """Acts count: each is told once for an issue, at the event from which it counts."""
        for act in acts:
            known = (document, act.issue, act.evidence, act.person.key, act.meaning, act.level)
            if known not in self._counted:
                self._counted.add(known)
                self.steps.append(Counted(event, document, content, act, rules))

    def noted(self, document: str, fault: Fault, event: Event) -> None:
        """Evidence did not count, or is to be looked at."""
        self.steps.append(Noted(event, document, fault))

    def completed(self, step: Completed) -> None:
        """An issue was made, confirmed or withdrawn."""
        self.steps.append(step)
