"""Runs the examples of a rule's page: in memory, or through git where an example tells its history."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

from mkdocs_ems.compile import Compilation, compile_state
from mkdocs_ems.diagnostics import Report, RuleCase
from mkdocs_ems.git import Repository, Snapshot
from mkdocs_ems.git.values import Entry
from mkdocs_ems.graph import link
from mkdocs_ems.model import build_model
from mkdocs_ems.rules import example_files, run_rules
from mkdocs_ems.source import parse_sources
from support.story import Story

AS_OF = date(2026, 6, 1)
"""The day on which every example is judged."""

ASKS_FOR_MORE: frozenset[str] = frozenset(
    {
        "ASP003",
        "ASP011",
        "ASP012",
        "ASP015",
        "CTX009",
        "DOC003",
        "DOC012",
        "DOC014",
        "DOC021",
        "MON001",
        "MON002",
        "OBJ002",
        "OBJ006",
        "OBJ008",
        "OBJ013",
        "OBL005",
        "OBL007",
        "OBL010",
        "OPC002",
        "OPC004",
        "POL003",
        "REF006",
        "RSK002",
    }
)
"""Rules that ask for a column or row which the examples of other rules leave out, to keep these short."""

Found = tuple[tuple[str, str, int], ...]
"""Code, path and line of each diagnostic, sorted."""


def compiled(files: Mapping[str, str], *, as_of: date = AS_OF) -> Compilation:
    """Compile files in memory: no history, no disk."""
    data = {path: text.encode() for path, text in files.items()}
    entries = {path: Entry(path, hashlib.sha1(text).hexdigest()) for path, text in sorted(data.items())}  # noqa: S324 - git's ids
    snapshot = Snapshot("example", None, None, "ems", entries, data)
    sources = parse_sources(snapshot)
    model = build_model(sources)
    return Compilation(
        snapshot, sources, model, link(model, sources), as_of, None, "the example has no history"
    )


def in_example(files: Mapping[str, str]) -> Compilation:
    """Compile files beside those of the small EMS that all examples stand in."""
    return compiled({**example_files(), **files})


def judge(case: RuleCase, folder: Path) -> Report:
    """Judge an example as its page shows it."""
    if case.history is None:
        return run_rules(in_example(case.files))
    path = _tell(case, folder)
    with Repository.open(path) as repository:
        state = compile_state(repository, ref="main", as_of=AS_OF, now=datetime(2026, 6, 1, tzinfo=UTC))
    shown = {path: state.snapshot.files[path].decode() for path in case.files}
    assert shown == dict(case.files), "the history does not end in the files that the page shows"
    return run_rules(state)


def found(report: Report, *, code: str = "") -> Found:
    """What a report found, as an example of the rule `code` marks it."""
    left_out = ASKS_FOR_MORE - {code}
    diagnostics = (one for one in report.diagnostics if one.code not in left_out)
    return tuple(sorted((one.code, one.span.path, one.span.line) for one in diagnostics))


def expected(case: RuleCase, code: str) -> Found:
    """What an example says that is found."""
    return tuple(sorted([*((code, path, line) for path, line in case.expected), *case.others]))


def _tell(case: RuleCase, folder: Path) -> Path:
    story = Story(folder / "repository")
    example = example_files()
    people = yaml.safe_load(example["ems/registers/people.yml"])["rows"]
    names = {one["id"]: f"{one['title']} <{one['git_identities'][0]}>" for one in people}
    for number, step in enumerate(yaml.safe_load(case.history or "")):
        changes: dict[str, str | None] = {}
        for name in step.get("files", ()):
            changes |= example if name == "EXAMPLE" else {name: case.files[name]}
        for name in step.get("delete", ()):
            if changes.pop(name, None) is None:
                changes[name] = None
        by, message, day = names[step["by"]], step["message"], str(step["date"])
        if "merged_by" not in step:
            story.commit(changes, by=by, message=message, date=day)
            continue
        story.branch(f"change-{number}")
        story.commit(changes, by=by, message=message, date=day)
        story.switch()
        story.merge(f"change-{number}", by=names[step["merged_by"]], message=f"Merge: {message}")
    return story.flush()
