"""A ledger that was kept, against what became of the history: each in its own words, in real repositories."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mkdocs_ems.compile import controlled_state
from mkdocs_ems.control.against import differences
from mkdocs_ems.control.broken import Break, Difference, Earlier
from mkdocs_ems.control.sealing import Ledger, Row, chained
from mkdocs_ems.git import Repository
from support.company import PEOPLE, POLICY, ROLES, procedure, settings
from support.shell import git
from support.story import Story

PATH = "ems/procedures/waste.md"
OTHER = "ems/procedures/water.md"
AS_OF = date(2026, 12, 31)
NOW = datetime(2026, 12, 31, tzinfo=UTC)


def begin(story: Story) -> Story:
    base = {"ems/ems.yml": settings(), "ems/registers/people.yml": PEOPLE, "ems/registers/roles.yml": ROLES}
    story.commit({**base, "ems/policy.md": POLICY}, by="ann", message="Adopt the system")
    return story


def change(story: Story, path: str, text: str, *, by: str = "eve", identity: str = "PRO-001") -> str:
    """Somebody's draft on a branch, merged."""
    story.branch("work")
    story.commit({path: procedure(text, identity=identity)}, by="ann")
    story.switch()
    return story.merge("work", by=by)


def ledger(folder: Path, ref: str = "main", trust_root: str | None = None) -> Ledger:
    with Repository.open(folder) as repository:
        state = controlled_state(repository, ref=ref, as_of=AS_OF, trust_root=trust_root, now=NOW)
        return state.control.ledger


def compare(folder: Path, kept: Ledger, ref: str = "main") -> tuple[Difference, ...]:
    with Repository.open(folder) as repository:
        state = controlled_state(repository, ref=ref, as_of=AS_OF, now=NOW)
        last = next(one.commit.id for one in reversed(state.history.events) if not one.proposed)
        return differences(Earlier(kept, repository.tree(last), "main"), state.control.ledger, state.history)


def kept(story: Story) -> Ledger:
    return ledger(story.flush())


def kinds(found: tuple[Difference, ...]) -> list[Break]:
    return [one.kind for one in found]


def test_a_history_that_only_grew_gives_nothing(story: Story) -> None:
    change(begin(story), PATH, "One.")
    story.tag("v1", message="First")
    before = kept(story)
    change(story, PATH, "Two.")
    story.tag("v2")
    assert compare(story.flush(), before) == ()
    assert compare(story.path, kept(story)) == ()


def test_a_rewritten_event_is_named_with_what_it_did(story: Story) -> None:
    change(begin(story), PATH, "One.")
    start = story.head
    gone = change(story, OTHER, "Wash.", identity="PRO-002")
    before = kept(story)
    story.writer.point("main", start)
    change(story, OTHER, "Wash up.", identity="PRO-002")
    (found,) = compare(story.flush(), before)
    assert found.kind is Break.REWRITTEN
    assert f"1 event that the ledger knows is gone: {gone[:12]} of 2026-01-05" in found.message
    assert "issue 1 of PRO-002" in found.message
    assert before.last in found.help


def test_rewriting_an_early_event_takes_all_later_ones_with_it(story: Story) -> None:
    start = begin(story).head
    change(story, PATH, "One.")
    change(story, PATH, "Two.")
    before = kept(story)
    story.writer.point("main", start)
    change(story, PATH, "One.", by="otto")
    change(story, PATH, "Two.")
    (found,) = compare(story.flush(), before)
    assert found.kind is Break.REWRITTEN
    assert "2 events that the ledger knows are gone" in found.message


def test_a_history_rewritten_from_its_first_commit_on_is_told(tmp_path: Path) -> None:
    one = begin(Story(tmp_path / "one"))
    again = Story(tmp_path / "again")
    again.commit({"README.md": "Something else first.\n"})
    begin(again)
    (found,) = compare(again.flush(), kept(one))
    assert found.kind is Break.REWRITTEN
    assert "from its beginning on" in found.message


def test_a_branch_that_was_set_back_is_told_as_that(story: Story) -> None:
    change(begin(story), PATH, "One.")
    start = story.head
    change(story, PATH, "Two.")
    before = kept(story)
    story.writer.point("main", start)
    (found,) = compare(story.flush(), before)
    assert found.kind is Break.SET_BACK
    assert f"this history ends at {start[:12]}" in found.message
    assert "issue 2 of PRO-001" in found.message


def test_an_event_without_any_row_is_missed_too(story: Story) -> None:
    change(begin(story), PATH, "One.")
    start = story.head
    story.commit({"README.md": "Nothing controlled.\n"})
    before = kept(story)
    story.writer.point("main", start)
    assert kinds(compare(story.flush(), before)) == [Break.SET_BACK]


