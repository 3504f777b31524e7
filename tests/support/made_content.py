"""Whole manuals made up at random, in memory: of every kind that the model has, sound, nearly so, or broken.

What a kind's columns are is asked of the model, so that a column that comes is written here at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hypothesis import strategies as st

from mkdocs_ems.model import KINDS, Column, Kind, Settings, Shape, columns
from mkdocs_ems.rules import example_files
from support.made_markdown import DOCUMENT, HOSTILE_DOCUMENT
from support.made_yaml import spelt

Files = Mapping[str, bytes]
"""By path from the repository's root."""

_TEXTS = st.sampled_from(
    (
        "Nickel in rinse water",
        "no",
        "1.10",
        "2026-06-01",
        "é: [x] # y",
        "two\nlines",
        " blanks ",
        "<script>hook()</script>",
        '" onmouseover="hook()',
        "{{ 7*7 }}",
        "=1+1",
        "javascript:hook()",
        "[[ASP-001]] and [x](y.md)",
        "::error::x",
        "x" * 400,
        "-",
        "\u202ereversed",
        "\x1b[31m",
    )
)
_ODD_IDS = ("", "asp-001", "ASP 1", "../x", "<b>", "A" * 70, "\u0410SP-001", "EMS-RULES", "REG-\u202e", "A:B")
_SOUND: Mapping[str, st.SearchStrategy[str]] = {
    "text": _TEXTS,
    "clause": st.sampled_from(("6.1.2", "9.1.2", "4.1")),
    "interval": st.sampled_from(("12 months", "2 years", "1 week")),
    "id": st.sampled_from(("ASP-001", "POL-001", "X-1")),
    "whole": st.sampled_from(("0", "1", "12")),
    "number": st.sampled_from(("0.5", "-3", "1e3")),
    "flag": st.sampled_from(("yes", "no", "true", "false")),
    "day": st.dates().map(str) | st.sampled_from(("2026-06-01", "2024-02-29")),
    "period": st.sampled_from(("2026", "2026-06", "2026-Q1", "2026-W23")),
}
_NEARLY: Mapping[str, st.SearchStrategy[str]] = {
    "clause": st.sampled_from(("6.1.99", "A.6.1", "6", "")),
    "interval": st.sampled_from(("0 months", "12 month", "monthly", "99999 years", "1 century")),
    "id": st.sampled_from(_ODD_IDS),
    "whole": st.sampled_from(("-1", "1.0", "1_000", "\u0663", "9" * 40, "0x10")),
    "number": st.sampled_from(("nan", "1e999", "1,5", "-", "1.2.3")),
    "flag": st.sampled_from(("maybe", "Yes ", "1", "y")),
    "day": st.sampled_from(("2026-02-30", "0000-00-00", "26-06-01", "2026-6-1", "9999-12-31", "1.6.2026")),
    "period": st.sampled_from(("2026-13", "2026-W54", "2026-Q5", "0000", "99999")),
}
_BROKEN: st.SearchStrategy[object] = st.recursive(
    st.none() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=4,
)
_ODD_NAMES = st.sampled_from(("titel", "Title", "", "id", "rows", "__class__", "title ", "\u0442itle"))


def _one(column: Column, depth: int) -> st.SearchStrategy[object]:
    if column.options:
        return st.sampled_from((*column.options, column.options[0].upper(), "other"))
    if column.refers is not None:
        return st.sampled_from(("ROL-MD", "ASP-001", "PRO-001", "POL-001", "OBL-001", "X-1", "ROL-MID"))
    if column.shape is not None:
        return group(column.shape, depth=depth + 1) if depth < 3 else st.just({})
    sound = _SOUND.get(column.form, _TEXTS)
    return sound | _NEARLY[column.form] if column.form in _NEARLY else sound


def value(column: Column, depth: int = 0) -> st.SearchStrategy[object]:
    """What may stand in a column: sound, nearly so, or anything."""
    one = _one(column, depth)
    if column.many:
        one = st.lists(one, max_size=3) | one
    elif column.mapped:
        one = st.dictionaries(_SOUND["clause"] | _TEXTS, one, max_size=2)
    return st.one_of(one, one, one, one, _BROKEN)


@cache
def _values(shape: type[Shape], depth: int) -> Mapping[str, st.SearchStrategy[object]]:
    return {key: value(column, depth) for key, column in columns(shape).items()}


@st.composite
def group(draw: st.DrawFn, shape: type[Shape], *, depth: int = 0, most: int = 5) -> dict[str, object]:
    """Some columns of a shape, and now and then one that it does not have."""
    known = _values(shape, depth)
    names = draw(st.lists(st.sampled_from(tuple(known)), max_size=most, unique=True))
    required = [key for key, column in columns(shape).items() if column.required]
    made = {name: draw(known[name]) for name in (*required, *names)}
    if draw(st.integers(0, 9)) == 0:
        made[draw(_ODD_NAMES)] = draw(_BROKEN)
    return made


_REGISTERS = tuple(kind for kind in KINDS.values() if kind.where == "register")
_RECORDS = tuple(kind for kind in KINDS.values() if kind.where == "record")
_DOCUMENTS = tuple(kind for kind in KINDS.values() if kind.where == "document")


