"""Where everything stands in a state: which file holds what, who claims an id, which files are parts.

Told of a whole state at once, since it depends on every file: the first claimant of an id goes
by it, and a picture belongs to whichever document shows it. What the files say is not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control.places import RULES_ID, SIGNERS, Places
from mkdocs_ems.git.values import Entry, EntryKind
from mkdocs_ems.source import Source, parts_among
from mkdocs_ems.source.parse import IGNORED

Claim = tuple[str, int | None]
"""Whoever has an id: a file, and for a row its place among the rows."""

RECORD_FILE = "records"
"""The kind of a file that holds several records under `rows:`."""

_RECORDS = (".yml", ".yaml", ".sig")
_LONGEST = 200
"""A longer text is nobody's id."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands. Paths begin below the content folder: `registers/aspects.yml`."""

    blobs: Mapping[str, str]
    """Every file that is told of. What is no file, a link or a submodule, says so before its id."""
    records: Mapping[str, str]
    """The same of records of approval with their signatures: what they do is told as approvals."""
    kinds: Mapping[str, str]
    """Kind of the document or record in a file, `register` for a register, `records` for several records
    of one kind; what holds none of them is not in it."""
    claims: Mapping[str, tuple[Claim, ...]]
    """Who claims an id, the first one first."""
    parts: Mapping[str, Mapping[str, str]]
    """By document the blob of each part by its target as written."""
    attached: frozenset[str]
    """Files that are a part of some document."""

    def shared(self, other: Layout) -> frozenset[str]:
        """Files with an id that several claim, where another state says otherwise who claims it.

        What one of them is called depends on the others.
        """
        several = (
            claims
            for identity, claims in self.claims.items()
            if len(claims) > 1 and other.claims.get(identity) != claims
        )
        return frozenset(path for claims in several for path, _ in claims)

    def files_of(self, identities: Iterable[str]) -> Iterator[str]:
        """The file of the first claimant of each id."""
        return (self.claims[identity][0][0] for identity in identities if identity in self.claims)


def layout(compilation: Compilation) -> Layout:
    """Tell where everything stands in a state."""
    sources, snapshot = compilation.sources, compilation.snapshot
    places = Places(sources.content)
    start = len(places.prefix)
    blobs: dict[str, str] = {}
    records: dict[str, str] = {}
    for path, entry in sorted(snapshot.entries.items()):
        if path.startswith(places.prefix) and path.rpartition("/")[2] not in IGNORED:
            is_record = path.startswith(places.approvals) and path.lower().endswith(_RECORDS)
            (records if is_record else blobs)[path[start:]] = _stands(entry)
    kinds = {
        entry.anchor.path[start:]: entry.kind for entry in compilation.model.entries if not entry.anchor.route
    }
    kinds |= {source.rel: RECORD_FILE for source in sources.files.values() if _holds_records(source)}
    claims: dict[str, list[Claim]] = defaultdict(list)
    if places.rules in sources.files:
        claims[RULES_ID].append((places.rules[start:], None))
    for source in sources.files.values():
        if source.rel in kinds:
            for identity, index in _claimed(source):
                claims[identity].append((source.rel, index))
    parts: dict[str, Mapping[str, str]] = {}
    attached: set[str] = set()
    for rel, found in _attachments(compilation, places):
        parts[rel] = {target: entry.blob for target, entry in found.items()}
        attached.update(entry.path[start:] for entry in found.values())
    whole = {identity: tuple(claimants) for identity, claimants in claims.items()}
    return Layout(blobs, records, kinds, whole, parts, frozenset(attached))


def _holds_records(source: Source) -> bool:
    """Whether a file holds several records: its rows are told one by one, like those of a register."""
    below = source.rel.startswith("records/") and not source.rel.startswith("records/approvals/")
    return below and source.readable and source.body is None and "rows" in source.data


def _stands(entry: Entry) -> str:
    """What stands at a path: a link to a text has the blob of a file with that text, and is no file."""
    return entry.blob if entry.kind is EntryKind.FILE else f"{entry.kind.value}:{entry.blob}"


def _attachments(compilation: Compilation, places: Places) -> Iterator[tuple[str, Mapping[str, Entry]]]:
    """Every document that has parts, with the files by their targets."""
    entries = compilation.snapshot.entries
    for path, source in compilation.sources.files.items():
        found: tuple[tuple[str, str], ...] = ()
        if path == places.rules:
            found = ((SIGNERS, places.signers),)
        elif source.body is not None and source.body.links and not source.rel.startswith("records/"):
            targets = (link.target for link in source.body.links)
            found = tuple(one for one in parts_among(path, targets) if places.may_be_part(one[1]))
        held = {target: entries[at] for target, at in found if at in entries}
        held = {target: entry for target, entry in held.items() if entry.kind is EntryKind.FILE}
        if held:
            yield source.rel, held


def usable_id(value: object) -> str | None:
    """What goes by its id goes by this; None for what is written there and can be nobody's id.

    Odd ids are ids: only signs by which keys are put together are no part of one.
    """
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST or ":" in value or "@" in value:
        return None
    return value


def _claimed(source: Source) -> Iterator[tuple[str, int | None]]:
    head = usable_id(source.data.get("id"))
    if head is not None:
        yield head, None
    rows = source.data.get("rows") if source.body is None else None
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        identity = usable_id(row.get("id")) if isinstance(row, dict) else None
        if identity is not None:
            yield identity, index
