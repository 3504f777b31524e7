"""Changes in sentences: what moved, which files, approvals and facts of document control; and how many.

Says it once for the terminal, for Markdown and for pages. Makes no markup, leaves nothing out
for being personal, and escapes nothing: that is up to whoever shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from mkdocs_ems import dataclass
from mkdocs_ems.changes.gathering import counts
from mkdocs_ems.changes.redlining import value_line, value_pieces, value_words
from mkdocs_ems.changes.values import (
    ABSENT,
    Added,
    ApprovalChanged,
    Change,
    Comparison,
    KeyChange,
    Moved,
    PartChanged,
    Removed,
    StateChanged,
    Value,
    Where,
    Written,
)
from mkdocs_ems.changes.written import FILE, RULES
from mkdocs_ems.redline import Change as Fate
from mkdocs_ems.redline import Line, Piece
from mkdocs_ems.redline.matching import Work
from mkdocs_ems.source import Data
from mkdocs_ems.source.parse import MARKDOWN, YAML
from mkdocs_ems.text import plural

_NOUNS: Mapping[str, tuple[str, str]] = {
    "added": ("added", "added"),
    "removed": ("removed", "removed"),
    "moved": ("moved or renumbered", "moved or renumbered"),
    "field": ("field", "fields"),
    "reference": ("reference", "references"),
    "text": ("text", "texts"),
    "part": ("file", "files"),
    "approval": ("approval", "approvals"),
    "state": ("fact of document control", "facts of document control"),
}
_FACTS: Mapping[str, str] = {
    "state": "state",
    "issue": "issue in force",
    "level": "level of its approval",
    "segregation": "author and approver",
    "effective_from": "in force from",
    "effective_to": "in force until",
    "editorial": "editorial change",
    "review_due": "next review due",
    "last_confirmed": "last confirmed",
    "withdrawn_from": "withdrawn from",
    "interim_until": "interim approval until",
    "pending": "pending",
}
_ACT = ("person", "role", "level", "date", "issue")
"""What is told of an act that says something else."""
_APART: Mapping[str, str] = {
    "proved": "different persons, proved by signatures",
    "asserted": "different persons, by the names in git",
    "self": "the approver is also an author",
}
_MEANINGS: Mapping[str, str] = {
    "approval": "approved",
    "confirmation": "confirmed",
    "interim": "approved for the interim",
    "withdrawal": "withdrawn",
}

RECORDS = "Records of approval that came, went or are others, and by which no approval came or went"
"""What stands before their names."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened, in our words, with places for what others wrote."""

    fate: Fate
    """That something stands elsewhere is told as the same."""
    words: str
    """With `{}` for each of the names."""
    names: tuple[str, ...] = ()

    def told(self, shown: Callable[[str], str]) -> str:
        """The sentence, each name made harmless."""
        return self.words.format(*map(shown, self.names))


def counted(changes: tuple[Change, ...]) -> str:
    """How many there are of each kind: `2 added, 1 field`."""
    return ", ".join(plural(count, *_NOUNS[kind]) for kind, count in counts(changes).items())


def nothing(comparison: Comparison) -> Sentence:
    """That nothing differs, and where: the settings of a site and the jobs of a forge are not compared."""
    what = "Nothing that is said differs" if comparison.rewritten or comparison.records else "Nothing differs"
    if not comparison.content:
        return Sentence(Fate.SAME, f"{what}.")
    return Sentence(Fate.SAME, f"{what} in {{}}.", (f"{comparison.content}/",))


def sentences(change: Change) -> tuple[Sentence, ...]:
    """What is told neither by lines, nor as an act or fact of control: that something moved, and files."""
    match change:
        case Moved():
            return tuple(_moved(change))
        case PartChanged():
            return (_part(change),)
        case Added(written=written):
            return _unread(written, Fate.CAME, "can")
        case Removed(written=written):
            return _unread(written, Fate.WENT, "could")
        case _:
            return ()


def _unread(written: Written, fate: Fate, could: str) -> tuple[Sentence, ...]:
    """Of a broken file: else its rows would seem to have been taken out, or to be new."""
    if written.kind != FILE or not written.path.lower().endswith(MARKDOWN + YAML):
        return ()
    said = f"no register, document or record {could} be read from it; `ems check` of that state says why"
    return (Sentence(fate, said),)


def acts(changes: Iterable[Change]) -> tuple[Sentence, ...]:
    """Approvals, confirmations and withdrawals that came, went or say otherwise; the first issue first."""
    found = [_approval(one) for one in changes if isinstance(one, ApprovalChanged)]
    return tuple(sorted(found, key=lambda one: (len(one.names[0]), one.names)))


