"""Bold text in a redline: bold where nothing of its marks changed, as written everywhere else."""

from __future__ import annotations

import pytest

from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.redlines import Wording, redline_html
from mkdocs_ems.redline import redline


def _html(before: str, after: str) -> str:
    links = Links("", {}, "2015")
    return redline_html(redline(before, after), wording=Wording.of(None), links=links, most=50)


def test_bold_text_is_bold_also_around_what_changed_in_it() -> None:
    html = _html("Press for **2.5 hours** at **7 bar**.\n", "Press for **3.5 hours** at **7 bar**.\n")
    assert "<strong><del>2.5</del><ins>3.5</ins> hours</strong> at <strong>7 bar</strong>" in html
    assert "**" not in html


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Keep it below 60 degrees.\n", "Keep it **below** 60 degrees.\n"),
        ("Keep **it** below 60 degrees.\n", "Keep it below 60 degrees.\n"),
        ("Type `**x**` and 60 now.\n", "Type `**x**` and 50 now.\n"),
        ("It is \\\\**so** at 60 now.\n", "It is \\\\**so** at 50 now.\n"),
        ("One ** alone at 60 now.\n", "One ** alone at 50 now.\n"),
        ("A ***strong*** word at 60 now.\n", "A ***strong*** word at 50 now.\n"),
    ],
)
def test_marks_that_changed_or_may_mean_something_else_stay_as_written(before: str, after: str) -> None:
    html = _html(before, after)
    assert "**" in html
    assert "<strong>" not in html


def test_bold_text_of_what_is_new_or_gone_is_bold_as_well() -> None:
    before, after = "Rinse twice.\n", "Rinse twice.\n\n- **Within 30 minutes:** call the shift lead.\n"
    come = _html(before, after)
    assert "<ins><strong>Within 30 minutes:</strong> call the shift lead.</ins>" in come
    gone = _html(after, before)
    assert "<del><strong>Within 30 minutes:</strong> call the shift lead.</del>" in gone
    assert "**" not in come + gone


@pytest.mark.parametrize("new", ["Type `**x**`.", "One ** alone.", "Open **only.", "A ***strong*** word."])
def test_marks_in_what_is_new_that_may_mean_something_else_stay_as_written(new: str) -> None:
    html = _html("Rinse twice.\n", f"Rinse twice.\n\n{new}\n")
    assert "**" in html
    assert "<strong>" not in html


def test_what_is_bold_is_escaped() -> None:
    assert "<ins><strong>&amp;</strong> x</ins>" in _html("One.\n", "One.\n\n**&** x\n")
    html = _html("A **& b** at 60.\n", "A **& b** at 50.\n")
    assert "<strong>&amp; b</strong>" in html
    assert "<strong><script>" not in _html("**<script>** 60 x\n", "**<script>** 50 x\n")
