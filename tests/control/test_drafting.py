"""Drafts of approvals in memory: what a record must say, and what the judge says before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from mkdocs_ems.control import FaultReason, Level, Meaning
from mkdocs_ems.control.drafting import Draft, DraftRefusedError, Wish, draft
from mkdocs_ems.control.recording import canonical
from mkdocs_ems.control.standpoint import Standpoint, standpoint
from mkdocs_ems.control.trial import Outcome, outcome, tried
from support.chain import Chain, Work
from support.company import POLICY, company, land_record, procedure, register, settings
from support.story import person

PATH = "procedures/waste.md"


def begin(**files: str) -> Chain:
    """Ann's procedure has landed and nobody has approved it."""
    chain = company(**{PATH: procedure(), **files})
    chain.commit({PATH: procedure("Sort the waste weekly.")}, by="ann")
    return chain


def stand(chain: Chain) -> Standpoint:
    now = chain.now.replace(hour=12)
    return standpoint(
        chain.history(), chain.snapshot(), blobs=chain.shelf, signatures=None, day=now.date(), now=now
    )


def wish(at: Standpoint, *, by: str = "eve", meaning: Meaning = Meaning.APPROVAL, **other: object) -> Wish:
    when = datetime(at.day.year, at.day.month, at.day.day, 12, tzinfo=UTC)
    return replace(Wish(meaning, f"{by}@example.org", when), **other)  # type: ignore[arg-type]  # of many kinds


def drafted(at: Standpoint, identity: str = "PRO-001", **other: object) -> Draft:
    return draft(at.control.documents[identity], wish(at, **other), at)  # type: ignore[arg-type]  # handed on


def come_of(at: Standpoint, made: Draft, *, by: str = "eve", files: Mapping[str, bytes] = {}) -> Outcome:
    now = made.record.date
    state = tried({made.path: made.data, **files}, at, by=person(by), now=now)
    before = at.control.documents[made.document]
    return outcome(before, state, made.path, meaning=made.record.meaning, rules=at.rules)


# --- what a record says -------------------------------------------------------------------


def test_a_draft_is_in_the_one_form_of_records() -> None:
    made = drafted(stand(begin()))
    assert canonical(made.record, made.data)
    assert made.path == "ems/records/approvals/PRO-001/2-approval-eve@example.org-1.yml"


def test_a_draft_names_checksums_of_text_and_pictures() -> None:
    chain = company(**{PATH: procedure("![a](a.png)"), "procedures/a.png": "one"})
    chain.commit({"procedures/a.png": "two"}, by="ann")
    manifest = drafted(stand(chain)).record.manifest
    assert manifest.main == chain.sha(PATH)
    assert manifest.parts == {"a.png": sha256(b"two").hexdigest()}


def test_a_draft_names_the_records_from_before_its_content_and_no_later_one() -> None:
    chain = begin()
    path = land_record(chain, PATH, by="eve", issue=2)
    chain.commit({PATH: procedure("Sort it daily.")}, by="ann")
    land_record(chain, PATH, by="otto", issue=3, meaning="review", previous=[chain.sha(path)])
    assert drafted(stand(chain)).record.previous == (chain.sha(path),)


def test_a_confirmation_names_the_records_from_before_the_issue_in_force() -> None:
    chain = begin()
    land_record(chain, PATH, by="eve", issue=2)
    chain.commit({PATH: procedure("Sort it daily.")}, by="ann")
    at = stand(chain)
    made = drafted(at, meaning=Meaning.CONFIRMATION)
    assert (made.record.issue, made.record.previous) == (2, ())
    assert not come_of(at, made).refused


def test_a_second_record_of_the_same_act_takes_the_next_number() -> None:
    chain = begin()
    chain.commit({"records/approvals/PRO-001/2-approval-Eve@Example.org-7.yml": "odd: true\n"}, by="eve")
    assert drafted(stand(chain)).path.endswith("/2-approval-eve@example.org-8.yml")


