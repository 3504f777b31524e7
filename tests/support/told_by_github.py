"""A merged request as the interface of GitHub answers about it."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from support.forge_server import NOTHING, Answering, Reply, paged
from support.forge_stories import (
    PROJECT,
    ToldCommit,
    ToldPush,
    ToldRequest,
    ToldReview,
    blob,
    contents,
    written,
    zeros,
)


def github(*requests: ToldRequest) -> Answering:
    """The interface of GitHub, below `/api/v3`."""

    def answer(path: str, query: Mapping[str, str]) -> Reply:
        at = path.removeprefix("/api/v3/repos/")
        if at == PROJECT:
            return Reply({"id": 1, "full_name": PROJECT, "private": True})
        for told in requests:
            found = _one(told, at.removeprefix(f"{PROJECT}/"), at, query)
            if found is not None:
                return found
        return NOTHING

    return answer


def _one(told: ToldRequest, at: str, whole: str, query: Mapping[str, str]) -> Reply | None:
    match at.split("/"):
        case ["commits", commit, "pulls"] if commit in told.landed:
            return Reply([_pull(told)])
        case ["pulls", number, "reviews"] if number == str(told.number):
            return _linked([_review(one, told) for one in told.reviews], at, query, told)
        case ["pulls", number, "commits"] if number == str(told.number):
            return _linked([_commit(one, told) for one in told.commits], at, query, told)
        case ["contents", *steps]:
            data = contents(told, "/".join(steps), query["ref"])
            return None if data is None else Reply(contents_answer("/".join(steps), data, told))
    if whole == f"{told.fork}/activity":
        return _linked([_activity(one, told) for one in told.pushes], "activity", query, told)
    return None


def _linked(entries: list[object], at: str, query: Mapping[str, str], told: ToldRequest) -> Reply:
    found, more = paged(entries, query, size=told.page)
    project = told.fork if at == "activity" else PROJECT
    following = f"/api/v3/repos/{project}/{at}?per_page={told.page}&page={int(query.get('page', '1')) + 1}"
    headers = {"Link": f'<https://api.example.org{following}>; rel="next", <x>; rel="last"'} if more else {}
    return Reply(found, headers=headers)


def _user(name: str | None, told: ToldRequest) -> object:
    kind = "Bot" if name in told.bots else "User"
    return None if name is None else {"login": name, "id": 7, "type": kind, "site_admin": False}


def _pull(told: ToldRequest) -> object:
    repo = None if told.fork is None else {"id": 2, "full_name": told.fork}
    return {
        "id": 1,
        "number": told.number,
        "state": "closed",
        "title": "Change the policy",
        "user": _user(told.opener, told),
        "created_at": written(told.opened),
        "closed_at": written(told.opened),
        "merged_at": written(told.opened),
        "merge_commit_sha": told.landed[-1],
        "head": {"label": f"wrenholt:{told.branch}", "ref": told.branch, "sha": told.head, "repo": repo},
        "base": {"ref": told.target, "sha": "0" * 40, "repo": {"id": 1, "full_name": PROJECT}},
        "draft": False,
    }


def _review(one: ToldReview, told: ToldRequest) -> object:
    states = {"approved": "APPROVED", "refused": "CHANGES_REQUESTED", "dismissed": "DISMISSED"}
    return {
        "id": one.id,
        "node_id": "MDE3",
        "user": _user(one.by, told),
        "body": "",
        "state": states.get(one.verdict, "COMMENTED"),
        "submitted_at": written(one.done),
        "commit_id": one.commit,
        "author_association": "COLLABORATOR",
    }


def _commit(one: ToldCommit, told: ToldRequest) -> object:
    named = {"name": "Somebody", "email": one.mail, "date": written(told.opened)}
    return {
        "sha": one.id,
        "commit": {"author": named, "committer": named, "message": one.message},
        "author": _user(one.account, told),
        "committer": _user(one.account, told),
        "parents": [{"sha": parent} for parent in one.parents],
    }


def _activity(one: ToldPush, told: ToldRequest) -> object:
    return {
        "id": 5,
        "node_id": "PSH_",
        "before": zeros(one.before, told),
        "after": one.after,
        "ref": f"refs/heads/{one.branch}",
        "timestamp": written(told.opened),
        "activity_type": "push" if one.before else "branch_creation",
        "actor": _user(one.by, told),
    }


def contents_answer(path: str, data: bytes, told: ToldRequest) -> object:
    return {
        "type": "file",
        "encoding": "base64",
        "size": len(data),
        "name": path.rpartition("/")[2],
        "path": path,
        "content": base64.encodebytes(data).decode(),
        "sha": blob(data, told),
    }
