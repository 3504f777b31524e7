"""GitHub, through PyGithub. Imported only by the command that imports approvals.

Reviews name the commit that was reviewed; who pushed is told by the list of the
repository's activities. Nothing is asked for but what is read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal
from urllib.parse import parse_qsl, quote, urlsplit

import requests
from github import Auth, Github
from github.Requester import (
    HTTPRequestsConnectionClass,
    HTTPSRequestsConnectionClass,
    Requester,
    RequestsResponse,
)

from mkdocs_ems.forges.answers import Answer, coauthors
from mkdocs_ems.forges.files import address, decoded
from mkdocs_ems.forges.over_requests import PatientAdapter
from mkdocs_ems.forges.patience import Patience
from mkdocs_ems.forges.values import (
    Account,
    ForgeError,
    ForgeName,
    IncompleteError,
    NotThereError,
    Push,
    Request,
    Review,
    Written,
)

_PAGE = 100
_MOST_COMMITS = 250
"""GitHub lists no more commits of a request than these."""

_VERDICTS: Mapping[str, Literal["approved", "refused", "dismissed"]] = {
    "APPROVED": "approved",
    "CHANGES_REQUESTED": "refused",
    "DISMISSED": "dismissed",
}
_PUSHING = ("push", "force_push", "branch_creation", "pr_merge", "merge_queue_merge")


class GitHub:
    """One repository on GitHub, or on a GitHub Enterprise Server."""

    name: ForgeName = "github"

    def __init__(self, project: str, patience: Patience) -> None:
        self._github = _github(patience)
        self._requester = self._github.requester
        self.project = self._ask(f"/repos/{quote(project)}", "the project").text("full_name")

    def close(self) -> None:
        """Close the connections."""
        self._github.close()

    def requests(self, commit: str) -> tuple[Request, ...]:
        """The merged requests that introduced a commit; one list for each landed event."""
        what = f"the requests that brought {commit[:12]}"
        try:
            found = self._ask(f"{self._here}/commits/{commit}/pulls", what, per_page=_PAGE).entries()
        except NotThereError:
            return ()
        return tuple(self._request(one) for one in found if one.maybe("merged_at"))

    def _request(self, one: Answer) -> Request:
        number = one.number("number")
        landed = one.maybe_commit("merge_commit_sha")
        return Request(
            project=one.text("base", "repo", "full_name"),
            number=number,
            label=f"{self.project}#{number}",
            target=one.text("base", "ref"),
            opener=_account(one.part("user")),
            source_project=one.maybe("head", "repo", "full_name"),
            source=one.text("head", "ref"),
            head=one.commit("head", "sha"),
            landed=(landed,) if landed else (),
        )

    def reviews(self, request: Request) -> tuple[Review, ...]:
        """Approvals, requests for changes, and reviews that were dismissed."""
        what = f"the reviews of {request.label}"
        found = self._pages(f"{self._here}/pulls/{request.number}/reviews", what)
        return tuple(self._review(one, request) for one in found if one.text("state") in _VERDICTS)

    def _review(self, one: Answer, request: Request) -> Review:
        return Review(
            label=f"{request.label} review {one.number('id')}",
            reviewer=_account(one.part("user")),
            verdict=_VERDICTS[one.text("state")],
            commit=one.maybe_commit("commit_id"),
            done=one.moment("submitted_at"),
        )

    def commits(self, request: Request) -> tuple[Written, ...]:
        """The commits of a request."""
        what = f"the commits of {request.label}"
        found = [
            self._written(one) for one in self._pages(f"{self._here}/pulls/{request.number}/commits", what)
        ]
        if len(found) >= _MOST_COMMITS:
            raise IncompleteError(
                f"{request.label} has {_MOST_COMMITS} commits or more, and GitHub does not list them all"
            )
        return tuple(found)

    def _written(self, one: Answer) -> Written:
        parents = one.part("parents")
        return Written(
            id=one.commit("sha"),
            parents=tuple(parent.commit("sha") for parent in parents.entries()) if parents else (),
            account=_account(one.part("author")),
            mail=one.loose("commit", "author", "email"),
            coauthors=coauthors(one.loose("commit", "message")),
        )

    def pushes(self, project: str) -> Iterator[Push]:
        """The pushes of a repository, newest first."""
        for one in self._pages(f"/repos/{quote(project)}/activity", f"the pushes to {project}"):
            after = one.maybe_commit("after")
            if one.text("activity_type") in _PUSHING and after:
                branch = one.loose("ref").removeprefix("refs/heads/")
                yield Push(_account(one.part("actor")), branch, one.maybe_commit("before"), after)

    def file(self, path: str, commit: str) -> bytes | None:
        """A file at a commit."""
        what = f"{path} at {commit[:12]}"
        try:
            found = self._ask(f"{self._here}/contents/{address(path)}", what, ref=commit)
            if found.maybe("type") != "file":
                return None
            blob = found.commit("sha")
            if found.maybe("encoding") != "base64":
                # Beyond a megabyte the contents come as a blob alone.
                found = self._ask(f"{self._here}/git/blobs/{blob}", what)
        except NotThereError:
            return None
        return decoded(found, blob)

    @property
    def _here(self) -> str:
        return f"/repos/{quote(self.project)}"

    def _ask(self, path: str, what: str, **parameters: object) -> Answer:
        return self._page(path, what, parameters)[1]

    def _page(
        self, path: str, what: str, parameters: Mapping[str, object]
    ) -> tuple[Mapping[str, object], Answer]:
        headers, data = self._requester.requestJsonAndCheck("GET", path, dict(parameters))
        return headers, Answer(data, f"GitHub's answer about {what}")

    def _pages(self, path: str, what: str) -> Iterator[Answer]:
        """Every entry of a list, page after page as the answer's `Link` leads on."""
        parameters: dict[str, object] = {"per_page": _PAGE}
        seen: set[str] = set()
        while True:
            headers, answer = self._page(path, what, parameters)
            yield from answer.entries()
            links = requests.utils.parse_header_links(str(headers.get("link", "")))
            after = next((link["url"] for link in links if link.get("rel") == "next"), None)
            if after is None:
                return
            if after in seen:
                raise ForgeError(f"{answer.what} leads round in circles: nothing was written")
            seen.add(after)
            parameters = dict(parse_qsl(urlsplit(after).query))


def _account(user: Answer | None) -> Account | None:
    """An account; None for one that is gone, which GitHub calls ghost."""
    name = user.maybe("login") if user else None
    if user is None or name is None or name == "ghost":
        return None
    return Account(name, bot=user.maybe("type") not in (None, "User") or name.endswith("[bot]"))


def _github(patience: Patience) -> Github:
    adapter = PatientAdapter(patience)

    class Https(HTTPSRequestsConnectionClass):
        def getresponse(self) -> RequestsResponse:
            self.session.mount("https://", adapter)
            return super().getresponse()

    class Http(HTTPRequestsConnectionClass):
        def getresponse(self) -> RequestsResponse:
            self.session.mount("http://", adapter)
            return super().getresponse()

    # PyGithub takes its connections from the class; its own come back at once.
    Requester.injectConnectionClasses(Http, Https)
    try:
        return Github(
            auth=Auth.Token(patience.token),
            base_url=patience.base.rstrip("/"),
            timeout=int(patience.seconds),
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
        )
    finally:
        Requester.resetConnectionClasses()
