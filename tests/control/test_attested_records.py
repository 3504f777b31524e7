from __future__ import annotations

import pytest

from mkdocs_ems.control import DocumentControl, FaultReason, Level, Segregation
from support.chain import Chain, Work
from support.company import MATRIX, PEOPLE, ROLES, procedure, settings
from support.keys import needs_ssh, signer
from support.signed import canonical_record, signed_record, signing_company

pytestmark = needs_ssh

PATH = "pro-001.md"
STAFF = (
    PEOPLE.replace("git_identities: [ann@", "forge_accounts: [ann-a], git_identities: [ann@")
    .replace("git_identities: [ben@", "forge_accounts: [benb], git_identities: [ben@")
    .replace("git_identities: [eve@", "forge_accounts: [Eve-H], git_identities: [eve@")
    .replace("git_identities: [otto@", "forge_accounts: [otto-p], git_identities: [otto@")
    + "  - {id: PER-IMPORT, title: Importer, git_identities: [importer@example.org], "
    + "forge_accounts: [importer], roles: [{role: ROL-IMPORTER, to: 2026-12-31}, {role: ROL-EHS}]}\n"
)
POSTS = ROLES + "  - {id: ROL-IMPORTER, title: Importer of approvals}\n"


def landed(people: str = STAFF, *, by: str = "ann") -> Chain:
    """A request by Ann (or another), squashed onto the main branch by the forge."""
    chain = signing_company(signer("importer"), signer("otto"), ems=settings(matrix=MATRIX))
    files = {"registers/people.yml": people, "registers/roles.yml": POSTS}
    fresh = Chain()
    fresh.signatures = chain.signatures
    fresh.commit(
        {
            **{path.removeprefix("ems/"): chain.shelf.blobs[blob] for path, (_, blob) in chain.tree.items()},
            **files,
        }
    )
    fresh.commit({PATH: procedure()}, by=by, committer="forge")
    return fresh


def source(chain: Chain, **other: object) -> dict[str, object]:
    """A review by Eve of what Ann opened, pushed and wrote."""
    return {
        "forge": "github",
        "review": "owner/name#12 review 345",
        "state": "approved",
        "dismissed": False,
        "reviewer": "eve-h",
        "opener": "ann-a",
        "pushers": ["ann-a"],
        "authors": ["ann-a"],
        "event": chain.head,
        **other,
    }


def attest(
    chain: Chain, *, key: str = "importer", record: dict[str, object] | None = None, **other: object
) -> None:
    said = {"source": source(chain, **other), **(record or {})}
    chain.commit(signed_record(chain, PATH, by="eve", key=key, **said), by="importer", message="Import")


def faults(chain: Chain) -> list[tuple[FaultReason, str]]:
    return [(fault.reason, fault.words) for fault in chain.document("PRO-001").faults]


def refused(chain: Chain, words: str) -> None:
    document = chain.document("PRO-001")
    assert document.in_force is None
    ((reason, told),) = faults(chain)
    assert reason is FaultReason.NOT_ATTESTED
    assert words in told


def in_force(document: DocumentControl) -> Level | None:
    return document.in_force.level if document.in_force else None


def test_a_review_that_the_importer_signed_is_attested() -> None:
    chain = landed()
    attest(chain)
    document = chain.document("PRO-001")
    assert document.faults == ()
    assert in_force(document) is Level.ATTESTED
    assert document.in_force is not None
    (act,) = document.in_force.approvals
    assert (act.person.id, act.review) == ("PER-EVE", "github owner/name#12 review 345")
    assert act.key.startswith("SHA256:")
    assert "in GitHub, owner/name#12 review 345; attested by importer@example.org" in act.sentence


def test_a_review_of_what_a_merge_landed_is_attested_too() -> None:
    chain = landed()
    chain.merge(Work({PATH: procedure("Sort it better.")}, by="ann"), by="ben")
    attest(chain)
    assert in_force(chain.document("PRO-001")) is Level.ATTESTED


def test_the_approver_may_be_named_by_the_account_itself() -> None:
    chain = landed()
    attest(chain, record={"approver": "eve-h"})
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.approvals[0].person.id == "PER-EVE"


def test_an_unsigned_review_attests_nothing_not_even_a_declaration() -> None:
    chain = landed()
    chain.commit(canonical_record(chain, PATH, by="eve", source=source(chain)), by="eve")
    refused(chain, "only the importer's key attests")


def test_a_review_signed_by_anybody_but_the_importer_attests_nothing() -> None:
    chain = landed()
    attest(chain, key="otto")
    refused(chain, "otto@example.org, who did not hold the role ROL-IMPORTER on that day")


def test_the_importer_attests_while_he_holds_the_role_alone() -> None:
    chain = landed()
    files = signed_record(chain, PATH, by="eve", key="importer", source=source(chain))
    chain.commit(files, by="importer", on="2027-02-01")
    refused(chain, "did not hold the role ROL-IMPORTER")


