"""A small company on a forge: a real repository, a request landed by one of three buttons, reviews.

Ann (account ann-a) writes, Mary (mdean) approves policies, Eve (eve-h) procedures; the job
that imports is PER-IMPORT. `land` tells git's side and the forge's side of one request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

from mkdocs_ems.cli.at_hand import stand
from mkdocs_ems.forges.attested import Imported, Importer
from mkdocs_ems.forges.clients import Place, client
from mkdocs_ems.forges.importing import find_records, import_approvals
from mkdocs_ems.forges.patience import Patience
from mkdocs_ems.forges.values import ForgeName
from mkdocs_ems.git import Identity, Repository
from mkdocs_ems.git.signing import RECORD_NAMESPACE, sign
from support.company import MATRIX, POLICY, settings
from support.forge_server import Answering, ForgeServer, serving
from support.forge_stories import PROJECT, ToldCommit, ToldPush, ToldRequest, ToldReview
from support.keys import private_key, signer
from support.story import Story
from support.told_by_forgejo import forgejo
from support.told_by_github import github
from support.told_by_gitlab import gitlab

Style = Literal["merge", "squash", "rebase"]
Files = dict[str, str | bytes | None]

ANSWER_SECONDS = 5.0
ANSWER_SIZE = 1024**2
TOKEN = "token-of-the-tests"
PREFIXES: dict[str, str] = {"github": "/api/v3", "gitlab": "", "forgejo": ""}
DIALECTS: Mapping[ForgeName, Callable[..., Answering]] = {
    "github": github,
    "gitlab": gitlab,
    "forgejo": forgejo,
}
FORGES: tuple[ForgeName, ...] = ("github", "gitlab", "forgejo")
STYLES: tuple[Style, ...] = ("merge", "squash", "rebase")

PEOPLE = """\
id: REG-PEOPLE
type: person
title: People
owner: ROL-MD
rows:
  - {id: PER-ANN, title: Ann Archer, git_identities: [ann@example.org], forge_accounts: [ann-a]}
  - {id: PER-BEN, title: Ben Boyd, git_identities: [ben@example.org], forge_accounts: [benb]}
  - id: PER-MARY
    title: Mary Dean
    git_identities: [mary@example.org]
    forge_accounts: [mdean]
    roles: [{role: ROL-MD}]
  - id: PER-EVE
    title: Eve Hart
    git_identities: [eve@example.org]
    forge_accounts: [eve-h]
    roles: [{role: ROL-EHS}]
  - id: PER-IMPORT
    title: Import of approvals
    git_identities: [importer@example.org]
    roles: [{role: ROL-IMPORTER}]
"""

ROLES = """\
id: REG-ROLES
type: role
title: Roles
owner: ROL-MD
rows:
  - {id: ROL-MD, title: Managing director, top_management: true}
  - {id: ROL-EHS, title: EHS manager}
  - {id: ROL-IMPORTER, title: Importer of approvals}