@st.composite
def entity(draw: st.DrawFn, kind: Kind, *, number: int = 1, most: int = 5) -> dict[str, object]:
    """An entity of a kind, with an id and a title more often than not."""
    made = draw(group(kind.model, most=most))
    if draw(st.integers(0, 5)):
        made = {"id": f"{kind.prefix or 'DOC'}-7{number}", "title": draw(_TEXTS), **made, "type": kind.key}
        made["id"] = f"{kind.prefix or 'DOC'}-7{number}"
    if kind.where == "register":
        made.pop("type", None)
    return made


@st.composite
def register(draw: st.DrawFn) -> tuple[str, str]:
    """A register of any kind, and where it lies."""
    kind = draw(st.sampled_from(_REGISTERS))
    rows = [draw(entity(kind, number=at)) for at in range(draw(st.integers(0, 3)))]
    head = draw(group(KINDS["register"].model, most=2))
    head |= {"id": f"REG-{kind.prefix}7", "type": kind.key}
    listed = draw(st.just(rows) | st.just(rows) | st.just(rows) | _BROKEN)
    return f"ems/registers/made-{kind.slug}.yml", draw(spelt({**head, "rows": listed}))


@st.composite
def record(draw: st.DrawFn) -> tuple[str, str]:
    """A record of any kind, alone in its file, or several in one."""
    kind = draw(st.sampled_from(_RECORDS))
    if draw(st.booleans()):
        return f"ems/records/{kind.slug}/made.yml", draw(spelt(draw(entity(kind, most=8))))
    rows = [draw(entity(kind, number=at)) for at in range(draw(st.integers(1, 3)))]
    return f"ems/records/{kind.slug}/made-2026.yml", draw(spelt({"type": kind.key, "rows": rows}))


@st.composite
def document(draw: st.DrawFn) -> tuple[str, str]:
    """A document or a record in Markdown."""
    kind = draw(st.sampled_from((*_DOCUMENTS, *_RECORDS)))
    front = draw(spelt(draw(entity(kind))))
    body = draw(DOCUMENT | HOSTILE_DOCUMENT)
    folder = "documents" if kind.where == "document" else f"records/{kind.slug}"
    return f"ems/{folder}/made.md", f"---\n{front}---\n{body}\n"


@st.composite
def settings(draw: st.DrawFn) -> tuple[str, str]:
    """`ems.yml`: what it takes to be one, and some more of it."""
    made = draw(group(Settings, most=3))
    return "ems/ems.yml", draw(spelt({"schema": "1", "organisation": {"name": "Small Works"}, **made}))


_CELLS = st.sampled_from(
    (
        "MON-001",
        "2026-06",
        "2026-W23",
        "1.5",
        "0,5",
        "-3",
        "1e9",
        "",
        "kg",
        "m3",
        "<",
        "est",
        '"',
        "=1+1",
        "\x1b",
        " 2 ",
    )
)


@st.composite
def series(draw: st.DrawFn) -> tuple[str, str]:
    """Measured values, as spreadsheets write them."""
    separator = draw(st.sampled_from((",", ";", "\t", "|")))
    header = draw(st.permutations(("parameter", "period", "value", "unit", "n", "comment")))
    end = draw(st.sampled_from(("\n", "\r\n", "\r")))
    good = {"parameter": "MON-001", "period": "2026-06", "value": "1", "unit": "kg", "n": "3", "comment": "a"}
    rows = [header[: draw(st.integers(3, 6))]]
    for _ in range(draw(st.integers(0, 4))):
        rows.append([draw(st.just(good[name]) | st.just(good[name]) | _CELLS) for name in rows[0]])
    return "ems/records/readings/made.csv", end.join(separator.join(row) for row in rows) + end


_FILES = st.one_of(register(), register(), record(), document(), settings(), series())
_ODD_FILES = st.sampled_from(
    (
        ("ems/x.odd", b"1"),
        ("ems/procedures/MADE.md", b"---\nid: P-1\n---\n"),
        ("ems/.gitkeep", b""),
        ("ems/allowed_signers", b"ann@example.org ssh-ed25519 AAAA\n* ssh-rsa AAAA\n"),
        ("ems/registers/empty.yml", b""),
        ("ems/procedures/utf16.md", "---\nid: P-2\n---\n".encode("utf-16")),
        ("ems/img/a.png", b"\x89PNG"),
        ("ems/img/a.svg", b"<svg onload='hook()'/>"),
    )
)
_SPOILT = st.sampled_from(
    (b"\x00", b"\xff", b"\t", b"- [\n", b"\r", b"<<<<<<< a\n=======\n>>>>>>> b\n", b"---\n", b"}")
)


@st.composite
def manuals(draw: st.DrawFn) -> Files:
    """A small sound manual, and what somebody made of it."""
    files = {path: text.encode() for path, text in example_files().items()}
    for path, text in draw(st.lists(_FILES, min_size=1, max_size=3)):
        files[path] = text.encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 3)) == 0:
        path, data = draw(_ODD_FILES)
        files[path] = data
    if draw(st.integers(0, 4)) == 0:
        path = draw(st.sampled_from(sorted(files)))
        at = draw(st.integers(0, len(files[path])))
        files[path] = files[path][:at] + draw(_SPOILT) + files[path][at:]
    return files
