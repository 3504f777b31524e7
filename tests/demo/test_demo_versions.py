"""The versions of the demonstration's files: edits that fit, or an error that says where they do not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mkdocs_ems.demo.versions import Cut, Replacement, Versions, story_data, undo

TEXT = "# One\n\nfirst\n\n# Two\n\nsecond\n"


def test_a_replacement_puts_back_what_stood_there() -> None:
    assert undo(TEXT, Replacement("second", "before", every=False), where="x") == TEXT.replace(
        "second", "before"
    )


def test_a_replacement_that_fits_twice_is_refused_unless_it_says_every() -> None:
    with pytest.raises(ValueError, match="stands there 2 times"):
        undo(TEXT, Replacement("# ", "", every=False), where="x")
    assert undo(TEXT, Replacement("# ", "", every=True), where="x") == "One\n\nfirst\n\nTwo\n\nsecond\n"


def test_a_cut_takes_out_the_lines_up_to_the_next() -> None:
    assert undo("\n" + TEXT, Cut("# One", "# Two"), where="x") == "\n# Two\n\nsecond\n"


def test_a_cut_without_an_end_takes_out_the_rest_and_leaves_one_line_feed() -> None:
    assert undo(TEXT, Cut("# Two", None), where="x") == "# One\n\nfirst\n"


def test_a_cut_that_fits_nowhere_says_where_it_was_tried() -> None:
    with pytest.raises(ValueError, match=r"policy\.md, version 2: no line begins with '# Three'"):
        undo(TEXT, Cut("# Three", None), where="policy.md, version 2")


def test_every_version_of_every_file_can_be_made_and_differs_from_the_next() -> None:
    versions = Versions()
    for path in story_data("versions.yml"):
        texts = [versions.read(path, number) for number in range(1, versions.last(path) + 1)]
        assert len(texts) > 1, path
        assert all(one != other for one, other in pairwise(texts)), path


def test_every_version_is_landed_by_the_story() -> None:
    versions = Versions()
    landed: dict[str, set[int]] = {}
    for step in story_data("history.yml")["steps"]:
        for commit in (step, *(commit for branch in step.get("merge", ()) for commit in branch)):
            for path, number in commit.get("write", {}).items():
                landed.setdefault(path, set()).add(number)
    for path in story_data("versions.yml"):
        assert landed[path] == set(range(1, versions.last(path) + 1)), path
