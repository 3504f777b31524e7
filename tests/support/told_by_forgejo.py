"""A merged request as the interface of Forgejo answers about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from support.forge_server import Answering, Reply, paged
from support.forge_stories import PROJECT, ToldCommit, ToldPush, ToldRequest, ToldReview, contents, written
from support.told_by_github import contents_answer


def forgejo(*requests: ToldRequest) -> Answering:
    """The interface of Forgejo, below `/api/v1`."""

    def answer(path: str, query: Mapping[str, str]) -> Reply:
        at = path.removeprefix("/api/v1/repos/")
        if at == PROJECT:
            return Reply({"id": 1, "full_name": PROJECT, "private": True})
        for told in requests:
            found = _one(told, at.removeprefix(f"{PROJECT}/"), at, query)
            if found is not None:
                return found
        return Reply(
            {"errors": None, "message": "not found", "url": "https://git.example.org/api/swagger"}, 404
        )

    return answer


def _one(told: ToldRequest, at: str, whole: str, query: Mapping[str, str]) -> Reply | None:
    match at.split("/"):
        case ["commits", commit, "pull"] if commit == told.landed[-1]:
            return Reply(_pull(told))
        case ["pulls", number, "reviews"] if number == str(told.number):
            return Reply(paged([_review(one, told) for one in told.reviews], query, size=told.page)[0])
        case ["pulls", number, "commits"] if number == str(told.number):
            return Reply(paged([_commit(one, told) for one in told.commits], query, size=told.page)[0])
        case ["contents", *steps]:
            data = contents(told, "/".join(steps), query["ref"])
            return None if data is None else Reply(contents_answer("/".join(steps), data, told))
    if whole == f"{told.fork}/activities/feeds":
        return Reply(paged([_activity(one, told) for one in told.pushes], query, size=told.page)[0])
    return None


def _user(name: str | None) -> object:
    if name is None:
        return {"id": -1, "login": "Ghost", "full_name": "", "email": ""}
    return {"id": 7, "login": name, "full_name": "Somebody", "email": f"{name}@noreply.example.org"}


def _pull(told: ToldRequest) -> object:
    repo = None if told.fork is None else {"id": 2, "full_name": told.fork}
    return {
        "id": 1,
        "number": told.number,
        "user": _user(told.opener),
        "title": "Change the policy",
        "state": "closed",
        "merged": True,
        "merged_at": written(told.opened),
        "merge_commit_sha": told.landed[-1],
        "base": {"label": told.target, "ref": told.target, "repo": {"id": 1, "full_name": PROJECT}},
        "head": {"label": told.branch, "ref": told.branch, "sha": told.head, "repo": repo},
        "created_at": written(told.opened),
    }


def _review(one: ToldReview, told: ToldRequest) -> object:
    states = {"approved": "APPROVED", "dismissed": "APPROVED", "refused": "REQUEST_CHANGES"}
    return {
        "id": one.id,
        "user": _user(one.by),
        "state": states.get(one.verdict, "COMMENT"),
        "body": "",
        "commit_id": one.commit or "",
        "stale": one.commit != told.head,
        "official": True,
        "dismissed": one.verdict == "dismissed",
        "comments_count": 0,
        "submitted_at": written(one.done),
    }


def _commit(one: ToldCommit, told: ToldRequest) -> object:
    named = {"name": "Somebody", "email": one.mail, "date": written(told.opened)}
    return {
        "sha": one.id,
        "created": written(told.opened),
        "commit": {"author": named, "committer": named, "message": one.message},
        "author": None if one.account is None else _user(one.account),
        "committer": None,
        "parents": [{"sha": parent} for parent in one.parents],
    }


def _activity(one: ToldPush, told: ToldRequest) -> object:
    old = one.before or next((commit.parents[0] for commit in told.commits if commit.parents), "")
    head = f'{{"Sha1":"{one.after}","Message":"Work"}}'
    compared = f"{PROJECT}/compare/{old}...{one.after}"
    content = f'{{"Commits":[{head}],"HeadCommit":{head},"CompareURL":"{compared}","Len":1}}'
    return {
        "id": 4,
        "op_type": "commit_repo",
        "act_user": _user(one.by),
        "ref_name": f"refs/heads/{one.branch}",
        "content": content,
        "created": written(told.opened + timedelta(minutes=1)),
    }
