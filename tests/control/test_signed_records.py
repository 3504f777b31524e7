from __future__ import annotations

from mkdocs_ems.control import DocumentControl, FaultReason, Level, Meaning
from mkdocs_ems.git.signing import COMMIT_NAMESPACE
from support.chain import Chain, Work
from support.company import PEOPLE, procedure, record, settings
from support.keys import needs_ssh, public_key, signature, signer
from support.signed import RealSignatures, canonical_record, signed_record, signing_company

pytestmark = needs_ssh

PATH = "pro-001.md"
FINGERPRINT = "SHA256:"


def drafted(*signers: str, ems: str | None = None) -> Chain:
    """A procedure that Ann wrote and nobody approved."""
    chain = signing_company(*signers, ems=ems)
    chain.commit({PATH: procedure()}, by="ann")
    return chain


def reasons(chain: Chain) -> list[FaultReason]:
    return [fault.reason for fault in chain.document("PRO-001").faults]


def level(document: DocumentControl) -> Level | None:
    return document.in_force.level if document.in_force else None


def test_a_record_signed_by_its_approver_is_signed_whoever_lands_it() -> None:
    chain = drafted()
    chain.commit(signed_record(chain, PATH, by="eve"), by="ann")
    document = chain.document("PRO-001")
    assert level(document) is Level.SIGNED
    assert document.faults == ()
    assert document.in_force is not None
    (act,) = document.in_force.approvals
    assert act.principal == "eve@example.org"
    assert act.person.id == "PER-EVE"
    assert act.key.startswith(FINGERPRINT)
    assert act.sentence == (
        f"Eve Hart approved it on 2026-01-07; the record is signed by eve@example.org, key {act.key}."
    )


def test_a_signed_record_is_signed_after_a_merge_a_squash_and_a_rebase() -> None:
    chain = signing_company()
    chain.commit({PATH: procedure()}, by="ann")
    chain.merge(Work(signed_record(chain, PATH, by="eve"), by="ann"), by="ann")
    assert level(chain.document("PRO-001")) is Level.SIGNED
    squashed = signing_company()
    draft = drafted()
    squashed.commit({PATH: procedure(), **signed_record(draft, PATH, by="eve")}, by="ann", committer="forge")
    assert level(squashed.document("PRO-001")) is Level.SIGNED


def test_two_signed_records_satisfy_a_matrix_that_asks_for_two() -> None:
    matrix = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2, accepts: [signed]}\n"
    chain = drafted(ems=settings(matrix=matrix))
    chain.commit(signed_record(chain, PATH, by="eve"), by="ann")
    assert chain.document("PRO-001").in_force is None
    chain.commit(signed_record(chain, PATH, by="otto"), by="ann")
    assert level(chain.document("PRO-001")) is Level.SIGNED


def test_two_keys_of_one_person_are_one_person() -> None:
    matrix = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2, accepts: [signed]}\n"
    second = signer("otto", principal="eve@example.org")
    chain = drafted(signer("eve"), second, ems=settings(matrix=matrix))
    chain.commit(signed_record(chain, PATH, by="eve"), by="ann")
    chain.commit(signed_record(chain, PATH, by="eve", key="otto", n=2), by="ann")
    assert chain.document("PRO-001").in_force is None


def test_confirmations_and_withdrawals_are_signed_too() -> None:
    chain = drafted()
    chain.commit(signed_record(chain, PATH, by="eve"), by="ann")
    chain.commit(signed_record(chain, PATH, by="otto", meaning="confirmation"), by="ann")
    chain.commit(signed_record(chain, PATH, by="eve", meaning="withdrawal"), by="ann")
    document = chain.document("PRO-001")
    assert [(act.meaning, act.level) for act in (*document.confirmations, *document.withdrawals)] == [
        (Meaning.CONFIRMATION, Level.SIGNED),
        (Meaning.WITHDRAWAL, Level.SIGNED),
    ]


# --- keys -------------------------------------------------------------------------------


def test_a_record_changed_after_it_was_signed_is_void_and_no_lesser_evidence() -> None:
    chain = drafted()
    files = signed_record(chain, PATH, by="eve")
    record_path, sig = files
    other = canonical_record(chain, PATH, by="eve", reason="Another reason")[record_path]
    chain.commit({record_path: other, sig: files[sig]}, by="eve")
    assert chain.document("PRO-001").in_force is None  # Eve landed it, and still it is not recorded
    assert reasons(chain) == [FaultReason.BAD_SIGNATURE]


def test_an_unknown_key_approves_nothing() -> None:
    chain = drafted()
    chain.commit(signed_record(chain, PATH, by="eve", key="stranger"), by="eve")
    assert chain.document("PRO-001").in_force is None
    assert reasons(chain) == [FaultReason.KEY_NOT_LISTED]


