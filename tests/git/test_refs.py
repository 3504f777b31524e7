"""Refs are names looked up by us; no name ever reaches a command."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mkdocs_ems.errors import RefError, RepositoryError
from mkdocs_ems.git import Repository, Tag
from mkdocs_ems.git import refs as refs_module
from support.shell import git
from support.story import Story


def test_branches_tags_ids_and_head_are_resolved(story: Story) -> None:
    first = story.commit({"ems/a": "1"})
    story.tag("light")
    story.tag("heavy", message="Issued", by="dora", date="2026-03-01")
    second = story.commit({"ems/a": "2"})
    story.check_out()
    git(story.path, "update-ref", "refs/remotes/origin/main", first)
    expected = {
        "HEAD": second,
        "@": second,
        "main": second,
        "heads/main": second,
        "refs/heads/main": second,
        "light": first,
        "heavy": first,
        "refs/tags/heavy": first,
        "origin/main": first,
        first: first,
        first[:8]: first,
        "HEAD~1": first,
        "main^": first,
        "heavy~0": first,
        "heavy^0": first,
    }
    with Repository.open(story.path) as repository:
        assert {ref: repository.resolve(ref).commit for ref in expected} == expected


def test_a_refs_date_is_the_taggers_or_the_committers(story: Story) -> None:
    story.commit({"ems/a": "1"}, date="2026-01-05")
    story.tag("light")
    story.tag("heavy", message="Issued", date="2026-03-01")
    with Repository.open(story.flush()) as repository:
        assert repository.resolve("light").date == datetime(2026, 1, 5, 9, tzinfo=UTC)
        assert repository.resolve("light").tag == Tag(
            "light", story.head, story.head, annotated=False, date=None
        )
        assert repository.resolve("heavy").date == datetime(2026, 3, 1, 9, tzinfo=UTC)
        assert repository.resolve("main").tag is None


def test_a_tag_wins_over_a_branch_of_its_name(story: Story) -> None:
    first = story.commit({"ems/a": "1"})
    story.tag("main")
    story.commit({"ems/a": "2"})
    with Repository.open(story.flush()) as repository:
        assert repository.resolve("main").commit == first


@pytest.mark.parametrize(
    "name",
    ["--output=x", "-n", "a'b", 'a"b', "a;b", "$(touch,x)", "a&b", "é", "a%b", "{", "@{-1}", "--", "a=b"],
)
def test_a_ref_of_any_name_is_only_a_name(name: str, story: Story) -> None:
    commit = story.commit({"ems/a": "1"})
    story.flush()
    (story.path / ".git" / "packed-refs").write_text(
        f"{commit} refs/heads/{name}\n{commit} refs/tags/t{name}\n"
    )
    with Repository.open(story.path) as repository:
        assert repository.resolve(f"refs/heads/{name}").commit == commit
        assert repository.resolve(f"t{name}").tag
        assert repository.snapshot(f"heads/{name}", content="ems").files == {"ems/a": b"1"}
        assert repository.history(f"heads/{name}", content="ems", main_branch=name).head == commit


@pytest.mark.parametrize(
    "ref",
    [
        "",
        "nope",
        "-n",
        "--all",
        "HEAD:ems/a",
        "main^{tree}",
        "main@{0}",
        "a\nb",
        "0" * 40,
        "\udcff",
        ":/x",
        "é~1",
    ],
)
def test_what_is_no_ref_is_an_error_of_one_line(ref: str, story: Story) -> None:
    story.commit({"ems/a": "1"})
    with Repository.open(story.flush()) as repository, pytest.raises(RefError, match=r"\A[^\n]+\Z"):
        repository.resolve(ref)


def test_a_mistyped_ref_is_answered_with_the_nearest(story: Story) -> None:
    story.commit({"ems/a": "1"})
    story.tag("v2026.1")
    with (
        Repository.open(story.flush()) as repository,
        pytest.raises(RefError, match=r"did you mean 'v2026\.1'"),
    ):
        repository.resolve("v2026,1")


def test_a_tag_of_a_tag_leads_to_its_commit(story: Story) -> None:
    commit = story.commit({"ems/a": "1"})
    story.tag("inner", message="Inner")
    story.flush()
    git(story.path, "tag", "-a", "-m", "Outer", "outer", "inner")
    with Repository.open(story.path) as repository:
        inner, outer = repository.tags()
        assert (inner.target, outer.target, outer.message) == (commit, commit, "Outer\n")
        assert outer.object != inner.object


def test_a_tag_of_a_file_or_tree_leads_to_no_commit(story: Story) -> None:
    story.commit({"ems/a": "1"})
    story.flush()
    git(story.path, "tag", "tree", "HEAD^{tree}")
    git(story.path, "tag", "-a", "-m", "A file", "file", "HEAD:ems/a")
    with Repository.open(story.path) as repository:
        assert [(tag.name, tag.target, tag.annotated) for tag in repository.tags()] == [
            ("file", None, True),
            ("tree", None, False),
        ]
        with pytest.raises(RefError, match="'tree' leads to no commit"):
            repository.resolve("tree")


def test_tags_with_odd_taggers_are_read(story: Story) -> None:
    commit = story.commit({"ems/a": "1"})
    story.flush()
    for number, tagger in enumerate((b"", b"tagger \xff\n", b"tagger A <a> 5 +0100\n", b"tagger A <a> x\n")):
        data = b"object " + commit.encode() + b"\ntype commit\ntag t\n" + tagger + b"\nWords\n"
        made = git(story.path, "hash-object", "-t", "tag", "-w", "--literally", "--stdin", stdin=data)
        git(story.path, "update-ref", f"refs/tags/t{number}", made)
    with Repository.open(story.path) as repository:
        assert [tag.date.timestamp() if tag.date else None for tag in repository.tags()] == [None, None, 5, 0]


def test_packed_loose_and_symbolic_refs_are_one_list(story: Story) -> None:
    first = story.commit({"ems/a": "1"})
    story.flush()
    git(story.path, "tag", "-a", "-m", "x", "packed")
    git(story.path, "pack-refs", "--all")
    second = story.commit({"ems/a": "2"})
    story.flush()
    git(story.path, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/heads/main")
    git(story.path, "update-ref", "refs/heads/deep/er", first)
    with Repository.open(story.path) as repository:
        refs = repository.refs()
        assert refs["refs/heads/main"] == refs["refs/remotes/origin/HEAD"] == second
        assert refs["refs/heads/deep/er"] == first
        assert list(refs) == sorted(refs)


def test_a_detached_head_has_no_branch(story: Story) -> None:
    first = story.commit({"ems/a": "1"})
    story.commit({"ems/a": "2"})
    story.check_out()
    git(story.path, "checkout", "-q", "--detach", first)
    with Repository.open(story.path) as repository:
        assert (repository.head(), repository.head_branch()) == (first, None)


def test_damaged_and_odd_refs_are_no_refs(story: Story, tmp_path: Path) -> None:
    commit = story.commit({"ems/a": "1"})
    heads = story.flush() / ".git" / "refs" / "heads"
    (tmp_path / "outside").write_text(f"{commit}\n")
    (heads / "outside").symlink_to(tmp_path / "outside")
    (heads / "loop").symlink_to(heads)
    (heads / "broken").write_text("nonsense\n")
    (heads / "circle").write_text("ref: refs/heads/circle\n")
    (heads / "copy (1)").write_text(f"{commit}\n")
    (heads / "half.lock").write_text(f"{commit}\n")
    (heads / "unborn").write_text("ref: refs/heads/nothing\n")
    (story.path / ".git" / "packed-refs").write_text(
        f"x\n{commit} ../../etc\n{commit} refs/heads/a..b\n{commit}\n"
    )
    with Repository.open(story.path) as repository:
        assert list(repository.refs()) == ["refs/heads/main"]


def test_more_refs_than_the_limit_are_refused_by_name(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = story.commit({"ems/a": "1"})
    story.flush()
    monkeypatch.setattr(refs_module, "LIMIT", 5)
    packed = story.path / ".git" / "packed-refs"
    packed.write_text("".join(f"{commit} refs/tags/{number}\n" for number in range(4)))
    with Repository.open(story.path) as repository:
        assert len(repository.refs()) == 5
    packed.write_text("".join(f"{commit} refs/tags/{number}\n" for number in range(5)))
    with pytest.raises(RepositoryError, match="more than 5 refs"):
        Repository.open(story.path)


@pytest.mark.parametrize("reading", ["_packed", "_loose"])
def test_no_ref_is_missed_that_git_packs_while_they_are_read(
    story: Story, monkeypatch: pytest.MonkeyPatch, reading: str
) -> None:
    head = story.commit({"ems/a": "1"})
    story.check_out()
    read = getattr(refs_module, reading)

    def packed_after(*arguments: object) -> object:
        found = list(read(*arguments))
        git(story.path, "pack-refs", "--all", "--prune")
        return found

    monkeypatch.setattr(refs_module, reading, packed_after)
    with Repository.open(story.path) as repository:
        assert repository.refs() == {"refs/heads/main": head}
        assert repository.head() == head


def test_a_ref_whose_file_went_after_it_was_listed_is_looked_up_where_git_packed_it(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = story.commit({"ems/a": "1"})
    story.check_out()
    read = refs_module._text

    def gone(path: Path) -> str | None:
        if path.name == "main":
            git(story.path, "pack-refs", "--all", "--prune")
        return read(path)

    monkeypatch.setattr(refs_module, "_text", gone)
    with Repository.open(story.path) as repository:
        assert repository.refs() == {"refs/heads/main": head}
