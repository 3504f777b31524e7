"""The versions of the demonstration's files: edits that fit, or an error that says where they do not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mkdocs_ems.demo.versions import Cut, Replacement, Versions, readings, story_data, undo

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


def test_an_edit_of_a_row_leaves_the_same_words_in_other_rows_alone() -> None:
    rows = "rows:\n  - id: A-1\n    status: done\n  - id: A-2\n    status: done\n"
    for name, other in (("A-1", "A-2"), ("A-2", "A-1")):
        before = undo(rows, Replacement("done", "open", every=False, row=name), where="x")
        assert f"{name}\n    status: open" in before
        assert f"{other}\n    status: done" in before


def test_an_edit_of_a_row_that_is_not_there_says_so() -> None:
    with pytest.raises(ValueError, match="no line begins with '  - id: A-1"):
        undo("rows:\n  - id: A-11\n", Replacement("x", "y", every=False, row="A-1"), where="x")


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
        told = (branch for branch in step.get("merge", ()) if not isinstance(branch, str))
        for commit in (step, *(commit for branch in told for commit in branch)):
            for path, number in commit.get("write", {}).items():
                landed.setdefault(path, set()).add(number)
    for path in story_data("versions.yml"):
        assert landed[path] == set(range(1, versions.last(path) + 1)), path


def test_a_version_that_no_file_has_is_refused() -> None:
    with pytest.raises(ValueError, match=r"README\.md has no version 2"):
        Versions().read("README.md", 2)


def test_readings_come_in_month_by_month_until_they_are_what_lies_below_files() -> None:
    june, all_of_them = readings(until="2026-06"), readings(until="2026-10")
    nickel = "ems/records/readings/MON-004-2026.csv"
    assert june[nickel].decode().splitlines()[-1].startswith("MON-004,2026-06,2.2,mg/L")
    assert all_of_them[nickel].startswith(june[nickel])
    assert all_of_them == {path: Versions().read(path, 1) for path in all_of_them}


def test_a_day_and_a_quarter_come_in_with_their_last_month() -> None:
    stack, leaks = "ems/records/readings/MON-016-2026.csv", "ems/records/readings/MON-022-2026.csv"
    assert stack not in readings(until="2026-04")
    assert stack in readings(until="2026-05")
    assert b"2026-Q2" not in readings(until="2026-05")[leaks]
    assert b"2026-Q2" in readings(until="2026-06")[leaks]