def foxtrot(story: Story) -> tuple[Ledger, str, str, str]:
    """Main is merged into a branch ("update branch"), and the branch becomes main."""
    start = begin(story).head
    approved = change(story, PATH, "One.")
    second = change(story, PATH, "Two.")
    before = kept(story)
    story.branch("side", at=start)
    story.commit({OTHER: procedure("Wash.", identity="PRO-002")}, by="ben")
    update = story.merge("main", by="ben", message="Merge branch 'main' into side")
    story.switch()
    story.writer.point("main", update)
    return before, approved, second, update


def test_a_foxtrot_names_what_vanished(story: Story) -> None:
    before, approved, second, update = foxtrot(story)
    (found,) = compare(story.flush(), before)
    assert found.kind is Break.FOXTROT
    assert "2 events that the ledger knows vanished from the main branch's chain" in found.message
    assert f"the commit {update[:12]} by Ben" in found.message
    assert f"{approved[:12]} of 2026-01-05 by Eve (PRO-001 written, approval of PRO-001, " in found.message
    assert f"{second[:12]} of 2026-01-05" in found.message
    assert "issue 2 of PRO-001" in found.message


def cured(folder: Path, found: Difference) -> str:
    """Do what the help says, with plain git; the id of the commit that it makes."""
    command = re.search(r'`git commit-tree (\S+) -p (\S+) -p (\S+) -m "([^"]+)"`', found.help)
    assert command is not None
    tree, old, tip, message = command.groups()
    return git(folder, "commit-tree", tree, "-p", old, "-p", tip, "-m", message)


def test_the_printed_cure_is_a_fast_forward_that_heals_the_chain(story: Story, tmp_path: Path) -> None:
    before, _, second, update = foxtrot(story)
    folder = story.flush()
    git(folder, "clone", "--quiet", "--bare", str(folder), str(tmp_path / "forge.git"))
    (found,) = compare(folder, before)
    made = cured(folder, found)
    git(folder, "push", "--quiet", str(tmp_path / "forge.git"), f"{made}:main")  # without force
    git(folder, "fetch", "--quiet", "--update-head-ok", str(tmp_path / "forge.git"), "main:main")
    assert git(folder, "rev-parse", "main") == made
    assert git(folder, "rev-parse", "main^1") == second
    assert git(folder, "diff", "--stat", update, "main") == ""
    assert compare(folder, before) == ()


def test_the_cure_keeps_what_landed_on_main_after_the_ledger_was_written(story: Story) -> None:
    start = begin(story).head
    change(story, PATH, "One.")
    before = kept(story)
    later = change(story, PATH, "Two.")
    story.branch("side", at=start)
    story.commit({OTHER: procedure("Wash.", identity="PRO-002")}, by="ben")
    update = story.merge("main", by="ben")
    story.commit({OTHER: procedure("Wash up.", identity="PRO-002")}, by="ben")
    story.switch()
    story.writer.point("main", story.writer.tip("side"))
    folder = story.flush()
    (found,) = compare(folder, before)
    assert f"-p {later} -p {story.head} " in found.help
    assert f"the commit {update[:12]}" in found.message
    git(folder, "update-ref", "refs/heads/main", cured(folder, found))
    assert compare(folder, before) == ()


def test_a_tag_that_was_moved_says_from_where_to_where(story: Story) -> None:
    first = change(begin(story), PATH, "One.")
    story.tag("v1", message="First")
    before = kept(story)
    second = change(story, PATH, "Two.")
    story.tag("v1", message="First")
    (found,) = compare(story.flush(), before)
    assert found.kind is Break.TAG_MOVED
    assert found.message == (
        f"the tag v1 was moved: it led to commit {first[:12]} and leads to commit {second[:12]}"
    )
    assert before.tags[0].object in found.help


def test_a_lightweight_tag_that_was_moved_is_told(story: Story) -> None:
    change(begin(story), PATH, "One.")
    story.tag("v1")
    before = kept(story)
    change(story, PATH, "Two.")
    story.tag("v1")
    assert kinds(compare(story.flush(), before)) == [Break.TAG_MOVED]


def test_a_tag_made_again_at_the_same_commit_is_told_as_that(story: Story) -> None:
    change(begin(story), PATH, "One.")
    story.tag("v1", message="First")
    before = kept(story)
    story.tag("v1", message="Another message")
    (found,) = compare(story.flush(), before)
    assert "it leads to the same commit, but was made again" in found.message


def test_a_tag_that_is_gone_is_told(story: Story) -> None:
    change(begin(story), PATH, "One.")
    story.tag("v1", message="First")
    before = kept(story)
    git(story.path, "tag", "-d", "v1")
    (found,) = compare(story.path, before)
    assert found.kind is Break.TAG_REMOVED
    assert "git fetch --tags" in found.help


