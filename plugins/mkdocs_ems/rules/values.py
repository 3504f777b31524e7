"""A rule is a value: what it is called, who asks for it, what it needs, and how it checks.

What rules share beyond that (entities by their model, assessed aspects) is worked out
once for a run and handed to all of them, so that no rule walks the whole content again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, TypeVar, cast

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import ControlState, Directory, Pending
from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Related, Severity
from mkdocs_ems.graph import Graph
from mkdocs_ems.model import AspectRow, AuditProgrammeRow, Entity, Entry, Model, PersonRow, RoleRow, Settings
from mkdocs_ems.model.assessed import assessed
from mkdocs_ems.model.assessment import Assessment
from mkdocs_ems.model.compliance_status import ObligationStatus, compliance_status
from mkdocs_ems.rules.doubts import Doubt, doubts
from mkdocs_ems.rules.excesses import Excess, excesses
from mkdocs_ems.rules.slips import meant
from mkdocs_ems.rules.unapproved import Draft, drafts
from mkdocs_ems.source import Sources
from mkdocs_ems.text import fold

if TYPE_CHECKING:
    from mkdocs_ems.changes.suspects import Suspects
    from mkdocs_ems.control.record_states import RecordState
    from mkdocs_ems.model.audit_coverage import Coverage
    from mkdocs_ems.model.competence import Matrix
    from mkdocs_ems.model.keeping import Keeping
    from mkdocs_ems.rules.overwritten import Overwritten

Kept = TypeVar("Kept", bound=Entity)

_Entities = list[tuple[Entry, Entity]]

_GIVEN_UP = ("withdrawn", "cancelled")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has shown so far; only rules that judge what others found see it."""

    known: frozenset[str]
    """Codes of all rules."""
    judged: frozenset[str]
    """Codes of the rules that were evaluated."""
    waivers_used: frozenset[int]
    """Positions in `ems.yml` of the waivers that accepted a finding."""
    unwaivable: frozenset[str] = frozenset()
    """Codes of the rules whose findings no waiver reaches."""
    failing: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """Clauses, by edition and number, on which errors stand, with the codes of their rules."""


