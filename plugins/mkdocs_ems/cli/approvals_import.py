"""`ems approvals import`: reviews on a forge become attested records; thin, as every command.

Run by a job on the protected main branch, after something has landed there. Exit codes: 0
done, also where there was nothing to do; 2 usage, environment, or a forge that does not answer.
"""

from __future__ import annotations

import os
import shlex
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from mkdocs_ems.cli.at_hand import stand
from mkdocs_ems.cli.options import repo_option, this_moment
from mkdocs_ems.control import Person
from mkdocs_ems.control.standpoint import Standpoint
from mkdocs_ems.errors import RefError, UsageError
from mkdocs_ems.forges.attested import Imported, Importer
from mkdocs_ems.forges.clients import Place, client, place, token
from mkdocs_ems.forges.importing import import_approvals
from mkdocs_ems.forges.patience import Patience
from mkdocs_ems.forges.values import Forge, ForgeName
from mkdocs_ems.git import Identity, Repository, usual_verdicts
from mkdocs_ems.git.committing import Commission, Head, OwnRepository
from mkdocs_ems.git.signing import RECORD_NAMESPACE, sign
from mkdocs_ems.text import show

_IMPORTER = "ROL-IMPORTER"


@click.command("import", short_help="Make attested records of the reviews on a forge.")
@repo_option
@click.option(
    "--forge",
    type=click.Choice(["github", "gitlab", "forgejo"]),
    required=True,
    help="Which kind of forge; its token comes from GITHUB_TOKEN, GITLAB_TOKEN or FORGEJO_TOKEN.",
)
@click.option("--project", metavar="OWNER/NAME", help="The project there (default: the job's own).")
@click.option("--url", metavar="BASE", help="The forge's address (default: the job's own).")
@click.option(
    "--key", metavar="FILE|agent", default="agent", help="The importer's SSH key.", show_default=True
)
@click.option(
    "--since",
    metavar="COMMIT",
    default="all",
    show_default=True,
    help="Only what landed on the main branch after this commit.",
)
@click.option("--no-commit", is_flag=True, help="Write the files, and let somebody commit them later.")
@click.option(
    "--trust-root",
    metavar="COMMIT",
    envvar="EMS_TRUST_ROOT",
    help="The commit whose content counts as approved (default: the first with ems.yml).",
)
def import_command(  # noqa: PLR0913 - one parameter an option
    *,
    repo: Path,
    forge: ForgeName,
    project: str | None,
    url: str | None,
    key: str,
    since: str,
    no_commit: bool,
    trust_root: str | None,
) -> None:
    """Look up who approved what has landed, and keep it as records signed by the importer's key.

    For every document whose text stands on the main branch without an attested approval, the merged
    request is looked up, and each approving review of just this text by somebody else than its
    authors becomes one record. What is left out is told with the reason. Running it again writes
    nothing twice.

    \b
    Examples:
      ems approvals import --forge github --key importer.key
      ems approvals import --forge gitlab --since 4f2c81d0
      ems approvals import --forge forgejo --url https://git.example.org --project ems/manual
    """
    where = place(forge, project=project, address=url, environment=os.environ)
    patience = Patience(where.address, token(forge, os.environ))
    signing = partial(sign, key=_key(key), namespace=RECORD_NAMESPACE)
    own, now = OwnRepository(repo), this_moment()
    head = own.head()
    with Repository.open(repo, verdicts=usual_verdicts()) as repository:
        at = stand(repository, head.commit, trust_root=trust_root, now=now)
        _must_be_main(at, head)
        importer = _importer(at, own)
        begin = _since(since, at, repository)
        asked = client(where, patience)
        try:
            found = import_approvals(
                at,
                asked,
                Importer(importer, signing, now),
                read=partial(_file, repository, asked),
                since=begin,
            )
        finally:
            asked.close()
    click.echo(_told(found, where), nl=False)
    if found.records:
        click.echo(_write(found, own, head, importer, now, commit=not no_commit))


