"""What each clause asks for: what answers it by nature, what it wants in writing, what to do without.

A register of aspects answers the clause on aspects whether it says so or not; that table
stands here, by edition, with the documented information of each clause in our own words.
Only facts about the standard: what an organisation has is judged by nobody here. The data
stands in `asked.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from mkdocs_ems import dataclass
from mkdocs_ems.model.clauses import EDITIONS

NAMED = "named"
"""Any document that names the clause."""
REGISTER = "register"
"""A register of the organisation's own kind that names the clause: for records that have no kind of ours."""
SIGNIFICANCE = "significance"
"""The significance method in ems.yml."""
SIGNIFICANT = "significant"
"""Aspects whose significance is decided."""
RESPONSE = "response"
"""The plans that emergency scenarios name."""
READINGS = "readings"
"""Series of readings."""
DOCUMENTS = "documents"
"""The controlled documents as a whole."""
REGISTER_OF_DOCUMENTS = "register-of-documents"
"""The document register, which nobody writes: it follows from the history."""
RULES = "rules"
"""The organisation's own rules, ems.yml."""


@dataclass(frozen=True, slots=True)
class Documented:
    """One piece of documented information that a clause asks for."""

    what: str
    form: str
    """`document`, `record` or `both`: what has to be kept up, what has to be kept as evidence."""
    by: tuple[str, ...]
    """What it may be: keys of kinds, or one of the words above. One of them is enough."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one topic of the standard asks for, and where it stands in each edition."""

    numbers: Mapping[str, str]
    """Its clause by edition; an edition that does not have the topic is missing."""
    kinds: tuple[str, ...]
    """What answers it by its nature: keys of kinds, `rules`, or `register-of-documents`."""
    advice: str
    """What to do where nothing answers it; a sentence."""
    documented: tuple[Documented, ...]
    usual: str
    """What the standard does not ask for in writing, but auditors usually ask to see; empty mostly."""


@cache
def asked(edition: str) -> Mapping[str, tuple[Asked, ...]]:
    """What each clause of an edition asks for, by number; a clause that only has parts is left out."""
    found: dict[str, list[Asked]] = {}
    for one in _table():
        if edition in one.numbers:
            found.setdefault(one.numbers[edition], []).append(one)
    return MappingProxyType({number: tuple(ones) for number, ones in found.items()})


@cache
def _table() -> tuple[Asked, ...]:
    text = resources.files("mkdocs_ems.model").joinpath("asked.json").read_text(encoding="utf-8")
    return tuple(
        Asked(
            numbers={edition: one[edition] for edition in EDITIONS if edition in one},
            kinds=tuple(one["kinds"]),
            advice=one["do"],
            documented=tuple(
                Documented(part["what"], part["form"], tuple(part["by"]))
                for part in one.get("documented", ())
            ),
            usual=one.get("usual", ""),
        )
        for one in json.loads(text)
    )
