"""By which rules an issue was judged: what was asked for then, and the approved files that said so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mkdocs_ems.control.authority import Mandate
from mkdocs_ems.control.journal import Completed, Step
from mkdocs_ems.control.terms import Meaning
from mkdocs_ems.control.values import Content
from mkdocs_ems.exports.verified_values import VerificationStep
from mkdocs_ems.git import Event

_WORDS = ("nobody", "one person", "two persons", "three persons", "four persons", "five persons")

Numbers = Mapping[tuple[str, object], int]


def rules_step(made: Completed, steps: Iterable[Step], *, editorial: bool) -> VerificationStep:
    """The step that names the rules by which an issue was approved.

    Args:
        made: how it came to be approved.
        steps: the whole journal, for the numbers of the rules themselves.
        editorial: it was approved as an editorial change.
    """
    rules = made.rules
    judged = (
        f"The step of {made.event.date.date()} was judged by the rules, persons and roles that had been "
        "approved before it. A change of them counts only after its own approval, by those before."
    )
    sentences = [judged, *(_asked(one, editorial=editorial) for one in made.asked)]
    sentences.append(_SEGREGATION[rules.settings.approval.segregation])
    if not rules.settings.approval.merge_approves:
        sentences.append("By these rules, merging approves nothing.")
    numbers = _numbers(steps, made.event)
    objects = (
        (_called(document, content, numbers), _read(content))
        for document, content in sorted(rules.read_from.items())
    )
    return VerificationStep("The rules that held then", tuple(sentences), tuple(objects))


def _asked(one: Mandate, *, editorial: bool) -> str:
    count = one.editorial_persons if editorial else one.persons
    persons = _WORDS[count] if count < len(_WORDS) else f"{count} persons"
    levels = " or ".join(level.word for level in sorted(one.accepts))
    change = "for an editorial change of the type" if editorial else "for the type"
    return (
        f"The approval matrix asked {change} {one.type or '(none)'}: {persons} with a role of "
        f"{' or '.join(one.roles)}, by evidence that is {levels}."
    )


_SEGREGATION = {
    "asserted": "Authors may not approve, and the names in git are believed (segregation: asserted).",
    "proved": "Authors may not approve, and signatures or reviews must prove it (segregation: proved).",
    "warn": "Authors should not approve; where one does, it is told and counts (segregation: warn).",
}


def _numbers(steps: Iterable[Step], event: Event) -> Numbers:
    """The issue that each approved content was, before an event."""
    return {
        (step.document, step.content.key): step.number
        for step in steps
        if isinstance(step, Completed)
        and step.meaning is Meaning.APPROVAL
        and (step.event.index < event.index or not step.event.index)
    }


def _called(document: str, content: Content, numbers: Numbers) -> str:
    number = numbers.get((document, content.key))
    return document if number is None else f"{document} issue {number}"


def _read(content: Content) -> str:
    files = [(content.path, content.blob), *((part.path, part.blob) for part in content.parts)]
    return "; ".join(f"{path}, blob {blob}" for path, blob in files)
