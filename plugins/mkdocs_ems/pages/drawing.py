"""The picture of a neighbourhood: what leads to a thing, the thing, what it leads to, in layers.

An SVG of boxes that are links and of curves between them. Its colours are the page's own
(classes and `currentColor`), its kinds are words, and it needs no script. The boxes are
made once for all pages of a manual that stand equally deep. Text is escaped where it
goes in; the rest is numbers and words of this module, put together as plain strings,
since there are a dozen boxes on each of ten thousand pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Node
from mkdocs_ems.model import RiskRow
from mkdocs_ems.pages import words
from mkdocs_ems.pages.lettering import cut, lines, width
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.neighbourhood import Column, Neighbourhood, Side, Surroundings
from mkdocs_ems.pages.view import View

SIZE, SMALL, LEADING = 12, 11, 15
"""Of letters and lines, in units of which twenty are one rem."""
PADDING, TOP, BETWEEN, HEAD = 6, 18, 9, 24
"""Inside a box at its sides and above its id, between boxes, and above a column."""
MOST_LINES = 3

_WIDTHS = {2: (220, 64), 3: (190, 50), 4: (146, 30), 5: (118, 22)}
"""By the number of columns: how wide a box is and what lies between two; together at most 680, which
is what a page has room for."""
_FURTHER_BACK, _BACK, _ON, _FURTHER_ON = "Further back", "Leads to it", "Leads to", "Further on"
_ENDED = frozenset({"withdrawn", "cancelled", "repealed", "superseded"})


@dataclass(frozen=True, slots=True)
class Box:
    """One thing of the picture, wherever it will stand."""

    svg: str
    """Escaped."""
    height: int


@dataclass(frozen=True, slots=True)
class Layer:
    """A column of the picture in place."""

    x: int
    head: str
    boxes: tuple[Box, ...]
    tops: tuple[int, ...]

    def middle(self, place: int) -> float:
        """Where edges meet a box."""
        return self.tops[place] + self.boxes[place].height / 2


class Drawer:
    """Draws neighbourhoods on pages that stand equally deep."""

    def __init__(self, view: View, links: Links, *, listed: str) -> None:
        """Prepare for a manual.

        Args:
            view: the state that is shown.
            links: links from the pages that show the pictures.
            listed: the anchor of the list that says the same.
        """
        self._view = view
        self._links = links
        self._listed = listed
        self._surroundings = Surroundings(view.graph, tuple(view.kinds))
        self._boxes: dict[tuple[str, int], Box] = {}

    def neighbourhood(self, identity: str) -> Neighbourhood | None:
        """What there is to draw of an id."""
        return self._surroundings.of(identity)

    def draw(self, found: Neighbourhood) -> Markup:
        """The picture as an SVG."""
        wide, between = _WIDTHS[_count(found)]
        layers = self._layers(found, wide, wide + between)
        height = max(layer.tops[-1] + layer.boxes[-1].height for layer in layers if layer.boxes) + 2
        across = layers[-1].x + wide + 1
        pieces: list[str] = []
        pieces.append(
            '<svg class="ems-near" role="group" aria-labelledby="ems--near" aria-describedby="ems--near-said"'
            f' width="{across / 20:g}rem" viewBox="0 0 {across} {height}" fill="none" stroke="none">'
            f'<title id="ems--near">Where {escape(found.id)} stands</title>'
            f'<desc id="ems--near-said">{escape(_said(found))}</desc>'
            f'<path class="ems-edges" stroke="currentColor" d="{" ".join(_curves(found, layers, wide))}"/>'
        )
        for layer in layers:
            x = layer.x
            if layer.head:
                pieces.append(
                    f'<text class="ems-faint" x="{x + wide // 2}" y="{layer.tops[0] - BETWEEN}"'
                    f' text-anchor="middle" fill="currentColor">{layer.head}</text>'
                )
            for box, top in zip(layer.boxes, layer.tops, strict=True):
                pieces.append(f'<g transform="translate({x} {top})">{box.svg}</g>')
        return Markup(f"{''.join(pieces)}</svg>")  # noqa: S704 - every text in it was escaped where it went in

    def _layers(self, found: Neighbourhood, wide: int, step: int) -> tuple[Layer, ...]:
        columns = (
            (_FURTHER_BACK, self._column(found.back.far, wide)),
            (_BACK, self._column(found.back.near, wide)),
            ("", (self._own(found.id, wide),)),
            (_ON, self._column(found.on.near, wide)),
            (_FURTHER_ON, self._column(found.on.far, wide)),
        )
        held = [(head, boxes) for head, boxes in columns if boxes]
        room = max(_height(boxes) for _, boxes in held)
        return tuple(
            Layer(place * step + 1, head, boxes, _tops(boxes, HEAD + (room - _height(boxes)) // 2))
            for place, (head, boxes) in enumerate(held)
        )

    def _column(self, column: Column, wide: int) -> tuple[Box, ...]:
        boxes = [self._box(one, wide) for one in column.ids]
        if column.hidden:
            boxes.append(self._rest(column.hidden, wide))
        return tuple(boxes)

    def _box(self, identity: str, wide: int) -> Box:
        made = self._boxes.get((identity, wide))
        if made is None:
            place = self._links.places[identity]
            node = self._view.graph.nodes[identity]
            box = self._inside(node, wide, own=False)
            full = f"{_kind(node)} {identity} {node.title}"
            made = Box(_linked(self._links.up + place.address, full, box.svg), box.height)
            self._boxes[identity, wide] = made
        return made

    def _own(self, identity: str, wide: int) -> Box:
        return self._inside(self._view.graph.nodes[identity], wide, own=True)

    def _inside(self, node: Node, wide: int, *, own: bool) -> Box:
        room = wide - 2 * PADDING
        name = cut(node.id, room, SIZE)
        said = lines(node.title, room, SIZE, most=MOST_LINES, indent=width(f"{name} ", SIZE * 1.08))
        height = TOP + LEADING * len(said) + PADDING - 1
        document = self._view.kinds[node.kind].where == "document"
        classes = "ems-box"
        classes += " ems-box--own" if own else ""
        classes += " ems-box--ended" if _ended(node) else ""
        outline = _sheet(wide, height) if document else _card(wide, height)
        further = [f'<tspan x="6" dy="15">{escape(line)}</tspan>' for line in said[1:]]
        kind = cut(_kind(node), room, SMALL)
        return Box(
            f'<path class="{classes}" stroke="currentColor" d="{outline}"/>'
            f'<text class="ems-faint" x="6" y="14" fill="currentColor">{escape(kind)}</text>'
            f'<text y="14" fill="currentColor"><tspan class="ems-id" x="6" dy="15">{escape(name)}</tspan>'
            f"<tspan> {escape(said[0])}</tspan>{''.join(further)}</text>",
            height,
        )

    def _rest(self, count: int, wide: int) -> Box:
        said = f"and {count} more"
        height = 2 * LEADING
        inside = (
            f'<path class="ems-box ems-box--rest" stroke="currentColor" d="{_card(wide, height)}"/>'
            f'<text x="6" y="19" fill="currentColor">{said}</text>'
        )
        return Box(_linked(f"#{self._listed}", f"{said}, listed below", inside), height)


def _linked(address: str, title: str, inside: str) -> str:
    return f'<a href="{escape(address)}"><title>{escape(title)}</title>{inside}</a>'


def _count(found: Neighbourhood) -> int:
    columns = (found.back.far, found.back.near, found.on.near, found.on.far)
    return 1 + sum(1 for column in columns if column.ids)


def _height(boxes: Sequence[Box]) -> int:
    return sum(box.height for box in boxes) + BETWEEN * (len(boxes) - 1)


def _tops(boxes: Sequence[Box], top: int) -> tuple[int, ...]:
    made: list[int] = []
    for box in boxes:
        made.append(top)
        top += box.height + BETWEEN
    return tuple(made)


def _curves(found: Neighbourhood, layers: Sequence[Layer], wide: int) -> list[str]:
    """Every edge from the right side of a box to the left side of the next."""
    made: list[str] = []
    own = 1 if found.back.near.ids else 0
    own += 1 if found.back.far.ids else 0
    for side, step in ((found.back, -1), (found.on, 1)):
        if not side.near.ids:
            continue
        near = layers[own + step]
        made += [_curve(layers[own], 0, near, place, wide) for place in range(len(near.boxes))]
        if side.far.ids:
            far = layers[own + 2 * step]
            made += [_curve(near, one, far, other, wide) for one, other in side.edges]
    return made


def _curve(one: Layer, place: int, other: Layer, there: int, wide: int) -> str:
    left, right = ((one, place), (other, there)) if one.x < other.x else ((other, there), (one, place))
    x, y = left[0].x + wide, left[0].middle(left[1])
    end, down = right[0].x, right[0].middle(right[1])
    half = (x + end) / 2
    return f"M{x} {y:g}C{half:g} {y:g} {half:g} {down:g} {end} {down:g}"


def _card(wide: int, height: int) -> str:
    """A row of a register: a box with round corners."""
    return (
        f"M4 .5H{wide - 4}a3.5 3.5 0 0 1 3.5 3.5V{height - 4}a3.5 3.5 0 0 1-3.5 3.5H4"
        f"a3.5 3.5 0 0 1-3.5-3.5V4a3.5 3.5 0 0 1 3.5-3.5z"
    )


def _sheet(wide: int, height: int) -> str:
    """A document: a sheet with a corner folded down."""
    return f"M.5.5H{wide - 10}L{wide - 0.5:g} 10V{height - 0.5:g}H.5zM{wide - 10} .5V10H{wide - 0.5:g}"


def _kind(node: Node) -> str:
    entity = node.entity
    kind = entity.kind if isinstance(entity, RiskRow) and entity.kind else node.kind
    said = words.sentence(words.words(kind))
    return f"{said}, {getattr(entity, 'status', '')}" if _ended(node) else said


def _ended(node: Node) -> bool:
    return getattr(node.entity, "status", None) in _ENDED


def _said(found: Neighbourhood) -> str:
    def counted(side: Side) -> str:
        return str(len(side.near.ids) + side.near.hidden or "none")

    return (
        f"To the left of {found.id} stands what leads to it ({counted(found.back)}), to its right what it "
        f"leads to ({counted(found.on)}), each with a step more. The list below says the same."
    )