"""

NEW_POLICY = POLICY.replace("protect the environment", "protect the environment and the neighbours")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
IMPORTER = Identity("Import of approvals", "importer@example.org")


@dataclass
class ForgeCompany:
    """The repository, and what the forge knows."""

    story: Story
    told: list[ToldRequest] = field(default_factory=list)

    def begin(self, **files: str) -> None:
        """Adopt the system: the trust root."""
        matrix = MATRIX + "    - {types: [rules, person, role], roles: [ROL-MD]}\n"
        base: Files = {
            "ems/ems.yml": settings(matrix=matrix),
            "ems/allowed_signers": signer("importer"),
            "ems/registers/people.yml": PEOPLE,
            "ems/registers/roles.yml": ROLES,
            "ems/policy.md": POLICY,
        }
        more = {f"ems/{path}": text for path, text in files.items()}
        self.story.commit({**base, **more}, by="ann", message="Adopt the system", date="2026-01-05")

    def land(
        self,
        *works: Files,
        style: Style,
        by: str = "ann",
        account: str | None = "ann-a",
        reviewer: str | None = "mdean",
        number: int = 12,
        merger: str = "ben",
    ) -> ToldRequest:
        """Land one request, a commit for each of the works, and have it approved at its last commit."""
        base, branch = self.story.head, f"work-{number}"
        self.story.branch(branch)
        made: list[ToldCommit] = []
        for work in works or ({"ems/policy.md": NEW_POLICY},):
            before = self.story.head
            commit = self.story.commit(work, by=by, message="Change the policy")
            made.append(ToldCommit(commit, (before,), account, f"{by}@example.org"))
        head = self.story.head
        opened = self.story.now
        landed = self._landed(branch, works, style, by=by, merger=merger)
        told = ToldRequest(
            number=number,
            opener="ann-a",
            head=head,
            branch=branch,
            landed=landed,
            commits=tuple(made),
            reviews=(ToldReview(reviewer, head, opened + timedelta(minutes=20), id=800 + number),),
            pushes=(
                ToldPush("benb", "main", base, landed[-1]),
                ToldPush(account, branch, None, head),
                ToldPush("ann-a", "main", None, base),
            ),
            opened=opened,
            squash=style == "squash",
            files=self._files(head),
        )
        self.told.append(told)
        return told

    def _landed(
        self, branch: str, works: tuple[Files, ...], style: Style, *, by: str, merger: str
    ) -> tuple[str, ...]:
        self.story.switch()
        match style:
            case "merge":
                return (self.story.merge(branch, by=merger),)
            case "squash":
                return (self.story.squash(branch, by=by),)
            case "rebase":
                return tuple(
                    self.story.commit(work, by=by, committer=merger, message="Change the policy")
                    for work in works or ({"ems/policy.md": NEW_POLICY},)
                )

    def _files(self, commit: str) -> dict[tuple[str, str], bytes]:
        tree = self.story.writer.files(commit)
        return {(path, commit): file.data for path, file in tree.items()}

    def change(self, **changes: object) -> None:
        """Tell the last request otherwise."""
        for name, value in changes.items():
            setattr(self.told[-1], name, value)

    def answering(self, forge: ForgeName) -> Answering:
        """The interface of a forge that knows these requests."""
        pushes = tuple(push for told in reversed(self.told) for push in told.pushes)
        return DIALECTS[forge](*(replace(told, pushes=pushes) for told in self.told))


def place_of(server: ForgeServer, forge: ForgeName) -> Place:
    """Where the server plays a forge."""
    return Place(forge, PROJECT, server.url + PREFIXES[forge])


def patience(server: ForgeServer, forge: ForgeName) -> Patience:
    """A policy that never really waits."""
    address = place_of(server, forge).address
    return Patience(address, TOKEN, seconds=ANSWER_SECONDS, size=ANSWER_SIZE, sleep=lambda _: None)


def imported(
    company: ForgeCompany,
    forge: ForgeName,
    *,
    judged: bool = True,
    since: int = 0,
    meddle: Callable[[ForgeServer], object] = lambda _: None,
) -> Imported:
    """What the import finds, asked of a server that plays the forge; `meddle` lays faults before it."""
    folder = company.story.check_out("main")
    with serving(company.answering(forge)) as server, Repository.open(folder) as repository:
        meddle(server)
        commit = repository.resolve("main").commit
        at = stand(repository, commit, trust_root=None, now=NOW)
        asked = client(place_of(server, forge), patience(server, forge))
        signing = partial(sign, key=private_key("importer"), namespace=RECORD_NAMESPACE)
        importer = Importer(IMPORTER, signing, NOW)
        work = import_approvals if judged else find_records

        def read(path: str, at_commit: str) -> bytes | None:
            # As in a clone of the main branch: what a squash or a rebase left behind is not there.
            if at_commit in at.history.commits:
                return repository.file(path, ref=at_commit)
            return asked.file(path, at_commit)

        try:
            return work(at, asked, importer, read=read, since=since)
        finally:
            asked.close()