def test_a_copied_tag_shows_the_name_that_it_gives_itself(story: Story) -> None:
    change(begin(story), PATH, "One.")
    story.tag("v1", message="First")
    folder = story.flush()
    git(folder, "update-ref", "refs/tags/v2", git(folder, "rev-parse", "refs/tags/v1"))
    tags = {tag.name: tag.inner for tag in ledger(folder).tags}
    assert tags == {"v1": "v1", "v2": "v1"}


def test_the_name_of_a_tag_never_becomes_a_command(story: Story) -> None:
    begin(story)
    folder = story.flush()
    git(folder, "update-ref", "refs/tags/$(touch${IFS}x)", story.head)
    before = ledger(folder)
    git(folder, "update-ref", "-d", "refs/tags/$(touch${IFS}x)")
    (found,) = compare(folder, before)
    assert "'refs/tags/$(touch${IFS}x)'" in found.help


def resealed(before: Ledger, rows: list[Row]) -> Ledger:
    """A ledger that somebody made up, with hashes that fit."""
    plain = ({key: value for key, value in row.items() if key != "previous"} for row in rows)
    sealed, head = chained(plain, trust_root=before.trust_root, repository=before.repository)
    return replace(before, rows=sealed, head=head)


@pytest.fixture
def grown(story: Story) -> tuple[Path, Ledger]:
    change(begin(story), PATH, "One.")
    change(story, PATH, "Two.")
    return story.flush(), kept(story)


def test_a_row_that_is_gone_is_named(grown: tuple[Path, Ledger]) -> None:
    folder, now = grown
    extra = {**now.rows[-1], "issue": 7, "effective_from": "2020-01-01"}
    (found,) = compare(folder, resealed(now, [*now.rows, extra]))
    assert found.kind is Break.ROW_REMOVED
    assert f"row {len(now.rows) + 1} of the ledger is gone: issue 7 of PRO-001 approved" in found.message


def test_many_rows_that_are_gone_are_counted_after_the_first_five(grown: tuple[Path, Ledger]) -> None:
    folder, now = grown
    extra = [{**now.rows[-1], "issue": number} for number in range(10, 18)]
    found = compare(folder, resealed(now, [*now.rows, *extra]))
    assert kinds(found) == [Break.ROW_REMOVED] * 6
    assert found[-1].message == f"3 more rows of the ledger are gone, from row {len(now.rows) + 6} on"


def test_a_row_that_says_something_else_shows_both(grown: tuple[Path, Ledger]) -> None:
    folder, now = grown
    changed = {**now.rows[-1], "level": "signed"}
    (found,) = compare(folder, resealed(now, [*now.rows[:-1], changed]))
    assert found.kind is Break.ROW_CHANGED
    assert "level was signed and is recorded" in found.message


def test_rows_in_another_order_are_told(grown: tuple[Path, Ledger]) -> None:
    folder, now = grown
    (found,) = compare(folder, resealed(now, [*now.rows[:-2], now.rows[-1], now.rows[-2]]))
    assert found.kind is Break.OUT_OF_ORDER
    assert f"row {len(now.rows) - 1} (issue 2 of PRO-001 approved) came before" in found.message


def test_a_row_that_came_in_between_is_told(grown: tuple[Path, Ledger]) -> None:
    folder, now = grown
    (found,) = compare(folder, resealed(now, [*now.rows[:-2], now.rows[-1]]))
    assert found.kind is Break.ROW_ADDED
    assert "approval of issue 2 of PRO-001 by PER-EVE" in found.message


def test_a_ledger_of_another_repository_is_told_once(story: Story, tmp_path: Path) -> None:
    elsewhere = Story(tmp_path / "elsewhere")
    base = {"ems/ems.yml": settings().replace("6f1c0a7e", "9d"), "ems/registers/people.yml": PEOPLE}
    elsewhere.commit({**base, "ems/registers/roles.yml": ROLES}, by="ann")
    change(begin(story), PATH, "One.")
    (found,) = compare(story.flush(), kept(elsewhere))
    assert found.kind is Break.OTHER_REPOSITORY
    assert "it was written for the repository 9d" in found.message
    assert "and this is the repository 6f1c0a7e" in found.message


def test_another_trust_root_asks_for_the_same_one(story: Story) -> None:
    change(begin(story), PATH, "One.")
    later = change(story, PATH, "Two.")
    before = ledger(story.flush(), trust_root=later)
    (found,) = compare(story.path, before)
    assert found.kind is Break.OTHER_TRUST_ROOT
    assert f"--trust-root {later}" in found.help


def test_a_ledger_is_the_same_in_every_clone(story: Story, tmp_path: Path) -> None:
    change(begin(story), PATH, "One.")
    story.tag("v1", message="First")
    folder = story.check_out()
    git(folder, "clone", "--quiet", str(folder), str(tmp_path / "clone"))
    shutil.rmtree(tmp_path / "clone" / "ems")
    assert ledger(tmp_path / "clone", ref="HEAD") == ledger(folder)
