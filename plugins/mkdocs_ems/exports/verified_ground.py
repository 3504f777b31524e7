"""What the explanations of an issue and of a draft have in common: the chain, the content, its authors.

Reads the journal of one document; decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mkdocs_ems.control import ControlState, DocumentControl, Meaning
from mkdocs_ems.control.journal import Completed, Counted, Landed, Noted, Step
from mkdocs_ems.control.values import Content, Manifest
from mkdocs_ems.exports.verified_acts import act_step
from mkdocs_ems.exports.verified_values import VerificationStep
from mkdocs_ems.git import Blobs, Commit, Event
from mkdocs_ems.text import plural

_FOR_A_CONTENT = (Meaning.APPROVAL, Meaning.REVIEW, Meaning.INTERIM)


class Ground:
    """One document, and the event that landed the content in question."""

    def __init__(  # noqa: PLR0913 - what a verification is of, each by its name
        self,
        document: DocumentControl,
        landed: Event,
        number: int,
        *,
        state: ControlState,
        commits: Mapping[str, Commit],
        blobs: Blobs,
    ) -> None:
        self._document = document
        self._landed = landed
        self._state = state
        self._commits = commits
        self._blobs = blobs
        self._steps: list[Step] = [step for step in state.journal if step.document == document.id]
        self._approvals = [
            step for step in self._steps if isinstance(step, Completed) and step.meaning is Meaning.APPROVAL
        ]
        self._number = number
        self._before = next((step for step in reversed(self._approvals) if step.number < number), None)

    def beginning(self) -> VerificationStep:
        """Where the chain begins and ends, and where on it the content stands."""
        root = self._state.events[0]
        last = next(event for event in reversed(self._state.events) if not event.proposed)
        how = "It was named by whoever asked."
        if not self._state.trust_root_named:
            how = "Nobody named it: it is the first commit that holds the rules (ems.yml)."
        where = "is not on the main branch yet" if self._landed.proposed else f"is step {self._landed.index}"
        counting = (
            "What counts is what landed on the main branch, step by step, from the trust root of "
            f"{root.date.date()} on. What stood there then counts as approved. {how}"
        )
        order = (
            f"{plural(last.index, 'step')} came after it. Their order is that of the chain, whatever their "
            f"dates say; what landed this content {where}."
        )
        objects = (("trust root", f"commit {root.commit.id}"), ("last step", f"commit {last.commit.id}"))
        return VerificationStep("Where counting begins", (counting, order), objects)

    def content(self, content: Content, manifest: Manifest | None) -> VerificationStep:
        """What landed, file by file.

        Args:
            content: the content.
            manifest: its checksums; None where they are not known yet.
        """
        event, identity = self._landed, self._document.id
        sentences = [_how_it_landed(event, identity, self._named(event))]
        if content.parts:
            sentences.append("The pictures and attachments that it embeds are part of the content.")
        sentences.append(
            f"It is {identity} because the file says so, wherever it lies: moved, it keeps its approval; "
            "changed, it needs another."
        )
        objects = [("landed by", _commit(event.commit, self._named(event)))]
        objects += [("brought in", _commit(self._commits[one])) for one in event.brought]
        path = next((one.path for one in event.changes if one.new_blob == content.blob), content.path)
        objects.append(("file", _file(path, content.blob, manifest.main if manifest else None)))
        for part in content.parts:
            digest = manifest.parts[part.target] if manifest else None
            objects.append(("embedded", _file(part.path, part.blob, digest)))
        return VerificationStep("What landed", tuple(sentences), tuple(objects))

    def _named(self, event: Event) -> str:
        """Who made an event, by the register of persons, with the name that git gives where it is another."""
        landed = (one for one in self._steps if isinstance(one, Landed) and one.event.index == event.index)
        step = next(landed, None)
        said = event.commit.author.name or "nobody"
        known = step.rules.directory.person(event.commit.author).name if step else ""
        return f"{known} (git names “{said}”)" if known and known != said else said

    def writing(self, authors: Sequence[str], upto: Event) -> VerificationStep:
        """Who wrote it, and by which steps of the chain their changes came.

        Args:
            authors: the authors by name.
            upto: the last event that is looked at.
        """
        before, withdrawn = self._last_standing(upto)
        first = before.event.index if before else 0
        since = f"since issue {before.number} was approved" if before else "so far"
        if withdrawn:
            since += f", those of issue {withdrawn} among them because it was withdrawn"
        names = ", ".join(authors) or "nobody whose name is in evidence"
        counted = (
            f"The authors are all who changed the document {since}, whether or not their text still stands "
            f"in it: {names}."
        )
        compared = (
            "Persons are compared, not addresses: every address that the approved register of persons lists "
            "for somebody is that person."
        )
        objects = tuple(
            ("changed by", f"{_people(step)}, landed {step.event.date.date()}, commit {step.event.commit.id}")
            for step in self._steps
            if isinstance(step, Landed) and first < step.event.index <= upto.index
        )
        return VerificationStep("Who wrote it", (counted, compared), objects)

    def _last_standing(self, upto: Event) -> tuple[Completed | None, int | None]:
        """The approval since which authors count, and the number of the issue that was withdrawn after it."""
        gone = {
            step.number
            for step in self._steps
            if isinstance(step, Completed)
            and step.meaning is Meaning.WITHDRAWAL
            and step.event.index <= upto.index
        }
        before, withdrawn = self._before, None
        # Of what was adopted nobody knows who wrote it.
        while before is not None and before.number in gone and before.authors:
            withdrawn, number = withdrawn or before.number, before.number
            before = next((step for step in reversed(self._approvals) if step.number < number), None)
        return before, withdrawn

    def acts(self, content: Content, upto: Event) -> Iterator[VerificationStep]:
        """Each act that counted for the content under this number, or reviewed it."""
        for step in self._steps:
            if (
                isinstance(step, Counted)
                and step.content.key == content.key
                and step.act.issue == self._number
                and step.act.meaning in _FOR_A_CONTENT
                and self._landed.index <= step.event.index <= upto.index
            ):
                yield act_step(step, blobs=self._blobs, landed=self._landed, steps=self._state.journal)

    def not_counted(self, upto: Event) -> Iterator[VerificationStep]:
        """Evidence for the content that did not count, or that somebody should look at."""
        noted = [
            step
            for step in self._steps
            if isinstance(step, Noted) and self._landed.index <= step.event.index <= upto.index
        ]
        if noted:
            sentences = dict.fromkeys(_sentence(step.fault.words) for step in noted)
            objects = dict.fromkeys(
                (step.fault.reason.value, f"{step.fault.path or 'evidence'}, commit {step.event.commit.id}")
                for step in noted
            )
            yield VerificationStep(
                "What did not count, or is to be looked at", tuple(sentences), tuple(objects)
            )


def _how_it_landed(event: Event, document: str, who: str) -> str:
    when = event.date.date()
    content = f"This content of {document}"
    if event.proposed:
        return f"{content} is proposed: it has not landed on the main branch."
    if not event.index:
        return f"{content} stood in the trust root of {when}."
    if event.commit.is_merge:
        brought = plural(len(event.brought), "commit")
        return (
            f"{content} landed on the main branch on {when} by a merge of {who}, which brought in {brought}."
        )
    return f"{content} landed on the main branch on {when} by one commit of {who}."


def _commit(commit: Commit, who: str = "") -> str:
    return f"commit {commit.id}, “{commit.subject}”, by {who or commit.author.name or 'nobody'}"


def _file(path: str, blob: str, digest: str | None) -> str:
    return f"{path}, blob {blob}{f', sha256 {digest}' if digest else ''}"


def _people(step: Landed) -> str:
    people = (step.rules.directory.person(one).name for one in step.authors)
    return ", ".join(dict.fromkeys(name or "somebody" for name in people)) or "nobody"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
