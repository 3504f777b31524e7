"""What new documents, registers and rows begin with: their heads, and the headings of each type.

Below each heading stands one sentence that says what belongs there. It is written so that
the rule against placeholder text finds it: nobody can approve a template that was not
filled in. Text only; where it goes is decided elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from mkdocs_ems.model import Column, Kind, Record, columns
from mkdocs_ems.source.appending import plain_or_quoted

_BEGINNINGS = ("planned", "open", "proposed")
"""The states in which a row begins, where its kind has one of them."""
_LONGEST_SLUG = 60

HEADINGS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "policy": (
            ("Who we are and what we stand for", "what we do here and what it does to nature."),
            ("We protect the environment", "how we protect it and prevent pollution."),
            ("We meet our obligations", "that we meet laws, permits and agreements."),
            ("We get better", "that we improve, and by what it can be seen."),
            ("Objectives", "how objectives follow from this and who sets them."),
        ),
        "scope": (
            ("What is in", "activities, products, services, sites and units."),
            ("Where it ends", "the boundary of the site, in words or on a map."),
            ("Control and influence", "what we decide and what we can only influence."),
            ("What is left out", "what is left out and why, or that nothing is."),
        ),
        "manual": (
            ("What this system is for", "what the system shall achieve, in a few sentences."),
            ("How its parts belong together", "the processes and how one leads to another."),
            ("Who answers for it", "the roles that keep it going."),
            ("Where to find what", "links to the policy, procedures and registers."),
        ),
        "procedure": (
            ("Purpose and scope", "what this is for and where it applies."),
            ("Responsibilities", "who does what, by role."),
            ("How it is done", "what is done, in which order, with which limits."),
            ("When something is wrong", "who is told and what is stopped or mended."),
            ("Records", "what is written down, where, and for how long."),
        ),
        "work-instruction": (
            ("Before you start", "what has to be at hand, checked and worn."),
            ("Steps", "each step in its order, one action in each."),
            ("Limits", "the values to be kept, with their units."),
            ("When something is wrong", "what to stop at once and whom to call."),
            ("Records", "what to write down and where."),
        ),
        "plan": (
            ("What sets it off", "the event or the day on which the plan is followed."),
            ("Who does what", "the roles with their tasks, and who stands in."),
            ("What is done", "what is done first, next and last."),
            ("Equipment and contacts", "what is kept ready, where, and whom to call."),
            ("Afterwards", "what is cleaned up, told and learned."),
            ("How it is tested", "how often and in which way it is practised."),
        ),
        "method": (
            ("What it is for", "what is judged or measured, and why this way."),
            ("How it is done", "each step, so that another comes to the same result."),
            ("Scales and limits", "the scales with their words, and the threshold."),
            ("Who does it and when", "the roles, and what makes it to be done again."),
        ),
        "form": (
            ("How to fill it in", "who fills it in, when, and where it goes then."),
            ("Form", "the fields, as a table."),
        ),
        "external-document": (
            ("What it is", "who issues it and what it is about."),
            ("What it asks of us", "its demands, with the obligations they became."),
            ("How we know that it is current", "where that is checked, by whom, how often."),
        ),
    }
)
"""For each type of document its headings, and what belongs below each."""


def document_text(kind: Kind, *, id_: str, title: str, owner: str | None, review_every: str | None) -> str:
    """A new document, to be filled in."""
    head = {"id": id_, "type": kind.key, "title": title, "owner": owner, "review_every": review_every}
    sections = "".join(f"\n## {heading}\n\n[Insert {what}]\n" for heading, what in HEADINGS[kind.key])
    return f"---\n{_fields(head)}---\n{sections}"


def register_text(kind: Kind, *, id_: str, owner: str | None, modeline: str | None) -> str:
    """A new register without rows."""
    head = {"id": id_, "type": kind.key, "title": kind.plural, "owner": owner}
    return f"{modeline or ''}{_fields(head)}rows: []\n"


def row_fields(kind: Kind, *, id_: str, title: str, owner: str | None) -> Mapping[str, str]:
    """The fields that a new row has."""
    known = columns(kind.model)
    status = known.get("status")
    begins = [one for one in _BEGINNINGS if status is not None and one in status.options]
    fields = {"id": id_, "title": title, "owner": owner, "status": begins[0] if begins else None}
    return {name: value for name, value in fields.items() if value is not None}


def record_text(kind: Kind, head: Mapping[str, str | None], *, modeline: str | None) -> str:
    """A new record in a file of its own: what is known of it, and what it is no evidence without."""
    written = "".join(f"{name}: {value}\n" for name, value in head.items() if value is not None)
    model, known = kind.model, columns(kind.model)
    asked: list[str] = []
    for one in model.essentials if issubclass(model, Record) else ():
        fields = [known[name] for name in one.fields if name in known and name not in head]
        asked += [f"# {field.key}:  # {_options(field)}{field.description}\n" for field in fields]
    return f"{modeline or ''}{written}" + "".join(["# Still to be said:\n", *asked] if asked else [])


def _options(column: Column) -> str:
    return f"{', '.join(column.options)}. " if column.options else ""


def _fields(head: Mapping[str, str | None]) -> str:
    return "".join(f"{name}: {plain_or_quoted(value)}\n" for name, value in head.items() if value is not None)


def slug(title: str) -> str:
    """A title as part of a file's name: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return (
        words[:_LONGEST_SLUG].rpartition("-")[0] or words[:_LONGEST_SLUG]
        if len(words) > _LONGEST_SLUG
        else words
    )
