"""Who sees what: by access, by kind, by what a thing says itself; and profiles that cannot be followed."""

from __future__ import annotations

import pytest

from mkdocs_ems.errors import UsageError
from mkdocs_ems.model.kinds import KINDS
from mkdocs_ems.model.publication import Audience, Profile, Publication, audience_named
from mkdocs_ems.model.retention import RetentionRow
from mkdocs_ems.model.sights import sights
from support.states import state_of

FILES = {
    "policy.md": "---\nid: POL-1\ntype: policy\ntitle: Policy\nnotes: Not outside.\n---\nText.\n",
    "secret.md": "---\nid: POL-2\ntype: policy\ntitle: Draft\naccess: internal\n---\nText.\n",
    "open.md": "---\nid: PRO-1\ntype: procedure\ntitle: Spills\naccess: public\n---\nText.\n",
    "registers/objectives.yml": "id: REG-OBJ\ntype: objective\nrows:\n"
    "  - {id: OBJ-1, title: Less, status: on-track, resources: Much money}\n"
    "  - {id: OBJ-2, title: Later, status: proposed}\n",
    "registers/people.yml": "id: REG-PER\ntype: person\naccess: public\nrows:\n"
    "  - {id: PER-1, title: Maya Holm}\n",
    "registers/odd.yml": "type: aspect\naccess: public\nrows: [{id: ASP-1, title: Nickel}]\n",
    "records/inspections/a.yml": "id: CHK-1\ntype: inspection\ntitle: Open one\naccess: public\n",
    "records/inspections/b.yml": "id: CHK-2\ntype: inspection\ntitle: Closed one\n",
    "records/training/a.yml": "id: TRN-1\ntype: training\ntitle: Forklift\n",
}


def seen(*rows: RetentionRow, **profile: object) -> set[str]:
    audience = Audience(Profile.model_validate({"name": "some", **profile}), rows)
    return set(sights(state_of(FILES).model, audience))


def test_the_public_sees_what_is_public_and_summaries() -> None:
    assert seen() == {"POL-1", "PRO-1", "OBJ-1", "REG-OBJ", "CHK-1"}


def test_without_summaries_objectives_stay_in() -> None:
    assert seen(summaries="false") == {"POL-1", "PRO-1", "CHK-1"}


def test_a_profile_shows_only_the_kinds_that_it_names() -> None:
    assert seen(kinds=["policy"]) == {"POL-1"}
    assert seen(without=["inspection", "objective"]) == {"POL-1", "PRO-1"}


def test_what_is_internal_is_for_who_may_see_that_and_what_is_restricted_is_not() -> None:
    inside = seen(access="internal")
    assert {"POL-2", "OBJ-2", "CHK-2"} <= inside
    assert not {"TRN-1", "PER-1", "REG-PER"} & inside
    assert "TRN-1" in seen(access="restricted")


def test_nobody_outside_sees_rows_of_a_register_that_cannot_be_told_apart() -> None:
    assert "ASP-1" not in seen()


def test_what_is_closed_today_stays_in_though_it_was_open() -> None:
    closed = RetentionRow.model_validate({"types": ["policy", "objective"], "access": "restricted"})
    assert seen(closed) == {"PRO-1", "CHK-1"}


def test_of_a_summary_only_the_fields_of_the_summary_are_seen() -> None:
    audience = Audience(Profile(name="some"))
    found = sights(state_of(FILES).model, audience)
    assert "resources" not in found["OBJ-1"].fields
    assert "notes" not in found["POL-1"].fields
    assert {"title", "statement"} <= found["OBJ-1"].fields


def test_the_whole_manual_has_no_audience_and_the_public_always_one() -> None:
    assert audience_named("internal", Publication(), retention=(), kinds=KINDS) is None
    found = audience_named("public", Publication(), retention=(), kinds=KINDS)
    assert found is not None
    assert (found.profile.access, found.profile.names) == ("public", "roles")


@pytest.mark.parametrize(
    ("profiles", "asked", "said"),
    [
        ([], "pubic", "did you mean public"),
        ([], "customers", "known are public, internal"),
        ([{"name": "customers"}, {"name": "customers"}], "customers", "two profiles have one name"),
        ([{"name": "internal"}], "public", "internal is the manual as a whole"),
        ([{"name": "customers", "without": ["objectiv"]}], "customers", "names the type objectiv"),
    ],
)
def test_a_profile_that_cannot_be_followed_is_refused(
    profiles: list[dict[str, object]], asked: str, said: str
) -> None:
    publication = Publication.model_validate({"profiles": profiles})
    with pytest.raises(UsageError, match=said):
        audience_named(asked, publication, retention=(), kinds=KINDS)


def test_audiences_of_other_rules_have_another_mark() -> None:
    profile = Profile(name="some")
    marks = {
        Audience(profile).mark,
        Audience(Profile(name="some", names="none")).mark,
        Audience(profile, (RetentionRow(types=("policy",), access="internal"),)).mark,
        Audience(profile, names=frozenset({"Maya Holm"})).mark,
        Audience(profile, accounts=frozenset({"maya-h"})).mark,
    }
    assert len(marks) == 5
