from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from mkdocs_ems.control import DocumentControl, FaultReason, Level, derive_control
from mkdocs_ems.git import Repository
from support.chain import Chain, Work
from support.company import PEOPLE, POLICY, ROLES, procedure, settings
from support.keys import needs_ssh, private_key, signer
from support.signed import sign_commit, signing_company
from support.story import Story

pytestmark = needs_ssh

PATH = "pro-001.md"


def merged(*signers: str, by: str = "eve", ems: str | None = None) -> Chain:
    chain = signing_company(*signers, ems=ems)
    chain.merge(Work({PATH: procedure()}, by="ann"), by=by)
    return chain


def reasons(document: DocumentControl) -> list[FaultReason]:
    assert document.pending is not None
    return [fault.reason for fault in document.pending.faults]


def test_a_merge_signed_by_its_author_is_signed() -> None:
    chain = merged()
    sign_commit(chain, chain.head, by="eve")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.level is Level.SIGNED
    (act,) = issue.approvals
    assert act.principal == "eve@example.org"
    assert f"the merge is signed by eve@example.org, key {act.key}." in act.sentence


def test_a_merge_signed_by_a_listed_key_of_somebody_else_approves_nothing() -> None:
    chain = merged()
    sign_commit(chain, chain.head, by="otto")
    document = chain.document("PRO-001")
    assert document.in_force is None
    assert reasons(document) == [FaultReason.BAD_SIGNATURE]


def test_a_merge_by_somebody_without_the_role_is_not_saved_by_a_signature_with_it() -> None:
    chain = merged(by="ben")
    sign_commit(chain, chain.head, by="eve")
    assert chain.document("PRO-001").in_force is None


def test_a_merge_signed_by_a_key_that_nobody_listed_is_what_it_is_without() -> None:
    chain = merged()
    sign_commit(chain, chain.head, by="stranger")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert (issue.level, issue.approvals[0].key) == (Level.RECORDED, "")


def test_a_merge_signed_with_a_key_that_had_expired_approves_nothing() -> None:
    chain = merged(signer("eve", options='valid-before="20260101000000Z"'))
    sign_commit(chain, chain.head, by="eve")
    document = chain.document("PRO-001")
    assert document.in_force is None
    assert reasons(document) == [FaultReason.KEY_NOT_VALID]


def test_a_merge_with_two_signatures_approves_nothing() -> None:
    chain = merged()
    sign_commit(chain, chain.head, by="eve", times=2)
    document = chain.document("PRO-001")
    assert document.in_force is None
    assert reasons(document) == [FaultReason.BAD_SIGNATURE]


def test_where_merging_approves_nothing_a_signed_merge_does_not_either() -> None:
    chain = merged(ems=settings(approval="  merge_approves: false\n"))
    sign_commit(chain, chain.head, by="eve")
    assert chain.document("PRO-001").in_force is None


def test_what_the_signer_slipped_in_while_merging_he_has_not_approved() -> None:
    chain = signing_company()
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve", own={PATH: procedure("Burn the waste.")})
    sign_commit(chain, chain.head, by="eve")
    assert chain.document("PRO-001").in_force is None


def test_signed_merges_are_read_only_where_somebody_may_sign() -> None:
    chain = merged("# nobody yet\n")
    signatures = chain.signatures
    assert signatures is not None
    chain.signatures = _Refusing()
    assert chain.document("PRO-001").in_force is not None


class _Refusing:
    """Fails the story that asks it for anything."""

    def commits(self, ids: object) -> dict[str, object]:
        raise AssertionError(ids)

    def verify(self, claims: object) -> dict[object, bool]:
        if list(claims):  # type: ignore[call-overload]
            raise AssertionError(claims)
        return {}


# --- told by git ------------------------------------------------------------------------


def git(folder: Path, *arguments: str, by: str, day: str) -> None:
    name = by.capitalize()
    who = {f"GIT_{role}_NAME": name for role in ("AUTHOR", "COMMITTER")}
    who |= {f"GIT_{role}_EMAIL": f"{by}@example.org" for role in ("AUTHOR", "COMMITTER")}
    who |= {f"GIT_{role}_DATE": f"{day}T12:00:00Z" for role in ("AUTHOR", "COMMITTER")}
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", **who}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)


def signed_repository(story: Story, *, key: str, by: str = "eve") -> Path:
    """A branch of Ann's, merged by git itself with a signature."""
    files = {
        "ems/ems.yml": settings(),
        "ems/registers/people.yml": PEOPLE,
        "ems/registers/roles.yml": ROLES,
        "ems/policy.md": POLICY,
        "ems/allowed_signers": signer("eve") + signer("otto"),
    }
    story.commit(files, by="ann", message="Adopt the system")
    folder = story.check_out("main")
    git(folder, "checkout", "-q", "-b", "work", by="ann", day="2026-02-01")
    (folder / "ems" / PATH).write_text(procedure())
    git(folder, "add", "ems", by="ann", day="2026-02-01")
    git(folder, "commit", "-q", "-m", "Write", by="ann", day="2026-02-01")
    git(folder, "checkout", "-q", "main", by=by, day="2026-02-02")
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={private_key(key)}")
    git(folder, *signing, "merge", "-q", "--no-ff", "-S", "-m", "Merge", "work", by=by, day="2026-02-02")
    return folder


def derived(folder: Path) -> DocumentControl:
    with Repository.open(folder) as repository:
        history = repository.history(repository.head(), content="ems", main_branch="main")
        control = derive_control(
            history,
            repository.snapshot("main", content="ems"),
            blobs=repository.blobs,
            as_of=date(2026, 3, 1),
            signatures=repository.signatures(),
        )
        return control.documents["PRO-001"]


def test_a_merge_that_git_signed_is_signed(story: Story) -> None:
    issue = derived(signed_repository(story, key="eve")).in_force
    assert issue is not None
    assert issue.level is Level.SIGNED


@pytest.mark.parametrize("key", ["otto", "stranger"])
def test_what_git_calls_a_good_signature_is_not_yet_the_author_s(story: Story, key: str) -> None:
    issue = derived(signed_repository(story, key=key)).in_force
    assert issue is None or issue.level is Level.RECORDED
    assert (issue is None) == (key == "otto")
