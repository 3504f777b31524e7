"""Document control from history: `derive_control`, the stage that the rest of the program calls.

Composes the two halves of the forward pass and what they read. The same chain, trust
root and date give the same value, whatever the machine, the clock and the checkout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial

from mkdocs_ems.control.blob_reader import BlobReader
from mkdocs_ems.control.branches import Branches
from mkdocs_ems.control.contents import Landing, Tracer
from mkdocs_ems.control.dates import odd_dates
from mkdocs_ems.control.evidence import Evidence, read_evidence
from mkdocs_ems.control.formerly import former_registers
from mkdocs_ems.control.journal import Completed
from mkdocs_ems.control.judge import Judge
from mkdocs_ems.control.parsed import Parsed
from mkdocs_ems.control.places import Place, Places
from mkdocs_ems.control.postponed import due_dates
from mkdocs_ems.control.readings import Readings
from mkdocs_ems.control.records import ReadRecord, document_of
from mkdocs_ems.control.rules_in_force import RULES_TYPES
from mkdocs_ems.control.sealing import Ledger
from mkdocs_ems.control.standing import stand
from mkdocs_ems.control.states import ControlState, DocumentControl, DueDates
from mkdocs_ems.control.terms import Fault, FaultReason
from mkdocs_ems.control.values import Content
from mkdocs_ems.diagnostics import Finding
from mkdocs_ems.git.values import Blobs, Event, History, KeptDigests, Signatures, Snapshot

_DATED = "action"
"""The type of register whose due dates are followed."""

Steps = list[tuple[Event, tuple[Landing, ...]]]


def derive_control(  # noqa: PLR0913 - a history, and all that its judgement depends on
    history: History,
    snapshot: Snapshot,
    *,
    blobs: Blobs,
    as_of: date,
    asked: bool = True,
    signatures: Signatures | None = None,
    digests: KeptDigests | None = None,
    parsed: Parsed | None = None,
) -> ControlState:
    """Derive issues, approvals and states of every document.

    Args:
        history: the chain from the trust root to the head.
        snapshot: the content at the head.
        blobs: reads file contents by object id; asked in batches. Old issues keep it for
            their titles and checksums.
        as_of: the date on which states are told. The chain counts whole whatever the date;
            only what has not yet come into force on it waits.
        asked: somebody named that date, and it may lie in the past. Otherwise a commit of the chain
            that is dated later cannot be right, and is told.
        signatures: commits as they were signed, and verdicts on signatures; without it no evidence
            with a signature counts.
        digests: what earlier runs learnt of contents; the ledger needs it of all that ever landed.
        parsed: what is known already of what contents say; more of it is parsed as it is asked for.

    Raises:
        SigningError: there are signatures, and they cannot be verified here.
    """
    places = Places(snapshot.content)
    reader = BlobReader(blobs, snapshot)
    readings = Readings(history, reader, parsed or Parsed(places))
    # Read when git is at work on contents, and once however often the chain is walked.
    evidence = cache(partial(read_evidence, history, readings, places, signatures))
    judged = partial(_judge, history, readings, places, evidence, as_of)
    judge = judged()
    documents = {}
    for identity, dossier in sorted(judge.dossiers.items()):
        standing = stand(dossier, rules=judge.rules, readings=readings, as_of=as_of)
        if standing is not None:
            documents[identity] = standing
    return ControlState(
        documents=documents,
        findings=tuple(_findings(evidence().records.values(), snapshot)),
        events=history.events,
        trust_root=history.trust_root,
        trust_root_named=history.named,
        faults=(
            *_moved(history, places),
            *odd_dates(history, as_of=as_of, asked=asked, day=judge.rules.day),
            *judge.faults,
        ),
        journal=tuple(judge.journal.steps),
        ledger=partial(_ledger, history, readings, judge, again=judged, digests=digests),
        former=partial(
            former_registers,
            history,
            snapshot,
            judge.dossiers.values(),
            reader=readings.reader,
            places=places,
        ),
        due_dates=partial(_due_dates, history, documents, readings.reader, places),
    )


def _due_dates(
    history: History, documents: Mapping[str, DocumentControl], reader: BlobReader, places: Places
) -> DueDates:
    paths = [one.path for one in documents.values() if one.type == _DATED]
    return due_dates(history, paths, kind=_DATED, reader=reader, places=places)


def _moved(history: History, places: Places) -> Iterator[Fault]:
    if history.began_in is not None:
        told = (
            f"the content stood in {history.began_in or 'the top folder'} at the trust root "
            f"{history.trust_root[:12]} and stands in {places.content or 'the top folder'} now: nothing "
            "there was taken over as approved. If the move is meant, name its commit with --trust-root "
            "or EMS_TRUST_ROOT"
        )
        yield Fault(FaultReason.CONTENT_MOVED, told, history.trust_root)


def _judge(
    history: History, readings: Readings, places: Places, evidence: Callable[[], Evidence], as_of: date
) -> Judge:
    """Walk the chain; again, if a content that counts turns out to say something else of itself."""
    while True:
        steps: Steps = list(Tracer(readings, places).trace(history))
        readings.reader.plan(_rules_contents(steps))
        readings.expect(_recorded_contents(steps, places), heads=_merged_last(steps))
        branches = Branches(history, readings, places)
        judge = Judge(readings, places, history, branches, evidence())
        judge.walk(steps)
        if not readings.settle() and not readings.study_heads(_shown_contents(judge, as_of)):
            return judge


def _ledger(
    history: History,
    readings: Readings,
    judge: Judge,
    *,
    again: Callable[[], Judge],
    digests: KeptDigests | None,
) -> Ledger:
    """The ledger; its rows stand for ever, so here every content that ever landed is read, and its head."""
    from mkdocs_ems.control.ledger import landed_contents, make_ledger  # noqa: PLC0415 - seldom asked for

    while readings.study_all(landed_contents(judge.journal.steps), digests):
        judge = again()
    steps = judge.journal.steps
    adopted = next((step for step in steps if isinstance(step, Completed)), None)
    return make_ledger(
        steps,
        trust_root=history.trust_root,
        repository=adopted.rules.settings.repository if adopted and not adopted.event.index else None,
        last=next(one.commit.id for one in reversed(history.events) if not one.proposed),
        tags=history.tags,
        manifest=readings.manifest,
    )


def _rules_contents(steps: Steps) -> Iterator[str]:
    for _, landings in steps:
        for landing in landings:
            if landing.head.type in RULES_TYPES and landing.content is not None:
                yield landing.content.blob


def _recorded_contents(steps: Steps, places: Places) -> Iterator[Content]:
    """The contents that had landed when a record of their document did: its checksums will be asked for."""
    landed: dict[str, Content | None] = {}
    for event, landings in steps:
        for landing in landings:
            landed[landing.id] = landing.content
        for change in event.changes if event.index else ():
            if places.of(change.path) is Place.APPROVAL:
                content = landed.get(document_of(change.path, places))
                if content is not None:
                    yield content


def _merged_last(steps: Steps) -> Iterable[Content]:
    """Of each document what a merge landed last: nearly always the issue in force, if no record made it."""
    landed: dict[str, Content] = {}
    for event, landings in steps:
        if event.commit.is_merge and not event.proposed:
            for landing in landings:
                if landing.content is not None:
                    landed[landing.id] = landing.content
    return landed.values()


def _shown_contents(judge: Judge, as_of: date) -> Iterator[Content]:
    for dossier in judge.dossiers.values():
        current = dossier.in_force_on(as_of)
        last = dossier.issues[-1] if dossier.issues else None
        yield from (issue.content for issue in {id(one): one for one in (current, last) if one}.values())
        for_now = dossier.interim_on(as_of)
        if for_now is not None:
            yield for_now.content
        if dossier.content is not None:
            yield dossier.content


def _findings(records: Iterable[ReadRecord], snapshot: Snapshot) -> Iterator[Finding]:
    """Faults of form in the records that stand at the head."""
    for read in sorted(records, key=lambda read: read.path):
        entry = snapshot.entries.get(read.path)
        if entry is not None and entry.blob == read.blob:
            yield from read.findings
