"""What is known of one document while the chain is walked: its state, changed step by step.

With what it holds (`approved_contents.py`) the only mutable value of this room. A dossier never decides
who may approve; it keeps what was landed, by whom since when, and what was said about it.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.control.approvals import Claim, Proof
from mkdocs_ems.control.approved_contents import Approved, ForNow
from mkdocs_ems.control.contents import Landing
from mkdocs_ems.control.heads import Head
from mkdocs_ems.control.journal import Journal
from mkdocs_ems.control.places import RULES_ID, is_markdown
from mkdocs_ems.control.provenance import Hands
from mkdocs_ems.control.rules_in_force import RULES_TYPES
from mkdocs_ems.control.terms import Fault, FaultReason
from mkdocs_ems.control.values import Act, Content
from mkdocs_ems.git.values import Event, Identity
from mkdocs_ems.model import KINDS


@dataclass(slots=True)
class Dossier:
    """One document."""

    id: str
    head: Head
    journal: Journal = field(default_factory=Journal)
    content: Content | None = None
    """What has landed; None where no file has the id any more."""
    event: Event | None = None
    """The event that landed the content, or took it away."""
    first: Event | None = None
    """The event at which it first appeared."""
    landed: Content | None = None
    """What is on the chain itself, without what is only proposed."""
    paths: tuple[str, ...] = ()
    """The files that this event changed."""
    twice: tuple[str, ...] = ()
    not_a_file: bool = False
    writers: dict[Identity, None] = field(default_factory=dict)
    """Everybody who wrote at it since its last full approval, in order."""
    hands: tuple[Identity, ...] = ()
    """Those of them who made the last change."""
    changes: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """Every commit that wrote at it since then: the event that brought it, and whether it is signed."""
    attested: dict[str, frozenset[str]] = field(default_factory=dict)
    """By event the persons who had a hand in it, as forges attest."""
    named_authors: dict[Identity, None] = field(default_factory=dict)
    """Further authors that records have named since its last full approval."""
    claims: list[Claim] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    """Evidence for the landed content that did not count."""
    approved: Approved | None = None
    """The issue that the landed content is."""
    taken_back: Approved | None = None
    """The last issue, where it was withdrawn: who wrote it is an author of what follows until something is
    approved again."""
    issues: list[Approved] = field(default_factory=list)
    interims: list[ForNow] = field(default_factory=list)
    deleted: Approved | None = None
    """What its file held when it was taken away, if that was an issue."""
    reviews: list[Act] = field(default_factory=list)
    confirming: list[Claim] = field(default_factory=list)
    withdrawing: list[Claim] = field(default_factory=list)
    confirmations: list[Act] = field(default_factory=list)
    withdrawals: list[Act] = field(default_factory=list)
    confirmed: list[date] = field(default_factory=list)
    """The days on which an issue in force was found right."""
    faults: list[Fault] = field(default_factory=list)
    former_heads: list[Head] = field(default_factory=list)
    """What its file said of itself each time before it went."""
    records: list[tuple[int, str]] = field(default_factory=list)
    """Index of the event and blob of every record file that ever landed, valid or not, before it or after."""

    @property
    def authors(self) -> tuple[Identity, ...]:
        """Its authors: who wrote at it since its last full approval that stands, or whom a record names."""
        before = self.taken_back.writers if self.taken_back else ()
        return tuple(dict.fromkeys((*before, *self.since))) if before else self.since

    @property
    def since(self) -> tuple[Identity, ...]:
        """Those of them since its last full approval, whether or not that was withdrawn."""
        return tuple(self.writers | self.named_authors)

    @property
    def proof(self) -> Proof:
        """What is proved of who its authors are."""
        unsigned = frozenset([event for event, signed in self.changes.values() if not signed])
        proof = Proof(bool(self.changes), unsigned, dict(self.attested))
        # Of what was adopted nobody knows who wrote it: its withdrawal leaves nothing that could be proved.
        before = self.taken_back.proof if self.taken_back and self.taken_back.segregation else None
        return proof.beside(before) if before else proof

    @property
    def next_number(self) -> int:
        """The number of the issue that the next approval makes."""
        if self.issues:
            return self.issues[-1].number + 1
        return (self.head.offset or 0) + 1

    @property
    def is_register(self) -> bool:
        """Whether it is a register (or the rules), rather than a Markdown document."""
        before = [*(one.content for one in self.issues[-1:]), *(one.content for one in self.interims[-1:])]
        contents = (self.content, *before)
        path = next((content.path for content in contents if content is not None), "")
        return not is_markdown(path) and self.id != RULES_ID

    @property
    def types(self) -> tuple[str, ...]:
        """The types whose mandates an approval must satisfy: what it says, and what it was approved as."""
        said = self.head.type or ""
        last = self.issues[-1].head.type if self.issues else None
        return (said,) if last is None or last == said else (said, last)

    @property
    def periodic(self) -> bool:
        """Whether what has landed is shown; decided by what was approved, if anything was.

        A register that nobody ever approved cannot choose to be shown at once: only its kind can.
        """
        head = self.issues[-1].head if self.issues else self.head
        if not self.is_register or head.type in RULES_TYPES:
            return False
        kind = KINDS.get(head.type or "")
        usual = kind.control if kind else "issue"
        if not self.issues and usual != "periodic":
            return False
        return (head.control or usual) == "periodic"

    def in_force_on(self, day: date) -> Approved | None:
        """The latest approved issue whose date has come, unless it is withdrawn."""
        latest = next((issue for issue in reversed(self.issues) if issue.effective_from <= day), None)
        if latest is None or (latest.withdrawn_from and latest.withdrawn_from <= day):
            return None
        return latest

    def records_before(self, event: Event) -> tuple[str, ...]:
        """Blobs of all record files from before an event: what a record of its content must name."""
        return tuple(dict.fromkeys(blob for index, blob in self.records if index < event.index))

    def confirmed_by(self, day: date) -> date | None:
        """The last day until then on which an issue in force was found right."""
        return max((one for one in self.confirmed if one <= day), default=None)

    def interim_on(self, day: date) -> ForNow | None:
        """The approval for the interim that is in force on a day, if any."""
        return next((one for one in reversed(self.interims) if self.lasts(one, day)), None)

    def lasts(self, one: ForNow, day: date) -> bool:
        """Whether an approval for the interim is in force on a day."""
        end = self.replaced_from(one)
        return one.valid_from <= day <= one.valid_until and (end is None or day < end)

    def replaced_from(self, one: ForNow) -> date | None:
        """The first day on which something else stands in an interim's place, or the document is gone."""
        ends = [issue.effective_from for issue in self.issues[one.after :]]
        ends += [other.valid_from for other in self.interims[self.interims.index(one) + 1 :]]
        return min((*ends, *((one.withdrawn_from,) if one.withdrawn_from else ())), default=None)

    def fault(
        self,
        reason: FaultReason,
        words: str,
        *,
        event: Event,
        path: str | None = None,
        person: str | None = None,
    ) -> None:
        """Note a fault for good, and beside the landed content."""
        self.faults.append(self.note(reason, words, event=event, path=path, person=person))

    def note(
        self,
        reason: FaultReason,
        words: str,
        *,
        event: Event,
        path: str | None = None,
        person: str | None = None,
    ) -> Fault:
        """Note why something did not count, for as long as the landed content is the same."""
        made = Fault(reason, words, event.commit.id, path, person)
        self.notes.append(made)
        self.journal.noted(self.id, made, event)
        return made

    def land(self, landing: Landing, event: Event, hands: Hands) -> bool:
        """Take over what an event did; whether the document has a new content that needs evidence."""
        if landing.twice:
            self.note_hands(hands)
            if landing.twice != self.twice:
                self.twice = landing.twice
                where = " and ".join(landing.twice)
                self.fault(FaultReason.ID_TWICE, f"{self.id} stands in {where}", event=event)
            return False
        self.twice = ()
        before, content = self.content, landing.content
        if before is None and content is not None and self.first is not None:
            self.former_heads.append(self.head)
        self.head = landing.head
        if before is not None and content is not None and before.is_same(content):
            self._move(content, event)
            return False
        self.note_hands(hands)
        self.hands = hands.writers
        self._turn(content, event, landing.paths)
        if content is None:
            self.not_a_file = landing.not_a_file
            if landing.not_a_file:
                words = f"{landing.paths[0]} is a link or a submodule, not a file"
                self.fault(FaultReason.NOT_A_FILE, words, event=event, path=landing.paths[0])
            return False
        return not (before is None and self._restore(content))

    def note_hands(self, hands: Hands) -> None:
        """Take note of who wrote at it, and by which commits."""
        for writer in hands.writers:
            self.writers[writer] = None
        self.changes.update(hands.changes)

    def note_attested(self, claim: Claim) -> None:
        """Take note of what a forge attests of who made an event's changes."""
        if claim.attests is not None:
            known = self.attested.get(claim.attests.event, frozenset())
            self.attested[claim.attests.event] = known | claim.attests.hands

    def _move(self, content: Content, event: Event) -> None:
        self.content = content
        if not event.proposed:
            self.landed = content
            if self.approved is not None:
                self.approved.content = content
            for one in self.interims:
                if one.content.key == content.key:
                    one.content = content

    def _turn(self, content: Content | None, event: Event, paths: tuple[str, ...]) -> None:
        if content is None and self.content is not None:
            self.deleted = self.approved
        self.content, self.event, self.paths = content, event, paths
        self.first = self.first or event
        if not event.proposed:
            self.landed = content
        self.approved = None
        self.not_a_file = False
        self.claims.clear()
        self.notes.clear()
        self.reviews.clear()

    def _restore(self, content: Content) -> bool:
        """The approved content came back after a deletion that nobody had approved.

        Only where nothing else lay between: after a draft its return is a revert, and needs new evidence.
        """
        last = self.issues[-1] if self.issues else None
        if last is None or self.deleted is not last:
            return False
        if last.withdrawn_from or last.content.key != content.key:
            return False
        last.content = content
        self.approved = last
        return True

    def approve(self, issue: Approved) -> None:
        """The landed content is an issue from now on."""
        self.issues.append(issue)
        self.approved = issue
        self.taken_back = None
        self.writers.clear()
        self.changes.clear()
        self.attested.clear()
        self.claims.clear()
        self.named_authors.clear()
        self.notes.clear()
        self.confirming.clear()
        self.withdrawing.clear()
