"""What a forge answers wrongly ends in one helpful line, or in another try: never in a record."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from mkdocs_ems.forges.attested import Imported
from mkdocs_ems.forges.values import ForgeError, ForgeName
from support.forge_company import FORGES, TOKEN, ForgeCompany, imported
from support.forge_server import ForgeServer, Reply
from support.forge_stories import ToldPush
from support.keys import needs_ssh

pytestmark = [needs_ssh, pytest.mark.parametrize("forge", FORGES)]

REVIEWS: Mapping[ForgeName, str] = {"github": "/reviews", "gitlab": "/approvals", "forgejo": "/reviews"}
PAGE = Reply(raw=b"<!doctype html><html><title>Sign in</title></html>", headers={"Content-Type": "text/html"})


@pytest.fixture
def landed(company: ForgeCompany) -> ForgeCompany:
    """A company with one reviewed request."""
    company.land(style="squash")
    return company


def before(part: str, *faults: Reply) -> Callable[[ForgeServer], None]:
    """Faults that come before the right answer."""

    def meddle(server: ForgeServer) -> None:
        server.faults[part] = list(faults)

    return meddle


def reading(company: ForgeCompany, forge: ForgeName, *faults: Reply) -> Imported:
    return imported(company, forge, judged=False, meddle=before(REVIEWS[forge], *faults))


def refusal(company: ForgeCompany, forge: ForgeName, *faults: Reply) -> str:
    with pytest.raises(ForgeError) as told:
        reading(company, forge, *faults)
    assert "\n" not in str(told.value)
    assert TOKEN not in str(told.value)
    return str(told.value)


@pytest.mark.parametrize(
    "fault",
    [
        Reply({"message": "slow down"}, 429, {"Retry-After": "3"}),
        Reply({"message": "slow down"}, 429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}),
        Reply({"message": "secondary rate limit"}, 403, {"Retry-After": "1"}),
        Reply({"message": "oops"}, 500),
        Reply(raw=b"<html>Bad gateway</html>", status=502),
        Reply(status=503),
        Reply({"half": "an answer"}, announced=10_000),
    ],
    ids=["429", "429 with a date", "403 with Retry-After", "500", "502 as a page", "503", "cut off"],
)
def test_a_passing_fault_is_tried_again(landed: ForgeCompany, forge: ForgeName, fault: Reply) -> None:
    assert len(reading(landed, forge, fault, fault).records) == 1


def test_a_fault_that_stays_ends_it(landed: ForgeCompany, forge: ForgeName) -> None:
    told = refusal(landed, forge, *[Reply(status=503)] * 9)
    assert "127.0.0.1 answered with status 503" in told
    assert "run the command again later" in told


def test_a_forge_that_wants_an_hour_is_not_waited_for(landed: ForgeCompany, forge: ForgeName) -> None:
    told = refusal(landed, forge, Reply({}, 429, {"Retry-After": "3600"}))
    assert "answers no more questions for 60 minutes" in told


def test_a_spent_limit_is_told_with_its_end(landed: ForgeCompany, forge: ForgeName) -> None:
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999999999"}
    assert "answers no more questions" in refusal(landed, forge, Reply({"message": "limit"}, 403, headers))


def test_a_page_instead_of_an_answer_is_named(landed: ForgeCompany, forge: ForgeName) -> None:
    assert "did not answer as its interface does" in refusal(landed, forge, PAGE)


def test_half_an_answer_is_none(landed: ForgeCompany, forge: ForgeName) -> None:
    assert "did not answer as its interface does" in refusal(landed, forge, Reply(raw=b'[{"id": 1, "st'))


def test_an_answer_that_is_cut_off_each_time_ends_it(landed: ForgeCompany, forge: ForgeName) -> None:
    cut = Reply({"half": "an answer"}, announced=10_000)
    assert "the answer broke off" in refusal(landed, forge, *[cut] * 9)


def test_nested_brackets_without_end_are_no_answer(landed: ForgeCompany, forge: ForgeName) -> None:
    deep = Reply(raw=b"[" * 200_000 + b"]" * 200_000)
    assert "did not answer as its interface does" in refusal(landed, forge, deep)


def test_an_answer_of_another_shape_is_named(landed: ForgeCompany, forge: ForgeName) -> None:
    wrong = [{"approved_by": 7}] if forge == "gitlab" else {"id": 1}
    assert "the interface promises" in refusal(landed, forge, Reply(wrong))


def spoilt(forge: ForgeName, field: str, value: object) -> Callable[[ForgeServer], None]:
    """Every review with one field that is not as it should be."""

    def meddle(server: ForgeServer) -> None:
        right = server.answering

        def answering(path: str, query: Mapping[str, str]) -> Reply:
            reply = right(path, query)
            if not path.endswith(REVIEWS[forge]):
                return reply
            data = json.loads(reply.body)
            for one in data["approved_by"] if forge == "gitlab" else data:
                one[field] = value
            return Reply(data, headers=reply.headers)

        server.answering = answering

    return meddle


@pytest.mark.parametrize("value", [7, "mdean", ["mdean"]])
def test_a_reviewer_of_another_shape_is_named(landed: ForgeCompany, forge: ForgeName, value: object) -> None:
    with pytest.raises(ForgeError, match="interface promises"):
        imported(landed, forge, judged=False, meddle=spoilt(forge, "user", value))


@pytest.mark.parametrize("value", ["soon", 7, "2026-13-45T00:00:00Z"])
def test_a_moment_that_is_none_is_named(landed: ForgeCompany, forge: ForgeName, value: object) -> None:
    field = "approved_at" if forge == "gitlab" else "submitted_at"
    with pytest.raises(ForgeError, match=r"has no usable '\w+_at'|interface promises"):
        imported(landed, forge, judged=False, meddle=spoilt(forge, field, value))


def test_an_answer_without_end_is_not_read(
    landed: ForgeCompany, forge: ForgeName, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("support.forge_company.ANSWER_SIZE", 10_000)
    assert "answered with more than" in refusal(landed, forge, Reply(["x" * 20_000]))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_token_goes_to_no_other_host(landed: ForgeCompany, forge: ForgeName, status: int) -> None:
    away = Reply({}, status, {"Location": "https://evil.example/api"})
    told = refusal(landed, forge, away)
    assert "sends us on to evil.example, and the token is for no other host" in told


def test_the_token_goes_to_no_other_port(landed: ForgeCompany, forge: ForgeName) -> None:
    away = Reply({}, 302, {"Location": "http://127.0.0.1:9/api"})
    assert "the token is for no other host" in refusal(landed, forge, away)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_an_address_that_moved_on_the_same_host_is_followed(
    landed: ForgeCompany, forge: ForgeName, status: int
) -> None:
    def meddle(server: ForgeServer) -> None:
        right = server.answer

        def answer(target: str) -> Reply:
            if REVIEWS[forge] in target and "moved=1" not in target:
                joint = "&" if "?" in target else "?"
                return Reply({}, status, {"Location": f"{target}{joint}moved=1"})
            return right(target)

        server.answer = answer  # type: ignore[method-assign]  # a fault in front of every answer

    assert len(imported(landed, forge, judged=False, meddle=meddle).records) == 1


def test_a_redirect_in_a_circle_ends(landed: ForgeCompany, forge: ForgeName) -> None:
    def meddle(server: ForgeServer) -> None:
        server.answering = lambda path, _: Reply({}, 302, {"Location": path})

    with pytest.raises(ForgeError, match="round in circles"):
        imported(landed, forge, judged=False, meddle=meddle)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "does not know the token"),
        (403, "does not let the token read"),
        (404, "knows nothing of"),
        (418, "answered with status 418"),
        (204, "answered with status 204"),
    ],
)
def test_a_refusal_is_told_with_its_cure(
    landed: ForgeCompany, forge: ForgeName, status: int, words: str
) -> None:
    assert words in refusal(landed, forge, Reply({"message": f"no, {TOKEN}"}, status))


def test_a_silent_forge_is_not_waited_for_without_end(
    landed: ForgeCompany, forge: ForgeName, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("support.forge_company.ANSWER_SECONDS", 0.05)
    slow = Reply({}, announced=10_000, delay=0.3)
    assert "did not answer in time" in refusal(landed, forge, *[slow] * 9)


def test_the_token_is_sent_and_never_in_an_address(landed: ForgeCompany, forge: ForgeName) -> None:
    servers: list[ForgeServer] = []
    imported(landed, forge, judged=False, meddle=servers.append)
    (server,) = servers
    assert all(TOKEN in sent for sent in server.tokens)
    assert not any(TOKEN in target for target in server.asked)


def test_contents_that_are_not_what_they_are_called_are_refused(
    landed: ForgeCompany, forge: ForgeName
) -> None:
    told = landed.told[-1]
    key = ("ems/policy.md", told.head)
    part = "/files/" if forge == "gitlab" else "/contents/"
    forged = {
        "type": "file",
        "encoding": "base64",
        "content": "Zm9yZ2Vk",
        "sha": "a" * 40,
        "blob_id": "a" * 40,
    }
    assert key in told.files
    with pytest.raises(ForgeError, match="gives other contents than those it names"):
        imported(landed, forge, judged=False, meddle=before(part, Reply(forged)))


def test_what_anybody_may_write_stops_no_import(landed: ForgeCompany, forge: ForgeName) -> None:
    told = landed.told[-1]
    long = ToldPush("benb", "b" * 5000, None, "c" * 40)
    landed.change(
        pushes=(long, *told.pushes),
        commits=(replace(told.commits[0], message="x" * 100_000),),
    )
    assert len(imported(landed, forge, judged=False).records) == 1


def test_a_commit_of_nobody_leaves_only_its_request_out(landed: ForgeCompany, forge: ForgeName) -> None:
    told = landed.told[-1]
    landed.change(commits=(replace(told.commits[0], account=None, mail=""),))
    found = imported(landed, forge, judged=False)
    assert found.records == ()
    assert "nobody is named as the author" in found.told[0]
