"""Why an issue of a document counts as approved: each step of the reasoning, with the objects it rests on.

Told from the journal of the forward pass, so it says what was decided and not what somebody thinks
was. Every sentence is for an auditor who knows no git; beside it stand the ids by which anybody
finds the same again. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mkdocs_ems.control import ControlState, DocumentControl, Issue, Meaning, Pending, Segregation
from mkdocs_ems.control.journal import Completed
from mkdocs_ems.control.periods import issue_last, state_words
from mkdocs_ems.control.values import Content
from mkdocs_ems.exports.periods import interim_period, issue_period
from mkdocs_ems.exports.register import person_name
from mkdocs_ems.exports.verified_ground import Ground
from mkdocs_ems.exports.verified_rules import rules_step
from mkdocs_ems.exports.verified_values import Verification, VerificationStep
from mkdocs_ems.git import Blobs, Commit


def issue_numbers(document: DocumentControl) -> tuple[int, ...]:
    """The issues that can be verified, the draft of the next one among them."""
    drafted = document.pending is not None and document.pending.content is not None
    return (*(issue.number for issue in document.issues), *((document.next_issue,) if drafted else ()))


def verify(  # noqa: PLR0913 - what a verification is of, each by its name
    document: DocumentControl,
    number: int | None,
    *,
    state: ControlState,
    commits: Mapping[str, Commit],
    blobs: Blobs,
    as_of: date,
) -> Verification | None:
    """Explain one issue of a document; None where it has none of this number.

    Args:
        document: the document.
        number: the issue; None for the one in force, else for the latest, else for the draft.
        state: document control at the head.
        commits: every commit behind the chain, for who wrote what a merge brought in.
        blobs: where records are read: call while the repository is open.
        as_of: the day for which it is told whether the issue is in force.
    """
    if number is None:
        latest = document.in_force or (document.issues[-1] if document.issues else None)
        number = latest.number if latest else document.next_issue
    issue = next((one for one in document.issues if one.number == number), None)
    if issue is not None:
        return _Issue(document, issue, state=state, commits=commits, blobs=blobs).told(as_of)
    pending = document.pending
    if pending is None or pending.content is None or number != document.next_issue:
        return None
    return _Draft(document, pending, pending.content, state=state, commits=commits, blobs=blobs).told()


class _Issue(Ground):
    """An issue."""

    def __init__(
        self,
        document: DocumentControl,
        issue: Issue,
        *,
        state: ControlState,
        commits: Mapping[str, Commit],
        blobs: Blobs,
    ) -> None:
        super().__init__(document, issue.event, issue.number, state=state, commits=commits, blobs=blobs)
        self._issue = issue
        made = [step for step in self._approvals if step.number == issue.number]
        self._made, self._final = made[0], made[-1]

    def told(self, as_of: date) -> Verification:
        issue, identity = self._issue, self._document.id
        result = (
            f"Issue {issue.number} of {identity} is {self._stands()} on {as_of}; its approval is "
            f"{issue.level.word}."
        )
        steps = self._adopted() if not self._made.acts else self._approved()
        return Verification(identity, issue.title, issue.number, result, (*steps, self._in_force(as_of)))

    def _stands(self) -> str:
        """Its state, with the interim text that applies in its place, or the approved end of it."""
        return state_words(self._issue, self._document)

    def _adopted(self) -> Iterator[VerificationStep]:
        yield self.beginning()
        yield self.content(self._issue.content, self._issue.manifest)
        why = (
            "It stood in the trust root, so it was taken over as approved when the system was adopted. Who "
            "wrote it and who approved it before is not in evidence here: look at what the organisation "
            "used before."
        )
        yield VerificationStep("Why it counts as approved", (why,))
        if self._final is not self._made:
            yield from self.acts(self._issue.content, self._final.event)
            yield VerificationStep("What comes of it", (_strengthened(self._final),))
        yield from self.not_counted(self._final.event)

    def _approved(self) -> Iterator[VerificationStep]:
        issue, made = self._issue, self._made
        yield self.beginning()
        yield self.content(issue.content, issue.manifest)
        yield rules_step(made, self._state.journal, editorial=issue.editorial)
        yield self.writing([person_name(one) for one in made.authors], made.event)
        yield from self.acts(issue.content, self._final.event)
        yield self._decision()
        yield from self.not_counted(self._final.event)

    def _decision(self) -> VerificationStep:
        made, final = self._made, self._final
        persons = len({act.person.key for act in made.acts})
        whole = "with one person it was whole" if persons == 1 else f"with {persons} persons it was whole"
        before = self._before
        number = f"the number after issue {before.number}" if before else "the first number"
        became = (
            f"By the step of {made.event.date.date()} the approval had all that was asked for: {whole}. The "
            f"content became issue {made.number}, {number}; only approved contents are counted."
        )
        again = [
            one for one in self._approvals if one.number < made.number and one.content.key == made.content.key
        ]
        if again:
            became += f" It is a re-issue of issue {again[-1].number}: the same content, approved once more."
        level = (
            "The level of an issue is the highest at which the evidence of that level and above is enough by "
            f"itself. By that step it was {made.level.word}."
        )
        sentences = [became, _SEGREGATION[made.segregation or Segregation.ASSERTED], level]
        objects = [("approved at", f"commit {made.event.commit.id}")]
        if final is not made:
            sentences.append(_strengthened(final))
            objects.append(("strengthened at", f"commit {final.event.commit.id}"))
        return VerificationStep("What comes of it", tuple(sentences), tuple(objects))

    def _in_force(self, as_of: date) -> VerificationStep:
        issue, pending = self._issue, self._document.pending
        begin, last, period = issue.effective_from, issue_last(issue), issue_period(issue, self._document)
        if issue.effective_to and last is None:
            verb = "was" if period.startswith("in force") else "will be" if begin > as_of else "was"
        elif begin > as_of:
            verb = "will be"
        else:
            verb = "is" if last is None or last >= as_of else "was"
        sentences = [f"It {verb} {period}."]
        interim = self._document.interim
        if interim is not None and issue is self._document.in_force:
            sentences.append(
                "Meanwhile it is suspended: in its place another text applies, which is "
                f"{interim_period(interim)} by an interim approval."
            )
        objects: list[tuple[str, str]] = []
        for step in self._steps:
            if isinstance(step, Completed) and step.number == issue.number and step.meaning in _AFTERWARDS:
                who = ", ".join(dict.fromkeys(person_name(act.person) for act in step.acts))
                was = "is to be" if step.meaning is Meaning.WITHDRAWAL and step.from_ > as_of else "was"
                sentences.append(f"It {was} {_AFTERWARDS[step.meaning]} by {who}, as of {step.from_}.")
                objects += [(step.meaning.value, f"{act.evidence}, commit {act.event}") for act in step.acts]
        sentences.append(f"On {as_of} it is {self._stands()}.")
        if pending is not None and pending.content is not None:
            sentences.append(f"A later content is not approved: it {pending.missing}.")
        elif pending is not None:
            sentences.append(f"Its file is gone: {pending.missing}.")
        return VerificationStep("Since when, and until when", tuple(sentences), tuple(objects))


class _Draft(Ground):
    """A content that is not approved."""

    def __init__(  # noqa: PLR0913 - as `verify`
        self,
        document: DocumentControl,
        pending: Pending,
        content: Content,
        *,
        state: ControlState,
        commits: Mapping[str, Commit],
        blobs: Blobs,
    ) -> None:
        super().__init__(
            document, pending.event, document.next_issue, state=state, commits=commits, blobs=blobs
        )
        self._pending = pending
        self._drafted = content

    def told(self) -> Verification:
        document = self._document
        result = f"This content is the draft of issue {document.next_issue} of {document.id}: not approved."
        return Verification(document.id, document.title, None, result, tuple(self._waiting()))

    def _waiting(self) -> Iterator[VerificationStep]:
        last, pending = self._state.events[-1], self._pending
        yield self.beginning()
        yield self.content(self._drafted, None)
        yield self.writing([person_name(one) for one in pending.authors], last)
        yield from self.acts(self._drafted, last)
        sentences = [f"It {pending.missing}."]
        for one in pending.waits_for:
            names = ", ".join(person_name(person) for person in one.candidates) or "nobody at present"
            sentences.append(f"Who could approve it as {' or '.join(one.roles)}: {names}.")
        yield VerificationStep("What it waits for", tuple(sentences))
        yield from self.not_counted(last)


_AFTERWARDS = {
    Meaning.CONFIRMATION: "looked at and found right",
    Meaning.WITHDRAWAL: "withdrawn",
}

_SEGREGATION = {
    Segregation.PROVED: "Author and approver are different persons, and that is proved: every change since "
    "the last approval is signed by, or attested to, somebody other than those who approved.",
    Segregation.ASSERTED: "None of those who approved is among the authors, as far as the names in git go; "
    "names in git can be written by anybody.",
    Segregation.SELF: "Somebody who approved is among the authors. It counts only because the approved rules "
    "merely warn of that.",
}


def _strengthened(final: Completed) -> str:
    shown = f", {final.segregation.value}" if final.segregation else ""
    return (
        f"Later evidence for the same content made it {final.level.word}{shown} by the step of "
        f"{final.event.date.date()}."
    )
