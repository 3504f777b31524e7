"""Any bytes as one file of a small manual: it compiles, every rule runs, and what is found has its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha1
from pathlib import Path

from mkdocs_ems.compile import Compilation
from mkdocs_ems.diagnostics import Report
from mkdocs_ems.git.values import Entry, Snapshot
from mkdocs_ems.graph import link
from mkdocs_ems.model import build_model
from mkdocs_ems.rules import example_files, run_rules
from mkdocs_ems.source import parse_sources
from support.fuzz.places import Lines

INSTRUMENTED = (
    "mkdocs_ems.model.build",
    "mkdocs_ems.model.reading",
    "mkdocs_ems.model.settings",
    "mkdocs_ems.graph",
)
LARGEST = 1_500
PLACES = (
    "ems/ems.yml",
    "ems/registers/fuzzed.yml",
    "ems/procedures/fuzzed.md",
    "ems/records/fuzzed.yml",
    "ems/records/readings/fuzzed.csv",
    "ems/allowed_signers",
    "ems/analyses/fuzzed.yml",
)
"""Where the bytes are put, as their first one says."""
AS_OF = date(2026, 6, 1)
_ROOT = Path(__file__).parents[3]


@lru_cache
def _words() -> tuple[str, ...]:
    from mkdocs_ems.model import KINDS  # noqa: PLC0415 - the names of all columns, once

    names = {f"{name}: " for kind in KINDS.values() for name in kind.model.model_fields}
    kinds = {f"type: {name}\n" for name in KINDS}
    odd = {
        "rows:\n  - ",
        "[",
        "]",
        "{",
        "}",
        "null",
        "true",
        "9999-12-31",
        "0001-01-01",
        "P1Y",
        "12 months",
        "[[",
        "]]",
    }
    return tuple(sorted({*names, *kinds, *odd}))


WORDS = _words()


def seeds() -> Iterator[bytes]:
    """What to begin with: each file of the example, and of the demonstration, where it belongs."""
    for path, text in sorted(example_files().items()):
        yield _placed(path, text.encode())
    for file in sorted((_ROOT / "ems").rglob("*")):
        if file.suffix in (".yml", ".md", ".csv"):
            yield _placed(file.relative_to(_ROOT).as_posix(), file.read_bytes()[:LARGEST])


def _placed(path: str, data: bytes) -> bytes:
    folder = path.split("/")[1]
    fits = (
        at for at, place in enumerate(PLACES) if place.startswith(f"ems/{folder}") and place[-3:] == path[-3:]
    )
    return bytes([next(fits, 1 if path.endswith(".yml") else 2)]) + data


@lru_cache
def _example() -> dict[str, bytes]:
    return {path: text.encode() for path, text in example_files().items()}


def compiled(files: dict[str, bytes]) -> Compilation:
    """Compile files in memory, in the order in which they are given: no history, no disk."""
    entries = {path: Entry(path, sha1(data).hexdigest()) for path, data in files.items()}  # noqa: S324 - git's ids
    sources = parse_sources(Snapshot("fuzzed", None, None, "ems", entries, files))
    model = build_model(sources)
    return Compilation(
        snapshot=Snapshot("fuzzed", None, None, "ems", entries, files),
        sources=sources,
        model=model,
        graph=link(model, sources),
        as_of=AS_OF,
        control=None,
        control_reason="there is no history",
    )


def misplaced_diagnostics(report: Report, files: dict[str, bytes]) -> Iterator[str]:
    """What is wrong with the places of a report."""
    for one in report.diagnostics:
        for span in (one.span, *(related.span for related in one.related)):
            # Of what is nowhere, the content folder is the place.
            if span.path in files and (fault := Lines(span.path, files[span.path]).fault(span)):
                yield f"{one.code} {span.path}: {fault}"
            elif span.path not in files and (span.line, span.column) != (1, 1):
                yield f"{one.code} {span.path}:{span.line}: there is no such file"


def attempt(data: bytes) -> None:
    """Compile some bytes as a file of the example; whatever is wrong with how that went raises."""
    files = {**_example(), PLACES[data[0] % len(PLACES) if data else 0]: data[1:]}
    state = compiled(files)
    report = run_rules(state)
    assert not (wrong := [*misplaced_diagnostics(report, files)]), wrong
    assert all(one.message and one.help and one.message.isprintable() for one in report.diagnostics)
