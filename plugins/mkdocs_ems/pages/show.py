"""How the value of one field is shown: a function for each form of value.

Each takes the value, never None or empty, and the page's links, and gives markup in
which everything that content wrote is escaped. Nothing here knows which kind of
entity a field belongs to; `fields` says that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from mkdocs_ems.model.entities import (
    Baseline,
    Commitments,
    Condition,
    Criterion,
    Deputy,
    Evaluation,
    HeldRole,
    Impact,
    InterimTarget,
    NoCondition,
    Quantity,
    Target,
    Verification,
)
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.pages import words
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.pieces import within

_LIST, _NEXT, _END = Markup("<ul><li>"), Markup("</li><li>"), Markup("</li></ul>")

Show = Callable[[Any, Links], Markup]
"""From a field's value to its markup."""


def text(value: str, links: Links) -> Markup:
    """Words of the author's, with `[[ID]]` linked."""
    return links.prose(value)


def word(value: str, _links: Links) -> Markup:
    """A code of an enumeration, in words."""
    return escape(words.words(value))


def flag(value: bool, _links: Links) -> Markup:  # noqa: FBT001 - the value of a field, not an option
    """Yes or no."""
    return escape("yes" if value else "no")


def day(value: date, _links: Links) -> Markup:
    """A date."""
    return Markup('<span class="ems-keep">%s</span>') % words.day(value)


def number(value: float, _links: Links) -> Markup:
    """A number."""
    return escape(words.number(value))


def interval(value: Interval, _links: Links) -> Markup:
    """A span of calendar time."""
    return escape(str(value))


def reference(value: str, links: Links) -> Markup:
    """What an id means."""
    return links.named(value)


def address(value: str, links: Links) -> Markup:
    """A link to another place, if its scheme is harmless."""
    return links.address(value)


def many(show: Show) -> Show:
    """Several values of one form: a list, or the one alone."""

    def shown(values: Sequence[object], links: Links) -> Markup:
        return bullets([show(value, links) for value in values])

    return shown


def inline(values: Sequence[str], _links: Links) -> Markup:
    """Several short codes in one line."""
    return escape(", ".join(words.words(value) for value in values))


def verbatim(values: Sequence[str], _links: Links) -> Markup:
    """Several short texts in one line, as written."""
    return escape(", ".join(values))


def clauses(values: Sequence[str], links: Links) -> Markup:
    """Clause numbers in one line, each linked to its place in the coverage."""
    return Markup(", ").join(links.clause(value) for value in values)


def bullets(parts: Sequence[Markup]) -> Markup:
    """A list; one part alone needs none."""
    if len(parts) == 1:
        return parts[0]
    return within(_LIST, parts, _NEXT, _END)


def impact(value: Impact, links: Links) -> Markup:
    """An impact with what is known of it in brackets."""
    return _with(links.prose(value.text), (words.words(value.polarity), value.receptor, value.scale))


def quantity(value: Quantity, _links: Links) -> Markup:
    """An amount with its unit and year."""
    return _with(escape(f"{words.number(value.value)} {value.unit}"), (_maybe(value.year),))


def condition(value: Condition, links: Links) -> Markup:
    """One condition of a permit or law."""
    limit = _amount(value.limit, value.unit)
    body = links.prose(value.text)
    if value.ref:
        body = Markup("<strong>{}</strong> {}").format(value.ref, body)
    return _with(body, (value.kind and words.words(value.kind), limit and f"limit {limit}", value.frequency))


def criterion(value: Criterion, links: Links) -> Markup:
    """An operating criterion: parameter, limits, words."""
    low, high = _amount(value.min, value.unit), _amount(value.max, value.unit)
    if low and high:
        limits = f"{words.number(value.min or 0)} to {high}"
    else:
        limits = f"at least {low}" if low else f"at most {high}" if high else value.unit or ""
    said = Markup(": ").join(part for part in (escape(value.parameter), escape(limits)) if part)
    return Markup("{}; {}").format(said, links.prose(value.text)) if value.text else said


def verification(value: Verification, links: Links) -> Markup:
    """How and how often a control is verified."""
    return _with(links.prose(value.method or "method not given"), (value.frequency,))


def evaluation(value: Evaluation, _links: Links) -> Markup:
    """How and how often compliance is evaluated."""
    every = value.frequency_months and f"every {value.frequency_months} months"
    return escape(", ".join(part for part in (every, value.method and words.words(value.method)) if part))


def held_role(value: HeldRole, links: Links) -> Markup:
    """A role that a person holds, and when."""
    return _with(links.named(value.role), (_period(value.from_, value.to),))


def deputy(value: Deputy, links: Links) -> Markup:
    """A person who stands in, and when."""
    return _with(links.named(value.person), (_period(value.from_, value.to),))


def no_condition(value: NoCondition, links: Links) -> Markup:
    """A declared absence of a condition."""
    return Markup("{}: {}").format(words.words(value.condition), links.prose(value.reason))


def baseline(value: Baseline, _links: Links) -> Markup:
    """Where an objective starts."""
    return _with(escape(_amount(value.value, value.unit) or ""), (value.period,))


def target(value: Target, _links: Links) -> Markup:
    """What an objective shall reach, and by when."""
    by = value.date and f" by {words.day(value.date)}"
    return escape(f"{_amount(value.value, value.unit)}{by or ''}")


def interim_target(value: InterimTarget, _links: Links) -> Markup:
    """A step on the way."""
    return escape(f"{words.number(value.value)} by {words.day(value.date)}")


def commitment(value: str, links: Links) -> Markup:
    """A heading of the policy, linked where there is a policy."""
    if not value.startswith("#") or links.policy is None:
        return links.prose(value)
    address = f"{links.up}{links.policy.page}#{quote(value[1:], safe='')}"
    return Markup('<a href="{}">{}</a>').format(address, words.sentence(value[1:].replace("-", " ")))


def commitments(value: Commitments, _links: Links) -> Markup:
    """Where a policy makes each commitment, linked to the heading on its own page."""
    made: list[Markup] = []
    for name, info in type(value).model_fields.items():
        heading = getattr(value, name)
        if heading:
            anchor = quote(heading.removeprefix("#"), safe="")
            made.append(Markup('<a href="#{}">{}</a>').format(anchor, info.title or name))
    return bullets(made) if made else escape("none named")


def _with(body: Markup, extras: Iterable[str | None]) -> Markup:
    said = ", ".join(extra for extra in extras if extra)
    return Markup('%s <span class="ems-aside">(%s)</span>') % (body, said) if said else body


def _amount(value: float | None, unit: str | None) -> str | None:
    if value is None:
        return None
    return f"{words.number(value)} {unit}" if unit else words.number(value)


def _maybe(value: object) -> str | None:
    return None if value is None else str(value)


def _period(start: date | None, end: date | None) -> str | None:
    if start and end:
        return f"{words.day(start)} to {words.day(end)}"
    if start:
        return f"since {words.day(start)}"
    return f"until {words.day(end)}" if end else None
