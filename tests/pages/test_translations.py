"""A translation says of which issue it is one; an old one says so at its head, and so does its original."""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_ems.compile import approved_state, compile_state
from mkdocs_ems.git import Repository
from mkdocs_ems.pages import render_manual
from mkdocs_ems.rules import rule_docs, run_rules
from support.story import Story, moment

SETTINGS = "schema: 1\norganisation: {name: Small Works}\n"


def document(identity: str, text: str, **head: object) -> str:
    said = "".join(f"{name}: {value}\n" for name, value in head.items())
    return f"---\nid: {identity}\ntype: procedure\ntitle: Rinsing\n{said}---\n\n{text}\n"


def translated(**head: object) -> Mapping[str, str]:
    return {
        "ems/ems.yml": SETTINGS,
        "ems/procedures/rinse.md": document("PRO-001", "Rinse."),
        "ems/procedures/rinse-pl.md": document("PRO-001-PL", "Plucz.", translation_of="PRO-001", **head),
    }


def before(story: Story, identity: str) -> str:
    with Repository.open(story.check_out()) as repository:
        head = compile_state(repository, now=moment("2026-06-01"))
        manual = render_manual(
            approved_state(head, repository), report=run_rules(head), rule_docs=rule_docs(), draft=False
        )
    return next(one.before for one in manual.pages if one.path == f"documents/{identity}/index.html")


def test_a_translation_names_its_original_and_the_issue(story: Story) -> None:
    story.commit(translated(language="pl", source_issue=1), date="2026-01-05")
    said = before(story, "PRO-001-PL")
    assert "<dt>Translation of</dt>" in said
    assert "in pl, issue 1" in said
    assert "<strong>issue" not in said
    assert "<dt>Translations</dt>" in before(story, "PRO-001")


def test_one_that_does_not_name_the_issue_says_so(story: Story) -> None:
    story.commit(translated(), date="2026-01-05")
    assert "of an issue that it does not name" in before(story, "PRO-001-PL")


def test_what_is_no_translation_says_nothing_of_it(story: Story) -> None:
    story.commit({"ems/ems.yml": SETTINGS, "ems/procedures/rinse.md": document("PRO-001", "Rinse.")})
    assert "Translation" not in before(story, "PRO-001")


def test_an_old_translation_says_which_issue_is_in_force(story: Story) -> None:
    files = dict(translated(source_issue=1))
    files["ems/procedures/rinse.md"] = document("PRO-001", "Rinse.", issue_offset=4)
    story.commit(files, date="2026-01-05")
    assert "issue 1; <strong>issue 5 is in force since" in before(story, "PRO-001-PL")
