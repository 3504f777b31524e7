"""What holds of every JSON difference: applied to the one export it gives the other; both keep their form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from mkdocs_ems.changes.applying import applied
from mkdocs_ems.changes.comparing import compare
from mkdocs_ems.compile import Compilation, approved_state, compile_state
from mkdocs_ems.exports.diff_json import diff_json
from mkdocs_ems.exports.state_json import state_json
from mkdocs_ems.git import Repository
from support.states import Content, contents, edited, register, state_of
from support.story import moment

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
PAIRS = contents().flatmap(lambda files: st.tuples(st.just(files), edited(files)))
EXAMPLES = settings(max_examples=60, deadline=None, derandomize=True)
SWAPPED = (
    {"registers/a.yml": register("REG-1", {"id": "ASP-1", "title": "One"}, {"id": "ASP-2", "title": "Two"})},
    {"registers/a.yml": register("REG-1", {"id": "ASP-2", "title": "One"}, {"id": "ASP-1", "title": "Two"})},
)
ROWS = tuple({"id": f"ASP-{at}", "title": f"Of {at}"} for at in range(8))
LONGER = (
    {"registers/a.yml": register("REG-1", *ROWS[3:5])},
    {"registers/a.yml": register("REG-1", *ROWS[:4], *ROWS[5:7], ROWS[4], ROWS[7])},
)
"""Rows that came one behind the other: at the beginning, in the middle, at the end."""


@cache
def validator(name: str) -> Draft202012Validator:
    read = {one.name: json.loads(one.read_text(encoding="utf-8")) for one in SCHEMAS.glob("*.json")}
    known = Registry[Any]().with_resources((each, Resource.from_contents(one)) for each, one in read.items())
    return Draft202012Validator(read[name], registry=known)


def difference(before: Compilation, after: Compilation) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(diff_json(compare(before, after)))
    return found


def exported(state: Compilation) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(state_json(state))
    return found


@EXAMPLES
@given(PAIRS)
@example(SWAPPED)
@example(LONGER)
def test_a_difference_applied_to_the_export_of_one_state_gives_that_of_the_other(
    pair: tuple[Content, Content],
) -> None:
    before, after = map(state_of, pair)
    old, new = exported(before), exported(after)
    untouched = json.dumps(old)
    assert applied(old, difference(before, after)) == new
    assert applied(new, difference(after, before)) == old
    assert json.dumps(old) == untouched


@EXAMPLES
@given(contents())
def test_a_state_has_no_difference_to_itself(files: Content) -> None:
    found = difference(state_of(files), state_of(files))
    assert not any(found[name] for name in ("changes", "counts", "measured", "keys", "rewritten"))
    assert applied(exported(state_of(files)), found) == exported(state_of(files))


@EXAMPLES
@given(PAIRS)
def test_both_keep_to_their_schemas(pair: tuple[Content, Content]) -> None:
    before, after = map(state_of, pair)
    validator("state.schema.json").validate(exported(before))
    validator("diff.schema.json").validate(difference(before, after))


@EXAMPLES
@given(PAIRS)
def test_the_order_in_which_files_are_read_changes_no_byte(pair: tuple[Content, Content]) -> None:
    before, after = map(state_of, pair)
    shuffled = [state_of(dict(reversed(files.items()))) for files in pair]
    assert diff_json(compare(before, after)) == diff_json(compare(*shuffled))
    assert state_json(after) == state_json(shuffled[1])


def test_the_schemas_are_sound_and_tell_a_row_from_a_file() -> None:
    for name in ("state.schema.json", "diff.schema.json"):
        Draft202012Validator.check_schema(validator(name).schema)
    broken = exported(state_of(SWAPPED[0]))
    broken["entities"]["ASP-1"]["path"] = "registers/a.yml"
    assert not validator("state.schema.json").is_valid(broken)


def demo_states(demo: Path, *, approved: bool) -> Iterator[Compilation]:
    """The demonstration at its tags and in its work tree; as staff read it, at the last of them."""
    now = moment("2026-11-22")
    with Repository.open(demo) as repository:
        refs = (*sorted(tag.name for tag in repository.tags()), None)
        for ref in refs[-3:] if approved else refs:
            state = compile_state(repository, ref=ref, now=now)
            yield approved_state(state, repository) if approved else state


def test_it_holds_of_the_demonstration_with_all_its_approvals_and_drafts(demo: Path) -> None:
    for approved in (False, True):
        states = list(demo_states(demo, approved=approved))
        told: set[str] = set()
        for before, after in pairwise(states):
            there = difference(before, after)
            told |= set(there["counts"])
            assert applied(exported(before), there) == exported(after)
            assert applied(exported(after), difference(after, before)) == exported(before)
        assert {"added", "field", "reference", "text", "approval", "state"} <= told
    validator("diff.schema.json").validate(difference(states[-3], states[-2]))
    validator("state.schema.json").validate(exported(states[-1]))
