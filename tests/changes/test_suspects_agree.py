"""Suspect links are what a slow reading of the whole past finds, on the demonstration and on any story.

The slow way knows neither the journal nor how rows are told apart: it derives document control
anew at the event of each look, and parses whole files.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from mkdocs_ems.changes.suspects import suspects
from mkdocs_ems.compile import Compilation, approved_state, compile_state, controlled_state
from mkdocs_ems.control import Content, ControlState, DocumentControl, DocumentState, derive_control
from mkdocs_ems.git import Repository
from mkdocs_ems.graph import Edge, Node
from mkdocs_ems.model.lasting import laid_down
from mkdocs_ems.source import Source, parse_file
from support.chain import Chain, Work
from support.company import land_record
from support.looked import CONTROLS, WASTE, begin, compiled, control, procedure, register

LATE = date(2099, 1, 1)
"""A day on which everything that was approved is in force."""
OF_THEIR_DAY = ("nonconformity", "posted-copy")
NOT_RELIED_ON = ("role", "person", "process", "register", "action", "instrument", *OF_THEIR_DAY)
OVER = ("withdrawn", "repealed", "superseded", "cancelled", "closed", "done", "verified", "achieved")
Found = set[tuple[str, str, str]]


class Slowly:
    """Finds the suspect links of a state by reading everything again."""

    def __init__(self, now: Compilation, at: Callable[[int], ControlState]) -> None:
        self._now = now
        self._at = cache(at)
        self._read: dict[str, Source] = {}
        assert now.control is not None
        self._control = now.control
        self._index = {event.commit.id: event.index for event in now.control.events}

    def found(self) -> Found:
        """Source, field and target of each."""
        nodes = self._now.graph.nodes
        edges = (edge for edges in self._now.graph.outgoing.values() for edge in edges)
        return {
            (edge.source, edge.field, edge.target)
            for edge in edges
            if self._suspect(edge, nodes[edge.source], nodes[edge.target])
        }

    def _suspect(self, edge: Edge, source: Node, target: Node) -> bool:
        documents = self._control.documents
        referrer, holder = documents.get(source.document or ""), documents.get(target.document or "")
        if referrer is None or holder is None or referrer is holder:
            return False
        if edge.field in ("supersedes", "superseded_by", "translation_of") or target.kind in NOT_RELIED_ON:
            return False
        if source.kind in OF_THEIR_DAY:
            return False
        for entity in (source.entity, target.entity):
            if getattr(entity, "status", None) in OVER or getattr(entity, "superseded_by", None):
                return False
        index = self._looked(referrer)
        if index is None or any(one.state is not DocumentState.IN_FORCE for one in (referrer, holder)):
            return False
        return self._as_looked_at(source, referrer, index) and self._changed(target, holder, index)

    def _looked(self, document: DocumentControl) -> int | None:
        """The event of the last look."""
        acts = [act for issue in document.issues for act in issue.approvals]
        acts += [*document.confirmations, *document.reviews]
        looks = [self._index[act.event] for act in acts if act.event in self._index]
        return max([*looks, *((one.completed or one.event).index for one in document.issues)], default=None)

    def _as_looked_at(self, source: Node, document: DocumentControl, index: int) -> bool:
        then = self._at(index).documents[document.id].issues[-1].content
        here = self._now.snapshot.entries[source.anchor.path]
        if source.id == document.id:
            return here.blob == then.blob
        written = replace(then, path=source.anchor.path, blob=here.blob)
        return self._row(then, source) == self._row(written, source)

    def _changed(self, target: Node, holder: DocumentControl, index: int) -> bool:
        living = holder.control == "periodic"
        today = holder.landed if living else holder.in_force and holder.in_force.content
        assert today is not None
        if self._says(today, target) is None:
            return False  # it stands in a draft alone
        before = self._at(index).documents.get(holder.id)
        earlier: list[Content] = []
        if before is not None:
            approved = before.issues[-1].content if before.issues else None
            earlier = [one for one in (approved, before.landed) if one]
            known = before.issues[-1].number if before.issues else 0
            now = holder.in_force.number if holder.in_force else 0
            later = [one for one in holder.issues if known < one.number <= now]
            if not living and known and all(one.editorial for one in later):
                return False
        return all(self._says(one, target) != self._says(today, target) for one in earlier)

    def _source(self, content: Content) -> Source:
        if content.blob not in self._read:
            assert self._now.blobs is not None
            data = self._now.blobs.read([content.blob])[content.blob]
            self._read[content.blob] = parse_file(content.path, data, content="")[0]
        return self._read[content.blob]

    def _says(self, content: Content, node: Node) -> object:
        row = self._row(content, node)
        kind = self._now.model.kinds[node.kind]
        if node.id == node.document:
            source = self._source(content)
            text = source.body.text.strip() if source.body else ""
            return text, laid_down(source.data, kind), content.key[1]
        return laid_down(row, kind) if row is not None else None

    def _row(self, content: Content, node: Node) -> dict[str, object] | None:
        rows = self._source(content).data.get("rows")
        found = (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
        return next((dict(row) for row in found if row.get("id") == node.id), None)


def quickly(state: Compilation) -> Found:
    return {(one.edge.source, one.edge.field, one.edge.target) for one in suspects(state).found}


def test_the_demonstration_has_the_suspect_links_that_a_slow_reading_finds(demo: Path) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    with Repository.open(demo) as repository:
        head = compile_state(repository, ref="main", as_of=date(2026, 11, 20), now=now)
        assert head.control is not None
        commits = [event.commit.id for event in head.control.events]

        @cache
        def at(index: int) -> ControlState:
            return controlled_state(repository, ref=commits[index], as_of=LATE, now=now).control

        for state in (head, approved_state(head, repository)):
            found = quickly(state)
            assert len(found) > 20
            assert found == Slowly(state, at).found()


@pytest.mark.parametrize("seed", range(12))
def test_a_story_told_by_chance_has_the_suspect_links_that_a_slow_reading_finds(seed: int) -> None:
    chain = _story(random.Random(seed))  # noqa: S311 - a story, no secret
    history, snapshot = chain.history(), chain.snapshot()

    def at(index: int) -> ControlState:
        events = history.events[: index + 1]
        until = replace(history, events=events, head=events[-1].commit.id)
        return derive_control(until, snapshot, blobs=chain.shelf, as_of=LATE)

    state = compiled(chain)
    assert quickly(state) == Slowly(state, at).found()


def test_the_stories_told_by_chance_have_suspect_links() -> None:
    counts = [len(quickly(compiled(_story(random.Random(seed))))) for seed in range(12)]  # noqa: S311 - as above
    assert sum(1 for count in counts if count) > 4


def _story(chance: random.Random) -> Chain:
    """Twenty-five events: procedures and controls that name one another are changed, approved, confirmed."""
    rows = [f"OPC-{at:03}" for at in range(1, 6)]
    pages = [f"procedures/p{at}.md" for at in range(1, 4)]
    chain = begin(**dict(_everything(chance, rows, pages)))
    for _ in range(25):
        changes = dict(chance.sample(list(_everything(chance, rows, pages)), chance.randint(1, 2)))
        match chance.randrange(5):
            case 0:
                chain.commit(changes, by="ann")
            case 1 | 2:
                chain.merge(Work(changes), by="eve")
            case 3:
                _sign(chain, chance, [*pages, CONTROLS], "confirmation")
            case _:
                _sign(chain, chance, [*pages, CONTROLS], "approval")
    return chain


def _everything(chance: random.Random, rows: list[str], pages: list[str]) -> Iterator[tuple[str, str]]:
    written = [
        control(chance.choice(["Yard", "Hall"]), identity=one, procedure=f"PRO-10{chance.randint(1, 3)}")
        for one in chance.sample(rows, chance.randint(3, 5))
    ]
    yield CONTROLS, register(*written)
    yield WASTE, procedure("Sort.")
    for number, page in enumerate(pages, 1):
        text = f"{chance.choice(['Sort', 'Weigh'])} by [[{chance.choice(rows)}]] and [[PRO-001]]."
        yield page, procedure(text, identity=f"PRO-10{number}")


def _sign(chain: Chain, chance: random.Random, paths: list[str], meaning: str) -> None:
    path = chance.choice(paths)
    identity = "REG-CONTROLS" if path == CONTROLS else f"PRO-10{path[-4]}"
    document = chain.document(identity)
    issue = document.issues[-1].number + (meaning == "approval")
    land_record(chain, path, by="otto", document=identity, issue=issue, meaning=meaning, n=len(chain.events))
