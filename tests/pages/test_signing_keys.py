"""The page of the rules lists the keys that may sign, by fingerprint and name; and how approval works."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from mkdocs_ems.control import Content, DocumentControl, Issue, Part
from mkdocs_ems.pages import Manual, Page
from support.rule_cases import compiled

RULES, WORKS = "documents/EMS-RULES/index.html", "how-approval-works/index.html"
KEY = "AAAAC3NzaC1lZDI1NTE5AAAAINe8kB4gH7Sjp6fsTMUmXW6ZDL2ElTup/l+0rb8gWuSp"
OTHER = "AAAAC3NzaC1lZDI1NTE5AAAAILgC6v6Rh7yRBWSjzBVSklrukRVzelRcAFCyCD6HDla8"
SIGNERS = (
    f'ada@wrenholt.example namespaces="ems-approval@mkdocs-ems,git",valid-after="20260101" '
    f"ssh-ed25519 {KEY}\n"
    f'stranger@home.example namespaces="<script>" ssh-ed25519 {OTHER} <b>comment</b>\n'
    "*@wrenholt.example ssh-ed25519 AAAA\n"
)


class Shown(Protocol):
    manual: Manual
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]
MakeIssue = Callable[..., Issue]
MakeDocument = Callable[..., DocumentControl]


def _rules(
    render: Render, issue: MakeIssue, document: MakeDocument, small: Mapping[str, str], blob: str
) -> str:
    content = Content("ems/ems.yml", "", (Part("allowed_signers", "ems/allowed_signers", blob),))
    rules = document("EMS-RULES", "ems/ems.yml", "rules", replace(issue(1, "ems/ems.yml"), content=content))
    files = {**small, "ems/allowed_signers": SIGNERS}
    return render(files, documents=[rules], draft=False).html(RULES)


def test_keys_are_listed_by_fingerprint_and_name_and_never_by_mail_address(
    render: Render, issue: MakeIssue, document: MakeDocument, small: Mapping[str, str]
) -> None:
    html = _rules(render, issue, document, small, "0" * 40)
    assert '<th scope="row">Ada Wren</th><td><code class="ems-place">SHA256:' in html
    assert "approval records and commits and merges" in html
    assert "from 2026-01-01" in html
    assert "nobody whom the register of people lists" in html
    assert "Line 3 of allowed_signers cannot be used" in html
    keys = html.split('id="keys"', 1)[1].split("<h2", 1)[0]
    assert "@" not in keys
    assert "<script>" not in keys
    assert "<b>" not in keys


def test_keys_that_nobody_approved_are_told_as_such(
    render: Render, issue: MakeIssue, document: MakeDocument, small: Mapping[str, str]
) -> None:
    assert "<strong>Not approved.</strong>" in _rules(render, issue, document, small, "0" * 40)
    files = {**small, "ems/allowed_signers": SIGNERS}
    blob = compiled(files, as_of=date(2026, 11, 30)).snapshot.entries["ems/allowed_signers"].blob
    assert "These keys were approved with the rules" in _rules(render, issue, document, small, blob)


def test_without_keys_the_page_says_that_nothing_rests_on_a_signature(approved: Shown) -> None:
    assert "None is listed, so nothing here rests on a signature." in approved.html(RULES)


def test_how_approval_works_explains_what_else_can_be_said_of_a_document(approved: Shown) -> None:
    html = approved.html(WORKS)
    for what in (
        "Review",
        "Confirmation",
        "Interim approval",
        "Editorial change",
        "Withdrawal",
        "Deputies",
        "Dates",
    ):
        assert f"<dt>{what}</dt>" in html


def test_what_was_taken_over_is_told_as_the_starting_state_alone(approved: Shown) -> None:
    html = approved.html(WORKS)
    assert "Only as the starting state; nothing is approved by it since." in html
    assert "with the tree of the trust root. <span" in html