def test_nobody_attests_as_a_deputy() -> None:
    posts = POSTS.replace(
        "title: Importer of approvals}",
        "title: Importer of approvals, deputies: [{person: PER-OTTO, from: 2026-01-01, to: 2026-12-31}]}",
    )
    chain = landed()
    tree = {path.removeprefix("ems/"): chain.shelf.blobs[blob] for path, (_, blob) in chain.tree.items()}
    other = Chain()
    other.signatures = chain.signatures
    del tree[PATH]
    other.commit({**tree, "registers/roles.yml": posts})
    other.commit({PATH: procedure()}, by="ann", committer="forge")
    attest(other, key="otto")
    refused(other, "did not hold the role ROL-IMPORTER")


def test_the_importer_s_key_approves_nothing_by_itself() -> None:
    chain = landed()
    chain.commit(signed_record(chain, PATH, by="eve", key="importer"), by="importer")
    assert faults(chain)[0][0] is FaultReason.BAD_SIGNATURE


def test_the_importer_does_not_attest_to_its_own_review() -> None:
    chain = landed()
    attest(chain, record={"approver": "importer@example.org"}, reviewer="importer")
    refused(chain, "attests to its own review")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"opener": "EVE-H"}, "opened the request"),
        ({"pushers": ["ann-a", "eve-h"]}, "pushed to it"),
        ({"authors": ["ann-a", "eve-h"]}, "wrote at it"),
        ({"authors": ["ann-a", "eve@example.org"]}, "wrote at it"),
        ({"pushers": []}, "nobody can say who pushed"),
        ({"pushers": ["dependabot[bot]"]}, "nobody can say who pushed"),
        ({"pushers": ["ghost"]}, "nobody can say who pushed"),
        ({"authors": []}, "nobody can say who wrote"),
        ({"reviewer": "eve-h[bot]"}, "the account of a program"),
        ({"reviewer": "otto-p"}, "is not listed as the approver's"),
        ({"reviewer": "somebody"}, "is not listed as the approver's"),
        ({"event": "0" * 40}, "it names the event 0000000000"),
    ],
)
def test_a_review_that_may_be_an_author_s_own_is_not_attested(said: dict[str, object], words: str) -> None:
    chain = landed()
    attest(chain, **said)
    refused(chain, words)


def test_a_second_account_of_the_reviewer_is_the_reviewer() -> None:
    chain = landed(STAFF.replace("[Eve-H]", "[Eve-H, eve-at-home]"))
    attest(chain, pushers=["eve-at-home"])
    refused(chain, "pushed to it")


def test_an_account_that_two_persons_list_is_nobody_s() -> None:
    chain = landed(STAFF.replace("[otto-p]", "[otto-p, eve-h]"))
    attest(chain)
    refused(chain, "nobody else does")


def test_a_commit_under_another_name_does_not_hide_the_account() -> None:
    chain = landed(by="ben")
    attest(chain, authors=["eve-h"], opener="benb", pushers=["benb"])
    refused(chain, "wrote at it")


def test_whoever_git_names_as_author_is_not_attested_into_another() -> None:
    chain = landed(by="eve")
    attest(chain)
    assert [reason for reason, _ in faults(chain)] == [FaultReason.AUTHOR_APPROVES]


def test_a_dismissed_review_attests_nothing() -> None:
    chain = landed()
    attest(chain, dismissed=True)
    refused(chain, "the review was dismissed")


def test_a_review_withdraws_and_confirms_nothing() -> None:
    chain = landed()
    attest(chain)
    said = {"source": source(chain, event=chain.events[1].commit.id)}
    chain.commit(
        signed_record(chain, PATH, by="eve", key="importer", meaning="withdrawal", **said), by="importer"
    )
    document = chain.document("PRO-001")
    assert document.in_force is not None
    assert faults(chain)[0][0] is FaultReason.NOT_ATTESTED


def test_a_review_of_an_earlier_text_attests_nothing_for_a_later_one() -> None:
    chain = landed()
    reviewed = chain.head
    chain.commit({PATH: procedure("Burn the waste.")}, by="ben")
    attest(chain, event=reviewed)
    refused(chain, "this content landed with")


# --- who wrote it -----------------------------------------------------------------------


def test_a_review_proves_who_wrote_what_it_is_about() -> None:
    chain = landed()
    attest(chain)
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.segregation is Segregation.PROVED


def test_a_review_of_what_somebody_unknown_wrote_proves_nothing() -> None:
    chain = landed()
    attest(chain, authors=["ann-a", "guest@example.com"])
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.segregation is Segregation.ASSERTED


def test_a_change_that_landed_before_what_was_reviewed_stays_a_matter_of_names() -> None:
    chain = landed()
    chain.commit({PATH: procedure("Sort it better.")}, by="ann", committer="forge")
    attest(chain)
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.segregation is Segregation.ASSERTED
