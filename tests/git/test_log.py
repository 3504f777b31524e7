"""The log: every commit as it is, however odd."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git import Change, Commit, Repository
from mkdocs_ems.git import log as log_module
from mkdocs_ems.git.log import log_output, moment, read_log
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.write import File
from support.shell import git, raw_commit
from support.story import Story

ANN = b"author Ann <ann@example.org> 1767603600 +0100"
BEN = b"committer Ben <ben@example.org> 1767603660 -0230"


def read(story: Story, *heads: str, content: str = "ems") -> dict[str, Commit]:
    with Repository.open(story.flush()) as repository:
        return dict(
            read_log(log_output(repository._plumbing, heads or [story.head]), content=content).commits
        )


def one_odd(story: Story, *lines: bytes, message: bytes = b"Odd\n") -> Commit:
    story.commit({"ems/a": "1"})
    made = raw_commit(story.flush(), *lines, message=message)
    return read(story, made)[made]


def paths(commit: Commit) -> list[list[str]]:
    return [[change.path for change in delta] for delta in commit.deltas]


def test_a_commit_has_its_people_dates_message_and_trailers(story: Story) -> None:
    commit = one_odd(story, ANN, BEN, message=b"Two\nlines\n\nBody\n\nReviewed-by: Cleo <c@example.org>\n")
    assert (commit.author.name, commit.author.mail) == ("Ann", "ann@example.org")
    assert (commit.committer.name, commit.committer.mail) == ("Ben", "ben@example.org")
    assert commit.authored.isoformat() == "2026-01-05T10:00:00+01:00"
    assert commit.committed.isoformat() == "2026-01-05T06:31:00-02:30"
    assert commit.subject == "Two lines"
    assert commit.body == "Body\n\nReviewed-by: Cleo <c@example.org>"
    assert commit.trailers == (("Reviewed-by", "Cleo <c@example.org>"),)


def test_the_root_commit_differs_from_the_empty_tree(story: Story) -> None:
    first = story.commit({"ems/a": "1", "other": "2"})
    commit = read(story)[first]
    assert commit.parents == ()
    (change,) = commit.deltas[0]
    assert change == Change("ems/a", None, git(story.path, "rev-parse", "main:ems/a"), "000000", "100644")


def test_an_addition_an_edit_and_a_deletion_are_told_apart(story: Story) -> None:
    story.commit({"ems/a": "1", "ems/b": "1"})
    last = story.commit({"ems/a": "2", "ems/b": None, "ems/c": "1"})
    a, b, c = read(story)[last].deltas[0]
    assert a.old_blob
    assert a.new_blob
    assert (b.new_blob, b.new_mode) == (None, "000000")
    assert (c.old_blob, c.old_mode) == (None, "000000")


def test_a_move_is_a_deletion_and_an_addition_of_one_blob(story: Story) -> None:
    story.commit({"ems/a": "a long enough text to be found similar\n" * 9})
    last = story.commit({"ems/a": None, "ems/z": "a long enough text to be found similar\n" * 9})
    gone, come = read(story)[last].deltas[0]
    assert (gone.path, come.path) == ("ems/a", "ems/z")
    assert gone.old_blob == come.new_blob


def test_changes_outside_the_content_folder_are_left_out(story: Story) -> None:
    story.commit({"ems/a": "1"})
    last = story.commit({"emsx": "1", "ems2/a": "1", "docs/ems/a": "1"})
    assert paths(read(story)[last]) == [[]]
    assert paths(read(story, content="")[last]) == [["docs/ems/a", "ems2/a", "emsx"]]


def test_a_merge_differs_from_each_parent_by_the_others_side(story: Story) -> None:
    story.commit({"ems/a": "1"})
    story.branch("x")
    story.commit({"ems/x": "1"})
    story.switch()
    story.commit({"ems/y": "1"})
    merge = story.merge("x")
    assert paths(read(story)[merge]) == [["ems/x"], ["ems/y"]]


def test_a_merge_equal_to_its_second_parent_differs_from_the_first_alone(story: Story) -> None:
    story.commit({"ems/a": "1"})
    story.branch("x")
    story.commit({"ems/x": "1"})
    story.switch()
    merge = story.merge("x")
    assert paths(read(story)[merge]) == [["ems/x"], []]


def test_a_merge_that_takes_nothing_over_differs_from_the_second_alone(story: Story) -> None:
    story.commit({"ems/a": "1"})
    story.branch("x")
    story.commit({"ems/a": "2"})
    story.switch()
    merge = story.merge("x", changes={"ems/a": "1"})
    assert paths(read(story)[merge]) == [[], ["ems/a"]]


def test_a_merge_equal_to_all_its_parents_differs_from_none(story: Story) -> None:
    story.commit({"ems/a": "1"})
    story.branch("x")
    story.commit()
    story.switch()
    story.commit()
    merge = story.merge("x")
    assert paths(read(story)[merge]) == [[], []]


def test_a_merge_that_differs_outside_the_content_alone_keeps_its_places(story: Story) -> None:
    story.commit({"ems/a": "1"})
    story.branch("x")
    story.commit({"other": "1"})
    story.switch()
    story.commit({"ems/y": "1"})
    merge = story.merge("x")
    assert paths(read(story)[merge]) == [[], ["ems/y"]]


def test_an_octopus_has_a_difference_for_each_parent(story: Story) -> None:
    story.commit({"ems/a": "1"})
    for name in ("x", "y", "z"):
        story.branch(name, at=story.writer.tip())
        story.commit({f"ems/{name}": "1"})
    story.switch()
    merge = story.merge("x", "y", "z")
    assert paths(read(story)[merge]) == [
        ["ems/x", "ems/y", "ems/z"],
        ["ems/y", "ems/z"],
        ["ems/x", "ems/z"],
        ["ems/x", "ems/y"],
    ]


def test_an_octopus_equal_to_one_parent_leaves_that_place_empty(story: Story) -> None:
    story.commit({"ems/a": "1"})
    for name in ("x", "y"):
        story.branch(name, at=story.writer.tip())
        story.commit({f"ems/{name}": "1"})
    story.switch()
    merge = story.merge("x", "y", changes={"ems/y": None})
    assert paths(read(story)[merge]) == [["ems/x"], [], ["ems/x", "ems/y"]]


def test_histories_with_several_roots_are_read_whole(story: Story) -> None:
    first = story.commit({"ems/a": "1"})
    story.flush()
    other = raw_commit(story.path, ANN, BEN)
    story.writer._trees[other], story.writer._parents[other] = {}, ()
    merge = story.merge(other)
    commits = read(story)
    assert commits.keys() == {first, other, merge}
    assert paths(commits[merge]) == [[], ["ems/a"]]


@pytest.mark.parametrize(
    "path",
    [
        "ems/with space",
        'ems/quote"d',
        "ems/new\nline",
        "ems/tab\tbed",
        "ems/:100644 colon",
        "ems/é",
        "ems/\udcff\udcfe",
    ],
)
def test_odd_names_are_read_as_they_are(path: str, story: Story) -> None:
    made = story.commit({path: "1"})
    assert paths(read(story)[made]) == [[path]]


def test_bytes_that_are_no_utf8_are_kept_as_surrogates(story: Story) -> None:
    commit = one_odd(story, b"author \xe9 <a> 1 +0000", BEN, message=b"Gr\xfc\xdfe\n")
    assert commit.author.name == "\udce9"
    assert commit.subject == "Gr\udcfc\udcdfe"


def test_a_commit_in_another_encoding_is_decoded(story: Story) -> None:
    commit = one_odd(story, b"author \xe9 <a> 1 +0000", BEN, b"encoding ISO-8859-1", message=b"Gr\xfc\xdfe\n")
    assert commit.author.name == "é"
    assert commit.subject == "Grüße"


@pytest.mark.parametrize("encoding", [b"UTF-7", b"nonsense", b"latin-99", b"utf-7\x01"])
def test_an_encoding_cannot_forge_further_fields(encoding: bytes, story: Story) -> None:
    forged = b"author A+AAo-md@example.org+AAo-0 +0000+AAo-Director <a@x> 1 +0000"
    commit = one_odd(story, forged, BEN, b"encoding " + encoding, message=b"Subject\n")
    assert commit.committer.name == "Ben"
    assert commit.author.mail == "a@x"
    assert commit.subject == "Subject"
    assert paths(commit) == [[]]


@pytest.mark.parametrize("encoding", [b"UTF-16", b"UTF-32", b"UTF-7"])
def test_an_encoding_that_cuts_a_commit_off_leaves_its_place_in_history(
    encoding: bytes, story: Story
) -> None:
    first = story.commit({"ems/a": "1"})
    lines = (b"parent " + first.encode(), b"author A+AAA- <a@x> 1 +0000", BEN, b"encoding " + encoding)
    odd = raw_commit(story.flush(), *lines, message=b":100644 x+AAA-\0y\n")
    commits = read(story, odd)
    assert commits[odd].parents == (first,)
    assert paths(commits[odd]) == [["ems/a"]]


@pytest.mark.parametrize(
    ("line", "name", "mail"),
    [
        (b"author  <a@x> 1 +0000", "", "a@x"),
        (b"author A <> 1 +0000", "A", ""),
        (b"author nonsense", "", ""),
        (b"author", "", ""),
    ],
)
def test_a_commit_without_an_authors_name_is_read(line: bytes, name: str, mail: str, story: Story) -> None:
    commit = one_odd(story, line, BEN)
    assert (commit.author.name, commit.author.mail, commit.committer.name) == (name, mail, "Ben")


def test_a_commit_without_people_or_message_is_read(story: Story) -> None:
    commit = one_odd(story, message=b"")
    assert (commit.author.name, commit.subject, commit.trailers) == ("", "", ())
    assert commit.committed == datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds", "offset"),
    [
        ("1767603600 +0100", 1767603600, 60),
        ("1767603600 -1130", 1767603600, -690),
        ("100 +9999", 100, 0),
        ("100 -12345", 100, 0),
        ("100 +0060", 100, 0),
        ("100", 100, 0),
        ("", 0, 0),
        ("-5 +0000", 0, 0),
        ("99999999999999999999 +0000", 0, 0),
        ("253402300800 +0000", 0, 0),
        ("253370764799 +2359", 253370764799, 1439),
        ("253370764799 -2359", 253370764799, -1439),
        ("0 -2359", 0, -1439),
        ("٣ +0000", 0, 0),
    ],
)
def test_a_date_is_read_or_is_the_first_of_january_1970(text: str, seconds: int, offset: int) -> None:
    assert moment(text).timestamp() == seconds
    assert moment(text).utcoffset() == timedelta(minutes=offset)


def test_a_changed_executable_bit_is_a_change_of_mode(story: Story) -> None:
    story.commit({"ems/a": "1"})
    last = story.commit({"ems/a": File(b"1", mode="100755")})
    (change,) = read(story)[last].deltas[0]
    assert (change.old_mode, change.new_mode, change.old_blob) == ("100644", "100755", change.new_blob)


def test_too_many_commits_are_refused_by_name(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        story.commit({"ems/a": "1"})
    monkeypatch.setattr(log_module, "COMMIT_LIMIT", 3)
    assert len(read(story)) == 3
    story.commit()
    with pytest.raises(RepositoryError, match="longer than 3 commits"):
        read(story)


def test_a_history_of_too_many_bytes_is_refused_by_name(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.commit({"ems/a": "1"})
    monkeypatch.setattr(log_module, "SIZE_LIMIT", 100)
    with pytest.raises(RepositoryError, match="list of changes is larger than"):
        read(story)


def test_a_missing_commit_is_one_error_that_names_the_cure(story: Story) -> None:
    first = story.commit({"ems/a": "1"})
    story.commit({"ems/a": "2"})
    story.flush()
    (story.path / ".git/objects" / first[:2] / first[2:]).unlink()
    with pytest.raises(RepositoryError, match=r"objects are missing or damaged; run `git fsck`"):
        read(story)


def test_a_git_that_does_not_know_an_option_is_told_to_be_too_old(story: Story) -> None:
    story.commit({"ems/a": "1"})
    with Repository.open(story.flush()) as repository:
        plumbing: Plumbing = repository._plumbing
        with pytest.raises(RepositoryError, match=r"install git 2\.38 or later"):
            plumbing.run("ls-tree", "--not-known-yet")


def test_git_reads_no_configuration_but_ours(story: Story) -> None:
    story.commit({"ems/a": "1"})
    with Repository.open(story.flush()) as repository:
        assert repository._plumbing.run("config", "--list", "--show-scope").count(b"local\t") > 10
        assert not repository._plumbing.run("config", "--list", "--global", ends=(0, 1))


def test_a_merge_that_has_the_tree_of_a_parent_stands_with_its_differences_at_their_places(
    story: Story,
) -> None:
    story.commit({"ems/a": "1"})
    story.branch("work")
    side = story.commit({"ems/a": "2"})
    story.switch()
    merged = story.merge("work")
    last = story.commit({"ems/b": "1"})
    commits = read(story)
    assert paths(commits[merged]) == [["ems/a"], []]
    assert set(commits) >= {side, merged, last}


def test_a_merge_whose_parents_git_leaves_out_is_refused(story: Story) -> None:
    first = story.commit({"ems/a": "1"})
    story.branch("work")
    side = story.commit({"ems/a": "2"})
    story.switch()
    merged = story.merge("work")
    with pytest.raises(RepositoryError, match="left out parents of a merge"):
        read(story, merged, f"^{first}", f"^{side}")
