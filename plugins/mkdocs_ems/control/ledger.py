"""The ledger: what happened to every document, in rows that are only ever added, each sealed by the next.

Told from the journal of the forward pass and from nothing else. A row holds only what its event
fixes, so whatever happens later leaves it as it is; later evidence is a later row. Each row bears
the sha256 of the row before it, the first that of the heading, so the head (the sha256 of the last
row) vouches for all of them. Tags can be moved by whoever may push: they are a list beside the rows.
Compares nothing and writes no file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from mkdocs_ems.control.journal import Completed, Counted, Landed, Step
from mkdocs_ems.control.sealing import Ledger, LedgerTag, Row, Value, chained
from mkdocs_ems.control.values import Act, Content, Manifest
from mkdocs_ems.git.values import Tag


def make_ledger(  # noqa: PLR0913 - what a ledger is of, each by its name
    steps: Iterable[Step],
    *,
    trust_root: str,
    repository: str | None,
    last: str,
    tags: Iterable[Tag],
    manifest: Callable[[Content], Manifest],
) -> Ledger:
    """Write the ledger of a chain.

    Args:
        steps: the journal; what is only proposed is left out.
        trust_root: the commit at which the chain begins.
        repository: the repository's id by the rules of the trust root.
        last: the last event of the chain that is not only proposed.
        tags: all tags of the repository.
        manifest: gives the checksums of a content; asked for every content that ever landed.
    """
    rows, head = chained(_rows(steps, manifest), trust_root=trust_root, repository=repository)
    listed = tuple(LedgerTag(tag.name, tag.object, tag.target, tag.inner) for tag in tags)
    return Ledger(trust_root, repository, rows, listed, last, head)


def landed_contents(steps: Iterable[Step]) -> Iterator[Content]:
    """Every content that ever landed: what a ledger will ask the checksums of."""
    for step in steps:
        if isinstance(step, Landed) and step.content is not None and not step.event.proposed:
            yield step.content


def _rows(steps: Iterable[Step], manifest: Callable[[Content], Manifest]) -> Iterator[Row]:
    for step in steps:
        if step.event.proposed:
            continue
        match step:
            case Landed():
                yield _content_row(step, manifest)
            case Counted():
                yield _evidence_row(step)
            case Completed():
                yield _issue_row(step)


def _content_row(step: Landed, manifest: Callable[[Content], Manifest]) -> Row:
    """A content that landed; without a manifest where the file went."""
    content = step.content
    directory = step.rules.directory
    return {
        "row": "content",
        "event": step.event.commit.id,
        "date": _moment(step.event.date),
        "document": step.document,
        "path": content.path if content else None,
        "manifest": _manifest(manifest(content)) if content else None,
        "authors": list(dict.fromkeys(directory.person(author).key for author in step.authors)),
    }


def _manifest(made: Manifest) -> Value:
    return {"main": made.main, "parts": dict(made.parts)}


def _evidence_row(step: Counted) -> Row:
    """An act that counts from this event on."""
    act = step.act
    return {
        "row": "evidence",
        "event": step.event.commit.id,
        "date": _moment(step.event.date),
        "document": step.document,
        "issue": act.issue,
        "meaning": act.meaning.value,
        "evidence": act.evidence,
        "level": act.level.word,
        "approver": act.person.key,
        "principal": act.principal,
        "role": act.role,
        "deputy_for": act.deputy_for,
        "key": act.key or None,
        "review": act.review or None,
        "claimed": _moment(act.done),
        "effective_from": act.effective_from.isoformat() if act.effective_from else None,
        "valid_until": act.valid_until.isoformat() if act.valid_until else None,
        "editorial": act.editorial,
    }


def _issue_row(step: Completed) -> Row:
    """Content and evidence met."""
    return {
        "row": "issue",
        "event": step.event.commit.id,
        "date": _moment(step.event.date),
        "document": step.document,
        "issue": step.number,
        "meaning": step.meaning.value,
        "landed": step.landed.commit.id,
        "level": step.level.word,
        "segregation": step.segregation.value if step.segregation else None,
        "approvals": list(dict.fromkeys(_approval(act) for act in step.acts)),
        "effective_from": step.from_.isoformat(),
    }


def _approval(act: Act) -> str:
    return act.evidence


def _moment(when: datetime) -> str:
    try:
        moment = when.astimezone(UTC)
    except OverflowError:  # on the first or last day of the calendar
        moment = when
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
