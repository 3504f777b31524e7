"""The report for reviewers in its forms: it reads well, fits a comment, and nobody can forge one with it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from syrupy.assertion import SnapshotAssertion

from mkdocs_ems.changes.values import Added, Change, FieldChanged, Named, Written
from mkdocs_ems.diagnostics import Basis, Diagnostic, NotEvaluated, Report, Severity, Span
from mkdocs_ems.report.review import ReviewReport, review_report
from mkdocs_ems.report.review_json import review_mapping
from mkdocs_ems.report.review_markdown import MARKER, MOST, review_markdown
from mkdocs_ems.report.review_text import review_text
from support.company import procedure
from support.reviewed import company, told
from support.story import Story
from support.told import PATH, record

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "review.schema.json"
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
COMMAND = "ems diff --base main"
EVIL = "</code> @everyone #1 | \\ <!-- mkdocs-ems:report:1 --> https://evil.example `x`"
RULES = "read_by: [ROL-OPS]\nreview_every: 12 months\n"
CONTROLS = (
    "id: REG-CONTROLS\ntype: control\ntitle: Controls\nowner: ROL-OPS\ncontrol: periodic\nrows:\n"
    "  - {id: OPC-001, title: Extraction, owner: ROL-OPS, procedure: PRO-001}\n"
    "  - {id: OPC-002, title: Old fan, owner: ROL-OPS}\n"
)


@pytest.fixture
def report(story: Story) -> ReviewReport:
    """A branch that changes a procedure with a record for another text, and a living register."""
    company(story, {PATH: procedure(head=RULES), "ems/registers/controls.yml": CONTROLS})
    story.commit({PATH: procedure("Sort the waste into 2 bins.", head=RULES)}, by="otto")
    story.commit(record(story, by="eve", issue=2), by="eve")
    rows = CONTROLS.replace("title: Extraction", "title: Extraction of vapour").replace(
        "  - {id: OPC-002, title: Old fan, owner: ROL-OPS}\n",
        f"  - id: OPC-003\n    title: {json.dumps(EVIL)}\n    owner: ROL-OPS\n",
    )
    story.commit(
        {
            PATH: procedure("Sort the waste into 3 bins.\n\n@everyone: see <!-- this -->.", head=RULES),
            "ems/registers/controls.yml": rows,
        },
        by="otto",
    )
    return told(story)


def test_the_text_is_what_a_reviewer_reads(report: ReviewReport, snapshot: SnapshotAssertion) -> None:
    assert review_text(report) == snapshot


def test_the_markdown_is_what_a_forge_is_given(report: ReviewReport, snapshot: SnapshotAssertion) -> None:
    assert review_markdown(report, command=COMMAND) == snapshot


def test_the_data_keep_to_their_schema(report: ReviewReport, story: Story) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    validator.validate(json.loads(json.dumps(review_mapping(report))))
    story.switch("main")
    validator.validate(json.loads(json.dumps(review_mapping(told(story, ref="main")))))


def test_nothing_that_somebody_wrote_is_more_than_words(report: ReviewReport) -> None:
    markdown = review_markdown(report, command=COMMAND)
    assert markdown.startswith(f"{MARKER}\n")
    assert markdown.count("<!--") == 1
    page = MARKDOWN.render(markdown)
    assert "<a" not in page
    assert "<img" not in page
    outside = re.sub(r"<code>.*?</code>", "", page, flags=re.DOTALL)
    for word in ("everyone", "evil", "vapour", "Otto", "Waste", "bins"):
        assert word in page
        assert word not in outside


def test_every_line_begins_with_a_mark_of_ours(report: ReviewReport) -> None:
    first, *lines = [line for line in review_markdown(report, command=COMMAND).split("\n") if line]
    assert first == MARKER
    begins = ("## ", "### ", "#### ", "- ", "| ", "In short: ")
    assert [line for line in lines if not line.startswith(begins)] == []


def test_nothing_that_acts_on_a_terminal_reaches_the_text(report: ReviewReport) -> None:
    of = Named("X-1", "X-1", "aspect", "a\x1b[31m\u202eb", "REG-X", "x.yml")
    changes = (FieldChanged(of, ("title",), "one\x1b[2J", "two\u202e\nthree"),)
    made = replace(report, comparison=replace(report.comparison, changes=changes))
    text = review_text(made)
    assert not {"\x1b", "\u202e"} & set(text)


def test_five_thousand_changes_fit_and_what_is_left_out_is_said(report: ReviewReport) -> None:
    changes = tuple(
        Added(
            Named(f"X-{at}", f"X-{at}", "aspect", EVIL, f"REG-{at % 200:03}", "x.yml"),
            Written("aspect", "x.yml", EVIL, {"owner": EVIL * 100}),
        )
        for at in range(5_000)
    )
    made = replace(report, comparison=replace(report.comparison, changes=changes))
    markdown = review_markdown(made, command=COMMAND)
    assert 50_000 < len(markdown.encode("utf-16-le")) // 2 <= MOST
    assert "### Needs approval" in markdown
    shown = markdown.count("| <code>X&#45;")
    assert f"*Not shown here: {5_000 - shown} changes" in markdown
    assert markdown.endswith(" All of it: <code>ems diff &#45;&#45;base main</code>\n")
    assert MARKDOWN.render(markdown).count("<table>") == markdown.count("\n| --- |")


LONG = Named("X-1", "X-1", "aspect", "One", "REG-X", "x.yml")


@pytest.mark.parametrize(
    ("change", "cut"),
    [
        (Added(LONG, Written("aspect", "x.yml", "One", {"notes": "x" * 301})), True),
        (FieldChanged(LONG, ("notes",), "short", "word " * 300), True),
        (FieldChanged(LONG, ("notes",), "… (5 more)", "x … (5 more)"), False),
    ],
)
def test_what_shows_all_of_it_is_named_where_a_value_is_cut(
    report: ReviewReport, change: Change, *, cut: bool
) -> None:
    made = replace(report, comparison=replace(report.comparison, changes=(change,)))
    closing = "\n*Long values are cut.* All of it: <code>ems diff &#45;&#45;base main</code>\n"
    assert review_markdown(made, command=COMMAND).endswith(closing) == cut


def test_of_one_document_sixty_changes_are_shown(report: ReviewReport) -> None:
    changes = tuple(
        FieldChanged(Named(f"X-{at}", f"X-{at}", "aspect", "x", "REG-X", "x.yml"), ("title",), "a", "b")
        for at in range(61)
    )
    made = replace(report, comparison=replace(report.comparison, changes=changes))
    assert "… and 1 more change\n" in review_text(made)
    assert "*Not shown here: 1 change.*" in review_markdown(made, command=COMMAND)


def test_a_change_that_does_nothing_is_one_sentence(story: Story) -> None:
    company(story)
    made = told(story)
    assert review_text(made).startswith("Nothing differs in ems/: main at ")
    assert review_text(made).count("\n") == 1
    assert review_markdown(made, command=COMMAND).count("\n") == 4


# --- findings ---------------------------------------------------------------------------


def finding(code: str, about: str, message: str = "m", severity: Severity = Severity.ERROR) -> Diagnostic:
    span = Span("ems/x.yml", 1, 1, 1, 2)
    return Diagnostic(code, "name", severity, Basis.PRACTICE, message, "help", None, (), span, about)


def found(*diagnostics: Diagnostic, unjudged: tuple[NotEvaluated, ...] = ()) -> Report:
    return Report(diagnostics, unjudged, (), "work", None, date(2026, 1, 5), "2026", {})


def compared(report: ReviewReport, before: Report, after: Report) -> ReviewReport:
    return review_report(report.review, report.comparison, before=before, after=after, titles={})


def test_of_several_findings_about_one_thing_the_last_are_new_and_the_surplus_is_cured(
    report: ReviewReport,
) -> None:
    one, two, other = finding("A1", "X", "one"), finding("A1", "X", "two"), finding("B1", "X")
    made = compared(report, found(one, other), found(one, two))
    assert [each.message for each in made.new] == ["two"]
    assert [each.code for each in made.cured] == ["B1"]


def test_a_finding_that_words_itself_otherwise_is_the_same(report: ReviewReport) -> None:
    made = compared(report, found(finding("A1", "X", "3 days ago")), found(finding("A1", "X", "4 days ago")))
    assert (made.new, made.cured) == ((), ())


def test_what_only_says_that_a_change_waits_is_not_counted_as_new(report: ReviewReport) -> None:
    waits, other = finding("DOC005", "PRO-001"), finding("DOC005", "PRO-999")
    made = compared(report, found(), found(waits, other))
    assert (made.new, made.unapproved) == ((other,), (waits,))


def test_suspect_links_that_an_approval_clears_are_not_cured_but_said_with_it(report: ReviewReport) -> None:
    clears, other = finding("REF008", "PRO-001", "changed since"), finding("REF008", "PRO-999")
    made = compared(report, found(clears, other), found())
    assert (made.cured, made.looked_at) == ((other,), (clears,))
    told = "Whoever approves PRO-001 says with it that its links still hold: changed since"
    assert told in review_text(made)


def test_a_rule_that_cannot_be_judged_any_more_is_told(report: ReviewReport) -> None:
    rule = NotEvaluated("A1", "name", "a file cannot be read")
    assert "A1 cannot be judged any more: a file cannot be read" in review_text(
        compared(report, found(), found(unjudged=(rule,)))
    )
    assert compared(report, found(unjudged=(rule,)), found(unjudged=(rule,))).not_evaluated == ()


def test_what_the_calendar_alone_does_is_no_finding_of_the_change(story: Story) -> None:
    company(story, {PATH: procedure(head=RULES)})
    story.commit({"ems/registers/controls.yml": CONTROLS})
    made = told(story, as_of="2029-12-31")
    assert "DOC006" not in {one.code for one in (*made.new, *made.cured)}
