from __future__ import annotations

from hashlib import sha256

from mkdocs_ems.control import FaultReason, Level
from support.chain import Chain
from support.company import procedure
from support.keys import needs_ssh
from support.signed import canonical_record, signed_record, signing_company

pytestmark = needs_ssh

PATH = "pro-001.md"
SCAN = b"%PDF-1.7 the print that Eve signed\n"
FOLDER = "records/approvals/PRO-001"


def drafted() -> Chain:
    chain = signing_company()
    chain.commit({PATH: procedure()}, by="ann")
    return chain


def paper(chain: Chain, *, scan: str = "print.pdf", data: bytes = SCAN) -> dict[str, bytes]:
    source = {"scan": scan, "sha256": sha256(data).hexdigest()}
    return canonical_record(chain, PATH, by="eve", source=source)


def reasons(chain: Chain) -> list[FaultReason]:
    return [fault.reason for fault in chain.document("PRO-001").faults]


def test_a_scan_beside_the_record_makes_a_declaration_paper() -> None:
    chain = drafted()
    chain.commit({**paper(chain), f"{FOLDER}/print.pdf": SCAN}, by="ann")
    document = chain.document("PRO-001")
    assert document.faults == ()
    assert document.in_force is not None
    assert document.in_force.level is Level.PAPER
    (act,) = document.in_force.approvals
    assert "signed on paper, scan kept as print.pdf; filed by Ann Archer." in act.sentence


def test_a_scan_that_landed_before_is_there_too() -> None:
    chain = drafted()
    chain.commit({f"{FOLDER}/print.pdf": SCAN}, by="ann")
    chain.commit(paper(chain), by="ann")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.level is Level.PAPER


def test_a_record_whose_scan_is_not_there_is_no_lesser_evidence() -> None:
    chain = drafted()
    chain.commit(paper(chain), by="eve")
    chain.commit({f"{FOLDER}/print.pdf": SCAN}, by="eve")
    assert chain.document("PRO-001").in_force is None
    assert reasons(chain) == [FaultReason.SCAN_MISSING]


def test_another_scan_than_the_one_that_is_named_is_none() -> None:
    chain = drafted()
    chain.commit({**paper(chain), f"{FOLDER}/print.pdf": b"%PDF-1.7 another\n"}, by="ann")
    assert reasons(chain) == [FaultReason.SCAN_MISSING]


def test_a_scan_in_another_folder_is_none() -> None:
    chain = drafted()
    files = {**paper(chain, scan="../POL-001/print.pdf"), "records/approvals/POL-001/print.pdf": SCAN}
    chain.commit(files, by="ann")
    assert reasons(chain) == [FaultReason.SCAN_MISSING]


def test_a_scan_that_is_changed_or_deleted_later_is_told_and_un_approves_nothing() -> None:
    chain = drafted()
    chain.commit({**paper(chain), f"{FOLDER}/print.pdf": SCAN}, by="ann")
    chain.commit({f"{FOLDER}/print.pdf": b"other"}, by="ann")
    chain.commit({f"{FOLDER}/print.pdf": None}, by="ann")
    document = chain.document("PRO-001")
    assert document.in_force is not None
    assert reasons(chain) == [FaultReason.RECORD_CHANGED, FaultReason.RECORD_DELETED]


def test_a_print_filed_by_its_approver_is_recorded() -> None:
    chain = drafted()
    chain.commit({**paper(chain), f"{FOLDER}/print.pdf": SCAN}, by="eve")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.level is Level.RECORDED


def test_whoever_files_a_print_may_sign_for_having_filed_it() -> None:
    chain = drafted()
    source = {"scan": "print.pdf", "sha256": sha256(SCAN).hexdigest()}
    files = signed_record(chain, PATH, by="eve", key="otto", source=source)
    chain.commit({**files, f"{FOLDER}/print.pdf": SCAN}, by="ann")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.level is Level.PAPER
    assert issue.approvals[0].key.startswith("SHA256:")


def test_a_print_filed_with_a_key_that_nobody_listed_is_void() -> None:
    chain = drafted()
    source = {"scan": "print.pdf", "sha256": sha256(SCAN).hexdigest()}
    files = signed_record(chain, PATH, by="eve", key="stranger", source=source)
    chain.commit({**files, f"{FOLDER}/print.pdf": SCAN}, by="ann")
    assert chain.document("PRO-001").in_force is None
    assert reasons(chain) == [FaultReason.KEY_NOT_LISTED]


