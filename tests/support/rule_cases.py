"""Runs the examples of a rule's page: in memory, or through git where an example tells its history."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from mkdocs_ems.cli.compiled import with_earlier
from mkdocs_ems.compile import Compilation, compile_state, controlled_state
from mkdocs_ems.control.recording import record_bytes, record_name
from mkdocs_ems.control.records import ApprovalRecord
from mkdocs_ems.control.sealing import Ledger
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
        "AUD001",
        "CLS001",
        "CTX009",
        "CTX012",
        "DOC003",
        "DOC011",
        "DOC012",
        "DOC014",
        "DOC019",
        "DOC021",
        "EMR002",
        "EMR005",
        "EMR008",
        "EVC001",
        "GAP004",
        "MON001",
        "MON002",
        "MON006",
        "MRV001",
        "NCR001",
        "NCR002",
        "NCR003",
        "NCR005",
        "NCR006",
        "NCR008",
        "NCR009",
        "OBJ002",
        "OBJ006",
        "OBJ008",
        "OBJ009",
        "OBJ013",
        "OBL005",
        "OBL007",
        "OBL010",
        "OPC002",
        "OPC004",
        "OPC006",
        "OPC007",
        "POL003",
        "POL007",
        "REF006",
        "REF008",
        "ROL006",
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
    path, kept = _tell(case, folder)
    with Repository.open(path) as repository:
        state = compile_state(repository, ref="main", as_of=AS_OF, now=datetime(2026, 6, 1, tzinfo=UTC))
        shown = {path: state.snapshot.files[path].decode() for path in case.files}
        assert shown == dict(case.files), "the history does not end in the files that the page shows"
        if kept is not None:
            state = with_earlier(state, repository, kept)
        # Rules may ask for what old issues were called while the repository is open.
        return run_rules(state)


def found(report: Report, *, code: str = "") -> Found:
    """What a report found, as an example of the rule `code` marks it."""
    left_out = ASKS_FOR_MORE - {code}
    diagnostics = (one for one in report.diagnostics if one.code not in left_out)
    return tuple(sorted((one.code, one.span.path, one.span.line) for one in diagnostics))


def expected(case: RuleCase, code: str) -> Found:
    """What an example says that is found."""
    return tuple(sorted([*((code, path, line) for path, line in case.expected), *case.others]))


def _tell(case: RuleCase, folder: Path) -> tuple[Path, Ledger | None]:
    """Make the history of an example: each step a commit, or with `merged_by` a merge.

    A step brings `files` as the page shows them (`EXAMPLE`: those of the small EMS), `texts` by path,
    `copy` (path to path), approval `records`, and takes away what it says to `delete`. With `ledger` the
    ledger is kept as it is by then; `set_back` takes so many events off the branch.
    """
    kept = None
    story = Story(folder / "repository")
    people = yaml.safe_load(example_files()["ems/registers/people.yml"])["rows"]
    names = {one["id"]: f"{one['title']} <{one['git_identities'][0]}>" for one in people}
    archive = _Archive()
    for number, step in enumerate(yaml.safe_load(case.history or "")):
        if "ledger" in step:
            kept = _ledger(story)
            continue
        if "set_back" in step:
            events = [event.commit.id for event in story.history().events]
            story.writer.point(story.current, events[-1 - step["set_back"]])
            continue
        by, message, day = names.get(step["by"], step["by"]), step["message"], str(step["date"])
        changes = archive.changes(step, case.files, day=day, approver=by)
        archive.land(changes)
        if "merged_by" not in step:
            committer = names.get(step.get("committed_by"), step.get("committed_by"))
            story.commit(changes, by=by, message=message, date=day, committer=committer)
            continue
        story.branch(f"change-{number}")
        story.commit(changes, by=by, message=message, date=day)
        story.switch()
        merger = names.get(step["merged_by"], step["merged_by"])
        story.merge(f"change-{number}", by=merger, message=f"Merge: {message}")
    return story.flush(), kept


def _ledger(story: Story) -> Ledger:
    with Repository.open(story.flush()) as repository:
        now = datetime(2026, 6, 1, tzinfo=UTC)
        return controlled_state(repository, ref="main", as_of=AS_OF, now=now).control.ledger


class _Archive:
    """What stands in the tree of an example's history so far, as its approval records have to know it."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._landed: dict[str, int] = {}
        """Which step landed the present text of each path."""
        self._records: list[tuple[int, str, str]] = []
        """Step, document and sha256 of every record."""
        self._step = 0

    def changes(
        self, step: Mapping[str, Any], shown: Mapping[str, str], *, day: str, approver: str
    ) -> dict[str, str | None]:
        """What a step writes and takes away."""
        changes: dict[str, str | None] = {}
        for name in step.get("files", ()):
            changes |= example_files() if name == "EXAMPLE" else {name: shown[name]}
        changes |= step.get("texts", {})
        changes |= {new: self._texts[old] for new, old in step.get("copy", {}).items()}
        for said in step.get("records", ()):
            record = self._record(said, changes, day=day, approver=approver)
            path = f"ems/records/approvals/{record_name(record, said.get('n', 1))}"
            changes[path] = record_bytes(record).decode()
        for name in step.get("delete", ()):
            if changes.pop(name, None) is None:
                changes[name] = None
        return changes

    def land(self, changes: Mapping[str, str | None]) -> None:
        """Take over what a step did."""
        self._step += 1
        for path, text in changes.items():
            if text is None:
                self._texts.pop(path, None)
                continue
            self._texts[path] = text
            self._landed[path] = self._step
            if path.startswith(_APPROVALS):
                document = path.removeprefix(_APPROVALS).partition("/")[0]
                self._records.append((self._step, document, _sha256(text)))

    def _record(
        self, said: Mapping[str, Any], changes: Mapping[str, str | None], *, day: str, approver: str
    ) -> ApprovalRecord:
        """A record as `ems approve` would write it for the file that it is `of`; any key may be set."""
        path = said["of"]
        text = changes.get(path) or self._texts[path]
        document = (
            said.get("document") or yaml.safe_load(text.split("---")[1 if path.endswith(".md") else 0])["id"]
        )
        landed = self._step + 1 if path in changes else self._landed[path]
        previous = (digest for step, one, digest in self._records if one == document and step < landed)
        return ApprovalRecord.model_validate(
            {
                "schema": "ems-approval/1",
                "repository": "example",
                "document": document,
                "issue": 2,
                "meaning": "approval",
                "manifest": {"main": _sha256(text), "parts": {}},
                "previous": sorted(previous),
                "approver": approver.rpartition("<")[2].removesuffix(">"),
                "date": f"{day[:10]}T10:00:00Z",
                **{key: value for key, value in said.items() if key not in ("of", "n")},
            }
        )


_APPROVALS = "ems/records/approvals/"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