def test_the_number_of_a_deleted_record_is_not_used_again() -> None:
    chain = begin()
    name = "records/approvals/PRO-001/2-approval-eve@example.org-1.yml"
    chain.commit({name: "odd: true\n"}, by="eve")
    chain.commit({name: None}, by="eve")
    assert drafted(stand(chain)).path.endswith("-2.yml")


def test_everybody_who_wrote_since_the_last_approval_is_named() -> None:
    chain = begin()
    chain.commit({PATH: procedure("Sort it daily.")}, by="ben")
    assert drafted(stand(chain)).record.authors == ("ann@example.org", "ben@example.org")


def test_also_those_of_a_living_register() -> None:
    head = "control: periodic\n"
    chain = company(**{"registers/aspects.yml": register("Oil", head=head)})
    chain.commit({"registers/aspects.yml": register("Oil", "Noise", head=head)}, by="ben")
    assert drafted(stand(chain), "REG-ASPECTS").record.authors == ("ben@example.org",)


def test_a_deputy_says_whom_he_stands_in_for() -> None:
    chain = company()
    chain.commit({"policy.md": POLICY.replace("protect", "cherish")}, by="ann", on="2026-03-05")
    at = stand(chain)
    made = drafted(at, "POL-001", by="dan")
    assert (made.record.role, made.record.for_, made.deputy) == ("ROL-MD", "mary@example.org", True)
    assert not come_of(at, made, by="dan").refused


def test_where_type_and_old_type_want_different_roles_no_single_role_is_named() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure().replace("type: procedure", "type: policy")}, by="ann")
    assert drafted(stand(chain)).record.role is None


# --- what no record can be about ----------------------------------------------------------


@pytest.mark.parametrize(
    ("identity", "meaning", "words"),
    [
        ("PRO-002", Meaning.CONFIRMATION, "nothing that could be confirmed"),
        ("PRO-002", Meaning.WITHDRAWAL, "nothing that could be withdrawn"),
        ("REG-ASPECTS", Meaning.INTERIM, "shown at once"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(identity: str, meaning: Meaning, words: str) -> None:
    chain = company(**{"registers/aspects.yml": register("Oil", head="control: periodic\n")})
    chain.commit({PATH: procedure(identity="PRO-002")}, by="ann")
    with pytest.raises(DraftRefusedError, match=words):
        drafted(stand(chain), identity, meaning=meaning)


def test_a_document_that_is_gone_can_only_be_withdrawn() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: None}, by="ann")
    at = stand(chain)
    with pytest.raises(DraftRefusedError, match="its file is gone"):
        drafted(at)
    found = come_of(at, drafted(at, meaning=Meaning.WITHDRAWAL))
    assert found.completes is not None
    assert found.completes.meaning is Meaning.WITHDRAWAL


# --- what would come of it ----------------------------------------------------------------


def test_a_trial_promises_just_what_the_landing_makes() -> None:
    chain = begin()
    at = stand(chain)
    made = drafted(at)
    found = come_of(at, made)
    assert found.completes is not None
    chain.commit({made.path.removeprefix("ems/"): made.data}, by="eve", on=f"{at.day}T12:00:00+00:00")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert (issue.number, issue.level, issue.effective_from) == (
        found.completes.number,
        found.completes.level,
        found.completes.from_,
    )


def test_a_trial_changes_nothing_of_what_it_stands_on() -> None:
    chain = begin()
    at = stand(chain)
    come_of(at, drafted(at))
    assert at.control.documents["PRO-001"].pending is not None
    assert len(at.history.events) == len(chain.events)


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        ("ann", FaultReason.NOT_ENTITLED),
        ("mary", FaultReason.NOT_ENTITLED),
        ("lea", FaultReason.NOT_ENTITLED),
    ],
)
def test_a_refusal_gives_the_judges_reason(by: str, reason: FaultReason) -> None:
    chain = begin()
    chain.commit({"note.md": "A note.\n"}, by="ann", on="2026-03-05")
    at = stand(chain)
    assert come_of(at, drafted(at, by=by), by=by).reason is reason


