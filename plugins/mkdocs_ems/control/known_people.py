"""Everybody whom a repository knows by name today: an old version may tell of them under another name.

Read from what was approved or landed of the registers of people, from who committed and tagged, and from
the evidence of approvals. For who has to keep names in; nothing else wants them.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems import dataclass
from mkdocs_ems.control.states import ControlState
from mkdocs_ems.control.withheld import identities_of, principals_of
from mkdocs_ems.git.values import Blobs, History
from mkdocs_ems.model.masking import may_be_a_name
from mkdocs_ems.source import Data, parse_file

_ACCOUNTS = ("git_identities", "forge_accounts")


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Names that people have or had, and what else they are called by."""

    names: frozenset[str]
    accounts: frozenset[str]


def people_known(control: ControlState, history: History, *, blobs: Blobs, content: str) -> KnownPeople:
    """Everybody of a chain; ask while the repository is open."""
    rows = list(_rows(control, blobs=blobs, content=content))
    names = {title for row in rows if isinstance(title := row.get("title"), str)}
    claimed = {one.name for commit in history.commits.values() for one in (commit.author, commit.committer)}
    claimed |= {tag.tagger.name for tag in history.tags if tag.tagger is not None}
    claimed |= {person.name for person in identities_of(control)}
    accounts = {one for row in rows for key in _ACCOUNTS for one in _texts(row.get(key))}
    return KnownPeople(
        frozenset(names.union(filter(may_be_a_name, claimed))),
        frozenset(accounts.union(principals_of(control))),
    )


def _rows(control: ControlState, *, blobs: Blobs, content: str) -> Iterator[dict[str, Data]]:
    """The rows of every state of the registers of people that counts, or counted."""
    found = {
        content_then.blob: content_then.path
        for document in control.documents.values()
        if document.type == "person"
        for content_then in (
            *(issue.content for issue in document.issues),
            *((document.landed,) if document.landed is not None else ()),
        )
    }
    read = blobs.read(found) if found else {}
    for blob, path in found.items():
        source, _ = parse_file(path, read[blob], content=content, blob=blob)
        rows = source.data.get("rows")
        yield from (row for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict))


def _texts(data: Data) -> Iterator[str]:
    for one in data if isinstance(data, list) else (data,):
        if isinstance(one, str):
            yield one
