"""`ems approve`: shows what is to be approved, asks, and writes the record: all of it or nothing.

Whether it would count is not decided here: the judge is asked beforehand, and its words are
the refusal. Exit codes: 0 written, 1 refused or declined, 2 usage or environment.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import click

from mkdocs_ems.cli.act_asked import Asked, must_make_sense, principal_of
from mkdocs_ems.cli.approved import Actor, left_to_commit, message, question, refusal, written
from mkdocs_ems.cli.approving import Approvable, shown
from mkdocs_ems.cli.at_hand import documents_changed, documents_named, stand, unsettled
from mkdocs_ems.cli.keys import Key, taken_for_good
from mkdocs_ems.cli.options import Day, repo_option, this_moment
from mkdocs_ems.cli.scans import Scan, read_scan
from mkdocs_ems.control.drafting import Draft, DraftRefusedError, Wish, draft
from mkdocs_ems.control.standpoint import Standpoint
from mkdocs_ems.control.states import DocumentControl
from mkdocs_ems.control.terms import Meaning
from mkdocs_ems.control.trial import outcome, tried
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Repository, usual_verdicts
from mkdocs_ems.git.committing import Commission, OwnRepository
from mkdocs_ems.git.values import Signatures


@click.command("approve", short_help="Look at what changed, and approve it.")
@repo_option
@click.argument("ids", nargs=-1, metavar="ID…")
@click.option(
    "--base", metavar="REF", help="Instead of IDs: all that changed since this branch and REF parted."
)
@click.option(
    "--meaning",
    type=click.Choice([one.value for one in Meaning]),
    default=Meaning.APPROVAL.value,
    show_default=True,
    help="What you want to say of the document.",
)
@click.option("--as", "principal", metavar="ADDRESS", help="Whose approval it is (default: yours).")
@click.option("--key", metavar="FILE|agent", help="Sign with this SSH key, or with the one your agent holds.")
@click.option(
    "--paper",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="SCAN",
    help="The scan of a print that the approver has signed by hand.",
)
@click.option("--effective", type=Day(), metavar="DATE", help="In force from this day (default: today).")
@click.option("--valid-until", type=Day(), metavar="DATE", help="The last day of an interim approval.")
@click.option("--editorial", is_flag=True, help="Nothing but wording changed: nobody has to read it again.")
@click.option("--reason", metavar="TEXT", help="Why, in a sentence; kept with the approval.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask: you have looked at it already.")
@click.option("--no-commit", is_flag=True, help="Write the files, and let somebody commit them later.")
@click.option(
    "--trust-root",
    metavar="COMMIT",
    envvar="EMS_TRUST_ROOT",
    help="The commit whose content counts as approved (default: the first with ems.yml).",
)
def approve_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    ids: tuple[str, ...],
    base: str | None,
    meaning: str,
    principal: str | None,
    key: str | None,
    paper: Path | None,
    effective: date | None,
    valid_until: date | None,
    editorial: bool,
    reason: str | None,
    yes: bool,
    no_commit: bool,
    trust_root: str | None,
) -> None:
    """Show what changed in the documents with these IDs, ask, and keep your approval.

    You see every changed word against the issue in force, in which role you act, and what is still
    missing afterwards. Several documents are approved together or not at all.

    \b
    Examples:
      ems approve POL-001
      ems approve P-07 P-08 --effective 2026-12-01
      ems approve --base origin/main
      ems approve POL-001 --key ~/.ssh/id_ed25519
      ems approve POL-001 --as md@company.example --paper signed.pdf
      ems approve P-09 --meaning confirmation
    """
    asked = Asked(
        ids=tuple(dict.fromkeys(ids)),
        base=base,
        meaning=Meaning(meaning),
        principal=principal,
        key=key,
        paper=paper,
        effective=effective,
        valid_until=valid_until,
        editorial=editorial,
        reason=" ".join(reason.split()) or None if reason else None,
        yes=yes,
        commit=not no_commit,
        trust_root=trust_root,
    )
    must_make_sense(asked)
    done = _Approving(repo, asked, this_moment()).run()
    if not done:
        click.get_current_context().exit(1)


class _Approving:
    """One call of the command."""

    def __init__(self, repo: Path, asked: Asked, now: datetime) -> None:
        self._repo = repo
        self._asked = asked
        self._now = now
        self._own = OwnRepository(repo)
        self._own.clear_up()
        self._by = self._own.identity()
        self._principal = principal_of(asked.principal or self._by.mail)
        self._head = self._own.head()

    def run(self) -> bool:
        """Show, ask, write; whether it was written."""
        scan = read_scan(self._asked.paper) if self._asked.paper else None
        key = Key.named(self._asked.key) if self._asked.key else None
        with Repository.open(self._repo, verdicts=usual_verdicts()) as repository:
            at = stand(repository, self._head.commit, trust_root=self._asked.trust_root, now=self._now)
            self._must_not_be_past(at)
            documents = self._documents(at, repository)
            drafts, refused = self._drafts(documents, at, scan)
            refused |= unsettled(documents, at, repository)
            files = _files(drafts, scan, at)
            promised = key.foreseen(drafts) if key else {}
            found = self._outcomes(drafts, at, files | promised, taken_for_good(promised, at))
            refused |= {one.id: one.outcome.refused for one in found if one.outcome.refused}
            if self._told(refused, found, documents, at):
                return False
            click.echo(shown(found, at, by=self._by, blobs=repository.blobs, head=self._head), nl=False)
            if not self._agreed(found):
                click.echo("Nothing was written.")
                return False
            if key is not None:
                files |= key.signatures(drafts)
                found = self._outcomes(drafts, at, files, at.signatures)
                refused = {one.id: one.outcome.refused for one in found if one.outcome.refused}
                if self._told(refused, found, documents, at):
                    return False
        self._write(found, files)
        return True

    def _documents(self, at: Standpoint, repository: Repository) -> tuple[DocumentControl, ...]:
        if self._asked.base is None:
            return documents_named(self._asked.ids, at, repository)
        return documents_changed(self._asked.base, at, repository)

    def _told(
        self,
        refused: Mapping[str, str],
        found: Sequence[Approvable],
        documents: Sequence[DocumentControl],
        at: Standpoint,
    ) -> bool:
        """Say why it cannot be; whether there was anything to say."""
        if refused:
            who = Actor(self._principal, self._by)
            click.echo(refusal(refused, found, documents, at=at, who=who), err=True, nl=False)
        return bool(refused)

    def _must_not_be_past(self, at: Standpoint) -> None:
        effective = self._asked.effective
        if effective is not None and effective < at.day:
            raise UsageError(
                f"--effective {effective} is past: an issue is in force from the day of its approval on, "
                f"and that is {at.day} at the earliest"
            )

    def _drafts(
        self, documents: Sequence[DocumentControl], at: Standpoint, scan: Scan | None
    ) -> tuple[list[Draft], dict[str, str]]:
        wish = Wish(
            meaning=self._asked.meaning,
            principal=self._principal,
            when=self._now,
            effective_from=self._asked.effective,
            valid_until=self._asked.valid_until,
            editorial=self._asked.editorial,
            reason=self._asked.reason,
        )
        drafts: list[Draft] = []
        refused: dict[str, str] = {}
        for document in documents:
            try:
                drafts.append(draft(document, wish, at, scan=scan.source if scan else None))
            except DraftRefusedError as error:
                refused[document.id] = str(error)
        return drafts, refused

    def _outcomes(
        self,
        drafts: Sequence[Draft],
        at: Standpoint,
        files: Mapping[str, bytes],
        signatures: Signatures | None,
    ) -> list[Approvable]:
        """What would come of it."""
        state = tried(files, at, by=self._by, now=self._now, signatures=signatures)
        documents = at.control.documents
        return [
            Approvable(
                before=documents[one.document],
                after=state.documents[one.document],
                draft=one,
                outcome=outcome(
                    documents[one.document],
                    state,
                    one.path,
                    meaning=self._asked.meaning,
                    rules=at.rules,
                ),
            )
            for one in drafts
        ]

    def _agreed(self, found: Sequence[Approvable]) -> bool:
        if self._asked.yes:
            return True
        if not _somebody_is_there():
            raise UsageError(
                "there is nobody to ask (no terminal): nothing was written; who has looked at it says --yes"
            )
        return click.confirm(question(found), default=False)

    def _write(self, found: Sequence[Approvable], files: Mapping[str, bytes]) -> None:
        if not self._asked.commit:
            self._own.write(files, head=self._head)
            click.echo(left_to_commit(found, files, self._by), nl=False)
            return
        commission = Commission(files, message(found), self._by, self._now.astimezone(), self._head)
        made = self._own.commit(commission)
        click.echo(written(found, made, self._head), nl=False)


def _somebody_is_there() -> bool:
    return sys.stdin.isatty()


def _files(drafts: Sequence[Draft], scan: Scan | None, at: Standpoint) -> dict[str, bytes]:
    files = {one.path: one.data for one in drafts}
    if scan is not None:
        for one in drafts:
            path = f"{one.path.rpartition('/')[0]}/{scan.source.scan}"
            if path not in at.snapshot.entries:  # the same bytes, kept with an earlier record
                files[path] = scan.data
    return files
