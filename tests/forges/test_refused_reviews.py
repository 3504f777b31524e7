"""Reviews that become no record, and what is said of each: told by every forge."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mkdocs_ems.forges.values import ForgeName
from support.company import POLICY
from support.forge_company import FORGES, NEW_POLICY, ForgeCompany, imported
from support.forge_server import ForgeServer, Reply
from support.forge_stories import FORK, ToldPush, ToldReview
from support.keys import needs_ssh

pytestmark = [needs_ssh, pytest.mark.parametrize("forge", FORGES)]


def why(company: ForgeCompany, forge: ForgeName) -> str:
    """What is said where nothing is written."""
    found = imported(company, forge, judged=False)
    assert found.records == ()
    (told,) = found.told
    return told


def test_who_opened_the_request_cannot_approve_it(company: ForgeCompany, forge: ForgeName) -> None:
    company.land(style="squash")
    company.change(opener="mdean")
    assert "mdean opened the request and cannot approve it" in why(company, forge)


def test_who_pushed_to_the_branch_cannot_approve_it(company: ForgeCompany, forge: ForgeName) -> None:
    told = company.land(style="squash")
    push = told.pushes[1]
    company.change(pushes=(told.pushes[0], replace(push, by="MDean"), told.pushes[2]))
    assert "mdean pushed to its branch and cannot approve it" in why(company, forge)


def test_who_pushed_the_commits_to_another_branch_cannot_approve_them(
    company: ForgeCompany, forge: ForgeName
) -> None:
    told = company.land(style="squash")
    elsewhere = ToldPush("mdean", "drafts", None, told.head)
    company.change(pushes=(*told.pushes[:2], elsewhere, told.pushes[2]))
    assert "mdean pushed to its branch" in why(company, forge)


def test_who_pushed_first_cannot_approve_what_was_pushed_over_it(
    company: ForgeCompany, forge: ForgeName
) -> None:
    told = company.land({"ems/policy.md": POLICY + "\nOne.\n"}, {"ems/policy.md": NEW_POLICY}, style="squash")
    first = told.commits[0].id
    pushes = (
        told.pushes[0],
        ToldPush("ann-a", told.branch, first, told.head),
        ToldPush("mdean", told.branch, None, first),
        told.pushes[2],
    )
    company.change(pushes=pushes)
    assert "mdean pushed to its branch" in why(company, forge)


def test_an_author_cannot_approve(company: ForgeCompany, forge: ForgeName) -> None:
    company.land(style="squash", by="mary", account=None if forge == "gitlab" else "mdean")
    told = company.told[-1]
    company.change(pushes=(told.pushes[0], replace(told.pushes[1], by="benb"), told.pushes[2]))
    assert "mdean wrote at the change and cannot approve it" in why(company, forge)


def test_an_author_known_by_mail_address_alone_cannot_approve(
    company: ForgeCompany, forge: ForgeName
) -> None:
    company.land(style="squash", by="mary", account=None)
    told = company.told[-1]
    company.change(pushes=(told.pushes[0], replace(told.pushes[1], by="benb"), told.pushes[2]))
    assert "mdean wrote at the change" in why(company, forge)


def test_a_co_author_whom_the_squash_lost_cannot_approve(company: ForgeCompany, forge: ForgeName) -> None:
    told = company.land(style="squash")
    message = "Change the policy\n\nco-authored-by: Mary Dean <mary@example.org>\n"
    company.change(commits=(replace(told.commits[0], message=message),))
    assert "mdean wrote at the change and cannot approve it" in why(company, forge)


def test_a_second_account_of_the_author_cannot_approve(company: ForgeCompany, forge: ForgeName) -> None:
    people = company.story.writer.files(company.story.head)["ems/registers/people.yml"].data.decode()
    both = people.replace("forge_accounts: [ann-a]", "forge_accounts: [ann-a, ann-private]")
    story = company.story
    story.branch("people")
    story.commit({"ems/registers/people.yml": both}, by="ann")
    story.switch()
    story.merge("people", by="mary")
    company.land(style="squash", reviewer="ann-private")
    found = imported(company, forge, judged=False)
    assert found.records == ()
    assert any("ann-private opened the request and cannot approve it" in line for line in found.told)


def test_a_program_approves_nothing(company: ForgeCompany, forge: ForgeName) -> None:
    names = {"github": "review[bot]", "gitlab": "project_7_bot_4ffca233d8298ea1", "forgejo": "review[bot]"}
    company.land(style="squash", reviewer=names[forge])
    assert "is a program, and programs approve nothing" in why(company, forge)


def test_an_account_that_is_gone_approves_nothing(company: ForgeCompany, forge: ForgeName) -> None:
    company.land(style="squash", reviewer=None)
    assert "the account that approved is gone" in why(company, forge)


def test_an_opener_whose_account_is_gone_leaves_it_open_who_else_approved(
    company: ForgeCompany, forge: ForgeName
) -> None:
    company.land(style="squash")
    company.change(opener=None)
    assert "the account that opened it is gone" in why(company, forge)


def test_a_pusher_whose_account_is_gone_is_unknown(company: ForgeCompany, forge: ForgeName) -> None:
    told = company.land(style="squash")
    company.change(pushes=(told.pushes[0], replace(told.pushes[1], by=None), told.pushes[2]))
    assert f"the account that pushed {told.head[:12]} is gone" in why(company, forge)


def test_an_unknown_pusher_leaves_the_review_out(company: ForgeCompany, forge: ForgeName) -> None:
    told = company.land(style="squash")
    company.change(pushes=(told.pushes[0], told.pushes[2]))
    assert f"the forge does not tell who pushed {told.head[:12]} to work-12" in why(company, forge)


def test_a_fork_that_is_gone_leaves_the_review_out(company: ForgeCompany, forge: ForgeName) -> None:
    company.land(style="squash")
    company.change(fork=None)
    assert "the fork that it came from is gone" in why(company, forge)


def test_an_account_that_nobody_lists_is_told_where_to_list_it(
    company: ForgeCompany, forge: ForgeName
) -> None:
    company.land(style="squash", reviewer="mdean-renamed")
    told = why(company, forge)
    assert "no approved person lists the account mdean-renamed: add it to forge_accounts" in told


def test_a_review_of_another_text_is_left_out(company: ForgeCompany, forge: ForgeName) -> None:
    told = company.land({"ems/policy.md": POLICY + "\nOne.\n"}, {"ems/policy.md": NEW_POLICY}, style="squash")
    first = told.commits[0].id
    company.change(
        reviews=(ToldReview("mdean", first, told.opened + timedelta(minutes=5)),),
        versions=((told.opened, first), (told.opened + timedelta(hours=1), told.head)),
        files={**told.files, ("ems/policy.md", first): (POLICY + "\nOne.\n").encode()},
    )
    assert "mdean approved another text than the one that landed" in why(company, forge)


def test_a_commit_that_the_forge_has_no_more_is_no_reviewed_text(
    company: ForgeCompany, forge: ForgeName
) -> None:
    company.land(style="squash")
    company.change(files={})
    assert "approved another text" in why(company, forge)


def test_who_asks_for_changes_after_approving_has_not_approved(
    company: ForgeCompany, forge: ForgeName
) -> None:
    told = company.land(style="squash")
    refused = ToldReview("mdean", told.head, told.opened + timedelta(minutes=40), verdict="refused", id=5)
    company.change(reviews=(refused,) if forge == "gitlab" else (*told.reviews, refused))
    assert "nobody has approved it" in why(company, forge)


def test_a_dismissed_approval_is_none(company: ForgeCompany, forge: ForgeName) -> None:
    told = company.land(style="squash")
    company.change(reviews=(replace(told.reviews[0], verdict="dismissed"),))
    assert "nobody has approved it" in why(company, forge)


def test_a_remark_is_no_approval(company: ForgeCompany, forge: ForgeName) -> None:
    told = company.land(style="squash")
    company.change(reviews=(replace(told.reviews[0], verdict="commented"),))
    assert "nobody has approved it" in why(company, forge)


def test_a_request_into_another_branch_says_nothing_of_the_main_one(
    company: ForgeCompany, forge: ForgeName
) -> None:
    company.land(style="squash")
    company.change(target="release")
    assert "no merged request brought commit" in why(company, forge)


def test_a_text_pushed_to_the_main_branch_has_no_review(company: ForgeCompany, forge: ForgeName) -> None:
    company.story.commit({"ems/policy.md": NEW_POLICY}, by="ann")
    assert "approve it with `ems approve`" in why(company, forge)


def test_an_account_that_two_persons_list_is_nobodys(company: ForgeCompany, forge: ForgeName) -> None:
    people = company.story.writer.files(company.story.head)["ems/registers/people.yml"].data.decode()
    both = people.replace("forge_accounts: [benb]", "forge_accounts: [benb, mdean]")
    story = company.story
    story.branch("people")
    story.commit({"ems/registers/people.yml": both}, by="ann")
    story.switch()
    story.merge("people", by="mary")
    company.land(style="squash")
    found = imported(company, forge, judged=False)
    assert found.records == ()
    assert any("PER-BEN and PER-MARY both list the account mdean" in line for line in found.told)


def test_an_approval_from_before_a_dismissed_one_stands_no_more(
    company: ForgeCompany, forge: ForgeName
) -> None:
    told = company.land(style="squash")
    later = replace(told.reviews[0], verdict="dismissed", done=told.opened + timedelta(hours=1), id=9)
    company.change(reviews=(later,) if forge == "gitlab" else (*told.reviews, later))
    assert "nobody has approved it" in why(company, forge)


def test_a_request_that_landed_elsewhere_on_the_chain_says_nothing(
    company: ForgeCompany, forge: ForgeName
) -> None:
    told = company.land(style="squash")
    company.story.commit({"ems/policy.md": POLICY + "\nMore.\n"}, by="ann")
    company.story.commit({"ems/policy.md": NEW_POLICY}, by="ann")
    # The forge names the old request for the commit that brings the old text back.
    company.change(landed=(company.story.head, told.landed[-1]))
    assert "no merged request brought commit" in why(company, forge)


def test_a_fork_whose_pushes_the_token_may_not_read_leaves_the_review_out(
    company: ForgeCompany, forge: ForgeName
) -> None:
    company.land(style="squash")
    company.change(fork=FORK)

    def meddle(server: ForgeServer) -> None:
        for part in ("/activity", "/events", "/activities/feeds"):
            server.faults[part] = [Reply({"message": "Resource not accessible by integration"}, 403)]

    found = imported(company, forge, judged=False, meddle=meddle)
    assert found.records == ()
    assert "the token may not read who pushed to" in found.told[0]


def test_a_request_of_more_commits_than_are_listed_is_left_out(
    company: ForgeCompany, forge: ForgeName
) -> None:
    told = company.land(style="squash")
    many = tuple(
        replace(told.commits[0], id=f"{at:040x}", parents=(f"{at - 1:040x}",)) for at in range(1, 250)
    )
    company.change(commits=(*many, told.commits[0]))
    found = imported(company, forge, judged=False)
    if forge == "github":
        assert found.records == ()
        assert "has 250 commits or more, and GitHub does not list them all" in found.told[0]
    else:
        assert len(found.records) == 1
