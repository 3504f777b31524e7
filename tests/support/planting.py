"""Plants a defect in a copy of the demonstration and tells what is found that was not found before.

An edit names what it changes by its id, never by a line: a column that is cut or set, words that are
replaced, a row that is dropped or added, a new file. An edit that fits nowhere fails with a
message, so that no case passes because nothing was planted. The copy is taken over as it stands,
in memory, with the real document control; where a case needs events, they follow after.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import derive_control
from mkdocs_ems.control.broken import Earlier
from mkdocs_ems.control.recording import record_bytes, record_name
from mkdocs_ems.control.records import ApprovalRecord
from mkdocs_ems.diagnostics import Diagnostic
from mkdocs_ems.git.values import Tag
from mkdocs_ems.graph import link
from mkdocs_ems.model import build_model
from mkdocs_ems.rules import run_rules
from mkdocs_ems.source import parse_sources
from support.chain import Chain, Work

AS_OF = date(2026, 11, 20)
TAKEN_OVER = "2026-11-02"
"""The day on which the copy counts as approved: near enough that no review is due since."""

_READ_BACK = ("REF008", "MON007", "REC001", "REC002", "CHG004")
"""Rules that read earlier contents: their cases have them at hand."""

_ALONE = ("CHG003", "GAP004")
"""Rules that repeat what others find, or ask for days before the copy was taken over: told by their cases."""

REPOSITORY = "6f1c2b9e4d7a4f0d9a53c8e17b20d6f4"
"""The demonstration's own id."""

Texts = Mapping[str, str]
"""Files by their path below the content folder."""


@dataclass(frozen=True)
class Place:
    """Where something with an id stands: a document, a register's head, or a row with its lines."""

    path: str
    first: int
    """Its first line."""
    end: int
    """The line after its last."""
    indent: str
    """What its columns begin with."""


class MisfitError(AssertionError):
    """An edit that fits nowhere: the demonstration has changed, or the case never was right."""


def places(files: Texts) -> Mapping[str, Place]:
    """Everything with an id; `ems.yml` under that name."""
    found: dict[str, Place] = {}
    for path, text in files.items():
        lines = text.split("\n")
        if path == "ems.yml":
            found[path] = Place(path, 0, len(lines), "")
        elif path.endswith(".md") and lines[0] == "---":
            end = lines.index("---", 1)
            for line in lines[1:end]:
                if line.startswith("id: "):
                    found[line[4:]] = Place(path, 1, end, "")
        elif path.endswith(".yml") and path.startswith("registers/"):
            found |= _in_register(path, lines)
    return found


