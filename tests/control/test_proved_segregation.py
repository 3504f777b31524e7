from __future__ import annotations

import pytest

from mkdocs_ems.control import FaultReason, Segregation
from support.chain import Chain, Work
from support.company import POLICY, procedure, settings
from support.keys import needs_ssh, signer
from support.signed import sign_commit, signed_record, signing_company

pytestmark = needs_ssh

PATH = "pro-001.md"
PROVED = settings(approval="  segregation: proved\n")
KEYS = ("ann", "mary", "eve", "otto")


def begun(*, ems: str | None = None, names: tuple[str, ...] = KEYS) -> Chain:
    return signing_company(*(signer(name) for name in names), ems=ems)


def approve(chain: Chain, *, by: str = "eve", n: int = 1, **other: object) -> None:
    chain.commit(signed_record(chain, PATH, by=by, n=n, **other), by="ben")


def segregation(chain: Chain) -> Segregation | None:
    issue = chain.document("PRO-001").in_force
    return issue.segregation if issue else None


def test_a_change_that_its_author_signed_proves_that_the_approver_is_another() -> None:
    chain = begun(ems=PROVED)
    sign_commit(chain, chain.commit({PATH: procedure()}, by="ann"), by="ann")
    approve(chain)
    assert segregation(chain) is Segregation.PROVED


def test_it_is_shown_as_proved_where_names_would_do() -> None:
    chain = begun()
    sign_commit(chain, chain.commit({PATH: procedure()}, by="ann"), by="ann")
    approve(chain)
    assert segregation(chain) is Segregation.PROVED


def test_names_alone_prove_nothing() -> None:
    chain = begun(ems=PROVED)
    chain.commit({PATH: procedure()}, by="ann")
    approve(chain)
    document = chain.document("PRO-001")
    assert document.in_force is None
    assert [fault.reason for fault in document.faults] == [FaultReason.NOT_PROVED]


def test_every_change_since_the_last_approval_must_be_signed() -> None:
    chain = begun(ems=PROVED)
    chain.commit({PATH: procedure("Sort.")}, by="ann")
    sign_commit(chain, chain.commit({PATH: procedure()}, by="ann"), by="ann")
    approve(chain)
    assert chain.document("PRO-001").in_force is None


def test_commits_of_a_merged_branch_are_looked_at_one_by_one() -> None:
    for signed in (2, 1):
        chain = begun(ems=PROVED)
        works = (Work({PATH: procedure("Sort.")}, by="ann"), Work({PATH: procedure()}, by="ann"))
        chain.merge(works, by="ben")
        for commit in chain.events[-1].brought[:signed]:
            sign_commit(chain, commit, by="ann")
        approve(chain)
        assert segregation(chain) is (Segregation.PROVED if signed == 2 else None)


def test_a_signed_merge_approves_what_its_authors_signed_themselves() -> None:
    chain = begun(ems=PROVED)
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    sign_commit(chain, chain.events[-1].brought[0], by="ann")
    sign_commit(chain, chain.head, by="eve")
    assert segregation(chain) is Segregation.PROVED


def test_whoever_signed_a_change_is_an_author_of_it_whatever_name_it_bears() -> None:
    chain = begun()
    sign_commit(chain, chain.commit({PATH: procedure()}, by="ann"), by="eve")
    approve(chain)
    document = chain.document("PRO-001")
    assert document.in_force is None
    assert [fault.reason for fault in document.faults] == [FaultReason.AUTHOR_APPROVES]
    approve(chain, by="otto")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert {person.id for person in issue.authors} == {"PER-ANN", "PER-EVE"}


@pytest.mark.parametrize("key", ["stranger", "otto"])
def test_a_signature_by_a_key_that_is_not_listed_proves_nothing(key: str) -> None:
    chain = begun(ems=PROVED, names=("ann", "eve"))
    sign_commit(chain, chain.commit({PATH: procedure()}, by="ann"), by=key)
    approve(chain)
    assert chain.document("PRO-001").in_force is None


def test_a_change_signed_by_a_principal_whom_nobody_lists_proves_nothing() -> None:
    chain = signing_company(signer("ann", principal="someone"), signer("eve"), ems=PROVED)
    sign_commit(chain, chain.commit({PATH: procedure()}, by="ann"), by="ann")
    approve(chain)
    assert chain.document("PRO-001").in_force is None


def test_a_change_with_two_signatures_proves_nothing() -> None:
    chain = begun(ems=PROVED)
    sign_commit(chain, chain.commit({PATH: procedure()}, by="ann"), by="ann", times=2)
    approve(chain)
    assert chain.document("PRO-001").in_force is None


def test_a_change_signed_before_its_key_was_approved_proves_nothing() -> None:
    chain = begun(ems=PROVED, names=("mary", "eve"))
    sign_commit(chain, chain.commit({PATH: procedure()}, by="ann"), by="ann")
    lines = "".join(signer(name) for name in ("mary", "eve", "ann"))
    sign_commit(chain, chain.commit({"allowed_signers": lines}, by="otto"), by="otto")
    approve(chain)
    assert chain.document("PRO-001").in_force is None


def test_an_adopted_document_can_be_confirmed_and_withdrawn_where_proof_is_asked_for() -> None:
    chain = begun(ems=PROVED)
    for meaning in ("confirmation", "withdrawal"):
        files = signed_record(chain, "policy.md", by="mary", document="POL-001", issue=1, meaning=meaning)
        chain.commit(files, by="ben")
    document = chain.document("POL-001")
    assert len(document.confirmations) == 1
    assert document.withdrawn_from is not None


def test_the_policy_follows_the_same_rule() -> None:
    chain = begun(ems=PROVED)
    sign_commit(chain, chain.commit({"policy.md": POLICY + "More.\n"}, by="ann"), by="ann")
    chain.commit(signed_record(chain, "policy.md", by="mary", document="POL-001", issue=2), by="ben")
    issue = chain.document("POL-001").in_force
    assert issue is not None
    assert (issue.number, issue.segregation) == (2, Segregation.PROVED)
