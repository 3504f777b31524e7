"""A merged request as the interface of GitLab answers about it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

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
)


def gitlab(*requests: ToldRequest) -> Answering:
    """The interface of GitLab, below `/api/v4`."""

    def answer(path: str, query: Mapping[str, str]) -> Reply:
        at = path.removeprefix("/api/v4/projects/")
        if at == PROJECT:
            return Reply({"id": 1, "path_with_namespace": PROJECT, "visibility": "private"})
        project, _, rest = at.partition("/")
        for told in requests:
            found = _one(told, project, rest, query)
            if found is not None:
                return found
        return NOTHING

    return answer


def _one(told: ToldRequest, project: str, at: str, query: Mapping[str, str]) -> Reply | None:
    here = f"merge_requests/{told.number}"
    lists: dict[str, Callable[[], list[object]]] = {
        f"{here}/commits": lambda: [_commit(one) for one in told.commits],
        f"{here}/versions": lambda: [_version(at, one) for at, one in reversed(_versions(told))],
        f"{here}/reviewers": lambda: [_reviewer(one, told) for one in told.reviews if one.by],
        f"{here}/notes": lambda: [_note(one, told) for one in told.reviews],
    }
    if project == ("1" if told.fork == PROJECT else "2") and at == "events" and told.fork:
        return _numbered([_event(one, told) for one in told.pushes], query, told)
    if project == "1" and at in lists:
        return _numbered(lists[at](), query, told)
    return _rest(told, at, query) if project == "1" else None


def _rest(told: ToldRequest, at: str, query: Mapping[str, str]) -> Reply | None:
    match at.split("/", 2):
        case ["merge_requests", number, "approvals"] if number == str(told.number):
            stand = [one for one in told.reviews if one.verdict in {"approved", "refused"}]
            given = [_approval(one, told) for one in stand]
            return Reply({"id": 5, "iid": told.number, "state": "merged", "approved_by": given})
        case ["repository", "commits", rest] if rest.partition("/")[0] in told.landed:
            return Reply([_request(told)])
        case ["repository", "files", path]:
            data = contents(told, path, query["ref"])
            return None if data is None else Reply(_file(path, data, told))
    return None


def _versions(told: ToldRequest) -> tuple[tuple[datetime, str], ...]:
    return told.versions or ((told.opened, told.head),)


def _numbered(entries: list[object], query: Mapping[str, str], told: ToldRequest) -> Reply:
    found, more = paged(entries, query, size=told.page)
    return Reply(found, headers={"x-next-page": str(int(query["page"]) + 1) if more else ""})


def _user(name: str | None, told: ToldRequest) -> dict[str, object]:
    user: dict[str, object] = {"id": 7, "username": name or "ghost", "name": "Somebody", "state": "active"}
    return {**user, "bot": True} if name in told.bots else user


def _request(told: ToldRequest) -> object:
    fast = told.landed[-1] == told.head
    return {
        "id": 84,
        "iid": told.number,
        "project_id": 1,
        "title": "Change the policy",
        "state": "merged",
        "merged_at": written(told.opened),
        "target_branch": told.target,
        "source_branch": told.branch,
        "author": _user(told.opener, told),
        "source_project_id": None if told.fork is None else 1 if told.fork == PROJECT else 2,
        "target_project_id": 1,
        "sha": told.head,
        "merge_commit_sha": None if told.squash or fast else told.landed[-1],
        "squash_commit_sha": told.landed[-1] if told.squash else None,
        "squash": told.squash,
    }


def _approval(one: ToldReview, told: ToldRequest) -> object:
    user = {"user": _user(one.by, told)}
    return user if told.old_gitlab else {**user, "approved_at": one.done.isoformat(timespec="milliseconds")}


def _reviewer(one: ToldReview, told: ToldRequest) -> object:
    state = "requested_changes" if one.verdict == "refused" else "approved"
    return {"user": _user(one.by, told), "state": state, "created_at": written(told.opened)}


def _note(one: ToldReview, told: ToldRequest) -> object:
    body = "approved this merge request" if one.verdict == "approved" else "unapproved this merge request"
    user = _user(one.by, told)
    return {"id": one.id, "body": body, "author": user, "system": True, "created_at": written(one.done)}


def _version(moment: datetime, head: str) -> object:
    return {"id": 110, "head_commit_sha": head, "base_commit_sha": "0" * 40, "created_at": written(moment)}


def _commit(one: ToldCommit) -> object:
    return {
        "id": one.id,
        "short_id": one.id[:8],
        "parent_ids": list(one.parents),
        "author_name": "Somebody",
        "author_email": one.mail,
        "title": one.message.partition("\n")[0],
        "message": one.message,
        "committer_email": one.mail,
    }


def _event(one: ToldPush, told: ToldRequest) -> object:
    return {
        "id": 9,
        "project_id": 1,
        "action_name": "pushed to" if one.before else "pushed new",
        "author": _user(one.by, told),
        "author_username": one.by or "ghost",
        "created_at": written(told.opened),
        "push_data": {
            "commit_count": 1,
            "action": "pushed" if one.before else "created",
            "ref_type": "branch",
            "commit_from": one.before,
            "commit_to": one.after,
            "ref": one.branch,
            "commit_title": "Work",
            "ref_count": None,
        },
    }


def _file(path: str, data: bytes, told: ToldRequest) -> object:
    return {
        "file_name": path.rpartition("/")[2],
        "file_path": path,
        "size": len(data),
        "encoding": "base64",
        "content": base64.b64encode(data).decode(),
        "content_sha256": hashlib.sha256(data).hexdigest(),
        "ref": told.branch,
        "blob_id": blob(data, told),
        "commit_id": told.head,
    }
