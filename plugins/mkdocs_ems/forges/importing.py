"""The import: from what has landed and what a forge says of it to records, signed and tried.

Asks the forge once for each landed event, however many documents it brought, and writes
nothing: it hands back the files that would be added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from pydantic import ValidationError

from mkdocs_ems import dataclass
from mkdocs_ems.control import Meaning, Person
from mkdocs_ems.control.drafting import DraftRefusedError, Wish, draft
from mkdocs_ems.control.recording import can_be_named, record_bytes
from mkdocs_ems.control.records import ForgeSource
from mkdocs_ems.control.standpoint import Standpoint
from mkdocs_ems.forges.attested import Attested, Imported, Importer, only_counted
from mkdocs_ems.forges.landings import FileReader, Landing, holds, imported, landings
from mkdocs_ems.forges.pushing import Trunk, UnknownPusherError, pushers
from mkdocs_ems.forges.reviewing import Hands, RefusedError, entitled, hands, standing
from mkdocs_ems.forges.values import (
    Account,
    Forge,
    IncompleteError,
    NotAllowedError,
    NotThereError,
    Push,
    Request,
    Review,
    Written,
)
from mkdocs_ems.text import show


def import_approvals(
    at: Standpoint, forge: Forge, importer: Importer, *, read: FileReader, since: int = 0
) -> Imported:
    """Find the reviews of everything that has landed, and make a record of each that approves.

    Args:
        at: the head of the main branch.
        forge: where the requests were reviewed and merged.
        importer: who attests.
        read: a file at a commit: from git's objects if they are here, else from the forge.
        since: the place on the chain after which a text must have landed.

    Raises:
        ForgeError: the forge cannot be asked, or answers what cannot be used.
        SigningError: the importer's key does not sign.
    """
    return only_counted(find_records(at, forge, importer, read=read, since=since), at, importer)


def find_records(
    at: Standpoint, forge: Forge, importer: Importer, *, read: FileReader, since: int = 0
) -> Imported:
    """The same without trying what document control makes of the records."""
    work = _Work(at, forge, importer, read)
    by_event: dict[int, list[Landing]] = {}
    for landing in landings(at, since=since):
        by_event.setdefault(landing.event.index, []).append(landing)
    made = tuple(record for landed in by_event.values() for record in work.event(landed))
    return Imported(made, tuple(dict.fromkeys(work.told)), len(by_event))


@dataclass(slots=True)
class _Work:
    """One run: what was asked already is not asked again."""

    at: Standpoint
    forge: Forge
    importer: Importer
    read: FileReader
    told: list[str] = field(default_factory=list)
    _requests: dict[str, tuple[Request, ...]] = field(default_factory=dict)
    _reviews: dict[int, Mapping[str, tuple[Review, ...]]] = field(default_factory=dict)
    _commits: dict[int, tuple[Written, ...]] = field(default_factory=dict)
    _hands: dict[int, Hands | str] = field(default_factory=dict)
    _pushes: dict[str, _Listed] = field(default_factory=dict)
    _files: dict[tuple[str, str], bytes | None] = field(default_factory=dict)
    _chain: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._chain = {event.commit.id: event.index for event in self.at.history.events}

    def event(self, landed: list[Landing]) -> Iterator[Attested]:
        """The records for the documents that one event landed."""
        here = self._brought_by(landed[0])
        open_ones = [one for one in landed if one.document.pending is not None]
        if not here and open_ones:
            names = " and ".join(one.document.id for one in open_ones)
            self.told.append(
                f"{names}: no merged request brought commit {landed[0].event.commit.id[:12]}, so there is no "
                "review to import; approve it with `ems approve`"
            )
        for request in here:
            reviews = self._standing(request)
            for landing in landed:
                if not reviews and landing in open_ones:
                    self._tell(landing, request, "nobody has approved it")
                for given in reviews.values():
                    record = self._record(landing, request, given)
                    if record is not None:
                        yield record

    @property
    def _branch(self) -> str:
        return self.at.rules.settings.main_branch

    def _brought_by(self, landing: Landing) -> list[Request]:
        """The requests that an event landed; Forgejo knows a rebase by its last commit alone."""
        index = landing.event.index
        ahead = _LONGEST_REBASE if self.forge.name == "forgejo" and not landing.event.commit.is_merge else 1
        for event in self.at.history.events[index : index + ahead]:
            if event.index > index and event.commit.is_merge:
                break
            found = self._asked(event.commit.id)
            if found:
                return [request for request in found if self._reaches(request, index)]
        return []

    def _asked(self, commit: str) -> tuple[Request, ...]:
        if commit not in self._requests:
            self._requests[commit] = self.forge.requests(commit)
        return self._requests[commit]

    def _reaches(self, request: Request, index: int) -> bool:
        """Whether a request made this event: its last one, or as many before as it had commits."""
        if (request.project, request.target) != (self.forge.project, self._branch):
            return False
        ends = (*request.landed, request.head)
        last = max((self._chain[one] for one in ends if one in self._chain), default=None)
        if last is None or last <= index:
            return last == index
        try:
            return last - index < len(self._written(request))
        except IncompleteError:
            return False

    def _standing(self, request: Request) -> Mapping[str, tuple[Review, ...]]:
        if request.number not in self._reviews:
            self._reviews[request.number] = standing(self.forge.reviews(request))
        return self._reviews[request.number]

    def _written(self, request: Request) -> tuple[Written, ...]:
        if request.number not in self._commits:
            self._commits[request.number] = self.forge.commits(request)
        return self._commits[request.number]

    def _tell(self, landing: Landing, request: Request, words: str) -> None:
        self.told.append(f"{landing.document.id}: {request.label}: {words}")

    def _record(self, landing: Landing, request: Request, given: tuple[Review, ...]) -> Attested | None:
        """The record of the newest review of one reviewer that is about the text that landed."""
        try:
            review = self._of_this_text(landing, given)
            of = self._hands_of(request)
            person = entitled(review, of, self.at.rules.directory)
            if self._is_imported(landing, review, person):
                return None
            return self._attest(landing, review, of, person)
        except (RefusedError, DraftRefusedError) as refusal:
            self._tell(landing, request, str(refusal))
        return None

    def _of_this_text(self, landing: Landing, given: tuple[Review, ...]) -> Review:
        for review in given:
            if review.commit and holds(landing, review.commit, self._file, self.at):
                return review
        name = given[0].reviewer.name if given[0].reviewer else "an account that is gone"
        raise RefusedError(
            f"{name} approved another text than the one that landed, or the forge does not say which"
        )

    def _file(self, path: str, commit: str) -> bytes | None:
        if (path, commit) not in self._files:
            self._files[path, commit] = self.read(path, commit)
        return self._files[path, commit]

    def _hands_of(self, request: Request) -> Hands:
        if request.number not in self._hands:
            try:
                self._hands[request.number] = self._gather(request)
            except (RefusedError, UnknownPusherError, IncompleteError) as refusal:
                self._hands[request.number] = str(refusal)
        found = self._hands[request.number]
        if isinstance(found, str):
            raise RefusedError(found)
        return found

    def _gather(self, request: Request) -> Hands:
        written = self._written(request)
        if request.source_project is None:
            raise UnknownPusherError("the fork that it came from is gone, so nobody can say who pushed")
        trunk = Trunk(self._branch, self.forge.project, self._chain, self.at.history.commits.keys())
        listed = self._pushes.setdefault(
            request.source_project, _Listed(self.forge.pushes(request.source_project))
        )
        try:
            return hands(request, written, pushers(request, written, listed, trunk))
        except (NotThereError, NotAllowedError):
            raise UnknownPusherError(
                f"the token may not read who pushed to {request.source_project}"
            ) from None

    def _is_imported(self, landing: Landing, review: Review, person: Person) -> bool:
        """Whether this review, or another one of the same person for the same text, has its record."""
        faults = {fault.path: fault.words for fault in landing.document.faults}
        for path, approver, source in imported(landing, self.at):
            if path in faults and source.review == review.label:
                raise RefusedError(f"{path} was imported and does not count: {faults[path]}")
            if source.review == review.label or (
                path not in faults and approver == _principal(person, review)
            ):
                return True
        return False

    def _attest(self, landing: Landing, review: Review, of: Hands, person: Person) -> Attested:
        assert review.reviewer is not None, "nobody but an account is entitled"
        wish = Wish(Meaning.APPROVAL, _principal(person, review), review.done)
        made = draft(landing.document, wish, self.at)
        squashed = not landing.event.commit.is_merge
        further = filter(can_be_named, of.mails) if squashed else ()
        named = dict.fromkeys((*made.record.authors, *further))
        source = self._source(landing, review, review.reviewer, of)
        unnamed = dict.fromkeys(
            one for one in (*made.unnamed, *of.authors, *of.mails) if not can_be_named(one)
        )
        if unnamed:
            who = " and ".join(map(show, unnamed))
            self.told.append(
                f"{landing.document.id}: {review.label}: the record leaves out an author whom no record can "
                f"name ({who})"
            )
        record = made.record.model_copy(update={"authors": tuple(named), "source": source})
        data = record_bytes(record)
        return Attested(
            document=landing.document.id,
            issue=record.issue,
            person=person,
            account=review.reviewer.name,
            review=f"{self.forge.name} {review.label}",
            path=made.path,
            data=data,
            signature=self.importer.sign(data),
        )

    def _source(self, landing: Landing, review: Review, reviewer: Account, of: Hands) -> ForgeSource:
        try:
            return ForgeSource(
                forge=self.forge.name,
                review=review.label,
                state="approved",
                dismissed=False,
                reviewer=reviewer.name,
                opener=of.opener.name,
                pushers=tuple(one.name for one in of.pushers),
                authors=tuple(filter(can_be_named, of.authors)),
                event=landing.event.commit.id,
            )
        except ValidationError:
            raise RefusedError("a record cannot hold the names that the forge gives") from None


_LONGEST_REBASE = 50
"""Events that are looked at behind one, for the request whose rebase it began."""


@dataclass(slots=True)
class _Listed:
    """Pushes as they are asked for page by page, kept for the next request."""

    _more: Iterator[Push]
    _known: list[Push] = field(default_factory=list)

    def __iter__(self) -> Iterator[Push]:
        at = 0
        while True:
            if at == len(self._known):
                push = next(self._more, None)
                if push is None:
                    return
                self._known.append(push)
            yield self._known[at]
            at += 1


def _principal(person: Person, review: Review) -> str:
    """What a record calls the approver: the mail address, or without one the account."""
    assert review.reviewer is not None, "nobody but an account is entitled"
    principal = person.mail or review.reviewer.name
    if re.search(r'[/\\:*?"<>|\s]', principal):
        raise RefusedError(f"{principal} cannot stand in the name of a file: give {person.id} a mail address")
    return principal
