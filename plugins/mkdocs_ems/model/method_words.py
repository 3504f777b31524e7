"""A significance method in words, for whoever has to apply it: pages and the command say the same.

Plain text, no markup. What cannot be read of a method is shown as it is written: it has
its finding elsewhere, so nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems import dataclass
from mkdocs_ems.model.method import Always, Judgement, Lookup, Part, Rank, Scale, Significance
from mkdocs_ems.model.saying import number_words, written
from mkdocs_ems.model.scales import cells
from mkdocs_ems.model.syntax import ExpressionError, parse

SCORED = {
    "before-controls": "Criteria are judged before controls: as if no control were in place.",
    "after-controls": "Criteria are judged after controls: with the controls in place that there are.",
}
"""What is judged, in a sentence."""

PRECEDENCE = (
    "An override that is recorded with its reason and its approver decides first, then what is always "
    "significant, then the rest of the method."
)


@dataclass(frozen=True, slots=True)
class ValueWords:
    """One value of a scale."""

    value: str
    points: str
    """What it counts, where it is a word that counts."""
    meaning: str


@dataclass(frozen=True, slots=True)
class ScaleWords:
    """One criterion with its scale."""

    name: str
    title: str
    values: tuple[ValueWords, ...]


@dataclass(frozen=True, slots=True)
class TableWords:
    """A lookup table, laid out: its last criterion across, those before it down."""

    title: str
    down: tuple[str, ...]
    """Titles of the criteria that lead down."""
    across: str
    """Title of the criterion that leads across."""
    columns: tuple[str, ...]
    lines: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """For each line the values down and the results across."""


@dataclass(frozen=True, slots=True)
class PartWords:
    """One way of judging."""

    title: str
    conditions: tuple[str, ...]
    """The conditions it is for; none: every aspect."""
    criteria: tuple[ScaleWords, ...]
    table: TableWords | None
    steps: tuple[tuple[str, str], ...]
    """Label and sentence of each step from criteria to verdict."""
    always: tuple[tuple[str, str], ...]
    """Title and condition of what is always significant."""


@dataclass(frozen=True, slots=True)
class MethodWords:
    """A whole method."""

    title: str
    document: str | None
    scored: str
    parts: tuple[PartWords, ...]


def method_words(method: Significance) -> MethodWords:
    """Say a method in words."""
    return MethodWords(
        title=method.title or "How significance is judged",
        document=method.document,
        scored=SCORED[method.scored],
        parts=tuple(_part(part) for part in method.parts),
    )


def condition_words(conditions: tuple[str, ...]) -> str:
    """`normal and abnormal conditions`, `emergencies`."""
    plain = [one for one in conditions if one != "emergency"]
    said = [f"{' and '.join(plain)} conditions"] if plain else []
    return " and ".join([*said, *(["emergencies"] if "emergency" in conditions else [])])


def _part(part: Part) -> PartWords:
    one = part.judgement
    title = (one.title or "") if part.conditions else ""
    return PartWords(
        title=title,
        conditions=part.conditions,
        criteria=tuple(_scale(name, scale) for name, scale in part.criteria.items()),
        table=_table(one.lookup, part) if one.lookup is not None else None,
        steps=tuple(_steps(one, among="these aspects" if part.conditions else "the register")),
        always=tuple(_always(always) for always in part.always),
    )


def criterion_title(name: str, scale: Scale | None) -> str:
    """What a criterion is called: its title, else its name as a word."""
    title = scale.title if scale is not None else None
    plain = name.replace("_", " ")
    return title or plain[:1].upper() + plain[1:]


def _scale(name: str, scale: Scale) -> ScaleWords:
    values = tuple(
        ValueWords(value, number_words(scale.points[value]) if value in scale.points else "", meaning)
        for value, meaning in scale.values.items()
    )
    return ScaleWords(name, criterion_title(name, scale), values)


def _table(lookup: Lookup, part: Part) -> TableWords | None:
    found = dict(cells(lookup, part.criteria))
    if not found:
        return None
    scales = [part.criteria[name] for name in lookup.criteria]
    titles = [criterion_title(name, scale) for name, scale in zip(lookup.criteria, scales, strict=True)]
    columns = tuple(scales[-1].values)
    down = dict.fromkeys(words[:-1] for words in found)
    order = [list(scale.values) for scale in scales]
    lines = sorted(down, key=lambda words: [order[level].index(word) for level, word in enumerate(words)])
    return TableWords(
        title=lookup.title or f"What the criteria give: {lookup.name.replace('_', ' ')}",
        down=tuple(titles[:-1]),
        across=titles[-1],
        columns=columns,
        lines=tuple((line, tuple(found.get((*line, word), "") for word in columns)) for line in lines),
    )


def _steps(one: Judgement, *, among: str) -> Iterator[tuple[str, str]]:
    if one.lookup is not None:
        name, of = one.lookup.name.replace("_", " "), [name.replace("_", " ") for name in one.lookup.criteria]
        yield name[:1].upper() + name[1:], f"looked up in the table by {' and '.join(of)}"
    if one.formula is not None:
        yield "Score", plainly(one.formula)
    if one.threshold is not None:
        yield "Significant where", plainly(one.threshold)
    elif one.rank is not None:
        yield "Significant are", rank_words(one.rank, among=among)
    else:
        yield "Significant is", "what people judge to be so, row by row, with their rationale"
    if one.bands:
        bands = sorted(one.bands, key=lambda band: band.from_)
        yield "Bands", ", ".join(f"{band.label} from {number_words(band.from_)}" for band in bands)


def rank_words(rank: Rank, *, among: str) -> str:
    """Which places of a ranking are significant, and what becomes of ties."""
    if rank.top_percent is not None:
        first = f"the highest {number_words(rank.top_percent)} % of all scores, rounded up"
    else:
        first = "the highest score" if rank.top == 1 else f"the {rank.top} highest scores"
    last = "it" if rank.top == 1 else "the last of them"
    ties = f"all that tie with {last}" if rank.ties == "in" else "none of those that tie across that line"
    return f"{first} of {among}, and {ties}"


def _always(always: Always) -> tuple[str, str]:
    return always.title, plainly(always.when)


def plainly(text: str) -> str:
    """An expression as a reader would write it; as it is written, where it cannot be read."""
    try:
        return written(parse(text).node)
    except ExpressionError:
        return text