def test_an_author_is_refused_by_the_judge() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure("Sort.")}, by="eve")
    at = stand(chain)
    assert come_of(at, drafted(at)).reason is FaultReason.AUTHOR_APPROVES


def test_another_checksum_is_refused_by_the_judge() -> None:
    chain = begin()
    at = stand(chain)
    made = drafted(at)
    digest = made.record.manifest.main
    other = replace(made, data=made.data.replace(digest.encode(), digest[::-1].encode()))
    assert come_of(at, other).reason is FaultReason.WRONG_CONTENT


def test_stronger_evidence_for_an_adopted_issue_is_worth_a_record_and_equal_evidence_is_not() -> None:
    chain = company(**{PATH: procedure()})
    at = stand(chain)
    made = drafted(at)
    assert made.record.issue == 1
    assert not come_of(at, made).refused
    chain.commit({made.path.removeprefix("ems/"): made.data}, by="eve")
    again = stand(chain)
    assert "approved already (recorded)" in come_of(again, drafted(again)).refused


def test_of_two_persons_the_first_waits_for_the_second() -> None:
    rows = (
        "    - {types: [policy, rules, person, role], roles: [ROL-MD]}\n"
        "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
    )
    chain = company(ems=settings(matrix=rows), **{PATH: procedure()})
    chain.commit({PATH: procedure("Sort.")}, by="ann")
    at = stand(chain)
    made = drafted(at)
    found = come_of(at, made)
    assert found.completes is None
    assert "one more approval" in found.waits
    chain.commit({made.path.removeprefix("ems/"): made.data}, by="eve")
    later = stand(chain)
    assert "has approved this text already" in come_of(later, drafted(later)).refused
    assert come_of(later, drafted(later, by="otto"), by="otto").completes is not None


def test_of_two_persons_the_first_confirmation_waits_for_the_second() -> None:
    rows = "    - {types: [policy, rules, person, role, procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
    chain = company(ems=settings(matrix=rows), **{PATH: procedure()})
    at = stand(chain)
    found = come_of(at, drafted(at, meaning=Meaning.CONFIRMATION))
    assert found.act is not None
    assert "2 persons" in found.waits


def test_an_unsigned_record_on_a_branch_is_judged_as_the_merge_would_land_it() -> None:
    chain = company(**{PATH: procedure()})
    branch = company(**{PATH: procedure()})
    branch.merge(Work({PATH: procedure("Sort.")}, by="ann"), by="ann")
    last = branch.events[-1]
    head = branch.commits[last.brought[0]]
    chain.shelf, chain.tree, chain.commits = branch.shelf, branch.tree, branch.commits
    proposed = replace(last, commit=head, brought=(), own=(), proposed=True)
    chain.events = [*branch.events[:-1], proposed]
    chain.now = branch.now
    at = stand(chain)
    assert at.branch
    found = come_of(at, drafted(at))
    assert found.reason is FaultReason.LEVEL_NOT_ACCEPTED
    assert "declared" in found.refused


def test_a_day_that_is_later_comes_into_force_then() -> None:
    at = stand(begin())
    found = come_of(at, drafted(at, effective_from=date(2026, 2, 1)))
    assert found.completes is not None
    assert found.completes.from_ == date(2026, 2, 1)
    assert found.completes.level is Level.RECORDED


def test_an_act_is_tried_without_all_earlier_contents_in_memory() -> None:
    chain = begin()
    land_record(chain, PATH, by="eve", issue=2)
    chain.commit({PATH: procedure("Sort the waste daily.")}, by="ann")
    at = stand(chain)
    came = []

    class Coming:
        read = staticmethod(chain.shelf.read)
        sizes = staticmethod(chain.shelf.sizes)

        def coming(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
            for one in ids:
                came.append(one)
                yield one, chain.shelf.blobs[one]

    found = come_of(replace(at, blobs=Coming()), drafted(at))
    assert found.completes is not None
    assert len(came) == len(set(came)) > 0