def facts(changes: Iterable[Change], *, work: Work) -> tuple[Line, ...]:
    """What document control says otherwise, fact by fact.

    Args:
        changes: any; only facts of control are looked at.
        work: what comparing words may still cost.
    """
    order = list(_FACTS)
    found = [one for one in changes if isinstance(one, StateChanged)]
    found.sort(key=lambda one: order.index(one.fact) if one.fact in order else len(order))
    told = ((one.fact, _fact(one, work)) for one in found)
    return tuple(value_line(_FACTS.get(fact, fact), said) for fact, said in told if said)


def key_sentence(one: KeyChange, *, whose: bool = True) -> Sentence:
    """What became of a key.

    Args:
        one: the key.
        whose: with its principal, which is a mail address, and what it may sign.
    """
    sides = tuple(side for side in (one.old, one.new) if side is not None) if whose else ()
    if one.old is None:
        fate, words = Fate.CAME, "key {} may sign now" + (": {}" if whose else "")
    elif one.new is None:
        fate, words = Fate.WENT, "key {} may sign no longer" + (": {}" if whose else "")
    else:
        fate, words = Fate.CHANGED, "key {} may sign otherwise" + (": {} before, {} now" if whose else "")
    return Sentence(fate, words, (one.fingerprint, *sides))


# --- document control -------------------------------------------------------------------


def _fact(change: StateChanged, work: Work) -> tuple[Piece, ...]:
    was, now = (_fact_words(change.fact, one) for one in (change.old, change.new))
    if was == now:
        if not was:
            return ()  # a fact that says nothing came or went with its document
        now = f"{now} (for another text)"
    return value_pieces(was or ABSENT, now or ABSENT, work)


def _fact_words(fact: str, value: Value) -> str:
    if fact == "editorial":
        return "yes" if value == "true" else ""
    if fact == "segregation" and isinstance(value, str):
        return _APART.get(value, value)
    if fact == "pending" and isinstance(value, dict):
        if value.get("at_once") == "true":
            # A living register waits for nobody, whatever number its next issue would get.
            return "applies as soon as it lands"
        issue = value_words(value.get("issue"))
        # What waits for a withdrawal is a sentence of its own: which file was deleted, by whom.
        what = f"draft of issue {issue}, which " if issue else "withdrawal: "
        return f"{what}{value_words(value.get('waits_for'))}"
    return value_words(value)


def _approval(change: ApprovalChanged) -> Sentence:
    if change.new is None:
        gone = _act(Fate.WENT, change.old or {})
        return replace(gone, words=f"stands no longer: {gone.words}")
    if change.old is None:
        return _act(Fate.CAME, change.new)
    differs = {name: change.old.get(name) for name in change.new if change.old.get(name) != change.new[name]}
    told = _act(Fate.CHANGED, change.new)
    before = ", ".join(f"{name} {{}}" for name in differs if name in _ACT)
    said = tuple(value_words(value) or "none" for name, value in differs.items() if name in _ACT)
    return replace(told, words=f"{told.words}; before: {before}", names=(*told.names, *said))


def _act(fate: Fate, act: Mapping[str, Data]) -> Sentence:
    said = {name: value_words(value) for name, value in act.items()}
    done = _MEANINGS.get(said.get("meaning", ""), "judged")
    role = " as {}" if said.get("role") else ""
    names = [said.get(name, "") for name in ("issue", "person", "role", "date", "level")]
    if not role:
        del names[2]
    return Sentence(fate, f"issue {{}} {done} by {{}}{role}, {{}} ({{}})", tuple(names))


# --- places and files -------------------------------------------------------------------


def _moved(change: Moved) -> Iterator[Sentence]:
    was, now = change.was, change.of
    if Where.ID in change.what:
        yield Sentence(Fate.SAME, "goes by another id, it was {}", (was.id or was.key,))
    if Where.REGISTER in change.what:
        yield Sentence(Fate.SAME, "moved here from {}", (was.document or was.path,))
    if Where.PATH in change.what:
        yield Sentence(Fate.SAME, "moved: {} → {}", (was.path, now.path))
    if Where.KIND in change.what:
        yield Sentence(Fate.SAME, "of another type: {} before, {} now", (was.kind, now.kind))
    if Where.PLACE in change.what:
        yield Sentence(Fate.SAME, "stands at another place among the rows")


def _part(change: PartChanged) -> Sentence:
    beside = "file {}" if change.of.kind == RULES else "picture or attachment {}"
    what, names = (beside, (change.target,)) if change.target else ("the file", ())
    if change.old is None:
        said = f"{what} is new" if names else "the file cannot be read as a whole any more"
        return Sentence(Fate.CAME, said, names)
    if change.new is None:
        return Sentence(
            Fate.WENT, f"{what} is gone" if names else "the file can be read as a whole now", names
        )
    blobs = (change.old[:10], change.new[:10])
    return Sentence(Fate.CHANGED, f"{what} is another one: {{}} before, {{}} now", (*names, *blobs))
