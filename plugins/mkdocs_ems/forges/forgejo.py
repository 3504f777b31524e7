"""Forgejo, through pyforgejo. Imported only by the command that imports approvals.

Reviews name the commit that was reviewed; who pushed is told by the feed of the repository's
activities. A rebase lands several commits, and Forgejo knows the request by the last alone.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType

import httpx
from pydantic import ValidationError

from mkdocs_ems.forges.answers import Answer, coauthors
from mkdocs_ems.forges.files import address, decoded
from mkdocs_ems.forges.over_httpx import PatientTransport
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

_PAGE = 50
_VERDICTS = {"APPROVED": "approved", "REQUEST_CHANGES": "refused"}
_COMPARED = re.compile(r"/compare/([0-9a-f]{40}|[0-9a-f]{64})\.\.\.([0-9a-f]{40}|[0-9a-f]{64})$")


class Forgejo:
    """One repository on Forgejo."""

    name: ForgeName = "forgejo"

    def __init__(self, project: str, patience: Patience) -> None:
        owner, _, name = project.partition("/")
        self._transport = PatientTransport(patience)
        self._http = httpx.Client(transport=self._transport, timeout=patience.seconds)
        self._client = _library().PyforgejoApi(
            base_url=f"{patience.base.rstrip('/')}/api/v1",
            api_key=patience.token,
            httpx_client=self._http,
        )
        self._where = (owner, name)
        self.project = self._ask(self._client.repository.repo_get, "the project").text("full_name")
        owner, _, name = self.project.partition("/")
        self._where = (owner, name)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def requests(self, commit: str) -> tuple[Request, ...]:
        """The merged request that made a commit; one question for each landed event."""
        what = f"the request that brought {commit[:12]}"
        try:
            one = self._ask(self._client.repository.repo_get_commit_pull_request, what, commit)
        except NotThereError:
            return ()
        if not one.flag("merged"):
            return ()
        number = one.number("number")
        landed = one.maybe_commit("merge_commit_sha")
        return (
            Request(
                project=one.text("base", "repo", "full_name"),
                number=number,
                label=f"{self.project}#{number}",
                target=one.text("base", "ref"),
                opener=_account(one.part("user")),
                source_project=one.maybe("head", "repo", "full_name"),
                source=one.text("head", "ref"),
                head=one.commit("head", "sha"),
                landed=(landed,) if landed else (),
            ),
        )

    def reviews(self, request: Request) -> tuple[Review, ...]:
        """Approvals, and requests for changes."""
        what = f"the reviews of {request.label}"
        found = self._pages(self._client.repository.repo_list_pull_reviews, what, request.number)
        reviews = [self._review(one, request) for one in found if one.maybe("state") in _VERDICTS]
        return tuple(sorted(reviews, key=lambda review: review.done))

    def _review(self, one: Answer, request: Request) -> Review:
        refused = _VERDICTS[one.text("state")] == "refused"
        return Review(
            label=f"{request.label} review {one.number('id')}",
            reviewer=_account(one.part("user")),
            verdict="dismissed" if one.flag("dismissed") else "refused" if refused else "approved",
            commit=one.maybe_commit("commit_id"),
            done=one.moment("submitted_at"),
        )

    def commits(self, request: Request) -> tuple[Written, ...]:
        """The commits of a request."""
        what = f"the commits of {request.label}"
        list_them = self._client.repository.repo_get_pull_request_commits
        found = self._pages(list_them, what, request.number, verification=False, files=False)
        return tuple(self._written(one) for one in found)

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
        owner, _, name = project.partition("/")
        feed = self._client.repository.repo_list_activity_feeds
        for one in self._pages(feed, f"the pushes to {project}", where=(owner, name)):
            if one.maybe("op_type") == "commit_repo":
                push = self._push(one)
                if push is not None:
                    yield push

    def _push(self, one: Answer) -> Push | None:
        try:
            content = Answer(json.loads(one.loose("content")), one.what)
            compared = _COMPARED.search(content.loose("CompareURL"))
            after = content.maybe_commit("HeadCommit", "Sha1") or (compared[2] if compared else None)
        except (ValueError, RecursionError, ForgeError):
            # How older versions wrote it: it explains no push.
            return None
        if after is None:
            return None
        before = compared[1] if compared and compared[1].strip("0") else None
        branch = one.loose("ref_name").removeprefix("refs/heads/")
        return Push(_account(one.part("act_user")), branch, before, after)

    def file(self, path: str, commit: str) -> bytes | None:
        """A file at a commit."""
        read, what = self._client.repository.repo_get_contents, f"{path} at {commit[:12]}"
        try:
            found = self._ask(partial(read, ref=commit), what, address(path))
        except NotThereError:
            return None
        return decoded(found, found.commit("sha")) if found.maybe("type") == "file" else None

    def _ask(
        self,
        ask: Callable[..., object],
        what: str,
        *arguments: object,
        where: tuple[str, str] | None = None,
    ) -> Answer:
        told = f"Forgejo's answer about {what}"
        try:
            ask(*(where or self._where), *arguments)
        except ValidationError:
            raise ForgeError(f"{told} is not what the interface promises: nothing was written") from None
        return Answer(json.loads(self._transport.answered), told)

    def _pages(
        self,
        ask: Callable[..., object],
        what: str,
        *arguments: object,
        where: tuple[str, str] | None = None,
        **more: object,
    ) -> Iterator[Answer]:
        """Every entry of a list, page after page until one is empty; Forgejo decides what a page holds."""
        page, seen = 1, set[str]()
        while entries := self._page(ask, what, arguments, where, page=page, limit=_PAGE, **more):
            mark = json.dumps(entries[0].data, sort_keys=True)
            if mark in seen:
                raise ForgeError(f"{entries[0].what} leads round in circles: nothing was written")
            seen.add(mark)
            yield from entries
            page += 1

    def _page(
        self,
        ask: Callable[..., object],
        what: str,
        arguments: tuple[object, ...],
        where: tuple[str, str] | None,
        **more: object,
    ) -> tuple[Answer, ...]:
        return self._ask(partial(ask, **more), what, *arguments, where=where).entries()


def _library() -> ModuleType:
    """The client library; what it reads into the environment from a `.env` it finds is undone again."""
    before = dict(os.environ)
    try:
        import pyforgejo  # noqa: PLC0415 - only here its import can be watched
    finally:
        os.environ.clear()
        os.environ.update(before)
    assert isinstance(pyforgejo, ModuleType)
    return pyforgejo


def _account(user: Answer | None) -> Account | None:
    """An account; None for one that is gone, in whose place Forgejo puts Ghost with a number below zero."""
    name = user.maybe("login") if user else None
    if user is None or name is None:
        return None
    number = user.part("id")
    if number is not None and isinstance(number.data, int) and number.data < 0:
        return Account(name, bot=True) if name.casefold().endswith(("actions", "bot")) else None
    return Account(name, bot=name.casefold().endswith("[bot]"))
