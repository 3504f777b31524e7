"""One merged request, told once, as the interfaces of three forges answer about it.

The fields are those of the published documentation of each interface, the ones that nobody
reads here among them. What a test changes it changes in the story, so that it is told to all.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from support.forge_server import NOTHING, Answering, Reply, paged

PROJECT = "wrenholt/ems"
FORK = "ann/ems"


@dataclass(frozen=True)
class ToldCommit:
    """One commit of the request."""

    id: str
    parents: tuple[str, ...]
    account: str | None
    mail: str
    message: str = "Change the policy"


@dataclass(frozen=True)
class ToldReview:
    """One decision: `approved`, `refused`, `dismissed` or `commented`."""

    by: str | None
    commit: str | None
    done: datetime
    verdict: str = "approved"
    id: int = 80


@dataclass(frozen=True)
class ToldPush:
    """One push."""

    by: str | None
    branch: str
    before: str | None
    after: str


@dataclass
class ToldRequest:
    """A merged request and all that a forge knows about it."""

    number: int
    opener: str | None
    head: str
    landed: tuple[str, ...]
    """The events that it landed; the last is the one that merging made."""
    commits: tuple[ToldCommit, ...]
    reviews: tuple[ToldReview, ...]
    pushes: tuple[ToldPush, ...]
    """Newest first."""
    opened: datetime
    branch: str = "work"
    target: str = "main"
    squash: bool = False
    fork: str | None = PROJECT
    files: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    """What the forge gives for a path at a commit."""
    page: int = 100
    """How many entries a page holds at most."""
    bots: frozenset[str] = frozenset()
    old_gitlab: bool = False
    """Approvals carry no moment, so that it has to be taken from the notes."""
    versions: tuple[tuple[datetime, str], ...] = ()
    """When which commit became the head."""


def _zeros(commit: str | None, told: ToldRequest) -> str:
    return commit or "0" * len(told.head)


def _z(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _blob(data: bytes, told: ToldRequest) -> str:
    digest = hashlib.sha256 if len(told.head) == 64 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data).hexdigest()


def _contents(told: ToldRequest, path: str, commit: str) -> bytes | None:
    return told.files.get((path, commit))


# --- GitHub -------------------------------------------------------------------------------


def github(*requests: ToldRequest) -> Answering:
    """The interface of GitHub, below `/api/v3`."""

    def answer(path: str, query: Mapping[str, str]) -> Reply:
        at = path.removeprefix("/api/v3/repos/")
        if at == PROJECT:
            return Reply({"id": 1, "full_name": PROJECT, "private": True})
        for told in requests:
            found = _github_one(told, at.removeprefix(f"{PROJECT}/"), at, query)
            if found is not None:
                return found
        return NOTHING

    return answer


def _github_one(told: ToldRequest, at: str, whole: str, query: Mapping[str, str]) -> Reply | None:
    match at.split("/"):
        case ["commits", commit, "pulls"] if commit in told.landed:
            return Reply([_github_pull(told)])
        case ["pulls", number, "reviews"] if number == str(told.number):
            return _linked([_github_review(one, told) for one in told.reviews], at, query, told)
        case ["pulls", number, "commits"] if number == str(told.number):
            return _linked([_github_commit(one, told) for one in told.commits], at, query, told)
        case ["contents", *steps]:
            data = _contents(told, "/".join(steps), query["ref"])
            return None if data is None else Reply(_github_file("/".join(steps), data, told))
    if whole == f"{told.fork}/activity":
        return _linked([_github_activity(one, told) for one in told.pushes], "activity", query, told)
    return None


def _linked(entries: list[object], at: str, query: Mapping[str, str], told: ToldRequest) -> Reply:
    found, more = paged(entries, query, size=told.page)
    project = told.fork if at == "activity" else PROJECT
    following = f"/api/v3/repos/{project}/{at}?per_page={told.page}&page={int(query.get('page', '1')) + 1}"
    headers = {"Link": f'<https://api.example.org{following}>; rel="next", <x>; rel="last"'} if more else {}
    return Reply(found, headers=headers)


def _github_user(name: str | None, told: ToldRequest) -> object:
    kind = "Bot" if name in told.bots else "User"
    return None if name is None else {"login": name, "id": 7, "type": kind, "site_admin": False}


def _github_pull(told: ToldRequest) -> object:
    repo = None if told.fork is None else {"id": 2, "full_name": told.fork}
    return {
        "id": 1,
        "number": told.number,
        "state": "closed",
        "title": "Change the policy",
        "user": _github_user(told.opener, told),
        "created_at": _z(told.opened),
        "closed_at": _z(told.opened),
        "merged_at": _z(told.opened),
        "merge_commit_sha": told.landed[-1],
        "head": {"label": f"wrenholt:{told.branch}", "ref": told.branch, "sha": told.head, "repo": repo},
        "base": {"ref": told.target, "sha": "0" * 40, "repo": {"id": 1, "full_name": PROJECT}},
        "draft": False,
    }


def _github_review(one: ToldReview, told: ToldRequest) -> object:
    states = {"approved": "APPROVED", "refused": "CHANGES_REQUESTED", "dismissed": "DISMISSED"}
    return {
        "id": one.id,
        "node_id": "MDE3",
        "user": _github_user(one.by, told),
        "body": "",
        "state": states.get(one.verdict, "COMMENTED"),
        "submitted_at": _z(one.done),
        "commit_id": one.commit,
        "author_association": "COLLABORATOR",
    }


def _github_commit(one: ToldCommit, told: ToldRequest) -> object:
    named = {"name": "Somebody", "email": one.mail, "date": _z(told.opened)}
    return {
        "sha": one.id,
        "commit": {"author": named, "committer": named, "message": one.message},
        "author": _github_user(one.account, told),
        "committer": _github_user(one.account, told),
        "parents": [{"sha": parent} for parent in one.parents],
    }


def _github_activity(one: ToldPush, told: ToldRequest) -> object:
    return {
        "id": 5,
        "node_id": "PSH_",
        "before": _zeros(one.before, told),
        "after": one.after,
        "ref": f"refs/heads/{one.branch}",
        "timestamp": _z(told.opened),
        "activity_type": "push" if one.before else "branch_creation",
        "actor": _github_user(one.by, told),
    }


def _github_file(path: str, data: bytes, told: ToldRequest) -> object:
    return {
        "type": "file",
        "encoding": "base64",
        "size": len(data),
        "name": path.rpartition("/")[2],
        "path": path,
        "content": base64.encodebytes(data).decode(),
        "sha": _blob(data, told),
    }


# --- GitLab -------------------------------------------------------------------------------


def gitlab(*requests: ToldRequest) -> Answering:
    """The interface of GitLab, below `/api/v4`."""

    def answer(path: str, query: Mapping[str, str]) -> Reply:
        at = path.removeprefix("/api/v4/projects/")
        if at == PROJECT:
            return Reply({"id": 1, "path_with_namespace": PROJECT, "visibility": "private"})
        project, _, rest = at.partition("/")
        for told in requests:
            found = _gitlab_one(told, project, rest, query)
            if found is not None:
                return found
        return NOTHING

    return answer


def _gitlab_one(told: ToldRequest, project: str, at: str, query: Mapping[str, str]) -> Reply | None:
    here = f"merge_requests/{told.number}"
    lists: dict[str, Callable[[], list[object]]] = {
        f"{here}/commits": lambda: [_gitlab_commit(one) for one in told.commits],
        f"{here}/versions": lambda: [_gitlab_version(at, one) for at, one in reversed(_versions(told))],
        f"{here}/reviewers": lambda: [_gitlab_reviewer(one, told) for one in told.reviews if one.by],
        f"{here}/notes": lambda: [_gitlab_note(one, told) for one in told.reviews],
    }
    if project == ("1" if told.fork == PROJECT else "2") and at == "events" and told.fork:
        return _numbered([_gitlab_event(one, told) for one in told.pushes], query, told)
    if project == "1" and at in lists:
        return _numbered(lists[at](), query, told)
    return _gitlab_rest(told, at, query) if project == "1" else None


def _gitlab_rest(told: ToldRequest, at: str, query: Mapping[str, str]) -> Reply | None:
    match at.split("/", 2):
        case ["merge_requests", number, "approvals"] if number == str(told.number):
            stand = [one for one in told.reviews if one.verdict in {"approved", "refused"}]
            given = [_gitlab_approval(one, told) for one in stand]
            return Reply({"id": 5, "iid": told.number, "state": "merged", "approved_by": given})
        case ["repository", "commits", rest] if rest.partition("/")[0] in told.landed:
            return Reply([_gitlab_request(told)])
        case ["repository", "files", path]:
            data = _contents(told, path, query["ref"])
            return None if data is None else Reply(_gitlab_file(path, data, told))
    return None


def _versions(told: ToldRequest) -> tuple[tuple[datetime, str], ...]:
    return told.versions or ((told.opened, told.head),)


def _numbered(entries: list[object], query: Mapping[str, str], told: ToldRequest) -> Reply:
    found, more = paged(entries, query, size=told.page)
    return Reply(found, headers={"x-next-page": str(int(query["page"]) + 1) if more else ""})


def _gitlab_user(name: str | None, told: ToldRequest) -> dict[str, object]:
    user: dict[str, object] = {"id": 7, "username": name or "ghost", "name": "Somebody", "state": "active"}
    return {**user, "bot": True} if name in told.bots else user


def _gitlab_request(told: ToldRequest) -> object:
    fast = told.landed[-1] == told.head
    return {
        "id": 84,
        "iid": told.number,
        "project_id": 1,
        "title": "Change the policy",
        "state": "merged",
        "merged_at": _z(told.opened),
        "target_branch": told.target,
        "source_branch": told.branch,
        "author": _gitlab_user(told.opener, told),
        "source_project_id": None if told.fork is None else 1 if told.fork == PROJECT else 2,
        "target_project_id": 1,
        "sha": told.head,
        "merge_commit_sha": None if told.squash or fast else told.landed[-1],
        "squash_commit_sha": told.landed[-1] if told.squash else None,
        "squash": told.squash,
    }


def _gitlab_approval(one: ToldReview, told: ToldRequest) -> object:
    user = {"user": _gitlab_user(one.by, told)}
    return user if told.old_gitlab else {**user, "approved_at": one.done.isoformat(timespec="milliseconds")}


def _gitlab_reviewer(one: ToldReview, told: ToldRequest) -> object:
    state = "requested_changes" if one.verdict == "refused" else "approved"
    return {"user": _gitlab_user(one.by, told), "state": state, "created_at": _z(told.opened)}


def _gitlab_note(one: ToldReview, told: ToldRequest) -> object:
    body = "approved this merge request" if one.verdict == "approved" else "unapproved this merge request"
    user = _gitlab_user(one.by, told)
    return {"id": one.id, "body": body, "author": user, "system": True, "created_at": _z(one.done)}


def _gitlab_version(moment: datetime, head: str) -> object:
    return {"id": 110, "head_commit_sha": head, "base_commit_sha": "0" * 40, "created_at": _z(moment)}


def _gitlab_commit(one: ToldCommit) -> object:
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


def _gitlab_event(one: ToldPush, told: ToldRequest) -> object:
    return {
        "id": 9,
        "project_id": 1,
        "action_name": "pushed to" if one.before else "pushed new",
        "author": _gitlab_user(one.by, told),
        "author_username": one.by or "ghost",
        "created_at": _z(told.opened),
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


def _gitlab_file(path: str, data: bytes, told: ToldRequest) -> object:
    return {
        "file_name": path.rpartition("/")[2],
        "file_path": path,
        "size": len(data),
        "encoding": "base64",
        "content": base64.b64encode(data).decode(),
        "content_sha256": hashlib.sha256(data).hexdigest(),
        "ref": told.branch,
        "blob_id": _blob(data, told),
        "commit_id": told.head,
    }


# --- Forgejo ------------------------------------------------------------------------------


def forgejo(*requests: ToldRequest) -> Answering:
    """The interface of Forgejo, below `/api/v1`."""

    def answer(path: str, query: Mapping[str, str]) -> Reply:
        at = path.removeprefix("/api/v1/repos/")
        if at == PROJECT:
            return Reply({"id": 1, "full_name": PROJECT, "private": True})
        for told in requests:
            found = _forgejo_one(told, at.removeprefix(f"{PROJECT}/"), at, query)
            if found is not None:
                return found
        return Reply(
            {"errors": None, "message": "not found", "url": "https://git.example.org/api/swagger"}, 404
        )

    return answer


def _forgejo_one(told: ToldRequest, at: str, whole: str, query: Mapping[str, str]) -> Reply | None:
    match at.split("/"):
        case ["commits", commit, "pull"] if commit == told.landed[-1]:
            return Reply(_forgejo_pull(told))
        case ["pulls", number, "reviews"] if number == str(told.number):
            return Reply(
                paged([_forgejo_review(one, told) for one in told.reviews], query, size=told.page)[0]
            )
        case ["pulls", number, "commits"] if number == str(told.number):
            return Reply(
                paged([_forgejo_commit(one, told) for one in told.commits], query, size=told.page)[0]
            )
        case ["contents", *steps]:
            data = _contents(told, "/".join(steps), query["ref"])
            return None if data is None else Reply(_github_file("/".join(steps), data, told))
    if whole == f"{told.fork}/activities/feeds":
        return Reply(paged([_forgejo_activity(one, told) for one in told.pushes], query, size=told.page)[0])
    return None


def _forgejo_user(name: str | None) -> object:
    if name is None:
        return {"id": -1, "login": "Ghost", "full_name": "", "email": ""}
    return {"id": 7, "login": name, "full_name": "Somebody", "email": f"{name}@noreply.example.org"}


def _forgejo_pull(told: ToldRequest) -> object:
    repo = None if told.fork is None else {"id": 2, "full_name": told.fork}
    return {
        "id": 1,
        "number": told.number,
        "user": _forgejo_user(told.opener),
        "title": "Change the policy",
        "state": "closed",
        "merged": True,
        "merged_at": _z(told.opened),
        "merge_commit_sha": told.landed[-1],
        "base": {"label": told.target, "ref": told.target, "repo": {"id": 1, "full_name": PROJECT}},
        "head": {"label": told.branch, "ref": told.branch, "sha": told.head, "repo": repo},
        "created_at": _z(told.opened),
    }


def _forgejo_review(one: ToldReview, told: ToldRequest) -> object:
    states = {"approved": "APPROVED", "dismissed": "APPROVED", "refused": "REQUEST_CHANGES"}
    return {
        "id": one.id,
        "user": _forgejo_user(one.by),
        "state": states.get(one.verdict, "COMMENT"),
        "body": "",
        "commit_id": one.commit or "",
        "stale": one.commit != told.head,
        "official": True,
        "dismissed": one.verdict == "dismissed",
        "comments_count": 0,
        "submitted_at": _z(one.done),
    }


def _forgejo_commit(one: ToldCommit, told: ToldRequest) -> object:
    named = {"name": "Somebody", "email": one.mail, "date": _z(told.opened)}
    return {
        "sha": one.id,
        "created": _z(told.opened),
        "commit": {"author": named, "committer": named, "message": one.message},
        "author": None if one.account is None else _forgejo_user(one.account),
        "committer": None,
        "parents": [{"sha": parent} for parent in one.parents],
    }


def _forgejo_activity(one: ToldPush, told: ToldRequest) -> object:
    old = one.before or next((commit.parents[0] for commit in told.commits if commit.parents), "")
    head = f'{{"Sha1":"{one.after}","Message":"Work"}}'
    compared = f"{PROJECT}/compare/{old}...{one.after}"
    content = f'{{"Commits":[{head}],"HeadCommit":{head},"CompareURL":"{compared}","Len":1}}'
    return {
        "id": 4,
        "op_type": "commit_repo",
        "act_user": _forgejo_user(one.by),
        "ref_name": f"refs/heads/{one.branch}",
        "content": content,
        "created": _z(told.opened + timedelta(minutes=1)),
    }


DIALECTS: Mapping[str, Callable[..., Answering]] = {"github": github, "gitlab": gitlab, "forgejo": forgejo}
