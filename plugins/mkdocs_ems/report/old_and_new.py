"""What was and what is, document by document, as sections of a report: fields, texts, moves, readings, keys.

Takes a comparison as it is and judges nothing. Approvals and states of documents are not
told here: a reviewer is told them as what is still to be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from mkdocs_ems import dataclass
from mkdocs_ems.changes.changed import of_content
from mkdocs_ems.changes.redlining import lines, value_words
from mkdocs_ems.changes.telling import RECORDS
from mkdocs_ems.changes.values import (
    Added,
    Change,
    Comparison,
    FieldChanged,
    KeyChange,
    Moved,
    Named,
    PartChanged,
    ReadingChange,
    ReferencesChanged,
    Removed,
    TextChanged,
    Where,
    Written,
    held_in,
)
from mkdocs_ems.redline import Change as Fate
from mkdocs_ems.redline import Form, Line, Piece
from mkdocs_ems.redline.matching import Work
from mkdocs_ems.report.phrases import Marked, Phrase, Said, Section, listed
from mkdocs_ems.text import plural

TITLE = "Old and new"
_MOST_CHANGES = 60
"""Of one document."""
_MOST_LINES = 40
"""Of one text."""
_COLUMNS = ("Of", "What", "Was", "Is")
_FORMS = {Form.HEADING: "heading: ", Form.ITEM: "• ", Form.CELLS: "table row: ", Form.CODE: "code: "}
_FATES = {Fate.CAME: "new: ", Fate.WENT: "gone: ", Fate.CHANGED: "", Fate.SAME: ""}
_NOUNS = {Form.ROW: "row", Form.FIELD: "field"}


def old_and_new(comparison: Comparison, *, titles: Mapping[str, str], rank: int) -> tuple[Section, ...]:
    """The sections, in the order of the comparison.

    Args:
        comparison: what differs.
        titles: what documents are called, by id.
        rank: how much they count in the report.
    """
    work = Work()
    changes = sorted(of_content(comparison.changes), key=_place)
    grouped = [(place, list(group)) for place, group in groupby(changes, key=_place)]
    made = [one for place, group in grouped for one in _document(place, group, titles, rank, work)]
    made += _readings(comparison.measured, rank)
    if comparison.keys:
        told = tuple(map(_key, comparison.keys))
        # Who may sign decides whose word counts: never what is left out first.
        made.append(Section(TITLE, 1, told, "key", ("Keys that may sign",), _COLUMNS))
    if comparison.rewritten:
        entry: Phrase = (
            "Only differently written (spaces, comments, order of keys): ",
            *listed(comparison.rewritten),
        )
        made.append(Section(TITLE, rank, ((entry,),), "file"))
    if comparison.records:
        entry = (f"{RECORDS}: ", *listed(comparison.records))
        made.append(Section(TITLE, rank, ((entry,),), "file"))
    if comparison.not_paired:
        rows = plural(comparison.not_paired, "row")
        entry = (f"{rows} that went or came were too many to be looked for under other ids.",)
        made.append(Section(TITLE, rank, ((entry,),), "note"))
    return tuple(made)


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """The document that changes belong to; after all documents the files that belong to none."""

    is_file: bool
    name: str


def _place(change: Change) -> _Place:
    of = change.of
    return _Place(is_file=of.document is None, name=of.path if of.document is None else of.document)


def _document(
    place: _Place, changes: list[Change], titles: Mapping[str, str], rank: int, work: Work
) -> Iterator[Section]:
    head: Phrase = (Said(held_in(place.name)),)
    own = (one.of.title for one in changes if one.of.id == place.name)
    title = titles.get(place.name) or next(own, "")
    if title and title != place.name and not place.is_file:
        head = (*head, " ", Said(title))
    rows = [row for change in changes for row in _rows(change, place.name, work)]
    if rows:
        shown = tuple(rows[:_MOST_CHANGES])
        yield Section(
            TITLE,
            rank,
            shown,
            "change",
            head,
            _COLUMNS,
            unlisted=len(rows) - len(shown),
        )
    for change in changes:
        text = _text(change, work)
        if text:
            told = tuple((_line(line),) for line in text[:_MOST_LINES])
            above: Phrase = ("Text of ", Said(change.of.id or change.of.path)) if rows else (*head, ": text")
            yield Section(TITLE, rank, told, "line", above, unlisted=len(text) - len(told))


# --- fields -----------------------------------------------------------------------------


def _rows(change: Change, document: str, work: Work) -> Iterator[tuple[Phrase, ...]]:
    """A change as rows of a table: of what, what of it, as it was, as it is."""
    of = _of(change.of, document)
    match change:
        case Added():
            yield of, ("new",), _nothing(), (Said(_whole(change.written)),)
        case Removed():
            yield of, ("gone",), (Said(_whole(change.written)),), _nothing()
        case Moved():
            yield from _moved(change, of)
        case FieldChanged() | ReferencesChanged():
            for line in lines(change, work=work):
                # The same references in another order, or one of them twice, have no pieces.
                yield of, (Said(line.label),), *_sides(line.pieces or _whole_values(change))
        case PartChanged():
            was, now = (_blob(one) for one in (change.old, change.new))
            what: Phrase = ("picture or attachment ", Said(change.target)) if change.target else ("its file",)
            yield of, what, was, now
        case _:
            return


def _of(of: Named, document: str) -> Phrase:
    if of.id is not None and of.id == document:
        return ("the document itself",) if of.kind != "register" else ("the register itself",)
    name: Phrase = (Said(of.id or of.key),)
    return (*name, " ", Said(of.title, 80)) if of.title and of.title != of.id else name


def _moved(change: Moved, of: Phrase) -> Iterator[tuple[Phrase, ...]]:
    was, now = change.was, change.of
    if Where.ID in change.what:
        yield of, ("goes by another id",), (Said(was.id or was.key),), (Said(now.id or now.key),)
    if Where.REGISTER in change.what:
        yield of, ("moved",), (Said(was.document or was.path),), (Said(now.document or now.path),)
    elif Where.PATH in change.what:
        yield of, ("moved",), (Said(was.path),), (Said(now.path),)
    if Where.KIND in change.what:
        yield of, ("is of another kind",), (Said(was.kind),), (Said(now.kind),)
    if Where.PLACE in change.what:
        yield of, ("stands at another place among the rows",), ("",), ("",)


def _blob(blob: str | None) -> Phrase:
    return (Said(blob[:10]),) if blob else _nothing()


def _nothing() -> Phrase:
    return ("—",)


def _sides(said: tuple[Piece, ...]) -> tuple[Phrase, Phrase]:
    """What was and what is; a space that only keeps the two apart is of neither."""
    apart = len(said) > 1 and {said[0].change, said[-1].change} == {Fate.WENT, Fate.CAME}
    marked = Marked((said[0], said[-1]) if apart and len(said) == 3 and said[1].text == " " else said)
    was, now = (marked.side(fate) for fate in (Fate.WENT, Fate.CAME))
    return (was,) if was.pieces else _nothing(), (now,) if now.pieces else _nothing()


def _whole_values(change: FieldChanged | ReferencesChanged) -> tuple[Piece, ...]:
    both = ((Fate.WENT, value_words(change.old)), (Fate.CAME, value_words(change.new)))
    return tuple(Piece(fate, said) for fate, said in both if said)


def _whole(written: Written) -> str:
    said = value_words({key: one for key, one in written.fields.items() if key != "title"})
    if written.text:
        said = f"{said}; text of {plural(len(written.text.split()), 'word')}" if said else written.text
    return said or written.title or written.path


# --- texts ------------------------------------------------------------------------------


def _text(change: Change, work: Work) -> tuple[Line, ...]:
    match change:
        case TextChanged():
            return lines(change, work=work)
        case Added() if change.written.text:
            return lines(TextChanged(change.of, "", change.written.text), work=work)
        case _:
            return ()


def _line(line: Line) -> Phrase:
    if line.form is Form.FOLD:
        return (f"… {plural(line.count, _NOUNS.get(line.of or Form.TEXT, 'line'))} unchanged",)
    if line.form is Form.SPACING:
        places = plural(line.count, "place")
        return (f"in {places} only spaces, line ends or numbers of list items differ",)
    # Of a table's row the label is its first cell, which stands among its words.
    labelled = line.label and line.form in (Form.ROW, Form.FIELD)
    label: Phrase = (Said(line.label), ": ") if labelled else ()
    moved = " (moved to another place)" if line.moved else ""
    return (_FATES[line.change] + _FORMS.get(line.form, ""), *label, Marked(line.pieces), moved)


# --- readings and keys ------------------------------------------------------------------


def _readings(measured: Iterable[ReadingChange], rank: int) -> Iterator[Section]:
    for path, group in groupby(measured, key=lambda one: one.path):
        entries = [
            (
                (Said(one.parameter), " ", Said(one.period)),
                (_reading(one),),
                _measured(one.old, one.unit),
                _measured(one.new, one.unit),
            )
            for one in group
        ]
        shown = tuple(entries[:_MOST_CHANGES])
        head: Phrase = ("Readings ", Said(path))
        unlisted = len(entries) - len(shown)
        yield Section(TITLE, rank, shown, "reading", head, _COLUMNS, unlisted=unlisted)


def _reading(one: ReadingChange) -> str:
    return "new" if one.old is None else "gone" if one.new is None else "another value"


def _key(one: KeyChange) -> tuple[Phrase, ...]:
    what = "new" if one.old is None else "gone" if one.new is None else "signs otherwise"
    was, now = (_nothing() if said is None else (Said(said),) for said in (one.old, one.new))
    return (Said(one.fingerprint),), (what,), was, now


def _measured(value: str | None, unit: str) -> Phrase:
    return _nothing() if value is None else (Said(f"{value} {unit}".rstrip()),)