def _in_register(path: str, lines: list[str]) -> Mapping[str, Place]:
    found: dict[str, Place] = {}
    rows = next((at for at, line in enumerate(lines) if line == "rows:"), len(lines))
    for line in lines[:rows]:
        if line.startswith("id: "):
            found[line[4:]] = Place(path, 0, rows, "")
    starts = [at for at in range(rows, len(lines)) if lines[at].startswith("  - ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        match = re.fullmatch(r"  - id: (\S+)", lines[start])
        if match:
            found[match[1]] = Place(path, start, end, "    ")
    return found


def edited(files: Texts, edits: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The files with every edit made, in order.

    An edit is one of these, by its keys: `new` (a path) with `text`; `everywhere` (words) with `put`; or
    `of` (an id, `ems.yml`, or a path) with `drop`, `add` (text at the end of its file), `copy` (a
    row, under another id), `find` and `put` (words that stand there once), `cut` (columns), `set`
    (columns with what is written).
    """
    made = dict(files)
    for edit in edits:
        if "new" in edit:
            if edit["new"] in made:
                raise MisfitError(f"{edit['new']} is there already")
            made[edit["new"]] = edit["text"]
        elif "everywhere" in edit:
            holding = [path for path, text in made.items() if edit["everywhere"] in text]
            if not holding:
                raise MisfitError(f"{edit['everywhere']!r} stands nowhere")
            made |= {path: made[path].replace(edit["everywhere"], edit["put"]) for path in holding}
        else:
            _edit(made, _place(made, edit), edit)
    return made


def _edit(files: dict[str, str], place: Place, edit: Mapping[str, Any]) -> None:
    """Make one edit where its id stands."""
    lines = files[place.path].split("\n")
    own = lines[place.first : place.end]
    more = None
    if edit.get("drop"):
        own = []
    elif "add" in edit:
        more = edit["add"]
    elif "copy" in edit:
        more = "\n".join(own).replace(f"id: {edit['of']}", f"id: {edit['copy']}")
    elif "find" in edit:
        if place.path.endswith(".md"):
            place, own = Place(place.path, 0, len(lines), ""), lines
        own = _with_words(own, edit)
    else:
        own = _with_columns(own, place, edit)
    if edit.get("drop") and not place.indent:
        del files[place.path]
        return
    text = "\n".join([*lines[: place.first], *own, *lines[place.end :]])
    files[place.path] = text if more is None else f"{text.rstrip()}\n\n{more.rstrip()}\n"


def _with_words(lines: list[str], edit: Mapping[str, Any]) -> list[str]:
    """Lines with some words replaced, which stand in them once."""
    text = "\n".join(lines)
    if text.count(edit["find"]) != 1:
        raise MisfitError(f"{edit['find']!r} stands {text.count(edit['find'])} times in {edit['of']}")
    return text.replace(edit["find"], edit["put"]).split("\n")


def _with_columns(lines: list[str], place: Place, edit: Mapping[str, Any]) -> list[str]:
    """Lines with columns cut and set; what is set stands first, below the id."""
    for key in edit.get("cut", ()):
        lines = _without(lines, key, place, edit)
    for key, value in edit.get("set", {}).items():
        if any(line.startswith(f"{place.indent}{key}:") for line in lines):
            lines = _without(lines, key, place, edit)
        head = next(at for at, line in enumerate(lines) if "id: " in line or place.path == "ems.yml")
        written = str(value).lower() if isinstance(value, bool) else value
        lines = [*lines[: head + 1], f"{place.indent}{key}: {written}", *lines[head + 1 :]]
    return lines


def _place(files: Texts, edit: Mapping[str, Any]) -> Place:
    if edit["of"] in files:
        return Place(edit["of"], 0, files[edit["of"]].count("\n") + 1, "")
    known = places(files)
    if edit["of"] not in known:
        raise MisfitError(f"nothing has the id {edit['of']}")
    return known[edit["of"]]


def _without(lines: list[str], key: str, place: Place, edit: Mapping[str, Any]) -> list[str]:
    """The lines without one column and what belongs to it."""
    begin = f"{place.indent}{key}:"
    start = next((at for at, line in enumerate(lines) if line.startswith(begin)), None)
    if start is None:
        raise MisfitError(f"{edit['of']} has no column {key}")
    end = start + 1
    deeper = f"{place.indent} "
    while end < len(lines) and (lines[end].startswith(deeper) or lines[end].startswith(f"{place.indent}- ")):
        end += 1
    return [*lines[:start], *lines[end:]]


@dataclass(frozen=True)
class Found:
    """One finding, as cases compare it."""

    code: str
    subject: str
    """The id it is about, else its path."""

    @classmethod
    def of(cls, diagnostic: Diagnostic) -> Found:
        """What a diagnostic is compared by."""
        return cls(diagnostic.code, diagnostic.id or diagnostic.span.path)


def _record(said: Mapping[str, Any], event: Mapping[str, Any], chain: Chain) -> tuple[str, str]:
    """An approval record for the file that it is `of` as it stands on the chain; any key may be set."""
    path, approver = said["of"], event["by"].rpartition("<")[2].removesuffix(">")
    record = ApprovalRecord.model_validate(
        {
            "schema": "ems-approval/1",
            "repository": REPOSITORY,
            "issue": 2,
            "meaning": "approval",
            "manifest": {"main": chain.sha(path), "parts": {}},
            "approver": approver,
            "date": f"{event.get('on', '2026-11-05')}T12:00:00Z",
            **{key: value for key, value in said.items() if key not in ("of", "n")},
        }
    )
    return f"records/approvals/{record_name(record, said.get('n', 1))}", record_bytes(record).decode()


@dataclass
class Copies:
    """Copies of the demonstration, each judged; what nobody changed is parsed once."""

    files: Mapping[str, bytes]
    """The demonstration's last state, below the content folder."""
    _base: Compilation | None = field(default=None, init=False)
    _before: Counter[Found] = field(default_factory=Counter, init=False)

    @property
    def texts(self) -> Texts:
        """Every file that an edit may change."""
        return {
            path: data.decode()
            for path, data in self.files.items()
            if path.endswith((".md", ".yml", ".yaml", ".csv"))
        }

    def judge(self, case: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
        """Everything that is found in a copy with the defect, and was not found in one without it."""
        if self._base is None:
            self._base = self._compile({})
            self._before = Counter(map(Found.of, run_rules(self._base).diagnostics))
        left = Counter(self._before)
        new: list[Diagnostic] = []
        others = [code for code in _ALONE if code != case.get("code")]
        for diagnostic in run_rules(self._compile(case), ignore=others).diagnostics:
            if left[Found.of(diagnostic)] > 0:
                left[Found.of(diagnostic)] -= 1
            else:
                new.append(diagnostic)
        return tuple(new)

    def _compile(self, case: Mapping[str, Any]) -> Compilation:
        texts = self.texts
        state = edited(texts, case.get("edits", ()))
        chain = Chain()
        taken: dict[str, str | bytes | None] = {
            path: data for path, data in self.files.items() if path not in texts
        }
        chain.commit({**taken, **state}, by="Priya Nair <priya.nair@wrenholt.example>", on=TAKEN_OVER)
        for event in case.get("then", ()):
            after = edited(state, event.get("edits", ()))
            changed = {path: text for path, text in after.items() if state.get(path) != text}
            gone = dict.fromkeys(path for path in state if path not in after)
            records = dict(_record(said, event, chain) for said in event.get("records", ()))
            gone |= dict.fromkeys(event.get("delete", ()))
            work = Work(
                {**changed, **gone, **records}, event["by"], event.get("message", "Rework it as planted")
            )
            if "merged_by" in event:
                chain.merge(work, by=event["merged_by"])
            else:
                chain.commit(
                    work.files,
                    by=work.by,
                    committer=event.get("committed_by"),
                    message=work.message,
                    on=event.get("on"),
                )
            state = {path: text for path, text in {**after, **records}.items() if path not in gone}
        return self._put_together(chain, case)

    def _put_together(self, chain: Chain, case: Mapping[str, Any]) -> Compilation:
        base = self._base
        snapshot, history = chain.snapshot(), chain.history()
        if "untracked" in case:
            snapshot = replace(snapshot, untracked=frozenset(case["untracked"]))
        if "tag" in case:
            day = datetime.combine(date.fromisoformat(case["tag"]), datetime.min.time(), UTC)
            lost = Tag("v2026.9", "f" * 40, "e" * 40, annotated=True, date=day)
            history = replace(history, tags=(lost,))
        sources = parse_sources(snapshot, known=base.sources if base else None)
        model = build_model(sources, known=base.model if base else None)
        graph = link(model, sources)
        control = derive_control(history, snapshot, blobs=chain.shelf, as_of=AS_OF)
        # A dozen cases change what others refer to. That this makes a link suspect is told by one of them,
        # and one more is about what was written earlier.
        blobs = chain.shelf if case.get("code") in _READ_BACK else None
        made = Compilation(snapshot, sources, model, graph, AS_OF, control, history=history, blobs=blobs)
        if "kept" not in case:
            return made
        # The ledger of another course of events, of which this one knows nothing.
        before = self._compile({"edits": case.get("edits", ()), "then": case["kept"]}).control
        assert before is not None, "what was kept has a history"
        return replace(made, earlier=Earlier(before.ledger, "a" * 40, "main"))
