"""What differs between two states as Markdown: for a wiki, an issue, a mail; nothing in it acts.

Says what the text for a terminal says. Whatever others wrote comes in by `forge_text`
alone, and every line begins with a mark of ours. Not cut to the size of a comment: that is the
reviewer's report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mkdocs_ems.changes.gathering import by_document, by_entity
from mkdocs_ems.changes.redlining import lines, readings
from mkdocs_ems.changes.telling import RECORDS, acts, counted, facts, key_sentence, nothing, sentences
from mkdocs_ems.changes.values import Added, Change, Comparison, Removed, Side, TextChanged, held_in
from mkdocs_ems.git import WORK_TREE
from mkdocs_ems.redline import Form, Line, Piece
from mkdocs_ems.redline.matching import Work
from mkdocs_ems.report.forge_text import code, codes, marked
from mkdocs_ems.text import plural

_LONGEST = 100_000
"""Characters of one value: what is longer is cut, and that is told."""
_NOUNS = {Form.ROW: "row", Form.FIELD: "field"}


def diff_markdown(comparison: Comparison, *, titles: Mapping[str, str]) -> str:
    """All that differs.

    Args:
        comparison: what differs.
        titles: what documents are called, by id.
    """
    before, after = comparison.before, comparison.after
    how = "as staff read them" if after.approved else "as landed"
    said = ["# What differs", "", f"From {_side(before)} to {_side(after)}, {how}.", ""]
    if comparison.changes:
        said.append(f"{plural(len(comparison.changes), 'change')}: {counted(comparison.changes)}.")
    else:
        said.append(nothing(comparison).told(code))
    work = Work()
    # A file of readings too: beside its values it says who measured with what, and what came in between.
    for document, changes in by_document(comparison).items():
        said += ["", *_document(document, changes, titles, work)]
    said += _afterwards(comparison)
    return "\n".join(said) + "\n"


def _side(one: Side) -> str:
    at = code(one.commit[:12]) if one.commit is not None else "no commit yet"
    changed = "with changes since " if one.dirty else ""
    name = "the work tree" if one.ref == WORK_TREE else code(one.ref)
    return f"{name} ({changed}{at}, as of {one.as_of.isoformat()})"


def _document(
    document: str | None, changes: tuple[Change, ...], titles: Mapping[str, str], work: Work
) -> Iterator[str]:
    if document is None:
        yield "## Other files"
    else:
        own = next((one.of.title for one in changes if one.of.key == document), "")
        title = titles.get(document) or own
        name = held_in(document)
        yield f"## {code(name)}{f' {code(title)}' if title and title not in (document, name) else ''}"
    yield ""
    for key, held in by_entity(changes).items():
        indent = ""
        if key != document:
            yield f"- {_named(held)}"
            indent = "  "
        elif isinstance(held[0], Added | Removed):
            yield f"- {_fate(held[0])}"
        for change in held:
            yield from _told(change, work, indent)
        yield from (f"{indent}- {one.told(code)}" for one in acts(held))
        stands = [f"{line.label} {_pieces(line.pieces)}" for line in facts(held, work=work)]
        if stands:
            yield f"{indent}- {'; '.join(stands)}"


def _named(changes: tuple[Change, ...]) -> str:
    of = changes[0].of
    title = f" {code(of.title)}" if of.title not in (of.id, of.key, of.path) else ""
    said = f"{_fate(changes[0])} " if isinstance(changes[0], Added | Removed) else ""
    return f"{said}{code(of.id or of.key.removeprefix('file:'))}{title}"


def _fate(change: Change) -> str:
    return "**new**" if isinstance(change, Added) else "**gone**"


def _told(change: Change, work: Work, indent: str) -> Iterator[str]:
    for sentence in sentences(change):
        yield f"{indent}- {sentence.told(code)}"
    found = lines(change, work=work)
    if isinstance(change, TextChanged):
        yield f"{indent}- text:"
        yield from (f"{indent}  - {_line(line)}" for line in found)
    else:
        yield from (f"{indent}- {_line(line)}" for line in found)


def _line(line: Line) -> str:
    if line.form is Form.FOLD:
        return f"… {plural(line.count, _NOUNS.get(line.of or Form.TEXT, 'line'))} unchanged"
    if line.form is Form.SPACING:
        places = plural(line.count, "place")
        return f"in {places} only spaces, line ends or numbers of list items differ"
    label = f"{code(line.label)}: " if line.form is Form.FIELD and line.label else ""
    return label + _pieces(line.pieces)


def _pieces(pieces: tuple[Piece, ...]) -> str:
    match pieces:
        case (went, Piece(text=" "), came):
            return f"{marked((went,), most=_LONGEST)} {marked((came,), most=_LONGEST)}"
        case _:
            return marked(pieces, most=_LONGEST)


def _afterwards(comparison: Comparison) -> Iterator[str]:
    if comparison.measured:
        yield from _section("Measured values", map(_line, readings(comparison.measured)))
    if comparison.keys:
        yield from _section("Keys that may sign", (key_sentence(one).told(code) for one in comparison.keys))
    if comparison.rewritten:
        files = codes(comparison.rewritten, most=len(comparison.rewritten))
        yield from ("", f"Only differently written (spaces, comments, order of keys): {files}")
    if comparison.records:
        files = codes(comparison.records, most=len(comparison.records))
        yield from ("", f"{RECORDS}: {files}")
    if comparison.not_paired:
        rows = plural(comparison.not_paired, "row")
        yield from ("", f"{rows} that are gone were too many to be looked for under other ids.")


def _section(title: str, entries: Iterable[str]) -> Iterator[str]:
    yield from ("", f"## {title}", "")
    yield from (f"- {entry}" for entry in entries)
