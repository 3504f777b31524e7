"""A print bears the checksum of what it shows, so that a signature on it binds that and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mkdocs_ems.compile import approved_state, compile_state
from mkdocs_ems.control.drafting import print_checksum
from mkdocs_ems.git import Repository
from mkdocs_ems.pages import render_manual
from mkdocs_ems.rules import rule_docs, run_rules

AS_OF = date(2026, 11, 20)


@pytest.mark.parametrize("draft", [False, True])
def test_every_document_bears_the_checksum_of_the_content_that_its_page_shows(
    demo: Path, *, draft: bool
) -> None:
    with Repository.open(demo) as repository:
        head = compile_state(repository, ref="main", as_of=AS_OF, now=datetime.now(UTC))
        assert head.control is not None
        shown = head if draft else approved_state(head, repository)
        manual = render_manual(shown, report=run_rules(head), rule_docs=rule_docs(), draft=draft)
        pages = {page.path: page for page in manual.pages}
        seen = 0
        for name, control in head.control.documents.items():
            page = pages.get(f"documents/{name}/index.html")
            issue = control.in_force
            if page is None or issue is None or (draft and control.pending):
                continue
            assert f"checksum {print_checksum(issue.manifest)}" in page.before + page.html, name
            seen += 1
    assert seen > 20