def test_a_borrowed_key_approves_nothing() -> None:
    chain = drafted()
    chain.commit(signed_record(chain, PATH, by="eve", key="otto"), by="eve")
    assert chain.document("PRO-001").in_force is None
    assert reasons(chain) == [FaultReason.BAD_SIGNATURE]
    assert "otto@example.org signed it" in chain.document("PRO-001").faults[0].words


def test_a_key_of_somebody_without_the_role_approves_nothing() -> None:
    chain = drafted(signer("ann", principal="ben@example.org"))
    chain.commit(signed_record(chain, PATH, by="ben", key="ann"), by="ben")
    assert reasons(chain) == [FaultReason.NOT_ENTITLED]


def test_a_key_of_a_principal_whom_no_person_lists_approves_nothing() -> None:
    chain = drafted(signer("eve", principal="eve"))
    chain.commit(signed_record(chain, PATH, by="eve", approver="eve"), by="eve")
    assert chain.document("PRO-001").in_force is None
    assert reasons(chain) == [FaultReason.NOT_ENTITLED]


def test_a_key_under_another_address_of_the_same_person_is_his_own() -> None:
    matrix = "    - {types: [procedure], roles: [ROL-MD]}\n"
    chain = drafted(signer("mary", principal="Mary.Dean@Example.org"), ems=settings(matrix=matrix))
    chain.commit(signed_record(chain, PATH, by="mary"), by="ann")
    assert level(chain.document("PRO-001")) is Level.SIGNED


def test_a_key_that_nobody_approved_yet_approves_nothing_not_even_later() -> None:
    chain = drafted(signer("eve"))
    chain.commit({"allowed_signers": signer("eve") + signer("otto")}, by="otto")
    chain.commit(signed_record(chain, PATH, by="otto"), by="ann")
    assert reasons(chain) == [FaultReason.KEY_NOT_LISTED]
    chain.commit(
        signed_record(chain, "ems.yml", by="mary", key="eve", document="EMS-RULES", issue=2), by="ann"
    )
    assert chain.document("PRO-001").in_force is None


def test_a_key_that_was_approved_counts_from_the_next_event_on() -> None:
    chain = drafted(signer("mary"))
    chain.commit({"allowed_signers": signer("mary") + signer("otto")}, by="otto")
    parts = {"allowed_signers": "allowed_signers"}
    approval = signed_record(chain, "ems.yml", by="mary", document="EMS-RULES", issue=2, parts=parts)
    both = {**approval, **signed_record(chain, PATH, by="otto")}
    chain.commit(both, by="ann")
    assert reasons(chain) == [FaultReason.KEY_NOT_LISTED]
    chain.commit(signed_record(chain, PATH, by="otto", n=2), by="ann")
    assert level(chain.document("PRO-001")) is Level.SIGNED


def test_a_key_that_was_removed_approves_nothing_more_and_what_it_approved_stays() -> None:
    chain = drafted()
    chain.commit(signed_record(chain, PATH, by="eve"), by="ann")
    chain.commit({"allowed_signers": signer("mary")}, by="otto")
    parts = {"allowed_signers": "allowed_signers"}
    chain.commit(signed_record(chain, "ems.yml", by="mary", document="EMS-RULES", issue=2, parts=parts))
    chain.commit({PATH: procedure("Sort it better.")}, by="ann")
    previous = [chain.sha("records/approvals/PRO-001/1-approval-eve@example.org-1.yml")]
    chain.commit(signed_record(chain, PATH, by="eve", issue=2, previous=previous), by="eve")
    document = chain.document("PRO-001")
    assert [issue.level for issue in document.issues] == [Level.SIGNED]
    assert reasons(chain) == [FaultReason.KEY_NOT_LISTED]


def test_an_expired_key_approves_nothing_whatever_date_the_record_claims() -> None:
    chain = drafted(signer("eve", options='valid-before="20260106000000Z"'))
    chain.commit(signed_record(chain, PATH, by="eve", date="2026-01-05T10:00:00Z"), by="eve")
    assert chain.document("PRO-001").in_force is None
    assert reasons(chain) == [FaultReason.KEY_NOT_VALID]


def test_an_expired_key_on_a_back_dated_commit_is_judged_by_the_event_before_it() -> None:
    chain = drafted(signer("eve", options='valid-before="20260105000000Z"'))
    chain.commit(signed_record(chain, PATH, by="eve", date="2026-01-04T10:00:00Z"), by="eve", on="2026-01-04")
    # The chain never goes back in time: its event is not before that of the draft.
    chain.events[-1] = chain.events[-1].__class__(
        chain.events[-1].index, chain.events[-1].commit, chain.events[-2].date, chain.events[-1].changes
    )
    assert reasons(chain)[:1] == [FaultReason.KEY_NOT_VALID]


