"""Small states of content in memory, by hand and made up at random: no disk, no git."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from hashlib import sha256

import yaml
from hypothesis import strategies as st

from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import ControlState
from mkdocs_ems.git.values import Entry, EntryKind, Snapshot
from mkdocs_ems.graph import link
from mkdocs_ems.model import build_model
from mkdocs_ems.source import parse_sources
from support.chain import Chain
from support.content import EMS

AS_OF = date(2026, 6, 1)
"""The day on which states are compiled."""

Content = Mapping[str, str]
"""Files by their paths below the content folder."""

ROW_IDS = ("ASP-1", "ASP-2", "ASP-3", "RSK-1", "asp 3", "PRO-1", "A:B", "A@B", "EMS-RULES", "", None, ["x"])
"""Ids as rows bear them: good ones, odd ones, those of documents, and what can be none."""
HEAD_IDS = ("REG-1", "REG-2", "PRO-1", "PRO-2", "ASP-1", "EMS-RULES", None)
REGISTERS = ("registers/a.yml", "registers/b.yml", "registers/sub/a.yml", "records/inspections/2026.yml")
DOCUMENTS = ("policy.md", "procedures/a.md", "procedures/b.md", "records/drills/one.md")
ASSETS = (
    "img/a.png",
    "img/b.png",
    "allowed_signers",
    "records/readings/2026.csv",
    "records/note.md",
    "x.odd",
)
TYPES = ("aspect", "risk", "procedure", "inspection", "nonsense", "register", "rules", None)

_NAMES = st.sampled_from(("title", "criteria", "controls", "clauses", "notes", "roles", "ä", ""))
_TEXTS = st.sampled_from(
    (
        "",
        "Nickel in rinse water",
        "Rinse water with nickel",
        "1.10",
        "1.1",
        "no",
        "OPC-1",
        "ASP-1",
        "é\n: #",
        "6.1.2",
    )
)
_PROSE = ("", "Sample.\n", "See [[ASP-1]] and [[PRO-1]].\n", "![a](../img/a.png)\n", "![b](img/b.png)\n")
_DATA = st.recursive(
    st.none() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=6,
)


class _Dumper(yaml.SafeDumper):
    """Writes nothing as nothing: `null` is a text here."""

    def represent_none(self, _: None) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:null", "")

    def ignore_aliases(self, _: object) -> bool:
        return True


_Dumper.add_representer(type(None), _Dumper.represent_none)


def dumped(data: Mapping[str, object], *, indent: int = 2) -> str:
    """A mapping as YAML."""
    return yaml.dump(data, Dumper=_Dumper, indent=indent, sort_keys=False, allow_unicode=True)


def state_of(files: Content, *, folder: str = "ems", links: Collection[str] = ()) -> Compilation:
    """Compile files below a content folder, some of them links to what they say; `ems.yml` is added."""
    written = {"ems.yml": EMS, **files}
    data = {f"{folder}/{path}": text.encode() for path, text in sorted(written.items())}
    kinds = {f"{folder}/{path}": EntryKind.LINK for path in links}
    entries = {
        path: Entry(path, sha256(raw).hexdigest(), kinds.get(path, EntryKind.FILE))
        for path, raw in data.items()
    }
    data = {path: raw for path, raw in data.items() if path not in kinds}
    return _compiled(Snapshot("example", None, None, folder, entries, data), AS_OF, None)


def state_at(chain: Chain, *, as_of: str | None = None) -> Compilation:
    """Compile the head of a chain, with its document control."""
    day = date.fromisoformat(as_of) if as_of else chain.now.date()
    return _compiled(chain.snapshot(), day, chain.control(as_of))


def _compiled(snapshot: Snapshot, day: date, control: ControlState | None) -> Compilation:
    sources = parse_sources(snapshot)
    model = build_model(sources)
    return Compilation(snapshot, sources, model, link(model, sources), day, control)


def register(identity: object, *rows: object, **head: object) -> str:
    """A register of aspects as a file, unless its head says otherwise."""
    return dumped({"id": identity, "type": "aspect", **head, "rows": list(rows)})


def document(identity: str, text: str = "", **front: object) -> str:
    """A procedure as a file, unless its front matter says otherwise."""
    return f"---\n{dumped({'id': identity, 'type': 'procedure', **front})}---\n{text}"


@st.composite
def rows(draw: st.DrawFn) -> object:
    """A row, or what stands in the place of one."""
    if draw(st.integers(0, 11)) == 0:
        return draw(_DATA)
    made = dict(draw(st.dictionaries(_NAMES, _DATA, max_size=4)))
    identity = draw(st.sampled_from(ROW_IDS))
    return made if identity is None else {"id": identity, **made}


@st.composite
def _register(draw: st.DrawFn) -> str:
    head = {"id": draw(st.sampled_from(HEAD_IDS)), "type": draw(st.sampled_from(TYPES))}
    head |= draw(st.dictionaries(_NAMES, _DATA, max_size=2))
    written = {key: value for key, value in head.items() if value is not None}
    listed = draw(st.lists(rows(), max_size=6) | _DATA)
    text = dumped(written | {"rows": listed}, indent=draw(st.sampled_from((2, 4))))
    return draw(st.sampled_from((text, text, text, text, text + "# said by hand\n", text + "- [\n")))


@st.composite
def _document(draw: st.DrawFn) -> str:
    front = {"id": draw(st.sampled_from(HEAD_IDS)), "type": draw(st.sampled_from(TYPES))}
    front |= draw(st.dictionaries(_NAMES, _DATA, max_size=2))
    written = {key: value for key, value in front.items() if value is not None}
    text = draw(
        st.sampled_from(
            (
                "",
                "Take a sample.\n",
                "See [[ASP-1]] and [[PRO-1]].\n",
                "![a](../img/a.png)\n",
                "![b](img/b.png)\n",
            )
        )
    )
    return f"---\n{dumped(written)}---\n{text}" if draw(st.integers(0, 9)) else f"---\n{text}"


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """A manual of a few files, as orderly or as broken as may be."""
    made = dict(draw(st.dictionaries(st.sampled_from(REGISTERS), _register(), max_size=3)))
    made |= draw(st.dictionaries(st.sampled_from(DOCUMENTS), _document(), max_size=3))
    made |= draw(st.dictionaries(st.sampled_from(ASSETS), st.sampled_from(("one\n", "two\n")), max_size=4))
    return made | draw(
        st.sampled_from(({}, {}, {"ems.yml": f"{EMS}time_zone: UTC\n"}, {"ems.yml": "a: [\n"}))
    )


@st.composite
def edited(draw: st.DrawFn, files: Content) -> Content:
    """The same manual after some edits: files that went, came, were renamed or written anew."""
    made = dict(files)
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(sorted(made))) if made else ""
        kinds = next((group for group in (REGISTERS, DOCUMENTS, ASSETS) if path in group), ())
        match draw(st.sampled_from(("delete", "rename", "rows", "anew"))):
            case "delete":
                made.pop(path, None)
            case "rename" if kinds:
                made[draw(st.sampled_from(kinds))] = made.pop(path)
            case "rows" if path in REGISTERS:
                made[path] = draw(_with_other_rows(made[path]))
            case _:
                made |= draw(contents())
    return made


@st.composite
def _with_other_rows(draw: st.DrawFn, text: str) -> str:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError:
        return text
    listed = data["rows"] if isinstance(data.get("rows"), list) else []
    listed = list(draw(st.permutations(listed))) if draw(st.booleans()) else listed[draw(st.integers(0, 2)) :]
    for row in listed:
        if isinstance(row, dict) and draw(st.integers(0, 3)) == 0:
            row["id"] = draw(st.sampled_from(ROW_IDS))
    return dumped({**data, "rows": [*listed, *draw(st.lists(rows(), max_size=2))]})
