"""The forward pass: every event in turn, judged by what was approved before it.

Second half, after the contents are known. Order is that of the chain; what an event
approves of rules, persons and roles takes effect with the next. What is only proposed
approves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs_ems.control.authority import Rules
from mkdocs_ems.control.authors import Authors
from mkdocs_ems.control.authorship import EventWriting, identity
from mkdocs_ems.control.beside import Beside
from mkdocs_ems.control.binding import Bound, bind
from mkdocs_ems.control.branches import Branches
from mkdocs_ems.control.contents import Landing
from mkdocs_ems.control.deciding import Decisions
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.evidence import Evidence
from mkdocs_ems.control.journal import Journal, Landed
from mkdocs_ems.control.merging import claims_of
from mkdocs_ems.control.places import RULES_ID, Place, Places
from mkdocs_ems.control.prints import Prints
from mkdocs_ems.control.provenance import Provenance
from mkdocs_ems.control.readings import Readings, file_blob
from mkdocs_ems.control.records import ApprovalRecord, ForgeSource, ReadRecord, ScanSource, document_of
from mkdocs_ems.control.refusal import Refusal
from mkdocs_ems.control.rules_in_force import RulesInForce
from mkdocs_ems.control.seals import Seal
from mkdocs_ems.control.signers import NO_SIGNERS
from mkdocs_ems.control.terms import Fault, FaultReason, Meaning
from mkdocs_ems.control.testimony import LandedRecord
from mkdocs_ems.git.values import Change, Event, History

Steps = Iterable[tuple[Event, tuple[Landing, ...]]]


class Judge:
    """Walks the chain and keeps a dossier for each document."""

    def __init__(
        self,
        readings: Readings,
        places: Places,
        history: History,
        branches: Branches,
        evidence: Evidence,
    ) -> None:
        self._readings = readings
        self._places = places
        self._history = history
        self._evidence = evidence
        self._seals = evidence.seals
        self._beside = Beside(places)
        self._prints = Prints()
        self._signers = NO_SIGNERS
        """The lines of keys that were told of last."""
        self._in_force = RulesInForce(readings.reader, places)
        self.journal = Journal()
        self._decisions = Decisions(self._in_force, history)
        self._landed_as: dict[str, list[tuple[str, str]]] = {}
        """Of each record's blob the events and paths at which it landed."""
        self._records_of: dict[str, list[tuple[int, str]]] = {}
        """Index of the event and blob of all record files by document, also from before the document."""
        self._provenance = Provenance(history, evidence.seals)
        self._authors = Authors(branches, history.own)
        self.dossiers: dict[str, Dossier] = {}
        self.faults: list[Fault] = []
        """Faults that belong to no document."""

    @property
    def rules(self) -> Rules:
        """The rules in force after the last event."""
        return self._in_force.current

    def walk(self, steps: Steps) -> None:
        """Judge every event."""
        for event, landings in steps:
            writing = EventWriting(event, self._history.commits, self._history.own)
            rules = self.rules
            if event.index:
                self._authors.begin(writing, self.journal.steps)
            landed = [dossier for landing in landings if (dossier := self._land(landing, writing, rules))]
            for touched, commits in self._authors.touched.items():
                # Whether it landed or not: a text that was taken back was written all the same.
                dossier = self.dossiers.get(touched)
                if dossier is not None and dossier.event is not event:  # else they are noted
                    dossier.note_hands(self._provenance.of(commits, event, rules))
            if event.index == 0:
                self._decisions.adopt(landed, event)
            for dossier in landed if event.index else ():
                claims = list(claims_of(dossier, writing, rules, self._seals))
                dossier.claims += claims
                self._decisions.decide(dossier, claims, event, rules)
                if claims:
                    self._look_at_dates(dossier, event)
            self._read_records(event, rules)
            self._tell_signers(event)
        for path, event, refusal in self._beside.strays():
            self._fault(self._dossier_of(path), refusal, event, path)

    def _tell_signers(self, event: Event) -> None:
        """Say of the list of keys that an event approved which of its lines are used for nothing."""
        signers = self.rules.signers
        if signers is self._signers:
            return
        self._signers = signers
        for line in signers.faults:
            told = f"line {line.number} is used for nothing: {line.words}"
            self._fault(
                self.dossiers.get(RULES_ID),
                Refusal(FaultReason.SIGNERS_LINE, told),
                event,
                self._places.signers,
            )

    def _look_at_dates(self, dossier: Dossier, event: Event) -> None:
        written = self._authors.written_at(dossier.id, event)
        if written > event.commit.committed:
            told = (
                f"the merge by {event.commit.author.name} is dated {event.commit.committed:%Y-%m-%d %H:%M}, "
                f"before the change that it is about was written ({written:%Y-%m-%d %H:%M})"
            )
            dossier.fault(FaultReason.BEFORE_CONTENT, told, event=event)

    def _land(self, landing: Landing, writing: EventWriting, rules: Rules) -> Dossier | None:
        """Take over a landing; the dossier, if its new content needs evidence."""
        dossier = self.dossiers.get(landing.id)
        if dossier is None:
            records = self._records_of.setdefault(landing.id, [])
            dossier = Dossier(landing.id, landing.head, self.journal, records=records)
            early = self._authors.before(landing.id)
            dossier.note_hands(self._provenance.of(early, writing.event, rules))
            self.dossiers[landing.id] = dossier
        # What lay in the trust root was written before anybody kept count.
        commits = self._authors.of(landing, dossier.content, writing) if writing.event.index else ()
        hands = self._provenance.of(commits, writing.event, rules)
        before = dossier.event
        wanting = dossier.land(landing, writing.event, hands)
        content = dossier.content
        if dossier.event is not before:
            restored = content is not None and not wanting
            step = Landed(writing.event, dossier.id, content, dossier.hands, rules, restored)
            self.journal.landed(step)
        return dossier if wanting else None

    # --- records ------------------------------------------------------------------------

    def _read_records(self, event: Event, rules: Rules) -> None:
        changes = [change for change in event.changes if change.path.startswith(self._places.approvals)]
        for path, refusal in self._beside.note(event, changes) if changes else ():
            self._fault(self._dossier_of(path), refusal, event, path)
        for change in changes:
            if self._places.of(change.path) is Place.APPROVAL:
                self._read_record(change, event, rules)

    def _dossier_of(self, path: str) -> Dossier | None:
        return self.dossiers.get(document_of(path, self._places))

    def _read_record(self, change: Change, event: Event, rules: Rules) -> None:
        blob = file_blob(change)
        dossier = self._dossier_of(change.path)
        if blob is None or change.old_blob is not None:
            self._altered(change, dossier, event)
        read = self._evidence.records.get((change.path, blob)) if blob else None
        if read is None:
            return
        landed_as = self._landed_as.setdefault(read.blob, [])
        replayed = not self._decisions.used.isdisjoint(landed_as)
        landed_as.append((event.commit.id, change.path))
        if change.path.endswith(".yml"):
            # Whether it counts or not: the next record must name it.
            self._records_of.setdefault(read.document, []).append((event.index, read.blob))
        if event.index == 0 or change.old_blob is not None:
            return
        if dossier is None:
            told = f"{read.document or 'nothing'} is no document that has ever landed"
            self._fault(None, Refusal(FaultReason.NOTHING_TO_BIND, told), event, change.path)
        elif read.record is None:
            told = "the file cannot be read as an approval record"
            self._fault(dossier, Refusal(FaultReason.INVALID_RECORD, told), event, change.path)
        elif replayed:
            told = "the same bytes have counted as a record before"
            self._fault(dossier, Refusal(FaultReason.REPLAYED, told), event, change.path)
        else:
            self._use(read, dossier, event, rules)

    def _altered(self, change: Change, dossier: Dossier | None, event: Event) -> None:
        if change.new_blob is None:
            refusal = Refusal(
                FaultReason.RECORD_DELETED,
                "the record was deleted; what it approved stays approved, and the record belongs back",
            )
        elif file_blob(change) is None:
            refusal = Refusal(FaultReason.NOT_A_FILE, "a link or a submodule stands where a record should")
        else:
            refusal = Refusal(
                FaultReason.RECORD_CHANGED,
                "the record was changed after it had landed; what it said at first still counts",
            )
        self._fault(dossier, refusal, event, change.path)

    def _fault(self, dossier: Dossier | None, refusal: Refusal, event: Event, path: str) -> None:
        if dossier is None:
            self.faults.append(Fault(refusal.reason, refusal.words, event.commit.id, path))
        else:
            dossier.fault(refusal.reason, refusal.words, event=event, path=path)

    def _use(self, read: ReadRecord, dossier: Dossier, event: Event, rules: Rules) -> None:
        record = read.record
        assert record is not None, "only a record that can be read is used"
        bound: Bound | Refusal
        seal = self._seal(read, event, rules)
        if isinstance(seal, Refusal):
            bound = seal
        else:
            landed = LandedRecord(read.path, record, event, seal, self._scan(read.path, record))
            bound = bind(landed, dossier=dossier, rules=rules, readings=self._readings)
        if not isinstance(bound, Refusal):
            bound = self._prints.used_for(record, dossier.id) or bound
        if isinstance(bound, Refusal):
            self._fault(dossier, bound, event, read.path)
            return
        about = bound.issue.event if bound.issue is not None else dossier.event
        if isinstance(record.source, ForgeSource) and about is not None and not about.commit.is_merge:
            # A squash bears the date of the merge, and the review that it waited for is older than that.
            about = None
        if bound.early or (about is not None and record.date < self._authors.written_at(dossier.id, about)):
            told = "it is dated before the change that it is about was written"
            self._fault(dossier, Refusal(FaultReason.BEFORE_CONTENT, told), event, read.path)
        self._count(bound, record.meaning, dossier, event, rules)

    def _seal(self, read: ReadRecord, event: Event, rules: Rules) -> Seal | Refusal | None:
        """The signature beside a record; one that does not hold voids the record."""
        if read.blob in self._evidence.odd:
            told = (
                "it is not in the one form of a record (order of keys, plain scalars, line feeds), in which "
                "signed bytes and bytes of a program must be"
            )
            return Refusal(FaultReason.NOT_CANONICAL, told)
        signature = self._beside.signature(read.path)
        if signature is None:
            return None
        sealed = self._evidence.sealed(read, signature, event)
        if sealed is None:
            return Refusal(FaultReason.BAD_SIGNATURE, "the signature beside it cannot be read")
        return self._seals.of_record(sealed, rules.signers)

    def _scan(self, path: str, record: ApprovalRecord) -> str | None:
        """The sha256 of the scan beside a record, if it names one."""
        if not isinstance(record.source, ScanSource):
            return None
        blob = self._beside.scan(path, record.source.scan)
        return self._readings.checksum(blob) if blob is not None else None

    def _count(self, bound: Bound, meaning: Meaning, dossier: Dossier, event: Event, rules: Rules) -> None:
        claim, issue = bound.claim, bound.issue
        if meaning in (Meaning.APPROVAL, Meaning.REVIEW, Meaning.INTERIM):
            dossier.note_attested(claim)
            dossier.named_authors |= dict.fromkeys(identity(author) for author in bound.authors)
        if meaning is Meaning.REVIEW:
            dossier.reviews.append(claim.act)
            if dossier.content is not None:
                self.journal.counted(dossier.id, dossier.content, [claim.act], event=event, rules=rules)
            self._decisions.used.add((event.commit.id, claim.act.evidence))
        elif meaning is Meaning.APPROVAL:
            self._decisions.approve(dossier, claim, event, rules)
        elif event.proposed:
            return
        elif meaning is Meaning.INTERIM:
            self._decisions.approve_for_now(dossier, claim, event, rules)
        elif issue is not None:
            decide = self._decisions.confirm if meaning is Meaning.CONFIRMATION else self._decisions.withdraw
            decide(dossier, issue, claim, event, rules)
