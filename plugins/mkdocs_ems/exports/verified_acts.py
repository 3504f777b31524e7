"""One act of approval, and why it counts: who, in which role, for exactly which content, how we know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from mkdocs_ems.control.journal import Counted, Step
from mkdocs_ems.control.places import RULES_ID
from mkdocs_ems.control.terms import Level, Meaning
from mkdocs_ems.control.values import Act
from mkdocs_ems.exports.register import person_name
from mkdocs_ems.exports.verified_values import VerificationStep
from mkdocs_ems.git import Blobs, Event, Identity
from mkdocs_ems.source import parse_file

_TITLES = {
    Meaning.REVIEW: "A review",
    Meaning.APPROVAL: "An approval that counted",
    Meaning.CONFIRMATION: "A confirmation that counted",
    Meaning.INTERIM: "An approval for the interim",
    Meaning.WITHDRAWAL: "A withdrawal that counted",
}


def act_step(step: Counted, *, blobs: Blobs, landed: Event, steps: Iterable[Step]) -> VerificationStep:
    """The step for one act.

    Args:
        step: the act, and the event from which it counts.
        blobs: where its record is read.
        landed: the event that landed the content.
        steps: the whole journal, for the event that brought the evidence.
    """
    act = step.act
    event = next((one.event for one in steps if one.event.commit.id == act.event), step.event)
    name = act.person.name or act.principal
    sentences = [*_sentences(act, step, event, landed)]
    objects = [("approver", f"{person_name(act.person)}, named as {act.principal}")]
    objects += _evidence(act, event, blobs)
    if act.key:
        signers = step.rules.read_from.get(RULES_ID)
        parts = signers.parts if signers else ()
        objects.append(("key", act.key))
        objects += [("keys approved then", f"{part.path}, blob {part.blob}") for part in parts]
    if act.review:
        objects.append(("review", act.review))
    return VerificationStep(f"{_TITLES[act.meaning]}: {name}", tuple(sentences), tuple(objects))


def _sentences(act: Act, step: Counted, event: Event, landed: Event) -> Iterator[str]:
    yield act.sentence
    if act.meaning is Meaning.REVIEW:
        yield "A review is shown, and counts for nothing else."
    elif act.role:
        day = step.rules.day(event.date)
        acted = f"stood in for the holder of {act.role}" if act.deputy_for else f"held the role {act.role}"
        yield f"By the registers of persons and roles that held then, that person {acted} on {day}."
    if act.evidence.endswith(".yml"):
        yield (
            "The record names this repository, this document, the number of the issue, the sha256 of every "
            "file of this content, and all records that were there before the content landed: it counts "
            "for nothing else, and once."
        )
    else:
        yield "It is evidence for what came onto the main branch by that step, and for nothing else."
    yield _LEVELS[act.level]
    if event.index > landed.index:
        yield (
            f"Between the landing (step {landed.index}) and the act (step {event.index}) the content did "
            "not change."
        )
    if act.effective_from:
        yield f"It asks that the issue comes into force on {act.effective_from}, never before its approval."
    if act.valid_until:
        yield f"It holds until {act.valid_until} and ends by itself."


_LEVELS = {
    Level.DRAFT: "",
    Level.ADOPTED: "It was taken over at adoption.",
    Level.DECLARED: "Level declared: somebody wrote the approver's name down; the approver's own act is not "
    "in evidence.",
    Level.PAPER: "Level paper: declared, and a scan of the signed print is kept, whose sha256 the "
    "record names.",
    Level.RECORDED: "Level recorded: git names the approver as author of the step itself; whoever may push "
    "to the main branch could have written that name.",
    Level.ATTESTED: "Level attested: the import job signed that the forge holds this review, by an account "
    "of the approver that neither opened, pushed nor wrote the change.",
    Level.SIGNED: "Level signed: the signature fits the bytes and the key, which was approved and valid "
    "then, at the later of the record's date and the step's.",
}


def _evidence(act: Act, event: Event, blobs: Blobs) -> Iterator[tuple[str, str]]:
    commit = event.commit
    if act.evidence.endswith(".yml"):
        there = {change.path: change.new_blob for change in event.changes if change.new_blob}
        for label, path in (("record", act.evidence), ("signature", _signature(act.evidence, there))):
            blob = there.get(path)
            if blob is not None:
                digest = sha256(blobs.read([blob])[blob]).hexdigest()
                yield label, f"{path}, blob {blob}, sha256 {digest}"
        if act.level is Level.PAPER and there.get(act.evidence):
            yield from _scan(act.evidence, blobs.read([there[act.evidence]])[there[act.evidence]], there)
        yield (
            "added by",
            f"commit {commit.id}, author {_who(commit.author)}, committer {_who(commit.committer)}",
        )
    else:
        yield "evidence", f"commit {act.evidence}"
        if act.evidence != commit.id:
            yield "landed by", f"commit {commit.id}"
        yield "author of that step", _who(commit.author)
    yield "claimed date", f"{act.done.isoformat()} (step dated {event.date.isoformat()})"


def _scan(record: str, data: bytes, there: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The scan that a record names: its place, and the checksum by which the record binds it."""
    said = parse_file(record, data, content="")[0].data.get("source")
    name, digest = (said.get("scan"), said.get("sha256")) if isinstance(said, dict) else (None, None)
    if isinstance(name, str):
        path = f"{record.rpartition('/')[0]}/{name}"
        blob = f", blob {there[path]}" if path in there else ", kept with an earlier record"
        yield "scan", f"{path}{blob}, sha256 {digest}"


def _signature(record: str, there: dict[str, str]) -> str:
    plain = f"{record.removesuffix('.yml')}.sig"
    return plain if plain in there else f"{record}.sig"


def _who(identity: Identity) -> str:
    return f"{identity.name} <{identity.mail}>"