@dataclass(frozen=True, slots=True)
class AuditContext:
    """What a rule may look at. Frozen; a rule keeps nothing."""

    compilation: Compilation
    outcome: Outcome | None = None
    _kept: dict[str, object] = field(default_factory=dict, repr=False, compare=False)
    """What was worked out once for all rules of this run."""

    @property
    def model(self) -> Model:
        """Everything written, typed."""
        return self.compilation.model

    @property
    def graph(self) -> Graph:
        """References both ways."""
        return self.compilation.graph

    @property
    def sources(self) -> Sources:
        """The parsed files."""
        return self.compilation.sources

    @property
    def control(self) -> ControlState:
        """Issues and approvals. Only rules that say `needs_history` may ask."""
        control = self.compilation.control
        assert control is not None, "a rule that reads control must say needs_history"
        return control

    @property
    def settings(self) -> Settings:
        """What the organisation decided."""
        return self.compilation.settings

    @property
    def as_of(self) -> date:
        """The date everything is judged at."""
        return self.compilation.as_of

    def each(self, model: type[Kept]) -> Iterator[tuple[Entry, Kept]]:
        """Every entity of a model, in the order of the content, with its entry.

        Entities without an id, and those that repeat one, are among them.
        """
        by_model = cast("Mapping[type[Entity], _Entities]", self._once("entries", self._group))
        found = [by_model[kind] for kind in by_model if issubclass(kind, model)]
        # A hundred rules walk the same lists: nothing is made anew for each of them.
        return iter(cast("list[tuple[Entry, Kept]]", found[0] if len(found) == 1 else list(chain(*found))))

    def _group(self) -> Mapping[type[Entity], _Entities]:
        by_model: defaultdict[type[Entity], _Entities] = defaultdict(list)
        for entry in self.model.entries:
            by_model[type(entry.entity)].append((entry, entry.entity))
        return dict(by_model)

    @property
    def assessed(self) -> tuple[tuple[Entry, AspectRow, Assessment], ...]:
        """Every aspect that is not withdrawn, with what your method says of it."""
        kept = self._once("assessed", self._assess)
        return cast("tuple[tuple[Entry, AspectRow, Assessment], ...]", kept)

    def _assess(self) -> tuple[tuple[Entry, AspectRow, Assessment], ...]:
        everything = assessed(self.model, self.settings.significance)
        return tuple(one for one in everything if one[1].status != "withdrawn")

    def in_use(self, identity: str) -> bool:
        """Whether an id that something names may lead to something in use.

        What a name that leads nowhere was meant to be, other rules ask.
        """
        node = self.graph.nodes.get(identity)
        return node is None or getattr(node.entity, "status", None) != "withdrawn"

    def named_by(self, identity: str | None, *kinds: str) -> bool:
        """Whether something in use, of these kinds, refers to this id, or was meant to.

        What is withdrawn or cancelled answers nothing. A reference that a slip keeps from leading here has
        its own finding, so it counts.
        """
        if identity is None:
            return False
        nodes = self.graph.nodes
        for edge in self.graph.incoming.get(identity, ()):
            node = nodes[edge.source]
            if node.kind in kinds and getattr(node.entity, "status", None) not in _GIVEN_UP:
                return True
        slips = cast("Mapping[str, frozenset[str]]", self._once("meant", lambda: meant(self.compilation)))
        return bool(slips) and not slips.get(fold(identity), frozenset()).isdisjoint(kinds)

    @property
    def excesses(self) -> tuple[Excess, ...]:
        """Every reading beyond a limit of its measurement, each with the gravest."""
        return cast("tuple[Excess, ...]", self._once("excesses", lambda: excesses(self.compilation)))

    @property
    def compliance(self) -> tuple[ObligationStatus, ...]:
        """Where the organisation stands with each obligation that binds today."""
        kept = self._once("compliance", lambda: compliance_status(self.model, as_of=self.as_of))
        return cast("tuple[ObligationStatus, ...]", kept)

    @property
    def record_states(self) -> Mapping[str, tuple[RecordState, ...]]:
        """What each record said after every event that touched it, by id. Asks for `needs_history`."""
        return cast("Mapping[str, tuple[RecordState, ...]]", self._once("records", self._recorded))

    def _recorded(self) -> Mapping[str, tuple[RecordState, ...]]:
        from mkdocs_ems.control.record_states import record_states  # noqa: PLC0415 - three rules ask for it

        compilation, snapshot = self.compilation, self.compilation.snapshot
        if compilation.history is None or compilation.blobs is None:
            return {}
        at_hand = {snapshot.entries[path].blob: data for path, data in snapshot.files.items()}
        return record_states(
            compilation.history, blobs=compilation.blobs, content=snapshot.content, known=at_hand
        )

    @property
    def overwritten(self) -> Overwritten:
        """Every reading that had landed and is another now, or is gone."""
        from mkdocs_ems.rules.overwritten import overwritten  # noqa: PLC0415 - only where there are readings

        return cast("Overwritten", self._once("overwritten", lambda: overwritten(self.compilation)))

    @property
    def unapproved(self) -> tuple[Draft, ...]:
        """Every document under issue control whose content is not approved, with why not."""
        return cast("tuple[Draft, ...]", self._once("unapproved", lambda: tuple(drafts(self.control))))

    @property
    def suspects(self) -> Suspects:
        """Every reference to something that has changed since its referrer was last looked at."""
        from mkdocs_ems.changes.suspects import suspects  # noqa: PLC0415 - one rule in a hundred asks for it

        return cast("Suspects", self._once("suspects", lambda: suspects(self.compilation)))

    @property
    def audit_cycle(self) -> Coverage | None:
        """What the audits of today's cycle cover; None where no programme covers today."""
        kept = self._once("cycle", self._cover)
        return cast("Coverage | None", kept)

    def _cover(self) -> Coverage | None:
        from mkdocs_ems.model.audit_coverage import coverage  # noqa: PLC0415 - only where there is a programme

        if not any(self.each(AuditProgrammeRow)):
            return None
        return coverage(self.model, edition=self.settings.edition, as_of=self.as_of)

    @property
    def competence(self) -> Matrix:
        """Who needs which competence, and has it, on the day."""
        return cast("Matrix", self._once("competence", self._competence))

    def _competence(self) -> Matrix:
        from mkdocs_ems.model.competence import competence_matrix  # noqa: PLC0415 - only where it is asked

        return competence_matrix(self.model, holders=self.holders, as_of=self.as_of)

    @property
    def promised(self) -> tuple[Keeping, ...]:
        """Every promise of records, with the periods that have one."""
        return cast("tuple[Keeping, ...]", self._once("promised", self._promised))

    def _promised(self) -> tuple[Keeping, ...]:
        from mkdocs_ems.model.keeping import kept  # noqa: PLC0415 - only where it is asked

        return kept(self.model, as_of=self.as_of, grace=self.settings.intervals.promise_grace_days)

    def doubts(self, code: str) -> tuple[Doubt, ...]:
        """Every fault of evidence that the rule of this code tells."""
        kept = self._once("doubts", lambda: doubts(self.compilation))
        return cast("Mapping[str, tuple[Doubt, ...]]", kept).get(code, ())

    @property
    def holders(self) -> Mapping[str, tuple[str, ...]]:
        """Who holds each role on the day, deputies among them; roles that nobody holds are not in it."""
        return cast("Mapping[str, tuple[str, ...]]", self._once("holders", self._held))

    def _held(self) -> Mapping[str, tuple[str, ...]]:
        people = (person for _, person in self.each(PersonRow))
        roles = {role.id: role for _, role in self.each(RoleRow)}
        held = Directory(people, roles.values()).held(self.as_of)
        # Somebody may be given a role that nobody wrote down: that is the finding of another rule.
        return {role: who for role, who in held.items() if role in roles}

    def _once(self, name: str, work_out: Callable[[], object]) -> object:
        if name not in self._kept:
            self._kept[name] = work_out()
        return self._kept[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. Its page, explanation and first tests are the docstring of its module."""

    code: str
    name: str
    """The fault, in kebab-case; reads well after "allow"."""
    severity: Severity
    basis: Basis
    clauses_2015: tuple[str, ...]
    clauses_2026: tuple[str, ...]
    since: str
    check: Callable[[AuditContext], Iterable[Finding]]
    requires: tuple[str, ...] = ()
    """Codes that must not have fired on the same id; otherwise this rule is silent there."""
    needs_history: bool = False
    """Without history the rule is reported as not evaluated."""
    needs_all_files: bool = False
    """Says that something is nowhere: while a file cannot be read, that cannot be judged."""
    needs_all_registers: bool = False
    """The same of rows: a document that cannot be read hides none."""
    unjudged: Callable[[AuditContext], str | None] | None = None
    """Says why this content cannot be judged, where the data that it would take are not in evidence."""
    unseen: Callable[[AuditContext], str | None] | None = None
    """Says what of this content could not be judged, where the rest is: files that are not within reach."""
    waivable: bool = True
    """Whether a waiver may accept what it finds. What nobody could read, nobody can have decided about."""
    judges_waivers: bool = False
    """Runs after all others and sees which waivers accepted something."""
    broken: bool = False
    """The data cannot be read or connected: fails even a draft."""

    def clauses(self, edition: str) -> tuple[str, ...]:
        """The clauses that ask for it, in an edition of ISO 14001."""
        return self.clauses_2026 if edition == "2026" else self.clauses_2015


def place(entry: Entry, *route: str | int, key: bool = False) -> Anchor:
    """A place in an entity: its field, or without a route the entity itself, where its id stands."""
    return Anchor(entry.anchor.path, (*entry.anchor.route, *(route or ("id",))), key)


def called(entity: Entity) -> str:
    """How a message names an entity: its id, and its title beside it."""
    if entity.id is None or entity.name == entity.id:
        return entity.name
    return f"{entity.id} ({entity.name})"


def reference(source: str | None, field_name: str, target: str) -> str:
    """The beginning of a message about a reference; `text` is the field of a mention in prose."""
    if field_name == "text":
        return f"{source or 'the text'} mentions {target}"
    return f"{source or 'this entry'} refers in `{field_name}` to {target}"


def evidence(pending: Pending, path: str) -> tuple[Related, ...]:
    """What was brought forward for a pending content and did not count, each with its reason."""
    return tuple(Related(fault.words, Anchor(fault.path or path)) for fault in pending.faults)