def _key(named: str) -> Path | None:
    if named == "agent":
        return None
    path = Path(named).expanduser()
    if not path.is_file():
        raise UsageError(
            f"there is no key {show(named)}: name the file of the importer's SSH key, or `agent`"
        )
    return path


def _must_be_main(at: Standpoint, head: Head) -> None:
    main = at.rules.settings.main_branch
    if at.branch or head.branch != main:
        raise UsageError(
            f"approvals are imported on the main branch, and this is {show(head.branch)}: what has not "
            f"landed has no approval to import yet; go there with `git switch {show(shlex.quote(main))}`"
        )


def _importer(at: Standpoint, own: OwnRepository) -> Identity:
    """Who the records are written by: the person with the importer's role."""
    holders = at.rules.directory.acting((_IMPORTER,), at.day)
    if not holders:
        raise UsageError(
            f"nobody holds the role {_IMPORTER} in the approved registers: add a person for the job that "
            "imports, and have the registers approved (docs/forges/README.md says how)"
        )
    chosen = holders[0] if len(holders) == 1 else _one_of(holders, own)
    if not chosen.mail:
        raise UsageError(
            f"{chosen.id} has the role {_IMPORTER} and no mail address: give it one under git_identities in "
            "the register of persons, the one by which allowed_signers lists its key"
        )
    return Identity(chosen.name, chosen.mail)


def _one_of(holders: tuple[Person, ...], own: OwnRepository) -> Person:
    mail = own.identity().mail
    for person in holders:
        if person.mail.casefold() == mail.casefold():
            return person
    names = " and ".join(person.id or person.name for person in holders)
    raise UsageError(
        f"{names} hold the role {_IMPORTER}, and git's user.email ({show(mail)}) is none of theirs: "
        "set it to the address of the one that imports here"
    )


def _since(named: str, at: Standpoint, repository: Repository) -> int:
    """The place on the chain after which a text must have landed."""
    if named == "all":
        return 0
    commit = repository.resolve(named).commit
    for event in at.history.events:
        if event.commit.id == commit:
            return event.index
    raise UsageError(
        f"{show(named)} is not on the main branch's chain of first parents: name a commit that is, or leave "
        "--since out"
    )


def _file(repository: Repository, forge: Forge, path: str, commit: str) -> bytes | None:
    """A file at a commit: from git's objects where they are here, which no answer can contradict."""
    try:
        return repository.file(path, ref=commit)
    except RefError:
        return forge.file(path, commit)


def _told(found: Imported, where: Place) -> str:
    lines = [
        f"{one.document} issue {one.issue}: approved by {one.person.name} ({one.account}), {one.review}"
        for one in found.records
    ]
    lines += [f"left out: {words}" for words in found.told]
    count = "nothing new" if not found.records else _count(len(found.records), "record")
    lines.append(
        f"{count}; {where.host} was asked about {_count(found.events, 'commit')} of the main branch"
        if found.events
        else "everything that has landed is attested, or was there from the beginning: nothing to import"
    )
    return "".join(f"{show(line)}\n" for line in lines)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def _write(  # noqa: PLR0913 - what is committed, by whom, on what, when, and whether
    found: Imported, own: OwnRepository, head: Head, by: Identity, now: datetime, *, commit: bool
) -> str:
    if not commit:
        own.write(found.files, head=head)
        return "The files are written and not committed: only a commit on the main branch lets them count."
    made = own.commit(Commission(found.files, _message(found), by, now, head))
    return f"Committed as {made.id[:12]} by {show(by.name)}: push it to the main branch."


def _message(found: Imported) -> str:
    documents = dict.fromkeys(f"{one.document} issue {one.issue}" for one in found.records)
    listed = "\n".join(
        # Names that a forge gives must not become lines of their own, which could name approvers.
        show(f"{one.document} issue {one.issue}: {one.person.name}, {one.review}")
        for one in found.records
    )
    subject = next(iter(documents)) if len(documents) == 1 else f"{len(documents)} documents"
    return f"Record the approval of {subject}\n\n{listed}\n"
