"""All files of a snapshot, parsed in one run; what cannot be used is a finding.

Every path under the content folder is used, ignored by name, or a finding: nothing
is dropped silently. Only the bytes of the snapshot are read; no file is opened.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from mkdocs_ems.collector import without_collector
from mkdocs_ems.diagnostics import Finding, Span
from mkdocs_ems.git.values import Entry, EntryKind, Snapshot
from mkdocs_ems.source.decoding import LFS, LFS_FIX, decode, find_conflicts
from mkdocs_ems.source.faults import CODE, Text
from mkdocs_ems.source.front_matter import find_front_matter
from mkdocs_ems.source.markdown import read_body
from mkdocs_ems.source.plain_yaml import Loaded, load
from mkdocs_ems.source.tables import LARGEST_SERIES
from mkdocs_ems.source.values import Body, Source, Sources
from mkdocs_ems.source.yaml_spans import Spans

MARKDOWN = (".md",)
YAML = (".yml", ".yaml")
ASSETS = (
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".drawio"),
    *(".pdf", ".csv", ".txt", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".dwg", ".dxf"),
    *(".sig", ".zip"),
)
ASSET_NAMES = ("allowed_signers",)
IGNORED = (".gitkeep", ".gitignore", ".gitattributes", ".editorconfig", ".DS_Store", "Thumbs.db")
"""Names of files that other tools keep; never read, never reported."""

MOST_FILES = 50_000
MOST_BYTES = 512_000_000

_KINDS: Mapping[EntryKind, tuple[str, str]] = {
    EntryKind.LINK: (
        "a symbolic link; links are never followed",
        "put the file itself here, or refer to the one it leads to",
    ),
    EntryKind.SUBMODULE: (
        "a git submodule; only files of this repository are read",
        "put the files themselves here",
    ),
    EntryKind.ODD: (
        "a name that cannot be a file on every machine",
        "give it a plain name: letters, digits, hyphens, one dot before the extension",
    ),
}


def parse_sources(snapshot: Snapshot, *, known: Sources | None = None) -> Sources:
    """Parse every file of the content folder, in the order of their paths.

    Args:
        snapshot: the files.
        known: another state of the same content; files that are the same there are not parsed again.
    """
    with without_collector():
        return _parse(snapshot, known)


def _parse(snapshot: Snapshot, known: Sources | None) -> Sources:
    findings = list(_limits(snapshot))
    if findings:
        return Sources(snapshot.content, {}, frozenset(), tuple(findings), {})
    files: dict[str, Source] = {}
    assets: list[str] = []
    entries = sorted(_inside(snapshot), key=lambda entry: entry.path)
    findings += _twins(entries)
    told = _by_path(known.findings) if known else {}
    evidence = f"{snapshot.content}/records/" if snapshot.content else "records/"
    for entry in entries:
        path = entry.path
        name = PurePosixPath(path).name
        kind = entry.kind if _is_utf8(path) else EntryKind.ODD
        if kind is not EntryKind.FILE:
            findings.append(_about(path, *_KINDS[kind]))
            continue
        if name in IGNORED:
            continue
        data = snapshot.files.get(path, b"")
        suffix = PurePosixPath(path).suffix.lower()
        if suffix in MARKDOWN or suffix in YAML:
            same = known.files.get(path) if known else None
            if same is not None and entry.blob and same.blob == entry.blob:
                files[path] = same
                findings += told.get(path, ())
                continue
            files[path], found = parse_file(path, data, content=snapshot.content, blob=entry.blob)
            findings += found
        elif suffix in ASSETS or name in ASSET_NAMES:
            assets.append(path)
            findings += _asset(path, suffix, data, evidence=path.startswith(evidence))
        else:
            findings.append(_unknown(path, suffix))
    # A twin's finding is told once, also where the file was known.
    once = tuple(dict.fromkeys(findings))
    return Sources(snapshot.content, files, frozenset(assets), once, snapshot.files)


def _by_path(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.at.path, []).append(one)
    return found


def parse_file(
    path: str,
    data: bytes,
    *,
    content: str,
    blob: str = "",
) -> tuple[Source, tuple[Finding, ...]]:
    """Parse one .md, .yml or .yaml file.

    Args:
        path: from the repository's root.
        data: its bytes.
        content: the content folder from the repository's root.
        blob: its object id.
    """
    markdown = path.lower().endswith(MARKDOWN)
    text, faults = decode(path, data)
    loaded: Loaded | None = None
    stretch: tuple[int, int] | None = None
    body: Body | None = Body("", 1, (), (), ()) if markdown else None
    found: tuple[Finding, ...] = ()
    if text is not None and markdown:
        conflicts = find_conflicts(text, faults)
        front = find_front_matter(text, faults)
        if front is not None:
            stretch = front.start, front.end
            if not (conflicts and "<<<<<<<" in text.written[front.start : front.end]):
                loaded = load(text, faults, start=front.start, end=front.end, what="front matter")
        body, found = read_body(text, start=front.body if front is not None else text.begin)
    elif text is not None:
        stretch = text.begin, len(text.written)
        if not find_conflicts(text, faults):
            loaded = load(text, faults, start=text.begin)
    values = loaded.data if loaded is not None else None
    source = Source(
        path=path,
        rel=path.removeprefix(f"{content}/") if content else path,
        blob=blob,
        data=values or {},
        spans=Spans(path, data, stretch=stretch, part=_changed(loaded, text, stretch)),
        body=body,
        readable=values is not None,
        whole=values is not None and loaded is not None and loaded.whole,
        kept=loaded is None or loaded.kept,
    )
    return source, (*faults.findings(), *found)


def _changed(loaded: Loaded | None, text: Text | None, stretch: tuple[int, int] | None) -> str | None:
    """The YAML as it was understood, where that is not what is written."""
    if loaded is None or text is None or stretch is None:
        return None
    return None if text.written.startswith(loaded.part, stretch[0]) else loaded.part


def _inside(snapshot: Snapshot) -> Iterator[Entry]:
    prefix = f"{snapshot.content}/" if snapshot.content else ""
    return (entry for entry in snapshot.entries.values() if entry.path.startswith(prefix))


def _is_utf8(path: str) -> bool:
    """Whether a path is text; bytes that are none arrive as surrogates."""
    return path.isascii() or not any("\ud800" <= char <= "\udfff" for char in path)


def _limits(snapshot: Snapshot) -> Iterator[Finding]:
    fix = "is this the content folder of the EMS, and not one above it?"
    if len(snapshot.files) > MOST_FILES:
        message = f"{len(snapshot.files):,} files; {MOST_FILES:,} are the most"
        yield _about(snapshot.content or ".", message, fix)
    size = sum(map(len, snapshot.files.values()))
    if size > MOST_BYTES:
        message = f"{size:,} bytes of content; {MOST_BYTES:,} are the most"
        yield _about(snapshot.content or ".", message, fix)


def _twins(entries: list[Entry]) -> Iterator[Finding]:
    """Paths that are one and the same on some machines."""
    seen: dict[str, str] = {}
    for entry in entries:
        key = unicodedata.normalize("NFC", entry.path).casefold()
        first = seen.setdefault(key, entry.path)
        if first != entry.path:
            yield _about(
                entry.path,
                f"on some machines this is the same file as {first}",
                "rename one of the two so that they differ in more than capitals or accents",
            )


def _asset(path: str, suffix: str, data: bytes, *, evidence: bool) -> Iterator[Finding]:
    # Large evidence may lie elsewhere: its pointer names its checksum. Readings are read, and must be here.
    if data.startswith(LFS) and not (evidence and suffix != ".csv"):
        yield _about(path, "this is a Git LFS pointer, not the file itself", LFS_FIX)
    elif suffix == ".csv" and len(data) > LARGEST_SERIES:
        message = f"the file has {len(data):,} bytes; a series may have {LARGEST_SERIES:,}"
        yield _about(path, message, "split it by year")


def _unknown(path: str, suffix: str) -> Finding:
    what = f"files that end in {suffix} are not used" if suffix else "a file without an extension is not used"
    known = ", ".join((*MARKDOWN, *YAML, *ASSETS))
    return _about(
        path,
        what,
        f"move it out of the content folder, or save it as one of {known}",
    )


def _about(path: str, message: str, fix: str) -> Finding:
    return Finding(message, Span(path, 1, 1, 1, 1), help=fix, code=CODE)