def test_a_record_dated_after_its_key_ended_approves_nothing() -> None:
    chain = drafted(signer("eve", options='valid-before="20270101000000Z"'))
    chain.commit(signed_record(chain, PATH, by="eve", date="2027-06-01T10:00:00Z"), by="eve")
    assert reasons(chain)[0] is FaultReason.KEY_NOT_VALID


def test_a_key_that_is_not_valid_yet_approves_nothing() -> None:
    chain = drafted(signer("eve", options='valid-after="20270101000000Z"'))
    chain.commit(signed_record(chain, PATH, by="eve"), by="eve")
    assert reasons(chain) == [FaultReason.KEY_NOT_VALID]


def test_a_key_that_ended_later_approved_while_it_was_valid() -> None:
    chain = drafted(signer("eve", options='valid-before="20260201000000Z"'))
    chain.commit(signed_record(chain, PATH, by="eve"), by="ann")
    chain.commit({"other.md": "later\n"}, on="2027-01-01")
    assert level(chain.document("PRO-001")) is Level.SIGNED


def test_a_key_listed_for_commits_alone_approves_by_no_record() -> None:
    chain = drafted(signer("eve", options='namespaces="git"'))
    chain.commit(signed_record(chain, PATH, by="eve"), by="eve")
    assert reasons(chain) == [FaultReason.KEY_NOT_VALID]


def test_a_signature_made_for_a_commit_stands_for_no_record() -> None:
    chain = drafted()
    chain.commit(signed_record(chain, PATH, by="eve", namespace=COMMIT_NAMESPACE), by="eve")
    assert chain.document("PRO-001").in_force is None
    assert reasons(chain) == [FaultReason.BAD_SIGNATURE]


def test_a_wildcard_principal_lets_nobody_sign_as_the_director() -> None:
    chain = signing_company(f"*@example.org {public_key('otto')}\n", signer("eve"))
    chain.commit({"policy.md": chain.shelf.blobs[chain.tree["ems/policy.md"][1]] + b"More.\n"}, by="ann")
    chain.commit(signed_record(chain, "policy.md", by="mary", key="otto", document="POL-001", issue=2))
    policy, rules = chain.document("POL-001"), chain.document("EMS-RULES")
    assert [fault.reason for fault in policy.faults] == [FaultReason.KEY_NOT_LISTED]
    (fault,) = rules.faults
    assert fault.reason is FaultReason.SIGNERS_LINE
    assert fault.words.startswith("line 1 is used for nothing: the principal *@example.org is a pattern")
    assert fault.event == chain.events[0].commit.id


def test_lines_that_nobody_approved_are_not_told_of() -> None:
    chain = drafted()
    chain.commit({"allowed_signers": f"* {public_key('otto')}\n"}, by="otto")
    assert chain.document("EMS-RULES").faults == ()


# --- the signature's file ---------------------------------------------------------------


def test_two_signatures_in_one_file_void_the_record() -> None:
    chain = drafted()
    files = signed_record(chain, PATH, by="eve")
    name, sig = files
    files[sig] += signature(files[name], by="otto")
    chain.commit(files, by="eve")
    assert reasons(chain) == [FaultReason.BAD_SIGNATURE]


def test_a_signature_that_lands_after_its_record_adds_nothing() -> None:
    chain = drafted()
    files = signed_record(chain, PATH, by="eve")
    name, sig = files
    chain.commit({name: files[name]}, by="eve")
    chain.commit({sig: files[sig]}, by="eve")
    document = chain.document("PRO-001")
    assert level(document) is Level.RECORDED
    assert [(fault.reason, fault.path) for fault in document.faults] == [
        (FaultReason.BAD_SIGNATURE, f"ems/{sig}")
    ]


def test_a_signature_that_lands_before_its_record_stands_beside_it() -> None:
    chain = drafted()
    files = signed_record(chain, PATH, by="eve")
    name, sig = files
    chain.commit({sig: files[sig]}, by="ann")
    chain.commit({name: files[name]}, by="ann")
    document = chain.document("PRO-001")
    assert level(document) is Level.SIGNED
    assert document.faults == ()


def test_a_signature_planted_before_a_record_voids_it_and_can_be_replaced_with_it() -> None:
    chain = drafted()
    files = signed_record(chain, PATH, by="eve")
    name, sig = files
    chain.commit({sig: b"nonsense"}, by="ann")
    landed = dict(files)
    chain.commit(landed, by="ann")
    assert level(chain.document("PRO-001")) is Level.SIGNED
    other = drafted()
    other.commit({sig: b"nonsense"}, by="ann")
    other.commit({name: files[name]}, by="eve")
    assert reasons(other) == [FaultReason.BAD_SIGNATURE]


