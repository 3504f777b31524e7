"""From a merged request to the record: the same for each forge and each way of landing."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from mkdocs_ems.control.places import Places
from mkdocs_ems.control.recording import canonical
from mkdocs_ems.control.records import ForgeSource, read_record
from mkdocs_ems.forges.attested import Attested
from mkdocs_ems.forges.values import ForgeName
from mkdocs_ems.git.signing import RECORD_NAMESPACE, verify
from mkdocs_ems.git.values import SignatureClaim
from support.company import POLICY, procedure
from support.forge_company import FORGES, NEW_POLICY, NOW, PEOPLE, STYLES, ForgeCompany, Style, imported
from support.forge_server import ForgeServer
from support.forge_stories import FORK, ToldPush, ToldReview
from support.keys import needs_ssh, signer
from support.story import Story

pytestmark = needs_ssh
each_forge = pytest.mark.parametrize("forge", FORGES)
each_style = pytest.mark.parametrize("style", STYLES)


def source(record: Attested) -> ForgeSource:
    read = read_record(record.path, "", record.data, places=Places("ems")).record
    assert read is not None
    assert canonical(read, record.data)
    assert isinstance(read.source, ForgeSource)
    return read.source


@each_style
@each_forge
def test_an_approving_review_becomes_one_record(
    company: ForgeCompany, forge: ForgeName, style: Style
) -> None:
    told = company.land(style=style)
    found = imported(company, forge, judged=False)
    assert found.told == ()
    (record,) = found.records
    assert (record.document, record.issue, record.person.id) == ("POL-001", 2, "PER-MARY")
    assert record.path == "ems/records/approvals/POL-001/2-approval-mary@example.org-1.yml"
    text = record.data.decode()
    assert f"manifest: {{main: {sha256(NEW_POLICY.encode()).hexdigest()}, parts: {{}}}}\n" in text
    assert "\nmeaning: approval\n" in text
    assert "\napprover: mary@example.org\n" in text
    assert f"\ndate: {told.reviews[0].done:%Y-%m-%dT%H:%M:%SZ}\n" in text
    assert source(record) == ForgeSource(
        forge=forge,
        review=f"wrenholt/ems!12 approval by mdean at {told.reviews[0].done:%Y-%m-%dT%H:%M:%SZ}"
        if forge == "gitlab"
        else "wrenholt/ems#12 review 812",
        state="approved",
        dismissed=False,
        reviewer="mdean",
        opener="ann-a",
        pushers=("ann-a",),
        authors=("ann@example.org",) if forge == "gitlab" else ("ann-a",),
        event=told.landed[-1],
    )


def test_a_record_is_signed_by_the_importer_for_approvals_alone(company: ForgeCompany) -> None:
    company.land(style="squash")
    (record,) = imported(company, "github", judged=False).records
    line = signer("importer").strip()
    claim = SignatureClaim(record.data, record.signature, line, RECORD_NAMESPACE, NOW)
    assert verify(claim)
    assert not verify(replace(claim, namespace="git"))
    assert set(record.files) == {record.path, f"{record.path}.sig"}


@each_forge
def test_each_of_two_reviewers_gets_a_record(company: ForgeCompany, forge: ForgeName) -> None:
    told = company.land(style="squash")
    second = ToldReview("eve-h", told.head, told.opened + timedelta(minutes=30), id=900)
    company.change(reviews=(*told.reviews, second))
    assert {one.account for one in imported(company, forge, judged=False).records} == {"mdean", "eve-h"}


@each_forge
def test_one_question_is_asked_for_an_event_however_many_documents_it_brought(
    company: ForgeCompany, forge: ForgeName
) -> None:
    more = {f"ems/p{at}.md": procedure(identity=f"PRO-00{at}") for at in range(1, 5)}
    company.land({"ems/policy.md": NEW_POLICY, **more}, style="squash")
    servers: list[ForgeServer] = []
    found = imported(company, forge, judged=False, meddle=servers.append)
    assert len(found.records) == 5
    (server,) = servers
    asked = {"github": "/pulls?", "gitlab": "/merge_requests?", "forgejo": "/pull"}[forge]
    assert server.count(f"commits/{company.told[-1].landed[-1]}{asked}") == 1
    assert server.count("/reviews") + server.count("/approvals") <= 2
    assert server.count("/activity") + server.count("/events") + server.count("/activities/feeds") <= 2


@each_forge
def test_every_document_of_a_rebase_of_several_commits_is_found(
    company: ForgeCompany, forge: ForgeName
) -> None:
    told = company.land(
        {"ems/policy.md": NEW_POLICY},
        {"ems/p1.md": procedure()},
        {"ems/p2.md": procedure(identity="PRO-002")},
        style="rebase",
    )
    servers: list[ForgeServer] = []
    found = imported(company, forge, judged=False, meddle=servers.append)
    assert servers[0].count("/reviews?") + servers[0].count("/approvals") <= 2
    assert found.told == ()
    assert {one.document: source(one).event for one in found.records} == dict(
        zip(("POL-001", "PRO-001", "PRO-002"), told.landed, strict=True)
    )


@each_forge
def test_a_commit_pushed_before_a_rebase_does_not_belong_to_it(
    company: ForgeCompany, forge: ForgeName
) -> None:
    company.story.commit({"ems/p9.md": procedure(identity="PRO-009")}, by="ann")
    company.land(style="rebase")
    found = imported(company, forge, judged=False)
    assert [one.document for one in found.records] == ["POL-001"]
    assert any(line.startswith("PRO-009: no merged request brought") for line in found.told)


@each_forge
def test_pages_are_followed_to_the_last(company: ForgeCompany, forge: ForgeName) -> None:
    told = company.land({"ems/policy.md": POLICY + "\nOne.\n"}, {"ems/policy.md": NEW_POLICY}, style="squash")
    early = ToldReview("eve-h", told.head, told.opened, verdict="commented", id=1)
    company.change(page=1, reviews=(early, *told.reviews))
    (record,) = imported(company, forge, judged=False).records
    assert record.account == "mdean"


@each_style
@each_forge
def test_embedded_files_are_compared_too(company: ForgeCompany, forge: ForgeName, style: Style) -> None:
    files = {"ems/policy.md": POLICY + "\n![Flow](flow.png)\n", "ems/flow.png": base64.b64decode("AAEC")}
    told = company.land(files, style=style)
    assert [one.document for one in imported(company, forge, judged=False).records] == ["POL-001"]
    if style != "merge":  # after a merge, git's own objects are read
        company.change(files={**told.files, ("ems/flow.png", told.head): b"another picture"})
        found = imported(company, forge, judged=False)
        assert found.records == ()
        assert "approved another text" in found.told[0]


@each_forge
def test_a_review_of_an_earlier_commit_counts_while_the_text_is_the_same(
    company: ForgeCompany, forge: ForgeName
) -> None:
    told = company.land({"ems/policy.md": NEW_POLICY}, {"ems/p1.md": procedure()}, style="squash")
    first, seen = told.commits[0].id, told.opened + timedelta(minutes=5)
    company.change(
        reviews=(ToldReview("mdean", first, seen),),
        versions=((told.opened, first), (told.opened + timedelta(hours=1), told.head)),
        files={**told.files, ("ems/policy.md", first): NEW_POLICY.encode()},
    )
    found = imported(company, forge, judged=False)
    assert [one.document for one in found.records] == ["POL-001"]
    (told_of,) = found.told
    assert told_of.startswith("PRO-001: wrenholt/ems")
    assert "mdean approved another text than the one that landed" in told_of


@each_forge
def test_a_request_from_a_fork_is_asked_for_its_pushes_there(company: ForgeCompany, forge: ForgeName) -> None:
    company.land(style="squash")
    company.change(fork=FORK)
    assert len(imported(company, forge, judged=False).records) == 1


@each_forge
def test_nothing_is_written_twice(company: ForgeCompany, forge: ForgeName) -> None:
    company.land(style="squash")
    found = imported(company, forge, judged=False)
    company.story.commit(dict(found.files), by="importer", message="Record an approval")
    again = imported(company, forge, judged=False)
    assert again.records == ()


def test_what_landed_before_a_named_commit_is_left_alone(company: ForgeCompany) -> None:
    company.land({"ems/p1.md": procedure()}, style="squash", number=11)
    company.land(style="squash", number=12)
    found = imported(company, "github", judged=False, since=1)
    assert [one.document for one in found.records] == ["POL-001"]
    assert found.events == 1


def test_what_was_taken_over_at_adoption_is_not_asked_about(company: ForgeCompany) -> None:
    found = imported(company, "github", judged=False)
    assert (found.records, found.told, found.events) == ((), (), 0)


def test_older_gitlab_tells_the_moment_by_its_notes(company: ForgeCompany) -> None:
    company.land(style="squash")
    company.change(old_gitlab=True)
    (record,) = imported(company, "gitlab", judged=False).records
    assert record.account == "mdean"


def test_a_push_to_main_by_the_approver_who_merged_is_no_hand_in_the_text(company: ForgeCompany) -> None:
    told = company.land(style="rebase")
    pushes = (ToldPush("mdean", "main", told.pushes[0].before, told.landed[-1]), *told.pushes[1:])
    company.change(pushes=pushes)
    assert len(imported(company, "github", judged=False).records) == 1


@each_forge
def test_an_approver_without_a_mail_address_is_named_by_the_account(story: Story, forge: ForgeName) -> None:
    company = ForgeCompany(story)
    people = PEOPLE.replace("    git_identities: [mary@example.org]\n", "")
    company.begin(**{"registers/people.yml": people})
    company.land(style="squash")
    found = imported(company, forge)
    assert found.told == ()
    (record,) = found.records
    assert record.path.endswith("/2-approval-mdean-1.yml")
    assert b"\napprover: mdean\n" in record.data


def test_gitlab_tells_versions_apart_within_one_second(company: ForgeCompany) -> None:
    told = company.land({"ems/policy.md": POLICY + "\nOne.\n"}, {"ems/policy.md": NEW_POLICY}, style="squash")
    first, moment = told.commits[0].id, told.opened + timedelta(minutes=5)
    company.change(
        versions=((told.opened, first), (moment, told.head)),
        reviews=(ToldReview("mdean", told.head, moment + timedelta(milliseconds=400)),),
    )
    assert len(imported(company, "gitlab", judged=False).records) == 1


@each_forge
def test_a_repository_with_longer_ids_is_the_same(tmp_path: Path, forge: ForgeName) -> None:
    company = ForgeCompany(Story(tmp_path / "longer", object_format="sha256"))
    company.begin()
    company.land(style="squash")
    found = imported(company, forge, judged=False)
    assert found.told == ()
    (record,) = found.records
    assert len(source(record).event) == 64


@each_style
@each_forge
def test_an_address_that_no_record_can_hold_is_left_out_and_that_is_said(
    company: ForgeCompany, forge: ForgeName, style: Style
) -> None:
    told = company.land(style=style)
    message = "Change it\n\nCo-authored-by: A <a\x01b>\nCo-authored-by: B < >\nCo-authored-by: C <\udcfc@x>\n"
    company.told[-1] = replace(told, commits=(replace(told.commits[0], message=message),))
    found = imported(company, forge)
    (record,) = found.records
    assert source(record).authors == (("ann@example.org",) if forge == "gitlab" else ("ann-a",))
    assert [line.partition("(")[2] for line in found.told] == [r"a\u{1}b and \u{dcfc}@x)"]
