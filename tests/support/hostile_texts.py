"""A company in whose every field, and in every name that git keeps, stands what a browser could act on.

In two versions, between which every text changes, so that redlines are made of it too. Each text begins with
a word of its own, by which it is told whether it was shown at all. Nothing here asserts anything.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from mkdocs_ems.model import KINDS
from support.canaries import token
from support.every_field import EveryField
from support.shell import git
from support.story import Story

ACTS = (
    "\"'><img src=x onerror=hook()></script></title></textarea><script>hook()</script>"
    "&lt;img src=x onerror=hook()&gt; onfocus=hook() autofocus"
)
"""Leaves every place that a text may stand in; its second half waits for whoever reads it twice."""
RUNS = "javascript:hook()//"
ADDRESSES = frozenset({"url", "public_url", "links", "map", "file", "by", "where"})
"""Fields that somebody might make a link of."""
TAG = 'v2"><img/src="x"onerror="hook()"><b/title=\''
"""Git takes it for the name of a tag."""
BRANCH = 'work"><img/src=x/onerror=hook()>'
WHO = '" onmouseover="hook()" x="&lt;img src=x onerror=hook()&gt;'
"""Git keeps angle brackets out of a name."""
LONG = "W" * 260
MARKED = "Z" + "\u0301\u0308\u0323\u20dd" * 60
TURNED = "\u0627\u0644\u0628\u064a\u0626\u0629 (\u05d0\u05d1\u05d2) 12 > 3 ASP-1"
"""From right to left, without any control that is told."""
SIGHTS = {"context-issue": LONG, "interested-party": MARKED, "process": TURNED}
"""Titles that could break the layout, by kind."""

_HEADINGS = ("__search", "__md_get", "__proto__", "constructor", "document$", "__config", "ems-table", "body")
_APPROVED = sorted(
    {"rules", *(key for key, kind in KINDS.items() if kind.where != "record")} - {"register", "document"}
)
_MATRIX = [{"types": _APPROVED, "roles": ["ROL-HOSTILE"]}]


def _said(later: str, path: str) -> str:
    kind, *fields = path.split()
    if fields == ["title"] and kind in SIGHTS:
        return f"{SIGHTS[kind]}{later}"
    word = token(kind, " ".join(fields))
    return f"{RUNS}{word}{later}" if fields[-1] in ADDRESSES else f"{word}{later} {ACTS}"


def _body(later: str, kind: str) -> str:
    headings = "\n\n".join(f"## {name} {{#{name}}}\n\n## {ACTS} {name}" for name in _HEADINGS)
    return (
        f"# {token(kind, 'heading')}{later} {ACTS}\n\n{token(kind, 'body')}{later} {ACTS}\n\n"
        f"[{token(kind, 'link')}]({RUNS}) ![{ACTS}](x.png) <a href='{RUNS}' id=__drawer name=body>x</a>\n\n"
        f"- [ ] {ACTS}\n\n{headings}\n"
    )


def _every(later: str) -> EveryField:
    return EveryField(
        mark="HOSTILE",
        text=partial(_said, later),
        key=lambda path: f"{token(path, 'key')} {ACTS}",
        body=partial(_body, later),
        file="it's <b onclick=hook()>",
    )


def _people(every: EveryField, later: str) -> dict[str, object]:
    row = {
        **every.fields(KINDS["person"].model, "person"),
        "id": every.person,
        "git_identities": ["mary@example.org"],
        "roles": [{"role": every.identity("role")}],
    }
    # Who has left approves nothing.
    del row["end_date"]
    return {"id": "REG-PER", "type": "person", "title": _said(later, "people title"), "rows": [row]}


def _settings(later: str) -> dict[str, object]:
    said = partial(_said, later)
    return {
        "schema": "1",
        "repository": "6f1c0a7e",
        "organisation": {name: said(f"rules {name}") for name in ("name", "site", "note")},
        "sites": [
            {
                "id": "WORKS",
                **{name: said(f"site {name}") for name in ("title", "address", "map", "country")},
                "areas": [said("site areas"), "../.."],
                "shifts": [said("site shifts")],
            }
        ],
        "significance": {
            "title": said("significance title"),
            "criteria": {
                name: {"title": said(f"criteria {name}"), "values": {"1": said("value one"), "2": LONG}}
                for name in ("likelihood", "severity")
            },
            "formula": "likelihood * severity",
            "threshold": "score >= 2",
            "bands": [{"label": said("band label"), "from": 1}],
        },
        "risk_method": {"title": said("risk-method title"), "threshold": 2, "bands": []},
        "retention": [{"types": ["all"], "storage": said("kept storage"), "disposition": said("kept end")}],
        "evidence_stores": [{"name": "scans", "where": said("store place")}],
        "approval": {"merge_approves": True, "matrix": _MATRIX},
        "waivers": [{"code": "ASP001", "reason": said("waiver reason"), "until": "2030-01-01"}],
        "own_fields": [
            {
                "of": ["aspect"],
                "name": "own_choice",
                "title": f"Own {ACTS}",
                "description": said("own description"),
                "form": "choice",
                "options": [said("own option")],
            }
        ],
        "own_registers": [
            {
                "type": "own-kind",
                "prefix": "OWN",
                "title": f"Own kind {ACTS}",
                "plural": f"Own kinds {ACTS}",
                "description": said("own-kind description"),
                "fields": [{"name": "own_text", "title": f"Own text {ACTS}"}],
            }
        ],
    }


def hostile_content(later: str = "") -> dict[str, str]:
    """Files by path below the repository: every kind, every field."""
    every = _every(later)
    measurement = every.identity("measurement")
    own = {"id": "OWN-1", "title": _said(later, "own title"), "own_text": _said(later, "own text")}
    return {
        "ems/ems.yml": json.dumps(_settings(later)),
        **every.files(),
        "ems/registers/people.yml": json.dumps(_people(every, later)),
        "ems/registers/own.yml": json.dumps(
            {"id": "REG-OWN", "type": "own-kind", "title": _said(later, "own head"), "rows": [own]}
        ),
        "ems/records/readings/it's.csv": "parameter,period,value,unit,comment\n"
        + "".join(f'{measurement},2026-0{month},{month},kg,"{_cell(later)}"\n' for month in (1, 2, 3)),
    }


def _cell(later: str) -> str:
    return _said(later, "reading comment").replace('"', '""')


def hostile_texts(path: Path) -> Path:
    """The company's repository: its first version, and the second, in which every text is another."""
    story = Story(path)
    story.commit(hostile_content(), by=f"{WHO} <ann@example.org>", message=f"Adopt {ACTS}\n\n{ACTS}")
    story.tag("v1", message=ACTS, by=f"{WHO} <mary@example.org>", date="2026-02-01")
    story.branch(BRANCH)
    after, before = hostile_content(" later"), hostile_content()
    changed = {file: text for file, text in after.items() if before[file] != text}
    story.commit(changed, by=f"{WHO} <ann@example.org>", message=f"Change {ACTS}", date="2026-03-01")
    story.switch()
    story.merge(BRANCH, by=f"{WHO} <mary@example.org>", message=f"Merge {BRANCH} {ACTS}", date="2026-03-02")
    story.tag(TAG, message=ACTS, by=f"{WHO} <mary@example.org>", date="2026-03-03")
    story.commit({"ems/notes.txt": "Only a note.\n"}, by="ann", message=ACTS, date="2026-03-04")
    root = story.check_out()
    git(root, "tag", "v-light<img/src=x/onerror=hook()>", "HEAD")
    return root
