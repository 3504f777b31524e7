"""Which fields of each kind a reader sees, under which label, and how each is shown.

Label and order come from the models, and how a value is shown from its type, so a
new field appears by itself. What stays out stands here with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.model import RECORD_TYPES, Entity, Kind, Shape
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
from mkdocs_ems.model.fields import Interval, Refers
from mkdocs_ems.pages import show
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.show import Show


@dataclass(frozen=True, slots=True)
class Field:
    """One field as a reader sees it."""

    name: str
    label: str
    show: Show
    opening: Markup
    """What stands before its value in a list of facts."""


CLOSING = Markup("</dd></div>\n")
"""What stands after a value in a list of facts."""


LEFT_OUT: Mapping[str, Mapping[str, str]] = {
    "": {
        "id": "stands in the heading",
        "title": "stands in the heading",
    },
    **{key: {"type": "stands above the heading"} for key in RECORD_TYPES},
    "aspect": {
        "criteria": "stands in the section on significance",
        "score": "compared in the section on significance",
        "significant": "compared in the section on significance",
        "override": "stands in the section on significance",
    },
    "obligation": {
        "conditions": "stand in the section on how it is met",
        "evaluation": "stands in the section on how it is met",
    },
    "measurement": {
        "limits": "stand in the section on readings",
        "no_readings": "stands in the section on readings",
    },
    "instrument": {
        "calibrations": "stand in a section of their own",
    },
    "person": {
        "git_identities": "mail addresses are personal data; of people, names and roles are published",
        "forge_accounts": "accounts are personal data",
        "employer": "personal data",
        "end_date": "personal data",
        "notes": "personal data",
        "links": "personal data",
        "tags": "personal data",
    },
}
"""Fields that no table shows, by kind (empty: every kind), and why."""

_BY_TYPE: Mapping[object, Show] = {
    str: show.text,
    bool: show.flag,
    int: show.number,
    float: show.number,
    date: show.day,
    Interval: show.interval,
    Baseline: show.baseline,
    Commitments: show.commitments,
    Condition: show.condition,
    Criterion: show.criterion,
    Deputy: show.deputy,
    Evaluation: show.evaluation,
    HeldRole: show.held_role,
    Impact: show.impact,
    InterimTarget: show.interim_target,
    NoCondition: show.no_condition,
    Quantity: show.quantity,
    Target: show.target,
    Verification: show.verification,
}

_BY_NAME: Mapping[str, Show] = {
    "url": show.address,
    "public_url": show.address,
    "links": show.many(show.address),
    "policy_commitments": show.many(show.commitment),
    "clauses": show.clauses,
    "criterion_clauses": show.clauses,
    "tags": show.verbatim,
}
"""Texts that mean more than their type says."""


@cache
def fields(kind: Kind) -> tuple[Field, ...]:
    """The fields of a kind in reading order: its own first, then what every entity carries."""
    model = kind.model
    names = [name for name in model.model_fields if name not in Entity.model_fields]
    names += [name for name in Entity.model_fields if name in model.model_fields]
    hidden = LEFT_OUT[""].keys() | LEFT_OUT.get(kind.key, {}).keys()
    return tuple(_field(model, name) for name in names if name not in hidden)


def _field(model: type[Entity], name: str) -> Field:
    info = model.model_fields[name]
    shown = _BY_NAME.get(name) or _show(info.annotation, info.metadata)
    label = info.title or name
    opening = Markup("<div><dt>{}</dt><dd>").format(label)
    return Field(name, label, shown, opening)


def _show(annotation: object, metadata: list[Any] | tuple[Any, ...] = ()) -> Show:
    """How a value of this type is shown."""
    if any(isinstance(one, Refers) for one in metadata):
        return show.reference
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _show(arguments[0], arguments[1:])
    if origin in (Union, UnionType):
        return _show(next(one for one in arguments if one is not type(None)))
    if origin is tuple:
        inner = _show(arguments[0])
        return show.inline if inner is show.word else show.many(inner)
    if origin is Literal:
        return show.word
    known = _BY_TYPE.get(annotation)
    return known or _group(cast("type[Shape]", annotation))


_SHORT = 4
"""A value with more fields of its own is a list of them."""
_SAYS = ("text", "what", "question")
"""Fields that say what the value is, where they stand first."""


@cache
def _group(shape: type[Shape]) -> Show:
    """A value with fields of its own: what it is first, the rest beside it with their labels."""
    parts = tuple(
        (name, info.is_required(), info.title or name, _show(info.annotation, info.metadata))
        for name, info in shape.model_fields.items()
    )
    leading = parts[0][0] if parts[0][1] or parts[0][0] in _SAYS else ""
    long = len(parts) > _SHORT

    def shown(value: Shape, links: Links) -> Markup:
        lead, rest = Markup(""), []
        for name, _, label, one in parts:
            held = getattr(value, name)
            if held is None or held == ():
                continue
            if name == leading:
                lead = one(held, links)
            elif long:
                rest.append(Markup("<strong>{}</strong>: {}").format(label, one(held, links)))
            else:
                rest.append(Markup("{}: {}").format(label.lower(), one(held, links)))
        if long:
            return lead + show.bullets(rest)
        aside = Markup("; ").join(rest)
        if not lead:
            return aside
        return lead + Markup(' <span class="ems-aside">({})</span>').format(aside) if rest else lead

    return shown