def test_a_record_with_a_scan_in_another_form_than_a_program_writes_is_void() -> None:
    chain = drafted()
    files = paper(chain)
    ((name, data),) = files.items()
    chain.commit({name: data + b"# filed\n", f"{FOLDER}/print.pdf": SCAN}, by="ann")
    assert reasons(chain) == [FaultReason.NOT_CANONICAL]


# --- one print, one thing ---------------------------------------------------------------


def test_a_print_that_is_kept_for_another_document_is_no_evidence() -> None:
    chain = drafted()
    chain.commit({**paper(chain), f"{FOLDER}/print.pdf": SCAN}, by="ann")
    chain.commit({"pro-002.md": procedure("Other.", identity="PRO-002")}, by="ann")
    source = {"scan": "other.pdf", "sha256": sha256(SCAN).hexdigest()}
    made = canonical_record(chain, "pro-002.md", by="eve", source=source, document="PRO-002")
    chain.commit({**made, "records/approvals/PRO-002/other.pdf": SCAN}, by="ann")
    document = chain.document("PRO-002")
    assert document.in_force is None
    (fault,) = document.faults
    assert fault.reason is FaultReason.REPLAYED
    assert fault.words == (
        "the scan other.pdf is kept already as the print that was signed for the approval of issue 1 of "
        "PRO-001, and a print proves nothing but what was signed on it"
    )


def test_a_print_that_is_kept_for_an_earlier_issue_is_no_evidence() -> None:
    chain = drafted()
    files = paper(chain)
    chain.commit({**files, f"{FOLDER}/print.pdf": SCAN}, by="ann")
    (first,) = files
    chain.commit({PATH: procedure("Two.")}, by="ann")
    source = {"scan": "print.pdf", "sha256": sha256(SCAN).hexdigest()}
    said = {"issue": 2, "previous": [chain.sha(first)]}
    chain.commit(canonical_record(chain, PATH, by="eve", source=source, **said), by="ann")
    assert [one.number for one in chain.document("PRO-001").issues] == [1]
    assert reasons(chain) == [FaultReason.REPLAYED]


def test_a_print_of_an_approval_is_none_of_a_withdrawal() -> None:
    chain = drafted()
    chain.commit({**paper(chain), f"{FOLDER}/print.pdf": SCAN}, by="ann")
    source = {"scan": "print.pdf", "sha256": sha256(SCAN).hexdigest()}
    made = canonical_record(chain, PATH, by="eve", meaning="withdrawal", issue=1, source=source)
    chain.commit(made, by="ann")
    assert chain.document("PRO-001").in_force is not None
    assert reasons(chain) == [FaultReason.REPLAYED]


def test_several_persons_may_sign_one_print() -> None:
    chain = drafted()
    source = {"scan": "print.pdf", "sha256": sha256(SCAN).hexdigest()}
    both = {**paper(chain), **canonical_record(chain, PATH, by="otto", source=source)}
    chain.commit({**both, f"{FOLDER}/print.pdf": SCAN}, by="ann")
    document = chain.document("PRO-001")
    assert document.in_force is not None
    assert len(document.in_force.approvals) == 2
    assert document.faults == ()


# --- whose word it is -------------------------------------------------------------------


def test_a_print_rests_on_the_word_of_who_filed_it_or_signed_for_it() -> None:
    chain = drafted()
    chain.commit({**paper(chain), f"{FOLDER}/print.pdf": SCAN}, by="ann")
    (act,) = chain.document("PRO-001").issues[-1].approvals
    assert (act.told_by and act.told_by.id) == "PER-ANN"
    chain = drafted()
    source = {"scan": "print.pdf", "sha256": sha256(SCAN).hexdigest()}
    files = signed_record(chain, PATH, by="eve", key="otto", source=source)
    chain.commit({**files, f"{FOLDER}/print.pdf": SCAN}, by="ann")
    (act,) = chain.document("PRO-001").issues[-1].approvals
    assert (act.told_by and act.told_by.id) == "PER-OTTO"
    assert act.sentence.endswith("scan kept as print.pdf; filed by Otto Pike.")
