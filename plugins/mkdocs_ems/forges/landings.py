"""What has landed on the main branch and lacks the evidence of its review.

A document is looked at as it stands at the head alone: evidence for a text that has changed
since would come too late. Also here: whether a reviewed commit holds just the text that
landed, file by file and byte by byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.control import DocumentControl, Level
from mkdocs_ems.control.places import Place, Places, is_markdown
from mkdocs_ems.control.records import ForgeSource, read_record
from mkdocs_ems.control.standpoint import Standpoint, standing_issue
from mkdocs_ems.control.values import Content
from mkdocs_ems.git.values import Event
from mkdocs_ems.source import local_parts

FileReader = Callable[[str, str], bytes | None]
"""A file by its path at a commit; None where there is none."""


@dataclass(frozen=True, slots=True)
class Landing:
    """One document whose text landed with one event."""

    document: DocumentControl
    content: Content
    event: Event


def landings(at: Standpoint, *, since: int) -> Iterator[Landing]:
    """Every document whose text at the head has no attested approval yet, in the order of landing.

    Args:
        at: the head of the main branch.
        since: the place on the chain after which a text must have landed.
    """
    found = [one for document in at.control.documents.values() if (one := _landing(document, since))]
    yield from sorted(found, key=lambda one: (one.event.index, one.document.id))


def _landing(document: DocumentControl, since: int) -> Landing | None:
    content, event = document.landed, document.landed_event
    issue = standing_issue(document)
    if issue is not None:
        # It may have been deleted and come back: what was reviewed landed the first time.
        event = issue.event
    if content is None or event is None or event.index <= max(since, 0):
        # What lay in the trust root was taken over with it.
        return None
    if issue is not None and issue.level >= Level.ATTESTED:
        return None
    if issue is None and document.pending is None and document.control == "issue":
        return None  # withdrawn
    return Landing(document, content, event)


def imported(landing: Landing, at: Standpoint) -> Iterator[tuple[str, str, ForgeSource]]:
    """The records for a landed text that an import has written already: path, approver, source."""
    prefix = f"{at.places.approvals}{landing.document.id}/"
    for path, entry in at.snapshot.entries.items():
        data = at.snapshot.files.get(path)
        if data is None or not path.startswith(prefix) or at.places.of(path) is not Place.APPROVAL:
            continue
        record = read_record(path, entry.blob, data, places=at.places).record
        source = record.source if record is not None else None
        if record is not None and isinstance(source, ForgeSource) and source.event == landing.event.commit.id:
            yield path, record.approver, source


def holds(landing: Landing, commit: str, read: FileReader, at: Standpoint) -> bool:
    """Whether a commit holds just the text that landed, with every file that it embeds or attaches."""
    content = landing.content
    parts = {part.path: part.blob for part in content.parts}
    landed = at.blobs.read({content.blob, *parts.values()})
    if read(content.path, commit) != landed[content.blob]:
        return False
    # The same text names the same files; also those that are missing must be missing there.
    targets = {*parts, *_targets(content, landed, at.places)}
    return all(
        read(path, commit) == (landed[parts[path]] if path in parts else None) for path in sorted(targets)
    )


def _targets(content: Content, landed: Mapping[str, bytes], places: Places) -> Iterator[str]:
    if content.path == places.rules:
        yield places.signers
    elif is_markdown(content.path):
        for _, path in local_parts(content.path, landed[content.blob]):
            if places.of(path) is Place.ASSET:
                yield path
