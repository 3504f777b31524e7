"""A redline as HTML: what went, came and stayed, said in words, shown by marks, never by colour alone.

Each changed line begins with a word for what happened to it; within a line `<del>` and
`<ins>` are struck through and underlined, and the style sheet says to a screen reader
where they begin and end. Fields carry the labels of the manual. What the manual does
not publish of a person is counted, never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import LiteralString

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.model import Kind
from mkdocs_ems.pages import words
from mkdocs_ems.pages.fields import LEFT_OUT, fields
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.pieces import filled, joined
from mkdocs_ems.redline import Change, Form, Line, Piece, visible
from mkdocs_ems.text import plural, show

_SAID = {Change.CHANGED: "changed", Change.CAME: "new", Change.WENT: "gone"}
_NOUNS = {Form.ROW: "row", Form.FIELD: "field"}
_LABELS = {
    change: Markup('<span class="ems-redline-what">%s</span> ') % said if said else Markup("")
    for change, said in ((change, _SAID.get(change)) for change in Change)
}
_MOVED = Markup(' <span class="ems-aside">(moved to another place)</span>')
_NOTHING = Markup("")
_PROSE = frozenset({Form.TEXT, Form.ITEM, Form.CELLS})
_MARK = "**"
_NOT_PLAIN = ("`", "\\", " ** ", "****", "<", "$")
_STRONG, _END_STRONG = Markup("<strong>"), Markup("</strong>")
_AROUND: dict[Change, LiteralString] = {Change.CAME: "<ins>%s</ins>", Change.WENT: "<del>%s</del>"}
_OPENING = Markup('<ul class="ems-redline">\n')
_CLOSING = Markup("</ul>\n")


@dataclass(frozen=True, slots=True)
class Wording:
    """How the fields of one kind are called, and which of them are not published."""

    labels: Mapping[str, str]
    private: frozenset[str]

    @classmethod
    def of(cls, kind: Kind | None) -> Wording:
        """The wording of a register's rows, or of a document's front matter."""
        if kind is None:
            return cls({}, frozenset())
        left_out = LEFT_OUT.get(kind.key, {})
        private = frozenset(name for name, why in left_out.items() if "personal data" in why)
        return cls({one.name: one.label for one in fields(kind)}, private)

    def label(self, path: str) -> str:
        """The label of a field, with those that it stands under."""
        return " / ".join(self.labels.get(part) or words.words(part) for part in path.split(" / "))

    def shows(self, line: Line) -> bool:
        """Whether a line may be shown: where fields are private, only a field that is known not to be."""
        if not self.private or line.form in (Form.ROW, Form.FOLD, Form.SPACING):
            return True
        first = line.label.partition(" / ")[0]
        return line.form is Form.FIELD and bool(first) and first != "…" and first not in self.private


HISTORY = "`ems history ID --issue N` shows them all"
"""Where the lines of one issue that a page leaves out are found."""


def redline_html(
    lines: Iterable[Line], *, wording: Wording, links: Links, most: int, whole: str = HISTORY
) -> Markup:
    """The lines as a list.

    Args:
        lines: what `redline` gave.
        wording: how fields are called.
        links: for the ids of rows.
        most: more lines than this are counted, not shown.
        whole: where the others are found, in words.
    """
    shown = list(_shown(lines, wording, links))
    rest = len(shown) - most
    if rest > 0:
        said = f"… and {plural(rest, 'more line')}; {whole}"
        shown = [*shown[:most], Markup('<li class="ems-redline-fold">{}</li>\n').format(said)]
    return joined((_OPENING, *shown, _CLOSING))


def _shown(lines: Iterable[Line], wording: Wording, links: Links) -> Iterator[Markup]:
    hidden = 0
    for line in lines:
        if not wording.shows(line):
            hidden += line.change is not Change.SAME
            continue
        if hidden and line.form is not Form.FIELD:
            yield _hidden(hidden)
            hidden = 0
        yield _line(line, wording, links)
    if hidden:
        yield _hidden(hidden)


def _hidden(count: int) -> Markup:
    said = f"{plural(count, 'detail')} changed that the manual does not publish: personal data"
    return Markup('<li class="ems-redline-fold">{}</li>\n').format(said)


def _line(line: Line, wording: Wording, links: Links) -> Markup:
    if line.form is Form.FOLD:
        return filled(
            '<li class="ems-redline-fold">%s unchanged</li>\n',
            plural(line.count, _NOUNS.get(line.of or Form.TEXT, "line")),
        )
    if line.form is Form.SPACING:
        places = plural(line.count, "place")
        return Markup(
            '<li class="ems-redline-fold">In {} only spaces, line ends or the numbers of list items '
            "differ</li>\n"
        ).format(places)
    text = _bold(line) if _has_bold(line) else joined(_piece(piece) for piece in line.pieces)
    moved = _MOVED if line.moved else _NOTHING
    form = line.form.value.replace(" ", "-")
    before = _before(line, wording, links)
    return filled(
        '<li class="ems-redline-%s ems-redline--%s">%s%s%s%s</li>\n',
        form,
        line.change.value,
        _LABELS[line.change],
        before,
        text,
        moved,
    )


def _before(line: Line, wording: Wording, links: Links) -> Markup:
    """What stands before the words: the id of a row, the label of a field."""
    if line.form is Form.ROW:
        if not line.label:
            return Markup("<strong>A row without an id</strong> ")
        known = links.bare(line.label) if line.label in links.places else escape(visible(line.label))
        return filled("<strong>%s</strong> ", known)
    if line.form is Form.FIELD and line.label:
        return filled("<strong>%s:</strong> ", visible(wording.label(line.label)))
    if line.form is Form.ITEM:
        return Markup("• ")
    return Markup("")


def _has_bold(line: Line) -> bool:
    """Whether all marks of bold text in a line are pairs that did not change; else they are shown as written.

    A mark that came or went is itself a change, unless the whole line did; and where marks could
    mean anything else (code, escapes, other emphasis) nothing is read into them.
    """
    if line.form not in _PROSE:
        return False
    marking = _marking(line)
    kept = [piece.text for piece in line.pieces if piece.change is marking]
    others = [piece.text for piece in line.pieces if piece.change is not marking]
    written = "".join(piece.text for piece in line.pieces)
    count = sum(text.count(_MARK) for text in kept)
    # Each star must be one of a mark in a kept piece, and not half of a mark that pieces share.
    stars = 2 * count == written.count("*") and not any("*" in text for text in others)
    return stars and count > 0 and count % 2 == 0 and not any(sign in written for sign in _NOT_PLAIN)


def _marking(line: Line) -> Change:
    """What became of the pieces whose marks are marks: in a line that is new or gone, what became of it."""
    fates = {piece.change for piece in line.pieces}
    return line.change if fates == {line.change} else Change.SAME


def _bold(line: Line) -> Markup:
    marking = _marking(line)
    text = joined(_with_bold(line, marking))
    return filled(_AROUND[marking], text) if marking in _AROUND else text


def _with_bold(line: Line, marking: Change) -> Iterator[Markup]:
    opened = False
    for piece in line.pieces:
        if piece.change is not marking:
            yield _piece(piece)
            continue
        first, *rest = piece.text.split(_MARK)
        yield _said(first, marking)
        for text in rest:
            opened = not opened
            yield _STRONG if opened else _END_STRONG
            yield _said(text, marking)


def _piece(piece: Piece) -> Markup:
    text = _said(piece.text, piece.change)
    return filled(_AROUND[piece.change], text) if piece.change in _AROUND else text


def _said(text: str, change: Change) -> Markup:
    """Words as they are shown; of what changed also the characters that nobody sees."""
    return escape(visible(text) if change in _AROUND else show(text))