def test_a_signature_changed_or_deleted_later_is_told_and_un_approves_nothing() -> None:
    chain = drafted()
    files = signed_record(chain, PATH, by="eve")
    _, sig = files
    chain.commit(files, by="ann")
    chain.commit({sig: b"nonsense"}, by="ann")
    chain.commit({sig: None}, by="ann")
    assert level(chain.document("PRO-001")) is Level.SIGNED
    assert reasons(chain) == [FaultReason.RECORD_CHANGED, FaultReason.RECORD_DELETED]


def test_a_signature_without_a_record_is_told() -> None:
    chain = drafted()
    (_, sig), *_ = [tuple(signed_record(chain, PATH, by="eve"))]
    chain.commit({sig: b"nonsense"}, by="ann")
    assert [(fault.reason, fault.path) for fault in chain.document("PRO-001").faults] == [
        (FaultReason.BAD_SIGNATURE, f"ems/{sig}")
    ]


def test_a_link_in_the_place_of_a_signature_voids_the_record() -> None:
    chain = drafted()
    files = signed_record(chain, PATH, by="eve")
    name, sig = files
    chain.commit({name: files[name], sig: "elsewhere"}, by="eve", links=(sig,))
    assert chain.document("PRO-001").in_force is None
    assert reasons(chain) == [FaultReason.BAD_SIGNATURE]


# --- the record -------------------------------------------------------------------------


def test_a_signed_record_in_another_form_is_void() -> None:
    chain = drafted()
    ((name, data),) = canonical_record(chain, PATH, by="eve").items()
    odd = b"# approved\n" + data
    chain.commit({name: odd, f"{name}.sig": signature(odd, by="eve")}, by="eve")
    assert chain.document("PRO-001").in_force is None
    assert reasons(chain) == [FaultReason.NOT_CANONICAL]


def test_an_unsigned_record_written_by_hand_counts_in_any_form() -> None:
    chain = drafted()
    chain.commit(record(chain, PATH, by="eve"), by="eve")
    assert level(chain.document("PRO-001")) is Level.RECORDED


def test_a_signed_record_that_was_overtaken_and_is_added_again_approves_nothing() -> None:
    chain = drafted()
    files = signed_record(chain, PATH, by="eve")
    chain.commit({**files, PATH: procedure("Burn the waste.")}, by="ann")
    assert reasons(chain) == [FaultReason.WRONG_CONTENT]
    chain.commit({PATH: procedure()}, by="ben")
    again = {name.replace("-1.yml", "-2.yml"): data for name, data in files.items()}
    chain.commit(again, by="ben")
    assert chain.document("PRO-001").in_force is None
    assert reasons(chain)[1:] == [FaultReason.WRONG_PREVIOUS]


def test_a_signed_record_of_another_repository_or_document_approves_nothing() -> None:
    chain = drafted()
    chain.commit(signed_record(chain, PATH, by="eve", repository="another"), by="eve")
    files = {
        name.replace("PRO-001", "POL-001"): data
        for name, data in signed_record(chain, PATH, by="eve", n=2).items()
    }
    chain.commit(files, by="eve")
    assert reasons(chain) == [FaultReason.WRONG_REPOSITORY]
    assert [fault.reason for fault in chain.document("POL-001").faults] == [FaultReason.INVALID_RECORD]


def test_the_signer_is_an_author_and_approves_nothing() -> None:
    chain = signing_company()
    chain.commit({PATH: procedure()}, by="eve")
    chain.commit(signed_record(chain, PATH, by="eve"), by="ann")
    assert reasons(chain) == [FaultReason.AUTHOR_APPROVES]


def test_a_signed_record_on_a_branch_is_read_and_approves_nothing_yet() -> None:
    chain = drafted()
    chain.commit(signed_record(chain, PATH, by="eve"), by="ann", proposed=True)
    document = chain.document("PRO-001")
    assert document.in_force is None
    assert document.pending is not None
    assert document.faults == ()


def test_without_anybody_who_verifies_no_signed_record_counts() -> None:
    chain = drafted()
    chain.commit(signed_record(chain, PATH, by="eve"), by="eve")
    chain.signatures = None
    assert chain.document("PRO-001").in_force is None
    assert reasons(chain) == [FaultReason.NOT_READ_YET]


def test_a_chain_without_signatures_asks_nobody_for_a_verdict() -> None:
    chain = drafted()
    chain.commit(record(chain, PATH, by="eve"), by="eve")
    assert chain.document("PRO-001").in_force is not None
    assert isinstance(chain.signatures, RealSignatures)
    assert chain.signatures.asked == []


def test_the_register_of_persons_decides_whose_key_it_is() -> None:
    chain = drafted()
    chain.commit(
        {"registers/people.yml": PEOPLE.replace("[eve@example.org]", "[otto@example.org]")}, by="ann"
    )
    chain.commit(signed_record(chain, PATH, by="eve"), by="ann")
    assert level(chain.document("PRO-001")) is Level.SIGNED  # nobody approved that change
