"""GitLab, through python-gitlab. Imported only by the command that imports approvals.

GitLab does not say which commit an approval is about. What was reviewed is therefore the
version of the request that stood there when the approval was given, both by GitLab's own
clock. Commits carry no accounts here, so their authors are told by mail address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

import requests
from gitlab import Gitlab

from mkdocs_ems.forges.answers import Answer, coauthors
from mkdocs_ems.forges.files import address, decoded
from mkdocs_ems.forges.over_requests import PatientAdapter
from mkdocs_ems.forges.patience import Patience
from mkdocs_ems.forges.values import (
    Account,
    ForgeError,
    ForgeName,
    NotThereError,
    Push,
    Request,
    Review,
    Written,
)

_PAGE = 100
_BOT = re.compile(
    r"(?:project|group)_\d+_bot(?:_?\w*)?|service_account_\w+|(?:support|alert|security|migration)-bot\d*"
)
_GHOST = re.compile(r"ghost\d*")
_APPROVED = "approved this merge request"
"""What the note says that GitLab writes beside every approval."""


class GitLab:
    """One project on GitLab."""

    name: ForgeName = "gitlab"

    def __init__(self, project: str, patience: Patience) -> None:
        session = requests.Session()
        for scheme in ("https://", "http://"):
            session.mount(scheme, PatientAdapter(patience))
        self._gitlab = Gitlab(patience.base.rstrip("/"), private_token=patience.token, session=session)
        found = self._ask(f"/projects/{quote(project, safe='')}", "the project")
        self.project = found.text("path_with_namespace")
        self._id = str(found.number("id"))

    def close(self) -> None:
        """Close the connections."""
        self._gitlab.session.close()

    def requests(self, commit: str) -> tuple[Request, ...]:
        """The merged requests that introduced a commit; one list for each landed event."""
        what = f"the requests that brought {commit[:12]}"
        path = f"{self._here}/repository/commits/{commit}/merge_requests"
        try:
            found = self._ask(path, what, per_page=_PAGE).entries()
        except NotThereError:
            return ()
        return tuple(self._request(one) for one in found if one.text("state") == "merged")

    def _request(self, one: Answer) -> Request:
        number = one.number("iid")
        made = (one.maybe_commit(name) for name in ("merge_commit_sha", "squash_commit_sha"))
        fork = one.part("source_project_id")
        here = str(one.number("target_project_id")) == self._id
        return Request(
            project=self.project if here else "",
            number=number,
            label=f"{self.project}!{number}",
            target=one.text("target_branch"),
            opener=_account(one.part("author")),
            source_project=str(one.number("source_project_id")) if fork else None,
            source=one.text("source_branch"),
            head=one.commit("sha"),
            landed=tuple(commit for commit in made if commit),
        )

    def reviews(self, request: Request) -> tuple[Review, ...]:
        """The approvals that stand, and who asked for changes since."""
        here = f"{self._here}/merge_requests/{request.number}"
        approvals = self._ask(f"{here}/approvals", f"the approvals of {request.label}").part("approved_by")
        given = approvals.entries() if approvals else ()
        if not given:
            return ()
        versions = [
            (one.moment("created_at"), one.commit("head_commit_sha"))
            for one in self._pages(f"{here}/versions", f"the versions of {request.label}")
        ]
        refused = self._refused(here, request)
        moments = self._moments(here, request) if any(not one.maybe("approved_at") for one in given) else {}
        found = [self._review(one, request, versions, refused, moments) for one in given]
        return tuple(sorted((one for one in found if one), key=lambda review: review.done))

    def _review(
        self,
        one: Answer,
        request: Request,
        versions: list[tuple[datetime, str]],
        refused: frozenset[str],
        moments: Mapping[str, datetime],
    ) -> Review | None:
        user = one.part("user")
        name = user.text("username") if user else ""
        done = one.moment("approved_at") if one.maybe("approved_at") else moments.get(name)
        if done is None:
            # Without a moment nobody can say what was approved.
            return None
        seen = max((version for version in versions if version[0] <= done), default=None)
        done = done.astimezone(UTC).replace(microsecond=0)
        return Review(
            label=f"{request.label} approval by {name} at {done:%Y-%m-%dT%H:%M:%SZ}",
            reviewer=_account(user),
            verdict="refused" if name in refused else "approved",
            commit=seen[1] if seen else None,
            done=done,
        )

    def _refused(self, here: str, request: Request) -> frozenset[str]:
        """Who asks for changes now; older versions of GitLab know nothing of it."""
        try:
            found = self._pages(f"{here}/reviewers", f"the reviewers of {request.label}")
            return frozenset(
                one.text("user", "username") for one in found if one.maybe("state") == "requested_changes"
            )
        except NotThereError:
            return frozenset()

    def _moments(self, here: str, request: Request) -> Mapping[str, datetime]:
        """When each account approved last, by the notes that GitLab itself writes."""
        moments: dict[str, datetime] = {}
        for one in self._pages(f"{here}/notes", f"the notes of {request.label}", sort="asc"):
            author = _account(one.part("author"))
            if author and one.flag("system") and one.loose("body") == _APPROVED:
                moments[author.name] = one.moment("created_at")
        return moments

    def commits(self, request: Request) -> tuple[Written, ...]:
        """The commits of a request."""
        path = f"{self._here}/merge_requests/{request.number}/commits"
        found = self._pages(path, f"the commits of {request.label}")
        return tuple(self._written(one) for one in found)

    def _written(self, one: Answer) -> Written:
        parents = one.part("parent_ids")
        return Written(
            id=one.commit("id"),
            parents=tuple(parent.commit() for parent in parents.entries()) if parents else (),
            account=None,
            mail=one.loose("author_email"),
            coauthors=coauthors(one.loose("message")),
        )

    def pushes(self, project: str) -> Iterator[Push]:
        """The pushes of a project, newest first."""
        path = f"/projects/{quote(project, safe='')}/events"
        for one in self._pages(path, "who pushed", action="pushed", sort="desc"):
            data = one.part("push_data")
            after = data.maybe_commit("commit_to") if data else None
            if data is None or after is None or data.maybe("ref_type") != "branch":
                continue
            actor = _account(one.part("author"))
            yield Push(actor, data.loose("ref"), data.maybe_commit("commit_from"), after)

    def file(self, path: str, commit: str) -> bytes | None:
        """A file at a commit."""
        where = f"{self._here}/repository/files/{address(path, whole=True)}"
        try:
            found = self._ask(where, f"{path} at {commit[:12]}", ref=commit)
        except NotThereError:
            return None
        return decoded(found, found.commit("blob_id"))

    @property
    def _here(self) -> str:
        return f"/projects/{self._id}"

    def _ask(self, path: str, what: str, **parameters: object) -> Answer:
        return self._page(path, what, parameters)[1]

    def _page(
        self, path: str, what: str, parameters: Mapping[str, object]
    ) -> tuple[Mapping[str, str], Answer]:
        response = self._gitlab.http_request(
            "get", path, query_data=dict(parameters), obey_rate_limit=False, max_retries=0
        )
        return response.headers, Answer(response.json(), f"GitLab's answer about {what}")

    def _pages(self, path: str, what: str, **parameters: object) -> Iterator[Answer]:
        """Every entry of a list, page after page."""
        page = 1
        while True:
            asked = {**parameters, "per_page": _PAGE, "page": page}
            headers, answer = self._page(path, what, asked)
            yield from answer.entries()
            following = headers.get("x-next-page", "")
            if not following:
                return
            if following != str(page + 1):
                raise ForgeError(f"{answer.what} leads round in circles: nothing was written")
            page += 1


def _account(user: Answer | None) -> Account | None:
    """An account; None for one that is gone, in whose place GitLab puts ghost."""
    name = user.maybe("username") if user else None
    if user is None or name is None or _GHOST.fullmatch(name):
        return None
    program = user.part("bot")
    return Account(name, bot=bool(program and program.data) or bool(_BOT.fullmatch(name)))
