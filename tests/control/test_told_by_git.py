"""The same in real repositories: what each merge button leaves behind, and what it proves."""

from __future__ import annotations

from datetime import date

from mkdocs_ems.control import DocumentControl, FaultReason, Level, approved_snapshot, derive_control
from mkdocs_ems.git import Repository
from support.company import PEOPLE, POLICY, ROLES, procedure, settings
from support.story import Story

PATH = "ems/procedures/waste.md"
LONG = "\n\n".join(f"Step {at}." for at in range(12))


def begin(story: Story, **files: str) -> Story:
    base = {
        "ems/ems.yml": settings(),
        "ems/registers/people.yml": PEOPLE,
        "ems/registers/roles.yml": ROLES,
        "ems/policy.md": POLICY,
    }
    story.commit({**base, **files}, by="ann", message="Adopt the system")
    return story


def document(story: Story, identity: str = "PRO-001") -> DocumentControl:
    story.flush()
    with Repository.open(story.path) as repository:
        snapshot = repository.snapshot(story.head, content="ems")
        history = repository.history(story.head, content="ems", main_branch="main")
        control = derive_control(history, snapshot, blobs=repository.blobs, as_of=date(2026, 12, 31))
        found = control.documents[identity]
        if found.in_force:
            assert found.in_force.manifest.main
        return found


def test_a_merge_commit_of_the_approver_approves_what_his_branch_did_not_write(story: Story) -> None:
    begin(story).branch("work")
    story.commit({PATH: procedure()}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    issue = document(story).in_force
    assert issue is not None
    assert issue.level is Level.RECORDED
    assert [author.id for author in issue.authors] == ["PER-ANN"]


def test_a_squash_pressed_by_the_approver_approves_nothing(story: Story) -> None:
    begin(story).branch("work")
    story.commit({PATH: procedure()}, by="ann")
    story.switch()
    story.squash("work", by="ann")
    assert document(story).in_force is None


def test_a_rebase_by_the_forge_makes_nobody_an_author(story: Story) -> None:
    begin(story)
    story.commit({PATH: procedure()}, by="ann", committer="eve")
    pending = document(story).pending
    assert pending is not None
    assert [author.id for author in pending.authors] == ["PER-ANN"]


def test_a_clean_merge_of_two_sides_of_one_file_is_approved_with_both_authors(story: Story) -> None:
    begin(story, **{PATH: procedure(LONG)}).branch("work")
    story.commit({PATH: procedure(LONG.replace("Step 0.", "First."))}, by="ann")
    story.switch()
    story.commit({PATH: procedure(LONG.replace("Step 11.", "Last."))}, by="ben")
    both = procedure(LONG.replace("Step 0.", "First.").replace("Step 11.", "Last."))
    story.merge("work", by="eve", changes={PATH: both})
    found = document(story)
    assert found.in_force is not None
    assert found.in_force.number == 2
    assert {author.id for author in found.in_force.authors} == {"PER-ANN", "PER-BEN"}


def test_a_word_slipped_into_a_merge_makes_the_merger_an_author(story: Story) -> None:
    begin(story, **{PATH: procedure(LONG)}).branch("work")
    story.commit({PATH: procedure(LONG.replace("Step 0.", "First."))}, by="ann")
    story.switch()
    story.commit({PATH: procedure(LONG.replace("Step 11.", "Last."))}, by="ben")
    slipped = procedure(LONG.replace("Step 0.", "First.").replace("Step 11.", "Or not."))
    story.merge("work", by="eve", changes={PATH: slipped})
    pending = document(story).pending
    assert pending is not None
    assert "PER-EVE" in {author.id for author in pending.authors}
    assert pending.faults[-1].reason is FaultReason.NOT_BROUGHT_IN


def test_taking_an_old_version_while_merging_makes_the_merger_its_author(story: Story) -> None:
    begin(story, **{PATH: procedure("Old.")})
    story.branch("work")
    story.commit({"ems/other.md": "Something else.\n"}, by="ann")
    story.switch()
    story.commit({PATH: procedure("New.")}, by="ann")
    story.merge("work", by="eve", changes={PATH: procedure("Old.")})
    pending = document(story).pending
    assert pending is not None
    assert "PER-EVE" in {author.id for author in pending.authors}


def test_an_octopus_lands_two_documents_and_approves_both(story: Story) -> None:
    begin(story).branch("one")
    story.commit({PATH: procedure()}, by="ann")
    story.branch("two", at=story.writer.tip())
    story.commit({"ems/two.md": procedure(identity="PRO-002")}, by="ben")
    story.switch()
    story.merge("one", "two", by="eve")
    assert document(story).in_force is not None
    assert document(story, "PRO-002").in_force is not None


def test_what_is_only_on_a_branch_is_proposed(story: Story) -> None:
    begin(story).branch("work")
    story.commit({PATH: procedure()}, by="ann")
    pending = document(story).pending
    assert pending is not None
    assert pending.event.proposed
    assert pending.missing.startswith("is proposed and has not landed on the main branch")


def test_uncommitted_changes_are_pending_and_leave_the_issue_in_force(story: Story) -> None:
    begin(story, **{PATH: procedure()})
    root = story.check_out()
    (root / PATH).write_text(procedure("Edited here."))
    with Repository.open(root) as repository:
        snapshot = repository.work_tree(content="ems")
        history = repository.history(snapshot.commit, content="ems", main_branch="main", proposed=snapshot)
        control = derive_control(history, snapshot, blobs=repository.blobs, as_of=date(2026, 12, 31))
        shown = approved_snapshot(snapshot, control, blobs=repository.blobs)
    found = control.documents["PRO-001"]
    assert found.in_force is not None
    assert found.pending is not None
    assert found.pending.authors == ()
    assert found.pending.missing.endswith("; changed in the work tree and not committed yet")
    assert "Sort the waste." in shown.files[PATH].decode()


def test_repositories_with_sha256_ids_are_derived_alike(story: Story) -> None:
    other = Story(story.path.with_name("other"), object_format="sha256")
    begin(other, **{PATH: procedure()})
    other.commit({PATH: procedure("Edited.")}, by="ann")
    found = document(other)
    assert found.in_force is not None
    assert len(found.in_force.content.blob) == 64
    assert found.pending is not None
